"""Damage and variety: what text looks like after bad extraction, translation, old wires, or another newsroom's style.

Each kind of damage is a function from a chunk to a chunk that carries the annotation along; `augment` draws among them.
About four chunks in ten stay as they are.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

from training.attribution.chunks import Chunk, Edit, edited
from training.attribution.composing import nested, other_speakers, relays, transcript
from training.attribution.wordings import residue

_DOUBLE = re.compile(r"[\"“”„«»]|``|''")
_COMMA = re.compile(r",")
_BREAK = re.compile(r"\s*\n\s*")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”']? (?=[A-Z“\"])")
_STRAIGHT = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"}


@dataclass(frozen=True)
class Rates:
    """How often each change is made, as a share of chunks. Not tuned one by one: weak spots of the prototype
    (all marks lost cost it 8 points, paragraph breaks 3, transcripts were all missed) get the most."""

    no_marks: float = 0.13
    some_marks: float = 0.05
    odd_marks: float = 0.05
    straight: float = 0.06
    no_breaks: float = 0.08
    wrapped: float = 0.03
    case: float = 0.12
    no_commas: float = 0.08
    residue: float = 0.05
    cut_off: float = 0.03
    transcript: float = 0.08
    nested: float = 0.07
    speakers: float = 0.25
    relays: float = 0.15


def augment(chunk: Chunk, rng: random.Random, rates: Rates) -> Chunk:
    """The chunk with the changes that this draw brings; composition first, damage after it."""

    def drawn(rate: float) -> bool:
        return rng.random() < rate

    if drawn(rates.transcript):
        for _ in range(rng.choice((1, 1, 2, 3))):
            chunk = transcript(chunk, rng)
    if drawn(rates.nested):
        chunk = nested(chunk, rng)
    if drawn(rates.speakers):
        chunk = other_speakers(chunk, rng, 0.6)
    if drawn(rates.relays):
        chunk = relays(chunk, rng, 0.7)
    if drawn(rates.cut_off):
        chunk = _cut_off(chunk, rng)
    if drawn(rates.residue):
        chunk = _residue(chunk, rng)
    if drawn(rates.no_marks):
        chunk = _marks(chunk, lambda _: "")
    elif drawn(rates.some_marks):
        share = rng.choice((0.15, 0.5))
        chunk = _marks(chunk, lambda mark: "" if rng.random() < share else mark)
    elif drawn(rates.odd_marks):
        chunk = _odd_marks(chunk, rng)
    elif drawn(rates.straight):
        chunk = replace(chunk, text="".join(_STRAIGHT.get(c, c) for c in chunk.text))
    if drawn(rates.no_breaks):
        chunk = edited(chunk, [Edit(*m.span(), " ") for m in _BREAK.finditer(chunk.text)])
    elif drawn(rates.wrapped):
        chunk = _broken(chunk, rng)
    if drawn(rates.no_commas):
        share = rng.choice((1.0, 1.0, 0.5))
        chunk = edited(chunk, [Edit(*m.span(), "") for m in _COMMA.finditer(chunk.text) if rng.random() < share])
    if drawn(rates.case):
        chunk = _case(chunk, rng)
    return chunk


def _marks(chunk: Chunk, put: object) -> Chunk:
    assert callable(put)
    changes = ((m, put(m.group())) for m in _DOUBLE.finditer(chunk.text))
    return edited(chunk, [Edit(*m.span(), words) for m, words in changes if words != m.group()])


def _odd_marks(chunk: Chunk, rng: random.Random) -> Chunk:
    """Doubled, swapped, single, or another country's marks; or one of them gone, so that the rest do not pair."""
    kind = rng.choice(("one gone", "one gone", "doubled", "swapped", "single", "foreign", "ticks"))
    if kind == "one gone":
        marks = list(_DOUBLE.finditer(chunk.text))
        return edited(chunk, [Edit(*rng.choice(marks).span(), "")] if marks else [])
    tables = {
        "swapped": {"“": "”", "”": "“"},
        "single": {"“": "‘", "”": "’", '"': "'"},
        "foreign": {"“": "«", "”": "»"},
        "ticks": {"“": "``", "”": "''"},
    }
    if kind == "doubled":
        return _marks(chunk, lambda mark: mark * 2 if rng.random() < 0.5 else mark)
    return _marks(chunk, lambda mark: tables[kind].get(mark, mark))


def _broken(chunk: Chunk, rng: random.Random) -> Chunk:
    """A line of its own for each sentence, or breaks in the middle of sentences."""
    if rng.random() < 0.6:
        return edited(chunk, [Edit(m.end() - 1, m.end(), "\n") for m in _SENTENCE.finditer(chunk.text)])
    blanks = [m.start() for m in re.finditer(" ", chunk.text)]
    chosen = rng.sample(blanks, min(len(blanks), rng.randint(1, 6)))
    return edited(chunk, [Edit(at, at + 1, "\n") for at in chosen])


def _residue(chunk: Chunk, rng: random.Random) -> Chunk:
    """Labels of players and links between paragraphs, or in the middle of one."""
    places = [m.start() for m in re.finditer("\n", chunk.text)]
    if not places or rng.random() < 0.3:
        places = [m.end() for m in _SENTENCE.finditer(chunk.text)]
    chosen = rng.sample(places, min(len(places), rng.randint(1, 3)))
    joint = rng.choice(("\n", "\n", " "))
    return edited(chunk, [Edit(at, at, f"{joint}{residue(rng)}{joint}") for at in chosen])


def _cut_off(chunk: Chunk, rng: random.Random) -> Chunk:
    """The text ends in the middle of a sentence, with or without dots."""
    at = rng.randint(len(chunk.text) // 3, len(chunk.text))
    while at < len(chunk.text) and not chunk.text[at].isspace():
        at += 1
    return edited(chunk, [Edit(at, len(chunk.text), rng.choice(("", "", "…", "...", " [...]")))])


def _case(chunk: Chunk, rng: random.Random) -> Chunk:
    """Case is changed only where it keeps every offset ("ß" in capitals would be two letters)."""
    kind = rng.choice(("lower", "upper", "upper", "headline"))
    if kind == "lower":
        text = "".join(c.lower() if len(c.lower()) == 1 else c for c in chunk.text)
    elif kind == "upper":
        text = "".join(c.upper() if len(c.upper()) == 1 else c for c in chunk.text)
    else:
        text = re.sub(r"(?<![\w’'])[a-z]", lambda m: m.group().upper(), chunk.text)
    return replace(chunk, text=text)
