"""Events: what is told as done, planned, wished or ruled out, and by whom."""

from __future__ import annotations

import pytest

from sayso.extract.events import find_events, standing_of
from sayso.extract.parse import load_parser
from sayso.extract.quantities import find_quantities
from sayso.extract.times import find_times
from sayso.model import Certainty, Event, Modality, PlaceMention, Span

pytestmark = pytest.mark.model


def event(text: str, lemma: str) -> Event:
    return next(e for e in find_events(load_parser()(text)) if e.lemma == lemma)


@pytest.mark.parametrize(
    ("text", "lemma", "modality"),
    [
        ("The army shelled the bridge.", "shell", Modality.HAPPENED),
        ("The army has not shelled the bridge.", "shell", Modality.HAPPENED),
        ("The army plans to shell the bridge.", "shell", Modality.PLANNED),
        ("The troops were ordered to leave the town.", "leave", Modality.ORDERED),
        ("The mayor urged residents to leave the town.", "leave", Modality.ORDERED),
        ("The mayor wants to rebuild the bridge.", "rebuild", Modality.WISHED),
        ("The river will flood the town.", "flood", Modality.PREDICTED),
        ("The river is expected to flood the town.", "flood", Modality.PREDICTED),
        ("If the river floods the town, the mayor will resign.", "flood", Modality.HYPOTHETICAL),
        ("The council would rebuild the bridge.", "rebuild", Modality.HYPOTHETICAL),
        ("The council announced a plan to rebuild the bridge.", "rebuild", Modality.PLANNED),
        ("The bridge was to be rebuilt in May.", "rebuild", Modality.PLANNED),
    ],
)
def test_modality(text: str, lemma: str, modality: Modality) -> None:
    assert event(text, lemma).modality is modality


@pytest.mark.parametrize(
    ("text", "lemma", "negated"),
    [
        ("The army shelled the bridge.", "shell", False),
        ("The army did not shell the bridge.", "shell", True),
        ("The army never shelled the bridge.", "shell", True),
        ("Nobody left the town.", "leave", True),
        ("No residents left the town.", "leave", True),
        ("The army failed to take the bridge.", "take", True),
        ("The army refused to leave the town.", "leave", True),
        ("The army did not fail to take the bridge.", "take", False),
        ("The mayor denied leaving the town.", "leave", True),
        # What a conjunction adds has its own standing.
        ("He did not say where he was, but wanted to leave.", "want", False),
    ],
)
def test_negation(text: str, lemma: str, negated: bool) -> None:
    assert event(text, lemma).negated is negated


@pytest.mark.parametrize(
    ("text", "lemma", "certainty", "ahead"),
    [
        ("The river flooded the town.", "flood", Certainty.CERTAIN, False),
        ("The river may flood the town.", "flood", Certainty.POSSIBLE, True),
        ("The river may have flooded the town.", "flood", Certainty.POSSIBLE, False),
        ("The river probably flooded the town.", "flood", Certainty.PROBABLE, False),
        ("The army is believed to have left the town.", "leave", Certainty.PROBABLE, False),
        ("The mayor had hoped to rebuild the bridge.", "rebuild", Certainty.OPEN, True),
        ("The works might be forced to close the line.", "close", Certainty.POSSIBLE, True),
        ("The works will close the line and sell the trains.", "sell", Certainty.CERTAIN, True),
    ],
)
def test_certainty_and_time(text: str, lemma: str, certainty: Certainty, ahead: bool) -> None:
    token = next(t for t in load_parser()(text) if t.lemma_ == lemma and t.pos_ == "VERB")
    assert event(text, lemma).certainty is certainty
    assert standing_of(token).ahead is ahead


@pytest.mark.parametrize(
    ("text", "lemma", "agent", "patient"),
    [
        ("The army shelled the old bridge.", "shell", "The army", "the old bridge"),
        ("The old bridge was shelled by the army.", "shell", "the army", "The old bridge"),
        ("The old bridge was shelled.", "shell", None, "The old bridge"),
        ("The army entered the town and burned the bridge.", "burn", "The army", "the bridge"),
        ("Soldiers guarding the bridge fled.", "guard", "Soldiers", "the bridge"),
        ("Kell is the mayor of Dorn.", "be", "Kell", "the mayor of Dorn"),
        ("The army shelled the town, killing two men and wounding five.", "kill", "The army", "two men"),
        ("The army shelled the town, killing two men and wounding five.", "wound", "The army", "five"),
        ("The army left the town after burning the bridge.", "burn", None, "the bridge"),
    ],
)
def test_who_does_it_and_to_whom(text: str, lemma: str, agent: str | None, patient: str | None) -> None:
    found = event(text, lemma)
    assert _words(found.agent, text) == agent
    assert _words(found.patient, text) == patient


@pytest.mark.parametrize(
    ("text", "lemma", "place", "time", "quantity"),
    [
        ("The army shelled Kyiv on Monday.", "shell", "Kyiv", "Monday", None),
        ("The fire killed twelve miners.", "kill", None, None, "twelve"),
        # What hangs on another predicate is that one's.
        ("The mayor, who came to Kyiv on Monday, resigned.", "resign", None, None, None),
        ("The mayor, who came to Kyiv on Monday, resigned.", "come", "Kyiv", "Monday", None),
        # A participle goes with what it accompanies.
        ("The army shelled Kyiv on Monday, killing two men.", "kill", "Kyiv", "Monday", "two"),
        ("The army shelled Kyiv on Monday before burning two barns.", "burn", None, None, "two"),
    ],
)
def test_where_when_and_how_many(
    text: str, lemma: str, place: str | None, time: str | None, quantity: str | None
) -> None:
    before = "An officer spoke.\n"  # so that spans of the report differ from those of the passage
    doc, offset = load_parser()(text), len(before)
    times = find_times(doc, published=None, offset=offset)
    at = text.find("Kyiv") + offset
    places = [PlaceMention(Span(at, at + 4), "Kyiv")] if at >= offset else []
    quantities = find_quantities(doc, offset=offset)
    found = find_events(doc, offset=offset, times=times, places=places, quantities=quantities)
    one = next(e for e in found if e.lemma == lemma)
    assert tuple(_words(s, before + text) for s in (one.place, one.time, one.quantity)) == (place, time, quantity)


def test_the_word_that_tells_the_standing_is_named() -> None:
    text = "The army plans to shell the bridge."
    assert _words(event(text, "shell").told_by, text) == "plans"


def _words(span: Span | None, text: str) -> str | None:
    return span.of(text) if span else None
