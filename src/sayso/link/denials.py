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
from sayso.link.told import Told
from sayso.model import Act, Kind, RelationKind

DAYS = 4.0  # a denial answers what was said in these days
LEAST = 0.45  # of the denial's telling words (by weight) that its target must have
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
            bonds.append(Bond(denial.id, other.id, RelationKind.DENIES, round(score, 4), reasons))
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
                and distance <= NEXT_TO
                and (other.statement.act in _ACCUSING or aimed and other.start < denial.start)
            )
            if not (near and (aimed or shared)):
                continue
            score = 0.5 + 0.2 * aimed + 0.2 * (other.statement.act is Act.ACCUSE) + 0.1 * share
        else:
            if not (
                len(shared) >= 2
                and share >= LEAST
                or aimed
                and other.statement.act is Act.ACCUSE
                and share >= LEAST / 2
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


def _names(other: Told, denial: Told) -> bool:
    """Whether ``other`` speaks of the one who denies; words meet by their first five letters (Drevane, Drevani)."""
    names = {w[:5] for w in fold(denial.party.name)} | {w[:5] for body in denial.party.bodies for w in body.split()}
    return any(w[:5] in names for w in fold(other.text) if len(w) > 3)


def _overlaps(a: Told, b: Told) -> bool:
    return a.report.id == b.report.id and any(x.overlaps(y) for x in a.statement.content for y in b.statement.content)


def tie_unverified(told: Sequence[Told], idf: Mapping[str, float]) -> dict[str, str]:
    """For each statement in which somebody could not verify: the id of the statement that it speaks of.

    It is the one just before it in the same report; with words or numbers in common if it has words of its own, with a
    number if it speaks of a figure.
    """
    by_report: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_report[one.report.id].append(one)
    found = {}
    for one in told:
        if one.statement.act is not Act.CANNOT_VERIFY:
            continue
        before = [
            t
            for t in by_report[one.report.id]
            if _is_claim(t) and t.start < one.start and one.start - t.start <= NEXT_TO and not _overlaps(t, one)
        ]
        before.sort(key=lambda t: (-t.start, t.id))
        figure = bool(_NUMBER_WORDS.search(one.text))
        words = one.words.stems - {
            "account",
            "claim",
            "inform",
            "figur",
            "number",
            "video",
            "footag",
            "detail",
            "independ",
        }
        chosen = next((t for t in before if figure and _counts(t)), None)
        if chosen is None and words:
            scored = [(sum(idf.get(s, 1.0) for s in sorted(words & t.words.stems)), t.start, t.id, t) for t in before]
            best = max((s for s in scored if s[0] > 0), key=lambda s: s[:3], default=None)
            chosen = best[3] if best else None
        if chosen is None:
            # "neither account", "the information": what was claimed last, by an actor rather than in the outlet's voice
            chosen = next((t for t in before if not t.voice), before[0] if before else None)
        if chosen is not None:
            found[one.id] = chosen.id
    return found


def _counts(one: Told) -> bool:
    return any(q.measure is not None or q.counted and not q.unit for q in one.statement.quantities)


def _is_claim(one: Told) -> bool:
    return (
        one.statement.act not in (Act.CANNOT_VERIFY, Act.ASK, Act.DECLINE_COMMENT, Act.DECLINE_RESPONSIBILITY)
        and one.statement.kind in Kind
    )


def tie_withdrawals(told: Sequence[Told], idf: Mapping[str, float]) -> dict[str, str]:
    """For each retraction or correction: the id of the earlier statement of the same actor or outlet that it takes back."""
    found = {}
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
            found[one.id] = best[2]
    return found
