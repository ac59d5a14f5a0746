"""The story of sayso, as the list of its steps:

    1. ingest    places -> reports          bytes as captured, canonical text, blocks, outlet, times
    2. extract   report -> extraction       who says what in it, as spans of its text
    3. link      extractions -> linked      origins, questions, claims, relations
    4. account   linked -> account          lines that are worded from records and cite them

A step is imported when it first runs: a command pays only for what it uses. `Steps` lets a test, or a program with a
reader of its own, put another function in the place of any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from sayso.config import BATCH_CHARACTERS, BATCH_REPORTS, EMBEDDER, LINKER, READER, RULES_READER, WORKERS
from sayso.errors import InputError
from sayso.model import (
    Account,
    Asked,
    Captured,
    Change,
    Comparison,
    Derivation,
    Extraction,
    Gist,
    Incident,
    Judgement,
    KnownActor,
    Linked,
    Problem,
    Report,
    Statement,
    Story,
    Verdict,
    Wanted,
)
from sayso.run.local import Extract, reader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sayso.ingest import IngestOptions, Shard
    from sayso.link import asked

    Vector = NDArray[np.float32]
    Holding = asked.Holding


def split(places: Iterable[str]) -> Iterator[Shard]:
    """0. Where several workers ingest: places cut into shards, which come to the same together."""
    from sayso.ingest import split

    return split(places)


def halves(shard: Shard) -> Sequence[Shard]:
    """A shard as two; none for what cannot be taken apart."""
    from sayso.ingest.shards import halves

    return halves(shard)


def captured_now(options: IngestOptions | None) -> IngestOptions:
    """The same choices with the clock stopped, so that shards that are read at different times were captured at one."""
    from sayso.ingest.options import IngestOptions, at_one_moment

    return at_one_moment(options or IngestOptions())


def ingest(places: Iterable[str | Shard], *, options: IngestOptions | None = None) -> Iterator[Captured | Problem]:
    """1. Paths, folders, URLs or "-", or shards of them, to reports with their bytes; what cannot be read is a Problem."""
    from sayso.ingest import IngestOptions, read_sources

    return read_sources(places, options=options or IngestOptions())


def extract(reports: Iterable[Report]) -> Iterator[Extraction]:
    """2. Reports to what stands in them, one extraction for each, in order."""
    from sayso.extract import extract_many

    return extract_many(reports)


def extract_by_rules(reports: Iterable[Report]) -> Iterator[Extraction]:
    """The same without the trained network: by rules on the parse alone."""
    from sayso.extract import extract_by_rules

    return extract_by_rules(reports)


def embed(
    reports: Sequence[Report], statements: Sequence[Statement], *, known: Mapping[str, Vector]
) -> Mapping[str, Vector]:
    """3a. A vector for each statement by its id; ``known`` are those we have already."""
    from sayso.link import embed_statements

    return embed_statements(reports, statements, known=known)


def gist(report: Report) -> Gist:
    """3b. What a report is known by when its story is sought."""
    from sayso.link.gist import read_gist

    return read_gist(report)


def paragraphs(report: Report) -> frozenset[str]:
    """The keys of the paragraphs that its outlet prints in a report: what it prints in several stories is no news."""
    from sayso.link.passages import paragraph_keys

    return paragraph_keys(report)


def tie(a: Gist, b: Gist) -> float:
    """How surely two reports tell of one story; 0 for not at all. It depends on nothing but the two."""
    from sayso.link.stories import tie

    return tie(a, b)


def story_days() -> float:
    """Reports published further apart than this are tied by nothing they tell."""
    from sayso.link.stories import DAYS

    return DAYS


def joined_statements(judgements: Sequence[Judgement]) -> frozenset[tuple[str, str]]:
    """Pairs of statements that people joined, and did not part again."""
    from sayso.link.judged import read_judgements

    return read_judgements(judgements).merged


def corrected(extractions: Iterable[Extraction], judgements: Sequence[Judgement]) -> Iterator[Extraction]:
    """Readings as people corrected them: another speaker, another act."""
    from sayso.link.corrected import corrected

    return corrected(extractions, judgements)


def link(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    *,
    vectors: Mapping[str, Vector] | None,
    judgements: Sequence[Judgement],
    furniture: frozenset[str] = frozenset(),
) -> Linked:
    """3c. The reports of one story and their readings, both by report id, to origins, questions, claims and relations.

    ``furniture`` are the keys of paragraphs that their outlets print in other stories too.
    """
    from sayso.link import link

    return link(reports, extractions, vectors=vectors, judgements=judgements, furniture=furniture)


def forget() -> None:
    """Linking works everything out anew from here on: what it remembers of earlier links, to save time, is dropped."""
    from sayso.link.remembered import forget

    forget()


def known_actors(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    linked: Linked,
    stories: Mapping[str, str],
    *,
    judgements: Sequence[Judgement],
) -> tuple[KnownActor, ...]:
    """3d. Who is who over all reports, with the reasons and the side of each actor in each story; ``stories`` holds the story of
    each report."""
    from sayso.link import known_actors

    return known_actors(reports, extractions, linked, stories, judgements=judgements)


def known_stories(reports: Sequence[Report], stories: Mapping[str, str]) -> tuple[Story, ...]:
    """3e. The stories as records, each with a title."""
    from sayso.link import known_stories

    return known_stories(reports, stories)


def known_incidents(
    reports: Sequence[Report], extractions: Sequence[Extraction], stories: Mapping[str, str]
) -> tuple[Incident, ...]:
    """3f. Within each story the reports that tell of one place on one day."""
    from sayso.link.incidents import known_incidents

    return known_incidents(reports, extractions, stories)


def withdrawals(judgements: Sequence[Judgement], *, at: datetime | None) -> dict[str, Judgement]:
    """3d. The reports that nothing rests on as of ``at`` (None for now), each with the judgement that withdrew it."""
    if not any(judgement.verdict is Verdict.WITHDRAW for judgement in judgements):
        return {}  # most ledgers; linking need not be imported for it
    from sayso.link.judged import withdrawals

    return withdrawals(judgements, at=at)


def protections(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """3d. The judgements by which actors and reports are protected, and that nobody undid."""
    if not any(judgement.verdict is Verdict.PROTECT for judgement in judgements):
        return ()
    from sayso.link.judged import protections

    return protections(judgements)


def find_changes(before: Linked, after: Linked, *, withdrawn: Collection[str]) -> tuple[Change, ...]:
    """3e. What changed between two states, claim by claim; ``withdrawn`` are statements of reports withdrawn meanwhile."""
    from sayso.link.changes import find_changes

    return find_changes(before, after, withdrawn=withdrawn)


def derive(pairs: Iterable[tuple[Report, Report]], *, among: Iterable[Report] = ()) -> Iterator[Derivation]:
    """For each two reports alone whether one derives from the other, in order. What stands in several of ``among``,
    which have nothing else in common, is taken for a site's notice and not for news."""
    from sayso.link.derive import derive, find_notices

    notices = find_notices(among)
    for a, b in pairs:
        yield derive(a, b, notices=notices)


