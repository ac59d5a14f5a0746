"""Two readings of one report made into one: what the tagger found, and what the rules know better or found beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.extract.acts import act_of
from sayso.extract.attribution import without_relays
from sayso.extract.completing import complete
from sayso.extract.contents import responsibility_in_cue, within_participle
from sayso.extract.cues import lexicon
from sayso.extract.found import Found, Told
from sayso.extract.parse import Passage
from sayso.extract.phrases import quoted_as
from sayso.extract.quoted import snap_elsewhere, snap_to_quotations
from sayso.extract.tagged import Placed
from sayso.extract.tagger import Attribution
from sayso.extract.voice import SIGNPOST, UNANSWERED, UNVERIFIED
from sayso.model import Act, Kind

# Content whose characters lie inside quotation marks to this share is direct; any less but some is mixed.
_DIRECT = 0.9


@dataclass(frozen=True)
class Read:
    """An attribution with the passage it stands in; ``tail`` is content in other paragraphs."""

    found: Found
    passage: Passage
    tail: tuple[Told, ...] = ()
    confidence: float | None = None  # the tagger's; None where the rules found it

    @property
    def told(self) -> tuple[Told, ...]:
        """All of its content, as it comes in the text."""
        here = (Told(self.passage, self.found.content),) if self.found.content or not self.tail else ()
        return tuple(sorted((*here, *self.tail), key=lambda told: told.passage.start))


# "a guard who asked not to be named": on which condition somebody spoke is nothing that was said.
_ANONYMOUS = re.compile(
    r"(?:not to be|to not be|to remain|that (?:he|she|they) not be) (?:named|identified|quoted|anonymous)\b|(?:for )?anonymity\b"
)


def choose(
    by_rules: Mapping[int, Sequence[Read]], tagged: Sequence[Placed], passages: Sequence[Passage]
) -> dict[int, list[Read]]:
    """The tagger's attributions, and those of the rules that it passed over and that rules read surely."""
    reads: dict[int, list[Read]] = {number: [] for number in by_rules}
    for one in tagged:
        sentence = passages[one.passage].sentence(one.found.verb).text.strip()
        nobodys = not one.found.source and (UNVERIFIED.search(sentence) or UNANSWERED.search(sentence))
        anonymous = any(_ANONYMOUS.match(told.text) for told in Read(one.found, passages[one.passage], one.tail).told)
        if SIGNPOST.match(sentence) or nobodys or anonymous or _makes_more(one.found, passages[one.passage]):
            continue  # "Here's what you need to know": nobody knows anything in it; what nobody verified or knows is the outlet's to tell
        reads[one.passage].append(Read(one.found, passages[one.passage], one.tail, one.confidence))
    for number, found in by_rules.items():
        passage = passages[number]
        mine = [
            replace(
                r,
                found=complete(within_participle(snap_to_quotations(r.found, passage), passage), passage),
                tail=tuple(map(snap_elsewhere, r.tail)),
            )
            for r in reads[number]
        ]
        mine += [
            r for r in found if _adds(r.found, [m.found for m in mine], passage) and not _makes_more(r.found, passage)
        ]
        mine = [replace(r, found=responsibility_in_cue(r.found, passage)) for r in mine]
        mine = [r for r in mine if _holds_a_word(r)]
        kept = without_relays([r.found for r in mine if not _names_only(r.found, mine)], passage)
        reads[number] = sorted((r for r in mine if r.found in kept), key=lambda r: (r.found.cue, r.found.content))
    return reads


# What the rules read where the tagger passes it over: the acts that must not be missed, and plain speech in quotation marks. Of
# plain speech without any they are right in 15 of 38 (PolNeAR dev and our own corpus, 2026-11): there the tagger knows better.
_SURE_CUES = frozenset(("say", "tell", "add", "according to", "put", "put it"))
_SURE_ACTS = frozenset(
    (Act.CANNOT_VERIFY, Act.DECLINE_COMMENT, Act.CLAIM_RESPONSIBILITY, Act.DECLINE_RESPONSIBILITY, Act.DENY)
)


# "…, the head of the guard, General Arn Tolvik, acknowledged on Wednesday.": a form that tells by itself, however it is parsed.
_CLOSES = re.compile(r"(?:,? (?:on|late|early|later|in|this|that|last) [\w ]{2,24})?[.!]?[\"”’]?\s*(?:\n|$|[A-Z])")


