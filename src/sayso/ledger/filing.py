"""Putting reports into stories as they come in, so that only the stories they join are linked anew.

    1. gists       what each new report is about, and the paragraphs it prints
    2. ties        the reports it is tied to; versions of its page; statements that a person joined with its own
    3. stories     it joins the stories of those, and brings together those it is tied to both
    4. furniture   a paragraph that an outlet prints in several stories is no news: where that changes, they are linked anew
    5. judgements  what people decided makes the stories stale that it is about

The result is the same as filing all reports at once: stories are what ties connect, and a tie depends on two reports alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import inf

from sayso.ledger.bearing import bears, meant
from sayso.model import Gist, Judgement, Report, Story, Verdict
from sayso.pipeline import Filing
from sayso.store import Pending, Store

FURNITURE_STORIES = 3  # in this many stories of one outlet a paragraph has nothing to do with any of them
_LOOKED_AT = 20  # reports of one story that are looked at together, until one is tied
_MARGIN = 0.01  # of a day, for what rounding takes: `tie` looks at the days again
_AT_ONCE = 500  # reports filed in one transaction: a second or two, in which nobody else can write


@dataclass(frozen=True, slots=True)
class Filed:
    """Reports in their stories, by the ids of the stories; stories in the order of their earliest day.

    ``paragraphs`` holds the reports in which each paragraph is printed, by its key; ``furniture`` those keys that are no news.
    """

    stories: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    paragraphs: Mapping[str, tuple[str, ...]]
    furniture: frozenset[str]


def file_all(reports: Sequence[Report], filing: Filing, joined: Sequence[tuple[str, str]]) -> Filed:
    """All of these reports put into stories at once; what `file_pending` comes to in however many steps."""
    gists: dict[str, Gist] = {}
    paragraphs: dict[str, list[str]] = defaultdict(list)
    pages: dict[str, list[str]] = defaultdict(list)
    for report in sorted(reports, key=lambda r: r.id):
        gists[report.id] = filing.gist(report)
        for key in filing.paragraphs(report):
            paragraphs[key].append(report.id)
        if report.url is not None:
            pages[report.url].append(report.id)
    ties = [pair for versions in pages.values() for pair in pairwise(versions)]
    stories = connected(gists, [*ties, *joined, *_tied_among(list(gists.values()), filing.tie)])
    members: dict[str, list[str]] = defaultdict(list)
    for member, story in stories.items():
        members[story].append(member)
    return Filed(
        stories,
        in_order(members, gists),
        {key: tuple(held) for key, held in paragraphs.items()},
        frozenset(k for k, held in paragraphs.items() if len({stories[i] for i in held}) >= FURNITURE_STORIES),
    )


def in_order(members: Mapping[str, Sequence[str]], gists: Mapping[str, Gist]) -> dict[str, tuple[str, ...]]:
    """The reports of each story, the stories by their earliest days: those that nobody dated first."""
    days = {story: [d for i in held if (d := gists[i].day) is not None] for story, held in members.items()}
    order = sorted(members, key=lambda story: (min(days[story], default=-inf), story))
    return {story: tuple(members[story]) for story in order}


def file_pending(store: Store, filing: Filing) -> bool:
    """Files some of what is pending, in one transaction; False when nothing was."""
    with store.derived.update():
        pending = store.derived.pending(limit=_AT_ONCE)
        if not pending:
            return False
        judgements = store.judgements()
        _file(store, filing, pending, judgements)
        store.derived.settle(pending)
    return True


def _file(store: Store, filing: Filing, pending: Pending, judgements: Sequence[Judgement]) -> None:
    derived = store.derived
    undone, judged = _by_judgements(store, pending, judgements)
    joined = joined_reports(filing, judgements, partial(report_of, store))
    gists: dict[str, Gist] = {}
    paragraphs: dict[str, frozenset[str]] = {}
    for report in store.reports(pending.reports):
        gists[report.id], paragraphs[report.id] = filing.gist(report), filing.paragraphs(report)
    ties = [pair for report in store.reports(pending.reports) for pair in _one_page(store, report, gists)]
    ties += [(a, b) for a, b in joined if {a, b} & (gists.keys() | judged)]
    ties += _tied_among(list(gists.values()), filing.tie)
    for together in _groups(connected(gists, ties)):
        ties += _tied_before(store, filing, [gists[report] for report in together], gists)
    before = derived.stories_of({report for pair in ties for report in pair} | gists.keys() | judged)
    members = derived.members(set(before.values()))
    known = gists | derived.gists({report for reports in members.values() for report in reports} - gists.keys())
    if undone:  # what a person joined and no longer joins: the story may fall apart
        ties += _tied_among(list(known.values()), filing.tie)
        ties += [pair for report in store.reports(known) for pair in _one_page(store, report, known)]
        ties += [pair for pair in joined if set(pair) <= known.keys()]
    else:
        ties += [pair for reports in members.values() for pair in pairwise(reports)]
    stories = connected(known, ties)
    # Of a story of thousands whose reports stay where they are, one stands for all: it is stale now.
    elsewhere = {report for report, story in homes(members).items() if stories[report] != story}
    told = {*gists, *elsewhere, *(reports[0] for reports in members.values())}
    derived.file(gists.values(), paragraphs, {report: stories[report] for report in sorted(told)})
    _note_furniture(store, filing, moved(members, stories, gists.keys()))


def stories_joined(store: Store, filing: Filing, report: Report) -> set[str]:
    """The stories that a report would join if it came in now, or is in; nothing is filed."""
    ties = _one_page(store, report, ()) + _tied_before(store, filing, [filing.gist(report)], {report.id})
    return set(store.derived.stories_of({other for _, other in ties} | {report.id}).values())


def connected(gists: Mapping[str, Gist], ties: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The id of the story of every report: ties connect its reports, and the earliest of them gives it its name. Ties with
    other reports count for nothing."""
    home = {report: report for report in gists}

    def age(report: str) -> tuple[float, str]:
        day = gists[report].day
        return (inf if day is None else day, report)

    def root(report: str) -> str:
        while home[report] != report:
            home[report] = home[home[report]]
            report = home[report]
        return report

    for a, b in ties:
        if a in home and b in home:
            first, second = sorted((root(a), root(b)), key=age)
            home[second] = first
    return {report: Story.make_id(opens=root(report)) for report in sorted(home)}


