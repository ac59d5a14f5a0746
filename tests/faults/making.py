"""The life that the faults are injected into, and steps quick enough to live it a hundred times."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.model import Captured
from tests.store.making import captured


def given(number: int = 10) -> Sequence[Captured]:
    """Reports of a few stories, some of which contradict each other."""
    texts = (f"#{n % 3} Ada said {n % 4} fell near {n % 3}. Bo said it rains on {n % 2}. " for n in range(number))
    return [captured(text, outlet=f"Outlet {n}") for n, text in enumerate(texts)]
