"""The cue lexicon, read from ``data/cues.toml``: which words report that somebody says something."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sayso.extract.forms import inflections, plurals
from sayso.model import Act


@dataclass(frozen=True, slots=True)
class Cue:
    """How a reporting word behaves: the act it performs and what can be its content."""

    lemma: str
    act: Act
    frames: frozenset[str] = frozenset()
    hedge: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    verbs: dict[str, Cue]
    nouns: dict[str, Cue]
    prepositions: tuple[str, ...]
    verb_forms: dict[str, str]  # "denied" -> "deny"
    noun_forms: dict[str, str]  # "denials" -> "denial"
    adverbs: dict[str, Cue]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon. A lemma in several groups gets the act of the first and the frames of all."""
    with (files("sayso.extract") / "data" / "cues.toml").open("rb") as file:
        data = tomllib.load(file)
    verbs: dict[str, Cue] = {}
    for group in data["verb"]:
        for lemma in group["lemmas"]:
            frames = frozenset(group["frames"])
            known = verbs.get(lemma)
            verbs[lemma] = (
                Cue(lemma, known.act, known.frames | frames, known.hedge)
                if known
                else Cue(lemma, Act(group["act"]), frames, group.get("hedge", False))
            )
    nouns = {lemma: Cue(lemma, Act(group["act"])) for group in data["noun"] for lemma in group["lemmas"]}
    return Lexicon(
        verbs,
        nouns,
        tuple(words for group in data["preposition"] for words in group["words"]),
        {form: lemma for lemma in reversed(verbs) for form in inflections(lemma)},
        {form: lemma for lemma in reversed(nouns) for form in plurals(lemma)},
        {word: Cue(word, Act(group["act"]), hedge=True) for group in data["adverb"] for word in group["lemmas"]},
    )
