"""How many? Which figures answer one question, which of them are one answer, and how the answers stand to each other.

Figures belong to one question only if they count the same measure of the same kind of people in compatible places and
times. Two numbers of one actor are a revision, never a dispute; two numbers of different actors are a dispute only if both
are counts (not fears or estimates), of one scope, at about one time, and cannot both hold.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sayso.link.actors import same_party
from sayso.link.drafts import Draft, Tie
from sayso.link.grouping import group
from sayso.link.scope import Figure
from sayso.model import Answer, Measure, RelationKind, Slot

SPAN_DAYS = 45.0  # figures of one event go on being given for weeks; two events this far apart are two
SAME_TIME_DAYS = 2.0  # later than this, a higher number is news, not a contradiction
FINER = 1.5  # two numbers further apart than this are other answers, not finer ones
SMALL = 99.0  # up to dozens, a vague word and a number can be one count
TELLING = 50.0  # a number from here on is seldom given for two events of one ledger
LARGE = 1000.0  # a toll in thousands …
PART = 30.0  # … and a number so many times smaller, told no earlier, count the whole and some of it (early guesses differ tenfold)
PART_EVER = 1000.0  # … and so many times smaller at whatever time: no toll grows so between two counts of it
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


def figure_questions(figures: Sequence[Figure], stories: Mapping[str, int], common: frozenset[str]) -> list[Draft]:
    """One draft for each question, with its answers and what they are to each other.

    ``stories`` tells which story each report belongs to, ``common`` the places that most reports name.
    """
    buckets: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        buckets[figure.measure, figure.manner, figure.part].append(figure)
    drafts = []
    for bucket in sorted(buckets, key=str):
        by_id = {f.id: f for f in buckets[bucket]}
        items = sorted(by_id, key=lambda i: (by_id[i].told.order, i))
        links = []
        for a, b in _candidates([by_id[i] for i in items], stories):
            score = _together(a, b, common)
            if score:
                links.append((a.id, b.id, score))

        def apart(a: str, b: str, by: dict[str, Figure] = by_id) -> bool:
            return _apart(by[a], by[b], common) is not None

        for members in group(items, links, apart=apart):
            drafts.append(_draft([by_id[m] for m in members], common))
    return drafts


def _candidates(figures: Sequence[Figure], stories: Mapping[str, int]) -> Iterator[tuple[Figure, Figure]]:
    """Figures of one story, and those of any two stories that give one telling number or one speaker's number: a long event
    falls into many stories, and all of them carry its toll."""
    homes: dict[object, list[Figure]] = defaultdict(list)
    for figure in figures:
        homes["story", stories[figure.told.report.id]].append(figure)
        if figure.best >= TELLING and not figure.quantity.vague:
            homes["number", figure.best].append(figure)
        if figure.told.party.named and not figure.told.voice:
            homes["said", figure.told.party.key, figure.best].append(figure)
    seen: set[tuple[str, str]] = set()
    for home in homes.values():
        for n, a in enumerate(home):
            for b in home[n + 1 :]:
                if (a.id, b.id) not in seen:
                    seen.add((a.id, b.id))
                    yield a, b


def _together(a: Figure, b: Figure, common: frozenset[str]) -> float:
    """How strongly two figures belong to one question; 0 if they do not."""
    if _apart(a, b, common):
        return 0.0
    one_actor = same_party(a.told.party, b.told.party) is not None and not a.told.voice
    if a.counted != b.counted and not (
        (one_actor and {a.counted, b.counted} == {"people", "civilians"}) or (_one_kind(a, b) and a.best == b.best)
    ):
        return 0.0
    mine, theirs = a.places - common, b.places - common
    if bool(a.local - common) != bool(b.local - common) and not one_actor:
        return 0.0  # an equal number of one place and of nowhere in particular is chance
    gap = abs((a.told.day or 0.0) - (b.told.day or 0.0))
    if bool(mine) != bool(theirs) and not (
        one_actor or _agree(a, b) or (a.counted != "people" and gap <= SAME_TIME_DAYS)
    ):
        return 0.0
    return (
        1.0
        + 0.5 * one_actor
        + 0.4 * (a.counted == b.counted)
        + 0.3 * bool(mine & theirs)
        + 0.2 * _agree(a, b)
        - gap / 1000
    )


def _apart(a: Figure, b: Figure, common: frozenset[str]) -> str | None:
    """Why two figures of one measure cannot answer one question; None if nothing keeps them apart."""
    if a.counted != b.counted and "people" not in (a.counted, b.counted) and not _one_kind(a, b):
        return "others are counted"
    if a.period != b.period:
        return "another period"
    if a.period is not None and a.told.when[:10] != b.told.when[:10]:
        return "the same words for another period"
    mine, theirs = a.places - common, b.places - common
    if mine and theirs and not a.places & b.places and (bool(a.local - common) or bool(b.local - common)):
        return "other places"
    if (_within(a, b) or _within(b, a)) and a.best != b.best:
        return "a part of the other's place"
    if a.days and b.days and (a.days[0] > b.days[1] + HAPPENED_DAYS or b.days[0] > a.days[1] + HAPPENED_DAYS):
        return "it happened at another time"
    high, low = (a, b) if a.best >= b.best else (b, a)
    if high.best > PART_EVER * low.best > 0 and not low.quantity.vague:
        return "a small part of the other"
    if (
        high.best >= LARGE
        and low.best > 0
        and not low.quantity.vague
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


def _one_kind(a: Figure, b: Figure) -> bool:
    """Whether one noun is the other with a word more: soldiers, and Norlandic soldiers."""
    mine, theirs = set(a.counted.split()), set(b.counted.split())
    return "people" not in mine | theirs and (mine <= theirs or theirs <= mine)


def _within(a: Figure, b: Figure) -> bool:
    """Whether ``a`` counts in a town and ``b`` in all of its country: "in the city alone", or a place inside of b's."""
    if a.alone and not b.alone:
        return True
    return bool(a.local) and not a.local & (b.local | a.wider) and bool(a.wider & (b.local or b.places))


