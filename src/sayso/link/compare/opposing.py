"""What two texts tell, held against each other clause by clause: the same, the opposite, turned round, or the like of somebody else.

Two clauses are held against each other only if they may speak of one thing: nobody named in the one is another in the other ("profits
at Tarn", "profits at Orlo"), nor is the place or occasion ("in Dorn", "in Holm"). A negation counts with all that governs it,
twice turned is not turned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from sayso.link.compare.governing import Level
from sayso.link.compare.issues import antonyms, turned_by_prefix
from sayso.link.compare.parsed import Named, aligned
from sayso.link.compare.stances import Stance
from sayso.link.words import stem


class How(StrEnum):
    """What two clauses are to each other."""

    OPPOSED = "opposed"  # both cannot hold
    SWAPPED = "swapped"  # who does it is whom it befalls in the other
    ALIKE = "alike"  # one word, or one answer to one issue
    ELSEWHERE = "elsewhere"  # they would be one of the others, but speak of another person, thing or place
    OPEN = "open"  # … but one only may come, or is asked, wished or feared


@dataclass(frozen=True, slots=True)
class Met:
    """Two clauses that meet, and why. ``main``: both are what their sentence tells. ``turned``: by a negation or another word."""

    how: How
    mine: Stance
    theirs: Stance
    why: str
    main: bool
    turned: bool = False
    contrary: bool = False  # they would exclude each other, were they said of one thing
    of: tuple[Named | None, Named | None] = (None, None)  # for whom they answer one issue

    def of_two(self, known: frozenset[str], known_there: frozenset[str]) -> bool:
        """Whether it is plain that they speak of two: by two common nouns or two names of which neither text has the other's."""
        return any(
            a.proper == b.proper and a.plain and b.plain and a.head not in known_there and b.head not in known
            for a, b in self._apart()
        ) or (
            self.mine.held.so
            and self.theirs.held.so
            and any(a.head == b.head and a.plain and b.plain for a, b in self._apart())
        )

    def _apart(self) -> list[tuple[Named, Named]]:
        mine, theirs = self.mine, self.theirs
        roles = [
            (mine.doer, theirs.doer),
            (mine.thing, theirs.thing),
            (mine.thing or mine.doer, theirs.thing or theirs.doer),
        ]
        roles += [self.of, *((noun, theirs.beside.get(prep)) for prep, noun in mine.beside.items())]
        return [(a, b) for a, b in roles if a is not None and b is not None and aligned(a, b) is False]


# "A met B" is as much as "B met A".
_MUTUAL = frozenset(map(stem, """meet marry fight clash talk divorce join play face collide agree argue negotiate trade kiss embrace resemble equal
    speak draw be have border adjoin date debate wed know work merge tie match""".split()))  # fmt: skip
_NO_PLACE = frozenset(
    ("by", "with", "as", "after", "before", "since", "until", "over", "about")
)  # tell no scope that excludes another
_WHERE = frozenset(("in", "at", "from", "near", "off", "outside", "inside"))  # a town is one, by whichever it is told


def met(
    mine: tuple[Stance, ...], theirs: tuple[Stance, ...], known: frozenset[str], known_there: frozenset[str]
) -> tuple[Met, ...]:
    """Every two clauses of two texts that meet. ``known`` are the stems of all words of the first text, ``known_there`` of the second."""
    return tuple(m for a in mine for b in theirs for m in _meet(a, b, known, known_there))


def clash(found: tuple[Met, ...]) -> Met | None:
    """The first two clauses that cannot both hold. Two of which one word says so and another the contrary are none."""
    alike = {(m.mine.at, m.theirs.at) for m in found if m.how is How.ALIKE}
    return next(
        (m for m in found if m.how in (How.OPPOSED, How.SWAPPED) and m.main and (m.mine.at, m.theirs.at) not in alike),
        None,
    )


