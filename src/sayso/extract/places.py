"""Stub; being written."""
from __future__ import annotations
from spacy.tokens import Doc
from sayso.extract.gazetteer import Gazetteer
from sayso.model import PlaceMention
def find_places(doc: Doc, *, offset: int = 0, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    return ()
