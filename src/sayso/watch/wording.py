"""An alert as JSON, and a message of several as JSON, a subject line and plain text. Words of reports in it are data: on one line each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sayso.account.labels import STATUS_WORDS, counted
from sayso.model import Change, ChangeKind, Claim
from sayso.shapes import change_dict
from sayso.watch.noticing import Noticed

SHAPE = "sayso.alerts/1"
MOST_TOLD = 50  # alerts in one message: nobody reads more, and `sayso changes` has them all
_MOST_WHY = 3
_LONGEST = 300  # characters of a line
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")

_NOW = {
    ChangeKind.WITHDRAWN: "withdrawn",
    ChangeKind.REVISED: "revised",
    ChangeKind.DISPUTED: "now disputed",
    ChangeKind.LOST_ORIGIN: "fewer origins",
    ChangeKind.UNVERIFIED: "could not be verified",
    ChangeKind.UNDISPUTED: "no longer disputed",
    ChangeKind.GAINED_ORIGIN: "more origins",
    ChangeKind.STATUS: "another status",
    ChangeKind.ANSWERED: "answered",
    ChangeKind.OPENED: "newly open",
    ChangeKind.GONE: "gone",
    ChangeKind.NEW: "new",
    ChangeKind.SPLIT: "told apart",
    ChangeKind.MERGED: "taken for one",
    ChangeKind.UNTIED: "no longer tied",
}


def alert_json(noticed: Noticed) -> dict[str, Any]:
    """An alert as the channels get it. ``change`` is as in `sayso changes --json`."""
    change = noticed.change
    return {
        "id": noticed.id,
        "rules": list(noticed.rules),
        "headline": headline(noticed),
        "story": {"id": noticed.story.id, "title": noticed.story.title} if noticed.story else None,
        "question": noticed.question,
        "change": change_dict(change),
    }


def message_json(identifier: str, ledger: str, alerts: Sequence[dict[str, Any]], *, now: float) -> dict[str, Any]:
    """Several alerts as one message: at most `MOST_TOLD` of them, ``more`` counts the others."""
    return {
        "shape": SHAPE,
        "id": identifier,
        "ledger": ledger,
        "at": datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "alerts": list(alerts[:MOST_TOLD]),
        "more": max(0, len(alerts) - MOST_TOLD),
    }


def headline(noticed: Noticed) -> str:
    """ "Now disputed: Two people died when the weir gave way"; "Reported, now revised: 14 killed: …" where the claim is a number."""
    change = noticed.change
    claim = next(iter((*change.after, *change.before)), None)
    words = change.question.text if change.question else _words(claim) if claim else ""
    return line(f"{_standing(change)}: {words}")


def subject(message: dict[str, Any]) -> str:
    """The subject of a mail."""
    alerts = message["alerts"]
    if len(alerts) == 1 and not message["more"]:
        return line(f"[sayso] {alerts[0]['headline']}", most=150)
    return line(f"[sayso] {counted(len(alerts) + message['more'], 'change')} in {message['ledger']}", most=150)


def plain_text(message: dict[str, Any]) -> str:
    """The whole message for people: each change with what brought it, and who said so."""
    lines = [f"{counted(len(message['alerts']) + message['more'], 'change')} in {line(message['ledger'])}", ""]
    for alert in message["alerts"]:
        lines.append(alert["headline"])
        if alert["question"] and alert["change"]["question"] is None:
            lines.append(f"  Question: {line(alert['question'])}")
        for against in alert["change"]["against"][:_MOST_WHY]:
            lines.append(f"  Against it: {line(against['wording'])}")
        lines += [f"  - {line(reason)}" for reason in alert["change"]["why"][:_MOST_WHY]]
        urls = dict.fromkeys(c["url"] for c in alert["change"]["citations"] if c["url"])
        lines += [f"  {line(url)}" for url in list(urls)[:_MOST_WHY]]
        if alert["story"]:
            lines.append(f"  Story: {line(alert['story']['title'])}")
        lines += [f"  Watched as: {', '.join(alert['rules'])}", ""]
    if message["more"]:
        lines += [f"And {message['more']:,} more: `sayso changes` tells them.", ""]
    return "\n".join(lines)


def line(text: str, *, most: int = _LONGEST) -> str:
    """Words of others on one line, without characters that act on whatever shows them."""
    clean = " ".join(_CONTROLS.sub(" ", text).split())
    return clean if len(clean) <= most else clean[: most - 1].rstrip() + "…"


def _words(claim: Claim) -> str:
    """The wording, after the number where it is one: a sentence may give several, each a claim."""
    answer = claim.answer
    if answer.low is None and answer.best is None and answer.high is None:
        return claim.wording
    return f"{answer.text}{f' {answer.measure.value}' if answer.measure else ''}: {claim.wording}"


def _standing(change: Change) -> str:
    """ "Reported, now disputed"."""
    before, after = change.before[:1], change.after[:1]
    beside = change.kind is ChangeKind.UNVERIFIED  # it is told beside what changed the status
    if before and after and before[0].status is not after[0].status and not beside:
        new = STATUS_WORDS[after[0].status].name.lower()
        return f"{STATUS_WORDS[before[0].status].name}, now {new}"
    if change.kind is ChangeKind.NEW and after:
        return f"New, {STATUS_WORDS[after[0].status].name.lower()}"
    return _NOW[change.kind].capitalize()
