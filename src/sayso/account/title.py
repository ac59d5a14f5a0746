"""The title of an account: the headline that most of the reports bear out, as late as possible, or a plain one of our own."""

from __future__ import annotations

import re
from collections import Counter

from sayso.account.editor import Editor
from sayso.account.weight import Topic
from sayso.account.wording import in_headline
from sayso.model import Report, Status

# A headline of the last day says what the first could not know; one that says more of the topic is still better.
LATE = 0.2
_UNSURE = (Status.DISPUTED, Status.REVISED, Status.WITHDRAWN)
_OPENING = 1500  # characters of a report that tell what it is about
_MOSTLY = 0.5  # a word that more than half of another's uses stand beside is part of its name
_FREQUENT = (
    8  # of the topic's words, those that a title of our own may choose from: its first name and its first matter
)


def title_of(editor: Editor) -> str:
    """The best headline of a report that is no rewording and says nothing that was revised or is disputed."""
    reports = [r for r in editor.desk.reports.values() if r.title and r.id not in editor.derived]
    shaky = _shaky(editor)
    sure = [r for r in reports if r.id not in shaky] or reports
    if not sure:
        return _plain(list(editor.desk.reports.values()), editor.topic)
    times = sorted({_when(r) for r in sure})
    last = max(1, len(times) - 1)

    def rank(report: Report) -> tuple[float, int, str]:
        title = report.title or ""
        late = times.index(_when(report)) / last
        return round(editor.topic.share(title) + LATE * late, 6), -len(title), report.id

    return max(sure, key=rank).title or ""


def _shaky(editor: Editor) -> frozenset[str]:
    """Reports whose headline holds a claim that was revised, withdrawn or is disputed."""
    found: set[str] = set()
    for claim in editor.linked.claims:
        if claim.status in _UNSURE:
            found.update(s.report for s in editor.statements(claim) if in_headline(editor.desk, s))
    return frozenset(found)


def _plain(reports: list[Report], topic: Topic) -> str:
    """A title where no report has one: what the reports name most, and how many they are."""
    words = [word for word, _ in sorted(topic.words.items(), key=lambda w: (-w[1], w[0])) if word not in _EMPTY]
    written = [_as_written(word, reports) for word in words[:_FREQUENT]]
    names = [w for w in written if w[0].isupper()][:1]
    matters = [w for w in written if not w[0].isupper()]
    if len(reports) < 2 or not (names and matters):
        return "What these reports say"
    return f"{names[0]}, {_phrase(matters[0], reports)}: what {len(reports)} reports say"


def _phrase(word: str, reports: list[Report]) -> str:
    """The word with the one that mostly stands before or behind it: "swine" as "swine flu"."""
    beside: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    times = 0
    for report in reports:
        words = re.findall(r"[\w’'-]+|[.,;:!?()\n]", report.text[:_OPENING].lower())
        for before, each, after in zip(["", *words], words, [*words[1:], ""], strict=False):
            if each == word:
                times += 1
                beside[True][after] += 1
                beside[False][before] += 1
    for behind, found in beside.items():
        other, count = found.most_common(1)[0] if found else ("", 0)
        named = other[:1] and _as_written(other, reports)[0].isupper()
        if count > times * _MOSTLY and other.isalpha() and len(other) > 2 and not named and other not in _EMPTY:
            return f"{word} {other}" if behind else f"{other} {word}"
    return word


def _as_written(word: str, reports: list[Report]) -> str:
    """The word with the capital that most openings give it inside a sentence."""
    capital = word[:1].upper() + word[1:]
    texts = [r.text[:_OPENING] for r in reports]
    upper = sum(t.count(f" {capital}") for t in texts)
    lower = sum(t.count(f" {word}") for t in texts)
    return capital if upper > lower else word


def _when(report: Report) -> str:
    return report.published.value if report.published else ""


_EMPTY = frozenset(
    """about after also amid been before being country could from have into last least more most other over people said
    says some than that their them there they this those were what when where which while will with would year years
    monday tuesday wednesday thursday friday saturday sunday""".split()
)