def accord(found: tuple[Met, ...]) -> Met | None:
    """The first two clauses that tell the same, those in other words first, if no two exclude each other."""
    if any(m.how in (How.OPPOSED, How.SWAPPED) and m.main for m in found):
        return None
    alike = [m for m in found if m.how is How.ALIKE and m.main]
    return next((m for m in alike if m.turned), alike[0] if alike else None)


def _meet(a: Stance, b: Stance, known: frozenset[str], known_there: frozenset[str]) -> Iterator[Met]:
    for opposed, turned, why, one, other, of_doer in _answers(a, b):
        found = _weighed(a, b, opposed, turned, why, aligned(one, other), of_doer, known, known_there)
        # "A man is sitting", "A man is standing": these may be two men
        anyone = opposed and a.held.so and b.held.so and (_any(one) or _any(other)) and not _one_doer(a, b)
        yield replace(found, main=found.main and not anyone, of=(one, other))
    if _one_word(a, b):
        opposed = a.held.so != b.held.so
        why = f"“{a.word}” is told as so and as not so" if opposed else f"“{a.word}” in both"
        roles = [aligned(a.doer, b.doer), aligned(a.thing, b.thing)]
        if not opposed and False in roles and _swapped(a, b):
            main = _main(a, b) and not (_any(a.doer) or _any(b.doer))
            yield Met(How.SWAPPED, a, b, f"who does it and whom it befalls are turned round (“{a.word}”)", main)
        else:
            fit = False if False in roles else True if True in roles else None
            yield _weighed(a, b, opposed, False, why, fit, True, known, known_there)


def _one_doer(a: Stance, b: Stance) -> bool:
    """Whether one who is named, or told as known, does both."""
    return bool(aligned(a.doer, b.doer)) and not (_any(a.doer) or _any(b.doer))


def _any(one: Named | None) -> bool:
    return one is not None and one.indefinite


def _one_word(a: Stance, b: Stance) -> bool:
    """Whether both tell of one act: "agreed to", "failed to agree"; not "made a profit", "made a loss"."""
    if a.key == b.key:
        return True
    return bool(a.verb) and a.verb == b.verb and a.verb in (a.key, b.key)


def _answers(a: Stance, b: Stance) -> Iterator[tuple[bool, bool, str, Named | None, Named | None, bool]]:
    """Where both answer one issue: whether oppositely, whether in other words, why, for whom, and whether for who does it."""
    if _one_word(a, b):
        shared = {x.issue for x, _ in a.answers} & {y.issue for y, _ in b.answers}
        if not any(x.of == "o" for x, _ in a.answers if x.issue in shared):
            return  # one word: whether it is so decides
    for x, of_mine in a.answers:
        for y, of_theirs in b.answers:
            if x.issue != y.issue or (x.issue.unlike and x.one == y.one):
                continue
            issue = x.issue
            words = f"{issue.about}: “{_told(a)}” against “{_told(b)}”"
            sure = a.held.so and b.held.so
            holds = issue.one_doer and sure and x.one and y.one and aligned(a.thing, b.thing)
            if holds and aligned(a.doer, b.doer) is False:
                yield True, True, words, a.thing, b.thing, False
                continue
            if x.one == y.one:
                opposed = a.held.so != b.held.so
            elif sure or issue.either:
                opposed = a.held.so == b.held.so
            elif a.held.so != b.held.so:
                opposed = False  # "rose", "did not fall"
            else:
                continue  # "did not rise", "did not fall"
            if not opposed:
                words = f"{issue.about}: “{_told(a)}” and “{_told(b)}”"
            yield opposed, True, words, of_mine, of_theirs, issue.doer
    for opposite in _opposites(a, b):
        opposed = a.held.so == b.held.so and (a.held.so or opposite == "prefix")
        if opposed or a.held.so != b.held.so:
            words = f"opposites: “{_told(a)}” {'against' if opposed else 'and'} “{_told(b)}”"
            one, other = (a.thing or a.doer), (b.thing or b.doer)
            yield opposed, True, words, one, other, False


