"""What is known of places and what is still to be fetched, written down so that a crash at any moment loses and doubles nothing.

A place's validators are written together with what was found under them; a page is taken off the queue only after its report is in
the ledger. Whoever dies in between fetches again, and the ledger knows a report that it has.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from sqlite3 import Row
from typing import Any

from sayso.ingest.metadata import Metadata
from sayso.model import Instant, Precision
from sayso.watch.asking import NO_VALIDATORS, Validators, host_of
from sayso.watch.file import WatchFile
from sayso.watch.found import Found
from sayso.watch.settings import Place

_SET_BACK_S = 60.0  # clocks are corrected by less all the time, which needs no repair
_PLANNED = (  # every time to come that is written down, and when a place was asked last
    ("places", "asked_at"), ("places", "next_at"), ("items", "due_at"), ("hosts", "rests_until"),
    ("alerts", "at"), ("messages", "next_at"),
)  # fmt: skip
_LOOKED_AT = 20  # times as many due items are looked at as are taken, so that one busy host does not hide the others


@dataclass(frozen=True, slots=True)
class PlaceState:
    """What is known of a place; times are seconds since 1970."""

    name: str
    validators: Validators = NO_VALIDATORS
    asked_at: float | None = None
    succeeded_at: float | None = None
    next_at: float = 0.0
    failures: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something to fetch: a page, or a sitemap (``deeper``)."""

    key: str
    place: str
    deeper: bool
    fallback: Metadata
    body: str | None
    locator: str | None
    tries: int
    validators: Validators
    report: str | None
    first_at: float
    error: str | None


