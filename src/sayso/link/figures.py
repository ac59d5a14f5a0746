"""How many? Which figures answer one question, and which of them are one answer.

Figures belong to one question only if they count the same measure of the same kind of people, in the same manner, in
compatible places and times. How the answers stand to each other is told by `sayso.link.figures_ties`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from sayso.link.actors import same_party
from sayso.link.causes import aliases_of, differ
from sayso.link.counting import FORESEEN, OF_THEM, VICTIMS
from sayso.link.drafts import Draft
from sayso.link.figures_ties import (
    FINER,
    SAME_TIME_DAYS,
    SMALL,
    agree,
    is_range,
    keep_next_revisions,
    relate,
)
from sayso.link.grouping import group
from sayso.link.scope import Figure
from sayso.link.sites import is_country
from sayso.model import Answer, Measure, Slot

# "The toll rose to 11": that of the place that was told of.
_TOLL = re.compile(
    r"\bthe (?:\w+ )?(?:toll|number|count|tally|figure)\b|\b(?:rose|risen|rising|climbed|raised)\b", re.IGNORECASE
)
SPAN_DAYS = 45.0  # figures of one event go on being given for weeks; two events this far apart are two
FEW = 10.0  # an exact number of fewer is too often given for another event
SHARED_WORDS = 2  # besides the number, of two sentences that tell of one event in words of their own: killed, explosion
TELLING = 50.0  # a number from here on is seldom given for two events of one ledger
LARGE = 1000.0  # a toll in thousands …
PART = 30.0  # … and a number so many times smaller, told no earlier, count the whole and some of it (early guesses differ tenfold)
PART_EVER = (
    100.0  # … and so many times smaller at whatever time: read in Haiti, 14 dead of one office against 5,000 of a town
)
HAPPENED_DAYS = 1.5  # two dates of happening further apart than this are two events
_MEASURES = {
    Measure.KILLED: "killed",
    Measure.INJURED: "injured",
    Measure.CASUALTIES: "killed or injured",
    Measure.MISSING: "missing",
    Measure.CAPTURED: "captured",
    Measure.DISPLACED: "displaced",
    Measure.AFFECTED: "affected",
}


def figure_questions(figures: Sequence[Figure], common: frozenset[str]) -> list[Draft]:
    """One draft for each question, with its answers and what they are to each other.

    ``common`` are the places, and the names of what people died of, that most reports of the story name.
    """
    aliases, kind = _aliases(figures), _main_kind(figures)
    buckets: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        buckets[figure.measure, figure.manner, figure.part].append(figure)
    drafts = []
    for bucket in sorted(buckets, key=str):
        by_id = {f.id: f for f in buckets[bucket]}
        items = sorted(by_id, key=lambda i: (by_id[i].told.order, i))
        links = []
        for a, b in combinations([by_id[i] for i in items], 2):
            score = 0.0 if differ(a.cause, b.cause, kind, common, aliases) else _together(a, b, common)
            if score:
                links.append((a.id, b.id, score))

        def apart(a: str, b: str, by: dict[str, Figure] = by_id) -> bool:
            if differ(by[a].cause, by[b].cause, kind, common, aliases):
                return True
            return _apart(by[a], by[b], common) is not None

        for members in group(items, links, apart=apart):
            drafts.append(_draft([by_id[m] for m in members], common))
    return drafts


def _aliases(figures: Sequence[Figure]) -> frozenset[tuple[str, str]]:
    """Names of causes that the reports themselves give to one thing."""
    names = {f.cause.name for f in figures if f.cause is not None and f.cause.name}
    texts = {f.told.report.id: f.told.report.text for f in figures} if len(names) > 1 else {}
    return aliases_of(names, texts.values())


def _main_kind(figures: Sequence[Figure]) -> str | None:
    """The kind of cause that most figures name, of those that name one: what a number that names none is of."""
    kinds = Counter(f.cause.kind for f in figures if f.cause is not None)
    kind, times = max(kinds.items(), key=lambda k: (k[1], k[0]), default=("", 0))
    return kind if times > 1 and 2 * times > kinds.total() else None


def _together(a: Figure, b: Figure, common: frozenset[str]) -> float:
    """How strongly two figures belong to one question; 0 if they do not."""
    if _apart(a, b, common):
        return 0.0
    one_actor = same_party(a.told.party, b.told.party) is not None and not a.told.voice
    if a.counted != b.counted and not (
        (one_actor and {a.counted, b.counted} == {"people", "civilians"})
        or (_one_kind(a, b) and a.best == b.best)
        or _one_number(a, b)
    ):
        return 0.0
    if (a.local <= common) != (b.local <= common) and not one_actor:
        return 0.0  # an equal number of one place and of nowhere in particular is chance
    gap = abs((a.told.day or 0.0) - (b.told.day or 0.0))
    if (a.places <= common) != (b.places <= common) and not (
        one_actor or agree(a, b) or (a.counted != "people" and gap <= SAME_TIME_DAYS)
    ):
        return 0.0
    return (
        1.0
        + 0.5 * one_actor
        + 0.4 * (a.counted == b.counted)
        + 0.3 * bool((a.places & b.places) - common)
        + 0.2 * agree(a, b)
        - gap / 1000
    )


def _told_on(a: Figure, b: Figure, common: frozenset[str]) -> bool:
    """Whether one speaker's number of a place, and one of nowhere in particular, are of one matter: nobody and then somebody, near
    each other, or "the toll" of what was told of. Else the second may be of everywhere ("13 died in Varn", "38 are dead")."""
    if max(a.best, b.best) <= FINER * min(a.best, b.best) or not (a.best and b.best):
        return True
    if agree(a, b) or a.told.report.id == b.told.report.id:
        return True
    nowhere = b if a.places - common else a
    return bool(_TOLL.search(nowhere.told.text))


def _apart(a: Figure, b: Figure, common: frozenset[str]) -> str | None:
    """Why two figures of one measure cannot answer one question; None if nothing keeps them apart."""
    if (
        a.counted != b.counted
        and "people" not in (a.counted, b.counted)
        and not _one_kind(a, b)
        and not _one_number(a, b)
    ):
        return "others are counted"
    if a.period != b.period:
        return "another period"
    if a.period is not None and _dated(a) != _dated(b):
        return "the same words for another period"
    if (a.past or b.past) and a.best != b.best:
        return "an event of some time ago, perhaps another"
    usual = a.places <= common, b.places <= common  # nothing that sets them apart
    one_actor = usual[0] != usual[1] and not a.told.voice and same_party(a.told.party, b.told.party) is not None
    if one_actor and not _told_on(a, b, common):
        return "a place, and perhaps everywhere"
    if a.places and b.places and a.places.isdisjoint(b.places):
        if not any(usual) and not (a.local <= common and b.local <= common):
            return "other places"
        if all(is_country(p) for p in a.places | b.places):
            return "other countries"
    # Where the number itself is said of a place, it counts even where most reports name it: two towns of one story.
    if a.local and b.local and not a.places & b.places and not a.local & b.wider and not b.local & a.wider:
        return "other places"
    if (_within(a, b) or _within(b, a)) and a.best != b.best:
        return "a part of the other's place"
    if a.days and b.days and (a.days[0] > b.days[1] + HAPPENED_DAYS or b.days[0] > a.days[1] + HAPPENED_DAYS):
        return "it happened at another time"
    high, low = (a, b) if a.best >= b.best else (b, a)
    # "Thousands" may be the first word for a hundred thousand; "dozens" is not.
    least = low.best if not low.loose else low.high if low.high <= SMALL else high.best
    if high.best >= LARGE and high.best > PART_EVER * least > 0:
        return "a small part of the other"
    if (
        high.best >= LARGE
        and low.best > 0
        and not low.loose
        and high.best > PART * low.best
        and low.told.when[:10] >= high.told.when[:10]
    ):
        return "a small part of the other"
    for dated, other in ((a, b), (b, a)):
        if not dated.days or other.days or other.told.day is None:
            continue
        if other.told.day + HAPPENED_DAYS < dated.days[0] or other.told.day > dated.days[1] + SPAN_DAYS:
            return "told at another time than it happened"
    if a.told.day is not None and b.told.day is not None and abs(a.told.day - b.told.day) > SPAN_DAYS:
        return "told weeks apart"
    return None


def _dated(figure: Figure) -> str:
    """As much of the time of publication as the words of the period depend on: "last month" is one all month long."""
    period = figure.period or ""
    return figure.told.when[: 4 if "year" in period else 7 if "month" in period else 10]


def _one_kind(a: Figure, b: Figure) -> bool:
    """Whether one noun is the other with a word more: soldiers, and Norlandic soldiers."""
    mine, theirs = set(a.counted.split()), set(b.counted.split())
    return "people" not in mine | theirs and (mine <= theirs or theirs <= mine)


def _one_number(a: Figure, b: Figure) -> bool:
    """Whether an exact number is told of one event by two reports that call the counted otherwise: "eleven workers", "eleven people". Who
    counts two kinds of people tells them apart in one report."""
    return (
        a.exact
        and b.exact
        and a.best == b.best >= FEW
        and a.told.report.id != b.told.report.id
        and sum(stem.isalpha() for stem in a.told.words.stems & b.told.words.stems) >= SHARED_WORDS
    )


def _within(a: Figure, b: Figure) -> bool:
    """Whether ``a`` counts in a town and ``b`` in all of its country: "in the city alone", or a place inside of b's."""
    if a.alone and not b.alone:
        return True
    return bool(a.local) and not a.local & (b.local | a.wider) and bool(a.wider & (b.local or b.places))


