"""Attributions put together anew: other speakers, transcript forms, an attributed sentence inside another."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import pairwise

from sayso.model import Span
from training.attribution.chunks import Chunk, Edit, edited
from training.attribution.data import Marked
from training.attribution.wordings import agency, capitalised, manner, named, outer_cue, speaker

_SENTENCE_START = re.compile(r"(?:^|[.!?]['\"”’)]*\s+|\n\s*)$")
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*(?=\s|$)|\n")
_GAP = re.compile(r"[\s,:;]*(?:that\s)?[\s\"“‘']*", re.IGNORECASE)
_SMALL = set(
    "the a an he she they it we i this that these those there his her their its in on at by for from with after "
    "before when while as but and some many most several no one two three both all our my though although if since because during under over "
    "even still more what who how why local government police officials witnesses residents earlier later".split()
)
_MARKS = '"“”„«»'


def other_speakers(chunk: Chunk, rng: random.Random, share: float) -> Chunk:
    """Some short sources become other people: words of war and disaster in the place of candidates."""
    edits = []
    for marked in chunk.marked:
        if len(marked.source) == 1 and rng.random() < share:
            span = marked.source[0]
            if span.end - span.start <= 60 and "\n" not in span.of(chunk.text):
                words = speaker(rng)
                opens = bool(_SENTENCE_START.search(chunk.text[: span.start]))
                edits.append(Edit(span.start, span.end, capitalised(words) if opens else words))
    return edited(chunk, edits)


def relays(chunk: Chunk, rng: random.Random, share: float) -> Chunk:
    """ "said" becomes "told AFP" or "said on Thursday": the addressee and the occasion belong to no role."""
    edits = []
    for marked in chunk.marked:
        cue = marked.cue[0]
        if cue.of(chunk.text) != "said" or rng.random() >= share:
            continue
        after = chunk.text[cue.end : cue.end + 1]
        before_content = chunk.text[cue.end : marked.content[0].start] in (" ", ", ")
        if after in ".," or before_content:
            told = rng.random() < 0.6
            if told:
                edits.append(Edit(cue.start, cue.end, "told"))
            edits.append(Edit(cue.end, cue.end, f" {agency(rng)}" if told else manner(rng)))
    return edited(chunk, edits)


def transcript(chunk: Chunk, rng: random.Random) -> Chunk:
    """One attribution put as "NAME: words" or "words — NAME", with or without marks; the mark is its cue."""
    fitting = [m for m in chunk.marked if _alone(m, chunk)]
    if not fitting:
        return chunk
    chosen = rng.choice(fitting)
    region = _extent(chosen)
    words = chosen.content[0].of(chunk.text)
    if rng.random() < 0.5:
        words = words.strip(_MARKS + " ")
    words = words.rstrip(" ,.;")
    words = capitalised(words[5:] if words.lower().startswith("that ") else words)
    who = chosen.source[0].of(chunk.text) if rng.random() < 0.6 else named(rng)
    who = who.upper() if rng.random() < 0.3 else capitalised(who)
    if rng.random() < 0.75:
        sign = rng.choice((":", ":", ":", ":", " -", " –", " —"))
        put = f"{who}{sign} {words}"
        roles = (Span(0, len(who)), Span(len(who), len(who) + len(sign)), Span(len(put) - len(words), len(put)))
        if rng.random() < 0.4 and words[-1:] not in _MARKS:
            put += "."
    else:
        sign = rng.choice(("—", "–", "-", "--"))
        put = f"{words} {sign} {who}"
        at = len(words) + 1
        roles = (Span(len(put) - len(who), len(put)), Span(at, at + len(sign)), Span(0, len(words)))
    if sign[0] == " ":
        roles = (roles[0], Span(roles[1].start + 1, roles[1].end), roles[2])
    without = replace(chunk, marked=tuple(m for m in chunk.marked if m is not chosen))
    changed = edited(without, [Edit(region.start, region.end, put)])
    moved = (Span(a + region.start, b + region.start) for a, b in roles)
    who_span, sign_span, word_span = moved
    return replace(changed, marked=(*changed.marked, Marked((who_span,), (sign_span,), (word_span,))))


def nested(chunk: Chunk, rng: random.Random) -> Chunk:
    """A sentence with an attribution of its own becomes what somebody else says: "X said that …", "…, according to X"."""
    sentences = [s for s in (_sentence(m, chunk) for m in chunk.marked) if s is not None]
    if not sentences:
        return chunk
    sentence = rng.choice(sentences)
    words = sentence.of(chunk.text)
    first = words.split()[0]
    who = speaker(rng)
    if rng.random() < 0.5:
        who = capitalised(who)
        cue = outer_cue(rng)
        head = f"{who} {cue} "
        link = rng.choice(("that ", "that ", ""))
        start = sentence.start
        opening = (
            words[0].lower()
            if re.split("[’']", first.lower())[0] in _SMALL and first[:2] not in ("I", "I’", "I'")
            else words[0]
        )
        changed = _prefixed(chunk, Edit(start, start + 1, head + link + opening), len(head + link))
        cue_at = start + len(who) + 1
        roles = Marked(
            (Span(start, start + len(who)),),
            (Span(cue_at, cue_at + len(cue.split()[0])),),
            (Span(start + len(head), sentence.end - 1 + len(head + link)),),
        )
        return replace(changed, marked=(*changed.marked, roles))
    stop = sentence.end - 1  # before the full stop
    if rng.random() < 0.4:
        who = {"he": "him", "she": "her", "they": "them"}.get(who, who)
        tail = f", according to {who}"
        roles = Marked(
            (Span(stop + 15, stop + 15 + len(who)),), (Span(stop + 2, stop + 14),), (Span(sentence.start, stop),)
        )
    else:
        cue = outer_cue(rng)
        tail = f", {who} {cue}"
        at = stop + 2 + len(who) + 1
        roles = Marked(
            (Span(stop + 2, stop + 2 + len(who)),),
            (Span(at, at + len(cue.split()[0])),),
            (Span(sentence.start, stop),),
        )
    changed = edited(chunk, [Edit(stop, stop, tail)])
    return replace(changed, marked=(*changed.marked, roles))


def _prefixed(chunk: Chunk, edit: Edit, added: int) -> Chunk:
    """The edit puts words before a sentence (and may change its first letter): spans from there on only shift."""

    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(
            Span(a + (added if a >= edit.start else 0), b + (added if b > edit.start else 0)) for a, b in spans
        )

    text = chunk.text[: edit.start] + edit.words + chunk.text[edit.end :]
    marked = tuple(Marked(moved(m.source), moved(m.cue), moved(m.content)) for m in chunk.marked)
    core = Span(chunk.core.start, chunk.core.end + (added if chunk.core.end > edit.start else 0))
    return replace(chunk, text=text, marked=marked, core=core)


def _extent(marked: Marked) -> Span:
    spans = (*marked.source, *marked.cue, *marked.content)
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _alone(marked: Marked, chunk: Chunk) -> bool:
    """One source, cue and content side by side, beginning a sentence, with no other attribution in it."""
    if len(marked.source) != 1 or len(marked.cue) != 1 or len(marked.content) != 1:
        return False
    region = _extent(marked)
    text = chunk.text
    ordered = sorted((marked.source[0], marked.cue[0], marked.content[0]))
    close = all(_GAP.fullmatch(text[a.end : b.start]) for a, b in pairwise(ordered))
    return (
        close
        and "\n" not in region.of(text)
        and chunk.core.contains(region)
        and bool(_SENTENCE_START.search(text[: region.start]))
        and not any(_extent(other).overlaps(region) for other in chunk.marked if other is not marked)
    )


def _sentence(marked: Marked, chunk: Chunk) -> Span | None:
    """The plain sentence that holds all of an attribution, from its capital to after its full stop."""
    region = _extent(marked)
    text = chunk.text
    start = region.start
    while start > 0 and not _SENTENCE_START.search(text[max(0, start - 6) : start]):
        start -= 1
    end = _SENTENCE_END.search(text, max(region.end - 1, start))
    if end is None or end.group() != ".":
        return None
    span = Span(start, end.end())
    words = span.of(text)
    plain = words[:1].isupper() and words[:1].isalpha() and "\n" not in words and len(words) < 400
    crossing = any(_extent(o).overlaps(span) and not span.contains(_extent(o)) for o in chunk.marked)
    return span if plain and not crossing and chunk.core.contains(span) else None
