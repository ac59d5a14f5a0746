"""Alerts that wait while somebody protects or redacts: what they name goes nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sayso import ledger as ledgers
from sayso.ledger import Ledger
from sayso.watch.channels.notsent import NotSent
from sayso.watch.file import WatchFile, open_file
from sayso.watch.metrics import Metrics
from sayso.watch.noticing import notice
from sayso.watch.outbox import Outbox
from sayso.watch.settings import Channel, Command, Rule
from sayso.watch.withholding import reviewing
from sayso.watch.wording import plain_text, subject
from tests.store.making import STEPS, captured
from tests.watch.making import NOON

RULE = Rule(name="what Ada Quill says", to=("desk",), becomes=("disputed",))
DESK = Channel(name="desk", by=Command(argv=("true",)))


@dataclass
class Desk:
    """A ledger in which something became disputed, with the alert of it in an outbox whose first try fails."""

    ledger: Ledger
    outbox: Outbox
    file: WatchFile
    metrics: Metrics
    told: list[str]
    sent: list[dict[str, Any]]

    def send(self) -> None:
        self.outbox.work(NOON + 3600)

    def kept(self) -> str:
        """All that the watch file holds of alerts."""
        rows = [*self.file.rows("SELECT body FROM alerts"), *self.file.rows("SELECT body FROM messages")]
        return " ".join(json.dumps(json.loads(row["body"]), ensure_ascii=False) for row in rows)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    place = str(tmp_path / "flood.db")
    metrics = Metrics()
    told: list[str] = []
    sent: list[dict[str, Any]] = []
    broken = [NotSent("it answered 500")]

    def send(message: dict[str, Any], now: float) -> None:
        if broken:
            raise broken.pop()
        sent.append(message)

    with ledgers.open(place, create=True, steps=STEPS) as opened, open_file(f"{place}.watch") as file:
        head = opened.head()
        opened.add_captured([captured("Ada said 3 fell near Ada Quill.", outlet="Post", published="2031-03-11")])
        opened.add_captured([captured("Cy said 4 fell near Ada Quill.", outlet="Courier", published="2031-03-12")])
        outbox = Outbox(
            file, [DESK], {"desk": send}, ledger="flood", tell=told.append, metrics=metrics, chance=lambda: 0.5,
            review=reviewing(opened),
        )  # fmt: skip
        row, noticed = notice(opened, [RULE], head)
        outbox.put(noticed, row=row, now=NOON)
        outbox.work(NOON)
        yield Desk(opened, outbox, file, metrics, told, sent)


def test_what_nobody_protects_goes_out_as_it_was_written(desk: Desk) -> None:
    desk.send()
    (message,) = desk.sent
    assert "Ada Quill" in plain_text(message)
    assert all(citation["exact"] for alert in message["alerts"] for citation in alert["change"]["citations"])


def everywhere(message: dict[str, Any]) -> str:
    return f"{json.dumps(message, ensure_ascii=False)} {plain_text(message)} {subject(message)}"


def test_a_name_that_was_protected_meanwhile_is_masked_in_the_name_of_the_rule_too(desk: Desk) -> None:
    desk.ledger.protect("Ada", author="Mo", names=["Ada Quill"], reason="a witness")
    desk.send()
    (message,) = desk.sent
    assert len(message["alerts"]) == 2
    assert "Ada" not in everywhere(message)
    assert "Ada" not in " ".join(desk.told)
    assert "Ada" not in desk.kept()


@pytest.mark.parametrize(
    "hide",
    [
        lambda ledger: [ledger.protect(report.id, author="Mo") for report in list(ledger.reports())],
        lambda ledger: ledger.redact(None, names=["Ada Quill", "Ada"], author="Mo", reason="a witness"),
    ],
    ids=["protected reports", "a redacted name"],
)
def test_an_alert_of_what_is_shown_no_more_is_withheld(desk: Desk, hide: Callable[[Ledger], object]) -> None:
    hide(desk.ledger)
    desk.send()
    assert desk.sent == []
    assert desk.metrics.total("alerts", outcome="withheld") == 2
    assert "protected or redacted since" in desk.told[-1]
    assert "Ada" not in desk.kept()
    desk.send()
    assert desk.outbox.waiting() == 0
