"""The title of a story: the headline of its reports that says most of what they are all about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sayso.link.gist import read_gist
from sayso.link.words import Words
from sayso.model import BlockKind, Report

_FEWEST = 5  # words that a title is counted as having at least: two good words alone tell too little
_LATE = 0.1  # of the best: a later headline knows more ("no deaths so far"), yet what it says counts first
_OPENING = 80  # characters of a text that stand for the title of a report without one
_UNTITLED = 0.5  # of its worth: how a text begins is seldom a headline


def story_title(reports: Sequence[Report]) -> str:
    """The title of a story told by ``reports``, the earliest first."""
    topic = _topic(reports)
    best, title = -1.0, ""
    for n, report in enumerate(reports):
        words, share = _headline(report)
        worth = share * (_telling(words, topic) + _LATE * n / len(reports))
        if words and round(worth, 6) > best:
            best, title = round(worth, 6), words
    return title


def _topic(reports: Sequence[Report]) -> Mapping[str, float]:
    """The terms of all gists, each by its weight over all reports; the heaviest is 1."""
    sums: dict[str, float] = defaultdict(float)
    for report in reports:
        for term, weight in read_gist(report).terms:
            sums[term] += weight
    most = max(sums.values(), default=1.0)
    return {term: weight / most for term, weight in sums.items()}


def _telling(title: str, topic: Mapping[str, float]) -> float:
    stems = Words(title).stems
    return sum(topic.get(term, 0.0) for term in sorted(stems)) / max(_FEWEST, len(stems))


def _headline(report: Report) -> tuple[str, float]:
    """What can stand for the title of a report, and how far it can."""
    if report.title:
        return " ".join(report.title.split()), 1.0
    for block in report.blocks:
        if block.kind is BlockKind.HEADLINE and (words := " ".join(block.span.of(report.text).split())):
            return words, 1.0
    words = " ".join(report.text[: 4 * _OPENING].split())
    if len(words) > _OPENING:
        words = words[:_OPENING].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + " …"
    return words, _UNTITLED
