"""One JSON document in pieces, so that a long list in it is never held whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sayso.shapes import Json, dumps


def around(head: Json, key: str, items: Iterable[object], *, tail: Callable[[], Json] | None = None) -> Iterator[str]:
    """An object with the members of ``head``, then a list of ``items`` under ``key``, an item a line.

    ``tail`` gives members that are known only when every item has been: how many there were.
    """
    opening = dumps(head)[:-1]
    yield f"{opening}{', ' if head else ''}{dumps(key)}: ["
    yield from _lines(items, None)
    after = tail() if tail else {}
    yield "]" + (f", {dumps(after)[1:-1]}" if after else "") + "}\n"


def listed(items: Iterable[object], *, indent: int | None = None) -> Iterator[str]:
    """A list of ``items``, an item a line."""
    yield "["
    yield from _lines(items, indent)
    yield "]\n"


def _lines(items: Iterable[object], indent: int | None) -> Iterator[str]:
    before = "\n"
    for item in items:
        yield before + dumps(item, indent=indent)
        before = ",\n"
    yield "\n"