def read_question(text: str) -> Wanted:
    """What somebody's question wants, read without any report."""
    from sayso.extract.question import read_question

    return read_question(text)


def holding(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    linked: Linked,
    *,
    vectors: Mapping[str, Vector],
    compare: Callable[[Sequence[tuple[str, str]]], Sequence[Comparison]],
) -> Holding:
    """What questions are held against; ``compare`` tells what two short texts are to each other. Made once for many questions."""
    from sayso.link.asked import Holding

    return Holding(reports, extractions, linked, vectors, compare)


def answer(wanted: Wanted, held: Holding) -> Asked:
    """What the claims answer to a question, not yet worded."""
    from sayso.link.asked import answer

    return answer(wanted, held)


def text_report(text: str, *, place: str, outlet: str | None = None, published: str | None = None) -> Report:
    """A bare text as a report: its blocks found, and nothing of it changed. Raises ValueError for a time that is none."""
    from sayso.ingest.texts import report_of_text

    return report_of_text(text, place=place, outlet=outlet, published=published)


def account(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    linked: Linked,
    *,
    title: str | None,
    as_of: str | None,
) -> Account:
    """4. The account: lines worded from the records, each with its citations."""
    from sayso.account import compose

    return compose(reports, extractions, linked, title=title, as_of=as_of)


