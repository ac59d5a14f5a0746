"""Small stories for Hypothesis: reports whose statements are made, not read, so that linking is tried on what it has to decide.

A sentence is drawn from forms that meet in linking: counts that repeat, grow and differ, with other places and windows; charges,
denials, failed checks, questions, words and their opposites; and some reports copy another's sentences.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from sayso.link.embed import DIMENSIONS, Vector, statement_text
from sayso.link.words import Words
from sayso.model import Act, Actor, Extraction, Kind, Measure, Quantity, Report, Span, Statement
from tests.link.factories import actor, report

ACTORS = (actor("Ada Quill", role="governor"), actor("Olen Marsk"), actor("the Norland army"), actor("Kelmar"), None)
OUTLETS = ("Varn Post", "Dorn Courier", "Radio Kelm")
NUMBERS: dict[str, tuple[float, float, float | None, bool]] = {  # words: low, best, high, vague
    "no": (0, 0, 0, False), "nine": (9, 9, 9, False), "12": (12, 12, 12, False), "at least 12": (12, 12, None, False),
    "about 14": (13, 14, 15, True), "dozens of": (24, 24, 99, True), "between 20 and 40": (20, 20, 40, False), "400": (400, 400, 400, False),
}  # fmt: skip
COUNTED = {
    "{n} people were killed {where}": Measure.KILLED,
    "{n} soldiers were killed {where}": Measure.KILLED,
    "{n} people were wounded {where}": Measure.INJURED,
    "another {n} people were killed {where}": Measure.KILLED,
    "{n} people, including the gunman, were killed {where}": Measure.KILLED,
    "up to {n} people may have been killed {where}": Measure.KILLED,
}
PLAIN = "{n} people were killed {where}"
PLACES = ("in Varn", "in Varn", "in Varn", "in Dorn", "in Varn in the past week", "in Varn last month", "")
TOLD: tuple[tuple[str, Act], ...] = (
    ("Norland shelled the market of Varn before dawn", Act.ACCUSE),
    ("Kelmar was behind the attack on the market of Varn", Act.ACCUSE),
    ("it had shelled the market of Varn before dawn", Act.DENY),
    ("any involvement", Act.DENY),
    ("we did not shell the market of Varn", Act.ASSERT),
    ("the figure of 12 dead people", Act.DENY),
    ("the attack on Varn had been repelled", Act.ASSERT),
    ("fighters were still holding the market of Varn", Act.ASSERT),
    ("the old bridge at Dorn was open to traffic on Monday", Act.ASSERT),
    ("the old bridge at Dorn was closed to traffic on Monday", Act.ASSERT),
    ("the claim could not be independently verified", Act.CANNOT_VERIFY),
    ("who was behind the attack on Varn", Act.ASK),
    ("the attack on Varn", Act.CLAIM_RESPONSIBILITY),
    ("the old bridge at Dorn had been closed by mistake", Act.CORRECT),
)


@dataclass(frozen=True)
class Sentence:
    who: Actor | None
    words: str
    act: Act
    number: tuple[int, str, Measure] | None  # where it stands in the words, its words, what it counts


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    who = draw(st.sampled_from(ACTORS))
    if draw(st.booleans()):
        words, act = draw(st.sampled_from(TOLD))
        return Sentence(who, words, act, None)
    frame, number, where = (
        draw(st.sampled_from([PLAIN, PLAIN, PLAIN, *sorted(COUNTED)])),
        draw(st.sampled_from(sorted(NUMBERS))),
        draw(st.sampled_from(PLACES)),
    )
    words = frame.format(n=number, where=where).strip()
    return Sentence(who, words, Act.ASSERT, (frame.index("{n}"), number, COUNTED[frame]))


@st.composite
def stories(draw: st.DrawFn, most: int = 6) -> list[tuple[Report, Extraction]]:
    """Reports with what stands in them, no two the same."""
    made: dict[str, tuple[Report, Extraction]] = {}
    bodies: list[list[Sentence]] = []
    for _ in range(draw(st.integers(2, most))):
        body = draw(st.lists(sentences(), min_size=1, max_size=5))
        if bodies and draw(st.integers(0, 3)) == 0:
            body = [*draw(st.sampled_from(bodies)), *body[:1]]  # a copy, with a sentence of its own
        bodies.append(body)
        one = _told(body, draw(st.sampled_from(OUTLETS)), draw(st.integers(1, 4)))
        made[one[0].id] = one
    return [made[key] for key in sorted(made)]


def _told(body: Sequence[Sentence], outlet: str, day: int) -> tuple[Report, Extraction]:
    lines = [f"{s.who.name} said {s.words}." if s.who else f"{s.words[:1].upper()}{s.words[1:]}." for s in body]
    where = report(*lines, outlet=outlet, published=f"2031-04-0{day}")
    found, start = [], 0
    for sentence, line in zip(body, lines, strict=True):
        found.append(_statement(where, sentence, start, start + len(line) - 1 - len(sentence.words)))
        start += len(line) + 1
    return where, Extraction(where.id, tuple(found))


def _statement(where: Report, sentence: Sentence, start: int, begin: int) -> Statement:
    content = (Span(begin, begin + len(sentence.words)),)
    source = (Span(start, start + len(sentence.who.name)),) if sentence.who else ()
    cue = (Span(source[0].end + 1, begin - 1),) if source else ()
    quantities: tuple[Quantity, ...] = ()
    if sentence.number is not None:
        at, words, measure = sentence.number
        low, best, high, vague = NUMBERS[words]
        counted = "soldiers" if "soldiers" in sentence.words else "people"
        quantities = (
            Quantity(Span(begin + at, begin + at + len(words)), low, best, high, None, counted, vague, measure),
        )
    identifier = Statement.make_id(report=where.id, source=source, cue=cue, content=content)
    kind = Kind.INDIRECT if sentence.who else Kind.VOICE
    return Statement(
        identifier, where.id, source, cue, content, kind, sentence.act, actor=sentence.who, quantities=quantities
    )


def shuffled(extraction: Extraction) -> Extraction:
    """The same reading with its statements in the other order."""
    return replace(extraction, statements=tuple(reversed(extraction.statements)))


def made_vectors(
    reports: Iterable[Report], statements: Iterable[Statement], *, known: Mapping[str, Vector]
) -> dict[str, Vector]:
    """Vectors without a model: statements are near as far as they share stems."""
    by_id = {r.id: r for r in reports}
    return {s.id: known[s.id] if s.id in known else _vector(statement_text(by_id[s.report], s)) for s in statements}


def _vector(text: str) -> Vector:
    row = np.zeros(DIMENSIONS, dtype=np.float32)
    for stem in Words(text).stems or {text}:
        row[zlib.crc32(stem.encode()) % DIMENSIONS] += 1.0
    return row / np.float32(np.sqrt(float(row @ row)))
