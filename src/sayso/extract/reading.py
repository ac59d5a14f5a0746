"""One report read: its attributions turned into statements, each with speaker, act, relay, times and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso.extract.acts import act_of, content_negated, cue_negated, hedge_in, hedge_of
from sayso.extract.attribution import find_attributions
from sayso.extract.choosing import Read, alike, choose, closes, kind_of, seconded
from sayso.extract.chronicle import entry_label
from sayso.extract.found import Found
from sayso.extract.grounding import Grounding, ground
from sayso.extract.medium import medium_of
from sayso.extract.names import actor_words, name_key
from sayso.extract.occasion import audience_of, place_of_saying
from sayso.extract.parse import Passage
from sayso.extract.relay import relay_of
from sayso.extract.running_on import carry_on, go_on
from sayso.extract.scene import scene_of
from sayso.extract.signed import find_signed
from sayso.extract.speakers import Cast
from sayso.extract.tagged import place
from sayso.extract.tagger import Attribution
from sayso.extract.untangle import cut_coordinated, speaker_of_quoted, untangle
from sayso.extract.voice import find_voice
from sayso.model import (
    Act,
    Actor,
    ActorType,
    Extraction,
    Kind,
    Precision,
    Problem,
    Report,
    Said,
    Span,
    Statement,
    TimeMention,
)

# How sure a rule is, measured as the share of its findings that match a person's annotation at content and
# source Jaccard .8 / .5 on the PolNeAR development part (benchmarks/attribution.py, 2026-11): the rules give no
# finer grade than this.
_SURE = {"direct": 0.77, "mixed": 0.64, "indirect": 0.52, "voice": 0.5}


def read_report(
    report: Report, passages: Sequence[Passage], attributions: Sequence[Attribution] | None = None
) -> Extraction:
    """All statements of one report from its parsed passages. A passage that cannot be read is named and left out.

    ``attributions`` are the tagger's; None reads by rules alone.
    """
    problems: list[Problem] = []
    reads: dict[int, list[Read]] = {}
    for number, passage in enumerate(passages):
        try:
            reads[number] = [Read(f, passage) for f in find_attributions(passage)]
        except (ValueError, IndexError, KeyError, RecursionError) as error:
            reads[number] = []
            problems.append(_unreadable(report, passage, error))
    if attributions is not None:
        text = report.text
        kept = [a for a in attributions if a.sure or closes(a, text) or seconded(a, reads, passages)]
        read = cut_coordinated(untangle(speaker_of_quoted(kept, text), text), text)
        reads = choose(reads, place(read, passages), passages)
    for number, found in find_signed(passages):
        told = [
            r for r in reads[number] if not (set(r.found.cue) & set(found.cue) or alike(r.found.content, found.content))
        ]
        reads[number] = sorted([*told, Read(found, passages[number])], key=lambda r: (r.found.cue, r.found.content))
    reads = {number: go_on(passages[number], here) for number, here in reads.items()}
    carry_on(passages, reads)
    grounding = ground(report, passages)
    owner = _channel_owner(report)
    cast = Cast(
        passages, report.outlet, grounding.places, writer=owner or _author(report), of_channel=owner is not None
    )
    statements: list[Statement] = []
    for number, passage in enumerate(passages):
        if owner:
            reads[number] = [r for r in reads[number] if not _is_what_is_known(passage, r.found)]
        others = [r.found for r in reads[number]]
        here = [_statement(report, read, cast, grounding, others) for read in reads[number]]
        statements += _shared_relays(here, [passage.sentence(f.verb).start for f in others])
        for (start, end), act in find_voice(passage, [r.found for r in reads[number]]):
            content = (passage.span(start, end),)
            if not _told_elsewhere(content[0], reads.values()):
                voice = _voice_statement(report, passage, content, act, (start, end), grounding)
                statements.append(replace(voice, actor=owner))
    unique = {s.id: s for s in statements}
    actors = cast.chains(unique.values())
    return Extraction(
        report.id, tuple(unique.values()), grounding.times, grounding.places, actors, (*problems, *grounding.problems)
    )


def _author(report: Report) -> Actor | None:
    """Who wrote the report: the one person of its byline; None for several, or a sentence."""
    name = re.sub(r"^by\s+", "", (report.byline or "").strip(), flags=re.IGNORECASE)
    if not 2 <= len(name.split()) <= 4 or re.search(r"[,;|&/\d]|\band\b", name):
        return None
    return Actor(Actor.make_id(name_key=name_key(name)), name, ActorType.PERSON)


_WHAT_IS_KNOWN = re.compile(
    r"(?:(?:preliminary|initial|early|first|available|current|latest|our|my) )+(?:information|data|reports|figures)",
    re.I,
)


def _is_what_is_known(passage: Passage, found: Found) -> bool:
    """ "According to preliminary information": what a channel's owner knows so far, nobody else's word."""
    words = " ".join(passage.doc[i].text for i in found.source)
    return _WHAT_IS_KNOWN.fullmatch(words) is not None


def _channel_owner(report: Report) -> Actor | None:
    """Who speaks in a messenger channel's own voice: whoever the channel is named after, or was forwarded from.

    A post is its owner's statement, not a newsroom's report of one.
    """
    name = report.forwarded_from or report.outlet
    if report.capture.method != "telegram" or not name:
        return None
    words = name.split()
    titles = 0
    while titles < len(words) - 1 and words[titles].lower() in actor_words().person | actor_words().honorifics:
        titles += 1
    bare = " ".join(words[titles:])
    kind = ActorType.PERSON if titles else ActorType.ORGANIZATION
    return Actor(Actor.make_id(name_key=name_key(bare)), bare, kind, " ".join(words[:titles]) or None)


def _unreadable(report: Report, passage: Passage, error: Exception) -> Problem:
    return Problem(
        what=f"a passage could not be read ({type(error).__name__})",
        where=f"{report.capture.place}, characters {passage.start} to {passage.start + len(passage.text)}",
        remedy="The rest of the report was read; the passage stays searchable. Please report it as a defect.",
    )


def _told_elsewhere(span: Span, reads: Iterable[Sequence[Read]]) -> bool:
    return any(piece.overlaps(span) for rs in reads for r in rs for told in r.tail for piece in told.spans)


def _statement(report: Report, read: Read, cast: Cast, grounding: Grounding, others: Sequence[Found] = ()) -> Statement:
    found, passage = read.found, read.passage
    source = _token_spans(passage, found.source)
    cue = _token_spans(passage, found.cue)
    content = (
        *(passage.span(a, b) for a, b in found.content),
        *(span for elsewhere in read.tail for span in elsewhere.spans),
    )
    told = read.told
    act = act_of(found, passage, told[0])
    kind = kind_of(told)
    own = content if kind is Kind.DIRECT else _without_asides(report.text, content)
    scene = scene_of(found, passage, others)
    relay = relay_of(scene)
    sentence = passage.sentence(found.verb)
    around = passage.span(sentence.start_char, sentence.end_char)
    return Statement(
        id=Statement.make_id(report=report.id, source=source, cue=cue, content=content),
        report=report.id,
        source=source,
        cue=cue,
        content=content,
        kind=kind,
        act=act,
        negated=content_negated(told[0]) or (cue_negated(found, passage) and act not in _NEGATIVE_ACTS),
        hedge=hedge_of(found, passage, told),
        actor=cast.speaker(passage, found.source, outer=_outer_source(found, passage, others)),
        relay=relay,
        medium=medium_of(scene, relay, act),
        audience=audience_of(found, passage),
        said=_said_before(report.text, source, content, grounding.times)
        or _said_time(grounding.times_in(around), content),
        said_in=place_of_saying(found, passage, grounding.places_within((around,))),
        happened=tuple(_as_said(t) for t in grounding.times_within(own) if t.type in ("DATE", "TIME")),
        places=grounding.places_within(content),
        quantities=grounding.quantities_within(own),
        events=grounding.events_within(own),
        confidence=_SURE[kind.value] if read.confidence is None else read.confidence,
    )


# "said he never called the quake – which is feared to have killed thousands – a punishment": the outlet puts in what it knows.
_ASIDE = re.compile(r"(?<=\s)(?:[–—-]|--)\s(?:which|who|whose|where)\b[^–—“”\"]{3,200}?\s(?:[–—]|--?)(?=\s)")


def _without_asides(text: str, content: Sequence[Span]) -> tuple[Span, ...]:
    """What is reported, less relative clauses set off by dashes: in reported speech they are the reporter's."""
    pieces: list[Span] = []
    for span in content:
        at = span.start
        for aside in _ASIDE.finditer(text, span.start, span.end):
            pieces.append(Span(at, aside.start()))
            at = aside.end()
        pieces.append(Span(at, span.end))
    return tuple(p for p in pieces if p.start < p.end)


