"""The metrics: what counts as found, and that labels are compared on what matches."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sayso.evaluate import Attribution, GoldDocument, score_documents
from sayso.evaluate.attribution import compare, tally
from sayso.model import Span

TEXT = 'Ivo Kell said the bridge was open to all. "No one died," the mayor of Ostra told reporters.'


def span(words: str) -> tuple[Span, ...]:
    at = TEXT.index(words)
    return (Span(at, at + len(words)),)


def one(source: str, cue: str, content: str, **labels: object) -> Attribution:
    return Attribution(span(source) if source else (), span(cue), span(content), **labels)  # type: ignore[arg-type]


INDIRECT = one("Ivo Kell", "said", "the bridge was open to all", act="assert", negated=False)
DIRECT = one("the mayor of Ostra", "told", '"No one died,"', act="assert", negated=True)
DOCUMENT = GoldDocument("kell", Path("kell.txt"), TEXT, (INDIRECT, DIRECT))


def test_the_same_reading_scores_a_hundred() -> None:
    score = score_documents([(DOCUMENT, (INDIRECT, DIRECT))])
    assert score.f1("full", "gold", "found") == (100, 100, 100)
    assert score.counts["gold direct"] == score.counts["gold indirect"] == score.counts["full direct"] == 1


def test_a_content_of_five_words_out_of_six_still_matches_and_four_do_not() -> None:
    near, far = one("Ivo Kell", "said", "the bridge was open to"), one("Ivo Kell", "said", "the bridge was open")
    assert score_documents([(DOCUMENT, (near,))]).counts["full"] == 1
    assert score_documents([(DOCUMENT, (far,))]).counts["full"] == 0
    assert score_documents([(DOCUMENT, (far,))]).counts["loose"] == 1


def test_the_right_words_of_the_wrong_speaker_are_content_only() -> None:
    score = score_documents([(DOCUMENT, (one("the mayor of Ostra", "said", "the bridge was open to all"),))])
    assert (score.counts["full"], score.counts["cont"]) == (0, 1)


def test_one_reading_matches_one_annotation() -> None:
    assert score_documents([(DOCUMENT, (INDIRECT, INDIRECT))]).f1("full", "gold", "found") == (50, 50, 50)


def test_labels_are_compared_on_matched_pairs() -> None:
    wrong = one("the mayor of Ostra", "told", '"No one died,"', act="deny", negated=False)
    score = score_documents([(DOCUMENT, (INDIRECT, wrong))])
    assert (score.rate("act hit", "act of"), score.rate("negated hit", "negated of")) == (50, 50)
    assert score.counts["act assert as deny"] == 1


def test_a_relay_counts_only_when_every_hop_is_right() -> None:
    hop, wrong = (Span(0, 3), "agency"), (Span(0, 3), "outlet")
    gold = GoldDocument("kell", Path("kell.txt"), TEXT, (one("Ivo Kell", "said", "the bridge", relay=(hop,)),))
    for read, hits in (((hop,), 1), ((wrong,), 0), ((hop, hop), 0), ((), 0)):
        score = score_documents([(gold, (one("Ivo Kell", "said", "the bridge", relay=read),))])
        assert score.counts["relay both"] == hits


def test_what_is_less_sure_than_asked_for_is_left_out() -> None:
    unsure = one("Ivo Kell", "said", "the bridge was open to all", confidence=0.4)
    assert score_documents([(DOCUMENT, (unsure,))], least=0.5).counts["found"] == 0


def test_what_was_compared_once_is_counted_at_any_confidence() -> None:
    read = (one("Ivo Kell", "said", "the bridge was open to all", confidence=0.4), DIRECT)
    compared = compare(DOCUMENT, read)
    for least, found in ((0.0, 2), (0.5, 1)):
        score = tally([compared], least=least)
        assert score.counts["found"] == score.counts["full"] == found
        assert score == score_documents([(DOCUMENT, read)], least=least)


def test_a_content_without_a_word_is_no_attribution() -> None:
    gold = GoldDocument("kell", Path("kell.txt"), TEXT, (one("", "said", '"'), INDIRECT))
    assert score_documents([(gold, (one("", "said", '"'), INDIRECT))]).f1("full", "gold", "found") == (100, 100, 100)
    assert score_documents([(gold, ())]).counts["gold"] == 1


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 40)), max_size=8))
def test_no_reading_scores_beyond_its_size(pairs: list[tuple[int, int]]) -> None:
    read = [Attribution((), (), (Span(a, min(len(TEXT), a + n)),)) for a, n in pairs]
    counts = score_documents([(DOCUMENT, read)]).counts
    assert counts["full"] <= counts["cont"] <= min(counts["gold"], max(counts["found"], 0))
