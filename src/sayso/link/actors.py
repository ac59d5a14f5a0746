"""The same actor across reports: who is one party, under which name, and which body they speak for.

Each report names its actors by itself; here they are brought together over a ledger. Two rules keep it careful: two
different first names are never one person, and a role alone ("the governor") never joins two reports unless it names the
same office and the same place or body.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sayso.link.seats import SEATS
from sayso.model import Actor, ActorType, Extraction

# Words before a name that are no part of it.
HONORIFICS = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady rev reverend president vice prime minister chancellor governor
    gov senator sen representative rep mayor general gen colonel col lieutenant lt major maj captain capt sergeant sgt
    admiral commander cmdr king queen prince princess pope sheikh imam judge justice chief secretary ambassador spokesman
    spokeswoman spokesperson acting deputy former then""".split()
)
# Names that say what somebody is, not who: they stand for different people in different reports. A name that ends in one
# of them is no name ("regional officials"); an institution is one when words of its own stand before it ("Defence Ministry").
CROWD = frozenset(
    """official officials authority authorities policeman spokesman spokeswoman spokesperson governor mayor minister
    president general colonel lieutenant captain officer officers resident residents witness witnesses villager villagers
    expert experts analyst analysts doctor doctors medic medics rescuer rescuers soldier soldiers fighter fighters commander
    critics aide aides adviser lawyer lawyers prosecutor prosecutors man woman men women people message statement source
    sources third two three some many several one others representative diplomat diplomats activist activists he she they we
    it i who reports report nobody none anybody everyone exiles farmer information""".split()
)
INSTITUTIONS = frozenset(
    "police government ministry military army hospital party group media council parliament".split()
)
ACRONYM = 6  # letters of the longest name that is taken for an acronym
DEMONYM = 5  # letters that a country's name and its people's have in common ("Norland", "Norlandic")
LONGEST_NAME = 4  # words of a person's full name; more is a description
_FUNCTION = frozenset("the a an of for and in on at to from by with s its their his her our".split())
_OFFICES = frozenset(
    "governor mayor minister ministry president government police army parliament court council".split()
)


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as the ledger knows them. ``bodies`` are the words of the bodies they are or speak for, folded.

    ``named`` is False for a role or a crowd ("officials"), which is a party only within its own report.
    """

    key: str
    name: str
    named: bool
    bodies: frozenset[str] = frozenset()


@lru_cache(maxsize=100_000)
def fold(name: str) -> tuple[str, ...]:
    """A name as its plain words: no accents, case, articles, possessives or honorifics; y, j and i as one letter."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = re.sub(r"['’]s\b", "", plain).casefold()
    words = [w for w in re.findall(r"[^\W_]+", plain) if w not in _FUNCTION]
    while len(words) > 1 and words[0] in HONORIFICS:
        words = words[1:]
    return tuple(_transliterated(w) for w in words)


def fold_all(text: str) -> tuple[str, ...]:
    """The plain words of a role, honorifics kept: they are what a role is made of."""
    return tuple(_transliterated(w) for w in re.findall(r"[^\W_]+", text.casefold()) if w not in _FUNCTION)


def _transliterated(word: str) -> str:
    """Spellings of one name from another alphabet meet: Andriy and Andrij, Vyacheslav and Viacheslav."""
    return re.sub(r"i+", "i", re.sub(r"[yj]", "i", word)) if len(word) > 3 else word


def is_generic(words: tuple[str, ...]) -> bool:
    """Whether a folded name only tells a role, a crowd or a kind of institution."""
    return not words or words[-1] in _CROWD or all(w in _CROWD or w in _INSTITUTIONS or w.isdigit() for w in words)


def is_a_name(name: str) -> bool:
    """Whether words begin like a name: "Varn Council", "al-Mahdi"; not "rescuers from Varn", not "each government"."""
    words = re.findall(r"[^\W_][\w’'-]*", name)
    words = words[1:] if len(words) > 1 and words[0].casefold() in ("the", "a", "an") else words
    if not words or words[0].casefold() in _DISTRIBUTIVE:
        return False
    particle = re.split(r"[-’']", words[0])[0] in _PARTICLES
    return words[0][0].isupper() or particle or not any(w[0].islower() for w in words)


_DISTRIBUTIVE = frozenset("each every both either neither some several many most other another all any".split())
_PARTICLES = frozenset("al el de da di du la le van von der bin ibn abu".split())
_CROWD = frozenset(_transliterated(w) for w in CROWD)
_INSTITUTIONS = frozenset(_transliterated(w) for w in INSTITUTIONS)


def bring_together(extractions: Iterable[Extraction]) -> dict[tuple[str, str], Party]:
    """The party behind every (report id, actor id).

    1. Folded full names are one actor wherever they stand.
    2. A single surname is the one person of the ledger with that surname, if there is exactly one.
    3. An acronym is the one body of the ledger whose capitals it spells, if there is exactly one.
    4. A role is the one person of its report who holds it ("the governor" after "governor Ada Quill"), if there is
       exactly one; else it stays within its report, unless it names office and place alike.
    5. The government of a people is the one place of the ledger that is named so.
    """
    actors = _actors(extractions)
    people, bodies = _full_names(actors)
    longer = _longer_names(actors)
    places = _places(actors)
    display = _display_names(actors)
    roles: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for (report, _), (actor, names) in actors.items():
        words = _key(actor, names, people, bodies, longer)
        if actor.role and actor.type is ActorType.PERSON and not is_generic(words):
            for role in fold_all(actor.role):
                roles[report, role].add(words)
    parties: dict[tuple[str, str], Party] = {}
    for (report, identifier), found in sorted(actors.items()):
        actor, names = found
        words, held = _key(actor, names, people, bodies, longer), False
        words = _government_of(words, places)
        if is_generic(words) and len(holders := roles.get((report, words[-1] if words else ""), set())) == 1:
            words, held = next(iter(holders)), True
        named = not is_generic(words) and (held or is_a_name(actor.name))
        seat = seat_of(words) if actor.type is not ActorType.PERSON else None
        if seat:
            key = f"government {seat}"
        elif not named and _is_office(actor.name, words):
            key = "office " + " ".join(sorted(words))
        elif named:
            key = " ".join(words)
        else:
            key = f"{' '.join(words)} in {report}"
        name = display.get(words, actor.name) if named else actor.name
        parties[report, identifier] = Party(key, name, named, _bodies(actor, words, named))
    return parties


def _actors(extractions: Iterable[Extraction]) -> dict[tuple[str, str], tuple[Actor, tuple[str, ...]]]:
    found: dict[tuple[str, str], tuple[Actor, tuple[str, ...]]] = {}
    for extraction in extractions:
        chains = {chain.actor.id: tuple(sorted(chain.names)) for chain in extraction.actors}
        for statement in sorted(extraction.statements, key=lambda s: s.id):
            if statement.actor is None:
                continue
            place = extraction.report, statement.actor.id
            known = found.get(place)
            if known is None or (known[0].role is None and statement.actor.role is not None):
                found[place] = statement.actor, chains.get(statement.actor.id, ())
    return found


Named = Mapping[tuple[str, str], tuple[Actor, tuple[str, ...]]]


def _full_names(actors: Named) -> tuple[dict[str, set[tuple[str, ...]]], dict[str, set[tuple[str, ...]]]]:
    """Full names of people by surname, and names of bodies by the acronym they would have."""
    people: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    bodies: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for actor, _ in actors.values():
        words = fold(actor.name)
        if len(words) < 2 or is_generic(words):
            continue
        if actor.type is ActorType.PERSON and len(words) <= LONGEST_NAME:
            people[words[-1]].add(words)
        capitals = "".join(w[0] for w in re.findall(r"[^\W\d_]+", actor.name) if w[0].isupper())
        if len(capitals) >= 3:
            bodies[capitals.casefold()].add(words)
    return people, bodies


def _places(actors: Named) -> dict[str, set[tuple[str, ...]]]:
    """Places that speak or act in the ledger, by their first letters."""
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for actor, _ in actors.values():
        words = fold(actor.name)
        if actor.type is ActorType.PLACE and len(words) == 1 and not is_generic(words):
            found[words[0][:DEMONYM]].add(words)
    return found


def _government_of(words: tuple[str, ...], places: Mapping[str, set[tuple[str, ...]]]) -> tuple[str, ...]:
    """ "Norlandic government" is Norland, where one place of the ledger begins so."""
    if len(words) != 2 or words[1] not in ("government", "authorities") or len(words[0]) < DEMONYM:
        return words
    meant = places.get(words[0][:DEMONYM], set())
    return next(iter(meant)) if len(meant) == 1 else words


def _longer_names(actors: Named) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """For the beginning of a body's name ("Freedom Legion"), the fuller names that begin so."""
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for actor, _ in actors.values():
        if actor.type is ActorType.PERSON:
            continue
        for name in actor.name.split(" and "):
            words = fold(name)
            for size in range(2, len(words) if not is_generic(words) else 0):
                found[words[:size]].add(words)
    return found


def _key(
    actor: Actor,
    names: tuple[str, ...],
    people: Mapping[str, set[tuple[str, ...]]],
    bodies: Mapping[str, set[tuple[str, ...]]],
    longer: Mapping[tuple[str, ...], set[tuple[str, ...]]],
) -> tuple[str, ...]:
    words = fold(actor.name)
    if is_generic(words):
        return words
    if len(words) > 1:
        fuller = longer.get(words, set()) if actor.type is not ActorType.PERSON else set()
        return next(iter(fuller)) if len(fuller) == 1 else words
    if actor.name.isupper() and len(actor.name) <= ACRONYM:
        spelled = bodies.get(actor.name.casefold(), set())
        return next(iter(spelled)) if len(spelled) == 1 else words
    full = {fold(n) for n in names if len(fold(n)) > 1 and fold(n)[-1] == words[0]} or people.get(words[0], set())
    if len(full) == 1 and actor.type in (ActorType.PERSON, ActorType.UNKNOWN, ActorType.ORGANIZATION):
        return next(iter(full))
    return words


def _display_names(actors: Named) -> dict[tuple[str, ...], str]:
    """The spelling that most reports use for a folded name; the shortest, then the first in order, among equals."""
    counts: dict[tuple[str, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for actor, _ in actors.values():
        counts[fold(actor.name)][actor.name] += 1
    return {words: min(spellings, key=lambda n: (-spellings[n], len(n), n)) for words, spellings in counts.items()}


def _is_office(name: str, words: tuple[str, ...]) -> bool:
    """A role that names its office and a place or body ("Ilvane governor"): the same holder in every report."""
    return (
        bool(_OFFICES & set(words))
        and any(w[0].isupper() for w in name.split()[1:] or name.split()[:1])
        and len(words) > 1
    )


_RUN = re.compile(r"(?:[A-Z][\w’']*(?:\s+(?:of|for|the)\s+)?\s*)+")
# "the leading general in Haiti" holds no office of Haiti.
_PLACED = re.compile(r"\b(?:in|to|from|at|near|on|across|outside)\s+(?:the\s+)?$", re.IGNORECASE)


def _bodies(actor: Actor, words: tuple[str, ...], named: bool) -> frozenset[str]:
    """The capitalised words of a role, or the whole name of a body: what ties a spokesman to the ministry."""
    found: set[str] = set()
    if " and " in actor.name:  # "the Ministry and the Guard": each speaks
        found.update(" ".join(fold(part)) for part in actor.name.split(" and "))
    for text in (actor.role or "", "" if named else actor.name):
        found.update(" ".join(fold(m.group())) for m in _RUN.finditer(text) if not _PLACED.search(text[: m.start()]))
    if named and actor.type is not ActorType.PERSON:
        found.add(" ".join(words))
    kept = {f for f in found if f and not is_generic(tuple(f.split()))}
    return frozenset(f"government {seat}" if (seat := seat_of(tuple(f.split()))) else f for f in kept)


def seat_of(words: tuple[str, ...]) -> str | None:
    """The country whose government a folded name stands for ("the Kremlin", "Haitian government"), or None.

    A demonym is known by its first four letters ("Haitian", "Russian"); where that fails the name stays as it is.
    """
    seat = _FOLDED_SEATS.get(" ".join(words))
    if seat is None and len(words) == 2 and words[1] in ("government", "authorities") and len(words[0]) > 4:
        seat = next((c for key, c in sorted(_FOLDED_SEATS.items()) if key[:4] == words[0][:4] and len(key) > 3), None)
    return seat


_FOLDED_SEATS = {" ".join(fold(seat)): country for seat, country in SEATS.items()}


def same_party(a: Party, b: Party) -> str | None:
    """The reason why two parties answer for one another: the same actor, or the same body; else None."""
    if a.key == b.key:
        return f"the same actor ({a.name})"
    shared = a.bodies & b.bodies
    # A bare name of a country or town is no body: two spokesmen of one country may differ.
    shared = frozenset(body for body in shared if len(body.split()) > 1 or body in (a.key, b.key))
    if shared:
        return f"the same body ({min(shared)})"
    return None
