"""The actors of all reports, sorted by what they are called: members of one name stand together, before any name is compared.

What only tells a role or a kind of body ("officials", "the governor", "Defence Ministry"), and a bare surname, stays with its
report: which one is meant, the rest of the ledger has to say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sayso.link.actors_alike import body_key, is_bare_institution
from sayso.link.actors_names import LONGEST_NAME, fold, fold_all, is_a_name, is_generic
from sayso.link.offices import Office, read_office
from sayso.link.seats import Words, body_words, state_named
from sayso.model import Actor, ActorType, Extraction

Place = tuple[str, str]
"""A report and the id of an actor in it."""

# What stands before a person's full name and is no part of it: "the Courier's Ada Quill".
_EMPLOYED = re.compile(r"((?:the )?[A-Z][\w ]*['’]s )(?=[A-Z]\w+ [A-Z])")


@dataclass(frozen=True)
class Member:
    """An actor of one report, with all roles it is given there and the names it has there."""

    report: str
    actor: Actor
    roles: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def place(self) -> Place:
        return self.report, self.actor.id

    @cached_property
    def words(self) -> Words:
        return fold(self.actor.name.removeprefix(self.employer))

    @cached_property
    def employer(self) -> str:
        """What stands before a person's full name: "the Courier's " of "the Courier's Ada Quill"."""
        found = _EMPLOYED.match(self.actor.name) if self.actor.type is ActorType.PERSON else None
        return found.group(1) if found else ""


@dataclass(frozen=True, eq=False)
class Node:
    """Members of one name. ``kind`` is what most of them are; ``own`` says that it stays with its report until a rule or a
    person leads it elsewhere."""

    id: str
    words: Words
    kind: ActorType
    members: tuple[Member, ...]
    named: bool
    own: bool = False
    office: Office | None = None

    @property
    def reports(self) -> frozenset[str]:
        return frozenset(m.report for m in self.members)

    @cached_property
    def name(self) -> str:
        """The spelling that most reports use; the shortest, then the first in order, among equals."""
        spellings = Counter(m.actor.name for m in self.members)
        return min(spellings, key=lambda n: (-spellings[n], len(n), n))

    @cached_property
    def is_person(self) -> bool:
        return self.kind is ActorType.PERSON

    @cached_property
    def is_full_name(self) -> bool:
        return self.is_person and self.named and 2 <= len(self.words) <= LONGEST_NAME

    def say(self, word: str) -> str:
        """A folded word as the name spells it."""
        return self._spelling.get(word, word.capitalize())

    @cached_property
    def _spelling(self) -> dict[str, str]:
        return {folded: w for w in re.findall(r"[^\W_]+", self.name) for folded in fold_all(w)}


@dataclass(frozen=True)
class Gathered:
    """All nodes by id, and what the ledger itself tells of places: words for their people, and where they lie."""

    nodes: Mapping[str, Node]
    peoples: frozenset[tuple[str, str]] = frozenset()
    within: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)  # folded, as reports write them
    governed: frozenset[str] = frozenset()  # those of them that have a government
    people: Mapping[tuple[str, str], frozenset[Words]] = field(default_factory=dict)  # full names by report and surname

    def namesakes(self, node: Node) -> frozenset[Words]:
        """The full names with the surname of a bare one that its report has, of those too who say nothing in it."""
        if len(node.words) != 1 or not node.own:
            return frozenset()
        return self.people.get((node.members[0].report, node.words[0]), frozenset())

    @cached_property
    def people_of(self) -> dict[str, str]:
        """Words for the people of places that no table knows, each with its place."""
        return dict(self.peoples)

    @cached_property
    def by_place(self) -> dict[Place, Node]:
        return {m.place: node for node in self.nodes.values() for m in node.members}


def gather(extractions: Sequence[Extraction], apart: frozenset[tuple[Words, str]] = frozenset()) -> Gathered:
    """The nodes of these readings. ``apart`` are names in reports that a person spoke of singly: each is a node of its own."""
    members = _members(extractions)
    places = _own_places(extractions, members)
    peoples = _peoples(places)
    governed = _governed(members, places, dict(peoples))
    members = _places_that_speak(members, governed)
    nodes: dict[str, Node] = {}
    by_id: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        by_id[_node_id(member, peoples, apart)].append(member)
    for identifier in sorted(by_id):
        for node in _namesakes(_node(identifier, by_id[identifier], peoples)):
            nodes[node.id] = node
    return Gathered(nodes, peoples, _within(extractions), places, governed, _people(extractions))


