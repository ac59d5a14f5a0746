"""How words reached the report: the relays between speaker and outlet, and the medium they were said on.

Both are read off the words around an attribution (`scene`), not off the parse: what is told to whom stands between cue and
content, and the rest of the sentence says who carried it. `HOPS` is the list of forms, nearest to the speaker first.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sayso.extract.scene import BLANK, Scene
from sayso.model import Hop, HopKind


@dataclass(frozen=True)
class _Carriers:
    agencies: frozenset[str]
    outlets: frozenset[str]
    carrier_words: frozenset[str]
    channels: re.Pattern[str]
    media: re.Pattern[str]
    medium_of: dict[str, str]


@lru_cache(maxsize=1)
def _carriers() -> _Carriers:
    with (files("sayso.extract") / "data" / "relays.toml").open("rb") as file:
        data = tomllib.load(file)
    medium_of = {word: medium for medium, words in data["media"].items() for word in words}
    return _Carriers(
        frozenset(data["agencies"]),
        frozenset(data["outlets"]),
        frozenset(data["carrier_words"]),
        re.compile(
            rf"\b(?:on|via|through|to|using|over)\s+(?:(?!that\b)[\w’'-]+\s+){{0,3}}?({_any_of(data['channels'])})\b",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b(?:on|in|via|through|at|during|from|by|over)\s+(?:(?!that\b)[\w’'-]+\s+){{0,5}}?({_any_of(medium_of)})\b",
            re.I,
        ),
        medium_of,
    )


def _any_of(words: Sequence[str] | dict[str, str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def carrier_kind(name: str) -> HopKind | None:
    """Whether a name is that of an agency or an outlet; None when nothing says so."""
    lists = _carriers()
    plain = re.sub(r"^the ", "", name.lower())
    words = re.findall(r"[\w-]+", plain)
    if plain in lists.agencies or any(w in lists.agencies for w in words) or {"agency", "agencies"} & {*words}:
        return HopKind.AGENCY
    if plain in lists.outlets or any(w in lists.carrier_words or w in lists.outlets for w in words):
        return HopKind.OUTLET
    return None


# ---------------------------------------------------------------------------------------------------
# Relays

_TELLS = re.compile(r"\b(?:told|tells?|telling|informed|informs)\b", re.IGNORECASE)
_TALKING = re.compile(
    r"\b(?:speaking|talking|spoke|speaks|remarks|comments|statements?|interviews?|interviewed|e?-?mail|message|letter|phone call)"
    r"(?: \w+)? (?:to|with|by|for|given to|sent to|on) ",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"\b(?:quoted|cited|carried|published|broadcast|aired|released|relayed|distributed|shared|reported|posted)"
    r"(?: (?!by\b)\w+)?(?: by| in| on) ",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\baccording to ", re.IGNORECASE)
_QUOTES = re.compile(rf" (?:has |had |also )?(?:quot|cit)(?:ed|es|ing) (?:[{BLANK}\s]+|\w+ )as\b", re.IGNORECASE)
_REPORTS = re.compile(r" (?:has |had |also |later )?report(?:ed|s)\b", re.IGNORECASE)

# A noun phrase after one of the forms ends at one of these.
_STOPS = frozenset(
    """that in on at by when as after during from while who which where whose adding saying and or but with for about before since
    until how why whether if because because via over under through late early yesterday today monday tuesday wednesday thursday
    friday saturday sunday earlier later it he she they there this these those was were is are has had have would could will not
    said says to""".split()
)
_JOINS = frozenset("of for the de la al el and &".split())
_WORD = re.compile(r"[\w’'.&/-]+")


def relay_of(scene: Scene) -> tuple[Hop, ...]:
    """The relays of one attribution, nearest to the speaker first.

    "told Radio Dorn", "on Telegram", "was quoted by the Courier as saying", "according to state agency Belta".
    """
    hops: list[Hop] = []
    for read in HOPS:
        for hop in read(scene):
            if not any(h.span.overlaps(hop.span) for h in hops):
                hops.append(hop)
    return tuple(hops)


def _channel(scene: Scene) -> Iterator[Hop]:
    """ "wrote on Telegram", "in a video posted to YouTube"."""
    for match in _carriers().channels.finditer(scene.rest):
        yield Hop(match.group(1), HopKind.CHANNEL, scene.span(*match.span(1)))


def _told(scene: Scene) -> Iterator[Hop]:
    """ "told Radio Dorn that …": the one told, when it carries news."""
    match = _TELLS.search(scene.rest, *scene.cue)
    if match:
        start = max(match.end(), scene.cue[1])
        yield from _phrase_after(scene, start)


def _talking(scene: Scene) -> Iterator[Hop]:
    """ "speaking to the Courier", "in an interview with Radio Dorn"."""
    for match in _TALKING.finditer(scene.rest):
        yield from _phrase_after(scene, match.end())


def _carried(scene: Scene) -> Iterator[Hop]:
    """ "was quoted by the Courier as saying", "in remarks carried by state television"."""
    for match in _CARRIED.finditer(scene.rest):
        quoting = match.group().lower().startswith(("quoted", "cited"))
        yield from _phrase_after(scene, match.end(), any_name=quoting)


def _quoting(scene: Scene) -> Iterator[Hop]:
    """ "Belta quoted him as saying", and a bare "…, the Courier reported" beside another cue."""
    for match in _QUOTES.finditer(scene.rest):
        yield from _phrase_before(scene, match.start(), any_name=True)
    for match in _REPORTS.finditer(scene.rest):
        if not scene.cue[0] <= match.end() - 1 < scene.cue[1]:
            yield from _phrase_before(scene, match.start())


def _according(scene: Scene) -> Iterator[Hop]:
    """An "according to X" beside another cue: X hands it on."""
    for match in _ACCORDING.finditer(scene.rest):
        if not scene.cue[0] <= match.start() < scene.cue[1]:
            yield from _phrase_after(scene, match.end(), any_name=True)


HOPS = (_channel, _told, _talking, _carried, _quoting, _according)


def _phrase_after(scene: Scene, start: int, *, any_name: bool = False) -> Iterator[Hop]:
    words: list[tuple[int, int]] = []
    at = start
    for match in _WORD.finditer(scene.rest, start):
        gap = scene.rest[at : match.start()]
        word = match.group()
        if (words and gap.strip()) or (not words and gap.strip(" \"“'")) or BLANK in gap:
            break
        if word.lower() in _STOPS and not _joins(scene.rest, match.end(), word, bool(words)):
            break
        words.append(match.span())
        at = match.end()
        if len(words) == 10 or (word.endswith((".", "'s", "’s")) and not word.isupper() and not words):
            break
    yield from _hop(scene, words, any_name)


def _phrase_before(scene: Scene, end: int, *, any_name: bool = False) -> Iterator[Hop]:
    words: list[tuple[int, int]] = []
    at = end
    for match in reversed(list(_WORD.finditer(scene.rest, 0, end))):
        gap = scene.rest[match.end() : at]
        if gap.strip() or BLANK in gap or (match.group().lower() in _STOPS and not words):
            break
        if match.group().lower() in _STOPS - {"and"}:
            break
        words.insert(0, match.span())
        at = match.start()
    yield from _hop(scene, words, any_name)


def _joins(text: str, end: int, word: str, inside: bool) -> bool:
    """Whether "and", "of" or the like stands inside a name: a capital follows at once."""
    following = text[end : end + 2].strip()
    return inside and word.lower() in _JOINS and following[:1].isupper()


def _hop(scene: Scene, words: Sequence[tuple[int, int]], any_name: bool) -> Iterator[Hop]:
    """The hop that a noun phrase names: its last run of capitals, or all of it when it has no name ("state television")."""
    phrase = [scene.rest[a:b] for a, b in words]
    while phrase and phrase[0].lower() in ("the", "a", "an", "its", "his", "her", "their"):
        phrase, words = phrase[1:], words[1:]
    if not phrase:
        return
    kind = carrier_kind(" ".join(phrase))
    named = [n for n, word in enumerate(phrase) if word[:1].isupper()]
    shouting = scene.rest.upper() == scene.rest
    if named and not shouting:
        first = named[-1]
        while first > 0 and (phrase[first - 1][:1].isupper() or (phrase[first - 1] in _JOINS and first > 1)):
            first -= 1
        while phrase[first] in _JOINS:
            first += 1
        last = named[-1]
        if kind is None and carrier_kind(" ".join(phrase[first : last + 1])) is None and phrase[last].isupper():
            kind = HopKind.OUTLET if 2 <= len(phrase[last]) <= 6 else None
    elif kind is not None:
        first, last = 0, len(phrase) - 1
    else:
        return
    if kind is None:
        if not (any_name and named) or shouting:
            return
        kind = HopKind.ACTOR
    start, end = words[first][0], words[last][1]
    name = re.sub(r"(?:['’]s|\.)$", "", scene.rest[start:end])
    yield Hop(name, kind, scene.span(start, start + len(name)))


# ---------------------------------------------------------------------------------------------------
# Medium

_TO_REPORTERS = re.compile(
    r"^\W*(?:the |a |an |some |local |foreign |assembled )*(?:\w+ )?(?:reporters|journalists|press|newsmen|(?:news|press) (?:conference|briefing)|"
    r"briefing)\b",
    re.IGNORECASE,
)


def medium_of(scene: Scene) -> str | None:
    """The medium that the words name: beside the cue ("on Telegram", "told reporters"), or as the source ("the report")."""
    lists = _carriers()
    if scene.addressee and _TELLS.search(scene.cue_words) and _TO_REPORTERS.match(scene.rest[slice(*scene.addressee)]):
        return "briefing"
    match = lists.media.search(scene.rest)
    if match:
        return lists.medium_of[match.group(1).lower()]
    if re.search(r"\btweet(?:s|ed)\b", scene.cue_words, re.IGNORECASE):
        return "x"
    source = [scene.passage.doc[i] for i in scene.found.source]
    for token in source:
        word = lists.medium_of.get(token.lower_) or lists.medium_of.get(token.lemma_.lower())
        if word and (token.head not in source or token.dep_ in ("compound", "nmod")):
            return word
    return None
