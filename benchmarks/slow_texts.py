"""Texts made to slow regular expressions and parsers down: does the time grow with the length, or with its square?

    python benchmarks/slow_texts.py [--length 100000] [--read 16000] [--limit 3.0]

A text is one character, or a few, over and over, for characters of every kind that some expression of the package looks for. Each is taken in as
plain text, Markdown, HTML, CSV and JSON at the whole length, and read for statements (by rules, with the language model) at the
second one. What takes longer than the limit is printed with how much longer it takes than a quarter of the text: 4 times is
linear, 16 times is the square. The exit code is 1 when anything took longer and grows faster than the length.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable

from sayso.extract import extract_by_rules
from sayso.ingest import IngestOptions, read_upload
from sayso.model import Captured

ALONE = (*"aA1 \t\n\r.,;:-–—'’\"“”«»()[]{}<>/\\&%$#@!?*_=+|~^`", "é", "я", "中", "\u00a0", "\u200b", "\u0301")
TOGETHER = (
    "a ", "A ", "Ab ", "a.", "A. ", "a-", "1,", "1.", "1 ", "1:", "12/", "a's ", " -", "\n ", "\n\n", " \n", "- ", "<a ", "</", "()", "[]", "![",
    "&a;", "&#1;", "said ", "the ", "of ", "of the ", "and ", "by By ", "By A ", "http://a ", "a@", "a/", '"a" ', "“a” ", "a, ", "A, ", "one ",
    "hundred ", "May 1 ", "2031-", "a:b ", "--", "==", "20 ", "111,", "near Aa, ", "said that ", "“Ada said, ", "Ada (b) ", "1 km of ", "has been ",
    "said, “", "” said A. ", "A said. ", "he said ", "that that ", "NAME: ", "NAME: a. ", "RT @a: ", "@a ", "#a ", "Mr. A ", "A and B, ", "A (", "[1] ",
    "😀", "😀 ", "ا", "ש ", "\u200d", "\r\n", "a\r\n", "“a” said B. ", "according to A ", "at least 1 killed, ", "the A of ", "who ", "x" * 50 + " ",
    "Photo: ", "(AP) ", "> ", "* ", "# ", "| ", "`a", "<div>", "<p>a", "<blockquote>",
)  # fmt: skip
BEGINS = "Ada Quill said on Monday that it rains. "
GROWS = 10.0  # times as long for four times the text: more than in proportion, whatever else the machine does


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def take_in(text: str, name: str) -> list[Captured]:
    raw = {"a.json": lambda: json.dumps({"text": text}), "a.html": lambda: f"<html><body><p>{text}</p></body></html>"}
    made = raw[name]() if name in raw else f"title,text\na,{text}\n" if name == "a.csv" else text
    found = read_upload(made.encode("utf-8", "replace"), name=name, options=IngestOptions(follow_links=False))
    return [each for each in found if isinstance(each, Captured)]


def read(text: str) -> None:
    for each in take_in(text, "a.txt"):
        list(extract_by_rules([each.report]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--length", type=int, default=100_000)
    parser.add_argument(
        "--read", type=int, default=16_000, help="characters of what is read for statements; 0 for none"
    )
    parser.add_argument("--limit", type=float, default=3.0, help="seconds")
    args = parser.parse_args()
    read(BEGINS)
    slow = tried = 0
    for unit in (*ALONE, *TOGETHER):
        tasks: list[tuple[str, int, Callable[[str], object]]] = [
            (name, args.length, lambda text, name=name: take_in(text, name))  # type: ignore[misc]
            for name in ("a.txt", "a.md", "a.html", "a.csv", "a.json")
        ]
        if args.read:
            tasks.append(("read", args.read, read))
        for what, length, work in tasks:
            tried += 1
            text = BEGINS + unit * (length // len(unit)) + "x"
            took = seconds(lambda work=work, text=text: work(text))  # type: ignore[misc]
            if took < args.limit:
                continue
            less = seconds(lambda work=work, text=text: work(text[: len(text) // 4]))  # type: ignore[misc]
            grows = took / max(less, 0.001)
            slow += grows > GROWS
            print(f"{took:6.1f} s, {grows:4.1f} times a quarter of it  {what}  {unit!r}", flush=True)
    print(f"{tried} texts: {slow} take more than {args.limit:g} s and grow faster than their length")
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
