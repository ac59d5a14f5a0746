"""How many independent origins does one claim have? Not how many pages: how many ways of knowing.

    1. what one actor said is one origin, however many outlets carry it and however often it is said again
    2. what came through one agency, channel or outlet is one origin
    3. an outlet's own reporting is one origin, together with all the reports that derive from it, and with that of other
       outlets of its publisher
    4. a bare number in an outlet's voice rests on whoever gave that number
    5. unnamed people are one origin, that of the first named speaker if there is one
    6. what an outlet tells in its own voice, and has somebody say, it has from them
    7. one name that holds another may be one speaker
    8. the same words at length are one utterance, whoever is named for them
    9. one outlet is one origin, unless one report of it has two people by name say the thing
    10. a sentence taken over from the report that its report derives from is that report's
    11. the same words of one report are one statement

When unsure, dependent: each rule gives statements keys, and statements that share a key are one origin. What an outlet saw for
itself is its own, also in a report that took paragraphs from another (rule 3 then looks at the statement, not the report).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from sayso.link.actors import same_party
from sayso.link.answers import VERBATIM_RUN, verbatim
from sayso.link.credits import key
from sayso.link.eyewitness import is_sight
from sayso.link.origin_types import Sided, is_first_hand, name_of, type_of
from sayso.link.passages import QUOTED_WORDS
from sayso.link.publishers import Publishers
from sayso.link.told import Told
from sayso.link.words import Words, shingles
from sayso.model import ActorType, ClaimOrigin, HopKind

Keys = Mapping[str, dict[str, str]]
"""For each statement the keys of the origins it may have, the first its own, each with the reason in words."""


def claim_origins(
    statements: Sequence[Told],
    origin_of: Mapping[str, str],
    *,
    figure: bool = False,
    sided: Sided = lambda told: False,
    publishers: Publishers | None = None,
) -> tuple[ClaimOrigin, ...]:
    """The independent origins of a claim, by the ids of their statements.

    ``origin_of`` gives the origin id of every report; ``figure`` says that the claim is a number, which an outlet does not
    count by itself; ``sided`` tells whether a speaker has a side in the matter, ``publishers`` which outlets are one.
    """
    ordered = sorted(statements, key=lambda t: t.order)
    publishers = publishers or Publishers()
    keys = {t.id: _own_keys(t, origin_of, publishers) for t in ordered}
    if figure:
        _numbers_rest_on_their_giver(ordered, keys)
    for rule in _RULES:
        rule(ordered, keys)
    holders: dict[str, list[str]] = defaultdict(list)
    for identifier in sorted(keys):
        for name in keys[identifier]:
            holders[name].append(identifier)
    by_id = {t.id: t for t in statements}
    found = []
    for group in _groups(keys, holders):
        members = sorted((by_id[i] for i in group), key=lambda t: t.order)
        reasons = {why for i in group for name, why in keys[i].items() if len(holders[name]) > 1 or len(group) == 1}
        found.append(
            ClaimOrigin(
                type_of(members, sided),
                tuple(sorted(group)),
                tuple(sorted(reasons)),
                any(is_first_hand(t, sided) for t in members),
                name_of(members),
            )
        )
    return tuple(sorted(found, key=lambda o: o.statements))


def _groups(keys: Keys, holders: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Statements that share a key, directly or through others."""
    home = {identifier: identifier for identifier in sorted(keys)}

    def root(identifier: str) -> str:
        while home[identifier] != identifier:
            home[identifier] = home[home[identifier]]
            identifier = home[identifier]
        return identifier

    for _, held in sorted(holders.items()):
        head, *others = sorted({root(i) for i in held})
        for other in others:
            home[other] = head
    groups: dict[str, list[str]] = defaultdict(list)
    for identifier in sorted(home):
        groups[root(identifier)].append(identifier)
    return list(groups.values())


def _own_keys(one: Told, origin_of: Mapping[str, str], publishers: Publishers) -> dict[str, str]:
    """Rules 1, 2 and 3: every origin that a statement may have by itself."""
    found: dict[str, str] = {}
    origin = origin_of.get(one.report.id, one.report.id)
    if not one.voice:
        if one.party.named:
            found[f"actor {one.party.key}"] = f"said by {one.party.name}"
            called = dict(one.party.body_names)
            for body in sorted(one.party.bodies):
                if len(body.split()) > 1:
                    found[f"actor {body}"] = f"said for {called.get(body, body)}"
        else:
            found["unnamed"] = "said by unnamed people: taken as the same ones"
    for hop in one.statement.relay:
        if hop.kind in (HopKind.AGENCY, HopKind.CHANNEL) or one.voice:
            found[f"relay {key(hop.name)}"] = f"through {hop.name}"
    if one.voice and not one.statement.relay:
        if one.twin is None and is_sight(one):
            found[f"seen {one.party.key}"] = f"seen by {one.party.name} itself"
        else:
            found[f"origin {origin}"] = "the outlet's own reporting"
        found[one.party.key] = f"{one.party.name}'s own reporting"
        if family := publishers.of(one.report.outlet):
            found[f"publisher {family}"] = f"own reporting of {family}, whose outlets are one publisher's"
    elif not one.party.named:
        found[f"origin {origin}"] = "unnamed people in reports that go back to one another"
    return found


def _first_key(told: Told, keys: Keys) -> str:
    return next(iter(keys[told.id]))


def _numbers_rest_on_their_giver(statements: Sequence[Told], keys: Keys) -> None:
    giver = next((t for t in statements if not t.voice), None)
    for one in statements:
        if giver is not None and one.voice:
            keys[one.id].setdefault(_first_key(giver, keys), "a number in the outlet's voice rests on whoever gave it")


