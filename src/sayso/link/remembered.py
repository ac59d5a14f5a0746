"""What linking worked out once and need not work out again, when one more report comes into a story of thousands.

Only what is a pure function of its key is remembered, so that nothing depends on whether it is: of two texts, of two reports with
their readings. Each memory holds so many answers, drops those that were not asked for longest, and lives as long as the process
does or until a ledger is rebuilt. Threads may share one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_EVERY: list[Remembered[Hashable, object]] = []


class Remembered(Generic[K, V]):
    """The last ``most`` answers by what was asked."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()
        _EVERY.append(self)  # type: ignore[arg-type]  # only ever cleared there

    def __len__(self) -> int:
        return len(self._held)

    def of(self, keys: Iterable[K], work_out: Callable[[list[K]], Iterable[V]]) -> dict[K, V]:
        """The answers to these, by key; those that are not remembered are asked for at once, in the order of ``keys``."""
        wanted = list(dict.fromkeys(keys))
        found: dict[K, V] = {}
        with self._lock:
            for key in wanted:
                if key in self._held:
                    self._held.move_to_end(key)
                    found[key] = self._held[key]
        missing = [key for key in wanted if key not in found]
        found.update(zip(missing, work_out(missing) if missing else (), strict=True))
        with self._lock:
            for key in missing:
                self._held[key] = found[key]
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return found

    def clear(self) -> None:
        with self._lock:
            self._held.clear()


def forget() -> None:
    """Everything is worked out anew from here on."""
    for each in _EVERY:
        each.clear()
