"""A long real event from first report to page: how long it takes, and what comes out.

    python benchmarks/timeline17.py --data DIR [--event haiti_bbc] [--out DIR] [--limit N]

DIR holds ``timeline17/EVENT/articles.json``: a list of {"uid", "dct", "text"}, tokenised as in the Penn Treebank. Each
article becomes ``OUT/EVENT/reports/DATE_UID.txt`` with its sidecar (outlet from the folder's name, published from
``dct``); then the command line itself reads them into a ledger and writes the account as a page. The texts stay in OUT,
which git ignores: they are for measuring only.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OUTLETS = {
    "bbc": "BBC",
    "cnn": "CNN",
    "foxnews": "Fox News",
    "guardian": "The Guardian",
    "reuters": "Reuters",
    "washingtonpost": "The Washington Post",
}

BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
OPENS = {"``", "`"}
CLOSES = {"''", "'"}
TO_THE_LEFT = re.compile(r"^(?:[,.;:?!%)\]}]|,\d{3}|\.{2,}|n't|'(?:s|S|re|ve|ll|d|m))$")
TO_THE_RIGHT = set("([{$£€#")


@dataclass(frozen=True)
class Article:
    """One article of an event, made readable again."""

    uid: str
    outlet: str
    published: str
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())


def join_tokens(text: str) -> str:
    """Undoes the tokenising lightly: brackets, quotation marks and the spaces around them and before punctuation.

    A single quotation mark closes when one is open, and is an apostrophe otherwise ("the workers ' camp").
    """
    pieces: list[str] = []
    quoting = False
    glue = True  # the next token joins the last one without a space
    for raw in text.replace("\\/", "/").replace("\\*", "*").split():
        token = BRACKETS.get(raw, raw)
        if token in OPENS:
            pieces += ["" if glue else " ", "“"]
            quoting = glue = True
            continue
        if token in CLOSES:
            pieces.append("”" if quoting else "'")
            quoting = glue = False
            continue
        pieces += ["" if glue or TO_THE_LEFT.match(token) else " ", token]
        glue = token in TO_THE_RIGHT
    return "".join(pieces)


def read_event(data: Path, event: str) -> Iterator[Article | None]:
    """Each article of an event in the file's order, and None for one whose text is empty."""
    source = data / "timeline17" / event / "articles.json"
    if not source.is_file():
        raise SystemExit(f"No {source}: give the evaluation data's folder with --data.")
    outlet = event.rpartition("_")[2]
    for row in json.loads(source.read_text("utf-8")):
        text = join_tokens(row["text"] or "")
        yield Article(str(row["uid"]), OUTLETS.get(outlet.lower(), outlet), row["dct"], text) if text else None


def write_article(article: Article, folder: Path) -> Path:
    """Writes the text with its sidecar beside it, and gives the text's path."""
    stem = f"{article.published}_{re.sub(r'[^A-Za-z0-9]+', '-', article.uid)}"
    path = folder / f"{stem}.txt"
    path.write_text(article.text, "utf-8", newline="")
    sidecar = {"outlet": article.outlet, "published": article.published, "language": "en"}
    (folder / f"{stem}.meta.json").write_text(json.dumps(sidecar), "utf-8")
    return path


def timed(*command: str) -> float:
    """Runs sayso with these words, its messages passing through; seconds of wall time. Ends when it fails."""
    print(f"$ sayso {' '.join(command)}", flush=True)
    start = time.perf_counter()
    code = subprocess.run([sys.executable, "-m", "sayso", *command], check=False).returncode
    if code not in (0, 1):  # 1: done, but some input was refused, and each is named above
        raise SystemExit(f"sayso {command[0]} ended with {code}")
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of evaluation data")
    parser.add_argument("--event", default="haiti_bbc", help="a folder of timeline17 [default: haiti_bbc]")
    parser.add_argument("--out", type=Path, default=Path("build/timeline17"), help="where everything is written")
    parser.add_argument("--limit", type=int, help="only the first N articles")
    options = parser.parse_args()

    place: Path = options.out / options.event
    reports = place / "reports"
    shutil.rmtree(reports, ignore_errors=True)  # of an earlier run; nothing else in OUT is ours to remove
    for old in place.glob("ledger.db*"):
        old.unlink()
    reports.mkdir(parents=True)
    read = list(read_event(options.data, options.event))[: options.limit]
    articles = [article for article in read if article is not None]
    for article in articles:
        write_article(article, reports)
    words = sum(article.words for article in articles)
    skipped = len(read) - len(articles)
    print(
        f"{len(articles)} articles, {words:,} words, written to {reports}; {skipped} without text skipped", flush=True
    )

    ledger, page = str(place / "ledger.db"), place / "account.html"
    adding = timed("add", ledger, str(reports))
    writing = timed("account", ledger, "--format", "html", "--output", str(page))
    timed("account", ledger, "--format", "md", "--output", str(place / "account.md"))

    print(f"add      {adding:8.1f} s   {len(articles) / adding:6.1f} articles/s   {words / adding:8,.0f} words/s")
    print(f"account  {writing:8.1f} s   {page.stat().st_size / 1e6:6.2f} MB")
    print(f"page     {page.resolve()}")


if __name__ == "__main__":
    main()