def _draft(figures: Sequence[Figure], common: frozenset[str]) -> Draft:
    figures = sorted(figures, key=lambda f: (f.told.order, f.id))
    answers: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        answers[_answer_key(figure)].append(figure)
    ordered = sorted(answers.values(), key=lambda fs: (fs[0].told.order, fs[0].id))
    claims = [tuple(sorted({f.told.id: f.told for f in fs}.values(), key=lambda t: t.order)) for fs in ordered]
    draft = Draft(
        slot=Slot.HOW_MANY,
        matter=f"{figures[0].measure.value} {_scope(figures)} {figures[0].id}",
        text=_wording(figures, common),
        claims=claims,
        answers=[_answer(fs) for fs in ordered],
    )
    for n, mine in enumerate(ordered):
        for m in range(n):
            draft.ties.extend(relate(n, mine, m, ordered[m]))
    keep_next_revisions(draft)
    return draft


def _answer_key(figure: Figure) -> tuple[object, ...]:
    """Figures with this in common are one answer: a number said as "about 12" or "at least 12" is still twelve; that twelve may
    have died is another answer than that they did."""
    if is_range(figure):  # "between 20 and 40" is neither twenty nor forty
        return "from to", figure.low, figure.quantity.high, figure.feared and figure.loose
    return "number", figure.best, figure.possible


