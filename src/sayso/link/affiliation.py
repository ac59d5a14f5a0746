"""Whom an actor speaks for, as reports tell it: a person's bodies, and the state that a person or body belongs to.

Read from the words of roles and names alone ("Norlandic Defence Ministry spokesman", "governor of Varn"). A people's name tells
a state only beside the word of an office or organ of one: a Norlandic singer, or a Norlandic opposition group, is not Norland.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.link.actors_alike import body_key
from sayso.link.actors_joins import government
from sayso.link.actors_names import fold, fold_all, is_generic, without_points
from sayso.link.actors_nodes import Gathered, Member, Node
from sayso.link.judged import Judged
from sayso.link.offices import read_office
from sayso.link.seats import Words, body_words, seat_of, state_at, state_named, states
from sayso.model import ActorType


@dataclass(frozen=True, slots=True)
class Affiliation:
    """The state an actor belongs to, with the reasons; None where nobody told, or reports tell several."""

    state: str | None = None
    reasons: tuple[str, ...] = ()


# ---------------------------------------------------------------------------------------------------
# Person to body


_RUN = re.compile(r"(?:[A-Z][\w’']*(?:\s+(?:of|for|the)\s+)?\s*)+")
# "the leading general in Haiti" holds no office of Haiti.
_PLACED = re.compile(r"\b(?:in|to|from|at|near|on|across|outside)\s+(?:the\s+)?$", re.IGNORECASE)


class Bodies:
    """The bodies that roles and names tell of, each by the key of its party where the ledger has one."""

    def __init__(self, gathered: Gathered, keys: Mapping[str, str], judged: Judged, reader: StateReader) -> None:
        self._gathered = gathered
        self._reader = reader
        self._keys = keys  # of the party of each node
        self._set = {c.actor: c for c in judged.corrections if c.what == "body" and c.report is None}
        self._signs: dict[Words, str] = {}
        for identifier, node in sorted(gathered.nodes.items()):
            if node.named and not node.is_person and not node.own:
                self._signs.setdefault(self._sign(node.words), keys[identifier])

    def of(self, member: Member, node: Node) -> dict[str, str]:
        """The bodies of a member: their keys, each with the words that tell of it."""
        found: dict[str, str] = {}
        for text, role in self._texts(member, node):
            words = fold(text)
            meant = state_named(words)
            if meant and node.is_person and self._reader.told_in(role, person=True) != meant:
                continue  # neither a Norland journalist nor a Norland-based group speaks for Norland
            if words and not is_generic(words) and (seat_of(words) or not all(map(self._is_place, words))):
                found.setdefault(self._key(words, member.report), " ".join(text.split()))
        if node.named and not node.is_person:
            found[self._keys[node.id]] = node.name
        for correction in self._set.values():
            if correction.actor.words == member.words and correction.actor.report in (None, member.report):
                found = {self._key(fold(correction.value), member.report): correction.value}
        return found

    def _texts(self, member: Member, node: Node) -> Iterator[tuple[str, str]]:
        """Words that may name a body, each with the role or name that they stand in."""
        if " and " in member.actor.name:  # "the Ministry and the Guard": each speaks
            yield from ((part, member.actor.name) for part in member.actor.name.split(" and "))
        if member.employer:
            yield member.employer.strip().removesuffix("'s").removesuffix("’s"), member.actor.name
        # What stands beside a body's name is no office of it: "an ally of the Norlandic government".
        roles = member.roles if node.is_person or node.kind is ActorType.UNKNOWN else ()
        for text in map(without_points, (*roles, "" if node.named else member.actor.name)):
            yield from ((m.group(), text) for m in _RUN.finditer(text) if not _PLACED.search(text[: m.start()]))
            yield from ((words, text) for words in self._institutions(text))

    def _institutions(self, text: str) -> Iterator[str]:
        """Institutions written small: "defence ministry spokeswoman"."""
        known, words = body_words(), re.findall(r"[^\W_][\w’'-]*", text)
        folded = [" ".join(fold_all(re.sub(r"['’]s?$", "", w))) for w in words]
        for n, word in enumerate(folded):
            first = n
            while first and (
                known.same.get(folded[first - 1], folded[first - 1]) in known.fields
                or self._is_place(folded[first - 1])
            ):
                first -= 1
            if known.same.get(word, word) in known.institutions and first < n:
                yield " ".join(words[first : n + 1])

    def _is_place(self, word: str) -> bool:
        return state_named((word,)) is not None or word in self._gathered.people_of or word in self._gathered.places

    def _key(self, words: Words, report: str) -> str:
        if seat := seat_of(words):
            return f"government {seat}"
        joined = " ".join(words)
        for identifier in (f"{joined} in {report}", joined):
            if identifier in self._keys and not self._gathered.nodes[identifier].is_person:
                return self._keys[identifier]
        return self._signs.get(self._sign(words), joined)

    def _sign(self, words: Words) -> Words:
        return tuple(sorted(body_key(words, self._gathered.peoples)))


# ---------------------------------------------------------------------------------------------------
# Person or body to state


class StateReader:
    """Reads states out of roles and names. Places that no table knows are states where the ledger speaks of their government,
    ministries, army or president."""

    def __init__(self, gathered: Gathered, judged: Judged) -> None:
        self._gathered = gathered
        self._set = [c for c in judged.corrections if c.what == "state" and c.report is None]

    def of(self, nodes: Iterable[Node]) -> Affiliation:
        """The state that all who tell of it agree on."""
        nodes = list(nodes)
        for correction in self._set:
            if any(m.words == correction.actor.words for n in nodes for m in n.members):
                return Affiliation(correction.value, (f"set by {correction.author}",))
        told: dict[str, list[str]] = {}
        for node in nodes:
            for state, reason in self._told(node):
                told.setdefault(state, []).append(reason)
        if len(told) != 1:
            return Affiliation()
        [(state, reasons)] = told.items()
        return Affiliation(state, tuple(sorted(set(reasons))[:3]))

    def _told(self, node: Node) -> Iterator[tuple[str, str]]:
        if (found := government(node, self._gathered)) and (len(node.words) > 1 or self._is_state(node.words)):
            yield found
            return
        for member in node.members:
            texts = member.roles if node.is_person and node.named else (*member.roles, member.actor.name)
            for text in texts:
                if state := self.told_in(text, person=node.is_person):
                    yield state, f"“{' '.join(text.split())}”"
                elif (office := read_office(text, self._gathered.peoples)) and office.places:
                    for place in sorted(office.places & self._gathered.within.keys()):
                        state, where = self._gathered.within[place], self._gathered.places.get(place, place.title())
                        yield state, f"“{' '.join(text.split())}”, and {where} lies in {state}"

    def _is_state(self, words: Words) -> bool:
        return state_named(words) is not None or words[0] in self._gathered.governed

    def told_in(self, text: str, *, person: bool) -> str | None:
        """The one state that a role or name tells beside an official word, or None."""
        known, text = body_words(), re.sub(r"['’]s\b", "", without_points(text))
        spelled = re.findall(r"[^\W_]+", text)
        words = [" ".join(fold_all(w)) or w.casefold() for w in spelled]
        words = [known.same.get(w, w) for w in words]
        last = next((n for n, w in enumerate(words) if w in _ELSEWHERE), len(words))
        head = words[: next((n for n, w in enumerate(words) if w in _LEADING or w.endswith("ing")), len(words))]
        if set(words) & known.apart or not set(words[:last]) & known.official:
            return None
        if person and not set(head) & (known.official | _HEADS):
            return None  # a contractor for an army is not of it
        named: set[str] = set()
        found: set[str] = set()
        n = 0
        while n < last:
            place = self._gathered.people_of.get(words[n], words[n])
            told = state_at(words[:last], n)
            if told is None and place in self._gathered.governed:
                told = self._gathered.places[place], 1
            if told is None or (n and spelled[n - 1] == "New"):  # New Mexico is not Mexico
                n += 1
                continue
            state, size = told
            if "governor" in words and "bank" not in words and tuple(words[n : n + size]) in states().names:
                return None  # no state has a governor: "Georgia governor" is of another Georgia
            named.add(state)
            if self._is_of_it(words[:n]):
                found.add(state)
            n += size
        if "and" in text.split() and len(named) > 1:
            return None  # two offices, of two states
        return next(iter(found)) if len(found) == 1 else None

    def _is_of_it(self, before: Sequence[str]) -> bool:
        """Whether a state that follows these words is whose office or organ is told of: "army of the …"; not "Gulf of …"."""
        known = body_words()
        before = [w for w in before if w != "the"]
        if not set(before) & _LEADING:
            return True
        return (
            len(before) > 1
            and before[-1] in _LEADING
            and before[-2] in known.official | known.institutions | known.fields | _HEADS
        )


_LEADING = frozenset(("of", "for"))
_ELSEWHERE = frozenset(("to", "in", "at", "from", "near", "with", "on", "against", "who", "whose", "that"))
_HEADS = frozenset(
    fold_all("head chief representative director deputy chairman chairwoman leader member members chiefs")
)


def through_bodies(bodies: Mapping[str, str], known: Mapping[str, Affiliation]) -> Affiliation:
    """The state of the one body that somebody speaks for; ``known`` are the affiliations of the ledger's bodies by key."""
    found = {
        state: words
        for key, words in sorted(bodies.items())
        if key in known and (state := known[key].state) and not key.startswith("government ")
    }
    if len(found) != 1:
        return Affiliation()
    [(state, words)] = found.items()
    return Affiliation(state, (f"speaks for {words}, which belongs to {state}",))