def _shared_relays(statements: Sequence[Statement], sentences: Sequence[int]) -> list[Statement]:
    """ "Kell told Radio Dorn the road was open, adding that …": what is added in the same sentence was told to Radio Dorn too."""
    shared: list[Statement] = []
    for statement, sentence in zip(statements, sentences, strict=True):
        before = next(
            (s for s, place in zip(reversed(shared), reversed(sentences[: len(shared)]), strict=True)
             if place == sentence and s.relay and s.source == statement.source and s.source),
            None,
        )  # fmt: skip
        if before is not None and not statement.relay:
            medium = statement.medium or before.medium
            shared.append(replace(statement, relay=before.relay, medium=medium))
        else:
            shared.append(statement)
    return shared


def _outer_source(found: Found, passage: Passage, others: Sequence[Found]) -> tuple[int, ...]:
    """The source of the attribution in whose content this one stands: the closest around it."""
    at = passage.doc[found.verb].idx
    around = [(b - a, other.source) for other in others if other is not found for a, b in other.content if a <= at < b]
    return min(around)[1] if around else ()


_NEGATIVE_ACTS = (Act.CANNOT_VERIFY, Act.DECLINE_COMMENT, Act.DECLINE_RESPONSIBILITY, Act.DENY, Act.ASK)


