"""Two reports laid beside each other: the strongest reason why they are one origin, if there is one, and who derives from whom.

    1. form         one page at two times, a forward, the same words: no weighing is needed
    2. text         derivation and kinship, weighed (`derivation`)
    3. credit       a credit line or a relay, with a little of the credited text
    4. direction    forwards and credits first, then time, then length

When unsure, dependent. `origins` asks this of the pairs of a ledger, `derive` of any two texts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sayso.link.credits import is_agency, key
from sayso.link.derivation import LIKELY, WHOLE, Weighed, copied, laid, taken, text_kind, weigh
from sayso.link.drift import word_diff
from sayso.link.likeness import Compared, Prose
from sayso.link.passages import Passages, shared_quotations, shared_share
from sayso.link.told import day_of
from sayso.model import EdgeKind, Report

COPY_SHARE = 0.70  # of the shorter report's runs
LEAST_SHARE = 0.13  # of its runs outside quotation marks: the least of the seed's true rewordings; makes a forward one
FAMILY_RUNS = 12  # an outlet's own reports share phrases: that one goes on from another takes so many runs
QUOTES_SHARED = 3  # so many long quotations in common, with some prose, are one set of notes
CREDIT_SHARE = 0.04  # a credit alone may be for one sentence; with a little shared prose it is the report's own base
RELAY_SHARE = 0.10  # one statement had from another outlet makes no report derived: more of its prose must be there
CREDIT_DAYS = 3.0  # two reports that credit one agency within this time carry one dispatch
DRIFTS_SHOWN = 3  # quotations whose words are laid beside each other in the reasons
CLEARLY_SHORTER = 0.90  # of the other's words; less says nothing of who cut whom


@dataclass(frozen=True)
class Side:
    """One report as the comparison of a pair sees it. ``read`` gives its prose, and is asked only when it is needed."""

    report: Report
    passages: Passages
    form: frozenset[str]  # outlets and agencies named where a wire credit stands
    relay: frozenset[str]  # those it has statements from
    read: Callable[[], Prose]
    without_furniture: bool = False  # the outlet's other reports have told what it prints under every one

    @cached_property
    def prose(self) -> Prose:
        return self.read()

    @cached_property
    def outlet(self) -> str:
        return key(self.report.outlet or "")

    @cached_property
    def day(self) -> float | None:
        return day_of(self.report.published.value if self.report.published else None)


@dataclass(frozen=True)
class Found:
    """What comparing two reports gave. ``derived`` and ``base`` are always named; ``sure`` says whether anything tells it."""

    kind: EdgeKind | None
    score: float
    reasons: tuple[str, ...]
    derived: Side
    base: Side
    sure: bool
    weighed: Weighed | None
    pair: Compared | None


def compare(a: Side, b: Side) -> Found:
    """The strongest of the signals, with every reason that speaks for it."""
    share = shared_share(a.passages.runs, b.passages.runs)
    own = shared_share(a.passages.own_runs, b.passages.own_runs)
    quotes = shared_quotations(a.passages, b.passages)
    credit = _credit(a, b)
    reasons: list[str] = []
    kind: EdgeKind | None = None
    score = 0.0
    weighed: Weighed | None = None
    pair: Compared | None = None
    if a.report.url and a.report.url == b.report.url:
        kind, score = EdgeKind.COPY, 1.0
        reasons.append("two versions of one page")
    elif (forward := _forward(a, b)) and (share >= LEAST_SHARE or _short_and_equal(a, b)):
        kind, score = EdgeKind.FORWARD, 1.0
        reasons.append(forward)
    elif _short_and_equal(a, b):
        kind, score = EdgeKind.COPY, 0.9
        reasons.append("the same short text")
    elif not _one_outlet(a, b) or len(a.passages.own_runs & b.passages.own_runs) >= FAMILY_RUNS:
        pair = laid(a.prose, b.prose, credit=credit is not None)
        weighed = weigh(pair)
        share = shared_share(pair.a.passages.runs, pair.b.passages.runs)
        own = shared_share(pair.a.passages.own_runs, pair.b.passages.own_runs)
        quotes = shared_quotations(pair.a.passages, pair.b.passages)
        kind, score = text_kind(pair, weighed), weighed.derived
        if kind is EdgeKind.COMMON:
            score = weighed.kin
        elif kind is None and _shared_prose(a, b, own):
            kind, score = EdgeKind.REWORD if taken(pair) >= WHOLE else EdgeKind.PARTIAL, LIKELY
        if _one_outlet(a, b) and kind is not EdgeKind.COPY:
            kind = None if kind in (None, EdgeKind.COMMON) else EdgeKind.FAMILY
            reasons += ["one outlet carrying on its own report"] if kind else []
        reasons += _why(pair, kind)
    if kind is None and not _one_outlet(a, b):
        if credit and own >= credit[2]:
            kind, score = EdgeKind.CREDIT, 0.8
        elif len(quotes) >= QUOTES_SHARED and own >= CREDIT_SHARE:
            kind, score = EdgeKind.QUOTE, 0.6
        elif agency := _one_agency(a, b):
            kind, score = EdgeKind.CREDIT, 0.7
            reasons.append(agency)
    if share:
        reasons.append(f"{share:.0%} of the shorter report's runs of five words stand in both")
    if quotes:
        reasons.append(
            f"{len(quotes)} quotations of eight words or more in common"
            if len(quotes) > 1
            else "a long quotation in common"
        )
    if credit:
        reasons.append(credit[1])
    derived, base, why = _direction(a, b, credit, kind)
    if kind in (EdgeKind.COPY, EdgeKind.REWORD) and pair is not None and why and _mostly_own(derived, base, pair, a):
        kind = EdgeKind.PARTIAL
        reasons.append("most of the later text is its own")
    if kind and pair is not None:
        drifts = pair.drifts if base is a else [(theirs, mine) for mine, theirs in pair.drifts]
        reasons += [f"quoted otherwise: “{word_diff(*drift)}”" for drift in drifts[:DRIFTS_SHOWN]]
    reasons += [why or "direction unknown"] if kind else []
    return Found(kind, round(score, 4), tuple(reasons), derived, base, why is not None, weighed, pair)


def _shared_prose(a: Side, b: Side, own: float) -> bool:
    """Whether so much of the prose outside quotation marks is shared that it is taken for dependent without more ado. Only
    where no furniture is left: in pairs of made worlds that share notices, one independent pair of twenty has as much."""
    enough = own >= LEAST_SHARE and len(a.passages.own_runs & b.passages.own_runs) >= FAMILY_RUNS
    return enough and a.without_furniture and b.without_furniture


def _mostly_own(derived: Side, base: Side, pair: Compared, first: Side) -> bool:
    """Whether a text took the whole of a shorter one, and is for the greater part its own."""
    if derived.passages.words <= base.passages.words:
        return False
    prose = pair.a if derived is first else pair.b
    had = len(pair.a.passages.runs & pair.b.passages.runs) / max(1, len(prose.passages.runs))
    return max(had, len(pair.nearest) / max(1, len(prose.units))) < WHOLE


def _why(pair: Compared, kind: EdgeKind | None) -> list[str]:
    """The reasons of the text in words."""
    found = []
    if pair.chain:
        few = min(len(pair.a.units), len(pair.b.units))
        found.append(
            f"{len(pair.chain)} of {few} sentences of the shorter have their like in the other, in the same order"
        )
    if pair.drifts and kind is not None:
        words = "quotation is" if len(pair.drifts) == 1 else "quotations are"
        found.append(f"{len(pair.drifts)} {words} near, in other words: nobody who heard it writes it so")
    if kind is EdgeKind.COMMON:
        found.append("alike as two that were written from one release, and neither from the other")
    elif kind is EdgeKind.PARTIAL:
        found.append(f"only a part was taken over: {taken(pair):.0%} of the sentences of the shorter")
    elif kind is EdgeKind.COPY and copied(pair) < 1:
        found.append("nearly word for word")
    return found


def _one_outlet(a: Side, b: Side) -> bool:
    return bool(a.outlet) and a.outlet == b.outlet


def _credit(a: Side, b: Side) -> tuple[Side, str, float] | None:
    """The side that credits the other's outlet, the reason, and the share of its prose that must be there too."""
    for side, other in ((a, b), (b, a)):
        if other.outlet and side.outlet != other.outlet:
            if other.outlet in side.form:
                return side, f"its byline, dateline or credit names {other.report.outlet}", CREDIT_SHARE
            if other.outlet in side.relay:
                return side, f"it has statements from {other.report.outlet}", RELAY_SHARE
    return None


