"""Alerts on their way: gathered for digests, held in quiet hours, bundled into messages that do not change any more, sent and retried.

An alert goes into one message of each channel. A message is sent until it was taken once; if the process dies between that and
writing it down, it is sent again under the same id, so that a receiver can tell. It is never lost.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from sayso.ids import make_id
from sayso.watch.channels.notsent import NotSent
from sayso.watch.channels.senders import Send
from sayso.watch.file import WatchFile
from sayso.watch.metrics import Metrics
from sayso.watch.noticing import Noticed
from sayso.watch.pace import next_try
from sayso.watch.quiet import is_quiet
from sayso.watch.settings import Channel
from sayso.watch.withholding import Message, Review
from sayso.watch.wording import alert_json, message_json

GIVEN_UP_S = 3 * 86400.0
"""A message that could not be sent for three days is kept, told of, and tried no more: over a weekend somebody mends a server."""

KEPT_S = 90 * 86400.0
"""For so long one can see in the watch file what was sent."""

_TOLD_ROW = "told_row"


class Outbox:
    """The alerts in a watcher's file, sent by ``send``; ``ledger`` is what messages call the ledger, ``review`` what may go out of them."""

    def __init__(
        self,
        file: WatchFile,
        channels: Sequence[Channel],
        send: Mapping[str, Send],
        *,
        ledger: str,
        tell: Callable[[str], None],
        metrics: Metrics,
        chance: Callable[[], float],
        review: Review = lambda message: message,
    ) -> None:
        self._file = file
        self._channels = {channel.name: channel for channel in channels}
        self._send = send
        self._ledger = ledger
        self._tell = tell
        self._metrics = metrics
        self._chance = chance
        self._review = review

    def told_row(self) -> str | None:
        """The row of the ledger's journal up to which people were told; None where that was never noted."""
        return self._file.note(_TOLD_ROW)

    def put(self, noticed: Sequence[Noticed], *, row: str, now: float) -> None:
        """Takes alerts in, and notes with them that everything up to ``row`` of the journal was looked at: both, or neither."""
        with self._file.writing():
            for each in noticed:
                body = json.dumps(alert_json(each), ensure_ascii=True)
                for channel in each.channels:
                    self._file.write(
                        "INSERT OR IGNORE INTO alerts VALUES (?, ?, ?, ?, ?, NULL)",
                        each.id,
                        channel,
                        now,
                        each.urgent,
                        body,
                    )
            self._file.put_note(_TOLD_ROW, row)

    def waiting(self) -> int:
        """How many alerts were not sent yet."""
        row = self._file.row(
            """SELECT count(*) AS n FROM alerts LEFT JOIN messages ON messages.id = alerts.message
            WHERE sent_at IS NULL AND failed_at IS NULL"""
        )
        return int(row["n"]) if row else 0

    def work(self, now: float) -> None:
        """Bundles what is ready, and sends what is due."""
        for channel in self._channels.values():
            self._bundle(channel, now)
        self._deliver(now)
        self._forget(now - KEPT_S)
        self._metrics.alerts_waiting = self.waiting()

    def next_at(self, now: float) -> float | None:
        """When there is something to send; None where nothing waits. What quiet hours hold is looked at again every minute."""
        times: list[float] = []
        for row in self._file.rows("SELECT channel, min(at) AS at FROM alerts WHERE message IS NULL GROUP BY channel"):
            channel = self._channels.get(row["channel"])
            if channel is not None:
                held = now + 60.0 if is_quiet(channel.quiet, now) else now
                times.append(max(row["at"] + channel.digest_s, held))
        for row in self._file.rows("SELECT next_at FROM messages WHERE sent_at IS NULL AND failed_at IS NULL"):
            times.append(row["next_at"])
        return min(times, default=None)

    # -----------------------------------------------------------------------------------------------

    def _bundle(self, channel: Channel, now: float) -> None:
        rows = self._file.rows(
            "SELECT * FROM alerts WHERE channel = ? AND message IS NULL ORDER BY urgent DESC, at, rowid", channel.name
        )
        quiet = is_quiet(channel.quiet, now)
        gathered = bool(rows) and now - min(row["at"] for row in rows) >= channel.digest_s
        ready = rows if gathered and not quiet else [row for row in rows if row["urgent"]]
        if not ready:
            return
        identifier = make_id("m", channel.name, *(row["id"] for row in ready))
        message = message_json(identifier, self._ledger, [json.loads(row["body"]) for row in ready], now=now)
        urgent = any(row["urgent"] for row in ready)
        with self._file.writing():
            self._file.write(
                "INSERT INTO messages VALUES (?, ?, ?, ?, ?, 0, ?, NULL, NULL, NULL)",
                identifier,
                channel.name,
                now,
                urgent,
                json.dumps(message, ensure_ascii=True),
                now,
            )
            for row in ready:
                self._file.write(
                    "UPDATE alerts SET message = ? WHERE id = ? AND channel = ?", identifier, row["id"], channel.name
                )

    def _deliver(self, now: float) -> None:
        rows = self._file.rows(
            "SELECT * FROM messages WHERE sent_at IS NULL AND failed_at IS NULL AND next_at <= ? ORDER BY at, rowid",
            now,
        )
        for row in rows:
            channel = self._channels.get(row["channel"])
            if channel is None:
                self._file.write(
                    "UPDATE messages SET failed_at = ?, error = ? WHERE id = ?",
                    now,
                    "no such channel any more",
                    row["id"],
                )
                continue
            if is_quiet(channel.quiet, now) and not row["urgent"]:
                self._file.write("UPDATE messages SET next_at = ? WHERE id = ?", now + 60.0, row["id"])
                continue
            written = json.loads(row["body"])
            message = self._review(written)
            if message != written:
                self._keep_only(row["id"], message)
            if written["alerts"] and not message["alerts"]:
                self._withheld(channel.name, row["id"], len(written["alerts"]), now)
                continue
            try:
                self._send[channel.name](message, now)
            except NotSent as error:
                self._not_sent(channel.name, row["id"], row["tries"] + 1, row["at"], str(error), now)
            else:
                self._file.write("UPDATE messages SET sent_at = ?, error = NULL WHERE id = ?", now, row["id"])
                number = len(message["alerts"]) + message["more"]
                self._metrics.count("alerts", number, channel=channel.name, outcome="sent")
                self._tell(
                    f"told {channel.name}: {'; '.join(a['headline'] for a in message['alerts'][:3])}"
                    + (f"; and {number - 3:,} more" if number > 3 else "")
                )

    def _keep_only(self, identifier: str, message: Message) -> None:
        """What may not go out is not kept either, and what is sent again is what was sent."""
        with self._file.writing():
            self._file.write(
                "UPDATE messages SET body = ? WHERE id = ?", json.dumps(message, ensure_ascii=True), identifier
            )
            self._file.write("UPDATE alerts SET body = '{}' WHERE message = ?", identifier)

    def _withheld(self, channel: str, message: str, alerts: int, now: float) -> None:
        why = "it was protected or redacted since"
        self._file.write("UPDATE messages SET failed_at = ?, error = ? WHERE id = ?", now, why, message)
        self._metrics.count("alerts", alerts, channel=channel, outcome="withheld")
        self._tell(f"{channel}: message {message} is not sent: what it tells of {why.removeprefix('it ')}")

    def _forget(self, before: float) -> None:
        """Lets go of what was sent, or given up, so long ago."""
        done = "SELECT id FROM messages WHERE coalesce(sent_at, failed_at) < ?"
        with self._file.writing():
            self._file.write(f"DELETE FROM alerts WHERE message IN ({done})", before)
            self._file.write(f"DELETE FROM messages WHERE id IN ({done})", before)

    def _not_sent(self, channel: str, message: str, tries: int, began: float, why: str, now: float) -> None:
        given_up = now - began >= GIVEN_UP_S
        pause = next_try(tries, chance=self._chance())
        self._file.write(
            "UPDATE messages SET tries = ?, next_at = ?, failed_at = ?, error = ? WHERE id = ?",
            tries,
            now + pause,
            now if given_up else None,
            why,
            message,
        )
        self._metrics.count("alerts", channel=channel, outcome="given_up" if given_up else "failed")
        next_ = (
            "It is given up, and kept in the watch file." if given_up else f"It is tried again in {pause / 60:.0f} min."
        )
        self._tell(f"problem: {channel}: message {message} could not be sent: {why}. {next_}")