def _governed(members: Iterable[Member], places: Mapping[str, str], people_of: Mapping[str, str]) -> frozenset[str]:
    """Places that no table knows and that are states in this ledger: it speaks of their government, ministries, army …"""
    found = set()
    for text in {t for m in members for t in (*m.roles, m.actor.name)}:
        words = fold_all(text)
        for n, word in enumerate(words):
            place = people_of.get(word, word)
            if place in places and _GOVERNING & set(words[n + 1 : n + 3]):
                found.add(place)
    return frozenset(found)


_GOVERNING = frozenset(fold_all("ministry government president parliament army embassy ambassador premier king queen"))


def _places_that_speak(members: Sequence[Member], governed: frozenset[str]) -> list[Member]:
    """What a report takes for a person by the bare name of a state ("Kelmora said") is the state, unless somebody of the ledger
    has that surname, or the report gives it a role."""
    people = [m for m in members if m.actor.type is ActorType.PERSON]
    surnames = {m.words[-1] for m in people if len(m.words) > 1}

    def speaks(member: Member) -> bool:
        bare = member.actor.type is ActorType.PERSON and len(member.words) == 1 and not member.roles
        return bare and member.words[0] in governed - surnames

    return [replace(m, actor=replace(m.actor, type=ActorType.PLACE)) if speaks(m) else m for m in members]


def _members(extractions: Iterable[Extraction]) -> list[Member]:
    found: dict[Place, tuple[Actor, set[str], set[str]]] = {}
    for extraction in extractions:
        chains = {chain.actor.id: chain.names for chain in extraction.actors}
        for statement in sorted(extraction.statements, key=lambda s: s.id):
            if statement.actor is None:
                continue
            _actor, roles, _names = found.setdefault(
                (extraction.report, statement.actor.id),
                (statement.actor, set(), set(chains.get(statement.actor.id, ()))),
            )
            roles.update([statement.actor.role] if statement.actor.role else [])
    return [
        Member(report, actor, tuple(sorted(roles)), tuple(sorted(names)))
        for (report, _), (actor, roles, names) in sorted(found.items())
    ]


def _node_id(member: Member, peoples: frozenset[tuple[str, str]], apart: frozenset[tuple[Words, str]]) -> str:
    words, kind = member.words, member.actor.type
    joined = " ".join(words)
    office = _office_of(member, peoples)
    if office is not None and office.places:
        return f"office {office.name} {' '.join(sorted(office.places))}"
    if (
        not _is_named(member)
        or (words, member.report) in apart
        or (len(words) == 1 and kind in (ActorType.PERSON, ActorType.UNKNOWN))
        or (kind is not ActorType.PERSON and is_bare_institution(body_key(words, peoples)))
    ):
        return f"{joined} in {member.report}"
    return joined


def _is_named(member: Member) -> bool:
    return not is_generic(member.words) and is_a_name(member.actor.name)


def _office_of(member: Member, peoples: frozenset[tuple[str, str]]) -> Office | None:
    if member.actor.type in (ActorType.ORGANIZATION, ActorType.DOCUMENT, ActorType.PLACE):
        return None
    return read_office(member.actor.name, peoples)


def _node(identifier: str, members: Sequence[Member], peoples: frozenset[tuple[str, str]]) -> Node:
    first = members[0]
    kinds = Counter(m.actor.type for m in members)
    kinds[ActorType.UNKNOWN] = 0 if len(kinds) > 1 else kinds[ActorType.UNKNOWN]
    kind = min(kinds, key=lambda k: (-kinds[k], k is ActorType.PERSON, k.value))
    office = _office_of(first, peoples)
    placed = office is not None and bool(office.places)
    return Node(
        identifier,
        first.words,
        kind,
        tuple(members),
        named=not placed and any(map(_is_named, members)),
        own=identifier == f"{' '.join(first.words)} in {first.report}",
        office=office,
    )


# ---------------------------------------------------------------------------------------------------
# Two people of one name


