"""Who says what, read off the parse: sources, cues and contents of one passage.

The rules are those of the quotation literature (Pareti 2015; Newell et al. 2018): a reporting word from the lexicon,
its subject as source, its clausal complement, object or neighbouring quotation as content. Each rule is a function
that gives a `Found` or nothing; `find_attributions` is the order in which they are asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.extract.cues import Cue, lexicon
from sayso.extract.parse import Passage
from sayso.extract.quotes import Quotation
from sayso.model import Act, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECT = ("nsubj", "csubj")
_NOBODY = {"nobody", "none", "everybody", "everyone", "anyone", "anybody"}
_COMPLEMENTS = ("dobj", "ccomp", "prep", "dative", "xcomp", "attr")
_GROUP = ("aux", "auxpass", "neg", "prt")
_TRIM = set(",.;:–—-!? ") | {"--", "..."}
_QUOTE_MARKS = set("\"“”„«»‘’'`") | {"``", "''"}
# Participles beside a closing "X said" that tell how it was said, and so are no part of what was said.
_MANNER = {
    "add",
    "cite",
    "refer",
    "speak",
    "say",
    "describe",
    "call",
    "quote",
    "write",
    "tell",
    "use",
    "note",
    "accord",
    "point",
}
# Subjects of these as the only words around a quotation are no speakers.
_NO_SPEAKER = {"this", "that", "which", "there", "what", "these", "those", "it"}


@dataclass(frozen=True)
class Found:
    """One attribution of a passage, as token indices and character offsets of the passage's doc.

    ``source`` are token indices (empty: not named), ``cue`` token indices, ``content`` character offsets.
    """

    cue_entry: Cue
    verb: int
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[tuple[int, int], ...]
    by_quotation: bool = False


def find_attributions(passage: Passage) -> tuple[Found, ...]:
    """All attributions of one passage, in the order of their cues."""
    quoted = _quoted_tokens(passage)
    found: list[Found] = []
    for token in passage.doc:
        if token.i in quoted:
            continue
        result = _of_verb(token, passage) or _of_put_it(token, passage) or _of_noun(token) or _of_preposition(token)
        if result is None:
            continue
        snapped = snap_to_quotations(result, passage)
        if not _is_bare(snapped, passage):
            found.append(snapped)
    found = without_relays(found, passage)
    found = continue_quotations(found, passage)
    return tuple(found)


def _is_bare(found: Found, passage: Passage) -> bool:
    """Whether the content is nothing, or a word that only points ("which", "it")."""
    words = " ".join(passage.doc.text[a:b] for a, b in found.content).lower()
    return words in ("", "which", "what", "that", "it", "this", "so", "them")


# ---------------------------------------------------------------------------------------------------
# Verbs


def _of_verb(verb: Token, passage: Passage) -> Found | None:
    if verb.pos_ not in ("VERB", "AUX") or verb.tag_ == "MD":
        return None
    cue = lexicon().verbs.get(verb.lemma_.lower())
    if cue is None or not cue.frames or verb.dep_ in ("amod", "compound"):
        return None
    group = _verb_group(verb)
    subject = _subject_of(verb)
    source = noun_phrase(subject) if subject is not None else ()
    if "refusal" in cue.frames and _refuses(verb):
        content = {t.i for c in verb.children if c.i > verb.i and c.dep_ in _COMPLEMENTS for t in c.subtree} or {verb.i}
        spans = _runs(content - set(source) - (set(group) - {verb.i}), verb)
        return Found(replace(cue, act=Act.DECLINE_COMMENT), verb.i, source, group, spans) if source and spans else None
    if verb.dep_ == "xcomp" and any(c.dep_ == "neg" for c in verb.children):
        return None  # "agreed not to reveal": nothing was said
    content = _content_of(verb, cue, set(group) | set(source))
    if not content and cue.frames & {"clause", "quote"}:
        quotation = _neighbour_quotation(verb, source, passage, close="clause" not in cue.frames)
        if quotation is not None and (source or verb.lemma_ in ("say", "add", "tell", "write")):
            return Found(cue, verb.i, source, group, (_pair(quotation.outer),), by_quotation=True)
    if not content or not source:
        return None
    if subject is not None and (subject.lower_ in _NOBODY or (subject.lower_ == "one" and _is_no_one(subject))):
        return None  # "nobody has claimed responsibility": the outlet says so
    if subject is not None and subject.lower_ in _NO_SPEAKER and subject.lower_ != "it":
        return None
    return Found(cue, verb.i, source, group, _runs(content, verb))


def _is_no_one(pronoun: Token) -> bool:
    """Whether "one" is the second word of "no one"."""
    return pronoun.i > 0 and pronoun.nbor(-1).lower_ == "no"


def _refuses(verb: Token) -> bool:
    """ "did not specify", "declined to comment", "refused to say"."""
    if verb.dep_ == "xcomp" and verb.head.lemma_ in ("decline", "refuse"):
        return True
    return verb.dep_ != "xcomp" and any(c.dep_ == "neg" for c in verb.children)


def _of_put_it(verb: Token, passage: Passage) -> Found | None:
    """ "As one of them put it in a video: “…”": the parse rarely survives this form, its words do."""
    doc = passage.doc
    if verb.lemma_ != "put" or verb.i + 1 >= len(doc) or doc[verb.i + 1].lower_ != "it":
        return None
    sentence = verb.sent
    quotation = next((q for q in passage.quotations if q.outer.start > verb.idx), None)
    opening = next((t.i for t in doc[sentence.start : verb.i] if t.lower_ == "as"), None)
    if quotation is None or opening is None or quotation.outer.start > sentence.end_char + 2:
        return None
    end = next((t.i for t in doc[opening + 1 : verb.i] if t.text == ","), verb.i)
    source = tuple(range(opening + 1, end))
    if not source or len(source) > 15:
        return None
    cue = Cue("put it", Act.ASSERT)
    return Found(cue, verb.i, source, (verb.i, verb.i + 1), (_pair(quotation.outer),), by_quotation=True)


def _verb_group(verb: Token) -> tuple[int, ...]:
    """The verb with its auxiliaries, negation, particle and what stands between them ("has repeatedly denied")."""
    parts = [verb.i, *(c.i for c in verb.children if c.dep_ in _GROUP)]
    governor = verb.head
    if verb.dep_ == "xcomp" and governor.lemma_ in (
        "decline",
        "refuse",
        "unable",
        "able",
        "appear",
        "seem",
        "go",
        "continue",
        "begin",
    ):
        parts += [governor.i, *(c.i for c in governor.children if c.dep_ in _GROUP)]
    first, last = min(parts), max(parts)
    allowed = {"aux", "auxpass", "neg", "advmod", "prt", "xcomp", "acomp", "ROOT"}
    doc = verb.doc
    if all(i in parts or doc[i].dep_ in allowed for i in range(first, last + 1)):
        return tuple(range(first, last + 1))
    return tuple(sorted(parts))


def _subject_of(verb: Token, depth: int = 0) -> Token | None:
    """Who performs the verb: its own subject, an agent, or that of the verb it hangs on."""
    if depth > 6:
        return None
    quoted = _quoted_as(verb)
    if quoted is not None:
        return quoted
    passive = any(c.dep_ == "auxpass" for c in verb.children) or any(c.dep_ == "nsubjpass" for c in verb.children)
    if verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl") and not any(c.dep_ == "aux" for c in verb.children):
        passive = True  # "asked whether …, she said": the one who is asked does not ask
    for child in verb.children:
        if child.dep_ in _SUBJECT and not passive:
            if child.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
                return verb.head
            return child
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if passive:
        return None
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp") and verb.head.i != verb.i:
        head = verb.head
        if verb.dep_ == "pcomp":
            head = head.head
        if verb.dep_ == "xcomp" and head.lemma_ in ("quote", "cite"):
            return next((c for c in head.children if c.dep_ == "nsubjpass"), None)
        if head.pos_ in ("VERB", "AUX"):
            own = _subject_of(head, depth + 1)
            if own is not None:
                return own
            return next((c for c in head.children if c.dep_ == "nsubjpass"), None)
        if head.pos_ in ("NOUN", "PROPN") and verb.tag_ in ("VBG", "VBN"):
            return head
        if head.dep_ in ("acomp", "attr"):
            return _subject_of(head.head, depth + 1)
    return None


def _quoted_as(verb: Token) -> Token | None:
    """ "Kell was quoted by the Courier as saying", "the Courier quoted Kell as saying": the one quoted, however it parses."""
    if verb.i < 2 or verb.tag_ != "VBG" or verb.nbor(-1).lower_ != "as":
        return None
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        if token.lemma_ in ("quote", "cite") and token.pos_ == "VERB":
            return next((c for c in token.children if c.dep_ in ("nsubjpass", "dobj")), None)
    return None


def noun_phrase(head: Token) -> tuple[int, ...]:
    """The full noun phrase of a source: its subtree without clauses and dangling punctuation."""
    drop: set[int] = set()
    for token in head.subtree:
        clause = token.dep_ in ("advcl", "ccomp", "parataxis") or (token.dep_ == "acl" and token.tag_ == "VBG")
        speaking = token.dep_ == "relcl" and _speaks(token)
        if (clause or speaking) and token.i != head.i:
            drop.update(t.i for t in token.subtree)
    kept = sorted(t.i for t in head.subtree if t.i not in drop)
    # Keep the run around the head: what a clause cut off does not come back behind it.
    run = [head.i]
    doc = head.doc
    for i in range(head.i + 1, len(doc)):
        if i not in kept:
            break
        run.append(i)
    for i in range(head.i - 1, -1, -1):
        if i not in kept:
            break
        run.insert(0, i)
    while run and (doc[run[-1]].is_punct or doc[run[-1]].is_space or doc[run[-1]].dep_ == "cc") and run[-1] != head.i:
        run.pop()
    while run and (doc[run[0]].is_punct or doc[run[0]].is_space) and run[0] != head.i:
        run.pop(0)
    return tuple(run)


def _speaks(token: Token) -> bool:
    """Whether the rules take the word for a reporting verb."""
    entry = lexicon().verbs.get(token.lemma_)
    return entry is not None and bool(entry.frames)


def _content_of(verb: Token, cue: Cue, taken: set[int]) -> set[int]:
    """The token indices of what is said, by the frames that the cue allows; the most clausal frame wins."""
    content: set[int] = set()
    clauses: list[Token] = []
    children = list(verb.children)
    passive = any(c.dep_ == "nsubjpass" for c in children)
    # "It is unclear who did it – X blamed Y": with an object of its own, a verb does not reach back for a clause.
    has_object = bool(cue.frames & {"object", "of"}) and any(c.dep_ == "dobj" for c in children)
    if "of" in cue.frames:
        content.update(_accused(verb, passive))
    if not content and "clause" in cue.frames:
        for child in children:
            if has_object and child.i < verb.i:
                continue
            if child.dep_ == "ccomp" or (child.dep_ == "parataxis" and child.i > verb.i):
                clauses.append(child)
        # "A says it did it; B denies that …": with a clause behind the cue, the one before it is somebody else's.
        behind = [c for c in clauses if c.i > verb.i]
        for child in behind or clauses:
            content.update(t.i for t in child.subtree)
        if not content:
            content.update(_hanging_clause(verb))
        if not content and not has_object:
            content.update(_host_clause(verb))
        content -= _own_cues(verb, content)
        if content and min(content) < verb.i:
            content.update(_trailing_clause(verb))
    if not content and cue.frames & {"infinitive", "gerund", "clause"}:
        for child in children:
            if child.dep_ == "xcomp" and child.pos_ in ("VERB", "AUX"):
                finite_enough = "infinitive" in cue.frames or child.tag_ == "VBG"
                if finite_enough:
                    content.update(t.i for t in child.subtree)
                    if "infinitive" in cue.frames:
                        content.update(
                            t.i for c in children if c.dep_ in ("dobj", "dative") and c.i < child.i for t in c.subtree
                        )
    if not content and "as" in cue.frames:
        for child in children:
            named = child.dep_ == "prep" and child.lower_ in ("as", "for")
            if child.dep_ in ("oprd", "dobj", "ccomp", "xcomp") or (named and child.i > verb.i):
                content.update(t.i for t in child.subtree)
    if not content and "at" in cue.frames and any(c.dep_ == "dobj" for c in children):
        at = [c for c in children if c.dep_ == "prep" and c.lower_ == "at" and any(t.like_num for t in c.subtree)]
        content.update(t.i for c in at for t in (*next(o for o in children if o.dep_ == "dobj").subtree, *c.subtree))
    if not content and "object" in cue.frames:
        for child in children:
            if child.dep_ == "dobj" or (passive and child.dep_ == "nsubjpass"):
                content.update(t.i for t in child.subtree)
        if content:
            content.update(
                t.i
                for c in children
                if c.dep_ == "prep" and c.i > max(content) and c.lower_ in ("for", "of", "by", "as")
                for t in c.subtree
            )
    return content - taken - _handing_on(verb, content)


def _handing_on(verb: Token, content: set[int]) -> set[int]:
    """An "according to X" that closes the content names who hands it on; it was not said."""
    return {
        t.i
        for i in content
        if verb.doc[i].lower_ == "according" and any(c.lower_ == "to" for c in verb.doc[i].children)
        for t in verb.doc[i].subtree
    }


def _hanging_clause(verb: Token) -> set[int]:
    """ "said in a briefing that …": the parse hangs the clause on the noun before it; it is what was said."""
    for token in verb.subtree:
        if token.dep_ in ("acl", "relcl", "ccomp") and token.i > verb.i and token.head.pos_ in ("NOUN", "PROPN"):
            that = any(c.lower_ == "that" and c.dep_ not in _SUBJECT for c in token.children)
            if that and any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in token.children):
                return {t.i for t in token.subtree}
    return set()


def _host_clause(verb: Token) -> set[int]:
    """ "The war, he said, is over" and "as he said, the war is over": the clause that the cue interrupts."""
    head = verb.head
    interrupts = verb.dep_ == "parataxis"
    with_as = verb.dep_ == "advcl" and any(c.lower_ == "as" for c in verb.children)
    if head.i == verb.i or not (interrupts or with_as) or head.pos_ not in ("VERB", "AUX"):
        return set()
    return {t.i for t in head.subtree} - {t.i for t in verb.subtree}


def _own_cues(verb: Token, content: set[int]) -> set[int]:
    """ "…, he said, adding that …" parsed into the content: a second cue with a content of its own is cut off."""
    cut: set[int] = set()
    for i in content:
        token = verb.doc[i]
        if token.dep_ != "advcl" or token.tag_ != "VBG" or token.i < verb.i:
            continue
        if _speaks(token) and any(c.dep_ == "ccomp" for c in token.children):
            cut.update(t.i for t in token.subtree)
    return cut


def _trailing_clause(verb: Token) -> set[int]:
    """ "Two areas were hit, Gladkov said, causing two houses to burn": the participle belongs to what was said."""
    return {
        t.i
        for child in verb.children
        if child.dep_ == "advcl" and child.i > verb.i and child.tag_ == "VBG" and child.lemma_ not in _MANNER
        for t in child.subtree
    }


def _accused(verb: Token, passive: bool) -> set[int]:
    target = next((c for c in verb.children if c.dep_ == ("nsubjpass" if passive else "dobj")), None)
    if target is None:
        return set()
    tokens = {t.i for t in target.subtree}
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "with", "over", "on", "in"):
            tokens.update(t.i for t in child.subtree)
    return tokens


# ---------------------------------------------------------------------------------------------------
# Nouns and prepositions


def _of_noun(noun: Token) -> Found | None:
    """ "Kyiv's denials that …", "a claim by the group that …": a reporting noun with both a speaker and a content."""
    if noun.pos_ != "NOUN":
        return None
    cue = lexicon().nouns.get(noun.lemma_.lower())
    if cue is None:
        return None
    holder = next((c for c in noun.children if c.dep_ == "poss"), None)
    if holder is None:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in ("by", "from"):
                holder = next((c for c in child.children if c.dep_ == "pobj"), None)
    clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl")), None)
    if holder is None or clause is None or not _opens_with_that_or_to(clause):
        return None
    content = {t.i for t in clause.subtree}
    source = tuple(i for i in noun_phrase(holder) if noun.doc[i].tag_ != "POS")
    words = tuple(sorted({noun.i} - set(source)))
    return Found(cue, noun.i, source, words, _runs(content, noun))


def _opens_with_that_or_to(clause: Token) -> bool:
    if clause.dep_ == "relcl":
        return False
    return any(c.dep_ in ("mark", "aux") and c.lower_ in ("that", "to") for c in clause.children)


def _of_preposition(token: Token) -> Found | None:
    """ "According to police, …": the rest of the clause is the content."""
    if token.lower_ != "according":
        return None
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None:
        return None
    speaker = next((c for c in to.children if c.dep_ == "pobj"), None)
    if speaker is None:
        return None
    host = token.head
    while host.pos_ not in ("VERB", "AUX") and host.head.i != host.i:
        host = host.head
    if host.i == token.i:
        return None
    own = {t.i for t in token.subtree}
    content = {t.i for t in host.subtree} - own
    if host.dep_ not in ("ROOT", "ccomp", "conj", "parataxis"):
        content = {t.i for t in token.sent} - own
    cue = Cue("according to", Act.ASSERT)
    return Found(cue, token.i, noun_phrase(speaker), (token.i, to.i), _runs(content, token))


def without_relays(found: Sequence[Found], passage: Passage) -> list[Found]:
    """An "according to" around a full attribution only hands it on: it becomes a relay, not a second speaker."""
    inner = [f for f in found if f.cue_entry.lemma != "according to"]

    def hands_on(outer: Found) -> bool:
        return any(
            passage.doc[f.verb].sent.start == passage.doc[outer.verb].sent.start
            and any(
                a <= passage.doc[f.verb].idx < b or any(a < d and c < b for c, d in f.content) for a, b in outer.content
            )
            for f in inner
        )

    return [f for f in found if f.cue_entry.lemma != "according to" or not hands_on(f)]


# ---------------------------------------------------------------------------------------------------
# Quotations


def _quoted_tokens(passage: Passage) -> frozenset[int]:
    """Tokens inside quotations of more than two words: their reporting words speak within the quotation."""
    return frozenset(
        t.i
        for q in passage.quotations
        if passage.doc.text.count(" ", *q.inner) > 1
        for t in passage.doc
        if q.inner.start <= t.idx < q.inner.end
    )


def _neighbour_quotation(
    verb: Token, source: tuple[int, ...], passage: Passage, *, close: bool = False
) -> Quotation | None:
    """The quotation that a cue without clausal content introduces or closes; ``close``: only one right beside it."""
    doc = passage.doc
    words = (*source, verb.i)
    first, last = doc[min(words)], doc[max(words)]
    start, end = first.idx, last.idx + len(last)
    best: Quotation | None = None
    for quotation in passage.quotations:
        gap_before = start - quotation.outer.end  # “…,” said X
        gap_after = quotation.outer.start - end  # X said: “…”
        if gap_before in range(5) and not doc.text[quotation.outer.end : start].strip(" ,.–—-"):
            return quotation
        if gap_after >= 0 and best is None:
            between = doc.text[end : quotation.outer.start]
            if len(between) <= (3 if close else 120) and not any(c in between for c in ".!?;"):
                best = quotation
    return best


def snap_to_quotations(found: Found, passage: Passage) -> Found:
    """Content that takes in most of a quotation, or starts inside one, takes in all of it and its marks."""
    spans = list(found.content)
    doc = passage.doc
    cue_at = doc[found.verb].idx
    for quotation in passage.quotations:
        if quotation.outer.start <= cue_at < quotation.outer.end:
            continue
        size = quotation.inner.end - quotation.inner.start
        shared = sum(max(0, min(b, quotation.inner.end) - max(a, quotation.inner.start)) for a, b in spans)
        if not shared:
            continue
        length = sum(b - a for a, b in found.content)
        if shared >= 0.3 * size or size < 40 or shared >= 0.6 * length:
            spans.append(_pair(quotation.outer))
    blocked = [(doc[i].idx, doc[i].idx + len(doc[i])) for i in (*found.source, *found.cue)]
    return replace(found, content=_merge(spans, blocked, doc.text))


def continue_quotations(found: list[Found], passage: Passage) -> list[Found]:
    """A quotation nobody claimed goes on with the speaker before it, or belongs to the cue around it."""
    result = list(found)
    for quotation in passage.quotations:
        words = quotation.inner.of(passage.doc.text).split()
        if len(words) < 4 or any(_covers(f, quotation) for f in result):
            continue
        previous = [f for f in result if f.content and max(b for _, b in f.content) <= quotation.outer.start]
        if not previous:
            continue
        last = max(previous, key=lambda f: max(b for _, b in f.content))
        if not _is_quoted(last, passage) or not _whole_sentence(quotation, passage):
            continue
        widened = replace(last, content=(*last.content, _pair(quotation.outer)))
        result[result.index(last)] = widened
    return result


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _covers(found: Found, quotation: Quotation) -> bool:
    return any(a < quotation.inner.end and quotation.inner.start < b for a, b in found.content)


def _is_quoted(found: Found, passage: Passage) -> bool:
    return any(_covers(found, q) for q in passage.quotations)


def _whole_sentence(quotation: Quotation, passage: Passage) -> bool:
    """Whether the quotation begins a sentence: nothing but a mark stands between the last full stop and it."""
    before = passage.doc.text[: quotation.outer.start].rstrip()
    return not before or before[-1] in ".!?…”\"'’"


# ---------------------------------------------------------------------------------------------------
# Token sets to character offsets


def _runs(tokens: Iterable[int], anchor: Token) -> tuple[tuple[int, int], ...]:
    """Contiguous runs of tokens as character offsets, trimmed of the punctuation at their ends."""
    doc = anchor.doc
    wanted = set(tokens)
    spans = []
    for run in _contiguous(sorted(wanted)):
        while run and doc[run[0]].text in _TRIM:
            run.pop(0)
        while run and doc[run[-1]].text in _TRIM:
            run.pop()
        if run and any(doc[i].is_alpha or doc[i].like_num for i in run):
            spans.append((doc[run[0]].idx, doc[run[-1]].idx + len(doc[run[-1]])))
    return tuple(spans)


def _contiguous(indices: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for i in indices:
        if run and i != run[-1] + 1:
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _merge(spans: list[tuple[int, int]], blocked: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Overlapping spans joined, those that only punctuation parts too; the source and cue cut out again."""
    joined: list[list[int]] = []
    for start, end in sorted(spans):
        if joined and (start <= joined[-1][1] or not text[joined[-1][1] : start].strip(" ,")):
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    pieces = [(a, b) for a, b in joined]
    for cut_start, cut_end in blocked:
        pieces = (
            [
                piece
                for a, b in pieces
                for piece in ((a, min(b, cut_start)), (max(a, cut_end), b))
                if piece[1] > piece[0]
            ]
            if any(a < cut_end and cut_start < b for a, b in pieces)
            else pieces
        )
    pieces = [(a, b) for a, b in (_trimmed(text, a, b) for a, b in pieces) if b > a]
    return tuple(sorted(set(pieces)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",.;:–—!?"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—"):
        end -= 1
    if not any(c.isalnum() for c in text[start:end]):
        return start, start
    return start, end