def _agree(a: Figure, b: Figure) -> bool:
    return a.low <= b.high and b.low <= a.high


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
            draft.ties.extend(_relate(n, mine, m, ordered[m]))
    _keep_next_revisions(draft)
    return draft


def _answer_key(figure: Figure) -> tuple[object, ...]:
    """Figures with this in common are one answer: a number said as "about 12" or "at least 12" is still twelve."""
    if _is_range(figure):  # "between 20 and 40" is neither twenty nor forty
        return "from to", figure.low, figure.quantity.high, figure.feared and figure.quantity.vague
    return "number", figure.best


def _is_range(figure: Figure) -> bool:
    """Whether a figure gives no number but a span of them ("dozens", "up to 50", "between 20 and 40")."""
    wide = figure.low < figure.high < float("inf") and figure.high >= FINER * max(figure.low, 1.0)
    return figure.quantity.vague or wide


def _answer(figures: Sequence[Figure]) -> Answer:
    # The words of the plainest: without "at least" or "about", else the earliest.
    figure = min(figures, key=lambda f: (not f.exact, f.told.order, f.id))
    q = figure.quantity
    return Answer(q.span.of(figure.told.report.text), q.low, q.best, q.high, q.unit, q.counted, q.measure)


def _relate(n: int, later: Sequence[Figure], m: int, earlier: Sequence[Figure]) -> list[Tie]:
    """What the answer ``n`` is to the answer ``m`` that was given before it."""
    revision = _revision(later, earlier)
    if revision:
        return [Tie(n, m, RelationKind.REVISES, 0.9, revision)]
    backwards = _revision(earlier, later)
    if backwards:
        return [Tie(m, n, RelationKind.REVISES, 0.9, backwards)]
    dispute = _dispute(later, earlier)
    if dispute:
        return [Tie(n, m, RelationKind.CONTRADICTS, 0.75, dispute)]
    a, b = later[0], earlier[0]
    if a.counted == b.counted and _agree(a, b) and a.feared == b.feared and _close(a, b):
        narrow, wide = ((n, a), (m, b)) if a.high - a.low <= b.high - b.low else ((m, b), (n, a))
        if narrow[1].high - narrow[1].low < wide[1].high - wide[1].low:
            reason = f"{_spell(narrow[1])} lies within {_spell(wide[1])}"
            return [Tie(narrow[0], wide[0], RelationKind.REFINES, 0.7, (reason,))]
    return []


def _close(a: Figure, b: Figure) -> bool:
    """Whether one answer can be a finer form of the other: "at least 12" and 14, "several" and 5; not thousands and millions."""
    if max(a.high, b.high) <= SMALL:
        return True
    low, high = sorted((a.best, b.best))
    return low > 0 and high <= FINER * low and not (a.quantity.vague or b.quantity.vague)


