"""How words reached the report: the relays between speaker and outlet, and the medium they were said on."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sayso.extract.attribution import Found
from sayso.extract.parse import Passage
from sayso.model import Hop, HopKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_CARRYING = {
    "carry",
    "publish",
    "quote",
    "cite",
    "report",
    "broadcast",
    "relay",
    "release",
    "post",
    "share",
    "distribute",
    "air",
}
_TELLING = {"tell", "inform", "speak", "talk"}


@dataclass(frozen=True)
class _Carriers:
    agencies: frozenset[str]
    outlets: frozenset[str]
    carrier_words: frozenset[str]
    media: re.Pattern[str]
    medium_of: dict[str, str]


@lru_cache(maxsize=1)
def _carriers() -> _Carriers:
    with (files("sayso.extract") / "data" / "relays.toml").open("rb") as file:
        data = tomllib.load(file)
    medium_of = {word: medium for medium, words in data["media"].items() for word in words}
    words = "|".join(re.escape(w) for w in sorted(medium_of, key=lambda w: (-len(w), w)))
    media = re.compile(rf"\b(?:on|in|via|through|at|during|from)\s+(?:[\w’'-]+\s+){{0,5}}?({words})\b", re.I)
    return _Carriers(
        frozenset(data["agencies"]), frozenset(data["outlets"]), frozenset(data["carrier_words"]), media, medium_of
    )


def carrier_kind(name: str) -> HopKind | None:
    """Whether a name is that of an agency or an outlet; None when nothing says so."""
    lists = _carriers()
    plain = re.sub(r"^the ", "", name.lower())
    words = re.findall(r"[\w-]+", plain)
    if plain in lists.agencies or any(w in lists.agencies for w in words) or "agency" in words:
        return HopKind.AGENCY
    if plain in lists.outlets or any(w in lists.carrier_words or w in lists.outlets for w in words):
        return HopKind.OUTLET
    return None


def relay_of(found: Found, passage: Passage, outlet: str | None) -> tuple[Hop, ...]:
    """The relays of one attribution, nearest to the speaker first.

    "told Radio Dorn" (the outlet it was told to), "according to state agency Belta" around it, "in a statement
    carried by …", "was quoted by … as saying". ``outlet`` is the report's own name, which is kept as a hop too:
    "told CNN" in a page of another outlet says that CNN has it first-hand.
    """
    verb = passage.doc[found.verb]
    own = set(found.source)
    hops: list[Hop] = []
    for token in _told(verb):
        hop = _hop(token, passage)
        if hop:
            hops.append(hop)
    for child in verb.subtree if verb.pos_ == "VERB" else ():
        inside_content = any(a <= child.idx < b for a, b in found.content)
        if child.lemma_ in _CARRYING and child.dep_ in ("acl", "relcl") and not inside_content and child.i not in own:
            hops += _agents(child, passage)
    if verb.lemma_ in ("say", "tell") and verb.head.lemma_ in ("quote", "cite"):
        hops += _agents(verb.head, passage)
    if verb.head.lemma_ in ("quote", "cite") and verb.dep_ == "pcomp":
        hops += _agents(verb.head.head, passage)
    hops += _according(found, passage)
    seen: set[Span] = set()
    return tuple(h for h in hops if not (h.span in seen or seen.add(h.span)))  # type: ignore[func-returns-value]


def _told(verb: Token) -> list[Token]:
    """ "told X", "speaking to X", "in an interview with X": to whom it was said, if a carrier of news."""
    targets = [c for c in verb.children if verb.lemma_ in _TELLING and c.dep_ in ("dobj", "dative")]
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("in", "during"):
            for noun in child.children:
                if noun.lemma_ in ("interview", "remark", "comment"):
                    for prep in noun.children:
                        if prep.dep_ == "prep" and prep.lower_ in ("with", "to"):
                            targets += [c for c in prep.children if c.dep_ == "pobj"]
        if child.dep_ == "prep" and child.lower_ in ("to", "with") and verb.lemma_ in _TELLING | {"say"}:
            targets += [c for c in child.children if c.dep_ == "pobj"]
        if child.dep_ == "advcl" and child.lemma_ in ("speak", "talk"):
            for prep in child.children:
                if prep.dep_ == "prep" and prep.lower_ in ("to", "with"):
                    targets += [c for c in prep.children if c.dep_ == "pobj"]
    return targets


def _agents(verb: Token, passage: Passage) -> list[Hop]:
    hops = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for token in child.children:
                hop = _hop(token, passage)
                if token.dep_ == "pobj" and hop:
                    hops.append(hop)
    return hops


def _according(found: Found, passage: Passage) -> list[Hop]:
    """An "according to X" in the sentence of another cue, outside what was said: X hands it on."""
    if found.cue_entry.lemma == "according to":
        return []
    hops = []
    for token in passage.doc[found.verb].sent:
        if token.lower_ != "according" or any(
            a <= token.idx < b and passage.doc.text[a] in '"“' for a, b in found.content
        ):
            continue
        for to in token.children:
            for pobj in to.children:
                if pobj.dep_ == "pobj":
                    hop = _hop(pobj, passage, any_name=True)
                    if hop:
                        hops.append(hop)
    return hops


def _hop(token: Token, passage: Passage, *, any_name: bool = False) -> Hop | None:
    """A hop for the noun phrase of this token, when it names a carrier (or any name is allowed)."""
    phrase = [t for t in token.subtree if t.i <= token.i or t.dep_ in ("appos", "compound", "flat")]
    named = next((t for t in phrase if t.dep_ == "appos" and t.pos_ == "PROPN"), None)
    full = passage.doc[phrase[0].i : phrase[-1].i + 1].text
    kind = carrier_kind(full)
    head = named or token
    start = head.i
    while start > phrase[0].i and passage.doc[start - 1].pos_ == "PROPN":
        start -= 1
    end = head.i + 1
    name = passage.doc[start:end]
    if not name.text[:1].isupper() and not any_name:
        return None
    if kind is None:
        if not any_name and not (head.pos_ == "PROPN" and head.text.isupper() and len(head.text) <= 5):
            return None
        kind = HopKind.OUTLET if head.text.isupper() else HopKind.ACTOR
    return Hop(name.text, kind, passage.span(name.start_char, name.end_char))


def medium_of(found: Found, passage: Passage) -> str | None:
    """The medium named beside the cue ("on Telegram", "in a daily briefing"), outside what was said."""
    doc = passage.doc
    sentence = doc[found.verb].sent
    text = list(doc.text[sentence.start_char : sentence.end_char])
    for start, end in found.content:
        for i in range(max(start, sentence.start_char), min(end, sentence.end_char)):
            text[i - sentence.start_char] = "\0"
    match = _carriers().media.search("".join(text))
    return _carriers().medium_of[match.group(1).lower()] if match else None
