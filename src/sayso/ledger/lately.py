"""What came into a ledger lately, and the stories that it may have changed: what they were before, and what they are. All others are as
they were, and are not looked at.

    1. later      the reports and judgements that came
    2. homes      the stories that hold one of those reports now, or a record that one of those judgements speaks of
    3. before     the reports of these stories filed without what came later: ties are of two reports alone, so no other has a part in it
    4. furniture  a paragraph that was no news and is, or the other way round, touches every story that prints it

The result is the same as filing and linking everything twice, with what came and without it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sayso.ledger.bearing import spoken_of
from sayso.ledger.filing import (
    FURNITURE_STORIES,
    Filed,
    file_all,
    homes,
    in_order,
    joined_reports,
    moved,
    report_of,
)
from sayso.ledger.one_story import Unlinked, unlinked
from sayso.model import Extraction, Report
from sayso.pipeline import Filing
from sayso.store import JournalRow, Store


@dataclass(frozen=True, slots=True)
class Touched:
    """The stories that may not be what they were: ``before`` and ``after`` hold the reports of each, withdrawn ones too, in the order of
    the stories. ``later`` are the reports and judgements that came between the two, by id; ``turned`` the keys of paragraphs that are
    furniture in only one of the two."""

    later: frozenset[str]
    before: Mapping[str, tuple[str, ...]]
    after: Mapping[str, tuple[str, ...]]
    turned: frozenset[str]


def came(rows: Iterable[JournalRow]) -> frozenset[str]:
    """The ids of the reports and judgements that came in with these rows of the journal."""
    told = ((row.kind, json.loads(row.payload)) for row in rows if row.kind in ("report", "judgement"))
    return frozenset(payload[kind] for kind, payload in told)


def touched(store: Store, filing: Filing, later: frozenset[str]) -> Touched | None:
    """The stories that differ for the reports and judgements ``later``, and perhaps some that do not; None where that may be any.
    Everything has to be filed."""
    derived = store.derived
    judgements = store.judgements()
    records = spoken_of(judgements, later)
    if records is None:
        return None
    new = {each for each in later if each.startswith("r-")}
    about = {report_of(store, each) if each.startswith("s-") else each for each in records}
    now = derived.members(set(derived.stories_of(new | {each for each in about if each}).values()))
    known = derived.gists(homes(now).keys())
    joined = joined_reports(filing, [j for j in judgements if j.id not in later], partial(report_of, store))
    held = tuple(store.reports(homes(now).keys() - new))
    filed = file_all(held, replace(filing, gist=lambda report: known[report.id]), joined)
    turned = _turned(store, filing, filed, now, new)
    printing = {story for stories in derived.printed_in(turned, enough=-1).values() for story in stories}
    others = derived.members(printing - now.keys())
    known |= derived.gists(homes(others).keys())
    return Touched(
        later, in_order({**filed.members, **others}, known), in_order({**now, **others}, known), frozenset(turned)
    )


def _turned(
    store: Store, filing: Filing, before: Filed, now: Mapping[str, Sequence[str]], new: Collection[str]
) -> set[str]:
    """The paragraphs that are furniture either with the stories ``before`` or with those that they are ``now``, not with both."""
    perhaps = moved(before.members, homes(now), new)
    keys = {key for report in store.reports(perhaps) for key in filing.paragraphs(report)}
    noted = store.derived.furniture(keys)
    # Enough to know of so many beside the stories at hand, of which each may be among them.
    printed = store.derived.printed_in(keys, enough=FURNITURE_STORIES + len(now))
    turned = set()
    for key in keys:
        here = {before.stories[report] for report in before.paragraphs.get(key, ())}
        held = len(printed[key] - now.keys()) + len(here)
        if (held >= FURNITURE_STORIES) != (key in noted):
            turned.add(key)
    return turned


def unlinked_before(
    store: Store, filing: Filing, found: Touched, reports: Sequence[Report], extractions: Sequence[Extraction]
) -> dict[str, Unlinked]:
    """What linking each story depended on before; ``reports`` are those that counted then, with their readings."""
    judgements = [judgement for judgement in store.judgements() if judgement.id not in found.later]
    by_id = {report.id: report for report in reports}
    read = {extraction.report: extraction for extraction in extractions}
    waiting = {}
    for story, members in found.before.items():
        here = [by_id[report] for report in members if report in by_id]
        keys = {key for report in here for key in filing.paragraphs(report)}
        furniture = store.derived.furniture(keys) ^ (found.turned & keys)
        waiting[story] = unlinked(
            here, [read[report.id] for report in here if report.id in read], judgements, furniture
        )
    return waiting
