"""Alerts on their way: once, in digests, not in quiet hours, again after failures and restarts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator

from sayso.model import Answer, Change, ChangeKind, Claim, Measure, Status
from sayso.shapes import schema
from sayso.watch.channels.notsent import NotSent
from sayso.watch.file import open_file
from sayso.watch.metrics import Metrics
from sayso.watch.noticing import Noticed
from sayso.watch.outbox import GIVEN_UP_S, Outbox
from sayso.watch.quiet import is_quiet
from sayso.watch.settings import Channel, Command, Quiet
from sayso.watch.wording import MOST_TOLD, alert_json, headline, plain_text, subject
from tests.watch.making import NOON

OSLO = Quiet(time(22), time(7), ZoneInfo("Europe/Oslo"))


def noticed(
    identifier: str, *, urgent: bool = False, words: str = "3 fell", channels: tuple[str, ...] = ("desk",)
) -> Noticed:
    claim = Claim("c-1", "q-1", words, (), Answer(words), Status.DISPUTED, "made", 1)
    return Noticed(identifier, Change(ChangeKind.DISPUTED, (), (claim,)), channels, ("it",), urgent, None, "How many?")


def channel(**changes: Any) -> Channel:
    chosen: dict[str, Any] = {"name": "desk", "by": Command(argv=("true",))}
    return Channel(**(chosen | changes))


class Box:
    """An outbox whose messages land in ``sent``; while ``broken`` nothing gets out."""

    outbox: Outbox

    def __init__(self, told: list[str], metrics: Metrics) -> None:
        self.told, self.metrics = told, metrics
        self.sent: list[dict[str, Any]] = []
        self.broken = False

    def send(self, message: dict[str, Any], now: float) -> None:
        if self.broken:
            raise NotSent("it answered 500")
        self.sent.append(message)

    def ids(self) -> list[list[str]]:
        return [[alert["id"] for alert in message["alerts"]] for message in self.sent]


@contextmanager
def box(folder: Path, *channels: Channel) -> Iterator[Box]:
    told: list[str] = []
    metrics = Metrics()
    with open_file(str(folder / "flood.db.watch")) as file:
        box = Box(told, metrics)
        every = channels or (channel(),)
        box.outbox = Outbox(
            file,
            every,
            {each.name: box.send for each in every},
            ledger="flood",
            tell=told.append,
            metrics=metrics,
            chance=lambda: 0.5,
        )
        yield box


def test_an_alert_is_sent_once_also_after_a_restart(tmp_path: Path) -> None:
    with box(tmp_path) as at:
        at.outbox.put([noticed("n-1"), noticed("n-2")], row="a", now=NOON)
        at.outbox.work(NOON)
        at.outbox.work(NOON + 1)
        assert at.ids() == [["n-1", "n-2"]]
    with box(tmp_path) as at:
        assert at.outbox.told_row() == "a"
        at.outbox.put([noticed("n-1")], row="b", now=NOON + 2)  # found again
        at.outbox.work(NOON + 3)
        assert at.sent == []
        assert at.outbox.waiting() == 0


def test_what_could_not_be_sent_is_kept_told_and_tried_again_unchanged(tmp_path: Path) -> None:
    with box(tmp_path) as at:
        at.broken = True
        at.outbox.put([noticed("n-1")], row="a", now=NOON)
        at.outbox.work(NOON)
        assert "could not be sent: it answered 500. It is tried again in 1 min." in at.told[0]
        assert at.outbox.next_at(NOON) == NOON + 60
        assert at.metrics.total("alerts", outcome="failed") == 1
    with box(tmp_path) as at:  # after a restart
        at.outbox.put([noticed("n-2")], row="b", now=NOON + 30)
        at.outbox.work(NOON + 30)
        assert at.ids() == [["n-2"]]
        at.outbox.work(NOON + 60)
        assert at.ids() == [["n-2"], ["n-1"]]
        assert at.outbox.next_at(NOON + 60) is None


def test_a_message_is_given_up_after_three_days_and_kept(tmp_path: Path) -> None:
    with box(tmp_path) as at:
        at.broken = True
        at.outbox.put([noticed("n-1")], row="a", now=NOON)
        now = NOON
        while (due := at.outbox.next_at(now)) is not None:
            now = due
            at.outbox.work(now)
        assert GIVEN_UP_S <= now - NOON < GIVEN_UP_S + 86400
        assert "given up" in at.told[-1]
        assert at.metrics.total("alerts", outcome="given_up") == 1


def test_a_digest_gathers_and_what_is_urgent_does_not_wait(tmp_path: Path) -> None:
    with box(tmp_path, channel(digest_s=3600.0)) as at:
        at.outbox.put([noticed("n-1")], row="a", now=NOON)
        at.outbox.work(NOON)
        at.outbox.put([noticed("n-2"), noticed("n-3", urgent=True)], row="b", now=NOON + 600)
        at.outbox.work(NOON + 600)
        assert at.ids() == [["n-3"]]
        assert at.outbox.next_at(NOON + 600) == NOON + 3600
        at.outbox.work(NOON + 3600)
        assert at.ids() == [["n-3"], ["n-1", "n-2"]]


def test_in_quiet_hours_only_what_is_urgent_goes_out(tmp_path: Path) -> None:
    night = datetime(2031, 4, 8, 21, 30, tzinfo=UTC).timestamp()  # 23:30 in Oslo
    morning = datetime(2031, 4, 9, 5, 0, tzinfo=UTC).timestamp()  # 7:00
    with box(tmp_path, channel(quiet=OSLO)) as at:
        at.outbox.put([noticed("n-1"), noticed("n-2", urgent=True)], row="a", now=night)
        at.outbox.work(night)
        assert at.ids() == [["n-2"]]
        at.outbox.work(morning - 1)
        assert len(at.sent) == 1
        at.outbox.work(morning)
        assert at.ids() == [["n-2"], ["n-1"]]


def test_a_retry_waits_for_the_morning_too(tmp_path: Path) -> None:
    evening = datetime(2031, 4, 8, 19, 59, 30, tzinfo=UTC).timestamp()
    with box(tmp_path, channel(quiet=OSLO)) as at:
        at.broken = True
        at.outbox.put([noticed("n-1")], row="a", now=evening)
        at.outbox.work(evening)
        at.broken = False
        at.outbox.work(evening + 60)
        assert at.sent == []
        at.outbox.work(evening + 9 * 3600 + 60)
        assert at.ids() == [["n-1"]]


@pytest.mark.parametrize(
    ("when", "quiet", "expected"),
    [
        ("2031-04-08T19:59:00Z", OSLO, False),  # 21:59, summer time
        ("2031-04-08T20:00:00Z", OSLO, True),
        ("2031-04-09T04:59:00Z", OSLO, True),
        ("2031-04-09T05:00:00Z", OSLO, False),
        ("2031-01-08T20:30:00Z", OSLO, False),  # 21:30, winter time
        ("2031-01-08T21:00:00Z", OSLO, True),
        ("2031-04-08T12:00:00Z", Quiet(time(13), time(15), ZoneInfo("Europe/Oslo")), True),
        ("2031-04-11T21:00:00Z", Quiet(time(22), time(7), ZoneInfo("Europe/Oslo"), frozenset({4})), True),  # Friday
        ("2031-04-12T04:00:00Z", Quiet(time(22), time(7), ZoneInfo("Europe/Oslo"), frozenset({4})), True),  # its night
        ("2031-04-12T21:00:00Z", Quiet(time(22), time(7), ZoneInfo("Europe/Oslo"), frozenset({4})), False),
        ("2031-04-08T21:00:00Z", None, False),
    ],
)
def test_quiet_hours_go_by_the_clock_on_the_wall(when: str, quiet: Quiet | None, expected: bool) -> None:
    assert is_quiet(quiet, datetime.fromisoformat(when).timestamp()) is expected


def test_each_channel_gets_its_own(tmp_path: Path) -> None:
    with box(tmp_path, channel(), channel(name="mail")) as at:
        at.outbox.put(
            [noticed("n-1", channels=("desk", "mail")), noticed("n-2", channels=("mail",))], row="a", now=NOON
        )
        at.outbox.work(NOON)
        assert at.ids() == [["n-1"], ["n-1", "n-2"]]


def test_a_flood_is_one_message_that_counts_the_rest(tmp_path: Path) -> None:
    with box(tmp_path) as at:
        at.outbox.put([noticed(f"n-{n}") for n in range(MOST_TOLD + 7)], row="a", now=NOON)
        at.outbox.work(NOON)
        (message,) = at.sent
        assert (len(message["alerts"]), message["more"]) == (MOST_TOLD, 7)
        assert "And 7 more" in plain_text(message)
        assert subject(message) == "[sayso] 57 changes in flood"


def test_words_of_reports_stay_words(tmp_path: Path) -> None:
    with box(tmp_path) as at:
        at.outbox.put([noticed("n-1", words="3 fell\r\nBcc: all@tarn.example\x1b[2J \u202egnp")], row="a", now=NOON)
        at.outbox.work(NOON)
        assert subject(at.sent[0]) == "[sayso] Now disputed: 3 fell Bcc: all@tarn.example [2J gnp"
        assert "\x1b" not in plain_text(at.sent[0])
        assert "\u202e" not in plain_text(at.sent[0])


def test_a_channel_that_is_gone_holds_nothing_up(tmp_path: Path) -> None:
    with box(tmp_path) as at:
        at.broken = True
        at.outbox.put([noticed("n-1")], row="a", now=NOON)
        at.outbox.work(NOON)
    with box(tmp_path, channel(name="other")) as at:
        at.outbox.work(NOON + 100)
        assert at.sent == []
        assert at.outbox.next_at(NOON + 100) is None


@pytest.mark.parametrize(
    ("kind", "before", "after", "expected"),
    [
        ("disputed", "reported", "disputed", "Reported, now disputed: 3 fell"),
        ("unverified", "reported", "disputed", "Could not be verified: 3 fell"),
        ("new", None, "reported", "New, reported: 3 fell"),
        ("withdrawn", "claimed", None, "Withdrawn: 3 fell"),
        ("undisputed", "disputed", "disputed", "No longer disputed: 3 fell"),
    ],
)
def test_headlines(kind: str, before: str | None, after: str | None, expected: str) -> None:
    def claims(status: str | None) -> tuple[Claim, ...]:
        return (Claim("c-1", "q-1", "3 fell", (), Answer("3 fell"), Status(status), "made", 1),) if status else ()

    change = Change(ChangeKind(kind), claims(before), claims(after))
    assert headline(Noticed("n-1", change, ("desk",), ("it",), False, None, None)) == expected


def test_a_number_stands_before_the_words() -> None:
    claim = Claim("c-1", "q-1", "3 fell", (), Answer("3", 3, 3, 3, measure=Measure.KILLED), Status.REPORTED, "made", 1)
    noticed = Noticed("n-1", Change(ChangeKind.NEW, (), (claim,)), ("desk",), ("it",), False, None, None)
    assert headline(noticed) == "New, reported: 3 killed: 3 fell"
    change = alert_json(noticed)["change"]
    Draft202012Validator(schema("changes")).validate(
        {"since": None, "until": None, "came": [], "withdrawn": [], "changes": [change]}
    )
