"""Whether what a word of a parse tells is so, through all that governs it: "did not refuse to leave", "no plans to sell", "denied reports
that it fell". Each governing word turns what it governs, or leaves it open; two turns are none.

The signatures are those of implicative and factive verbs (Karttunen 1971; Nairn, Condoravdi and Karttunen 2006), for the words of
news (``data/governing.toml``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files

from sayso.link.compare.parsed import SUBJECTS, Parse

_FARTHEST = 8  # governors looked at
# By these a word hangs on what governs it.
_CLAUSES = frozenset(
    ("xcomp", "ccomp", "pcomp", "acl", "acomp", "attr", "oprd", "dobj", "pobj", "nsubjpass", "prep", "agent")
)
_WILL = frozenset(("will", "shall", "'ll", "’ll", "wo", "going"))
_MAY = frozenset(("may", "might", "could", "should", "must", "would", "can", "ca"))
_IF = frozenset(("if", "unless", "whether", "lest", "until"))
_MAYBE = frozenset(("perhaps", "maybe", "possibly", "reportedly", "allegedly", "probably", "apparently", "likely"))


class Level(IntEnum):
    """How far something has come: it is so, it is to come, or that is left open."""

    SO = 0
    AHEAD = 1
    OPEN = 2


@dataclass(frozen=True, slots=True)
class Held:
    """Whether something is told as so or as not so, how far it has come, and whether by a denial (``denied``).

    ``refused``: the word that makes it not so holds for what is done and for what is to come ("refused to leave", "ruled out").
    ``main``: it is what the sentence tells, and no detail of something in it.
    """

    so: bool = True
    level: Level = Level.SO
    denied: bool = False
    refused: bool = False
    main: bool = True
    spoken: bool = False  # somebody is quoted as saying so
    turned: bool = False  # some word on the way negates, whatever comes of it


@dataclass(frozen=True)
class _Words:
    kinds: Mapping[str, str]
    negates: frozenset[str]
    nobody: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    with (files("sayso.link.compare") / "data" / "governing.toml").open("rb") as file:
        data = tomllib.load(file)
    kinds = {word: kind for kind, words in data.items() if kind != "beside" for word in words}
    return _Words(kinds, frozenset(data["beside"]["negates"]), frozenset(data["beside"]["nobody"]))


def held(parse: Parse, n: int, farthest: int = _FARTHEST) -> Held:
    """Whether what a word tells is so, by what stands beside it and by all that governs it."""
    return _beside(parse, n, _above(parse, n, farthest))


def _above(parse: Parse, n: int, farthest: int) -> Held:
    """What the governors of a word make of it."""
    head, dep = parse.head(n), parse[n].dep
    if head is None or farthest == 0:
        return Held(level=Level.OPEN if parse.asked(n) else Level.SO)
    if dep == "conj":
        own = parse.children(n, "aux", "auxpass", "nsubj", "nsubjpass", "neg")
        if own:
            return _above(parse, head, farthest - 1)
        return held(parse, head, farthest - 1)
    if dep in ("nsubj", "nsubjpass", "csubj") and parse[n].pos in ("NOUN", "PROPN"):
        return _of_subject(parse, n, head, farthest)
    if dep in ("advcl", "prep", "pcomp", "pobj", "relcl"):
        return _hanging(parse, n, head, farthest)
    if dep in ("advmod", "prt") and parse[n].pos in ("ADV", "ADP", "ADJ"):
        return held(parse, head, farthest - 1)  # "stayed afloat", "is over"
    if dep not in _CLAUSES:
        return replace(held(parse, head, farthest - 1), main=False)
    return _made(parse, n, head, farthest)


def governs_clause(parse: Parse, n: int) -> bool:
    """Whether a verb only turns, or lets stand, what a clause under it tells: "refused to sign", "managed to land"."""
    if _kind(parse, n, to=True) not in ("fails", "holds", "denies"):
        return False
    below = (
        *parse.children(n, "xcomp", "ccomp"),
        *(c for p in parse.children(n, "prep") for c in parse.children(p, "pcomp")),
    )
    return any(parse[c].pos == "VERB" for c in below) and parse[n].base not in (
        "ban",
        "bar",
        "forbid",
        "allow",
        "permit",
        "let",
        "prevent",
    )


def under_a_turn(parse: Parse, n: int) -> bool:
    """Whether a noun stands directly under a word that turns what it governs: "averted a strike", "the extradition was blocked"."""
    head = parse.head(n)
    if head is None or parse[n].dep not in ("dobj", "nsubjpass"):
        return False
    return parse[head].pos == "VERB" and _kind(parse, head) in ("fails", "denies")


def _of_subject(parse: Parse, n: int, head: int, farthest: int) -> Held:
    """Reports that "are false", claims that "were denied", and a strike that "was averted"."""
    said_of = next((c for c in parse.children(head, "acomp", "attr") if _kind(parse, c) in ("denies", "fails")), None)
    if said_of is not None:
        return _turned(held(parse, head, farthest - 1), _kind(parse, said_of) or "")
    if parse[n].dep == "nsubjpass" and (kind := _kind(parse, head)) is not None:
        return _turned(held(parse, head, farthest - 1), kind)
    return held(parse, head, farthest - 1)


def _hanging(parse: Parse, n: int, head: int, farthest: int) -> Held:
    token = parse[n]
    if token.dep == "relcl":
        return replace(held(parse, head, farthest - 1), so=True, main=False)
    if token.dep == "advcl":
        marks = {parse[c].low for c in parse.children(n, "mark", "advmod", "prep")}
        level = Level.OPEN if marks & _IF else Level.AHEAD if _to(parse, n) else Level.SO
        so = not ("before" in marks and any(parse[c].low in ("could", "can") for c in parse.children(n, "aux")))
        as_it_lies = not marks and not _to(parse, n)  # a participle beside its verb tells what the verb does
        return Held(so, level, turned=not so, refused=not so, main=not so or as_it_lies)
    if token.dep in ("pcomp", "pobj"):
        kind = _kind(parse, head)
        if kind is not None and parse[head].dep == "prep":
            return _turned(_held_above(parse, head, farthest), kind)
        up = parse.head(head)
        if up is None:
            return Held()
        if parse[head].dep in ("prep", "prt", "agent", "pcomp", "advmod"):
            return _made(parse, n, up, farthest - 1, prep=parse[head].low)
    return held(parse, head, farthest - 1)


def _held_above(parse: Parse, n: int, farthest: int) -> Held:
    head = parse.head(n)
    return Held() if head is None else held(parse, head, farthest - 1)


def _made(parse: Parse, n: int, head: int, farthest: int, prep: str | None = None) -> Held:
    """What one governing word makes of a word, if it makes anything of it."""
    kind = _kind(parse, head, prep, to=_to(parse, n))
    above = held(parse, head, farthest - 1)
    token = parse[n]
    if kind == "tells" and parse[head].pos in ("NOUN", "PROPN"):
        return above  # "rejects claims that …": what becomes of the claim becomes of what is claimed
    nominal = token.pos in ("NOUN", "PROPN") and token.dep in ("dobj", "pobj", "nsubjpass")
    if prep is not None and kind is None and parse[head].dep == "advmod":  # "stopped short of signing"
        up = parse.head(head)
        if up is not None and (kind := _words().kinds.get(f"{parse[up].base} {parse[head].low}")) is not None:
            return _turned(held(parse, up, farthest - 2), kind)
    if kind is None:
        clause = token.dep in ("xcomp", "ccomp", "acomp", "attr", "oprd", "acl", "pcomp")
        if token.dep == "ccomp" and parse.children(n, *SUBJECTS):
            return replace(above, so=True, turned=False)  # "do not worry, the mayor is not ill"
        if token.dep == "acl" and not _to(parse, n):
            return replace(above, so=True, main=False) if parse.head(head) is not None else Held()
        if token.dep == "acl":
            return replace(above, level=max(above.level, Level.AHEAD), main=False)
        return above if clause or nominal or prep else replace(above, main=False)
    if token.dep == "dobj" and not nominal:
        return above
    return _turned(above, kind)


def _turned(above: Held, kind: str) -> Held:
    if kind == "holds":
        return above
    if kind == "fails":
        return replace(above, so=not above.so, refused=above.so, turned=True)
    if kind == "denies":
        return replace(above, so=not above.so, denied=above.so, refused=above.so, turned=True)
    if kind == "tells":
        return replace(above, so=True, spoken=True) if above.level is Level.SO else above
    return replace(above, level=max(above.level, Level.AHEAD if kind == "ahead" else Level.OPEN))


def _beside(parse: Parse, n: int, above: Held) -> Held:
    """What stands beside a word: "not", "will", "may", "nobody", "no" before what it does or befalls."""
    words = _words()
    found = above
    negated = False
    marks = {parse[c].low for c in parse.children(n, "mark")}
    level = found.level
    in_clause = parse[n].dep in ("nsubj", "nsubjpass", "dobj", "attr", "expl")  # its "no" is counted with the verb
    for child in parse.children(n, "neg", "aux", "advmod", "cc", "preconj", "det", "predet"):
        low = parse[child].low
        if parse[child].dep in ("det", "neg", "preconj") and in_clause and parse[n].pos in ("NOUN", "PROPN"):
            continue
        if low in words.negates and not (low in ("no", "not") and parse[child].dep == "det" and parse[n].pos == "VERB"):
            negated = not negated if low not in ("nor", "neither") else True
        elif low == "longer" and any(parse[c].low in ("no", "any") for c in parse.children(child)):
            negated = True
        elif parse[child].dep == "aux" and low in _WILL:
            level = max(level, Level.AHEAD)
        elif parse[child].dep == "aux" and low in _MAY:
            level = max(level, _may(parse, n, low))
        elif low in _MAYBE:
            level = max(level, Level.OPEN)
    for child in parse.children(n, "nsubj", "nsubjpass", "dobj", "attr", "expl"):
        own_no = any(
            parse[c].low in ("no", "neither", "not") and parse[c].dep in ("det", "advmod", "neg", "preconj")
            for c in parse.children(child)
        )
        if parse[child].low in words.nobody or (own_no and parse[child].pos in ("NOUN", "PROPN", "PRON", "NUM")):
            negated = not negated
    if marks & _IF:
        level = Level.OPEN
    return replace(found, so=found.so != negated, level=level, turned=found.turned or negated)


def _may(parse: Parse, n: int, low: str) -> Level:
    """ "could not open" is told as so, "could open" is left open; "cannot" and "would not" refuse."""
    negated = bool(parse.children(n, "neg"))
    return Level.SO if negated and low in ("could", "can", "ca", "would") else Level.OPEN


def _to(parse: Parse, n: int) -> bool:
    return any(parse[c].low == "to" for c in parse.children(n, "aux"))


def _kind(parse: Parse, n: int, prep: str | None = None, *, to: bool = False) -> str | None:
    """What a word makes of what it governs, with its particle or preposition if it has one."""
    kinds, base = _words().kinds, parse[n].base
    particle = next((parse[c].low for c in parse.children(n, "prt")), None)
    short = next((parse[c].low for c in parse.children(n, "advmod") if parse[c].low == "short"), None)
    for with_it in (particle, prep, short, "to" if to else None):
        if with_it is not None and (kind := kinds.get(f"{base} {with_it}")) is not None:
            return kind
    if particle is not None:
        return None
    low = parse[n].low  # a lemma may be wrong: "hop" for "hopes"
    forms = (base, low, low.removesuffix("s"), low.removesuffix("d"), low.removesuffix("ing") + "e")
    return next((kinds[form] for form in forms if form in kinds), None)
