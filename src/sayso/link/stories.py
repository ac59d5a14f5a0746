"""Which reports belong to one running story: reports of one story are compared with each other, those of others are not.

    1. gist      what each report is about, from the report alone                  gist, rarity
    2. tie       how surely two reports tell of one story, from the two alone
    3. stories   what ties bring together, and pairs that are known to belong together

As a tie depends on nothing but its two reports, stories can be kept as reports come in: a new report is looked up by the
keys of its gist, joins the stories of those it is tied to, and brings together those that it is tied to both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sayso.link.gist import WHO_AND_WHAT, is_name_alone, is_post, read_gist
from sayso.link.grouping import group
from sayso.model import Gist, Report

__all__ = ["DAYS", "find_stories", "read_gist", "tie", "tied_pairs"]

# The cosine from which two gists are of one story; printed by benchmarks/stories.py --data DIR. Reports that share a name and
# what happened there need less than those that share names alone: every report of a campaign names both candidates.
ALIKE_WHO_AND_WHAT = 0.20
ALIKE = 0.40
ALIKE_POST = 0.15  # for a post and an article that share a rare name: a post has few words to be alike in
WITHOUT_DAY = (
    0.10  # more is asked where a day is unknown: nothing else keeps last year's report of the same place apart
)
DAYS = 10.0  # a report joins a story only through another of these days


def tie(a: Gist, b: Gist) -> float:
    """How surely both tell of one story, from 0 (not tied) to 1: the cosine of their gists.

    Tied reports share a key and were published within `DAYS` of each other (one without a day meets every other), so that
    an index on keys finds all that a report is tied to. The same for (a, b) as for (b, a).
    """
    if a.day is not None and b.day is not None and abs(a.day - b.day) > DAYS:
        return 0.0
    least = _least(a, b)
    if least is None:
        return 0.0
    shared = sorted(a.weights.keys() & b.weights.keys())
    cosine = round(sum(a.weights[term] * b.weights[term] for term in shared), 4)
    return min(cosine, 1.0) if cosine >= least else 0.0


def _least(a: Gist, b: Gist) -> float | None:
    """The cosine that ties two reports, by what they share; None if they share no key."""
    shared = set(a.keys) & set(b.keys)
    if not shared:
        return None
    if is_post(a) != is_post(b) and any(is_name_alone(key) for key in shared):
        least = ALIKE_POST
    else:
        least = ALIKE_WHO_AND_WHAT if any(WHO_AND_WHAT in key for key in shared) else ALIKE
    return least + (WITHOUT_DAY if a.day is None or b.day is None else 0.0)


def tied_pairs(gists: Iterable[Gist]) -> Iterator[tuple[str, str, float]]:
    """Every pair of reports that is tied, once, with how surely; found by their keys."""
    by_id = {gist.report: gist for gist in gists}
    index: dict[str, list[str]] = defaultdict(list)
    for identifier in sorted(by_id):
        for key in by_id[identifier].keys:
            index[key].append(identifier)
    for first in sorted(by_id):
        partners = {other for key in by_id[first].keys for other in index[key] if other > first}
        for second in sorted(partners):
            score = tie(by_id[first], by_id[second])
            if score:
                yield first, second, score


def find_stories(reports: Sequence[Report], ties: Iterable[tuple[str, str]] = ()) -> dict[str, int]:
    """The number of the story of every report. ``ties`` are pairs of reports that are known to belong together."""
    ordered = sorted(r.id for r in reports)
    links = [(a, b, 1.0) for a, b in ties]
    links += tied_pairs(read_gist(r) for r in reports)
    groups = group(ordered, links)
    return {identifier: n for n, members in enumerate(groups) for identifier in members}
