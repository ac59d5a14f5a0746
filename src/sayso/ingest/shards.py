"""Parts of what stands at a place, each small enough for one worker, and together the whole: file by file, or records of an archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Records:
    """The records ``first`` up to ``end``, counted from 1, of the archive with this SHA-256; to its end, where ``end`` is its last
    record's successor and ``open_ended`` is set: what is wrong with it beyond is then told as well.

    Reading starts at byte ``offset``, where record ``begins`` begins.
    """

    sha256: str
    offset: int
    begins: int
    first: int
    end: int
    open_ended: bool = False

    def holds(self, number: int) -> bool:
        return self.first <= number and (number < self.end or self.open_ended)

    def to_the_end(self) -> Records:
        return replace(self, open_ended=True)


@dataclass(frozen=True, slots=True)
class Shard:
    """A place as `read_sources` takes it, or some records of the archive that stands there.

    ``size`` is about how much work it is, in bytes. ``here`` marks what only this process can read, or in the one order that is
    polite to its host: standard input, pipes and pages of the web. ``in_folder`` is what was found in a folder, not named by itself.
    """

    place: str
    size: int = 0
    records: Records | None = None
    here: bool = False
    in_folder: bool = False

    @property
    def name(self) -> str:
        """How messages name it."""
        if self.records is None:
            return self.place
        last = "the end" if self.records.open_ended else self.records.end - 1
        return f"{self.place} (records {self.records.first} to {last})"


def halves(shard: Shard) -> Sequence[Shard]:
    """A shard of several records as two; none for what cannot be taken apart."""
    records = shard.records
    if records is None or records.end - records.first < 2:
        return ()
    middle = (records.first + records.end) // 2
    return (
        replace(shard, records=replace(records, end=middle, open_ended=False)),
        replace(shard, records=replace(records, first=middle)),
    )
