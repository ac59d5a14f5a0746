"""The tagger's attributions brought onto the parse: what it marks in characters becomes tokens of a passage.

The tagger says where source, cue and content stand; which word of the cue governs it, and so what act it performs, is read off
the parse and the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.extract.cues import Cue, lexicon
from sayso.extract.found import Found, Told
from sayso.extract.parse import Passage
from sayso.extract.phrases import noun_phrase, quoted_as
from sayso.model import Act, BlockKind, Span

if TYPE_CHECKING:
    from sayso.extract.tagger import Attribution


@dataclass(frozen=True)
class Placed:
    """An attribution with the number of the passage its cue stands in; ``tail`` is content in other passages."""

    passage: int
    found: Found
    tail: tuple[Told, ...] = ()
    confidence: float = 1.0


def place(attributions: Iterable[Attribution], passages: Sequence[Passage]) -> list[Placed]:
    """Each attribution whose cue stands in one of the passages, in the order of the text."""
    placed = []
    for one in attributions:
        number = next((n for n, p in enumerate(passages) if _holds(p, one.cue[0])), None) if one.cue else None
        if number is None:
            continue
        passage = passages[number]
        cue = _tokens(passage, one.cue)
        source = _bare_source(_tokens(passage, one.source), cue, passage)
        pieces = [piece for span in one.content for piece in _by_passage(span, passages)]
        here = [span for at, span in pieces if at == number]
        tail = tuple(
            Told(passages[at], ((span.start - passages[at].start, span.end - passages[at].start),))
            for at, span in pieces
            if at != number and _goes_on(span, passages[at], passage)
        )
        if not cue or not (here or tail):
            continue
        entry, verb = _governing(cue, passage)
        content = tuple((s.start - passage.start, s.end - passage.start) for s in here)
        if _is_told_to(source, cue, passage):
            continue
        content = _without_the_scene(content, passage)
        source, content = _quoted_by(source, cue, content, passage)
        cue, content = _said_of(cue, content, passage)
        placed.append(Placed(number, Found(entry, verb, source, cue, content), tail, one.confidence))
    return sorted(placed, key=lambda p: (p.passage, p.found.cue))


def _bare_source(source: tuple[int, ...], cue: Sequence[int], passage: Passage) -> tuple[int, ...]:
    """A source without what only goes on about it: "Ilse Kell to Radio Dorn" said, "the Watch which follows the war" said."""
    doc = passage.doc
    for at, i in enumerate(source[1:], start=1):
        token = doc[i]
        addressee = token.lower_ == "to" and token.dep_ in ("prep", "dative") and token.head.i in cue
        # A name needs no clause to be known by: where no comma sets one off, the text has lost it.
        clause = token.tag_ in ("WDT", "WP") and doc[i - 1].pos_ == "PROPN" and at + 1 < len(source)
        if addressee or clause:
            return source[:at]
    return source


_TOLD_TO = frozenset("told asked urged ordered warned advised instructed".split())
_OPENS = '“"‘«„'


def _is_told_to(source: tuple[int, ...], cue: Sequence[int], passage: Passage) -> bool:
    """ "Lower Dorn told to leave": a headline leaves out "was", and the town says nothing; somebody says it to the town."""
    doc = passage.doc
    last = cue[-1]
    if not source or source[-1] + 1 != cue[0] or len(cue) != 1 or doc[last].lower_ not in _TOLD_TO:
        return False
    after = doc[last + 1] if last + 1 < len(doc) else None
    return after is not None and after.lower_ == "to" and after.dep_ == "aux"


def _without_the_scene(content: tuple[tuple[int, int], ...], passage: Passage) -> tuple[tuple[int, int], ...]:
    """ "“Nobody was hurt,” Hallam told reporters outside the school where families had been taken": what is said of the scene of
    the telling is no part of what is told."""
    if len(content) < 2 or not any(passage.text[start] in _OPENS for start, _ in content):
        return content
    kept = []
    for start, end in content:
        first = next((t for t in passage.doc if t.idx >= start), None)
        scene = (
            first is not None
            and first.tag_ in ("WRB", "WDT", "WP")
            and first.head.dep_ == "relcl"
            and not any(a <= first.head.head.idx < b for a, b in content)
        )
        if not scene:
            kept.append((start, end))
    return tuple(kept) or content


def _quoted_by(
    source: tuple[int, ...], cue: Sequence[int], content: tuple[tuple[int, int], ...], passage: Passage
) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """ "…, the army was quoted as saying by the agency": the army says it, though only the agency was taken for a source."""
    doc = passage.doc
    named = next((quoted_as(doc[i]) for i in cue if doc[i].tag_ == "VBG"), None)
    if named is not None and named.i not in source and source and source[-1] < cue[0]:
        return noun_phrase(named), content  # "was quoted by the Courier as saying": the Courier is no speaker
    quoted = next((doc[i] for i in cue if doc[i].lower_ in ("quoted", "cited") and doc[i].tag_ == "VBN"), None)
    if quoted is None or not source or source[0] < cue[-1] or doc[source[0] - 1].lower_ != "by":
        return source, content
    subject = next((c for c in quoted.children if c.dep_ == "nsubjpass" and c.i < cue[0]), None)
    if subject is None:
        return source, content
    phrase = noun_phrase(subject)
    start, end = doc[phrase[0]].idx, doc[phrase[-1]].idx + len(doc[phrase[-1]])
    left = ((a, min(b, len(passage.text[:start].rstrip(" ,")) if a < start < b <= end else b)) for a, b in content)
    kept = tuple((a, b) for a, b in left if a < b and not start <= a < b <= end)
    return (phrase, kept) if kept else (source, content)


def _said_of(
    cue: tuple[int, ...], content: tuple[tuple[int, int], ...], passage: Passage
) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """ "“It was hard,” Kell said of leaving home. “It took months.”": what it is said of is no part of what is said."""
    doc = passage.doc
    if len(cue) < 2 or doc[cue[-1]].lower_ != "of" or doc[cue[-2]].lemma_ not in ("say", "add", "write"):
        return cue, content
    end = doc[cue[-1]].idx + len("of")
    sentence = passage.sentence(cue[-1]).end_char
    cut = ((max(a, sentence) if end <= a <= end + 2 else a, b) for a, b in content)
    kept = tuple(
        (a + len(text) - len(text.lstrip()), b) for a, b in cut if a < b and (text := passage.text[a:b]).strip()
    )
    return (cue[:-1], kept) if kept else (cue, content)


def _by_passage(span: Span, passages: Sequence[Passage]) -> list[tuple[int, Span]]:
    """A span cut at the bounds of passages: what stands between two of them (a dateline, a credit) is no content."""
    pieces = []
    for number, passage in enumerate(passages):
        text = passage.text
        start, end = max(span.start, passage.start), min(span.end, passage.start + len(text))
        while start < end and text[start - passage.start].isspace():
            start += 1
        while start < end and text[end - 1 - passage.start].isspace():
            end -= 1
        if start < end:
            pieces.append((number, Span(start, end)))
    return pieces


def _goes_on(span: Span, passage: Passage, cue_passage: Passage) -> bool:
    """Whether content in another paragraph than its cue's is still what was said: a quotation, and never over a headline."""
    if (passage.kind is BlockKind.HEADLINE) != (cue_passage.kind is BlockKind.HEADLINE):
        return False
    local = span.start - passage.start, span.end - passage.start
    later = passage.start > cue_passage.start and not cue_passage.text.rstrip().endswith(":")
    if later and len(passage.text[: local[0]].split()) > 1:
        return False  # in the middle of the next paragraph: somebody else's words come before it
    quoted = sum(max(0, min(q.outer.end, local[1]) - max(q.outer.start, local[0])) for q in passage.quotations)
    return 2 * quoted > local[1] - local[0] or cue_passage.text.rstrip().endswith(":")