def _opposites(a: Stance, b: Stance) -> Iterator[str]:
    mine, theirs = stem(a.word), stem(b.word)
    if turned_by_prefix(a.word, b.word) or turned_by_prefix(a.key, b.key):
        yield "prefix"
    elif {x.issue for x, _ in a.answers} & {y.issue for y, _ in b.answers}:
        return
    elif theirs in antonyms().get(mine, ()) or b.key in antonyms().get(a.key, ()):
        yield "antonyms"


def _told(stance: Stance) -> str:
    return stance.word if stance.held.so else f"not {stance.word}"


def _weighed(
    a: Stance, b: Stance, opposed: bool, turned: bool, why: str, fit: bool | None, of_doer: bool, known: frozenset[str], known_there: frozenset[str]
) -> Met:  # fmt: skip
    main = _main(a, b)
    turned = a.held.turned or b.held.turned or (turned and a.held.so != b.held.so)
    if fit is False or _other_scope(a, b, of_doer=of_doer) or (opposed and _narrower(a, b, known, known_there)):
        return Met(How.ELSEWHERE, a, b, f"said of other things (“{a.word}”, “{b.word}”)", main, turned, opposed)
    if fit is None and opposed and not _anybody(a, b):
        main = False  # nobody tells that they speak of one thing
    if _apart_in_time(a, b, opposed):
        return Met(How.OPEN, a, b, f"told as so and as only possible (“{a.word}”, “{b.word}”)", main, turned, opposed)
    return Met(How.OPPOSED if opposed else How.ALIKE, a, b, why, main, turned)


def _anybody(a: Stance, b: Stance) -> bool:
    """Whether a pronoun stands where the other has a name: it may be anybody, so also the one named."""
    return any(
        one is not None and other is not None and (one.pronoun or other.pronoun)
        for one, other in ((a.doer, b.doer), (a.thing, b.thing))
    )


def _main(a: Stance, b: Stance) -> bool:
    return a.held.main and b.held.main


def _other_scope(a: Stance, b: Stance, *, of_doer: bool) -> bool:
    """Whether they name other people, things, places or occasions, beside the one for whom they answer."""
    turned = aligned(a.thing, b.doer) or aligned(a.doer, b.thing)
    if of_doer and aligned(a.doer, b.doer) is False and not turned:
        return True
    if of_doer and aligned(a.thing, b.thing) is False:
        return True
    return any(prep not in _NO_PLACE and aligned(noun, b.beside.get(prep)) is False for prep, noun in a.beside.items())


def _narrower(a: Stance, b: Stance, known: frozenset[str], known_there: frozenset[str]) -> bool:
    """Whether the one that is not so speaks of a place or occasion of which the other says nothing: "did not land in Varn"."""
    for one, other, words in ((a, b, known_there), (b, a, known)):
        if not one.held.so and other.held.so:
            for prep, noun in one.beside.items():
                if prep not in _NO_PLACE and noun.head and noun.head not in words:
                    return True
    return False


def _apart_in_time(a: Stance, b: Stance, opposed: bool) -> bool:
    """Whether one is told as so and the other only as possible; or, of opposites, one is to come and the other has not come yet."""
    levels = (a.held.level, b.held.level)
    if Level.OPEN in levels:
        return levels[0] != levels[1] or a.held.so != b.held.so
    if not opposed or levels[0] == levels[1]:
        return False
    ahead, done = (a, b) if levels[0] is Level.AHEAD else (b, a)
    return ahead.held.so and not done.held.so and not done.held.refused


def _swapped(a: Stance, b: Stance) -> bool:
    befallen, befallen_there = a.beside.get("against", a.thing), b.beside.get("against", b.thing)
    if a.key in _MUTUAL or not (a.held.so and b.held.so):
        return False
    return bool(aligned(a.doer, befallen_there) and aligned(befallen, b.doer))
