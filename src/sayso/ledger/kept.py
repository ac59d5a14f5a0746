"""What is kept in memory for a while because making it takes long, the least used going first. Shared by all threads of a process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by key, of which the weights add up to no more than ``most``; the last one stays whatever it weighs."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._weight = 0  # of all: adding them up anew each time takes longer than linking a small story

    def get(self, key: Hashable) -> Value | None:
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key][0]

    def put(self, key: Hashable, value: Value, weight: int) -> None:
        with self._lock:
            self._remove(key)
            self._held[key] = (value, weight)
            self._weight += weight
            while len(self._held) > 1 and self._weight > self._most:
                self._remove(next(iter(self._held)))

    def drop(self, key: Hashable) -> None:
        with self._lock:
            self._remove(key)

    def clear(self) -> None:
        with self._lock:
            self._held.clear()
            self._weight = 0

    def _remove(self, key: Hashable) -> None:
        if key in self._held:
            self._weight -= self._held.pop(key)[1]
