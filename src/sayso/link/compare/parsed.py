"""The words of a short text as the parser read them, and what stands where in a clause: enough of a parse to ask who does what to whom.

Linking never parses. Whoever makes a `sayso.link.compare.texts.Text` hands over its parse as plain values (`sayso.short_texts` does);
without one, the comparisons that need it find nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.link.words import stem

SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: as written, its lemma, part of speech and tag, and by which relation it hangs on which other (by number)."""

    word: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int

    @property
    def low(self) -> str:
        return self.word.casefold()

    @property
    def base(self) -> str:
        return self.lemma.casefold()


@dataclass(frozen=True)
class Parse:
    """The tokens of a text, with what hangs on each."""

    tokens: tuple[Token, ...]

    @cached_property
    def _children(self) -> Sequence[tuple[int, ...]]:
        below: list[list[int]] = [[] for _ in self.tokens]
        for n, token in enumerate(self.tokens):
            if token.head != n and 0 <= token.head < len(self.tokens):
                below[token.head].append(n)
        return tuple(map(tuple, below))

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, n: int) -> Token:
        return self.tokens[n]

    def children(self, n: int, *deps: str) -> tuple[int, ...]:
        """What hangs on a word, by these relations if any are given."""
        return tuple(c for c in self._children[n] if not deps or self.tokens[c].dep in deps)

    def first(self, n: int, *deps: str) -> int | None:
        return next(iter(self.children(n, *deps)), None)

    def head(self, n: int) -> int | None:
        """What a word hangs on; None for the root of a sentence."""
        head = self.tokens[n].head
        return None if head == n else head

    def subtree(self, n: int, leaving_out: tuple[str, ...] = ()) -> Iterator[int]:
        """A word with all that hangs on it, but for what hangs by these relations."""
        waiting = [n]
        while waiting:
            n = waiting.pop()
            yield n
            waiting += [c for c in self._children[n] if self.tokens[c].dep not in leaving_out]

    def asked(self, n: int) -> bool:
        """Whether the sentence of a word ends with a question mark."""
        for token in self.tokens[n:]:
            if token.word.strip() in (".", "!"):
                return False
            if "?" in token.word:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something that a clause speaks of: the stem of its head, of the words that name it, and of all that describe it.

    ``head`` is empty for a pronoun, which may stand for anybody.
    """

    head: str
    core: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    pronoun: bool = False
    proper: bool = False
    plain: bool = False  # a name, or a common noun written as one: in a headline Like This, capitals tell neither
    indefinite: bool = False  # "a man", "two pandas": in another text it may be another
    words: str = ""


_CORE = ("compound", "appos", "amod", "nmod", "flat")
_BESIDE = ("relcl", "acl", "advcl", "punct", "det", "cc", "conj", "preconj", "appos")
_NO_MORE = frozenset("""all both some many several former own other people same new more most least late last latest
    next""".split())  # fmt: skip

# "dozens of shells": the shells.
_AMOUNTS = frozenset("""dozen score hundred thousand million number majority group handful lot plenty pair couple series all
    most some many none rest half part""".split())  # fmt: skip


def named(parse: Parse, n: int) -> Named:
    """What the noun phrase around a word names. An article, a clause or a number in it tells two of them no more apart."""
    token = parse[n]
    if (
        token.base in _AMOUNTS
        and (of := next((c for c in parse.children(n, "prep") if parse[c].low == "of"), None)) is not None
    ):
        counted = parse.first(of, "pobj")
        if counted is not None:
            return named(parse, counted)
    if token.pos in ("PRON", "DET") or token.low in ("one", "ones"):
        return Named("", pronoun=True, words=token.word)
    core = {n, *(c for c in parse.children(n, *_CORE) if parse[c].pos in ("NOUN", "PROPN", "ADJ", "VERB"))}
    core |= {d for c in list(core - {n}) for d in parse.children(c, "compound", "flat")}
    inside = [
        c
        for c in parse.subtree(n, _BESIDE)
        if parse[c].pos in ("NOUN", "PROPN", "ADJ", "VERB", "X") and parse[c].low not in _NO_MORE
    ]
    return Named(
        stem(token.base if token.pos != "PROPN" else token.word),
        frozenset(stem_of(parse[c]) for c in core),
        frozenset(stem_of(parse[c]) for c in {*inside, *core}),
        proper=token.pos == "PROPN",
        plain=(token.pos == "PROPN") != (token.word.islower() or (n == 0 and token.pos == "NOUN")),
        indefinite=token.pos == "NOUN" and _indefinite(parse, n),
        words=token.word,
    )


def _indefinite(parse: Parse, n: int) -> bool:
    beside = [parse[c] for c in parse.children(n, "det", "nummod", "poss") if c < n]
    return any(t.low in ("a", "an", "some", "another") or t.dep == "nummod" for t in beside) and not any(
        t.low in ("the", "this", "these", "that", "those") or t.dep == "poss" for t in beside
    )


def stem_of(token: Token) -> str:
    return stem(token.word if token.pos in ("PROPN", "X") else token.base)


def aligned(mine: Named | None, theirs: Named | None) -> bool | None:
    """Whether two phrases can name one thing: True or False, None where one is missing or a pronoun.

    They can if the head of one stands among the words that name the other, and not each has a description that the other lacks
    ("the trial in Dorn", "the trial in Maddock").
    """
    if mine is None or theirs is None or mine.pronoun or theirs.pronoun:
        return None
    if mine.head != theirs.head and mine.head not in theirs.core and theirs.head not in mine.core:
        return False
    return not (mine.stems - theirs.stems and theirs.stems - mine.stems)