class Queue:
    """The queue in a watcher's file. For the thread that opened the file."""

    def __init__(self, file: WatchFile) -> None:
        self._file = file

    def mend_times(self, now: float) -> float:
        """Brings forward all that was planned by a clock that was ahead and was set back since, by as much; how many seconds that is,
        0 where the clock is right. Or nothing would be asked for until the wrong time comes."""
        row = self._file.row("SELECT max(asked_at) AS at FROM places")
        ahead = float(row["at"] - now) if row and row["at"] is not None else 0.0
        if ahead <= _SET_BACK_S:
            return 0.0
        with self._file.writing():
            for table, column in _PLANNED:
                self._file.write(f"UPDATE {table} SET {column} = {column} - ? WHERE {column} > ?", ahead, now)
        return ahead

    def state(self, place: Place) -> PlaceState:
        """What is known of a place; nothing of one whose address is another than it was."""
        row = self._file.row("SELECT * FROM places WHERE name = ? AND at = ?", place.name, spelled(place))
        if row is None:
            return PlaceState(place.name)
        return PlaceState(
            row["name"],
            Validators(row["etag"], row["modified"]),
            row["asked_at"],
            row["succeeded_at"],
            row["next_at"],
            row["failures"],
            row["error"],
        )

    def put_state(self, place: Place, state: PlaceState) -> None:
        self._file.write(
            "INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            place.name,
            spelled(place),
            *state.validators,
            state.asked_at,
            state.succeeded_at,
            state.next_at,
            state.failures,
            state.error,
        )

    def news(self, found: Sequence[Found]) -> list[Found]:
        """What was not seen before, or has another mark now, or none."""
        seen = self._marks([each.key for each in found])
        return [each for each in found if each.key not in seen or each.mark is None or seen[each.key] != each.mark]

    def put(
        self, place: Place, found: Sequence[Found], *, body: bytes | None, now: float, due: Collection[str]
    ) -> None:
        """Writes down what was found. Those whose keys are in ``due`` are to be fetched, the others are only noted as seen.

        What another place has found already stays that place's: one page is fetched once.
        """
        with self._file.writing():
            name = None
            if body is not None and any(each.key in due and each.locator for each in found):
                name = hashlib.sha256(body).hexdigest()
                self._file.write("INSERT OR IGNORE INTO bodies VALUES (?, ?)", name, body)
            for each in found:
                due_at = now if each.key in due else None
                self._file.write(
                    """INSERT INTO items
                    (key, place, mark, deeper, fallback, body, locator, due_at, tries, first_at, kept_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
                    ON CONFLICT (key) DO UPDATE SET mark = excluded.mark, fallback = excluded.fallback, place = excluded.place,
                    body = coalesce(excluded.body, items.body),
                    locator = CASE WHEN excluded.body IS NULL THEN items.locator ELSE excluded.locator END,
                    tries = CASE WHEN items.mark IS excluded.mark THEN items.tries ELSE 0 END,
                    due_at = CASE WHEN items.due_at IS NOT NULL AND (excluded.due_at IS NULL OR items.mark IS excluded.mark)
                        THEN items.due_at ELSE excluded.due_at END
                    WHERE items.place IN (excluded.place, '')""",
                    each.key,
                    place.name,
                    each.mark,
                    each.deeper,
                    _plain(each.fallback),
                    name if each.locator and due_at is not None else None,
                    each.locator,
                    due_at,
                    now,
                    None if due_at is not None else now,
                )
            self._tidy()

    def look_deeper(self, place: Place, now: float) -> None:
        """Has the sitemaps of an index that does not tell when they change asked for again, with the place itself."""
        self._file.write(
            "UPDATE items SET due_at = ? WHERE place = ? AND deeper AND mark IS NULL AND due_at IS NULL",
            now,
            place.name,
        )

    def due(self, now: float, *, most: int, of_a_host: int, resting: Collection[str]) -> list[Item]:
        """What is due, the longest first: at most so many in all and of one host, and none of a host that rests."""
        rows = self._file.rows(
            "SELECT * FROM items WHERE due_at <= ? ORDER BY due_at, first_at, rowid LIMIT ?", now, most * _LOOKED_AT
        )
        taken: list[Item] = []
        of: dict[str, int] = {}
        for row in rows:
            host = host_of(row["key"])
            if host in resting or of.get(host, 0) >= of_a_host or len(taken) >= most:
                continue
            of[host] = of.get(host, 0) + 1
            taken.append(_item(row))
        return taken

    def kept(
        self, item: Item, *, report: str | None, validators: Validators, now: float, again_at: float | None
    ) -> None:
        """Takes an item off the queue: what it holds is in the ledger. ``again_at`` is when to look at it again."""
        self._file.write(
            """UPDATE items SET due_at = ?, tries = 0, error = NULL, body = NULL, report = coalesce(?, report), etag = ?,
            modified = ?, kept_at = ? WHERE key = ?""",
            again_at,
            report,
            *validators,
            now,
            item.key,
        )
        self._tidy()

    def failed(self, item: Item, *, error: str, due_at: float | None) -> None:
        """Notes that an item could not be had; ``due_at`` is None where it is given up."""
        self._file.write(
            "UPDATE items SET tries = tries + 1, error = ?, due_at = ?, body = CASE WHEN ? IS NULL THEN NULL ELSE body END "
            "WHERE key = ?",
            error,
            due_at,
            due_at,
            item.key,
        )
        self._tidy()

    def body(self, name: str) -> bytes | None:
        row = self._file.row("SELECT raw FROM bodies WHERE sha256 = ?", name)
        return bytes(row["raw"]) if row else None

    def rest(self, host: str, until: float) -> None:
        """Leaves a host alone until then, as it asked."""
        self._file.write(
            "INSERT INTO hosts VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET rests_until = max(rests_until, excluded.rests_until)",
            host,
            until,
        )

    def resting(self, now: float) -> dict[str, float]:
        """The hosts that want to be left alone, and until when."""
        return {
            row["host"]: row["rests_until"] for row in self._file.rows("SELECT * FROM hosts WHERE rests_until > ?", now)
        }

    def next_due(self) -> float | None:
        """When the next item is due; None where nothing waits."""
        row = self._file.row("SELECT min(due_at) AS at FROM items")
        return row["at"] if row else None

    def length(self, now: float | None = None) -> int:
        """How many items wait; those that are due by then, if a time is given."""
        limit = float("inf") if now is None else now
        row = self._file.row("SELECT count(*) AS n FROM items WHERE due_at <= ?", limit)
        return int(row["n"]) if row else 0

    def drop_others(self, places: Sequence[Place]) -> None:
        """Forgets what waits of places that are watched no more; what was seen of them stays, and may become another place's."""
        names = json.dumps([place.name for place in places])
        self._file.write(
            "UPDATE items SET due_at = NULL, body = NULL, place = '' WHERE place NOT IN (SELECT value FROM json_each(?))",
            names,
        )
        self._tidy()

    def _marks(self, keys: Sequence[str]) -> dict[str, str | None]:
        rows = self._file.rows(
            "SELECT key, mark FROM items WHERE key IN (SELECT value FROM json_each(?))", json.dumps(list(keys))
        )
        return {row["key"]: row["mark"] for row in rows}

    def _tidy(self) -> None:
        self._file.write("DELETE FROM bodies WHERE sha256 NOT IN (SELECT body FROM items WHERE body IS NOT NULL)")


def spelled(place: Place) -> str:
    """The place as far as another one would have to be polled from the beginning."""
    return " ".join([place.kind.value, place.at, *place.urls])


def _item(row: Row) -> Item:
    return Item(
        row["key"],
        row["place"],
        bool(row["deeper"]),
        _metadata(row["fallback"]),
        row["body"],
        row["locator"],
        row["tries"],
        Validators(row["etag"], row["modified"]),
        row["report"],
        row["first_at"],
        row["error"],
    )


def _plain(found: Metadata) -> str:
    return json.dumps({key: value for key, value in asdict(found).items() if value is not None}, ensure_ascii=True)


def _metadata(plain: str) -> Metadata:
    values: dict[str, Any] = json.loads(plain)
    for key in ("published", "edited"):
        if key in values:
            values[key] = Instant(values[key]["value"], Precision(values[key]["precision"]))
    return Metadata(**values)
