"""Small reports, and steps that read and link them by rules a reader of the tests can hold in mind.

A statement is every "NAME said WORDS." of a text. Statements with the same words, numbers aside, belong to one
question; each wording is a claim. Reports with the same text are one origin.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from sayso.model import (
    Account,
    Actor,
    ActorType,
    Answer,
    Capture,
    Captured,
    Citation,
    Claim,
    Extraction,
    Gist,
    Instant,
    Judgement,
    Kind,
    Line,
    Linked,
    Origin,
    Precision,
    Problem,
    Question,
    Relation,
    RelationKind,
    Report,
    Section,
    SectionKey,
    Slot,
    Span,
    Statement,
    Status,
    Verdict,
)
from sayso.pipeline import Filing, Steps
from sayso.store import Store

_SAID = re.compile(r"(?P<who>[A-Z]\w+) (?P<cue>said) (?P<what>[^.]*)")


def day(value: str) -> Instant:
    return Instant(value, Precision.DAY)


def captured(
    text: str,
    *,
    outlet: str | None = "Tarn Post",
    url: str | None = None,
    published: str | None = None,
    edited: str | None = None,
    title: str | None = None,
    captured_at: str = "2031-01-01T00:00:00Z",
    raw: bytes | None = None,
) -> Captured:
    raw = text.encode("utf-8") if raw is None else raw
    sha256 = hashlib.sha256(raw).hexdigest()
    when = day(published) if published else None
    report = Report(
        id=Report.make_id(sha256=sha256, url=url, outlet=outlet, published=when),
        sha256=sha256,
        text=text,
        blocks=(),
        media_type="text/plain",
        capture=Capture(captured_at, "file", "made.txt"),
        url=url,
        outlet=outlet,
        title=title,
        published=when,
        edited=day(edited) if edited else None,
    )
    return Captured(report, raw)


def reading(report: Report) -> Extraction:
    return Extraction(report.id, tuple(_statements(report)))


def _statements(report: Report) -> Iterator[Statement]:
    for found in _SAID.finditer(report.text):
        source, cue, content = ((Span(*found.span(group)),) for group in ("who", "cue", "what"))
        yield Statement(
            id=Statement.make_id(report=report.id, source=source, cue=cue, content=content),
            report=report.id,
            source=source,
            cue=cue,
            content=content,
            kind=Kind.INDIRECT,
            actor=Actor(Actor.make_id(name_key=found["who"].lower()), found["who"], ActorType.PERSON),
        )


def extract(reports: Iterable[Report]) -> Iterator[Extraction]:
    return map(reading, reports)


def ingest(places: Iterable[Any], *, options: Any = None) -> Iterator[Captured | Problem]:
    """Text files, folders of them, and shards of these."""
    for place in places:
        path = Path(getattr(place, "place", place))
        if not path.exists():
            yield Problem("there is no such file", str(path), "Give another.")
        for file in sorted(path.iterdir()) if path.is_dir() else [path] * path.is_file():
            yield captured(file.read_text(encoding="utf-8"))


def link(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    *,
    vectors: Mapping[str, Any] | None = None,
    judgements: Sequence[Judgement] = (),
    furniture: frozenset[str] = frozenset(),
) -> Linked:
    rejected = {judgement.subject for judgement in judgements if judgement.verdict is Verdict.REJECT}
    texts = {report.id: report.text for report in reports}
    same_text: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        same_text[report.text].append(report.id)
    matters: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for statement in (s for e in extractions for s in e.statements if s.id not in rejected):
        words = statement.content[0].of(texts[statement.report])
        matters[re.sub(r"\d+", "#", words)][words].append(statement.id)
    questions: list[Question] = []
    claims: list[Claim] = []
    relations: list[Relation] = []
    for matter, answers in sorted(matters.items()):
        first = min(statement for ids in answers.values() for statement in ids)  # another story may ask the same
        question = Question.make_id(slot=Slot.WHAT, matter=f"{matter} {first}")
        here = [_claim(question, words, sorted(ids), len(answers) > 1) for words, ids in sorted(answers.items())]
        questions.append(Question(question, matter, Slot.WHAT, tuple(claim.id for claim in here), open=False))
        relations += [
            Relation(a.id, b.id, RelationKind.CONTRADICTS, Slot.WHAT, 1.0, ("another number",))
            for a, b in pairwise(here)
        ]
        claims += here
    origins = (Origin(Origin.make_id(reports=tuple(ids)), tuple(sorted(ids))) for _, ids in sorted(same_text.items()))
    return Linked(tuple(origins), tuple(questions), tuple(claims), tuple(relations))


def _claim(question: str, words: str, statements: list[str], disputed: bool) -> Claim:
    return Claim(
        id=Claim.make_id(question=question, statements=tuple(statements)),
        question=question,
        wording=words,
        statements=tuple(statements),
        answer=Answer(words),
        status=Status.DISPUTED if disputed else Status.REPORTED,
        rule="made",
        origins=1,
    )


def account(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    linked: Linked,
    *,
    title: str | None = None,
    as_of: str | None = None,
) -> Account:
    lines = tuple(
        Line(
            id=Line.make_id(section=SectionKey.ESTABLISHED, text=claim.wording, claims=(claim.id,)),
            text=claim.wording,
            status=claim.status,
            rule=claim.rule,
            question=claim.question,
            claims=(claim.id,),
            citations=(Citation(claim.statements[0], "r-x", None, None, None, (), claim.wording),),
        )
        for claim in linked.claims
    )
    section = Section(SectionKey.ESTABLISHED, "Established", lines)
    return Account(title or "Untitled", as_of, len(reports), len(linked.origins), (section,))


def gist(report: Report) -> Gist:
    """Reports are of one story, apart from those with a tag: "#flood Ada said it rains."."""
    tags = tuple(sorted(re.findall(r"#\w+", report.text))) or ("all",)
    return Gist(report.id, None, tuple((tag, 1.0) for tag in tags), tags)


FILING = Filing(
    gist=gist, paragraphs=lambda report: frozenset(), tie=lambda a, b: float(bool(set(a.keys) & set(b.keys)))
)
SHELVED = Filing()
"""As the product does it: reports are of one story when they are about the same."""
STEPS = Steps(
    ingest=ingest,
    extract=extract,
    embed=None,
    filing=FILING,
    link=link,
    account=account,
    reader="made-1",
    linker="made-1",
)


def file_all(store: Store, *, linker: str = "made-1") -> None:
    """Everything that is pending, filed in one story."""
    if store.derived.linker() is None:
        store.derived.forget(linker)
    pending = store.derived.pending()
    gists = [gist(report) for report in store.reports(pending.reports)]
    reports = {report.id for report in store.reports()}
    store.derived.file(gists, {}, dict.fromkeys(reports, min(reports)))
    store.derived.settle(pending)


def save_linked(store: Store, linked: Linked) -> None:
    (story,) = store.derived.stories()
    assert store.derived.save(story, linked)
