"""Statements in words: which say the same and so are one claim, and which say the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np

from sayso.link.actors import same_party
from sayso.link.agreeing import agreeing, is_said_of_itself, may_tell_the_same, predicates, tells_most
from sayso.link.answers import (
    LEAST_STEMS,
    OPPOSITE_COSINE,
    SAME_COSINE_KIN,
    Likeness,
    opposite_content,
    same_content,
    verbatim,
)
from sayso.link.denying import is_empty
from sayso.link.grouping import FORCED, group
from sayso.link.judged import NOBODY, Judged
from sayso.link.nearness import Near
from sayso.link.opposites import holding_of, opposed, outcome_of
from sayso.link.told import Told, day_of
from sayso.link.twins import families
from sayso.model import Act, Precision, RelationKind

T = TypeVar("T")

# Statements that make no claim about the matter; they mark, ask or answer other statements.
NO_CLAIM = frozenset((Act.CANNOT_VERIFY, Act.DECLINE_COMMENT, Act.ASK))
SAME_DAYS = 30.0  # the same words a month later may be about another event
OPPOSITE_DAYS = 3.0
REPEATED = 1.5  # above every likeness, below what a person decided: a derived report's sentence is its base's
HOLDING = "who holds it"  # as `holding_of` calls it: people are captured too, so a place must be named by both
MOST_LINKED = 0.5  # of the pairs across two groups that must be linked before the groups join


@dataclass(frozen=True, slots=True)
class Bond:
    """What one statement is to another, by their ids, with the reasons in words."""

    first: str
    second: str
    kind: RelationKind
    score: float
    reasons: tuple[str, ...]
    about_number: bool = False  # the two have a number in common
    judge: str = "machine"  # or the name of a person, who is obeyed whatever the machine would do


def same_claims(
    told: Sequence[Told],
    near: Near,
    kin_of: Mapping[str, str],
    judged: Judged = NOBODY,
    seen: Iterable[tuple[str, str, float]] = (),
    idf: Mapping[str, float] | None = None,
) -> tuple[list[tuple[Told, ...]], list[Bond]]:
    """Statements grouped into claims, and the bonds of those that answer oppositely.

    ``near`` has the places in ``told`` of statements that are near in meaning, ``kin_of`` for every report the group of
    reports that derive from one another; ``judged`` holds the pairs that a person merged or split, ``seen`` those in which two
    outlets saw one thing. ``idf`` tells how telling a word is in the story; all are the same if left out.
    """
    here = {t.id for t in told}
    links = [(a, b, FORCED) for a, b in sorted(judged.merged) if a in here and b in here]
    links += [(min(pair), max(pair), REPEATED) for pair in families(told)]
    links += [(a, b, score) for a, b, score in seen if a in here and b in here]
    near, denied = _comparable(told, near)
    vetoes = set(judged.split) | denied
    bonds: list[Bond] = []
    doubtful: list[tuple[Told, Told, float]] = []  # as alike as kin are
    looser: list[tuple[Told, Told, float]] = []  # less so, but one may tell what the other tells
    # Of thousands of pairs many are of the same words, and most of the same speakers: each two are judged once.
    texts, kinds = _numbered([(t.words, predicates(t.statement.events)) for t in told])
    words, acts = [kind[0] for kind in kinds], [kind[1] for kind in kinds]
    speakers, parties = _numbered([t.party for t in told])

    @cache
    def same_actor(x: int, y: int) -> str | None:
        return same_party(parties[x], parties[y])

    @cache
    def same(x: int, y: int, cosine: float, kin: bool) -> Likeness:
        return same_content(words[x], words[y], cosine, kin=kin)

    @cache
    def telling_most(x: int, y: int) -> bool:
        return may_tell_the_same(acts[x], acts[y]) and tells_most(words[x], words[y], idf or {})

    @cache
    def opposite(x: int, y: int, cosine: float) -> Likeness:
        return opposite_content(words[x], words[y], cosine)

    for i, j, cosine in _telling(told, near):
        a, b, x, y = told[i], told[j], texts[i], texts[j]
        pair = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        gap = abs(a.day - b.day) if a.day is not None and b.day is not None else 0.0
        party = same_actor(speakers[i], speakers[j])
        # One actor, or two reports that go back to one another, say the same in other words more often than a second thing.
        # Two people by name in one report say two things, however alike: a report tells nothing twice without need.
        apart = a.report.id == b.report.id and a.party.named and b.party.named
        kin = (party is not None and not a.voice) or (not apart and kin_of.get(a.report.id) == kin_of.get(b.report.id))
        two = not kin and is_said_of_itself(a, b)
        like = same(x, y, cosine, kin)
        if like.holds and gap <= SAME_DAYS and not two:
            finer = finer_time(a, b) or finer_time(b, a)
            if finer is not None and a.twin is None and b.twin is None:
                vetoes.add(pair)
                first, second, reason = finer
                bonds.append(Bond(first.id, second.id, RelationKind.REFINES, round(like.score, 4), (reason,)))
            else:
                links.append((*pair, like.score))
            continue
        against = opposite(x, y, cosine)
        if not (against.holds or kin or apart or two or gap > SAME_DAYS):
            closer = same(x, y, cosine, True)
            if closer.holds and len(words[x].stems & words[y].stems) >= LEAST_STEMS:
                doubtful.append((a, b, closer.score))
        if not (against.holds or two or a.report.id == b.report.id or gap > SAME_DAYS) and telling_most(x, y):
            looser.append((a, b, round(cosine, 4)))
        if against.holds:
            vetoes.add(pair)
            # A rewording opens no dispute of its own: the sentence that it rewords does.
            if (
                a.twin is None
                and b.twin is None
                and gap <= OPPOSITE_DAYS
                and _can_dispute(a, b)
                and _main_negation(a, b)
            ):
                late, early = (b, a) if a.order < b.order else (a, b)
                kind = RelationKind.REVISES if party else RelationKind.CONTRADICTS
                if party is None or late.day != early.day:
                    bonds.append(
                        Bond(late.id, early.id, kind, round(cosine, 4), (*against.reasons, party or "different actors"))
                    )
    agreements = agreeing([(a, b) for a, b, _ in (*doubtful, *looser)])
    for n, ((a, b, score), agreement) in enumerate(zip((*doubtful, *looser), agreements, strict=True)):
        if agreement.one_event if n < len(doubtful) else agreement.two_events:
            links.append((min(a.id, b.id), max(a.id, b.id), score))
    by_id = {t.id: t for t in told}
    groups = group([t.id for t in told], links, vetoes=vetoes, share=MOST_LINKED)
    return [tuple(by_id[m] for m in members) for members in groups], bonds


# A noun for what somebody says, with what it says behind it; in "said in a statement that …" it is where it was said.
_OF_A_SAYING = re.compile(
    r"(?<!\bin )(?<!\bin a )(?<!\bin an )(?<!\bin the )(?<!\bin his )(?<!\bin her )(?<!\bin its )(?<!\bin their )"
    r"\b(?:remarks?|claims?|comments?|statements?|assertions?|allegations?|accusations?|suggestions?|charges?|criticism|notion|rumou?rs?|"
    r"arguments?|insistence|denials?) that\b",
    re.IGNORECASE,
)


# "It is moving closer to declaring it" has not declared it.
_AHEAD = re.compile(
    r"\b(?:close|closer|near|nearer) to \w+ing\b|\b(?:on the (?:verge|brink|cusp|point) of|about to|poised to|prepar(?:es?|ed|ing) to|"
    r"(?:consider|weigh)(?:s|ed|ing)? \w+ing)\b",
    re.IGNORECASE,
)


def _comparable(told: Sequence[Told], near: Near) -> tuple[Near, set[tuple[str, str]]]:
    """The pairs that may be one claim; and those, by ids, that never are: of which one denies and the other does not (a denial is
    tied to what it denies by denials.py), one tells of a saying and the other says it, or one of what is near and the other that it is
    done."""
    silent = np.array([t.statement.act in NO_CLAIM for t in told], dtype=bool)
    near = near.where(~(silent[near.first] | silent[near.second]))
    denies = np.array([t.statement.act is Act.DENY for t in told], dtype=bool)
    # "She takes issue with his remarks that it is safe" tells of what he says, and says nothing of the kind.
    of_sayings = np.array([_OF_A_SAYING.search(t.text) is not None for t in told], dtype=bool)
    ahead = np.array([_AHEAD.search(t.text) is not None for t in told], dtype=bool)
    differ = (denies[near.first] != denies[near.second]) | (of_sayings[near.first] != of_sayings[near.second])
    differ |= ahead[near.first] != ahead[near.second]
    apart = {(min(told[i].id, told[j].id), max(told[i].id, told[j].id)) for i, j, _ in near.where(differ)}
    near = near.where(~differ)
    # "Denied it" says by itself not what: those of one charge are joined by denials.py.
    empty = np.array([t.statement.act is Act.DENY and is_empty(t) for t in told], dtype=bool)
    reports = np.array(_numbered([t.report.id for t in told])[0], dtype=np.int64)
    emptily = (empty[near.first] | empty[near.second]) & (reports[near.first] != reports[near.second])
    return near.where(~emptily), apart


def _telling(told: Sequence[Told], near: Near) -> Near:
    """The pairs that may say the same or the opposite: those near enough in meaning for it, and of the others those that are
    word for word the same, or tell of the same two things. Which those are is looked up once for each two texts."""
    enough = near.cosine >= np.float32(min(SAME_COSINE_KIN, OPPOSITE_COSINE))
    numbers, kinds = _numbered([(t.words, predicates(t.statement.events)) for t in told])
    texts, low = np.array(numbers, dtype=np.int64), near.where(~enough)
    codes, place = np.unique(texts[low.first] * len(kinds) + texts[low.second], return_inverse=True)
    pairs = ((kinds[code // len(kinds)], kinds[code % len(kinds)]) for code in codes.tolist())
    found = [may_tell_the_same(a[1], b[1]) or verbatim(a[0], b[0]) is not None for a, b in pairs]
    enough[~enough] = np.array(found, dtype=bool)[place]
    return near.where(enough)


def _numbered(values: Sequence[T]) -> tuple[list[int], list[T]]:
    """A number for each of these, the same for equal ones; and the value that each number stands for."""
    known: dict[T, int] = {}
    return [known.setdefault(value, len(known)) for value in values], list(known)


_FINENESS = {Precision.SECOND: 3, Precision.MINUTE: 3, Precision.HOUR: 2, Precision.PART_OF_DAY: 1, Precision.DAY: 1}


def finer_time(a: Told, b: Told) -> tuple[Told, Told, str] | None:
    """``a`` tells the hour at which it happened where ``b`` tells only the day or the night: a finer answer to one question."""
    mine, theirs = a.statement.happened, b.statement.happened
    if len(mine) != 1 or len(theirs) != 1:
        return None
    fine, coarse = _FINENESS.get(mine[0].precision, 0), _FINENESS.get(theirs[0].precision, 0)
    day, other = day_of(mine[0].value[:10]), day_of(theirs[0].value[:10])
    if fine < 2 or coarse != 1 or day is None or other is None or abs(day - other) > 1.0:
        return None
    return a, b, f"“{mine[0].span.of(a.report.text)}” is finer than “{theirs[0].span.of(b.report.text)}”"


def opposed_scenes(told: Sequence[Told], cosines: Mapping[tuple[str, str], float]) -> list[Bond]:
    """Two actors tell the outcome of one scene oppositely (repelled / still holds), in words that are not alike at all.

    Only for outcomes that exclude each other by themselves, said by different actors in one report, or on one day with a name
    in common.
    """
    scenes = [(t, side) for t in told if t.twin is None and (side := scene_of(t)) is not None]
    if len({side[:2] for _, side in scenes}) < 2:
        return []
    bonds = []
    for n, (a, side) in enumerate(scenes):
        for b, other in scenes[:n]:
            if side[0] != other[0] or side[1] == other[1]:
                continue
            if same_party(a.party, b.party) or not _can_dispute(a, b):
                continue
            one_report = a.report.id == b.report.id and side[0] != HOLDING
            gap = abs(a.day - b.day) if a.day is not None and b.day is not None else 99.0
            # The first word of a sentence is no sure name, so a name of the one may be any word of the other.
            named = a.words.names & b.words.stems | b.words.names & a.words.stems
            if not one_report and not (gap <= 1.0 and named):
                continue
            cosine = cosines.get((min(a.id, b.id), max(a.id, b.id)), 0.0)
            late, early = (a, b) if b.order < a.order else (b, a)
            reason = f"{side[0]}: “{side[2]}” against “{other[2]}”"
            bonds.append(
                Bond(
                    late.id,
                    early.id,
                    RelationKind.CONTRADICTS,
                    round(max(0.6, cosine), 4),
                    (reason, "different actors"),
                )
            )
    return bonds


def scene_of(one: Told) -> tuple[str, bool, str] | None:
    """Which outcome of the scene a statement tells, if it tells one: whether the fighting is over, or a place is taken."""
    if one.voice or one.statement.act not in (Act.ASSERT, Act.CONFIRM, Act.OTHER) or not one.party.named:
        return None
    return outcome_of(one.text) or (holding_of(one.text) if not one.statement.quantities else None)


def _can_dispute(a: Told, b: Told) -> bool:
    """A dispute has two parties: not the outlet's own voice, not two nameless crowds, and not one sentence with what stands in it
    ("I believe people didn't know how close …")."""
    one_saying = a.report.id == b.report.id and any(
        x.overlaps(y) for x in a.statement.content for y in b.statement.content
    )
    return not a.voice and not b.voice and not one_saying and (a.party.named or b.party.named)


# "Stopped short of raising the threat level" is no word against "the threat level was not raised", nor "ruled out any risk".
_CUE_NEGATES = re.compile(
    r"\b(?:rul\w+ out|stop\w* short|refrain\w*|refus\w+|fail\w*|avoid\w*|declin\w+|oppos\w+|reject\w*|dismiss\w*|den(?:y|ies|ied|ying)|"
    r"doubt\w*|prevent\w*)\b",
    re.IGNORECASE,
)


def _main_negation(a: Told, b: Told) -> bool:
    """The opposition is in what is said, not in a side remark: either the words exclude each other, or the negation makes
    the only difference that matters."""
    if opposed(a.text, b.text):
        return True
    plain = b if a.statement.negated else a
    if _CUE_NEGATES.search(" ".join(span.of(plain.report.text) for span in plain.statement.cue)):
        return False
    short = min(len(a.words.stems), len(b.words.stems))
    return (
        short > 0 and len(a.words.stems & b.words.stems) >= 0.7 * short and a.statement.negated != b.statement.negated
    )
