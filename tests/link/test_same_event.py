"""Whether two tellings are of one event: each measure by hand, the veto, the groups; and the shipped weights on sentences of our own."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from sayso.link import same_event as se
from sayso.link.embed import DIMENSIONS
from sayso.link.embed_within import embed_within
from sayso.link.same_event import one_event, same_event
from sayso.link.tellings import Telling, ToldEvent, tell
from sayso.model import Event, Modality, Span


def told(
    sentence: str,
    predicate: str,
    lemma: str,
    *,
    report: str = "a",
    negated: bool = False,
    modality: Modality = Modality.HAPPENED,
    names: str = "",
    **parts: str,
) -> ToldEvent:
    """``parts``: agent, patient, place, time, quantity, by their words."""

    def span(words: str) -> Span:
        start = sentence.index(words)
        return Span(start, start + len(words))

    spans = {name: span(words) for name, words in parts.items()}
    event = Event(
        span(predicate), lemma, spans.get("agent"), spans.get("patient"), spans.get("place"), spans.get("time"),
        spans.get("quantity"), negated, modality,
    )  # fmt: skip
    whole = Span(0, len(sentence))
    return ToldEvent(f"{report} {predicate}", report, sentence, whole, event, frozenset(names.split()))


def bare(one: ToldEvent) -> Telling:
    """Without vectors: what the words alone tell."""
    nothing = np.zeros(DIMENSIONS, dtype=np.float32)
    return Telling(one, nothing, nothing, nothing, nothing)


SHELLED = told(
    "On Tuesday Norland shelled Dorn with 40 rounds.",
    "shelled", "shell", agent="Norland", patient="Dorn", time="On Tuesday", quantity="40 rounds", names="norland dorn",
)  # fmt: skip
SHELLING = told(
    "The Ostrel mill was hit in Friday's shelling by Sudland.",
    "shelling", "shelling", report="b", agent="Sudland", patient="The Ostrel mill", time="Friday", names="ostrel sudland",
)  # fmt: skip
AGAIN = told(
    "Norland's guns shelled the town of Dorn on Tuesday, with 30 rounds, or 40.",
    "shelled", "shell", report="c", agent="Norland's guns", patient="the town of Dorn", time="Tuesday",
    quantity="30 rounds", names="dorn norland",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "a", "b", "value"),
    [
        ("same_stem", SHELLED, SHELLING, 1.0),
        ("same_stem", SHELLED, told("They marched.", "marched", "march"), 0.0),
        ("kin", told("They acquired it.", "acquired", "acquire"), told("The acquisition.", "acquisition", "acquisition"), 5 / 7),
        ("kin", told("The quake.", "quake", "quake"), told("The earthquake.", "earthquake", "earthquake"), 1.0),
        ("kin", told("They ran.", "ran", "run"), told("The ruin.", "ruin", "ruin"), 0.0),
        ("light", told("They said so.", "said", "say"), SHELLED, 0.5),
        ("other_doers", SHELLED, SHELLING, 1.0),
        ("other_doers", SHELLED, AGAIN, 0.0),
        ("other_victims", SHELLED, SHELLING, 1.0),
        ("other_victims", SHELLED, AGAIN, 0.0),
        ("turned", SHELLED, told("Shots on Norland fell.", "Shots", "shot", report="b", patient="Norland"), 1.0),
        ("turned", SHELLED, AGAIN, 0.0),
        ("reports", SHELLED, SHELLING, 0.0),
        ("reports", SHELLED, AGAIN, 2 / 3),
        ("one_report", SHELLED, AGAIN, 0.0),
        ("one_report", SHELLED, SHELLED, 1.0),
        ("numbers", SHELLED, AGAIN, -1.0),
        ("numbers", SHELLED, SHELLING, 0.0),
        ("times", SHELLED, AGAIN, 1.0),
        ("times", SHELLED, SHELLING, -1.0),
        ("standing", SHELLED, told("They will shell it.", "shell", "shell", modality=Modality.PREDICTED), 1.0),
        ("negation", SHELLED, told("They shelled nothing.", "shelled", "shell", negated=True), 1.0),
    ],
)  # fmt: skip
def test_a_measure_by_hand_whichever_comes_first(name: str, a: ToldEvent, b: ToldEvent, value: float) -> None:
    found = se.measure(bare(a), bare(b))
    assert found[name] == pytest.approx(value)
    assert se.measure(bare(b), bare(a)) == found


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("on Tuesday", "on Friday", "another day of the week (tue, fri)"),
        ("Tues", "Tuesday", None),
        ("on May 3", "in Sept 2031", "another month (may, sep)"),
        ("in 2030", "in 2031", "another year (2030, 2031)"),
        ("in May 2031", "in 2031", None),
        ("on Tuesday", "in May", None),
        ("at night", "by day", None),
    ],
)
def test_times_that_exclude_each_other(one: str, other: str, reason: str | None) -> None:
    a, b = (bare(told(f"They met {time}.", "met", "meet", time=time)) for time in (one, other))
    assert se.times_differ(a, b) == reason
    assert (se.times_differ(b, a) is None) == (reason is None)


def test_every_weight_is_of_a_measure() -> None:
    names = {each.__name__ for each in se.MEASURES}
    assert {name.removesuffix("_of_one_stem") for name in se._weights()} <= names | {"bias"}
    assert all(each.__doc__ for each in se.MEASURES)


def test_a_pair_that_a_time_forbids_never_joins_not_through_a_third_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(se, "chance", lambda values: 0.9)
    one = told("They shelled it on Tuesday.", "shelled", "shell", report="a", time="on Tuesday")
    two = told("They shelled it on Friday.", "shelled", "shell", report="b", time="on Friday")
    three = told("They shelled it.", "shelled", "shell", report="c")
    for order in permutations(map(bare, (one, two, three))):
        assert one_event(order) == [("a shelled", "c shelled"), ("b shelled",)]
    verdict = same_event(bare(one), bare(two))
    assert verdict.veto
    assert not verdict.holds
    assert verdict.reasons[0] == verdict.veto


@pytest.mark.model
def test_a_word_has_its_own_vector_in_its_sentence_whatever_the_batch() -> None:
    text = "The quake killed ten, and then it rained."
    spans = (Span(text.index("killed"), text.index("killed") + 6), Span(text.index("rained"), text.index("rained") + 6))
    alone = embed_within([(text, spans)])[0]
    among = embed_within([("Short.", (Span(0, 5),)), (text, spans), (text * 3, spans)])[1]
    assert np.array_equal(alone, among)
    assert np.allclose(np.linalg.norm(alone, axis=1), 1.0, atol=1e-5)
    assert float(alone[0] @ alone[1]) < 0.95
    assert not embed_within([(text, (Span(900, 905),))])[0].any()


@pytest.mark.model
def test_one_event_in_other_words_and_two_events_in_like_words() -> None:
    names = "dorn norland varn"
    first = told("Norland troops attacked the dam at Dorn on Tuesday.", "attacked", "attack",
                 report="a", agent="Norland troops", patient="the dam", time="Tuesday", names=names)  # fmt: skip
    reworded = told("Varn spoke of the assault by Norland on the Dorn dam.", "assault", "assault",
                    report="b", agent="Norland", patient="the Dorn dam", names=names)  # fmt: skip
    fled = told("After the assault on the dam families fled from Dorn.", "fled", "flee",
                report="c", agent="families", names=names)  # fmt: skip
    tellings = tell([first, reworded, fled])
    assert one_event(tellings) == [("a attacked", "b assault"), ("c fled",)]
    verdict = same_event(*tellings[:2])
    assert verdict.holds
    assert any("one family" in r or "near in meaning" in r for r in verdict.reasons)
    assert same_event(*reversed(tellings[:2])).score == verdict.score
