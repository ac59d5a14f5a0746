"""What a report is about, in a few dozen weighted words: enough to tell whether two reports tell of one story.

A gist is a function of its report alone and never parses, so that it can be kept beside the report and compared with
those of reports that come a year later. Words of the opening count twice and names half as much again; a word that
comes back often counts by the log of how often; and each by its rarity in English at large.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import log, sqrt

from sayso.link.rarity import UNLISTED, is_listed, rarity
from sayso.link.told import day_of
from sayso.link.words import NEGATIONS, STOP, begins_sentence, stem, word_matches
from sayso.model import BlockKind, Gist, Report

# Numbers chosen with all sets of benchmarks/stories.py in view, by how many reports of one affair meet and how many strangers do.
TERMS = 40
_NAMES, _HAPPENINGS = 4, 5  # leading names and other words: each name with each word is a key, 20 of them
_RARE_NAMES = 4  # leading names that no list has: each is a key by itself, as a short post may share nothing else
_CASELESS = 7  # leading words that are paired where no word is a name
_OPENING = 1200  # characters of headline and first paragraphs that tell what a report is about
_OPENING_COUNTS = 2.0
_NAME_COUNTS = 1.5
_WRITTEN_AS_NAME = 0.5  # of its uses: below it a word with a capital is only a word in a headline
_FORENAME = 0.75  # of its uses right before another name: "Barack" says no more than "Obama" does
_FORENAME_COUNTS = 0.5
_LISTED = 0.5  # of the words: below it a text is not in English, and only its names can be weighed
_SHOUTED = 0.5  # of the words: above it capitals tell nothing
POST = 30  # terms: a text with fewer is a post
_APART = "\n\n"
WHO_AND_WHAT = "+"  # between the two of a key that are a name and another word
# Words of the page and of the trade: who published, when and where to click, not what about.
_TRADE = frozenset(
    """reuter ap afp efe acan-ef xinhua ansa tass cnn bbc msnbc edt est gmt bst utc cet pst pdt jan feb mar apr jun jul aug sep
    sept oct nov dec mon tue wed thu fri sat javascript facebook twitter email e-mail tweet youtub blog podcast transcript
    photograph caption bulletin newslett subscrib sen rep gov am pm et pt tv""".split()
)


@dataclass(slots=True)
class _Uses:
    """How one stem is used in a text: how often (an opening counts more), as a name, before another name, how rare.

    ``unclear`` are uses at the start of a sentence, where every word has a capital.
    """

    counted: float = 0.0
    times: int = 0
    unclear: int = 0
    as_name: int = 0
    before_name: int = 0
    rarity: float = float("inf")

    @property
    def is_name(self) -> bool:
        clear = self.times - self.unclear
        if not clear:  # a post may name its place as its first word only; a word that no list has is a name there
            return self.rarity >= UNLISTED
        return self.as_name > 0 and self.as_name >= _WRITTEN_AS_NAME * clear

    @property
    def is_forename(self) -> bool:
        return self.is_name and self.before_name >= _FORENAME * self.times

    @property
    def weight(self) -> float:
        kind = (_NAME_COUNTS if self.is_name else 1.0) * (_FORENAME_COUNTS if self.is_forename else 1.0)
        return (1.0 + log(self.counted)) * self.rarity * kind


def read_gist(report: Report) -> Gist:
    """What ``report`` is about, from its title and the words of its text."""
    uses = _uses(_told(report))
    weights = {term: round(use.weight, 6) for term, use in uses.items()}
    order = sorted((term for term in weights if weights[term] > 0), key=lambda term: (-weights[term], term))
    heaviest = sorted(order[:TERMS])
    length = sqrt(sum(weights[term] ** 2 for term in heaviest))
    return Gist(
        report=report.id,
        day=day_of(report.published.value if report.published else None),
        terms=tuple((term, round(weights[term] / length, 4)) for term in heaviest),
        keys=_keys([term for term in order if not uses[term].is_forename], uses),
    )


def is_post(gist: Gist) -> bool:
    """A text of a few sentences, as in a channel: too short to tell more than where and what."""
    return len(gist.terms) < POST


def is_name_alone(key: str) -> bool:
    """Whether a key is one rare name, and no pair."""
    return WHO_AND_WHAT not in key and " " not in key


def _keys(leading: list[str], uses: Mapping[str, _Uses]) -> tuple[str, ...]:
    names = [term for term in leading if uses[term].is_name]
    words = [term for term in leading if not uses[term].is_name]
    if not names:
        return tuple(sorted(" ".join(sorted(pair)) for pair in combinations(words[:_CASELESS], 2)))
    both = [f"{word}{WHO_AND_WHAT}{name}" for name in names[:_NAMES] for word in words[:_HAPPENINGS]]
    return tuple(sorted([*both, *[name for name in names if uses[name].rarity >= UNLISTED][:_RARE_NAMES]]))


def _told(report: Report) -> str:
    """The title and what the page tells; a credit, a caption and furniture say little of what the report is about."""
    kept = (BlockKind.HEADLINE, BlockKind.DATELINE, BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST)
    parts = [b.span.of(report.text) for b in report.blocks if b.kind in kept]
    return _APART.join([report.title or "", *(parts or [report.text])])


def _uses(text: str) -> dict[str, _Uses]:
    """Every content word of a text by its stem."""
    found: dict[str, _Uses] = {}
    for word, place, is_name, unclear, before_name in _words(text):
        use = found.setdefault(stem(word), _Uses())
        use.counted += _OPENING_COUNTS if place < _OPENING else 1.0
        use.times += 1
        use.as_name += is_name
        use.unclear += unclear
        use.before_name += before_name
        use.rarity = min(use.rarity, rarity(word))
    return found


def _words(text: str) -> Iterator[tuple[str, int, bool, bool, bool]]:
    """The content words of a text: each with its place, and whether it is written as a name, starts a sentence with a
    capital, stands right before another name."""
    found = list(word_matches(text, 0, len(text)))
    plain = [m.group() for m in found if m.group()[0].islower()]
    shouting = sum(len(m.group()) > 1 and m.group().isupper() for m in found) > _SHOUTED * len(found)
    foreign = sum(is_listed(word) for word in plain) < _LISTED * len(plain)
    for match, after in zip(found, [*found[1:], None], strict=False):
        word, place = match.group(), match.start()
        low = word.casefold().replace("’", "'")
        short = len(low) < 3 and not (word.isupper() and len(word) == 2 and not shouting)  # "BP", "UN"
        if low[0].isdigit() or short or {low, low.partition("'")[0]} & STOP or low in NEGATIONS:
            continue
        if stem(word) in _TRADE:
            continue
        capital = word[0].isupper() and not shouting
        is_name = capital and (word.isupper() or not begins_sentence(text, place))
        if foreign and not is_name:
            continue
        beside = after is not None and text[match.end() : after.start()] == " " and not low.endswith("'s")
        before_name = beside and after is not None and _is_capital(after.group()) and _is_capital(word)
        yield word, place, is_name, capital and not is_name, before_name


def _is_capital(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word.casefold() not in STOP
