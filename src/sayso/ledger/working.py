"""The steps of an `add` as tasks, for workers wherever they are: the same functions as in one process, and small results.

A worker reads reports and makes the vectors of what it found in them, so that linking finds them made; it reads shards of places; and
when all is stored it links stories (see `sayso.ledger.one_story`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from sayso.config import CHUNK_REPORTS
from sayso.ledger.one_story import Linkers, linking_task, words_key
from sayso.model import Captured, Extraction, Problem, Report
from sayso.pipeline import Embed, Ingest, Steps
from sayso.run.crew import Run, Task
from sayso.run.local import Extract, given_up, read_each
from sayso.run.places import open_run

if TYPE_CHECKING:
    from sayso.ingest import IngestOptions, Shard
    from sayso.pipeline import Vector

Found = tuple[Captured | Problem, ...]

_JOB_BYTES = 4 * 2**20  # of files that one worker reads in one go: what is read waits in memory for its turn


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read out of a report, and the vectors of its statements by the keys of their words, where they were made on the way."""

    extraction: Extraction
    vectors: Mapping[str, Vector]


@dataclass(frozen=True, slots=True)
class Work:
    """The steps of an `add`, where they run."""

    run: Run
    reading: Task[Report, Reading]
    ingesting: Task[Shard, Found] | None  # None: places are read here
    linkers: Linkers | None  # None: stories are linked here

    def read(self, batches: Iterable[Sequence[Report]]) -> Iterator[list[Reading]]:
        """Batch by batch what stands in each report, in order; a few batches are taken ahead where there are workers for them."""
        return self.run.map(self.reading, batches)

    def found(self, steps: Steps, places: Iterable[str], options: IngestOptions | None) -> Iterator[Captured | Problem]:
        """The reports at these places, in order."""
        if self.ingesting is None:
            yield from steps.ingest(places, options=options)
            return
        for here, shards in groupby(steps.split(places), key=lambda shard: shard.here):
            if here:
                yield from steps.ingest(shards, options=options)
            else:
                for job in self.run.map(self.ingesting, _packed(shards)):
                    for each in job:
                        yield from each


@contextmanager
def open_work(
    steps: Steps, *, run: str | None = None, workers: int | None = None, options: IngestOptions | None = None
) -> Iterator[Work]:
    """The steps at the place of that name (see `sayso.run.places.open_run`); their workers end with the context."""
    alone = run is None and (workers or 1) == 1
    # One process makes vectors when it links: those that are in the ledger already it need not make.
    reading = Task("read", partial(_read, steps.extract, None if alone else steps.embed), _unread)
    ingesting = Task("ingest", partial(_ingest, steps.ingest, options), _refused, steps.halves) if run else None
    linking = linking_task(steps)
    tasks = (reading, linking, *([ingesting] if ingesting else ()))
    with open_run(run, tasks, workers=workers) as opened:
        yield Work(opened, reading, ingesting, None if alone else Linkers(opened, linking))


# ---------------------------------------------------------------------------------------------------
# What workers do


def _read(extract: Extract, embed: Embed | None, reports: Sequence[Report]) -> list[Reading]:
    extractions = read_each(extract, reports)
    vectors = _vectors(embed, reports, extractions) if embed else [{} for _ in extractions]
    return [Reading(extraction, made) for extraction, made in zip(extractions, vectors, strict=True)]


def _vectors(embed: Embed, reports: Sequence[Report], extractions: Sequence[Extraction]) -> list[dict[str, Vector]]:
    """For each report the vectors of its statements, by the keys of their words."""
    statements = [statement for extraction in extractions for statement in extraction.statements]
    try:
        made = embed(reports, statements, known={})
    except Exception:  # linking will make them, and fail where somebody is told
        made = {}
    return [
        {words_key(report.text, s): made[s.id] for s in extraction.statements if s.id in made}
        for report, extraction in zip(reports, extractions, strict=True)
    ]


def _unread(report: Report, how: str) -> Reading:
    return Reading(given_up(report, how), {})


def _ingest(ingest: Ingest, options: IngestOptions | None, shards: Sequence[Shard]) -> list[Found]:
    return [tuple(_all_of(partial(ingest, [shard], options=options), shard)) for shard in shards]


def _all_of(ingest: Callable[[], Iterator[Captured | Problem]], shard: Shard) -> Iterator[Captured | Problem]:
    try:
        yield from ingest()
    except Exception as error:  # ingest names what is wrong with an input; this is wrong with ingest
        yield Problem(
            f"could not be read ({type(error).__name__})", shard.name, "This is a fault of sayso. Please report it."
        )


def _refused(shard: Shard, how: str) -> Found:
    return (
        Problem(
            f"whoever reads it dies ({how})",
            shard.name,
            "Everything else was read. Leave it out, or report it as a defect of sayso.",
        ),
    )


def _packed(shards: Iterable[Shard]) -> Iterator[list[Shard]]:
    """Shards in lists, none of which is much for one worker."""
    packed: list[Shard] = []
    size = 0
    for shard in shards:
        packed.append(shard)
        size += shard.size
        if size >= _JOB_BYTES or len(packed) >= CHUNK_REPORTS or shard.records is not None:
            yield packed
            packed, size = [], 0
    if packed:
        yield packed
