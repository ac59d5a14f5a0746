"""How much a claim matters to a reader: one number with a reason for each part, so that an editor can argue with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.account.wording import Desk
from sayso.model import Act, ActorType, BlockKind, Claim, Kind, Measure, Statement, Status

# What an act is worth to someone who asks "what happened, and who says so": an order of merit, set by reading
# accounts of the demonstration and of a hundred real reports; only the order matters.
_ACT = {
    Act.CLAIM_RESPONSIBILITY: 3.0,
    Act.DENY: 2.5,
    Act.RETRACT: 2.5,
    Act.CORRECT: 2.0,
    Act.CONFIRM: 2.0,
    Act.ACCUSE: 1.8,
    Act.ASSERT: 1.2,
    Act.ORDER: 1.0,
    Act.ASSESS: 0.9,
    Act.PREDICT: 0.5,
    Act.PROMISE: 0.8,
    Act.CONDEMN: 0.6,
    Act.DECLINE_RESPONSIBILITY: 1.5,
    Act.DECLINE_COMMENT: 0.2,
    Act.ASK: 0.3,
    Act.OTHER: 0.0,
}
GRAVE = {
    Measure.KILLED: 2.5,
    Measure.INJURED: 1.2,
    Measure.MISSING: 1.2,
    Measure.DISPLACED: 1.0,
    Measure.CAPTURED: 1.0,
}
_HEADLINE_WORDS = 5  # longer words of a headline; fewer tell too little
_NEWS_WORDS = re.compile(r"\w{4,}")


@dataclass(frozen=True)
class Topic:
    """The words that the reports of an account share in their titles and openings, each with its weight."""

    words: Mapping[str, float]

    @staticmethod
    def of(desk: Desk) -> Topic:
        counts: dict[str, float] = {}
        for report in desk.reports.values():
            opening = next((b.span for b in report.blocks if b.kind is BlockKind.PARAGRAPH), None)
            head = (report.title or "") + " " + (opening.of(report.text)[:400] if opening else "")
            for word in {w.lower() for w in _NEWS_WORDS.findall(head)}:
                counts[word] = counts.get(word, 0.0) + 1.0
        most = max(counts.values(), default=1.0)
        return Topic({word: n / most for word, n in counts.items()})

    def fit(self, words: str) -> float:
        """0 to 1: how much these words speak of the topic."""
        found = {w.lower() for w in _NEWS_WORDS.findall(words)}
        if not found:
            return 0.0
        return min(1.0, sum(self.words.get(w, 0.0) for w in found) / 4.0)

    def share(self, words: str) -> float:
        """0 to 1: the mean weight of these words in the topic, so that a long headline gains nothing by its length."""
        found = {w.lower() for w in _NEWS_WORDS.findall(words)}
        return sum(self.words.get(w, 0.0) for w in found) / max(_HEADLINE_WORDS, len(found)) if found else 0.0


def weight(claim: Claim, statements: Sequence[Statement], desk: Desk, topic: Topic) -> float:
    """How early in the account a claim deserves to stand; larger is earlier."""
    best = max(weight_of(s, desk, topic) for s in statements)
    outlets = {desk.reports[s.report].outlet or s.report for s in statements}
    disputed = 1.5 if claim.status in (Status.DISPUTED, Status.REVISED, Status.WITHDRAWN) else 0.0
    return best + 1.2 * min(claim.origins - 1, 4) + 0.6 * min(len(outlets) - 1, 6) + disputed


def weight_of(statement: Statement, desk: Desk, topic: Topic) -> float:
    report = desk.reports[statement.report]
    words = " ".join(s.of(report.text) for s in statement.content)
    length = len(words.split())
    score = _ACT.get(statement.act, 0.5)
    score += 2.0 * topic.fit(words)
    score += max((GRAVE.get(q.measure, 0.0) for q in statement.quantities if q.measure), default=0.0)
    # The nearer the top of its report, the weightier its writer thought it (the inverted pyramid).
    score += 1.5 * (1.0 - statement.content[0].start / max(1, len(report.text)))
    if statement.actor is not None:
        named = (
            statement.actor.type in (ActorType.PERSON, ActorType.ORGANIZATION) and statement.actor.name[:1].isupper()
        )
        score += 0.8 if named else 0.0
    if length < 5 or length > 60:
        score -= 1.5
    if statement.kind is Kind.VOICE:
        score -= 0.4
    if statement.hedge is not None and statement.kind is Kind.VOICE:
        score -= 0.8
    return score
