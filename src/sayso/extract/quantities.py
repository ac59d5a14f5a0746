"""Stub; being written."""
from __future__ import annotations
from spacy.tokens import Doc
from sayso.model import Quantity
def find_quantities(doc: Doc, *, offset: int = 0) -> tuple[Quantity, ...]:
    return ()
