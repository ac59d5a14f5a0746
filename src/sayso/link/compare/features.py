"""The named comparisons of two short texts. Each is a function whose docstring tells users what it compares; its result is how far
it holds, in 0..1, with the reason in words, or None where it finds nothing. To add one, write it and add it to `COMPARISONS`.

None of them depends on which text comes first: what differs between the two is told of "one" and "the other".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from sayso.link.answers import names_differ, numbers_differ, overlap, verbatim
from sayso.link.compare.issues import antonyms as opposites_of
from sayso.link.compare.issues import turned_by_prefix
from sayso.link.compare.marks import AGAINST, RESERVED, says
from sayso.link.compare.numbers import compare_numbers, numbers_only_in_one
from sayso.link.compare.opposing import How
from sayso.link.compare.texts import Pair, Text
from sayso.link.opposites import opposed
from sayso.link.words import NEGATIONS, shingles

LEAST_SHARED = 4  # words, articles among them: fewer are no sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """What one comparison found."""

    name: str
    value: float
    reason: str


Found = tuple[float, str] | None


def near(pair: Pair) -> Found:
    """How near the two are in meaning: the cosine of their sentence vectors."""
    return max(
        0.0, pair.cosine
    ), f"near in meaning ({pair.cosine:.2f})" if pair.cosine >= 0.5 else f"far in meaning ({pair.cosine:.2f})"


def very_near(pair: Pair) -> Found:
    """How much nearer in meaning than most texts of one matter are: what the cosine has above .70."""
    return (
        (min(1.0, (pair.cosine - 0.7) / 0.3), f"very near in meaning ({pair.cosine:.2f})")
        if pair.cosine > 0.7
        else None
    )


def held_in_the_other(pair: Pair) -> Found:
    """How much of one text stands in the other: the content words of one, whichever has the larger share of them in the other."""
    share = max(pair.share_of(pair.a), pair.share_of(pair.b))
    return share, f"{share:.0%} of the content words of one are in the other"


def shared_words(pair: Pair) -> Found:
    """How many content words the two share, of all that either has."""
    share = overlap(pair.a.words, pair.b.words)
    return share, f"{share:.0%} of the content words shared"


def shared_runs(pair: Pair) -> Found:
    """How many runs of two words the two share, of all that either has: the same words in the same order."""
    mine, theirs = shingles(pair.a.words.folded, 2), shingles(pair.b.words.folded, 2)
    share = len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
    return (share, f"{share:.0%} of the runs of two words shared") if share else None


def one_tells_more(pair: Pair) -> Found:
    """One text has much that the other lacks: how far the shares of their words in each other lie apart."""
    gap = abs(pair.share_of(pair.a) - pair.share_of(pair.b))
    return (gap, "one tells more than the other") if gap > 0 else None


def same_words(pair: Pair) -> Found:
    """Most of the shorter text stands word for word in the other."""
    run = verbatim(pair.a.words, pair.b.words)
    return (1.0, run) if run else None


def names_missing(pair: Pair) -> Found:
    """Names of one text that the other does not hold."""
    named = pair.a.names | pair.b.names
    missing = (pair.a.names - pair.b.every_stem) | (pair.b.names - pair.a.every_stem)
    return (len(missing) / len(named), f"names that only one has ({_some(missing)})") if missing else None


def names_shared(pair: Pair) -> Found:
    """Names that both texts hold."""
    shared = (pair.a.names & pair.b.every_stem) | (pair.b.names & pair.a.every_stem)
    return (min(1.0, len(shared) / 3), f"names shared ({_some(shared)})") if shared else None


def other_names(pair: Pair) -> Found:
    """Each text has a name that the other lacks, so they may be about different people or places."""
    if not (pair.a.names and pair.b.names):
        return None
    reason = names_differ(pair.a.words, pair.b.words)
    return (1.0, reason) if reason else None


def same_number(pair: Pair) -> Found:
    """The two give one number for the same things."""
    same = [c for c in compare_numbers(pair) if c.how == "same"]
    shared = pair.a.words.numbers & pair.b.words.numbers
    if same:
        return 1.0, f"the same number ({same[0].mine})"
    return (0.5, f"the same number ({min(shared)})") if shared else None


def finer_number(pair: Pair) -> Found:
    """The number of one is a finer form of the number of the other: "dozens" and 34, "at least 12" and 14."""
    finer = [c for c in compare_numbers(pair) if c.how == "finer"]
    return (1.0, f"a finer number ({finer[0].mine} and {finer[0].theirs})") if finer else None


def other_number(pair: Pair) -> Found:
    """The two give different numbers for the same things, and both cannot hold."""
    other = [c for c in compare_numbers(pair) if c.how == "other"]
    if other:
        return (
            1.0 if other[0].measured else 0.7
        ), f"other numbers of the same things ({other[0].mine} and {other[0].theirs})"
    return None


def numbers_of_other_things(pair: Pair) -> Found:
    """Each text has a number that the other lacks, and they do not count the same things."""
    reason = numbers_differ(pair.a.words, pair.b.words)
    if reason is None or any(c.how != "same" for c in compare_numbers(pair)):
        return None
    return 1.0, reason


def number_in_one(pair: Pair) -> Found:
    """Only one of the two gives a number."""
    return (1.0, "only one gives a number") if numbers_only_in_one(pair) else None


def negation(pair: Pair) -> Found:
    """One text has a negation (not, no, never …), the other none; the more of the rest they share, the more it counts."""
    if pair.settled:
        return None
    if pair.a.words.negated == pair.b.words.negated:
        return None
    negated = pair.a if pair.a.words.negated else pair.b
    word = next((w for w in negated.words.folded if w in NEGATIONS or w.endswith("n't")), "not")
    return 0.5 * (1.0 + _relevance(pair)), f"one is negated (“{word}”)"


def negated_event(pair: Pair) -> Found:
    """What one tells as done, the other tells as not so or not done, by the parse: "arrested" and "was not arrested"."""
    if pair.settled:
        return None
    clash = (pair.a.negated_lemmas & pair.b.told_lemmas - pair.b.negated_lemmas - pair.a.told_lemmas) | (
        pair.b.negated_lemmas & pair.a.told_lemmas - pair.a.negated_lemmas - pair.b.told_lemmas
    )
    return (_relevance(pair), f"told as so and as not so (“{min(clash)}”)") if clash else None


def nothing_there(pair: Pair) -> Found:
    """One begins with there being no such thing ("There is no …", "No …", "Nobody …"), the other tells of it."""
    if pair.settled:
        return None
    first, second = _denies_being(pair.a), _denies_being(pair.b)
    return (_relevance(pair), "there is none, says one") if first != second else None


def exclusive_words(pair: Pair) -> Found:
    """Words that exclude each other when said of one thing: opened and closed, captured and repelled; each in one text only."""
    if pair.settled:
        return None
    reason = opposed(pair.a.text, pair.b.text)
    if reason:
        return _relevance(pair), reason
    return None


def antonyms(pair: Pair) -> Found:
    """Everyday opposites, each in one text only: sitting and standing, won and lost."""
    if pair.settled:
        return None
    opposites = opposites_of()
    mine, theirs = pair.a.every_stem - pair.b.every_stem, pair.b.every_stem - pair.a.every_stem
    for word in sorted(mine):
        if clash := opposites.get(word, frozenset()) & theirs:
            return _relevance(pair), f"opposites (“{word}” and “{min(clash)}”)"
    return None


def one_word_apart(pair: Pair) -> Found:
    """The two are the same but for one word, and the words are opposites: "heading north", "heading south"."""
    mine, theirs = pair.a.every_stem - pair.b.every_stem, pair.b.every_stem - pair.a.every_stem
    if any(text.unnamed and text.words.folded[:1] != ("the",) for text in (pair.a, pair.b)):
        return None  # "A black dog", "A white dog": these may be two dogs
    if len(mine) != 1 or len(theirs) != 1 or len(pair.a.every_stem & pair.b.every_stem) < LEAST_SHARED:
        return None
    (one,), (other,) = mine, theirs
    if other in opposites_of().get(one, frozenset()) or turned_by_prefix(one, other):
        return 1.0, f"the same but for opposites (“{one}” and “{other}”)"
    return None


def opposed_clauses(pair: Pair) -> Found:
    """A clause of one excludes a clause of the other: what is so and what is not, or two outcomes ("freed", "still held"), of one and the same
    thing, or who does it is whom it befalls. Negations are counted through what governs them ("did not refuse to")."""
    return (1.0, pair.clash.why) if pair.clash is not None else None


def clauses_open(pair: Pair) -> Found:
    """What one tells as so, the other tells as possible, wished, feared or asked."""
    if pair.clash is not None or pair.accord is not None:
        return None
    return next(((1.0, m.why) for m in pair.met if m.how is How.OPEN and m.main), None)


def no_clause_meets(pair: Pair) -> Found:
    """Nothing that one tells has to do with anything that the other tells, clause by clause."""
    told = [any(s.held.main for s in text.stances) for text in (pair.a, pair.b)]
    return (1.0, "what they tell does not meet") if all(told) and not any(m.main for m in pair.met) else None


def other_place(pair: Pair) -> Found:
    """Each text names places, and none of one is, holds or lies in one of the other."""
    mine, theirs = pair.a.places, pair.b.places
    if not mine or not theirs or mine & theirs or mine & pair.b.wider_places or theirs & pair.a.wider_places:
        return None
    return 1.0, f"other places ({min(mine)}, {min(theirs)})"


def other_day(pair: Pair) -> Found:
    """Each text names a day or year, and they are different ones."""
    mine, theirs = _days(pair.a), _days(pair.b)
    if not mine or not theirs or any(a.startswith(b) or b.startswith(a) for a in mine for b in theirs):
        return None  # "2031" holds "2031-05-03"
    return 1.0, f"other days ({min(mine)}, {min(theirs)})"


def ahead_and_done(pair: Pair) -> Found:
    """What one tells as planned, feared or possible, the other tells as done."""
    mine = {e.lemma: e.modality.value == "happened" for e in pair.a.events}
    theirs = {e.lemma: e.modality.value == "happened" for e in pair.b.events}
    differ = sorted(lemma for lemma in mine.keys() & theirs.keys() if mine[lemma] != theirs[lemma])
    return (_relevance(pair), f"planned or possible in one, done in the other (“{differ[0]}”)") if differ else None


def marked(kind: str, pair: Pair) -> Found:
    """Only one of the two has a mark of this kind; the more they speak of one thing, the more it counts."""
    mine, theirs = pair.a.marks.get(kind), pair.b.marks.get(kind)
    if bool(mine) == bool(theirs):
        return None
    return 0.5 + 0.5 * _relevance(pair), f"{says(kind)} in one of them (“{mine or theirs}”)"


def asked_whether_false(pair: Pair) -> Found:
    """One asks whether the other is false ("A hoax?"): it takes no stand, or half of one."""
    for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
        if (
            "asked" in one.marks
            and "debunked" in one.marks
            and "asked" not in other.marks
            and "debunked" not in other.marks
        ):
            return _relevance(pair), f"asked whether it is so (“{one.marks['debunked']}”)"
    return None


def negated_mark(pair: Pair) -> Found:
    """One denies, doubts or debunks with a negation beside it ("denies … did not", "No, … is not")."""
    for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
        if one.words.negated and not other.words.negated and (set(AGAINST) & one.marks.keys() - other.marks.keys()):
            return _relevance(pair), "denied and negated in one of them"
    return None


Comparison = Callable[[Pair], Found]
COMPARISONS: Mapping[str, Comparison] = {
    c.__name__: c
    for c in (
        near, very_near, held_in_the_other, shared_words, shared_runs, one_tells_more, same_words, names_missing, names_shared, other_names, same_number,
        finer_number, other_number, numbers_of_other_things, number_in_one, negation, negated_event, nothing_there, exclusive_words, antonyms,
        one_word_apart, opposed_clauses, clauses_open, no_clause_meets, other_place, other_day,
        ahead_and_done, asked_whether_false, negated_mark,
    )
} | {kind: partial(marked, kind) for kind in (*AGAINST, *RESERVED, "confirmed")}  # fmt: skip
"""Every comparison by its name, in the order of the weights."""


def findings(pair: Pair) -> tuple[Finding, ...]:
    """What each comparison finds in a pair, in their order; those that find nothing are left out."""
    found = ((name, comparison(pair)) for name, comparison in COMPARISONS.items())
    return tuple(Finding(name, *each) for name, each in found if each is not None)


def _relevance(pair: Pair) -> float:
    """How far the two speak of one thing: what is said of a difference counts only so far."""
    share = max(pair.share_of(pair.a), pair.share_of(pair.b))
    return min(1.0, max(0.0, 0.5 * pair.cosine + 0.5 * share))


def _some(stems: frozenset[str]) -> str:
    return ", ".join(sorted(stems)[:3])


def _denies_being(text: Text) -> bool:
    first = text.words.folded[:3]
    return bool(first) and (
        first[0] in ("no", "nobody", "none", "nothing", "neither")
        or (first[0] == "there" and ("no" in first or "not" in first))
    )


def _days(text: Text) -> frozenset[str]:
    """Days and years as the text tells them: resolved where they can be, else by the name of the weekday."""
    if text.extraction is None:
        return frozenset()
    return frozenset(
        t.value[:10] for t in text.extraction.times if t.type in ("DATE", "TIME") and t.value[:4].isdigit()
    )
