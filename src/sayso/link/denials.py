"""What a denial denies, and what an outlet could not verify: each is tied to the statement it speaks of.

A denial is tied to one assertion or accusation, the one that shares most of its telling words; one that only points back
("rejected the accusation") goes to the accusation just before it. Where nothing is near enough it is tied to nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sayso.link.actors import fold, same_party
from sayso.link.contents import Bond
from sayso.link.grouping import group
from sayso.link.told import Told
from sayso.link.words import Words
from sayso.model import Act, RelationKind

DAYS = 4.0  # a denial answers what was said in these days
LEAST = 0.45  # of the denial's telling words (by weight) that its target must have
FAR = 4000  # … and so many, if what stands there is aimed at the one who denies
NEXT_TO = 1500  # characters within which "the accusation" points back
_POINTS_BACK = re.compile(
    r"^(?:that |any such |all |these |those |this |the |such |its |what \W*)?(?:it|them|this|that|accusations?|allegations?|charges?|claims?|"
    r"reports?|suggestions?|inventions?|figures?|versions?|account|involvement|any involvement|any role|responsibility|information|videos?|footage)?\W*$",
    re.IGNORECASE,
)
_ACCUSING = frozenset((Act.ACCUSE, Act.CLAIM_RESPONSIBILITY))
_DENIABLE = frozenset((Act.ACCUSE, Act.ASSERT, Act.CLAIM_RESPONSIBILITY, Act.CONFIRM, Act.ASSESS, Act.OTHER))
_NUMBER_WORDS = re.compile(r"\b(?:figures?|numbers?|tolls?|counts?)\b", re.IGNORECASE)


def tie_denials(told: Sequence[Told], idf: Mapping[str, float], stories: Mapping[str, int]) -> list[Bond]:
    """A bond from each denial to what it denies, where that stands in the ledger."""
    by_story: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if one.statement.act in _DENIABLE and not one.voice:
            by_story[stories[one.report.id]].append(one)
    bonds = []
    for denial in told:
        if denial.statement.act is not Act.DENY or denial.voice:
            continue
        target = _denied(denial, by_story[stories[denial.report.id]], idf)
        if target is not None:
            other, score, reasons = target
            number = bool(denial.words.numbers & other.words.numbers)
            bonds.append(Bond(denial.id, other.id, RelationKind.DENIES, round(score, 4), reasons, number))
    return bonds


def _denied(
    denial: Told, others: Sequence[Told], idf: Mapping[str, float]
) -> tuple[Told, float, tuple[str, ...]] | None:
    best: tuple[float, float, str, Told, tuple[str, ...]] | None = None
    words = denial.words.stems
    total = sum(idf.get(s, 1.0) for s in sorted(words))
    vague = len(words) <= 2 or bool(_POINTS_BACK.match(denial.text))
    for other in others:
        if other.id == denial.id or same_party(other.party, denial.party) or _overlaps(denial, other):
            continue
        if _DENYING.search(other.text) or _one_country(other, denial):
            continue
        if (
            other.day is not None
            and denial.day is not None
            and not 0 <= denial.day - other.day <= DAYS
            and other.report.id != denial.report.id
        ):
            continue
        shared = words & other.words.stems
        share = sum(idf.get(s, 1.0) for s in sorted(shared)) / total if total else 0.0
        aimed = _names(other, denial)
        here = other.report.id == denial.report.id
        distance = abs(denial.start - other.start)
        numbers = denial.words.numbers & other.words.numbers
        if vague:
            near = (
                here
                and distance <= (FAR if aimed else NEXT_TO)
                and (other.statement.act in _ACCUSING or (aimed and other.start < denial.start))
            )
            if not (near and (aimed or shared)):
                continue
            score = 0.5 + 0.2 * aimed + 0.2 * (other.statement.act is Act.ACCUSE) + 0.1 * share
        else:
            if not (
                (len(shared) >= (2 if here or aimed else 3) and share >= LEAST)
                or (aimed and other.statement.act is Act.ACCUSE and share >= LEAST / 2)
            ):
                continue
            score = 0.4 + 0.3 * share + 0.15 * aimed + 0.1 * bool(numbers) + 0.05 * here
        reasons = [
            f"shares “{min(shared, key=lambda s: (-idf.get(s, 0.0), s))}” and {len(shared) - 1} more words"
            if len(shared) > 1
            else "points back to it"
        ]
        if aimed:
            reasons.append(f"it is aimed at {denial.party.name}")
        if here:
            reasons.append("in the same report")
        rank = (score, -float(distance) if here else float("-inf"), other.id, other, tuple(reasons))
        if best is None or rank[:3] > best[:3]:
            best = rank
    return (best[3], min(1.0, best[0]), best[4]) if best else None


_DENYING = re.compile(
    r"\b(?:nothing to do with|no (?:part|role|involvement|influence|hand) in|not involved|did not take part|den(?:y|ies|ied|ial)|reject\w*)\b",
    re.IGNORECASE,
)


def _one_country(other: Told, denial: Told) -> bool:
    """Whether ``other`` speaks for the government that denies, as its official or agency: that is no accuser of it."""
    if not denial.party.key.startswith("government "):
        return False
    country = denial.party.key.split()[1][:5]
    role = other.statement.actor.role if other.statement.actor else None
    return any(
        w[:5] == country for text in (role or "", other.party.name, *sorted(other.party.bodies)) for w in fold(text)
    )


def _names(other: Told, denial: Told) -> bool:
    """Whether ``other`` speaks of the one who denies; words meet by their first five letters (Drevane, Drevani)."""
    words = [
        *fold(denial.party.name),
        *(w for text in (denial.party.key, *sorted(denial.party.bodies)) for w in text.split()),
    ]
    names = {w[:5] for w in words if len(w) > 3 and w not in ("government", "ministri")}
    return any(w[:5] in names for w in fold(other.text) if len(w) > 3)


def _overlaps(a: Told, b: Told) -> bool:
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
        and not _overlaps(t, one)
        and not could_not_verify(t)
    ]
    before.sort(key=lambda t: (-t.start, t.id))
    spoken = [t for t in before if not t.voice]
    if _BOTH.search(one.text):
        last = spoken[:1]
        return last + [t for t in spoken[1:] if last and not same_party(t.party, last[0].party)][:1]
    if _NUMBER_WORDS.search(one.text):
        return [t for t in before if _counts(t)][:1]
    own = {key_part for key_part in one.words.stems if key_part not in _POINTING} - Words(one.report.outlet or "").stems
    scored = [(sum(idf.get(s, 1.0) for s in sorted(own & t.words.stems)), t.start, t.id, t) for t in before]
    best = max((s for s in scored if s[0] > 0), key=lambda s: s[:3], default=None)
    if best is not None:
        return [best[3]]
    return spoken[:1] if _SPOKEN.search(one.text) else before[:1]


_NOTHING = frozenset((Act.CANNOT_VERIFY, Act.ASK, Act.DECLINE_COMMENT, Act.DECLINE_RESPONSIBILITY))


def _counts(one: Told) -> bool:
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
