"""The same actor across reports: who is one party, why, and which body and state they speak for.

Each report names its actors by itself; here they are brought together over a ledger. Every join has a reason in words and a
score, and a person can undo it. Unknown actors stay by themselves. Three rules keep it careful: two different first names are
never one person, a name that could mean two actors means neither, and a role alone ("the governor") never joins two reports.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.link.actors_joins import Join, Shorter, government, join_names
from sayso.link.actors_names import LONGEST_NAME, fold, fold_all, is_a_name, is_generic
from sayso.link.actors_nodes import Gathered, Member, Node, Place, gather
from sayso.link.affiliation import Affiliation, Bodies, StateReader, through_bodies
from sayso.link.judged import NOBODY, ActorName, Judged
from sayso.link.seats import body_words, seat_of, states
from sayso.model import Extraction

__all__ = [
    "Parties", "Party", "bring_together", "find_parties", "fold", "fold_all", "is_a_name", "is_generic", "same_party", "seat_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as the ledger knows them. ``bodies`` are the words of the bodies they are or speak for, folded.

    ``named`` is False for a role or a crowd ("officials"), which is a party only within its own report. ``state`` is the one
    they hold an office of or are an organ of, as their roles and names tell it; None where nobody told. ``body_names`` are the
    bodies again, each with the words that a report has for it.
    """

    key: str
    name: str
    named: bool
    bodies: frozenset[str] = frozenset()
    state: str | None = None
    body_names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Parties:
    """Who is who: the party behind every actor of a report, and why each member belongs to it."""

    by_place: dict[Place, Party]
    joined: dict[Place, tuple[float, tuple[str, ...]]]  # score and reasons of each member
    members: dict[str, tuple[Member, ...]]  # by key of party, in order of report and actor
    affiliations: dict[str, Affiliation]  # by key of party
    bodies: dict[str, dict[str, str]]  # by key of party: the keys of its bodies, each with the words that tell of it

    @cached_property
    def by_key(self) -> dict[str, Party]:
        return {key: self.by_place[members[0].place] for key, members in self.members.items()}

    def bodies_of(self, key: str) -> list[tuple[str, str]]:
        """The bodies an actor speaks for, by key, as they are shown: those that act in the ledger, and those whose name tells a
        body. Of "the Ministry" and "the Norlandic Ministry" the latter."""
        known, every = body_words(), self.bodies.get(key, {})
        found = []
        for body, words in sorted(every.items()):
            if body == key or any(set(body.split()) < set(other.split()) for other in every):
                continue
            if body in self.by_key:
                found.append((body, self.by_key[body].name))
            elif {known.same.get(w, w) for w in body.split()} & (known.institutions | known.kinds):
                found.append((body, words))
        return found

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], list[tuple[str, str]]]:
        found: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for key, members in sorted(self.members.items()):
            for member in members:
                found[member.words].append((key, member.report))
        return found

    def called(self, name: ActorName) -> list[str]:
        """The keys of the actors of whom a name is one, in all reports or in that of the name."""
        return sorted({key for key, report in self._by_words.get(name.words, ()) if name.report in (None, report)})


def bring_together(
    extractions: Iterable[Extraction], *, judged: Judged = NOBODY, stories: Mapping[str, int] | None = None
) -> dict[Place, Party]:
    """The party behind every (report id, actor id). See `find_parties`."""
    return dict(find_parties(extractions, judged=judged, stories=stories).by_place)


def find_parties(
    extractions: Iterable[Extraction], *, judged: Judged = NOBODY, stories: Mapping[str, int] | None = None
) -> Parties:
    """Who is one party, by these steps; ``stories`` tells the story of each report, all are one if left out.

    1. Names as they stand: one folded name is one actor, unless its reports give it two walks of life.
    2. Names that say of themselves that they are one: spelled otherwise, translated, in another order, seats of a government.
    3. Shorter names, each led to the one actor it can mean: a surname, initials, an office, "the governor" of its report.
    4. What people decided, over all of it.
    """
    read = sorted(extractions, key=lambda x: x.report)
    gathered = gather(read, judged.spoken_of_singly())
    rulings = _Rulings(gathered, judged)
    joins, groups = join_names(gathered, rulings.apart)
    shorter = Shorter(gathered, groups, stories)
    whole = _Union(gathered, rulings)
    for join in joins:
        whole.join(join)
    for identifier in sorted(gathered.nodes):
        node = gathered.nodes[identifier]
        if (meant := shorter.meant_by(node)) is None:
            continue
        home, score, reason = meant
        if home != shorter.home.get(identifier):
            whole.join(Join(_nearest_name(gathered, groups[home], node), identifier, score, reason))
    for join in _same_words(gathered, shorter, whole):
        whole.join(join)
    for join in rulings.merges():
        whole.join(join, forced=True)
    return _parties(gathered, whole, judged)


