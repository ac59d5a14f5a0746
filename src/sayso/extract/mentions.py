"""The mentions of actors that are no names, and whose they are: pronouns, possessives, descriptions, roles beside a name.

Read after the speakers, in the order of the text, so that a pronoun may go back to one before it. Grammar comes first: what stands in
apposition to a name, before it as its role, or behind it as "which", is its actor's; "I" and "we" in a quotation are the
speaker's. All else is asked of `reference`. Where nothing fits, a mention stays out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sayso.extract.cast import Member, Members, RepeatedNames
from sayso.extract.expletives import is_pleonastic
from sayso.extract.names import BUSINESS, PRESS, actor_words, naming_of
from sayso.extract.parse import Passage
from sayso.extract.phrases import noun_phrase
from sayso.extract.reference import of_description
from sayso.extract.salience import Nominal, by_salience, most_salient, weight_of
from sayso.model import ActorType, BlockKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_TRAIL = 4  # sentences that a pronoun looks back over; nine tenths go back no further than two (Lappin and Leass 1994)
_MAX_WORDS = 12  # of a description; a longer one is cut behind its noun
_LONGEST = 6_000  # characters of a quotation: no passage is longer
_REACH = 1_500  # characters after which "the man" is another one
_DETERMINERS = frozenset("the this that".split())
# "the other group", "a new company": somebody else than the one that was spoken of.
_OTHER = frozenset(
    "other another former new next previous rival opposing separate different late second third same own ex".split()
)
_PLACES_TOO = frozenset("front side state house office".split())  # "the front" is as often no body at all
_MODIFIERS = frozenset("compound amod nmod nummod poss det".split())
_NOUNS = frozenset(("NOUN", "PROPN"))


@dataclass(frozen=True)
class Words:
    """Words of the report that an actor says."""

    span: Span
    speaker: Member


@dataclass
class _Page:
    """One passage while it is read: whose each head is, which tokens stand in quotation marks."""

    passage: Passage
    heads: dict[int, Member] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    quoted: set[int] = field(default_factory=set)


@dataclass
class _Unnamed:
    """Somebody who has no name, where he was spoken of first."""

    page: _Page
    token: Token
    at: int
    member: Member | None = None
    tried: bool = False


def add_mentions(
    passages: Sequence[Passage], members: Members, said: Sequence[Words], spoke: Sequence[tuple[int, Member]]
) -> None:
    """Adds to every actor of the report its mentions that are no names. ``spoke`` tells who spoke where."""
    reader = _Reader(members, said, sorted(spoke, key=lambda s: s[0]))
    names = RepeatedNames(members)
    for page in _pages(passages, members):
        for name, member in names.within(page.passage.doc, page.taken):
            reader.note(page, member, name)
        for sentence in page.passage.doc.sents:
            reader.read(page, sentence)


class _Reader:
    """What is known at one place of the report: the last sentences, who spoke, which descriptions named nobody."""

    def __init__(self, members: Members, said: Sequence[Words], spoke: Sequence[tuple[int, Member]]) -> None:
        self._members = members
        self._said = sorted(said, key=lambda w: w.span)
        self._spoke = spoke
        self._trail: deque[list[Nominal]] = deque(maxlen=_TRAIL)
        self._unnamed: dict[str, _Unnamed] = {}  # by noun: the last that named nobody we know

    def note(self, page: _Page, member: Member, words: Sentence) -> None:
        span = page.passage.span(words.start_char, words.end_char)
        if span not in member.mentions:
            member.mentions.append(span)
        page.heads.setdefault(words.root.i, member)

    def read(self, page: _Page, sentence: Sentence) -> None:
        here: list[Nominal] = []
        self._trail.append(here)
        for token in sentence:
            known = page.heads.get(token.i)
            if known is not None:
                self._roles(page, token, known)
                here.extend(_nominals(token, known.key, known, page))
            elif token.tag_ in ("PRP", "PRP$"):
                found = self._pronoun(page, token)
                if found is not None and found.member is None and found.key in self._unnamed:
                    found = replace(found, member=self._again(self._unnamed[found.key]))
                    found = replace(found, key=found.member.key) if found.member is not None else found
                if found is not None:
                    if found.member is not None:
                        self.note(page, found.member, token.doc[token.i : token.i + 1])
                    here.append(found)
            elif token.tag_ in ("WP", "WDT", "WP$"):
                whose = _of_relative(page, token)
                if whose is not None:
                    self.note(page, whose, token.doc[token.i : token.i + 1])
            elif token.pos_ in _NOUNS and token.dep_ != "compound":
                whose = self._described(page, token)
                if whose is not None:
                    self.note(page, whose, _phrase(token))
                if whose is not None or token.i not in page.taken:
                    here.extend(_nominals(token, whose.key if whose else token.lower_, whose, page))
            elif token.dep_ in ("nsubj", "nsubjpass") and token.i not in page.taken and token.tag_ != "EX":
                here.extend(_nominals(token, token.lower_, None, page))  # "some", "the 777": somebody or something else

    # --- pronouns -----------------------------------------------------------------------------------

    def _pronoun(self, page: _Page, token: Token) -> Nominal | None:
        words = actor_words()
        at = page.passage.start + token.idx
        speaker = self._speaker(at)
        if token.lower_ in words.we:
            if speaker is None or token.i not in page.quoted:
                return None
            whose = self._members.spoken_for(speaker) if token.lower_ not in _ONESELF else speaker
            return Nominal(token, whose.key, whose, weight_of(token), quoted=True)
        if token.lower_ not in words.pronouns or is_pleonastic(token):
            return None
        quoted = token.i in page.quoted
        return most_salient(token, self._trail, quoted=quoted, never=speaker if quoted else None)

    def _speaker(self, at: int) -> Member | None:
        upto = bisect_right(self._said, at, key=lambda w: w.span.start)
        since = bisect_right(self._said, at - _LONGEST, key=lambda w: w.span.start)
        around = [(w.span.end - w.span.start, n) for n, w in enumerate(self._said[since:upto]) if at < w.span.end]
        return self._said[since + min(around)[1]].speaker if around else None

    def _last_spoke(self, at: int) -> Member | None:
        n = bisect_right(self._spoke, at, key=lambda s: s[0])
        return self._spoke[n - 1][1] if n else None

    # --- nouns --------------------------------------------------------------------------------------

    def _roles(self, page: _Page, name: Token, member: Member) -> None:
        """ "Kolm chief Ivo Kell", "the carmaker Kolm": the words before a name that end in a word for an actor."""
        if not member.proper or name.pos_ != "PROPN":
            return
        doc, first = name.doc, name
        while (
            first.i
            and doc[first.i - 1].head.i == name.i
            and doc[first.i - 1].i in page.taken
            and doc[first.i - 1].text[:1].isupper()
        ):
            if doc[first.i - 1].lower_ in actor_words().person:
                break
            first = doc[first.i - 1]
        if not first.i:
            return
        role = doc[first.i - 1]
        if role.head.i != name.i or role.dep_ not in ("compound", "nmod", "amod") or not _kind_word(role, member):
            return
        start = min(
            [role.i, *(c.left_edge.i for c in role.children), *(c.left_edge.i for c in name.children if c.i < role.i)]
        )
        while start < role.i and (doc[start].pos_ in ("DET", "PUNCT", "CCONJ", "SPACE") or doc[start].dep_ == "det"):
            start += 1
        if role.i - start < _MAX_WORDS and role.i not in page.heads and role.i > start:
            self.note(page, member, doc[start : role.i + 1])
            page.heads[role.i] = member

    def _described(self, page: _Page, token: Token) -> Member | None:
        if not _is_kind(token):
            return None
        beside = _beside(page, token)
        if beside is not None:
            return beside
        if token.dep_ in _MODIFIERS and token.dep_ != "poss":
            return None
        at = page.passage.start + token.idx
        whose = self._by_description(page, token, at)
        before = self._unnamed.get(token.lower_)
        if whose is not None and (before is None or before.at < (whose.last_before(at) or 0)):
            return whose  # else "a company in Ostra … the company": one that has no name came between
        if before is not None and at - before.at < _REACH and _same(before.token, token):
            before.at = at
            return self._again(before)
        self._unnamed[token.lower_] = _Unnamed(page, token, at)
        return None

    def _again(self, unnamed: _Unnamed) -> Member | None:
        """The chain of somebody without a name who is spoken of again: begun with the first mention."""
        if unnamed.member is None and not unnamed.tried:
            unnamed.tried = True
            words = _phrase(unnamed.token)
            span = unnamed.page.passage.span(words.start_char, words.end_char)
            unnamed.member = self._members.unnamed(naming_of(unnamed.token, list(words)), span)
            if unnamed.member is not None:
                self.note(unnamed.page, unnamed.member, words)
                for sentence in self._trail:
                    sentence[:] = [
                        replace(n, key=unnamed.member.key, member=unnamed.member) if n.token == unnamed.token else n
                        for n in sentence
                    ]
        return unnamed.member

    def _by_description(self, page: _Page, token: Token, at: int) -> Member | None:
        headline = page.passage.kind is BlockKind.HEADLINE
        before = token.left_edge
        if not headline and before.lower_ not in _DETERMINERS:
            return None
        if token.tag_ in ("NNS", "NNPS") and token.lower_ not in actor_words().organization:
            return None
        phrase = [token.doc[i] for i in noun_phrase(token)]
        naming = naming_of(token, phrase)
        if naming.proper:
            return None
        inside = {page.heads[t.i].key for t in phrase if t.i in page.heads and t.i != token.i}
        near = by_salience(token, self._trail)
        speaker = self._speaker(at)
        if speaker is not None and (body := self._members.spoken_for(speaker)) is not speaker:
            near.insert(0, body)  # "Kolm chief Ivo Kell said the company would grow"
        whose = of_description(naming, at, page.passage.kind, self._members, self._last_spoke(at), near)
        return whose if whose is not None and whose.key not in inside and _agrees(token, whose) else None


_ONESELF = frozenset("i me my myself".split())


_SEVERAL = frozenset("some others many most few several both all".split())


def _of_relative(page: _Page, token: Token) -> Member | None:
    """ "the council, which", "Kell, who", "Kell, whose": the noun that the clause hangs on."""
    verb = token
    while verb.dep_ != "relcl":
        if verb.head.i == verb.i or verb.i - token.i > 12:
            return None
        verb = verb.head
    noun = verb.head
    if noun.i >= token.i or token.i - noun.right_edge.i > 0:
        return None
    return page.heads.get(noun.i)


def _beside(page: _Page, token: Token) -> Member | None:
    """The actor of a name in apposition, before or behind, or of the subject: "Kell, the governor"; "Kell is the governor"."""
    doc = token.doc
    if token.dep_ == "appos":
        head = page.heads.get(token.head.i)
        return head if head is not None and _one_kind(token, head) else None
    for child in token.children:
        if (
            child.dep_ == "appos"
            and child.i in page.heads
            and child.pos_ == "PROPN"
            and _one_kind(token, page.heads[child.i])
        ):
            return page.heads[child.i]
        if (person := _person_behind(child, page)) is not None and _one_kind(token, person):
            return person
    verb = token.head
    if token.dep_ == "attr" and verb.lemma_ == "be" and doc[token.left_edge.i].lower_ == "the":
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        sure = not any(c.dep_ in ("neg", "aux") for c in verb.children)
        if subject is not None and sure and subject.i in page.heads and _one_kind(token, page.heads[subject.i]):
            return page.heads[subject.i]
    return None


def _person_behind(of: Token, page: _Page) -> Member | None:
    """ "the governor of Dorn, Ivo Kell": the parse sets the name beside the place, whose name it cannot be."""
    if of.lower_ not in ("of", "for") or of.dep_ != "prep":
        return None
    named = (c for place in of.children if place.dep_ == "pobj" for c in place.children if c.dep_ == "appos")
    found = (page.heads[c.i] for c in named if c.i in page.heads and c.pos_ == "PROPN")
    return next((member for member in found if member.type is ActorType.PERSON), None)


def _one_kind(token: Token, member: Member) -> bool:
    words, lemma = actor_words(), token.lemma_.lower()
    if member.type is ActorType.PERSON:
        return lemma in words.person
    if member.type in (ActorType.ORGANIZATION, ActorType.GROUP):
        return lemma not in words.person
    return member.type is not ActorType.PLACE or lemma not in words.person


def _kind_word(token: Token, member: Member) -> bool:
    return token.pos_ in _NOUNS and _is_kind(token) and _one_kind(token, member) and token.tag_ not in ("NNS", "NNPS")


def _is_kind(token: Token) -> bool:
    words, lemma, lower = actor_words(), token.lemma_.lower(), token.lower_
    if lower in _PLACES_TOO or (token.pos_ == "PROPN" and lower not in words.person):
        return False
    kinds = (words.person, words.organization, words.group, BUSINESS, PRESS)
    return any(lemma in kind or lower in kind for kind in kinds)


def _agrees(token: Token, member: Member) -> bool:
    """Whether what narrows a description is known of the actor: "the president of Belmark", "the company that lost"."""
    own = member.roles | set(member.key.split()) | set((member.role or "").lower().split())
    for child in token.children:
        if child.lower_ in _OTHER:
            return False
        if (child.dep_ in ("relcl", "acl", "prep", "poss") and child.i > token.i) or child.dep_ == "poss":
            inside = [t for t in child.subtree if t.pos_ in _NOUNS or t.pos_ in ("PRON", "VERB")]
            if not all(t.lower_ in own for t in inside):
                return False
    return True


def _same(first: Token, again: Token) -> bool:
    """ "two men in masks … the two men": a definite description that says nothing of them that was not said before."""
    said = {t.lower_ for t in first.subtree}
    return again.left_edge.lower_ in _DETERMINERS | {"these", "those"} and all(
        t.lower_ in said for t in again.subtree if t.i != again.left_edge.i
    )


def _phrase(token: Token) -> Sentence:
    """The words of a description: up to its noun, and an "of" behind it."""
    doc, start, end = token.doc, token.left_edge.i, token.i + 1
    while start < token.i and doc[start].is_punct:
        start += 1
    for child in token.rights:
        if child.lower_ in ("of", "for") and child.dep_ == "prep" and child.left_edge.i == end:
            end = child.right_edge.i + 1
    return doc[start:end] if end - start <= _MAX_WORDS else doc[max(start, token.i - _MAX_WORDS) : token.i + 1]


def _nominals(token: Token, key: str, member: Member | None, page: _Page) -> Iterator[Nominal]:
    """A noun that a pronoun may go back to; said together with others, the lot of them too."""
    quoted = token.i in page.quoted
    if token.dep_ in ("appos", "attr") and member is None:
        return
    weight = weight_of(token)
    others = [c for c in token.conjuncts if c.i > token.i] if token.dep_ != "conj" else []
    if others and any(c.lower_ in ("and", "&") for c in token.children):
        yield Nominal(token, f"{key} and {others[0].lemma_.lower()}", None, weight + 1, many=True, quoted=quoted)
    one = member is not None and member.type is not ActorType.GROUP  # "General Motors", not "Democrats"
    many = not one and (token.tag_ in ("NNS", "NNPS") or token.lower_ in _SEVERAL)
    yield Nominal(token, key, member, weight, many=many, quoted=quoted)


def _pages(passages: Sequence[Passage], members: Members) -> Iterator[_Page]:
    """Each passage with the heads of the mentions that are known already."""
    mentions = sorted(((s, m) for m in members.all() for s in m.mentions), key=lambda p: p[0])
    starts = [s.start for s, _ in mentions]
    for passage in passages:
        page = _Page(passage)
        doc, end = passage.doc, passage.start + len(passage.text)
        for quotation in passage.quotations:
            page.quoted.update(t.i for t in passage.tokens_within([(quotation.outer.start, quotation.outer.end)]))
        for n in range(bisect_right(starts, passage.start - 1), bisect_right(starts, end - 1)):
            span, member = mentions[n]
            words = doc.char_span(span.start - passage.start, span.end - passage.start, alignment_mode="expand")
            if words is not None and len(words):
                page.taken.update(range(words.start, words.end))
                page.heads[words.root.i] = member
        yield page
