"""Passages of reports, and the index by which those that share some are found."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations
from zlib import crc32

import pytest

from sayso.link.passages import COMMON_RUN, LEAST_SHARED_RUNS, Passages, candidate_pairs, passages_of

QUOTED = "Ada Quill said “we shall not leave the mill of Varn before the river falls” on Monday."


def test_quotations_are_told_from_the_words_around_them() -> None:
    found = passages_of([QUOTED])
    assert found.quotations == {tuple("we shall not leave the mill of varn before the river falls".split())}
    assert found.sequence == ("ada", "quill", "said", "on", "monday")
    assert (found.words, found.own_runs, len(found.runs)) == (17, frozenset(), 13)


@pytest.mark.parametrize("text", ["It’s ÉTÉ in Straße Nine-Elms now", "a b c d", "", "\ud800 one two three four five"])
def test_a_run_is_the_checksum_of_its_folded_words(text: str) -> None:
    words = [w.casefold().replace("’", "'") for w in text.replace("\ud800", "").split()]
    runs = {crc32(" ".join(words[n : n + 5]).encode()) for n in range(len(words) - 4)}
    assert passages_of([text]).runs == runs


def by_definition(passages: Mapping[str, Passages]) -> list[tuple[str, str]]:
    index = defaultdict(list)
    for identifier in sorted(passages):
        for run in passages[identifier].runs:
            index[run].append(identifier)
    counts = Counter(pair for held in index.values() if len(held) <= COMMON_RUN for pair in combinations(held, 2))
    found = {pair for pair, count in counts.items() if count >= LEAST_SHARED_RUNS}
    found |= {
        (held[0], other) for run, held in index.items() if len(held) > COMMON_RUN and not run % 16 for other in held[1:]
    }
    alike = defaultdict(list)
    for identifier in sorted(passages):
        alike[passages[identifier].runs].append(identifier)
    return sorted(found | {(held[0], other) for runs, held in alike.items() if runs for other in held[1:]})


@pytest.mark.parametrize("seed", range(6))
def test_the_index_finds_what_counting_shared_runs_finds(seed: int) -> None:
    chance = random.Random(seed)
    phrases = [" ".join(chance.choices("ka lo mi nu pe ra si to".split(), k=9)) for _ in range(30)]
    texts = [". ".join(chance.sample(phrases, chance.randrange(0, 6))) for _ in range(40)]
    passages = {f"r-{n:02}": passages_of([text]) for n, text in enumerate([*texts, *texts[:3]])}
    assert candidate_pairs(passages) == by_definition(passages)
    assert candidate_pairs({}) == []
