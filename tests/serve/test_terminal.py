"""What a person sees: text that cannot act on the terminal, tables that align, progress that gets out of the way."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Capture, Kind, Problem, Report, Span, Statement
from sayso.serve.passage import around, marked, sentence
from sayso.serve.terminal import Messages, Progress, cut, one_line, plain, table
from tests.serve.conftest import Run

HOSTILE = [
    ("\x1b[31mred\x1b[0m", "[31mred[0m"),
    ("\x1b]0;title\x07", "]0;title"),
    ("\x9b2Jgone", "2Jgone"),
    ("invoice\u202egnp.exe", "invoicegnp.exe"),
    ("\u2066a\u2069", "a"),
    ("over\rwritten", "over\nwritten"),
    ("a\u2028b", "a\nb"),
    ("del\x7f\x08", "del"),
    ("\ud800half", "half"),
]


@pytest.mark.parametrize(("text", "shown"), HOSTILE)
def test_text_cannot_act_on_a_terminal(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text(st.characters(exclude_categories=())))
def test_no_text_at_all_can(text: str) -> None:
    shown = plain(text)
    assert plain(shown) == shown
    assert not any(
        (ord(c) < 32 and c not in "\t\n") or 0x7F <= ord(c) <= 0x9F or c in "\u202a\u202e\u2066" for c in shown
    )
    assert "\n" not in one_line(text)


@pytest.mark.parametrize("text", ["Козинка", "\u200fשלום\u200f", "می\u200cخواهم", "ｗｉｄｅ", "naïve – “so”", "👩‍👩‍👧"])
def test_every_script_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("words", [("statements",), ("reports",), ("claims",), ("search", "fell"), ("account",)])
def test_no_command_lets_a_report_write_escape_sequences(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    file, path = tmp_path / "evil.txt", str(tmp_path / "evil.db")
    file.write_text("Ada said \x1b[2J\x9b31m \u202e 3 fell.", "utf-8")
    added = run("add", path, str(file), "--outlet", "\x1b[31mPost", "--title", "\x1b]0;owned\x07")
    results = [added, run(words[0], path, *words[1:]), run("extract", "--pretty", str(file)), run("extract", str(file))]
    results += [run("show", path, row.split()[0]) for row in run("statements", path).stdout.splitlines()[2:]]
    for result in results:
        assert result.exit_code == 0
        assert not set("\x1b\x9b\x07\u202e") & set(result.output)


def test_a_table_aligns_whatever_the_script() -> None:
    told = list(table(("Who", "What"), [("Ada", "x"), ("東京", "y"), ("e\u0301a", "z")]))
    assert told == ["Who   What", "----  ----", "Ada   x", "東京  y", "e\u0301a    z"]


def test_a_table_is_cut_to_the_terminal_and_only_there() -> None:
    row = ("Ada", "word " * 40)
    assert max(map(len, table(("Who", "What"), [row], width=60))) == 60
    assert list(table(("Who", "What"), [row]))[2].endswith("word word")
    long = ("s-" + "x" * 16, "a very long name of an outlet", "word " * 40)
    told = list(table(("Id", "Outlet", "What"), [long], width=70))[2]
    assert told == f"{long[0]}  a very long name…  word word word word word word…"
    assert len(told) <= 70
    assert list(table(("Id", "Outlet", "What"), [long]))[2] == "  ".join(long).rstrip()


@pytest.mark.parametrize(("room", "shown"), [(None, "東京都庁"), (8, "東京都庁"), (7, "東京都…"), (4, "東…"), (1, "…")])
def test_cut_counts_cells(room: int | None, shown: str) -> None:
    assert cut("東京都庁", room) == shown


# ---------------------------------------------------------------------------------------------------
# Messages


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr("sayso.serve.terminal.time.monotonic", lambda: now[0])
    return now


def test_a_bar_is_drawn_and_taken_away(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    meter = Progress("reports read", terminal=True)
    meter(1, 4)  # too soon to be worth a flicker
    clock[0] = 1
    meter(2, 4)
    clock[0] = 2
    meter(7)
    meter.close()
    bar = f"[{'#' * 12}{'.' * 12}] reports read: 2 of 4"
    assert capsys.readouterr().err == f"\r{bar}\r{'reports read: 7'.ljust(len(bar))}\r{' ' * 15}\r"


def test_a_log_gets_a_line_now_and_then(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    meter = Progress("reports read", terminal=False)
    for second in range(25):
        clock[0] = second
        meter(second, 24)
    meter.close()
    assert capsys.readouterr().err == "reports read: 10 of 24\nreports read: 20 of 24\n"


def test_quiet_shows_problems_only(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    messages = Messages(quiet=True)
    messages.note("a note")
    with messages.progress("reports read") as meter:
        clock[0] = 60
        meter(1, 2)
    messages.problem(Problem("it is empty", "a\nb.txt", "Give another."))
    assert capsys.readouterr().err == "problem: a b.txt: it is empty. Give another.\n"


def test_a_reader_of_messages_that_is_gone_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stderr", Gone())
    Messages().note("nobody hears this")


# ---------------------------------------------------------------------------------------------------
# The sentence of a statement

TEXT = "It rained. “The dam holds. It will hold,” Ada Tarn said. Nobody asked.\n\nThe end"


def made(*content: str, source: str = "Ada Tarn") -> tuple[Report, Statement]:
    spans = tuple(Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in content)
    at = TEXT.index(source)
    report = Report("r-1", "0", TEXT, (), "text/plain", Capture("2031-01-01T00:00:00Z", "file", "x.txt"))
    return report, Statement("s-1", "r-1", (Span(at, at + len(source)),), (), spans, Kind.DIRECT)


@pytest.mark.parametrize(
    ("content", "source", "told"),
    [
        (("The dam holds. It will hold",), "Ada Tarn", "“The dam holds. It will hold,” Ada Tarn said."),
        (("It rained.",), "It", "It rained."),
        (("The end",), "The end", "The end"),
    ],
)
def test_the_sentence_of_a_statement(content: tuple[str, ...], source: str, told: str) -> None:
    report, statement = made(*content, source=source)
    assert around(report, statement).of(TEXT).strip() == told


def test_the_content_of_a_statement_is_marked() -> None:
    told = sentence(*made("The dam holds.", "It will hold"))
    assert told == "“\x1b[1mThe dam holds.\x1b[0m \x1b[1mIt will hold\x1b[0m,” Ada Tarn said."


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4), st.integers(0, 80), st.integers(0, 80))
def test_marks_never_change_the_words(pairs: list[tuple[int, int]], start: int, end: int) -> None:
    shown = Span(min(start, end), max(start, end))
    told = marked(TEXT, shown, [Span(*sorted(pair)) for pair in pairs])
    assert told.replace("\x1b[1m", "").replace("\x1b[0m", "").split() == shown.of(TEXT).split()
