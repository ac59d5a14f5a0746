"""Alerts as they may go out now: what was protected or redacted since they were written stays here.

An alert may wait for hours, in a digest or for a mail server that is down. What the ledger shows of what it speaks of is asked again when
it is sent: protected names are masked, those in the names of rules too, and an alert goes nowhere that cites a report which is protected,
or in which its words stand no more.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sayso.errors import RecordNotFound
from sayso.ledger import Ledger
from sayso.ledger.masking import BLOCK

Message = dict[str, Any]
Review = Callable[[Message], Message]
"""A message as it may go out now; its ``alerts`` are those that may."""

_BLOCKS = re.compile(f"{re.escape(BLOCK)}+")


def reviewing(ledger: Ledger) -> Review:
    """The review of messages about ``ledger``, whoever protects or redacts something in it meanwhile."""

    def review(message: Message) -> Message:
        alerts = [alert for alert in message["alerts"] if _holds(ledger, alert)]
        shown: Message = ledger.as_shown({**message, "alerts": alerts})
        return shown

    return review


def _holds(ledger: Ledger, alert: dict[str, Any]) -> bool:
    """Whether the ledger shows every report that an alert cites, with the words that it cites."""
    return all(_stands(ledger, citation) for citation in alert["change"]["citations"])


def _stands(ledger: Ledger, citation: dict[str, Any]) -> bool:
    try:
        text = ledger.report(citation["report"]).text
    except RecordNotFound:
        return False
    now, then = " … ".join(text[start:end] for start, end in citation["spans"]), citation["exact"]
    if len(now) != len(then) or any(a not in (b, BLOCK) for a, b in zip(now, then, strict=True)):
        return False
    # What is protected is masked below. What was redacted no ledger knows any more, so that nothing could mask it.
    hidden = (then[found.start() : found.end()] for found in _BLOCKS.finditer(now))
    return all(piece == BLOCK * len(piece) or ledger.as_shown(piece) != piece for piece in hidden)