def word_changes(
    found: Sequence[Change],
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    linked: Linked,
    *,
    accounts: Sequence[Account],
    withdrawals: Mapping[str, Judgement],
) -> tuple[Change, ...]:
    """4b. Changes with their reasons and citations, the weightiest first, by what the accounts of both states tell."""
    from sayso.account.changed import word_changes

    return word_changes(found, reports, extractions, linked, accounts=accounts, withdrawals=withdrawals)


STORY = (ingest, extract, link, account)
"""The steps, in their order."""


class Ingest(Protocol):
    def __call__(
        self, places: Iterable[str | Shard], *, options: IngestOptions | None = None
    ) -> Iterator[Captured | Problem]: ...


class Embed(Protocol):
    def __call__(
        self, reports: Sequence[Report], statements: Sequence[Statement], *, known: Mapping[str, Vector]
    ) -> Mapping[str, Vector]: ...


class Link(Protocol):
    def __call__(
        self,
        reports: Sequence[Report],
        extractions: Sequence[Extraction],
        *,
        vectors: Mapping[str, Vector] | None,
        judgements: Sequence[Judgement],
        furniture: frozenset[str] = frozenset(),
    ) -> Linked: ...


class Compose(Protocol):
    def __call__(
        self,
        reports: Sequence[Report],
        extractions: Sequence[Extraction],
        linked: Linked,
        *,
        title: str | None,
        as_of: str | None,
    ) -> Account: ...


@dataclass(frozen=True, slots=True)
class Filing:
    """How reports are put into stories: what each is known by, what it prints, what ties two of them and within how many
    days, and which statements people joined."""

    gist: Callable[[Report], Gist] = gist
    paragraphs: Callable[[Report], frozenset[str]] = paragraphs
    tie: Callable[[Gist, Gist], float] = tie
    days: Callable[[], float] = story_days
    joined: Callable[[Sequence[Judgement]], frozenset[tuple[str, str]]] = joined_statements


@dataclass(frozen=True, slots=True)
class Steps:
    """The functions that a ledger runs, and the names under which it keeps what they gave.

    ``embed`` None links without vectors. A function with another result needs another name, or old results stay.
    """

    ingest: Ingest = ingest
    split: Callable[[Iterable[str]], Iterator[Shard]] = split
    halves: Callable[[Shard], Sequence[Shard]] = halves
    extract: Extract = extract
    embed: Embed | None = embed
    filing: Filing = Filing()
    link: Link = link
    account: Compose = account
    reader: str = READER
    linker: str = LINKER
    embedder: str = EMBEDDER


def read(
    places: Iterable[str], *, options: IngestOptions | None = None, workers: int = WORKERS, steps: Steps | None = None
) -> Iterator[tuple[Captured, Extraction] | Problem]:
    """Steps 1 and 2 without a ledger: each report with what stands in it, in the order in which it came."""
    steps = steps or Steps()
    with reader(steps.extract, workers=workers) as read_all:
        for batch in batches(steps.ingest(places, options=options)):
            captured = [found for found in batch if isinstance(found, Captured)]
            extractions = iter(read_all([each.report for each in captured]))
            yield from (found if isinstance(found, Problem) else (found, next(extractions)) for found in batch)


def read_by_rules(
    places: Iterable[str], *, options: IngestOptions | None = None, workers: int = WORKERS
) -> Iterator[tuple[Captured, Extraction] | Problem]:
    """The same without the trained network."""
    return read(places, options=options, workers=workers, steps=Steps(extract=extract_by_rules, reader=RULES_READER))


def batches(
    found: Iterable[Captured | Problem], *, reports: int = BATCH_REPORTS, characters: int = BATCH_CHARACTERS
) -> Iterator[list[Captured | Problem]]:
    """What `ingest` gives, in lists that hold no more reports, and about no more text, than that.

    Nothing is lost when ``found`` fails half-way: what it gave before comes first, then the error; an InputError
    comes as a Problem.
    """
    batch: list[Captured | Problem] = []
    failure: Exception | None = None
    source = iter(found)
    while True:
        try:
            batch.append(next(source))
        except StopIteration:
            break
        except InputError as error:
            batch.append(error.problem)
            break
        except Exception as error:  # raised again below
            failure = error
            break
        captured = [each for each in batch if isinstance(each, Captured)]
        if len(captured) >= reports or sum(len(each.report.text) for each in captured) >= characters:
            yield batch
            batch = []
    if batch:
        yield batch
    if failure is not None:
        raise failure