def _revision(later: Sequence[Figure], earlier: Sequence[Figure]) -> tuple[str, ...] | None:
    """The same actor or body gave another number afterwards."""
    for a in later:
        for b in earlier:
            who = None if a.told.voice or b.told.voice else same_party(a.told.party, b.told.party)
            if who is None or a.best == b.best or (_agree(a, b) and (a.quantity.vague or b.quantity.vague)):
                continue
            if _comes_after(a, b) and a.feared == b.feared and (a.counted == b.counted or 0 in (a.best, b.best)):
                return who, f"{_spell(b)} first, {_spell(a)} later"
    return None


def _comes_after(a: Figure, b: Figure) -> bool:
    """Whether ``a`` was said after ``b``: a report may tell the older number last ("had first said that nobody died").

    Words such as "initially" and "later" decide; then, across reports, the time of publication; within one report, when it
    was said.
    """
    if _told_as_old(a) != _told_as_old(b):
        return _told_as_old(b)
    if a.told.report.id != b.told.report.id:
        return (a.told.day or 0.0) > (b.told.day or 0.0)
    if _told_as_new(a) != _told_as_new(b):
        return _told_as_new(a)
    said, before = a.told.statement.said, b.told.statement.said
    return bool(said and before and said.value > before.value)


_OLD = re.compile(
    r"\b(?:initially|at first|first (?:said|reported|put)|previously|originally|had (?:\w+ )?(?:said|reported|put|written|told|"
    r"insisted|claimed)|earlier (?:said|reported|put)|an earlier)\b",
    re.IGNORECASE,
)
_NEW = re.compile(r"\b(?:later|now|since then|revised|updated|corrected|raised|has risen)\b", re.IGNORECASE)


def _told_as_old(figure: Figure) -> bool:
    return bool(_OLD.search(_introduction(figure)))


def _told_as_new(figure: Figure) -> bool:
    return bool(_NEW.search(_introduction(figure)))


def _introduction(figure: Figure) -> str:
    """The words that lead to the figure, from the beginning of its sentence or its source."""
    text, start = figure.told.report.text, figure.quantity.span.start
    spans = (*figure.told.statement.source, *figure.told.statement.cue)
    begin = min([s.start for s in spans if s.start < start and start - s.start < 200], default=start)
    return text[max(text.rfind(". ", max(0, begin - 80), begin), text.rfind("\n", 0, begin), begin - 80) + 1 : start]


def _dispute(later: Sequence[Figure], earlier: Sequence[Figure]) -> tuple[str, ...] | None:
    """Different actors, counts of one scope at about one time, that cannot both hold."""
    for a in later:
        for b in earlier:
            if a.told.voice or b.told.voice or not (a.told.party.named and b.told.party.named):
                continue
            if same_party(a.told.party, b.told.party) or _agree(a, b) or a.feared or b.feared:
                continue
            if a.counted != b.counted or _is_range(a) or _is_range(b) or not _one_matter(a, b):
                continue
            if abs((a.told.day or 0.0) - (b.told.day or 0.0)) > SAME_TIME_DAYS:
                continue
            return (
                f"{a.told.party.name} says {_spell(a)}, {b.told.party.name} says {_spell(b)}",
                "the same measure, place and time, and the numbers exclude each other",
            )
    return None


def _one_matter(a: Figure, b: Figure) -> bool:
    """Whether two figures surely speak of the same: told in one report, of one narrow kind of people, or of one place."""
    return a.told.report.id == b.told.report.id or a.counted not in ("people", "civilians") or bool(a.places & b.places)


def _keep_next_revisions(draft: Draft) -> None:
    """A revision replaces the answer just before it: keep, for each answer, the nearest one it revises.

    An answer that comes back later (12, 14, then again 12 in a slow outlet) revises nothing.
    """
    nearest: dict[int, Tie] = {}
    for tie in draft.ties:
        if tie.kind is RelationKind.REVISES and (tie.first not in nearest or tie.second > nearest[tie.first].second):
            nearest[tie.first] = tie
    draft.ties[:] = [t for t in draft.ties if t.kind is not RelationKind.REVISES or nearest[t.first] is t]


def _spell(figure: Figure) -> str:
    return figure.quantity.span.of(figure.told.report.text)


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
    elif figures[0].part and noun == "people":
        text = f"How many others {verb}"
    period = figures[0].period
    return f"{text} {period}?" if period else f"{text}?"