def closes(one: Attribution, text: str) -> bool:
    """Whether source and cue, a reporting verb, close the sentence right behind the content."""
    if not one.source or not one.content or not one.cue:
        return False
    content, source, cue = one.content[-1], one.source[0], one.cue[-1]
    gaps = text[content.end : source.start], text[one.source[-1].end : one.cue[0].start]
    beside = not gaps[0].strip(' ,”"’') and not gaps[1].strip(" ,") and "," in gaps[0] + text[content.end - 1]
    verb = text[cue.start : cue.end].rsplit(maxsplit=1)[-1].lower()
    return beside and verb in lexicon().verb_forms and _CLOSES.match(text, cue.end) is not None


def seconded(one: Attribution, by_rules: Mapping[int, Sequence[Read]], passages: Sequence[Passage]) -> bool:
    """Whether the rules have what the tagger is not sure of: the same cue, and much the same content."""
    for number, reads in by_rules.items():
        passage = passages[number]
        for read in reads:
            at = passage.start + passage.doc[read.found.verb].idx
            content = [(passage.start + a, passage.start + b) for a, b in read.found.content]
            if any(c.start <= at < c.end for c in one.cue) and alike(content, [(s.start, s.end) for s in one.content]):
                return True
    return False


def _makes_more(found: Found, passage: Passage) -> bool:
    """ "Images of birds have added to the outcry": who adds to something says nothing."""
    verb = passage.doc[found.verb]
    return verb.lemma_.lower() == "add" and verb.i + 1 < len(passage.doc) and verb.nbor().lower_ == "to"


def _holds_a_word(read: Read) -> bool:
    """Whether something is said at all: damaged text can leave a content of marks, or none."""
    return bool(read.tail) or any(c.isalnum() for a, b in read.found.content for c in read.passage.text[a:b])


def _adds(found: Found, known: Sequence[Found], passage: Passage) -> bool:
    """Whether an attribution by rules belongs beside the tagger's: another cue, another content, and of a sure sort."""
    lemma = found.cue_entry.lemma
    handed_on = quoted_as(passage.doc[found.verb]) is not None  # "was quoted as saying"
    told = Told(passage, found.content)
    framed = lemma in ("say", "add", "tell") and _opens_a_sentence(found, passage)
    plain = framed or (lemma in _SURE_CUES and (lemma.startswith("put") or handed_on or kind_of([told]) is Kind.DIRECT))
    if not plain and act_of(found, passage, told) not in _SURE_ACTS:
        return False
    at = passage.doc[found.verb].idx
    return not any(
        # Around this one's cue the other is a relay or an outer statement, however alike the two contents are.
        set(found.cue) & set(k.cue) or (alike(found.content, k.content) and not any(a <= at < b for a, b in k.content))
        for k in known
    )


def _opens_a_sentence(found: Found, passage: Passage) -> bool:
    """Whether a sentence begins with who says it, and goes on with what: "She said the bridge was shut." """
    if not found.source or not found.content or len(found.cue) > 2:
        return False
    sentence = passage.sentence(found.verb)
    start, cue = min(found.source), passage.doc[max(found.cue)]
    named = all(passage.doc[i].pos_ in ("PROPN", "PRON") for i in found.source)
    return named and start == sentence.start and max(found.source) < min(found.cue) and min(found.content)[0] > cue.idx


def _names_only(found: Found, others: Sequence[Read]) -> bool:
    """ "Kell was quoted by the Courier as saying …": a content that is just another one's source is no content."""
    own = {i for other in others if other.found is not found for i in other.found.source}
    inside = {t.i for t in others[0].passage.tokens_within(found.content)}
    return bool(inside) and inside <= own


def alike(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]) -> bool:
    """Whether two contents share more than half of their characters."""
    shared = sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)
    return 2 * shared > sum(y - x for x, y in (*a, *b)) - shared


def kind_of(told: Sequence[Told]) -> Kind:
    """Whether what is said stands in quotation marks: all of it, some, or none."""
    total = sum(b - a for each in told for a, b in each.content)
    quoted = sum(
        max(0, min(b, q.outer.end) - max(a, q.outer.start))
        for each in told
        for a, b in each.content
        for q in each.passage.quotations
    )
    if not quoted:
        return Kind.INDIRECT
    return Kind.DIRECT if quoted >= _DIRECT * total else Kind.MIXED