def _tied_among(gists: Sequence[Gist], tie: Callable[[Gist, Gist], float]) -> list[tuple[str, str]]:
    """As many of the ties between these as connect what all of them do: two that are connected already are not looked at, so that
    a story of thousands costs no look at every pair."""
    holders: dict[str, list[Gist]] = {}
    for gist in sorted(gists, key=lambda g: g.report):
        for key in set(gist.keys):
            holders.setdefault(key, []).append(gist)
    group = {gist.report: gist.report for gist in gists}

    def root(report: str) -> str:
        while group[report] != report:
            group[report] = group[group[report]]
            report = group[report]
        return report

    found: list[tuple[str, str]] = []
    strangers: set[tuple[str, str]] = set()
    for key in sorted(holders):
        apart: dict[str, list[Gist]] = {}  # those that hold the key, by the group they are in
        for gist in holders[key]:
            mine = apart.setdefault(root(gist.report), [])
            for other in [name for name in apart if apart[name] is not mine]:
                pair = _tied_pair(gist, apart[other], tie, strangers)
                if pair is not None:
                    found.append(pair)
                    group[root(other)] = root(gist.report)
                    mine = apart.setdefault(root(gist.report), mine)
                    if apart[other] is not mine:
                        mine += apart.pop(other)
            mine.append(gist)
    return sorted(found)


def _tied_pair(
    gist: Gist, others: Sequence[Gist], tie: Callable[[Gist, Gist], float], strangers: set[tuple[str, str]]
) -> tuple[str, str] | None:
    """The report with the first of ``others`` that it is tied to; those that it is not are noted as strangers."""
    for other in others:
        a, b = sorted((gist.report, other.report))
        if (a, b) in strangers:
            continue
        if tie(gist, other):
            return a, b
        strangers.add((a, b))
    return None


def _groups(stories: Mapping[str, str]) -> list[list[str]]:
    """The reports of each story, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for report in sorted(stories):
        found[stories[report]].append(report)
    return list(found.values())


def homes(members: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The story of each of these reports."""
    return {report: story for story, reports in members.items() for report in reports}


def _tied_before(store: Store, filing: Filing, gists: Sequence[Gist], new: Collection[str]) -> list[tuple[str, str]]:
    """One tie with each story that any of these reports is tied to. They are one group already, so that one is enough: looked up for
    each report alone, thousands that come into one story would each be handed all that is in it."""
    found = []
    holders: dict[str, list[Gist]] = defaultdict(list)
    for gist in gists:
        for key in gist.keys:
            holders[key].append(gist)
    for asked, days in _asked_as_one(gists, filing.days()):
        for partners in store.derived.partners(asked, days=days):
            others = [report for report in partners if report not in new]
            for start in range(0, len(others), _LOOKED_AT):
                known = store.derived.gists(others[start : start + _LOOKED_AT])
                if tied := _first_tie(known, others[start : start + _LOOKED_AT], holders, filing.tie):
                    found.append(tied)
                    break
    return found