def _namesakes(node: Node) -> list[Node]:
    """A full name whose reports give it roles of two walks of life, or one office in two places, is two people.

    Members whose role says nothing of either stand by themselves: whose they are, nobody told.
    """
    if not node.is_full_name or len(node.members) < 2:
        return [node]
    lives = {m.place: _lives(m) for m in node.members}
    told = sorted({life for life in lives.values() if life}, key=sorted)
    if not any(_clash(a, b) for n, a in enumerate(told) for b in told[n + 1 :]):
        return [node]
    homes: list[set[frozenset[str]]] = []
    for life in told:
        meeting = [home for home in homes if any(life & other for other in home)]
        homes = [home for home in homes if home not in meeting]
        homes.append({life}.union(*meeting))
    parted = []
    clashing = [home for home in homes if any(_clash(a, b) for a in home for other in homes for b in other)]
    for home in sorted(clashing, key=lambda h: min(map(sorted, h))):
        label = min(word for life in home for word in life)
        mine = tuple(m for m in node.members if lives[m.place] in home)
        parted.append(Node(f"{node.id} {label}", node.words, node.kind, mine, node.named))
    left = tuple(m for m in node.members if not any(lives[m.place] in home for home in clashing))
    return [*parted, *([Node(node.id, node.words, node.kind, left, node.named)] if left else [])]


def _lives(member: Member) -> frozenset[str]:
    """The walks of life of a member's roles; an office with its place, where one is told, says more than its walk."""
    found: set[str] = set()
    for role in member.roles:
        office = read_office(role)
        if office is not None and office.places and office.name in _LOCAL:
            found.update(f"{office.name} {place}" for place in office.places)
            continue
        head = re.split(r"\b(?:of|for|in|from|at|to|who|whose)\b", role)[0]
        found.update(body_words().walks[word] for word in fold_all(head) if word in body_words().walks)
    return frozenset(found)


_LOCAL = frozenset(fold_all("governor mayor"))


def _walks(life: frozenset[str]) -> set[str]:
    return {"state" if each.split()[0] in _LOCAL else each for each in life}


def _clash(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether no one person leads both lives: no walk is shared, or one office is held in two places."""
    if a & b:
        return False
    if not _walks(a) & _walks(b):
        return True
    held = [{each.split()[0] for each in life if each.split()[0] in _LOCAL} for life in (a, b)]
    return bool(held[0] & held[1])


# ---------------------------------------------------------------------------------------------------
# Places of the ledger that no table knows


_ENDINGS = ("n", "an", "ian", "ic", "i", "ese", "ish")
LEAST_PLACE = 5  # letters of a place's name from which the word for its people is made


def _own_places(extractions: Iterable[Extraction], members: Iterable[Member]) -> dict[str, str]:
    """Places of one word that the ledger names and no table of states knows, with the spelling that comes first."""
    names = {place.name for extraction in extractions for place in extraction.places}
    names |= {m.actor.name for m in members if m.actor.type is ActorType.PLACE}
    found: dict[str, str] = {}
    for name in sorted(names):
        words = fold(name)
        if len(words) == 1 and len(words[0]) >= LEAST_PLACE and not state_named(words):
            found.setdefault(words[0], name)
    return found


def _peoples(places: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Words for the people of those places: Kelmoran of Kelmora. A word that two places would make leads to neither."""
    made: dict[str, set[str]] = defaultdict(set)
    for place in places:
        stems = [place, place[:-1]] if place[-1] in "aeiou" else [place]
        for people in {stem + ending for stem in stems for ending in _ENDINGS} - {place}:
            made[people].add(place)
    return frozenset((people, next(iter(of))) for people, of in made.items() if len(of) == 1)


def _people(extractions: Iterable[Extraction]) -> dict[tuple[str, str], frozenset[Words]]:
    """The full names of people in each report, by their surname."""
    found: dict[tuple[str, str], set[Words]] = defaultdict(set)
    for extraction in extractions:
        for chain in extraction.actors:
            words = fold(_EMPLOYED.sub("", chain.actor.name))
            if chain.actor.type is ActorType.PERSON and 2 <= len(words) <= LONGEST_NAME and not is_generic(words):
                found[extraction.report, words[-1]].add(words)
    return {key: frozenset(names) for key, names in found.items()}


def _within(extractions: Iterable[Extraction]) -> dict[str, str]:
    """The state in which each place of the ledger lies, where every mention that was resolved says the same."""
    found: dict[str, set[str]] = defaultdict(set)
    for extraction in extractions:
        for place in extraction.places:
            if place.within and (state := state_named(fold(place.within[-1]))):
                found[" ".join(fold(place.name))].add(state)
    return {name: next(iter(of)) for name, of in found.items() if len(of) == 1}
