"""What the attribution tagger is trained on: read whole, damaged and composed anew without losing its annotations.

The network itself is tested where torch is; everything else needs none.
"""

from __future__ import annotations

import itertools
import random
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.evaluate import Attribution
from sayso.evaluate.attribution import compare
from sayso.extract.tagger.network import SHIPPED
from sayso.model import Span
from tests.training.making import KELL, LIND, OFFICIALS, TEXT, data_of, span, statement, write_corpus
from training.attribution.augment import Rates, augment
from training.attribution.calibrate import fit_calibration
from training.attribution.chunks import Chunk, Edit, cut_chunks, edited
from training.attribution.comparing import Found, as_gold, best_keep, f_of, score, without_marks
from training.attribution.composing import nested, other_speakers, relays, transcript
from training.attribution.corpus.texts import digest
from training.attribution.data import Document, Marked, read_corpus, read_polnear

NO_TORCH = "torch is only where weights are made: training/attribution/README.md"


CHUNK = Chunk(TEXT, (KELL, OFFICIALS, LIND), Span(0, len(TEXT)), True)


def letters(spans: tuple[Span, ...], text: str) -> str:
    """What no damage may change but by leaving some out: letters and digits, whatever their case."""
    return "".join(c for s in spans for c in s.of(text).casefold() if c.isalnum())


def read_off(marked: Marked, text: str) -> list[str]:
    return [letters(spans, text) for spans in (marked.source, marked.cue, marked.content)]


def sound(chunk: Chunk) -> bool:
    """Spans inside the text, none empty or blank; a cue and a content in each attribution; the core inside too."""
    spans = [s for m in chunk.marked for s in (*m.source, *m.cue, *m.content)]
    inside = all(0 <= a < b <= len(chunk.text) and chunk.text[a:b].strip() for a, b in spans)
    return inside and all(m.cue and m.content for m in chunk.marked) and 0 <= chunk.core.start <= chunk.core.end


# --- reading ------------------------------------------------------------------------------------------------------


def test_polnear_is_read_with_one_annotator_a_text(tmp_path: Path) -> None:
    text, annotations = tmp_path / "polnear" / "dev" / "text", tmp_path / "polnear" / "dev" / "attributions"
    text.mkdir(parents=True)
    annotations.mkdir()
    (text / "kell.txt").write_bytes(TEXT.encode())
    (source,), (cue,), (content,) = KELL.source, KELL.cue, KELL.content
    parts = f"{content.start} {content.start + 11};{content.start + 12} {content.end}"  # in two pieces
    (annotations / "kell_a.ann").write_text(
        f"T1\tSource {source.start} {source.end}\tx\nT2\tCue {cue.start} {cue.end}\tx\nT3\tContent {parts}\tx\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\nE2\tAttribution:T2 Cue:T2\n"
    )
    (annotations / "kell_b.ann").write_text("")
    (document,) = read_polnear(tmp_path, "dev")
    (marked,) = document.marked  # the event without a content is none
    assert (document.name, document.text) == ("polnear/kell", TEXT)
    assert [s.of(TEXT) for s in marked.content] == ["that anyone", "had died"]
    assert (marked.source, marked.cue) == (KELL.source, KELL.cue)


def test_our_own_corpus_is_read_by_part_from_the_very_texts(tmp_path: Path) -> None:
    data = data_of(tmp_path / "data", {"1": TEXT, "2": TEXT})
    voice = statement(replace(OFFICIALS, cue=()))  # the outlet's own voice
    rows = [
        {"corpus": "fa_kes", "document": document, "part": part, "sha256": digest(TEXT), "statements": statements}
        for document, part, statements in (("1", "dev", [statement(KELL), voice]), ("2", "train", [statement(LIND)]))
    ]
    corpus = write_corpus(tmp_path / "corpus", *rows)
    assert list(read_corpus(corpus, data, "dev")) == [Document("fa_kes/1", TEXT, (KELL,))]
    assert [d.name for d in read_corpus(corpus, data, "train")] == ["fa_kes/2"]
    changed = data_of(tmp_path / "changed", {"1": TEXT.replace("open", "shut")})
    with pytest.raises(ValueError, match="fa_kes/1 is not the text that was annotated"):
        list(read_corpus(corpus, changed, "dev"))
    with pytest.raises(KeyError, match="no fa_kes/2 under"):
        list(read_corpus(corpus, changed, "train"))