def _asked_as_one(gists: Sequence[Gist], days: float) -> Iterator[tuple[Gist, float]]:
    """Gists with the keys of all of these, and the days around them, to look up whatever shares one: those without a day by
    themselves, as they meet reports of any."""
    if len(gists) == 1:
        yield gists[0], days
        return
    dated, undated = [g for g in gists if g.day is not None], [g for g in gists if g.day is None]
    if dated:
        first, last = min(g.day for g in dated if g.day is not None), max(g.day for g in dated if g.day is not None)
        middle, around = (first + last) / 2, (last - first) / 2 + _MARGIN
        yield Gist("", middle, (), tuple(sorted({key for g in dated for key in g.keys}))), days + around
    if undated:
        yield Gist("", None, (), tuple(sorted({key for g in undated for key in g.keys}))), days


def _first_tie(
    known: Mapping[str, Gist],
    others: Sequence[str],
    holders: Mapping[str, Sequence[Gist]],
    tie: Callable[[Gist, Gist], float],
) -> tuple[str, str] | None:
    """The first of ``others`` that is tied to one that holds a key of its own, with that one."""
    for other in others:
        sharing = {gist.report: gist for key in known[other].keys for gist in holders.get(key, ())}
        for report in sorted(sharing):
            if tie(sharing[report], known[other]):
                return report, other
    return None


def _one_page(store: Store, report: Report, known: Collection[str]) -> list[tuple[str, str]]:
    """The report with each other version of its page that is filed, or is being filed."""
    if report.url is None:
        return []
    versions = {other.id for other in store.at_url(report.url)} - {report.id}
    filed = store.derived.stories_of(versions)
    return [(report.id, other) for other in sorted(versions) if other in filed or other in known]


# ---------------------------------------------------------------------------------------------------
# Judgements


def _by_judgements(store: Store, pending: Pending, judgements: Sequence[Judgement]) -> tuple[bool, set[str]]:
    """Whether what a person joined may be joined no longer; and reports of the stories that the pending judgements are about."""
    by_id = {judgement.id: judgement for judgement in judgements}
    new = [by_id[i] for i in pending.judgements if i in by_id and bears(by_id[i], by_id)]
    about: set[str] = set()
    undone = False
    for judgement in new:
        said = meant(judgement, by_id)
        undone = undone or said is not judgement or judgement.verdict is Verdict.SPLIT
        for record in (said.subject, said.other):
            about |= _reports(store, record)
    return undone, about


def joined_reports(
    filing: Filing, judgements: Sequence[Judgement], report_of: Callable[[str], str | None]
) -> list[tuple[str, str]]:
    """Pairs of reports whose statements a person joined; ``report_of`` gives the report of a statement."""
    pairs = [(report_of(a), report_of(b)) for a, b in sorted(filing.joined(judgements))]
    return [(a, b) for a, b in pairs if a and b and a != b]


def report_of(store: Store, statement: str) -> str | None:
    """The report that a statement was read in; None for one that no reading gives any more."""
    found = store.statement(statement)
    return found.report if found else None


def _reports(store: Store, record: str | None) -> set[str]:
    """Reports of the stories that a judgement of this record is about. An actor or outlet may be in any: those a report of each."""
    if record is None:
        return set()
    kind = record.partition("-")[0]
    if kind in ("a", "p") or record.startswith(("actor:", "outlet:")):
        every = store.derived.members([story.id for story in store.derived.stories()])
        return {reports[0] for reports in every.values() if reports}
    if kind == "s":
        report = report_of(store, record)
        return {report} if report else set()
    if kind == "r":
        return {record}
    stories = store.derived.stories_with([record]) if kind == "c" else set[str]()
    return {report for reports in store.derived.members(stories).values() for report in reports}


# ---------------------------------------------------------------------------------------------------
# Furniture


def moved(before: Mapping[str, Sequence[str]], stories: Mapping[str, str], new: Collection[str]) -> set[str]:
    """Reports whose paragraphs may stand in more or fewer stories than before: new ones, and of stories that came together all
    but those of the largest (what only one of them prints, stands in as many as it did)."""
    found = set(new)
    by_story: dict[str, list[str]] = {}
    for old in before:
        now = {stories[report] for report in before[old]}
        if len(now) > 1:  # it fell apart
            found |= set(before[old])
        for home in now:
            by_story.setdefault(home, []).append(old)
    for together in by_story.values():
        largest = max(together, key=lambda old: (len(before[old]), old))
        found |= {report for old in together if old != largest for report in before[old]}
    return found


def _note_furniture(store: Store, filing: Filing, reports: Collection[str]) -> None:
    derived = store.derived
    keys = {key for report in store.reports(reports) for key in filing.paragraphs(report)}
    noted = derived.furniture(keys)
    printed = derived.printed_in(keys, enough=FURNITURE_STORIES)
    changed = {key: len(printed[key]) >= FURNITURE_STORIES for key in keys}
    changed = {key: holds for key, holds in changed.items() if holds != (key in noted)}
    if changed:
        derived.note_furniture(changed)
        derived.mark_stale({story for stories in derived.printed_in(changed, enough=-1).values() for story in stories})
