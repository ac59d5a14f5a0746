"""Reading a table of TOML key by key: each value of the right kind, no key that means nothing, and errors that say where."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from datetime import time
from typing import Any, NoReturn

from sayso.errors import UsageError

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_LONGEST = 4000  # characters of one value: an address has 2,000 at most


class Table:
    """One table of a configuration; ``where`` names it in errors. Every ``take`` notes its key, and `done` refuses all others."""

    def __init__(self, values: object, where: str) -> None:
        self.where = where
        if not isinstance(values, dict):
            raise UsageError(
                "this is no table", where=where, remedy="Write [name] on a line, and key = value below it."
            )
        self._values: dict[str, Any] = values
        self._asked: set[str] = set()

    def refuse(self, key: str, what: str, remedy: str) -> NoReturn:
        raise UsageError(what, where=f"{self.where}: {key}", remedy=remedy)

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._values

    def text(self, key: str, remedy: str) -> str | None:
        """A line of text; None where the key is not there."""
        if not self.has(key):
            return None
        value = self._values[key]
        if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST or not value.isprintable():
            self.refuse(key, "this is not a line of text", remedy)
        return value.strip()

    def needed(self, key: str, remedy: str) -> str:
        found = self.text(key, remedy)
        if found is None:
            self.refuse(key, "this key is missing", remedy)
        return found

    def texts(self, key: str, remedy: str) -> tuple[str, ...]:
        """A list of lines, or one; none where the key is not there."""
        if not self.has(key):
            return ()
        value = self._values[key]
        every = [value] if isinstance(value, str) else value
        if not isinstance(every, list) or not all(
            isinstance(e, str) and e.strip() and len(e) <= _LONGEST and e.isprintable() for e in every
        ):
            self.refuse(key, "this is not a list of texts", remedy)
        return tuple(every)

    def flag(self, key: str, default: bool) -> bool:
        if not self.has(key):
            return default
        if not isinstance(self._values[key], bool):
            self.refuse(key, "this is neither true nor false", f"Write {key} = true, or leave it out.")
        return bool(self._values[key])

    def number(self, key: str, default: int, *, least: int, most: int) -> int:
        if not self.has(key):
            return default
        value = self._values[key]
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.refuse(key, "this is not such a number", f"Write a whole number from {least:,} to {most:,}.")
        return value

    def duration(self, key: str, *, least: float = 0.0, most: float = 366 * 86400.0) -> float | None:
        """Seconds: ``"90s"``, ``"15m"``, ``"6h"``, ``"2d"``, or a number of seconds; None where the key is not there."""
        if not self.has(key):
            return None
        value = self._values[key]
        found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
        if found:
            seconds = float(found[1]) * _UNITS[found[2]]
        elif isinstance(value, int | float) and not isinstance(value, bool):
            seconds = float(value)
        else:
            self.refuse(key, "this is no length of time", f'Write it as in {key} = "15m" (s, m, h or d).')
        if not least <= seconds <= most:
            self.refuse(
                key, f"this is {'less' if seconds < least else 'more'} than is allowed", _bounds(key, least, most)
            )
        return seconds

    def clock(self, key: str) -> time:
        """A time of day: ``"22:30"``."""
        found = _CLOCK.fullmatch(self.needed(key, f'Write it as in {key} = "22:30".'))
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            self.refuse(key, "this is no time of day", f'Write it as in {key} = "22:30".')
        return time(int(found[1]), int(found[2]))

    def one_of(self, key: str, known: Sequence[str], default: str | None = None) -> str:
        found = self.text(key, f"It is one of: {', '.join(known)}.") or default
        if found is None:
            self.refuse(key, "this key is missing", f"It is one of: {', '.join(known)}.")
        if found not in known:
            self.refuse(key, f"{found!r} is not known here", f"It is one of: {', '.join(known)}.")
        return found

    def some_of(self, key: str, known: Sequence[str]) -> tuple[str, ...]:
        found = self.texts(key, f'Write a list, as in {key} = ["{known[0]}"].')
        for each in found:
            if each not in known:
                self.refuse(key, f"{each!r} is not known here", f"It is among: {', '.join(known)}.")
        return found

    def table(self, key: str) -> Table | None:
        return Table(self._values[key], f"{self.where}: {key}") if self.has(key) else None

    def tables(self, key: str) -> list[Table]:
        """The tables of ``[[key]]``, each named by its own name where it has one."""
        if not self.has(key):
            return []
        every = self._values[key]
        if not isinstance(every, list):
            self.refuse(key, "this is one table where several may stand", f"Write [[{key}]] with double brackets.")
        return [
            Table(each, f"{self.where}: [[{key}]] {_called(each) or number}") for number, each in enumerate(every, 1)
        ]

    def done(self) -> None:
        """Raises UsageError for a key that nobody asked for, with the one that may have been meant."""
        for key in self._values:
            if key not in self._asked:
                near = difflib.get_close_matches(key, sorted(self._asked), n=1)
                hint = f"Did you mean {near[0]}? " if near else ""
                self.refuse(key, "no such key is known here", f"{hint}Known are: {', '.join(sorted(self._asked))}.")


def _called(values: object) -> str | None:
    name = values.get("name") if isinstance(values, dict) else None
    return name if isinstance(name, str) and name.isprintable() else None


def _bounds(key: str, least: float, most: float) -> str:
    return f"Write {key} as a time from {_spelled(least)} to {_spelled(most)}."


def _spelled(seconds: float) -> str:
    for unit, length in (("d", 86400.0), ("h", 3600.0), ("m", 60.0)):
        if seconds and seconds % length == 0:
            return f'"{seconds / length:g}{unit}"'
    return f'"{seconds:g}s"'