def _nearest_name(gathered: Gathered, group: Sequence[str], node: Node) -> str:
    """The name of a group that a shorter one is led to: one of its report, else the one that most reports use."""
    return max(
        group, key=lambda i: (not gathered.nodes[i].reports.isdisjoint(node.reports), len(gathered.nodes[i].members), i)
    )


def _same_words(gathered: Gathered, shorter: Shorter, whole: _Union) -> Iterable[Join]:
    """Bare names that nothing fuller stands behind in the ledger: the same words are the same actor."""
    alone: dict[str, list[str]] = defaultdict(list)
    for identifier, node in sorted(gathered.nodes.items()):
        if node.named and node.own and not whole.is_joined(identifier):
            there = gathered.namesakes(node)
            least = 1 if node.is_person or len(node.words) == 1 else 2
            if len(there) == 1:  # one and the same person, who is named in full only where they say nothing
                alone[" ".join(min(there))].append(identifier)
            elif not there and shorter.may_mean(node) < least:
                alone[" ".join(node.words)].append(identifier)
    for words, found in alone.items():
        hub, *others = [words, *found] if words in gathered.nodes else found
        for identifier in others:
            yield Join(hub, identifier, 0.8, "the same name")


class _Rulings:
    """What people decided of names, by the nodes that bear them."""

    def __init__(self, gathered: Gathered, judged: Judged) -> None:
        self._judged = judged
        self._named: dict[tuple[str, ...], list[Node]] = defaultdict(list)
        for node in gathered.nodes.values():
            for words in sorted({w for m in node.members for w in (m.words, fold(m.actor.name))}):
                self._named[words].append(node)
        self._split = [(self._of(a), self._of(b)) for a, b in sorted(judged.actors_split)]
        self._about = frozenset().union(*(a | b for a, b in self._split)) if self._split else frozenset()

    def _of(self, name: ActorName) -> frozenset[str]:
        return frozenset(
            n.id for n in self._named.get(name.words, ()) if name.report is None or name.report in n.reports
        )

    def apart(self, a: str, b: str) -> bool:
        if a not in self._about or b not in self._about:
            return False
        return any((a in x and b in y) or (a in y and b in x) for x, y in self._split)

    def is_about(self, identifier: str) -> bool:
        return identifier in self._about

    def merges(self) -> Iterable[Join]:
        for (a, b), author in sorted(self._judged.actors_merged.items()):
            ids = sorted(self._of(a) | self._of(b))
            for other in ids[1:]:
                yield Join(ids[0], other, 1.0, f"joined by {author}")


class _Union:
    """Nodes joined into actors, with the joins that hold them together. What a person split, no rule joins again."""

    def __init__(self, gathered: Gathered, rulings: _Rulings) -> None:
        self._rulings = rulings
        self._home = {i: i for i in gathered.nodes}
        self._inside = {i: [i] for i in gathered.nodes}
        self.joins: dict[str, list[Join]] = defaultdict(list)

    def is_joined(self, identifier: str) -> bool:
        return len(self._inside[self._home[identifier]]) > 1

    def join(self, join: Join, *, forced: bool = False) -> None:
        a, b = self._home[join.first], self._home[join.second]
        if a != b and not forced and self._kept_apart(a, b):
            return
        self.joins[join.first].append(join)
        self.joins[join.second].append(join)
        if a == b:
            return
        keep, other = (a, b) if len(self._inside[a]) >= len(self._inside[b]) else (b, a)
        for identifier in self._inside[other]:
            self._home[identifier] = keep
        self._inside[keep] += self._inside.pop(other)

    def _kept_apart(self, a: str, b: str) -> bool:
        spoken = [[i for i in self._inside[home] if self._rulings.is_about(i)] for home in (a, b)]
        return any(self._rulings.apart(x, y) for x in spoken[0] for y in spoken[1])

    def groups(self) -> list[list[str]]:
        return sorted(sorted(members) for members in self._inside.values())


