"""How words reached the report: the relays between speaker and outlet.

They are read off the words around an attribution (`scene`), not off the parse: what is told to whom stands between cue and
content, and the rest of the sentence says who carried it. `HOPS` is the list of forms, nearest to the speaker first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.extract.carriers import carrier_kind, carriers
from sayso.extract.gazetteer import demonyms
from sayso.extract.names import actor_words
from sayso.extract.scene import BLANK, TELLS, Scene
from sayso.model import Hop, HopKind

_TALKING = re.compile(
    r"\b(?:speaking|talking|spoke|speaks|remarks|comments|statements?|interviews?|interviewed|e?-?mail|message|letter|"
    r"(?:tele)?phone calls?)"
    r"(?: \w+)? (?:to|with|by|for|given to|sent to|on) ",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"\b(?:(?:quoted|cited)(?: as saying)?|carried|published|broadcast|aired|released|relayed|distributed|circulated|shared|reported|posted|obtained|"
    r"seen|consulted|contacted|interviewed|reviewed|read out|read|sent|e-?mailed|given|summari[sz]ed|translated) "
    r"(?:(?!by\b|in\b|on\b|to\b)\w+ )?(?:by|in|on|to|with) ",
    re.IGNORECASE,
)
_CARRIES = re.compile(
    r"\b(?:that|which) (?P<who>(?:[\w’'.&-]+ ){1,7}?)(?:has |had |later |first |also )?"
    r"(?:carried(?! out\b)|published|broadcast|aired|released|relayed|distributed|"
    r"posted|obtained|ran|printed|shared|quoted)\b",
    re.IGNORECASE,
)
_SPOKE_TO = re.compile(
    r"\b(?:interviewed by|quoted by|contacted by|consulted by|reached by|spoke to|speaking to|talked to|told) ",
    re.IGNORECASE,
)
_THROUGH = re.compile(r"\bthrough (?=(?:a|an|his|her|its|their|the)\b)", re.IGNORECASE)
# Right behind the cue, or the speaker behind it: "declared on Channel Two", "said Kell to Radio Dorn".
_BESIDE = re.compile(rf"[{BLANK}\s]*(?:on|in|to|for) (?=\w)", re.IGNORECASE)
_A_REPORT_BY = re.compile(
    r"(?:(?:a|an|the|its|their|one) )?(?:\w+ )?(?:summary|report|reports|transcript|account|dispatch|article|recording|copy|translation) "
    r"(?:by|in|from|on|of) ",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\b(?:according to|as per) ", re.IGNORECASE)
_QUOTES = re.compile(
    rf" (?:has |had |also )?(?:quot|cit)(?:ed|es|ing) (?:[{BLANK}\s]+|\w+ )(?:(?:on|late on|early on) \w+ )?as\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(r" (?:has |had |also |later )?(?:report(?:ed|s)|said|says)\b", re.IGNORECASE)

_WATCHERS = frozenset("monitor monitoring observatory watch watchdog rights".split())  # they hand on what they are told
_CLOSES = re.compile(r"(?: (?:on|late|early|in) [\w ]{1,20})?\s*(?:[,.;]|$)")
_BODIES = frozenset(
    "treasury reserve un nations senate assembly congress commission parliament chamber knesset duma bundestag union summit pope".split()
)
_KIN = frozenset(
    "cousin aunt uncle nephew niece colleague spokesman spokeswoman publicist family relative lawyer".split()
)
# To whom words are told that hands nothing on.
_OCCASION = re.compile(
    r"\b(?:conference|briefing|interview|hearing|meeting|inquiry|court|parliament|committee|reporters|journalists|rally|session)s?\b",
    re.I,
)
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
    for match in carriers().channels.finditer(scene.rest):
        yield Hop(match.group(1), HopKind.CHANNEL, scene.span(*match.span(1)))


def _told(scene: Scene) -> Iterator[Hop]:
    """ "told Radio Dorn that …": the one told, when it carries news."""
    match = TELLS.search(scene.rest, *scene.cue)
    if match:
        start = max(match.end(), scene.cue[1])
        yield from _phrase_after(scene, start, name_is=HopKind.OUTLET if _told_a_body(scene, start) else None)
    else:  # "promised the wire service Altapress"
        yield from (hop for hop in _phrase_after(scene, scene.cue[1]) if carrier_kind(_around(scene, hop)))


def _around(scene: Scene, hop: Hop) -> str:
    """The words from the cue to the end of a hop: "the wire service Altapress"."""
    return scene.rest[scene.cue[1] : hop.span.end - scene.passage.start - scene.start].strip()


def _told_a_body(scene: Scene, start: int) -> bool:
    """Whether what is told is told to a body by its name: "told The New Dorn", "told the Ostra Post", but not "told the Dornish"."""
    named = re.match(r"\s*(?P<the>[Tt]he |al-)?(?P<name>[A-Z][\w-]+)", scene.rest[start:])
    if not named:
        return False
    at = scene.start + start + named.start("name")
    token = scene.passage.token_at(at)
    kind = token.ent_type_ if token is not None and token.idx == at else ""
    if named["the"] == "The ":
        return True  # a capital inside a sentence: part of a title
    return kind not in ("GPE", "NORP", "PERSON") if named["the"] else kind == "ORG"


def _talking(scene: Scene) -> Iterator[Hop]:
    """ "speaking to the Courier", "in an interview with Radio Dorn"."""
    for match in _TALKING.finditer(scene.rest):
        yield from _phrase_after(scene, match.end())


def _carried(scene: Scene) -> Iterator[Hop]:
    """ "was quoted by the Courier as saying", "in remarks carried by state television"."""
    for match in _CARRIED.finditer(scene.rest):
        quoting = match.group().lower().startswith(("quoted", "cited"))
        by = match.group().lower().endswith(" by ")
        yield from _phrase_after(
            scene, match.end(), any_name=quoting, name_is=HopKind.OUTLET if by and not quoting else None
        )
    for match in _CARRIES.finditer(scene.rest):
        yield from _phrase_after(scene, match.start("who"), until=match.end("who"), name_is=HopKind.OUTLET)


def _through(scene: Scene) -> Iterator[Hop]:
    """ "through his lawyer", "declared on Channel Two", "confirmed to state television"."""
    for match in _THROUGH.finditer(scene.rest):
        yield from _phrase_after(scene, match.end(), any_name=True)
    beside = _BESIDE.match(scene.rest, scene.cue[1])
    if beside:
        yield from _phrase_after(scene, beside.end())


def _quoting(scene: Scene) -> Iterator[Hop]:
    """ "Belta quoted him as saying", and a bare "…, the Courier reported" beside another cue."""
    for match in _QUOTES.finditer(scene.rest):
        yield from _phrase_before(scene, match.start(), any_name=True)
    for match in _REPORTS.finditer(scene.rest):
        at = scene.start + match.end() - 1
        verb = scene.passage.token_at(at)
        if not scene.cue[0] <= match.end() - 1 < scene.cue[1] and verb is not None and verb.pos_ == "VERB":
            reports = "report" in match.group().lower()
            if not reports and not _CLOSES.match(scene.rest, match.end()):
                continue  # "the road is closed, and Radio Dorn said …" tells something else
            yield from _phrase_before(scene, match.start(), name_is=HopKind.OUTLET if reports else None)


def _according(scene: Scene) -> Iterator[Hop]:
    """An "according to X" beside another cue: X hands it on."""
    for match in _ACCORDING.finditer(scene.rest):
        if not scene.cue[0] <= match.start() < scene.cue[1]:
            report = _A_REPORT_BY.match(scene.rest, match.end())
            yield from _phrase_after(scene, report.end() if report else match.end(), any_name=True)


def _in_source(scene: Scene) -> Iterator[Hop]:
    """ "Deserters interviewed by the Review said", "two mechanics who spoke to the Courier"."""
    if not scene.found.source:
        return
    first, last = (scene.passage.doc[i] for i in (scene.found.source[0], scene.found.source[-1]))
    start, end = first.idx - scene.start, last.idx + len(last) - scene.start
    whole = replace(scene, rest=scene.passage.text[scene.start : scene.start + len(scene.rest)])
    if 0 <= start < end <= len(whole.rest):
        for match in _SPOKE_TO.finditer(whole.rest, start, end):
            yield from _phrase_after(whole, match.end(), until=end)


HOPS = (_channel, _told, _talking, _in_source, _through, _carried, _quoting, _according)


def _phrase_after(
    scene: Scene, start: int, *, until: int | None = None, any_name: bool = False, name_is: HopKind | None = None
) -> Iterator[Hop]:
    """The hop that the noun phrase at ``start`` names. ``any_name``: any name or person passes it on (an actor); ``name_is``:
    a name that no list knows is one of these."""
    words: list[tuple[int, int]] = []
    at = start
    for match in _WORD.finditer(scene.rest, start, len(scene.rest) if until is None else until):
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
    yield from _hop(scene, words, any_name, name_is)


def _phrase_before(scene: Scene, end: int, *, any_name: bool = False, name_is: HopKind | None = None) -> Iterator[Hop]:
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
    yield from _hop(scene, words, any_name, name_is)


def _joins(text: str, end: int, word: str, inside: bool) -> bool:
    """Whether "and", "of" or the like stands inside a name: a capital follows at once."""
    following = text[end : end + 2].strip()
    return inside and word.lower() in _JOINS and following[:1].isupper()


def _hop(
    scene: Scene, words: Sequence[tuple[int, int]], any_name: bool, name_is: HopKind | None = None
) -> Iterator[Hop]:
    """The hop that a noun phrase names: its last run of capitals, or all of it when it has no name ("state television")."""
    phrase = [scene.rest[a:b] for a, b in words]
    while phrase and phrase[0].lower() in ("the", "a", "an", "its", "his", "her", "their"):
        phrase, words = phrase[1:], words[1:]
    if not phrase:
        return
    if _OCCASION.search(" ".join(phrase)):
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
    elif any_name and phrase[-1].lower().rstrip("s") in actor_words().person | _KIN and not shouting:
        kind, first, last = HopKind.ACTOR, 0, len(phrase) - 1  # "according to his lawyer"
    else:
        return
    lone = kind is not None and bool(named) and not shouting and first == last and len(phrase) > 1
    opening = words[0][0] == len(scene.rest) - len(scene.rest.lstrip())
    if lone and (phrase[first].lower() in demonyms() or (opening and first == 0)):
        first, last = 0, len(phrase) - 1  # "Syrian state media": the adjective alone names nobody
    if kind is None:
        body = {w.lower() for w in phrase} & (actor_words().common | _BODIES)
        watches = name_is is not None and bool({w.lower() for w in phrase} & _WATCHERS)
        kind = name_is if name_is is not None and not body and named else HopKind.ACTOR if any_name or watches else None
        if kind is None or not named or shouting:
            return
    start, end = words[first][0], words[last][1]
    name = re.sub(r"(?:['’]s|\.)$", "", scene.rest[start:end])
    yield Hop(name, kind, scene.span(start, start + len(name)))