def _holds(passage: Passage, span: Span) -> bool:
    return passage.start <= span.start and span.end <= passage.start + len(passage.text)


def _tokens(passage: Passage, spans: Iterable[Span]) -> tuple[int, ...]:
    """Tokens that stand in these spans, those that a span cuts too."""
    wanted: set[int] = set()
    for span in spans:
        if _holds(passage, span):
            start, end = span.start - passage.start, span.end - passage.start
            tokens = passage.doc.char_span(start, end, alignment_mode="expand")
            wanted.update(t.i for t in tokens or ())
    return tuple(sorted(wanted))


def _governing(cue: Sequence[int], passage: Passage) -> tuple[Cue, int]:
    """The word of the cue that reports, with its entry in the lexicon: "has repeatedly denied" is governed by "denied".

    By its form, whatever the tagger takes it for; of two, the last ("declined to comment", "gave a warning").
    """
    tokens = [passage.doc[i] for i in cue]
    known = lexicon()
    according = next((t.i for t in tokens if t.lower_ == "according"), None)
    if according is not None:
        return Cue("according to", Act.ASSERT), according
    for token in reversed(tokens):
        verb, noun = known.verb_forms.get(token.lower_), known.noun_forms.get(token.lower_)
        if verb and not (noun and token.pos_ in ("NOUN", "PROPN") and len(tokens) > 1):
            return known.verbs[verb], token.i
        if noun:
            return known.nouns[noun], token.i
        if token.lower_ in known.adverbs:
            return known.adverbs[token.lower_], token.i
    spoken = [t for t in tokens if t.pos_ in ("VERB", "AUX")] or [t for t in tokens if t.pos_ == "NOUN"] or tokens
    head = spoken[-1]
    return Cue(head.lemma_.lower(), Act.OTHER if head.is_alpha else Act.ASSERT), head.i
