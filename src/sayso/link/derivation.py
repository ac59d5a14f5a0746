"""Does one report derive from the other? From how they are alike to a probability, a kind, passages and reasons.

    1. prose       the sentences (or statements) of each report, without furniture, with their vectors
    2. measures    how they are alike, by a dozen measures                                              likeness
    3. weighing    two logistic weighings: that one derives from the other, and that both go back to one origin
    4. kind        copy, reword, partial or common, by how much of each text has its like in the other

The weights were fitted on made worlds with known truth by `training/derive/fit.py`, so that a score of .8 is right about
four times of five there. `origins` uses this for the pairs of a ledger, and `sayso derive` for any two texts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from math import exp

from sayso.link.embed import Vector, embed_texts, lattice
from sayso.link.likeness import Compared, Prose, Unit, measure, names_release
from sayso.link.passages import Furniture, Passages, passages_of, prose_spans, shared_share
from sayso.link.sentences import sentences
from sayso.link.told import Told
from sayso.model import EdgeKind, Report, Span

MOST_UNITS = 600  # sentences of one report that are compared: a long report has a hundred, and a book has no end
LEAST_OWN = 3  # sentences that a report has for itself, before anything it shares is called a notice
OFF_TOPIC_WORDS = 0.15  # of a sentence's telling words may stand elsewhere in its report
OFF_TOPIC_COSINE = 0.30  # with the sum of the report's own sentences


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the measures of a pair say together."""

    derived: float  # probability that one derives from the other, or both from one report word by word
    kin: float  # probability that they are one origin: derived, or written from one press release
    values: Mapping[str, float]


Folded = tuple[str, ...]
"""A sentence as it is known again: its words, folded."""


def read_prose(
    report: Report,
    *,
    furniture: Furniture = frozenset(),
    notices: frozenset[Folded] = frozenset(),
    embed: Callable[[Sequence[str]], Vector] | None = None,
) -> Prose:
    """A report by its sentences, without those known to be ``notices``."""
    spans = prose_spans(report, furniture)
    found = (span for paragraph in spans for span in sentences(report.text, paragraph))
    units = tuple(unit_of(report, span) for span in islice(found, MOST_UNITS))
    texts = [unit.text for unit in units]
    rows = embed(texts) if embed is not None else lattice(embed_texts(texts))
    paragraphs = tuple(span.of(report.text) for span in spans)
    prose = Prose(passages_of(paragraphs), units, rows, names_release(report.text), paragraphs)
    folded = _folded_units(prose)
    known = notices & set(folded)
    return _without(prose, folded, known) if known else prose


def told_prose(report: Report, passages: Passages, told: Sequence[Told], rows: Vector) -> Prose:
    """A report by its statements, which have been read and have their vectors."""
    units = tuple(unit_of(report, Span(t.start, max(s.end for s in t.statement.content)), t.text) for t in told)
    return Prose(passages, units[:MOST_UNITS], rows[:MOST_UNITS], names_release(report.text))


def unit_of(report: Report, span: Span, text: str | None = None) -> Unit:
    return Unit(span, " ".join(span.of(report.text).split()) if text is None else text)


def laid(a: Prose, b: Prose, *, credit: bool) -> Compared:
    """Two reports beside each other, without the sentences that both print and that have to do with neither story.

    Sites of one maker print the same notices; in a pair of texts nothing else tells them. In a ledger an outlet's own reports do
    (`passages.find_furniture`), and what is compared there are statements.
    """
    if not (a.paragraphs and b.paragraphs):
        return Compared(a, b, credit)
    mine, theirs = _folded_units(a), _folded_units(b)
    both = set(mine) & set(theirs)
    notices = both & _off_topic(a, mine, both) & _off_topic(b, theirs, both)
    if not notices:
        return Compared(a, b, credit)
    return Compared(_without(a, mine, notices), _without(b, theirs, notices), credit)


def _folded_units(prose: Prose) -> list[Folded]:
    return [unit.words.folded for unit in prose.units]


def _off_topic(prose: Prose, folded: Sequence[Folded], both: Set[Folded]) -> set[Folded]:
    """Sentences of ``both`` that take up nothing of what is this report's own: hardly a word of it, and little of its
    meaning. Where little is its own it is a copy, notices and all, and none is told apart."""
    own = [n for n, words in enumerate(folded) if words not in both]
    if len(own) < LEAST_OWN:
        return set()
    stems = {s for n in own for s in prose.units[n].words.stems}
    middle = prose.rows[own].sum(axis=0, dtype="float64")
    found = set()
    for n, words in enumerate(folded):
        telling = prose.units[n].words.stems
        if words in both and len(telling & stems) <= OFF_TOPIC_WORDS * len(telling):
            row = prose.rows[n].astype("float64")
            length = float((middle @ middle) ** 0.5 * (row @ row) ** 0.5)
            if length == 0 or float(middle @ row) / length < OFF_TOPIC_COSINE:
                found.add(words)
    return found


def _without(prose: Prose, folded: Sequence[Folded], notices: Set[Folded]) -> Prose:
    kept = [n for n, words in enumerate(folded) if words not in notices]
    dropped = [unit.text for unit, words in zip(prose.units, folded, strict=True) if words in notices]
    pieces = [" ".join(paragraph.split()) for paragraph in prose.paragraphs]
    for text in dropped:
        pieces = [part for piece in pieces for part in piece.split(text) if part.strip()]
    units = tuple(prose.units[n] for n in kept)
    return Prose(passages_of(pieces), units, prose.rows[kept], prose.release, tuple(pieces))


def weigh(pair: Compared) -> Weighed:
    """The probabilities of a pair."""
    values = measure(pair)
    derived, kin = (_logistic(weights, values) for weights in _weights())
    if not (pair.a.release or pair.b.release):  # where nobody names a release, kin are derived
        derived = max(derived, kin)
    return Weighed(derived, max(kin, derived), values)


def _logistic(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    total = sum(weight * (1.0 if name == "bias" else values[name]) for name, weight in weights.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def _weights() -> tuple[Mapping[str, float], Mapping[str, float]]:
    data = tomllib.loads(files("sayso.link").joinpath("data/derivation.toml").read_text("utf-8"))
    return data["derived"], data["kin"]


# ---------------------------------------------------------------------------------------------------
# What kind of derivation it is

LIKELY = 0.5  # scores are calibrated: above this, more likely than not
COPIED = 0.70  # of a text's words: what is not copied is an editor's touch
WHOLE = 0.45  # of a text's sentences with their like in the other: the report itself was taken, not a part of it


def text_kind(pair: Compared, weighed: Weighed) -> EdgeKind | None:
    """How one text derives from the other, by how much of it does; None where neither derivation nor kinship is likely."""
    if weighed.derived < LIKELY:
        return EdgeKind.COMMON if weighed.kin >= LIKELY else None
    if copied(pair) >= COPIED:
        return EdgeKind.COPY
    return EdgeKind.REWORD if taken(pair) >= WHOLE else EdgeKind.PARTIAL


def copied(pair: Compared) -> float:
    """The share of the shorter text's words that stand in the other in runs of five or more."""
    return shared_share(pair.a.passages.runs, pair.b.passages.runs)


def taken(pair: Compared) -> float:
    """Of the sentences of the report with fewer, the share that has its like in the other, in the same order or not."""
    few = min(len(pair.a.units), len(pair.b.units))
    return len(pair.nearest) / few if few else 0.0