# --- cutting and editing ------------------------------------------------------------------------------------------

# Every word is another, so that where words stand says whether an offset was carried along rightly.
numbers = st.integers(0, 10**6)


@given(numbers, st.lists(st.sampled_from([" ", " ", " ", ". ", "\n", "\n\n"]), min_size=1, max_size=900))
def test_cores_cover_a_document_once_and_spans_keep_their_words(seed: int, joints: list[str]) -> None:
    rng = random.Random(seed)
    text = "".join(f"w{i}{joint}" for i, joint in enumerate(joints))
    words = [Span(*m.span()) for m in re.finditer(r"w\d+", text)]
    first = [rng.randrange(len(words)) for _ in range(4)]
    marked = tuple(
        Marked((), (words[i],), (Span(words[i].start, words[min(i + 5, len(words) - 1)].end),)) for i in first
    )
    chunks = list(cut_chunks(Document("numbers", text, marked), rng))
    assert "".join(c.core.of(c.text) for c in chunks) == text
    contents = {m.cue[0].of(text): m.content[0].of(text) for m in marked}
    for chunk in chunks:
        assert sound(chunk)
        for m in chunk.marked:
            assert m.content[0].of(chunk.text) in contents[m.cue[0].of(chunk.text)]
    cores = [m.cue[0].of(c.text) for c in chunks for m in c.marked if c.core.contains(m.cue[0])]
    assert sorted(cores) == sorted(m.cue[0].of(text) for m in marked)


@given(
    st.dictionaries(st.integers(0, 19), st.sampled_from(["", "x", "some other words"])),
    st.dictionaries(st.integers(0, 19), st.sampled_from(["+ ", "more words "])),
    st.integers(0, 19),
    st.integers(0, 8),
)
def test_edits_carry_spans_along(other: dict[int, str], before: dict[int, str], first: int, more: int) -> None:
    """A span keeps its words, other words stand for those that were replaced, and what is put in before or behind it
    stays outside."""
    text = " ".join(f"w{i}" for i in range(20))
    words = [Span(*m.span()) for m in re.finditer(r"w\d+", text)]
    last = min(first + more, 19)
    whole = (Span(words[first].start, words[last].end),)
    edits = [Edit(*words[i], w) for i, w in other.items()]
    edits += [Edit(words[i].start, words[i].start, w) for i, w in before.items()]
    changed = edited(Chunk(text, (Marked(whole, whole, whole),), Span(0, len(text)), True), edits)
    expected = " ".join(
        (before.get(i, "") if i > first else "") + other.get(i, f"w{i}") for i in range(first, last + 1)
    )
    assert changed.text == " ".join(before.get(i, "") + other.get(i, f"w{i}") for i in range(20))
    assert [m.content[0].of(changed.text) for m in changed.marked] == ([expected] if expected.strip() else [])


def test_what_was_cut_away_is_not_annotated_on_what_stands_in_its_place() -> None:
    at = KELL.content[0].end
    cut = edited(CHUNK, [Edit(at, len(TEXT), "…")])
    assert [read_off(m, cut.text) for m in cut.marked] == [read_off(KELL, TEXT)]


def test_without_marks_no_offset_moves_off_its_words() -> None:
    bare = without_marks(Document("kell", TEXT, CHUNK.marked))
    assert not set(bare.text) & set("“”")
    assert [read_off(m, bare.text) for m in bare.marked] == [read_off(m, TEXT) for m in CHUNK.marked]


# --- damage -------------------------------------------------------------------------------------------------------

DAMAGE = "no_marks some_marks odd_marks straight no_breaks wrapped case no_commas residue cut_off".split()


def rates(**given: float) -> Rates:
    return replace(Rates(**{f.name: 0.0 for f in fields(Rates)}), **given)


@pytest.mark.parametrize("name", DAMAGE)
@given(seed=numbers)
def test_damage_keeps_every_span_on_its_words(name: str, seed: int) -> None:
    damaged = augment(CHUNK, random.Random(seed), rates(**{name: 1.0}))
    assert sound(damaged)
    by_cue = {letters(m.cue, TEXT): read_off(m, TEXT) for m in CHUNK.marked}
    after = [read_off(m, damaged.text) for m in damaged.marked]
    if name == "cut_off":
        for source, cue, content in after:
            assert by_cue[cue][0].startswith(source)
            assert content
            assert by_cue[cue][2].startswith(content)
    else:
        assert after == list(by_cue.values())


