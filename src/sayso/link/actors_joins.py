"""Which names are one actor: every rule gives a join with a score and the reason in words, found by keys, never by all pairs.

First names that say of themselves that they are one (spelled otherwise, translated, in another order, known by both). Then
shorter names, each led to the one actor that it can mean: a surname, initials, a bare "Defence Ministry", an office, "the
governor" of a report. Where it can mean two it stays by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.link.actors_alike import (
    LONG,
    TAIL,
    bodies_alike,
    body_key,
    is_bare_institution,
    may_be_one_person,
    people_alike,
    person_words,
    shorter_form,
    sound,
)
from sayso.link.actors_names import fold, fold_all
from sayso.link.actors_nodes import Gathered, Node
from sayso.link.grouping import group
from sayso.link.offices import Office, read_office
from sayso.link.seats import Words, body_words, first_names, government_of, known_bodies, state_named
from sayso.model import ActorType

ACRONYM = range(3, 7)  # letters of a name that is taken for an acronym: two are anybody's initials
BEYOND = 0.7  # the score of a surname whose one bearer is told of in another story only
CROWDED = 200  # names under one key from which on only the first letter's are compared


@dataclass(frozen=True, slots=True)
class Join:
    """Two nodes are one actor."""

    first: str
    second: str
    score: float
    reason: str


Apart = Callable[[str, str], bool]
# Roles that a report gives to one person, and then speaks of by the role alone.
_ROLES = frozenset(
    fold_all(
        """policeman spokesman spokeswoman spokesperson governor mayor minister president general colonel lieutenant captain
        officer commander doctor adviser aide lawyer prosecutor representative diplomat"""
    )
)
_ANOTHER = frozenset(fold_all("one another second third fourth other some any former deputy senior unnamed"))
_HEAD = re.compile(r"\b(?:of|for|in|from|at|to|who|whose|that)\b")


def join_names(gathered: Gathered, apart: Apart) -> tuple[list[Join], list[tuple[str, ...]]]:
    """Joins between names that say of themselves that they are one, and the groups that they make."""
    nodes = gathered.nodes
    named = [i for i, node in nodes.items() if node.named and not node.own]
    joins = [*_spelled(nodes, named), *_translated(gathered, named), *_governments(gathered), *_known(nodes)]
    inside = sorted({*named, *(j.first for j in joins), *(j.second for j in joins)})

    def kept_apart(a: str, b: str) -> bool:
        return apart(a, b) or _two(nodes[a], nodes[b])

    groups = group(inside, [(j.first, j.second, j.score) for j in joins], apart=kept_apart)
    home = {i: n for n, members in enumerate(groups) for i in members}
    return [j for j in joins if home[j.first] == home[j.second]], groups


def _two(a: Node, b: Node) -> bool:
    """Whether two nodes are surely two actors: people with another first name, namesakes, or governments of two states."""
    if a.is_full_name and b.is_full_name:
        return a.words == b.words or not may_be_one_person(a.words, b.words)
    mine, theirs = _state(a), _state(b)
    return mine is not None and theirs is not None and mine != theirs


def _state(node: Node) -> str | None:
    found = government_of(node.words) if not node.is_person else None
    return found[0] if found else None


def _spelled(nodes: Mapping[str, Node], named: Iterable[str]) -> Iterator[Join]:
    """People: names that sound alike, have forms of one first name, or a letter changed in a long surname meet under a key."""
    buckets: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for i in named:
        if nodes[i].is_full_name:
            words = person_words(nodes[i].words)
            buckets["name", sound(words[-1]), sound(words[0])].append(i)
            buckets["together", sound("".join(words))].append(i)
            for line in first_names().get(words[0], ()):
                buckets["forms", sound(words[-1]), str(line)].append(i)
            for n in range(1, len(words[-1]) - TAIL) if len(words[-1]) >= LONG else ():
                buckets["letter", sound(words[0]), f"{words[-1][:n]}*{words[-1][n + 1 :]}"].append(i)
    yield from _pairs(nodes, buckets, lambda a, b: people_alike(a.words, b.words, _say(a, b)))


def _translated(gathered: Gathered, named: Iterable[str]) -> Iterator[Join]:
    """Bodies: names of the same words, each in the form that its translations share, in whatever order."""
    nodes = gathered.nodes
    keys = {i: body_key(nodes[i].words, gathered.peoples) for i in named if not nodes[i].is_person}
    buckets: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for i, key in keys.items():
        buckets[tuple(sorted(key))].append(i)
    yield from _pairs(nodes, buckets, lambda a, b: bodies_alike(a.words, b.words, keys[a.id], keys[b.id], _say(a, b)))


def _pairs(
    nodes: Mapping[str, Node],
    buckets: Mapping[tuple[str, ...], Sequence[str]],
    alike: Callable[[Node, Node], tuple[float, str] | None],
) -> Iterator[Join]:
    seen: set[tuple[str, str]] = set()
    for key in sorted(buckets):
        bucket = sorted(buckets[key])
        for n, a in enumerate(bucket):
            for b in bucket[n + 1 :]:
                if (a, b) in seen or (len(bucket) > CROWDED and nodes[a].words[0][:1] != nodes[b].words[0][:1]):
                    continue
                seen.add((a, b))
                if (found := alike(nodes[a], nodes[b])) and not _in_one_report(nodes[a], nodes[b], found[0]):
                    yield Join(a, b, *found)


def _in_one_report(a: Node, b: Node, score: float) -> bool:
    """A report that names both spells two people, unless their names sound the same: one outlet spells a name one way."""
    return a.is_person and score < 0.9 and not a.reports.isdisjoint(b.reports)


def _say(a: Node, b: Node) -> Callable[[str], str]:
    def say(word: str) -> str:
        return a.say(word) if word in a.words else b.say(word)

    return say


def _governments(gathered: Gathered) -> Iterator[Join]:
    """Capitals, buildings and countries that stand for one government."""
    nodes = gathered.nodes
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for i, node in nodes.items():
        if meant := government(node, gathered):
            found[meant[0]].append((i, meant[1]))
    for state in sorted(found):
        (first, why), *others = sorted(found[state])
        for i, reason in others:
            yield Join(first, i, 0.9, reason if reason.startswith(("seat", "the gov")) else why)


def government(node: Node, gathered: Gathered) -> tuple[str, str] | None:
    """The state whose government a node is, and why; of a place that no table knows too, where it speaks, or where its
    government does ("Norlandic government")."""
    if node.is_person or node.office is not None:
        return None
    if found := government_of(node.words):
        return found
    place: str | None = None
    reason = "stands for its government"
    if len(node.words) == 1 and node.kind is ActorType.PLACE:
        place = node.words[0]
    elif len(node.words) == 2 and node.words[1] in ("government", "authorities"):
        place = gathered.people_of.get(node.words[0], node.words[0])
        reason = f"the government of {gathered.places.get(place, '')}"
    return (gathered.places[place], reason) if place is not None and place in gathered.places else None


def _known(nodes: Mapping[str, Node]) -> Iterator[Join]:
    """Names that the table of known bodies holds for one body."""
    found: dict[str, list[str]] = defaultdict(list)
    for i, node in nodes.items():
        if node.office is None and (name := known_bodies().get(node.words)):
            found[name].append(i)
    for name in sorted(found):
        first, *others = sorted(found[name])
        for i in others:
            both = f"known as both: {nodes[first].name} / {nodes[i].name}"
            yield Join(first, i, 0.9, "the same name" if nodes[first].words == nodes[i].words else both)


# ---------------------------------------------------------------------------------------------------
# Shorter names


class Shorter:
    """Leads each name that says less than another to the one actor it can mean."""

    def __init__(self, gathered: Gathered, groups: Sequence[Sequence[str]], stories: Mapping[str, int] | None) -> None:
        self._gathered = gathered
        self._nodes = gathered.nodes
        self._peoples = gathered.peoples
        self._places = gathered.places
        self._stories = stories
        self.home = {i: n for n, members in enumerate(groups) for i in members}
        self._groups = groups
        self._surnames: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self._capitals: dict[str, set[int]] = defaultdict(set)
        self._fuller: dict[Words, set[int]] = defaultdict(set)
        self._placed: dict[Words, set[int]] = defaultdict(set)
        self._roles: dict[tuple[str, str], set[tuple[int, str]]] = defaultdict(set)
        self._offices: dict[tuple[str, object], list[tuple[Office, int]]] = defaultdict(list)
        self._meant: dict[Words, dict[int, tuple[float, str]]] = {}
        self._reports: dict[int, set[str]] = defaultdict(set)
        self._stories_of: dict[int, set[object]] = defaultdict(set)
        for i in sorted(self.home):
            node, home = self._nodes[i], self.home[i]
            self._reports[home] |= node.reports
            self._stories_of[home] |= {self._story(r) for r in node.reports}
            self._enter(node, home)

    def _enter(self, node: Node, home: int) -> None:
        if node.is_full_name:
            first, *_, last = person_words(node.words)
            for part in ((), (sound(first),), (first[0],)):
                self._surnames[(sound(last), *part)].add(home)
        if node.is_person and node.named:
            for member in node.members:
                for role in member.roles:
                    for word in fold_all(_HEAD.split(role)[0]):
                        self._roles[member.report, word].add((home, role))
                    if office := read_office(role, self._peoples):
                        self._offices[office.name, self._story(member.report)].append((office, home))
        if node.is_person or node.office is not None:
            return
        telling = [
            w for w in re.findall(r"[^\W_]+", node.name) if w[0].isupper() and w.casefold() not in body_words().idle
        ]
        capitals = "".join(w[0] for w in telling)
        if len(capitals) in ACRONYM:
            self._capitals[capitals.casefold()].add(home)
        key = body_key(node.words, self._peoples)
        for n, word in enumerate(key):
            rest = key[:n] + key[n + 1 :]
            if len(rest) < 2:
                continue
            if is_bare_institution(rest) and self._is_place(word):
                self._placed[tuple(sorted(rest))].add(home)
            elif (word in body_words().kinds and n == len(key) - 1) or (
                self._is_place(word) and set(rest) & body_words().kinds
            ):
                self._fuller[tuple(sorted(rest))].add(home)

    def _is_place(self, word: str) -> bool:
        return state_named(fold(word)) is not None or word in self._places

    def meant_by(self, node: Node) -> tuple[int, float, str] | None:
        """The number of the group that a name can only mean, with the score and the reason; or None."""
        if node.office is not None and node.office.places:
            return self._holder(node, node.office)
        if not node.named:
            return self._role_of(node)
        if node.is_person or (node.kind is ActorType.UNKNOWN and len(node.words) == 1):
            return self._person(node)
        if is_bare_institution(key := body_key(node.words, self._peoples)):
            found = self._nearest(node, self._placed.get(tuple(sorted(key)), set()), beyond=False)
            return (*found, f"the only {node.name} {_REACH[found[1]]}") if found else None
        if node.name.isupper() and len(node.name) in ACRONYM:
            spelled = self._capitals.get(node.name.casefold(), set())
            return (next(iter(spelled)), 0.85, f"initials: {node.name}") if len(spelled) == 1 else None
        longer = {n for n in self._fuller.get(tuple(sorted(key)), set()) if n != self.home.get(node.id)}
        found = self._nearest(node, longer, beyond=False)
        return (*found, f"the only fuller name {_REACH[found[1]]}: {self._name(found[0])}") if found else None

    def _person(self, node: Node) -> tuple[int, float, str] | None:
        """The one person whom a surname, initials, or a name without its middle name can mean."""
        for name in sorted({n for m in node.members for n in m.names}, key=len, reverse=True):
            words = fold(name)
            if len(words) > 1 and words[-1] == node.words[-1]:  # the report itself says more
                there = self._with_name(node, words, self._surnames.get((sound(words[-1]),), set()))
                if len(there) == 1:
                    return next(iter(there)), 0.95, f"called so in its report: {name}"
        if namesakes := self._gathered.namesakes(node):  # somebody of that surname, who may say nothing here
            homes = self._with_name(node, min(namesakes), self._surnames.get((sound(node.words[0]),), set()))
            if len(namesakes) != 1 or len(homes) != 1:
                return None
            [home] = homes
            return home, 0.95, f"called so in its report: {self._name(home)}"
        found = {home: like for home, like in self._fuller_names(node).items() if home != self.home.get(node.id)}
        nearest = self._nearest(node, set(found), beyond=True)
        if nearest is None:
            return None
        home, reach = nearest
        bare = len(node.words) == 1 and reach <= BEYOND
        if bare and (node.words[0] in first_names() or not self._fits(node, home)):
            return None  # "Bill, a student" of another story is somebody else than Ada Bill
        score, reason = found[home]
        named = f": {self._name(home)}" if ":" not in reason else f" ({self._name(home)})"
        return home, round(min(score, reach), 2), reason + named

    def _fits(self, node: Node, home: int) -> bool:
        """Whether what a name is introduced with, if anything, is said of that person too."""
        own = {word for m in node.members for role in m.roles for word in fold_all(role)}
        theirs = {w for i in self._groups[home] for m in self._nodes[i].members for r in m.roles for w in fold_all(r)}
        return not own or bool(own & theirs)

    def may_mean(self, node: Node) -> int:
        """How many actors of the whole ledger a shorter name could mean."""
        if node.is_person or node.kind is ActorType.UNKNOWN:
            return len(self._fuller_names(node)) if node.words else 0
        return len(self._placed.get(tuple(sorted(body_key(node.words, self._peoples))), ()))

    def _fuller_names(self, node: Node) -> dict[int, tuple[float, str]]:
        """The people of the ledger whom a shorter name could mean; looked for once for each name."""
        if node.words not in self._meant:
            found, words = {}, person_words(node.words)
            first = () if len(words) == 1 else (words[0] if len(words[0]) == 1 else sound(words[0]),)
            for home in self._surnames.get((sound(words[-1]), *first), set()):
                full = [self._nodes[i] for i in self._groups[home] if self._nodes[i].is_full_name]
                likes = [like for f in full if (like := shorter_form(node.words, f.words, node.say))]
                if likes:
                    found[home] = max(likes)
            self._meant[node.words] = found
        return self._meant[node.words]

    def _with_name(self, node: Node, words: Words, homes: Iterable[int]) -> set[int]:
        return {h for h in homes for i in self._groups[h] if self._nodes[i].words == words and i != node.id}

    def _holder(self, node: Node, office: Office) -> tuple[int, float, str] | None:
        """The one person of the story who holds an office; one whose report does not say where, if nobody else can be meant."""
        here = sorted({self._story(r) for r in node.reports}, key=str)
        held = [each for story in here for each in self._offices.get((office.name, story), ())]
        placed = {h for o, h in held if office.places <= o.places or (o.places and o.places <= office.places)}
        unplaced = {h for o, h in held if not o.places} - {h for o, h in held if o.places}
        if len(placed) == 1:
            return next(iter(placed)), 0.85, f"holds the office: {node.name}"
        if not placed and len(unplaced) == 1:
            return next(iter(unplaced)), 0.7, f"the only one of the story with this office: {node.name}"
        return None

    def _role_of(self, node: Node) -> tuple[int, float, str] | None:
        """The one person of the report who has the role ("the governor" after "governor Ada Quill"), unless what is said
        beside it says that another is meant ("the Norlandic general")."""
        if not node.words or node.words[-1] not in _ROLES or set(node.words) & _ANOTHER:
            return None
        report = node.members[0].report
        homes = {home for home, _ in self._roles.get((report, node.words[-1]), ())}
        if len(homes) != 1:
            return None
        [home] = homes
        said = {w for _, role in self._roles[report, node.words[-1]] for w in body_key(fold_all(role), self._peoples)}
        beside = body_key(node.words[:-1], self._peoples) if len(node.words) > 1 else ()
        if any(w not in said and (self._is_place(w) or node.say(w)[:1].isupper()) for w in beside):
            return None
        return home, 0.8, f"the only {node.say(node.words[-1]).lower()} of its report"

    def _nearest(self, node: Node, homes: set[int], *, beyond: bool) -> tuple[int, float] | None:
        """The one of these groups that is in the node's report, else in its story, else (``beyond``) in the ledger."""
        mine = {self._story(r) for r in node.reports}
        in_report = {h for h in homes if not node.reports.isdisjoint(self._reports[h])}
        in_story = {h for h in homes if not mine.isdisjoint(self._stories_of[h])}
        for near, reach in ((in_report, 0.9), (in_story, 0.8)):
            if near:
                return (next(iter(near)), reach) if len(near) == 1 else None
        return (next(iter(homes)), BEYOND) if beyond and len(homes) == 1 else None

    def _story(self, report: str) -> object:
        return self._stories.get(report, report) if self._stories is not None else None

    def _name(self, home: int) -> str:
        nodes = [self._nodes[i] for i in self._groups[home]]
        return max(nodes, key=lambda n: (n.is_full_name, len(n.members), n.id)).name


_REACH = {0.9: "of its report", 0.8: "of the story", BEYOND: "of the ledger"}