def _voice_statement(
    report: Report,
    passage: Passage,
    content: tuple[Span, ...],
    act: Act,
    local: tuple[int, int],
    grounding: Grounding,
) -> Statement:
    label = entry_label(report.text, content[0].start, grounding.times)
    told = content if label is None else (label, *content)
    return Statement(
        id=Statement.make_id(report=report.id, source=(), cue=(), content=content),
        report=report.id,
        source=(),
        cue=(),
        content=content,
        kind=Kind.VOICE,
        act=act,
        negated=_sentence_negated(passage, local),
        hedge=hedge_in(passage, (local,)),
        happened=tuple(_as_said(t) for t in grounding.times_within(told) if t.type in ("DATE", "TIME")),
        places=grounding.places_within(told),
        quantities=grounding.quantities_within(content),
        events=grounding.events_within(content),
        confidence=_SURE["voice"],
    )


def _sentence_negated(passage: Passage, local: tuple[int, int]) -> bool:
    inside = passage.tokens_within([local])
    roots = [t for t in inside if t.dep_ == "ROOT"]
    return any(
        c.dep_ == "neg"
        or c.lower_ in ("nobody", "none", "nothing")
        or (c.dep_ in ("nsubj", "nsubjpass", "attr", "dobj") and any(d.lower_ == "no" for d in c.children))
        for root in roots
        for c in root.children
    )


def _token_spans(passage: Passage, tokens: tuple[int, ...]) -> tuple[Span, ...]:
    """Adjacent tokens as one span each."""
    spans: list[Span] = []
    previous = -2
    for i in tokens:
        token = passage.doc[i]
        span = passage.span(token.idx, token.idx + len(token))
        if i == previous + 1:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
        previous = i
    return tuple(spans)


def _said_time(times: Sequence[TimeMention], content: tuple[Span, ...]) -> Said | None:
    """The time in the sentence of the cue that is no part of what was said: when it was said."""
    outside = [
        t
        for t in times
        # "now", "currently" (PRESENT_REF and its kin) tell of the matter, not of the saying.
        if t.type in ("DATE", "TIME") and not t.value.endswith("_REF") and not any(c.overlaps(t.span) for c in content)
    ]
    return _as_said(outside[0]) if outside else None


_BEFORE = re.compile(r"\b(?:initially|at first|first|earlier|previously|originally|before that)\b", re.I)


def _said_before(
    text: str, source: tuple[Span, ...], content: tuple[Span, ...], times: Sequence[TimeMention]
) -> Said | None:
    """ "initially said", "had earlier denied": said before something else that is told beside it (PAST_REF)."""
    if not source or not content or source[-1].end > content[0].start:
        return None
    gap = Span(source[-1].end, content[0].start)
    if any(gap.contains(t.span) for t in times):
        return None  # "initially said on Monday": the day tells more
    match = _BEFORE.search(text, gap.start, gap.end)
    return Said("PAST_REF", Precision.RELATIVE, Span(*match.span())) if match else None


def _as_said(time: TimeMention) -> Said:
    return Said(time.value, time.precision, time.span)