@given(numbers)
def test_all_changes_at_once_leave_sound_annotations(seed: int) -> None:
    assert sound(augment(CHUNK, random.Random(seed), Rates(**{f.name: 0.5 for f in fields(Rates)})))


def test_the_same_draw_gives_the_same_text() -> None:
    assert augment(CHUNK, random.Random(3), Rates()) == augment(CHUNK, random.Random(3), Rates())


# --- composing ----------------------------------------------------------------------------------------------------


@given(numbers)
def test_other_speakers_say_the_same(seed: int) -> None:
    changed = other_speakers(CHUNK, random.Random(seed), 1.0)
    assert sound(changed)
    assert [read_off(m, changed.text)[1:] for m in changed.marked] == [read_off(m, TEXT)[1:] for m in CHUNK.marked]
    assert changed.text[0].isupper()


@given(numbers)
def test_an_addressee_or_an_occasion_belongs_to_no_role(seed: int) -> None:
    text = "Officials said, the bridge was open."
    chunk = Chunk(
        text,
        (Marked(span("Officials", text), span("said", text), span("the bridge was open", text)),),
        Span(0, 36),
        True,
    )
    changed = relays(chunk, random.Random(seed), 1.0)
    (marked,) = changed.marked
    assert len(changed.text) > len(text)
    assert read_off(marked, changed.text) in (
        ["officials", "said", "thebridgewasopen"],
        ["officials", "told", "thebridgewasopen"],
    )


@given(numbers)
def test_a_transcript_s_sign_is_its_cue(seed: int) -> None:
    changed = transcript(CHUNK, random.Random(seed))
    assert sound(changed)
    (source,), (sign,), (content,) = (getattr(changed.marked[-1], role) for role in ("source", "cue", "content"))
    assert sign.of(changed.text) in (":", "-", "–", "—", "--")
    first, last = sorted((source, content))
    between = changed.text[first.end : last.start]
    assert between.strip() == sign.of(changed.text)
    assert len(changed.marked) == len(CHUNK.marked)


@given(numbers)
def test_one_attribution_inside_another(seed: int) -> None:
    """The inner keeps its words, the outer's content holds the whole of it, and its own words stand outside."""
    text = "Officials said the bridge was open. The river rose."
    inner = Marked(span("Officials", text), span("said", text), span("the bridge was open", text))
    changed = nested(Chunk(text, (inner,), Span(0, len(text)), True), random.Random(seed))
    assert sound(changed)
    kept, outer = changed.marked
    assert read_off(kept, changed.text) == read_off(inner, text)
    (source,), (cue,), (content,) = outer.source, outer.cue, outer.content
    who, verb, said = (one.of(changed.text) for one in (source, cue, content))
    assert all(content.contains(s) for s in (*kept.source, *kept.cue, *kept.content))
    rest = " The river rose."
    if source.start < content.start:
        assert changed.text[0].isupper()
        assert said.removeprefix("that ") == "officials said the bridge was open"
        # Between cue and content only an addressee may stand: "told the agency".
        assert re.fullmatch(rf"{re.escape(who)} {verb}(?: .+)? {said}\.{rest}", changed.text)
        assert verb != "told" or cue.end + 1 < content.start
    else:
        assert said == "Officials said the bridge was open"
        tail = f"according to {who}" if verb == "according to" else f"{who} {verb}"
        assert re.fullmatch(rf"{said}, {re.escape(tail)}(?: .+)?\.{rest}", changed.text)


# --- scoring ------------------------------------------------------------------------------------------------------


def found(*read: tuple[Marked, float]) -> Found:
    """A reading of TEXT with its confidences; the one measure beside the constant is the confidence itself."""
    document = Document("kell", TEXT, CHUNK.marked)
    ones = [Attribution(m.source, m.cue, m.content, confidence=c) for m, c in read]
    return Found(compare(as_gold(document), ones), tuple((1.0, c) for _, c in read))


