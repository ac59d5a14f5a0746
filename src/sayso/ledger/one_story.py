"""One story and all that linking it depends on: linked by a pure function of that, in this process or by a worker on another machine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from sayso.ledger.bearing import bearing_on
from sayso.model import Extraction, Judgement, Linked, Report, Statement
from sayso.pipeline import Embed, Link, Steps
from sayso.run.crew import Run, Task

if TYPE_CHECKING:
    from sayso.pipeline import Vector


@dataclass(frozen=True, slots=True)
class Unlinked:
    """The reports of one story that count, their readings, the judgements that may bear on them, and the keys of the paragraphs that
    are furniture; ``vectors`` are those of its statements that are known, by statement id."""

    reports: tuple[Report, ...]
    extractions: tuple[Extraction, ...]
    judgements: tuple[Judgement, ...]
    furniture: frozenset[str]
    vectors: Mapping[str, Vector] = field(default_factory=dict)


def unlinked(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    judgements: Sequence[Judgement],
    furniture: frozenset[str],
) -> Unlinked:
    """What linking these reports depends on; of all ``judgements`` those that may bear on them."""
    records = {report.id for report in reports} | {s.id for x in extractions for s in x.statements}
    return Unlinked(tuple(reports), tuple(extractions), tuple(bearing_on(judgements, records)), furniture)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What linking a story gave, and the vectors that were made for it, by the keys of their words. Without ``linked`` it came to nothing:
    ``failed`` says why, or, where ``died`` is set, how whoever linked it died each time."""

    linked: Linked | None
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    failed: str = ""
    died: bool = False


@dataclass(frozen=True, slots=True)
class Linkers:
    """Workers that link stories."""

    run: Run
    task: Task[Unlinked, Outcome]


def linking_task(steps: Steps) -> Task[Unlinked, Outcome]:
    """Linking as workers do it."""
    return Task("link", partial(_link_each, steps.embed, steps.link), _given_up)


def link_story(embed: Embed | None, link: Link, story: Unlinked) -> Outcome:
    """Links one story, and makes the vectors that it lacks (``embed`` None: it is linked without). Raises what these raise."""
    vectors: Mapping[str, Vector] | None = None
    made: dict[str, Vector] = {}
    if embed is not None:
        texts = {report.id: report.text for report in story.reports}
        statements = [statement for extraction in story.extractions for statement in extraction.statements]
        vectors = embed(story.reports, statements, known=story.vectors)
        new = [each for each in statements if each.id in vectors and each.id not in story.vectors]
        made = {words_key(texts[each.report], each): vectors[each.id] for each in new}
    linked = link(
        story.reports, story.extractions, vectors=vectors, judgements=story.judgements, furniture=story.furniture
    )
    return Outcome(linked, made)


def words_key(text: str, statement: Statement) -> str:
    """The key of a statement's vector: the hash of its words, however they are broken into lines."""
    words = " ".join(" ".join(span.of(text).split()) for span in statement.content)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _link_each(embed: Embed | None, link: Link, stories: Sequence[Unlinked]) -> list[Outcome]:
    return [_link_or_not(embed, link, story) for story in stories]


def _link_or_not(embed: Embed | None, link: Link, story: Unlinked) -> Outcome:
    try:
        return link_story(embed, link, story)
    except Exception as error:  # whoever handed it out links it too, and fails where somebody is told
        return Outcome(None, failed=type(error).__name__)


def _given_up(story: Unlinked, how: str) -> Outcome:
    return Outcome(None, failed=how, died=True)


def story_key(steps: Steps, story: Unlinked) -> tuple[object, ...]:
    """What linking depends on, in short. Two keys that are equal stand for the same, as surely as 64 bits can tell two versions of
    one report, or of one reading, apart."""
    return (
        steps,
        tuple((report.id, hash(report)) for report in story.reports),
        tuple((extraction.report, hash(extraction)) for extraction in story.extractions),
        tuple(judgement.id for judgement in story.judgements),
        story.furniture,
    )