def _one_agency(a: Side, b: Side) -> str | None:
    """Two reports that both carry one agency's dispatch, though the dispatch itself is not in the ledger."""
    shared = sorted(name for name in a.form & b.form if is_agency(name))
    if not shared or a.day is None or b.day is None or abs(a.day - b.day) > CREDIT_DAYS:
        return None
    some = shared_share(a.passages.own_runs, b.passages.own_runs)
    return f"both credit {shared[0].upper()}" if some >= CREDIT_SHARE else None


def _forward(a: Side, b: Side) -> str | None:
    for side, other in ((a, b), (b, a)):
        if side.report.forwarded_from and key(side.report.forwarded_from) == other.outlet and other.outlet:
            return f"forwarded from {other.report.outlet}"
    if (
        a.report.forwarded_from
        and b.report.forwarded_from
        and key(a.report.forwarded_from) == key(b.report.forwarded_from)
    ):
        return f"both forwarded from {a.report.forwarded_from}"
    return None


def _short_and_equal(a: Side, b: Side) -> bool:
    """Messages too short for runs, with the same words."""
    return 0 < a.passages.words <= 40 and a.passages.runs == b.passages.runs and bool(a.passages.runs)


def _direction(
    a: Side, b: Side, credit: tuple[Side, str, float] | None, kind: EdgeKind | None
) -> tuple[Side, Side, str | None]:
    """(derived, base, why): forwards and credits tell it surely, time mostly, length only of what was copied.

    Two papers that carry one wire story each cut it their way: of 14 edges of real reports that were read, in which length alone told
    the direction of a rewording, 1 was right (timeline17 and ECB+, `benchmarks/derivation.py --show`). So it tells nothing of them.
    """
    for side, other in ((a, b), (b, a)):
        if side.report.forwarded_from and key(side.report.forwarded_from) == other.outlet:
            return side, other, "the forward names it"
    if credit is not None:
        credits, credited = credit[0], (b if credit[0] is a else a)
        # What was published a day before the other has it from an earlier report of that outlet.
        if credits.day is None or credited.day is None or credits.day > credited.day - 1:
            return credits, credited, "the one that credits derives from the credited"
    borrowed = credit is not None  # from an earlier report of the credited outlet, so time tells nothing of these two
    precise = (a.report.published and b.report.published) and a.report.published.value != b.report.published.value
    if precise and a.day is not None and b.day is not None and a.day != b.day:
        late, early = (a, b) if a.day > b.day else (b, a)
        return late, early, None if borrowed else "the other was published earlier"
    short, long = sorted((a, b), key=lambda s: (s.passages.words, s.report.id))
    if kind is EdgeKind.COPY and short.passages.words < CLEARLY_SHORTER * long.passages.words:
        return short, long, "times tell nothing; the other is longer"
    return short, long, None
