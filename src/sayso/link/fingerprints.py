"""By what a report is known again when one more comes into its story: a digest of all that comparing it with another looks at.

Two reports of equal digests are compared once. What a report says is part of it, and the vectors of its statements: another
reading, another model, or a paragraph that has become furniture give another digest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from sayso.link.embed import Vector
from sayso.link.told import Told

_SIZE = 16  # bytes: of a billion reports no two are taken for one


@dataclass(frozen=True, eq=False)
class Laid:
    """The statements of one report as reports are laid beside each other: their places among all, in the order of the text."""

    places: tuple[int, ...]
    digest: bytes


def lay_out(told: Sequence[Told], rows: Vector) -> dict[str, Laid]:
    """The statements of every report, by its id; ``rows`` has a row for each of ``told``."""
    places: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(told):
        places[one.report.id].append(n)
    found = {}
    for report, there in places.items():
        there.sort(key=lambda n: (told[n].start, told[n].id))
        words = (f"{told[n].id} {told[n].start} {told[n].text}" for n in there)
        found[report] = Laid(tuple(there), digest_of([report, *words], rows[there].tobytes()))
    return found


def digest_of(words: Iterable[str], more: bytes = b"") -> bytes:
    """The digest of these words, each told apart from the next, and of the bytes."""
    made = blake2b(digest_size=_SIZE)
    for each in words:
        told = each.encode("utf-8", "surrogatepass")
        made.update(len(told).to_bytes(8, "big") + told)
    made.update(more)
    return made.digest()