def _answer(figures: Sequence[Figure]) -> Answer:
    # The words of the plainest: without "at least" or "about", else the earliest.
    figure = min(figures, key=lambda f: (not f.exact, f.told.order, f.id))
    q = figure.quantity
    return Answer(q.span.of(figure.told.report.text), q.low, q.best, q.high, q.unit, q.counted, q.measure)


def _scope(figures: Sequence[Figure]) -> str:
    return min(f.counted for f in figures)


def _wording(figures: Sequence[Figure], common: frozenset[str]) -> str:
    """The question in words: the noun that the figures use, the measure, and the place that sets them apart, if any."""
    kinds = sorted({f.counted for f in figures} - {"people"}) or ["people"]
    nouns = sorted({f.noun for f in figures if f.counted == kinds[0]}, key=lambda n: (len(n), n))
    noun = "people" if kinds[0] == "people" else nouns[0]
    verb = f"were {_MEASURES[figures[0].measure]}" if figures[0].measure is not Measure.MISSING else "are missing"
    text = f"How many {noun} {verb}"
    if figures[0].manner == "moved":
        text = f"How many {noun} fled or were moved"
    elif figures[0].manner in ("found", "buried", "stored", "seen"):
        text = f"How many {'bodies' if noun == 'people' else f'dead {noun}'} were {figures[0].manner}"
    elif figures[0].manner == "with attackers":
        text = f"{text}, the attackers counted"
    elif figures[0].manner == VICTIMS:
        text = "How many victims were there"
    elif figures[0].manner == FORESEEN and figures[0].measure is not Measure.MISSING:
        text = f"How many {noun} may yet be {_MEASURES[figures[0].measure]}"
    elif figures[0].part == OF_THEM:
        text = f"How many of them {verb}" if noun == "people" else f"How many of them were {noun}"
    elif figures[0].part and noun == "people":
        text = f"How many others {verb}"
    period = figures[0].period
    if period == "usually":
        return f"{text.replace('were', 'are usually', 1)}?"
    return f"{text} {period}?" if period else f"{text}?"