WRONG = Marked((), span("rose"), span("The river"))


def test_the_threshold_is_where_full_at_8_is_best() -> None:
    reading = [found((KELL, 0.9), (LIND, 0.6), (WRONG, 0.3))]
    assert f_of(score(reading)) == pytest.approx(100 * 2 * 2 / 6)
    keep, best = best_keep(reading)
    assert keep == 0.32
    assert best == pytest.approx(80)


def test_calibration_gives_the_surer_measures_the_surer_weights() -> None:
    constant, slope = fit_calibration([found((KELL, 0.9), (OFFICIALS, 0.8), (LIND, 0.7), (WRONG, 0.1))])
    assert slope > 0
    assert constant + slope * 0.9 > 0


# --- the network, where torch is ------------------------------------------------------------------------------------


def test_the_chain_scores_all_ways_through_a_window() -> None:
    torch = pytest.importorskip("torch", reason=NO_TORCH)
    from training.attribution.model import STATES, Chain

    torch.manual_seed(1)
    chain = Chain()
    for parameter in chain.parameters():
        torch.nn.init.normal_(parameter)
    scores, length = torch.randn(1, 4, STATES), 3
    mask = torch.tensor([[1.0, 1.0, 1.0, 0.0]])  # the last piece is padding

    def of(way: tuple[int, ...]) -> Any:
        moved = sum(chain.follow[a, b] for a, b in itertools.pairwise(way))
        return chain.begin[way[0]] + chain.end[way[-1]] + moved + sum(scores[0, t, s] for t, s in enumerate(way))

    every = torch.stack([of(way) for way in itertools.product(range(STATES), repeat=length)])
    states = torch.tensor([[3, 0, 2, 0]])
    expected = torch.logsumexp(every, 0) - of((3, 0, 2))
    assert chain.loss(scores, states, mask).item() == pytest.approx(expected.item(), rel=1e-5)


def test_arrays_say_what_was_annotated() -> None:
    pytest.importorskip("torch", reason=NO_TORCH)
    from training.attribution.examples import BEGIN, CONTENT, CUE, SOURCE, collate, make_example
    from training.attribution.train import load_tokenizer

    tokenizer = load_tokenizer(SHIPPED)
    example = make_example(tokenizer, CHUNK, random.Random(1), jitter=0.0)
    assert example is not None

    def words(chosen: Any) -> str:
        return "".join(tokenizer.decode(example.ids[chosen].tolist()).split())

    assert len(example.anchors) == 3
    for (first, last), states, marked in zip(example.anchors, example.states, CHUNK.marked, strict=True):
        assert words(slice(first, last + 1)) == letters(marked.cue, TEXT)
        for state, spans in ((SOURCE, marked.source), (CUE, marked.cue), (CONTENT, marked.content)):
            expected = "".join(c for s in spans for c in s.of(TEXT).lower() if not c.isspace())
            assert words(states == state) == expected
    begun = np.flatnonzero(example.tags[:, 1] == BEGIN)
    assert begun.tolist() == sorted(int(first) for first, _ in example.anchors)
    batch = collate([example, example])
    assert batch.states.shape == (6, len(example.ids))
    assert batch.rows.tolist() == [0, 0, 0, 1, 1, 1]


def test_smoothing_changes_no_result() -> None:
    torch = pytest.importorskip("torch", reason=NO_TORCH)
    from training.attribution.smoothing import Smoothed

    torch.manual_seed(1)
    linear = torch.nn.Linear(6, 4)
    x = torch.randn(5, 6) * torch.tensor([1.0, 50.0, 1.0, 0.01, 1.0, 1.0])  # one column large, one small
    assert torch.allclose(Smoothed(linear, x.abs().amax(0))(x), linear(x), atol=1e-4)


def test_several_checkpoints_begin_from_their_mean(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason=NO_TORCH)
    from training.attribution.train import mean_weights

    for name, value in (("a", 1.0), ("b", 3.0)):
        torch.save({"model": {"w": torch.full((2,), value)}}, tmp_path / f"{name}.pt")
    assert mean_weights([tmp_path / "a.pt"])["w"].tolist() == [1.0, 1.0]
    assert mean_weights([tmp_path / "a.pt", tmp_path / "b.pt"])["w"].tolist() == [2.0, 2.0]
