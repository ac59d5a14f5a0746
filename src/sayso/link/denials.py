"""What a denial denies, and what an outlet could not verify: each is tied to the statement it speaks of.

A denial with content of its own is tied to the statement that says just that. One without ("denied involvement", "denied
it", "any role for its army") goes to the accusation nearest before it that names the one who denies. A denial of a figure
goes to who gave the figure. Where nothing is near enough it is tied to nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from sayso.link.actors import Party, fold, same_party
from sayso.link.contents import Bond
from sayso.link.denying import DENYING, NUMBER_WORDS, OWN, how_it_denies, is_empty
from sayso.link.grouping import group
from sayso.link.responsibility import read_doer
from sayso.link.told import Told
from sayso.link.words import Words
from sayso.model import Act, RelationKind

DAYS = 4.0  # a denial answers what was said in these days
LEAST = (
    0.45  # of the denial's telling words (by weight) that its target must have, if it is aimed at the one who denies
)
MOST = 0.75  # … and if it is not: "the aid is too slow" is not denied by who only speaks of the aid
WHOLE = (
    3  # content words that such a denial must have: "having bombed Varn" is in whatever is told of the bombing of Varn
)
FAR = 4000  # characters back to an accusation of the one who denies
NEXT_TO = 1500  # characters within which "the accusation" points back; so much nearer must a mere assertion stand
_DENIABLE = frozenset((Act.ACCUSE, Act.ASSERT, Act.CLAIM_RESPONSIBILITY, Act.CONFIRM, Act.ASSESS, Act.OTHER))
# Parts of names that many names have: "United States" is not meant where "United Nations" stands.
_COMMON_PARTS = frozenset(
    """united states state republic kingdom national army forces force police defence defense group party front movement
    government ministri ministr ministry minister council company free people international world foreign interior spokesman
    spokeswoman spokesperson general staff chief head director office leader president""".split()
)
_NOT_ONE = re.compile(r"^\W*(?:not (?:one|a single)|none of|no) ", re.IGNORECASE)
_AGAINST_THEIR_OWN = re.compile(
    r"\b(?:oppos|rebel|exile|former|critic|dissident|activist|protest|defect)", re.IGNORECASE
)
Found = tuple[Told, float, tuple[str, ...]]


def tie_denials(
    told: Sequence[Told],
    idf: Mapping[str, float],
    cosines: Mapping[tuple[str, str], float],
) -> list[Bond]:
    """A bond from each denial to what it denies, where that stands in the story. ``cosines`` has the pairs that are near.

    A rewording's denial is its base's, and tied there.
    """
    deniable = [one for one in told if one.statement.act in _DENIABLE and not one.voice]
    bonds = []
    for denial in told:
        kind = how_it_denies(denial)
        if kind is None or denial.voice:
            continue
        if denial.twin is not None and how_it_denies(denial.twin) is not None:
            continue
        others = [t for t in deniable if _in_its_days(t, denial) and _may_be_denied(t, denial)]
        if kind == "figure":
            target = _figure(denial, others)
        elif kind == "doing":
            target = _charge(denial, others, idf)
        else:
            target = _figure(denial, others) or (
                _accusation(denial, others) if is_empty(denial) else _closest(denial, others, idf, cosines)
            )
        if target is not None:
            other, score, reasons = target
            number = bool(denial.words.numbers & other.words.numbers)
            bonds.append(Bond(denial.id, other.id, RelationKind.DENIES, round(score, 4), reasons, number))
    return bonds


def _may_be_denied(other: Told, denial: Told) -> bool:
    """Whether ``other`` can be what ``denial`` denies: by another party, and itself no denial."""
    if other.id == denial.id or same_party(other.party, denial.party) or overlaps(denial, other):
        return False
    return not _denies_itself(other.text, other.statement.act) and not one_side(other, denial)


@lru_cache(maxsize=16_384)
def _denies_itself(text: str, act: Act) -> bool:
    """Whether words deny, in whatever act: "not one soldier crossed the river" is a denial itself."""
    return bool(DENYING.search(text)) or (act is not Act.ACCUSE and bool(_NOT_ONE.match(text)))


def _in_its_days(other: Told, denial: Told) -> bool:
    """Whether ``other`` was told in the report of a denial, or in the days that it answers."""
    if other.report.id == denial.report.id or other.day is None or denial.day is None:
        return True
    return 0 <= denial.day - other.day <= DAYS


def _figure(denial: Told, others: Sequence[Told]) -> Found | None:
    """The nearest before it that gives the number, for a denial that speaks of a figure ("dismissed the figure of 14", "denied that
    14 had died")."""
    if not NUMBER_WORDS.search(denial.text) and not counts(denial):
        return None
    given = [
        t for t in others
        if t.words.numbers & denial.words.numbers and t.words.stems & denial.words.stems and not _elsewhere(denial, t)
    ]  # fmt: skip
    here = [t for t in given if t.report.id == denial.report.id] or given
    if not here:
        return None
    best = min(here, key=lambda t: (abs(t.start - denial.start), t.order))
    number = min(best.words.numbers & denial.words.numbers)
    return best, 0.8, (f"speaks of the number {number}", *_where(best, denial))


def _accusation(denial: Told, others: Sequence[Told]) -> Found | None:
    """The accusation nearest before an empty denial that names the one who denies; one that names nobody's name only if it
    shares a word. Failing that in its report, the last one of the story that accuses the same side."""
    best: tuple[int, tuple[float, str, int, str], Told] | None = None
    for other in others:
        if other.report.id != denial.report.id or other.statement.act is Act.CONFIRM:
            continue  # who concedes or confirms a thing does not accuse by it
        aimed, accusing = _names(other, denial), _accuses(other)
        shared = bool(other.words.stems & denial.words.stems)
        distance = denial.start - other.start
        if not (aimed or (shared and accusing)) or abs(distance) > (FAR if aimed and accusing else NEXT_TO):
            continue
        if distance < 0 and not accusing:
            continue
        away = abs(distance) + (0 if accusing else NEXT_TO) + (NEXT_TO if distance < 0 else 0)
        if best is None or (away, other.order) < best[:2]:
            best = away, other.order, other
    if best is not None:
        score = 0.7 + 0.2 * _accuses(best[2])
        return best[2], score, ("the accusation nearest before it", *_where(best[2], denial))
    own = denial.words.stems & OWN
    far = [
        t
        for t in others
        if t.report.id != denial.report.id
        and _names(t, denial)
        and (t.statement.act is Act.ACCUSE or (own and t.statement.act is Act.ASSERT and t.words.stems & OWN))
    ]
    if not far:
        return None
    # A denial of "any role for its army" answers whoever speaks of the army before whoever blames the country.
    last = max(far, key=lambda t: (bool(own & t.words.stems), t.statement.act is Act.ACCUSE, t.order))
    return last, 0.6, ("the last accusation before it in other reports", *_where(last, denial))


def _charge(denial: Told, others: Sequence[Told], idf: Mapping[str, float]) -> Found | None:
    """The accusation of the one who speaks that shares most with it: whoever says "we did not" answers a charge, nothing else."""
    best: tuple[tuple[float, float, str], Told, str] | None = None
    for other in others:
        shared = denial.words.stems & other.words.stems
        if not shared or not _accuses(other) or not _names(other, denial) or _elsewhere(denial, other):
            continue
        weight = sum(idf.get(s, 1.0) for s in sorted(shared))
        near = -float(abs(denial.start - other.start)) if other.report.id == denial.report.id else float("-inf")
        if best is None or (weight, near, other.id) > best[0]:
            best = (weight, near, other.id), other, min(shared, key=lambda s: (-idf.get(s, 0.0), s))
    if best is None:
        return None
    return best[1], 0.7, (f"says of “{best[2]}” that they did not", *_where(best[1], denial))


def _elsewhere(denial: Told, other: Told) -> bool:
    """Whether the two name other places or events: each has a name that is no party's and that the other lacks."""
    parties = roots(" ".join(calls(denial))) | roots(" ".join(calls(other)))
    mine = {n for n in denial.words.names - other.words.stems if n[:5] not in parties}
    theirs = {n for n in other.words.names - denial.words.stems if n[:5] not in parties}
    return bool(mine and theirs)


def _closest(
    denial: Told, others: Sequence[Told], idf: Mapping[str, float], cosines: Mapping[tuple[str, str], float]
) -> Found | None:
    """What says the very thing that is denied: most of its telling words, near in meaning, and not itself negated."""
    best: tuple[tuple[float, float, str], Told, tuple[str, ...]] | None = None
    words = denial.words.stems
    total = sum(idf.get(s, 1.0) for s in sorted(words)) or 1.0
    for other in others:
        if other.words.negated != denial.words.negated or _elsewhere(denial, other):
            continue
        numbers = denial.words.numbers & other.words.numbers
        if not numbers and (counts(denial) or (counts(other) and not _accuses(other))):
            continue  # a deed is denied, or a number, and neither for the other
        shared = words & other.words.stems
        share = sum(idf.get(s, 1.0) for s in sorted(shared)) / total
        aimed = _names(other, denial)
        here = other.report.id == denial.report.id
        near = cosines.get((min(denial.id, other.id), max(denial.id, other.id)), 0.0)
        accused = aimed and _accuses(other) and (share >= LEAST / 2 or _one_place(denial, other))
        told = len(shared) >= 2 and (
            share >= MOST and near > 0.0 and len(words) >= WHOLE if not aimed else share >= LEAST
        )
        if not (accused or told):
            continue
        score = 0.4 + 0.3 * share + 0.15 * aimed + 0.1 * bool(numbers) + 0.05 * here
        telling = min(shared, key=lambda s: (-idf.get(s, 0.0), s), default="")
        reasons = (f"shares “{telling}” and {max(0, len(shared) - 1)} more words", *_where(other, denial))
        rank = score, -float(abs(denial.start - other.start)) if here else float("-inf"), other.id
        if best is None or rank > best[0]:
            best = rank, other, reasons
    return (best[1], min(1.0, best[0][0]), best[2]) if best else None


def _one_place(denial: Told, other: Told) -> bool:
    """Whether both name a thing or place that is no party's name."""
    parties = roots(" ".join(calls(denial))) | roots(" ".join(calls(other)))
    return any(n[:5] not in parties for n in denial.words.names & other.words.names)


def _where(other: Told, denial: Told) -> Iterator[str]:
    if _names(other, denial):
        yield f"it is aimed at {denial.party.name}"
    if other.report.id == denial.report.id:
        yield "in the same report"


def _accuses(other: Told) -> bool:
    return other.statement.act in (Act.ACCUSE, Act.CLAIM_RESPONSIBILITY) or read_doer(other) is not None


def one_side(other: Told, denial: Told) -> bool:
    """Whether ``other`` holds an office of the one who denies ("Norland's general" and "Norland"): that is no accuser."""
    mine = _name_roots(denial.party.name, denial.party.key, denial.report.id)
    held = mine & _held(_role(other), other.party)
    return bool(held) and 2 * len(held) >= len(mine)


@lru_cache(maxsize=16_384)
def _name_roots(name: str, key: str, report: str) -> frozenset[str]:
    return roots(f"{name} {key.removesuffix(f' in {report}')}")


@lru_cache(maxsize=16_384)
def _held(role: str, party: Party) -> frozenset[str]:
    """The beginnings of the words by which a speaker is called; none of who speaks against their own side."""
    texts = (role, party.name, *sorted(party.bodies))
    if _AGAINST_THEIR_OWN.search(" ".join(texts)):
        return frozenset()
    return frozenset(word[:5] for text in texts for word in fold(text))


def _role(one: Told) -> str:
    return (one.statement.actor.role if one.statement.actor else None) or ""


def _names(other: Told, denial: Told) -> bool:
    """Whether ``other`` speaks of the one who denies; words meet by their first five letters (Drevane, Drevani)."""
    return not _beginnings(other.text).isdisjoint(roots(" ".join(calls(denial))))


@lru_cache(maxsize=16_384)
def _beginnings(text: str) -> frozenset[str]:
    return frozenset(w[:5] for w in fold(text) if len(w) > 3)


def calls(one: Told) -> list[str]:
    """What the speaker is called: the name, what they are known by, their bodies and their role."""
    return [one.party.name, one.party.key.removesuffix(f" in {one.report.id}"), *sorted(one.party.bodies), _role(one)]


@lru_cache(maxsize=4096)
def roots(names: str) -> frozenset[str]:
    return frozenset(w[:5] for w in fold(names) if len(w) > 3 and w not in _COMMON_PARTS)


def overlaps(a: Told, b: Told) -> bool:
    return a.report.id == b.report.id and any(x.overlaps(y) for x in a.statement.content for y in b.statement.content)


_COULD_NOT = re.compile(
    r"\b(?:could|can|has|have|had|was|were|is|been) ?(?:not|n['’]t|unable)\b.{0,40}\b(?:verif\w+|confirm\w*|authenticat\w+|corroborat\w+)"
    r"|\b(?:neither|no|none)\b.{0,60}\b(?:be|been) (?:\w+ )?(?:verified|confirmed|authenticated|corroborated)"
    r"|\bunable to (?:\w+ )?(?:verify|confirm)|\bnot (?:\w+ )?(?:verified|authenticated)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:neither|either|both) (?:account|claim|side|version|statement|figure|report)", re.IGNORECASE)
_SPOKEN = re.compile(r"\b(?:account|claim|version|statement|allegation|assertion)s?\b", re.IGNORECASE)
_POINTING = frozenset(
    """account claim inform figur number video footag detail independ verifi confirm either version statement alleg freeli
    check assert unabl""".split()
)


def could_not_verify(one: Told) -> bool:
    """An outlet tried to verify and could not: by its act, or in its own voice."""
    if one.statement.act is Act.CANNOT_VERIFY:
        return True
    return one.voice and len(one.words.tokens) <= 30 and bool(_COULD_NOT.search(one.text))


def tie_unverified(told: Sequence[Told], idf: Mapping[str, float]) -> dict[str, tuple[str, ...]]:
    """For each statement in which somebody could not verify: the ids of the statements that it speaks of.

    "This figure" is the last number before it; "neither account" the last two actors' words; words of its own lead to the
    statement that shares them; else it is the statement just before, and an actor's own where a claim is spoken of.
    """
    by_report: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_report[one.report.id].append(one)
    found: dict[str, tuple[str, ...]] = {}
    for one in told:
        if could_not_verify(one):
            chosen = _unverified(one, by_report[one.report.id], idf)
            if chosen:
                found[one.id] = tuple(t.id for t in chosen)
    return found


def _unverified(one: Told, there: Sequence[Told], idf: Mapping[str, float]) -> list[Told]:
    before = [
        t
        for t in there
        if t.statement.act not in _NOTHING
        and t.start < one.start <= t.start + NEXT_TO
        and not overlaps(t, one)
        and not could_not_verify(t)
    ]
    before.sort(key=lambda t: (-t.start, t.id))
    spoken = [t for t in before if not t.voice]
    if _BOTH.search(one.text):
        last = spoken[:1]
        return last + [t for t in spoken[1:] if last and not same_party(t.party, last[0].party)][:1]
    if NUMBER_WORDS.search(one.text):
        return [t for t in before if counts(t)][:1]
    own = {key_part for key_part in one.words.stems if key_part not in _POINTING} - Words(one.report.outlet or "").stems
    scored = [(sum(idf.get(s, 1.0) for s in sorted(own & t.words.stems)), t.start, t.id, t) for t in before]
    best = max((s for s in scored if s[0] > 0), key=lambda s: s[:3], default=None)
    if best is not None:
        return [best[3]]
    return spoken[:1] if _SPOKEN.search(one.text) else before[:1]


_NOTHING = frozenset((Act.CANNOT_VERIFY, Act.ASK, Act.DECLINE_COMMENT, Act.DECLINE_RESPONSIBILITY))


def counts(one: Told) -> bool:
    return any(q.measure is not None or (q.counted and q.unit in (None, "people")) for q in one.statement.quantities)


def tie_withdrawals(told: Sequence[Told], idf: Mapping[str, float]) -> dict[str, tuple[str, ...]]:
    """For each retraction or correction: the id of the earlier statement of the same actor or outlet that it takes back."""
    found: dict[str, tuple[str, ...]] = {}
    by_party: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_party[one.party.key].append(one)
    for one in told:
        if one.statement.act not in (Act.RETRACT, Act.CORRECT):
            continue
        words = one.words.stems
        total = sum(idf.get(s, 1.0) for s in sorted(words)) or 1.0
        best: tuple[float, tuple[float, str, int, str], str] | None = None
        for other in by_party[one.party.key]:
            if other.id == one.id or other.order >= one.order or other.statement.act in (Act.RETRACT, Act.CORRECT):
                continue
            shared = words & other.words.stems
            share = sum(idf.get(s, 1.0) for s in sorted(shared)) / total
            if len(shared) >= 2 and share >= LEAST and (best is None or (share, other.order) > best[:2]):
                best = share, other.order, other.id
        if best is not None:
            found[one.id] = (best[2],)
    return found


def join_denials(claims: Sequence[tuple[Told, ...]], bonds: Sequence[Bond]) -> list[tuple[Told, ...]]:
    """Claims in which one party denies one and the same claim are one claim, in however different words."""
    home = {t.id: n for n, claim in enumerate(claims) for t in claim}
    denials: dict[tuple[str, object], list[int]] = defaultdict(list)
    for bond in sorted(bonds, key=lambda b: (b.first, b.second)):
        if bond.kind is RelationKind.DENIES and bond.first in home:
            n = home[bond.first]
            denials[claims[n][0].party.key, home.get(bond.second, bond.second)].append(n)
    links = [(str(ns[0]), str(n), 1.0) for ns in denials.values() for n in ns[1:]]
    groups = group([str(n) for n in range(len(claims))], links)
    joined = [[t for n in members for t in claims[int(n)]] for members in groups]
    return [tuple(sorted(claim, key=lambda t: t.order)) for claim in joined]
