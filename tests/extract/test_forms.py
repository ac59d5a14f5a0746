"""Inflections of reporting words."""

from __future__ import annotations

import pytest

from sayso.extract.cues import lexicon
from sayso.extract.forms import inflections, plurals


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("say", {"say", "says", "said", "saying"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("announce", {"announce", "announces", "announced", "announcing"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
        ("write", {"write", "writes", "wrote", "written", "writing"}),
        ("express", {"express", "expresses", "expressed", "expressing"}),
        ("vow", {"vow", "vows", "vowed", "vowing"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("stress", {"stress", "stresses", "stressed", "stressing"}),
        ("report", {"report", "reports", "reported", "reporting"}),
    ],
)
def test_inflections(lemma: str, forms: set[str]) -> None:
    assert set(inflections(lemma)) == forms


def test_nouns() -> None:
    assert set(plurals("inquiry")) == {"inquiry", "inquiries"}


def test_every_form_leads_to_an_entry() -> None:
    known = lexicon()
    assert set(known.verb_forms.values()) == set(known.verbs)
    assert set(known.noun_forms.values()) == set(known.nouns)