def _unnamed_may_be_the_named(statements: Sequence[Told], keys: Keys) -> None:
    named = next((t for t in statements if not t.voice and t.party.named), None)
    for one in statements:
        if named is not None and not one.voice and not one.party.named:
            keys[one.id].setdefault(_first_key(named, keys), "unnamed, so perhaps the named speaker or on their word")


def _voice_has_it_from_a_speaker(statements: Sequence[Told], keys: Keys) -> None:
    speakers: dict[str | None, set[str]] = defaultdict(set)
    for one in statements:
        if not one.voice:
            speakers[one.report.outlet].add(_first_key(one, keys))
    for one in statements:
        for speaker in speakers[one.report.outlet] if one.voice else ():
            keys[one.id].setdefault(speaker, "told in its own voice by an outlet that has it from them")


def _one_name_holds_the_other(statements: Sequence[Told], keys: Keys) -> None:
    named = [t for t in statements if not t.voice and t.party.named]
    last = {t.party.key: n for n, t in enumerate(named)}
    related = _holding(last)
    for n, one in enumerate(named):
        for other in related.get(one.party.key, ()):
            if last[other] > n:
                keys[one.id].setdefault(f"actor {other}", "one name holds the other")


def _holding(names: Iterable[str]) -> dict[str, set[str]]:
    """For each of these names those that hold all its words, or all of whose words it holds."""
    holders: dict[str, set[str]] = defaultdict(set)
    every = {name: frozenset(name.split()) for name in names}
    for name, words in every.items():
        for word in words:
            holders[word].add(name)
    found: dict[str, set[str]] = defaultdict(set)
    for name, words in every.items():
        for longer in set.intersection(*(holders[word] for word in words)) if words else set(every):
            if longer != name:
                found[name].add(longer)
                found[longer].add(name)
    return found


def _same_words_at_length(statements: Sequence[Told], keys: Keys) -> None:
    last: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)  # for each wording and first key the last statement
    long = [(n, t) for n, t in enumerate(statements) if len(t.words.tokens) >= QUOTED_WORDS]
    for n, one in long:
        last[one.words.folded][_first_key(one, keys)] = n
    related = _verbatim({one.words.folded: one.words for _, one in long})
    for n, one in long:
        for words in related[one.words.folded]:
            for name, place in last[words].items():
                if place > n:
                    keys[one.id].setdefault(name, "word for word the same: one utterance, whoever is named for it")


def _verbatim(every: Mapping[tuple[str, ...], Words]) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """For each wording itself and those that are word for word the same at length; looked for where they share a run."""
    found = {folded: [folded] for folded in every}
    holders: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for folded in every if len(every) > 1 else ():
        for run in shingles(folded, VERBATIM_RUN):
            holders[run].append(folded)
    pairs = {pair for sharing in holders.values() for pair in combinations(sharing, 2)}
    for a, b in pairs:
        if verbatim(every[a], every[b]):
            found[a].append(b)
            found[b].append(a)
    return found


def _one_outlet_is_one(statements: Sequence[Told], keys: Keys) -> None:
    there: dict[str, dict[str, list[tuple[int, Told]]]] = defaultdict(lambda: defaultdict(list))
    for n, one in enumerate(statements):
        if one.report.outlet is not None:
            there[one.report.outlet][_first_key(one, keys)].append((n, one))
    for n, one in enumerate(statements):
        for name, others in there[one.report.outlet].items() if one.report.outlet is not None else ():
            if name not in keys[one.id] and _one_utterance(one, n, others):
                keys[one.id][name] = "one outlet, perhaps one utterance under two names"


def _one_utterance(one: Told, place: int, others: Sequence[tuple[int, Told]]) -> bool:
    """Whether any of ``others`` that comes after the place of ``one`` may be the same utterance. From the last one on: nearly
    always that is of another report, and one is enough."""
    for n, other in reversed(others):
        if n <= place:
            return False
        if not _two_people(one, other):
            return True
    return False


def _two_people(a: Told, b: Told) -> bool:
    """Whether one report has two named people say a thing, each for themselves."""
    people = all(
        t.statement.actor is not None and t.statement.actor.type is ActorType.PERSON and t.party.named for t in (a, b)
    )
    return people and a.report.id == b.report.id and same_party(a.party, b.party) is None


def _taken_over(statements: Sequence[Told], keys: Keys) -> None:
    for one in statements:
        if one.twin is not None:
            repeated, why = f"words {one.twin.id}", "a sentence taken over from the report that its report derives from"
            for taken in {one.id, one.twin.id} & keys.keys():
                keys[taken].setdefault(repeated, why)


def _the_same_words_of_one_report(statements: Sequence[Told], keys: Keys) -> None:
    by_report: dict[str, list[Told]] = defaultdict(list)
    for one in statements:
        by_report[one.report.id].append(one)
    for a, b in (pair for there in by_report.values() for pair in combinations(there, 2)):
        if any(x.overlaps(y) for x in a.statement.content for y in b.statement.content):
            for each in (a, b):
                keys[each.id].setdefault(f"words {min(a.id, b.id)}", "the same words of one report")


_RULES: tuple[Callable[[Sequence[Told], Keys], None], ...] = (
    _unnamed_may_be_the_named,
    _voice_has_it_from_a_speaker,
    _one_name_holds_the_other,
    _same_words_at_length,
    _one_outlet_is_one,
    _taken_over,
    _the_same_words_of_one_report,
)
"""Rules 5 to 11, which look at several statements. To add one, add a function."""