def _parties(gathered: Gathered, whole: _Union, judged: Judged) -> Parties:
    groups = [[gathered.nodes[i] for i in group] for group in whole.groups()]
    firsts = [_foremost(nodes, gathered) for nodes in groups]
    keys = _keys(groups, firsts, gathered)
    key_of = {node.id: key for key, nodes in zip(keys, groups, strict=True) for node in nodes}
    reader = StateReader(gathered, judged)
    bodies = Bodies(gathered, key_of, judged, reader)
    read = {key: reader.of(nodes) for key, nodes in zip(keys, groups, strict=True)}
    found = Parties({}, {}, {}, {}, {})
    for key, nodes, first in zip(keys, groups, firsts, strict=True):
        members = sorted(((m, n) for n in nodes for m in n.members), key=lambda pair: pair[0].place)
        why = _why(first, whole.joins)
        named = any(n.named for n in nodes)
        spoken = [bodies.of(member, node) for member, node in members]
        every = {body: words for each in spoken for body, words in sorted(each.items())}
        if first.is_person:
            every.pop(key, None)
        affiliation = read[key] if read[key].state or not first.is_person else through_bodies(every, read)
        name = _name(nodes, first, gathered)
        for (member, node), own in zip(members, spoken, strict=True):
            known = every if named else own
            found.by_place[member.place] = Party(
                key, name, named, frozenset(known), affiliation.state, tuple(sorted(known.items()))
            )
            found.joined[member.place] = why[node.id]
        found.members[key] = tuple(member for member, _ in members)
        found.affiliations[key] = affiliation
        found.bodies[key] = every
    return found


def _keys(groups: Sequence[Sequence[Node]], firsts: Sequence[Node], gathered: Gathered) -> list[str]:
    """The key of each actor: a bare name's without its report, where nobody else of the ledger has that name."""
    plain = [" ".join(first.words) if first.own and first.named else first.id for first in firsts]
    wanted = [_government(nodes, gathered) or name for nodes, name in zip(groups, plain, strict=True)]
    count = Counter(wanted)
    return [name if count[name] == 1 else first.id for name, first in zip(wanted, firsts, strict=True)]


def _foremost(nodes: Sequence[Node], gathered: Gathered) -> Node:
    """The node that an actor is known by: its fullest name, of those the most frequent; of a government, the most frequent."""
    if governments := [n for n in nodes if government(n, gathered)]:
        return max(governments, key=lambda n: (len(n.members), [-ord(c) for c in n.id]))
    return max(
        nodes,
        key=lambda n: (
            n.named and not n.own,
            n.is_full_name,
            min(len(n.words), LONGEST_NAME),
            len(n.members),
            [-ord(c) for c in n.id],
        ),
    )


def _government(nodes: Sequence[Node], gathered: Gathered) -> str | None:
    """The key of a government: of a place that no table knows, the place's own name."""
    found = {meant[0] for n in nodes if (meant := government(n, gathered))}
    if not found:
        return None
    words = fold(min(found))
    return f"government {' '.join(words)}" if words in states().names else " ".join(words)


def _name(nodes: Sequence[Node], first: Node, gathered: Gathered) -> str:
    """The spelling that most members use of the foremost name; of a government, of all its names."""
    counts: dict[str, int] = defaultdict(int)
    for node in [n for n in nodes if government(n, gathered)] or [n for n in nodes if n.words == first.words]:
        for member in node.members:
            counts[member.actor.name] += 1
    return min(counts, key=lambda n: (n[:1].islower(), -counts[n], len(n), n))


def _why(first: Node, joins: Mapping[str, Sequence[Join]]) -> dict[str, tuple[float, tuple[str, ...]]]:
    """For each node the joins that lead to it from the foremost, by the strongest way: the least score on it, all reasons."""
    found: dict[str, tuple[float, tuple[str, ...]]] = {}
    queue: list[tuple[float, int, str, tuple[str, ...]]] = [(-1.0, 0, first.id, ("the same name",))]
    while queue:
        score, steps, identifier, reasons = heapq.heappop(queue)
        if identifier in found:
            continue
        found[identifier] = -score, reasons
        for join in joins.get(identifier, ()):
            other = join.second if join.first == identifier else join.first
            if other not in found:
                kept = reasons if steps else ()
                more = kept if join.reason in kept else (*kept, join.reason)
                heapq.heappush(queue, (max(score, -join.score), steps + 1, other, more))
    return found


def same_party(a: Party, b: Party) -> str | None:
    """The reason why two parties answer for one another: the same actor, or the same body; else None."""
    if a.key == b.key:
        return f"the same actor ({a.name})"
    if a.state and b.state and a.state != b.state:
        return None  # two states each have a Defence Ministry
    shared = a.bodies & b.bodies
    # A bare name of a country or town is no body: two spokesmen of one country may differ.
    shared = frozenset(body for body in shared if len(body.split()) > 1 or body in (a.key, b.key))
    if shared:
        return f"the same body ({min(shared)})"
    return None
