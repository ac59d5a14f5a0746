"""ECB+ as sayso reads it: reports of annotated sentences, with the gold mentions of events and how we tell each of them.

The files hold the annotated sentences only, tokenised. Each becomes a paragraph of its report, so that sentences begin and end where
the annotators saw them. A mention stands for the word of it that governs the others in the parse. Where that word is a verb, its
parts are those that `sayso.extract` finds; nouns ("the quake", "his death"), which it does not read as events, get theirs here.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coref import lay_out
from sayso.extract.events import standing_of
from sayso.extract.grounding import Grounding, ground
from sayso.extract.parse import Passage, parse_reports
from sayso.extract.phrases import noun_phrase
from sayso.model import Block, BlockKind, Capture, Event, Report, Span

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Gold:
    """A gold mention of an event: its words and its chain."""

    span: Span
    chain: str


@dataclass(frozen=True)
class Document:
    name: str
    subtopic: str  # "2ecb" and "2ecbplus" tell of two incidents of one kind
    report: Report
    gold: tuple[Gold, ...]

    @property
    def topic(self) -> str:
        return self.name.split("_")[0]


@dataclass(frozen=True)
class Read:
    """A document as it was read: sentences and events, with the number of the gold mention that each stands for."""

    document: Document
    sentences: tuple[Span, ...]
    of_gold: tuple[Event, ...]  # for each gold mention, in their order
    found: tuple[Event, ...]  # ours


def read_documents(data: Path, part: str) -> list[Document]:
    """``part`` is Dev or Train."""
    tokens: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in (data / f"ecbplus/ECB_{part}_corpus.txt").read_text("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) >= 4:
            tokens[fields[0]][int(fields[1])].append(fields[3])
    marked: dict[str, list[tuple[int, tuple[int, ...], str]]] = defaultdict(list)
    for row in json.loads((data / f"ecbplus/ECB_{part}_Event_gold_mentions.json").read_text("utf-8")):
        marked[row["doc_id"]].append((row["sent_id"], tuple(sorted(row["tokens_number"])), row["coref_chain"]))
    return [_document(name, tokens[name], sorted(rows)) for name, rows in sorted(marked.items())]


def _document(name: str, sentences: dict[int, list[str]], rows: Sequence[tuple[int, tuple[int, ...], str]]) -> Document:
    text = ""
    blocks: list[Block] = []
    starts: dict[int, list[int]] = {}
    for number, words in sorted(sentences.items()):
        begin = len(text)
        one, (places,) = lay_out([words])
        text += one + "\n"
        starts[number] = [begin + place for place in places]
        blocks.append(Block(BlockKind.PARAGRAPH, Span(begin, begin + len(one))))
    gold = tuple(
        Gold(Span(starts[s][numbers[0]], starts[s][numbers[-1]] + len(sentences[s][numbers[-1]])), chain)
        for s, numbers, chain in rows
    )
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    report = Report(
        f"r-{name}", sha256, text, tuple(blocks), "text/plain", Capture("2024-01-01T00:00:00Z", "file", name)
    )
    topic, _, rest = name.partition("_")
    return Document(name, topic + rest.lstrip("0123456789"), report, gold)


def read(documents: Sequence[Document]) -> Iterator[Read]:
    """Every document parsed, with our events, and one for each gold mention."""
    for document, passages in zip(documents, parse_reports(d.report for d in documents), strict=True):
        grounding = ground(document.report, passages)
        ours = {event.predicate.start: event for event in grounding.events}
        of_gold = []
        for gold in document.gold:
            head, offset = _head(passages, gold.span)
            of_gold.append(ours.get(head.idx + offset) or _as_event(head, offset, grounding))
        sentences = tuple(block.span for block in document.report.blocks)
        yield Read(document, sentences, tuple(of_gold), grounding.events)


def _head(passages: Sequence[Passage], span: Span) -> tuple[Token, int]:
    passage = next(p for p in passages if p.start <= span.start < p.start + len(p.text))
    words = passage.doc.char_span(span.start - passage.start, span.end - passage.start, alignment_mode="expand")
    assert words is not None
    return words.root, passage.start


def _as_event(head: Token, offset: int, grounding: Grounding) -> Event:
    """A noun or adjective as an event: "Dorn's attack on the mill by night" has a doer, a victim and what stands beside it."""
    agent = next((c for c in head.children if c.dep_ == "poss"), None)
    patient = None
    for child in head.children:
        inner = next((c for c in child.children if c.dep_ == "pobj"), None)
        if child.lower_ in ("by", "from") and inner is not None:
            agent = agent or inner
        elif child.lower_ in ("of", "on", "against", "at") and inner is not None:
            patient = patient or inner
        elif child.dep_ == "compound":
            patient = patient or child
    standing = standing_of(head)

    def phrase(token: Token | None) -> Span | None:
        if token is None:
            return None
        tokens = noun_phrase(token)
        first, last = token.doc[tokens[0]], token.doc[tokens[-1]]
        return Span(first.idx + offset, last.idx + len(last) + offset)

    around = Span(head.left_edge.idx + offset, head.right_edge.idx + len(head.right_edge) + offset)
    place = next((p.span for p in grounding.places if around.contains(p.span)), None)
    time = next((t.span for t in grounding.times if around.contains(t.span)), None)
    return Event(
        Span(head.idx + offset, head.idx + len(head) + offset),
        head.lemma_.lower(),
        phrase(agent),
        phrase(patient),
        place,
        time,
        None,
        standing.negated,
        standing.modality,
        standing.certainty,
    )
