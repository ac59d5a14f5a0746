"""The title of an account: the headline that most of the reports bear out, as late as possible, or a plain one of our own."""

from __future__ import annotations

from sayso.account.editor import Editor
from sayso.account.weight import Topic
from sayso.account.wording import in_headline
from sayso.model import Report, Status

# A headline of the last day says what the first could not know; one that says more of the topic is still better.
LATE = 0.2
_UNSURE = (Status.DISPUTED, Status.REVISED, Status.WITHDRAWN)
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
    matters = [w for w in written if not w[0].isupper()][:1]
    if len(reports) < 2 or not (names and matters):
        return "What these reports say"
    return f"{names[0]}, {matters[0]}: what {len(reports)} reports say"


def _as_written(word: str, reports: list[Report]) -> str:
    """The word with the capital that most openings give it inside a sentence."""
    capital = word[:1].upper() + word[1:]
    texts = [r.text[:1500] for r in reports]
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
