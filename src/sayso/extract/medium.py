"""The medium that words were said on ("on Telegram", "told reporters", "the letter says"), off the words around an attribution."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.extract.carriers import carriers
from sayso.extract.scene import TELLS, Scene
from sayso.model import Act, Hop

_TO_REPORTERS = re.compile(
    r"^\W*(?:the |a |an |some |local |foreign |assembled )*(?:\w+ )?(?:reporters|journalists|press|newsmen|(?:news|press) (?:conference|briefing)|"
    r"briefing|media)\b",
    re.IGNORECASE,
)


def medium_of(scene: Scene, relay: Sequence[Hop] = (), act: Act = Act.ASSERT) -> str | None:
    """The medium that the words name: beside the cue ("on Telegram", "told reporters"), in it ("the letter says"), by whom they
    were told ("told Radio Dorn"), or as the source ("the report", "state television")."""
    lists = carriers()
    if TELLS.search(scene.cue_words) and _TO_REPORTERS.match(scene.rest[slice(*scene.addressee)]):
        return "briefing"
    match = lists.media.search(scene.rest)
    if match:
        return lists.medium_of[match.group(1).lower()]
    if re.search(r"\btweet(?:s|ed)\b", scene.cue_words, re.IGNORECASE):
        return "x"
    for i in scene.found.cue:
        token = scene.passage.doc[i]
        if token.pos_ == "NOUN" and token.lower_ in lists.medium_of and token.lower_ not in _CUE_NOUNS:
            return lists.medium_of[token.lower_]
    for hop in relay:
        for word in re.findall(r"\w+", hop.name.lower()):
            if lists.medium_of.get(word) in ("radio", "television"):
                return lists.medium_of[word]
    if act not in _SAYING:
        return None  # "Radio Dorn denied …" is the station speaking for itself
    source = [scene.passage.doc[i] for i in scene.found.source]
    first = next((t for t in source if t.pos_ in ("NOUN", "PROPN")), None)
    for token in source:
        word = lists.medium_of.get(token.lower_)
        heads = token.head not in source or token.dep_ in ("compound", "nmod") or token == first
        if word and (heads or (token.dep_ == "pobj" and word == "website")):
            return word
    return None


_CUE_NOUNS = frozenset(
    "report reports statement statements release interview address".split()
)  # acts of speech, not what carries it
_SAYING = (Act.ASSERT, Act.ASSESS, Act.PREDICT, Act.CONFIRM, Act.ACCUSE, Act.ORDER)
