"""How fast sayso reads, beside bare spaCy on the same texts in the same run.

    python benchmarks/speed.py --data DIR [--articles 60] [--repeats 3] [--workers 1]

DIR holds ``timeline17/haiti_bbc/articles.json``; the first N articles of 200 to 1,500 words are taken, in the file's
order, as text files with sidecars. Models are loaded before the clock starts. In every repeat spaCy, the whole `add`
and the stages of reading run one after another, so that a slow minute of the machine falls on all of them, and the
medians are printed. ``store`` is what remains of `add` when its other stages are taken away: SQLite, hashing, the
journal and the search index. The last line is the command itself, in a process of its own that loads everything.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sayso import ledger as ledgers
from sayso import pipeline
from sayso.extract.grounding import ground
from sayso.extract.parse import MODELS, parse_reports, readable_spans
from sayso.extract.reading import read_report
from sayso.extract.tagger import find_many
from sayso.model import Captured, Problem, Report
from sayso.pipeline import Steps
from timeline17 import Article, read_event, write_article

SHORTEST, LONGEST = 200, 1500  # words: what a news article has; shorter ones are captions, longer ones live pages


@dataclass
class Clock:
    """Seconds by name, one figure for every repeat."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, seconds: float) -> None:
        self.seconds[name].append(seconds)

    def median(self, name: str) -> float:
        return statistics.median(self.seconds[name])


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


class Stages:
    """The pipeline's own steps, each with a clock around it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def steps(self) -> Steps:
        plain = Steps()
        assert plain.embed is not None
        return Steps(
            ingest=self._iterating("ingest", plain.ingest),
            extract=self._iterating("extract", plain.extract),
            embed=self._calling("embed", plain.embed),
            link=self._calling("link", plain.link),
        )

    def _calling(self, name: str, step: Any) -> Any:
        def run(*given: Any, **options: Any) -> Any:
            start = time.perf_counter()
            try:
                return step(*given, **options)
            finally:
                self.spent[name] += time.perf_counter() - start

        return run

    def _iterating(self, name: str, step: Any) -> Any:
        def run(*given: Any, **options: Any) -> Iterator[Any]:
            start = time.perf_counter()
            results = iter(step(*given, **options))
            while True:
                result = next(results, None)
                self.spent[name] += time.perf_counter() - start
                if result is None:
                    return
                yield result
                start = time.perf_counter()

        return run


def spacy_model() -> tuple[str, Any]:
    """The model that sayso reads with, whole, as anybody would load it."""
    name = next(name for name in MODELS if find_spec(name))
    return name, import_module(name).load()


def chosen(data: Path, number: int) -> list[Article]:
    fitting = (a for a in read_event(data, "haiti_bbc") if a is not None and SHORTEST <= a.words <= LONGEST)
    return [article for article, _ in zip(fitting, range(number), strict=False)]


def captured_reports(places: Iterable[str]) -> list[Report]:
    found = list(pipeline.ingest(places))
    for each in found:
        if isinstance(each, Problem):
            raise SystemExit(f"{each.where}: {each.what}")
    return [each.report for each in found if isinstance(each, Captured)]


def add_once(folder: Path, ledger: Path, clock: Clock, workers: int) -> None:
    """One whole `add` into a fresh ledger, with the time that each step took in it."""
    stages = Stages()
    with ledgers.open(str(ledger), create=True, steps=stages.steps()) as opened:
        whole = timed(lambda: opened.add([str(folder)], workers=workers))
    clock.add("sayso add", whole)
    for name in ("ingest", "extract", "embed", "link"):
        clock.add(name, stages.spent[name])
    clock.add("store", whole - sum(stages.spent.values()))


def read_once(reports: list[Report], clock: Clock) -> None:
    """The stages inside extract, one after another over all reports."""
    start = time.perf_counter()
    parsed = list(parse_reports(reports))
    clock.add("parse", time.perf_counter() - start)
    start = time.perf_counter()
    tagged = list(find_many((report.text, readable_spans(report)) for report in reports))
    clock.add("tagger", time.perf_counter() - start)
    pairs = list(zip(reports, parsed, tagged, strict=True))
    grounding = timed(lambda: [ground(report, passages) for report, passages, _ in pairs])
    reading = timed(lambda: [read_report(report, passages, found) for report, passages, found in pairs])
    clock.add("grounding", grounding)
    clock.add("rules", reading - grounding)  # read_report grounds as well


def memory_of_extract(folder: Path) -> float:
    """The most memory, in MB, that `sayso extract` has held over these texts, in a process of its own (Linux)."""
    script = (
        "import re, sys; from sayso.serve.cli import cli\n"
        "try: cli.main(['extract', sys.argv[1], '--quiet'])\n"
        # Not ru_maxrss: a new process inherits that of the one that started it.
        "except SystemExit: print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read()).group(1), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True)
    return int(done.stderr.split()[-1]) / 1024


def machine() -> str:
    """The processor, as Linux names it, and what runs on it."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{model}, {cores} cores; Python {platform.python_version()}, spaCy {version('spacy')}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of evaluation data")
    parser.add_argument("--articles", type=int, default=60, help="how many [default: 60]")
    parser.add_argument("--repeats", type=int, default=3, help="how often everything runs [default: 3]")
    parser.add_argument("--workers", type=int, default=1, help="processes that read in `sayso add` [default: 1]")
    options = parser.parse_args()

    articles = chosen(options.data, options.articles)
    words = sum(article.words for article in articles)
    model, nlp = spacy_model()
    clock = Clock()
    with tempfile.TemporaryDirectory(prefix="sayso-speed-") as made:
        folder = Path(made) / "reports"
        folder.mkdir()
        for article in articles:
            write_article(article, folder)
        texts = [article.text for article in articles]
        reports = captured_reports([str(folder)])
        add_once(folder, Path(made) / "warm.db", Clock(), 1)
        read_once(reports[:2], Clock())

        for repeat in range(options.repeats):
            print(f"repeat {repeat + 1} of {options.repeats}", file=sys.stderr, flush=True)
            clock.add("spaCy", timed(lambda: [doc.to_array("DEP") for doc in nlp.pipe(texts)]))
            add_once(folder, Path(made) / f"{repeat}.db", clock, options.workers)
            read_once(reports, clock)
        command = [sys.executable, "-m", "sayso", "add", str(Path(made) / "command.db"), str(folder), "--quiet"]
        memory = memory_of_extract(folder)
        clock.add(
            "command", timed(lambda: subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL))
        )

    print(f"{machine()}, {model}")
    print(f"{len(articles)} articles, {words:,} words; medians of {options.repeats} interleaved runs\n")
    print(f"{'':26}{'seconds':>9}{'articles/s':>12}{'words/s':>10}{'of add':>8}")
    rows = [
        ("bare spaCy, nlp.pipe", "spaCy"),
        ("sayso add, whole", "sayso add"),
        ("  ingest", "ingest"),
        ("  extract", "extract"),
        ("    parse", "parse"),
        ("    tagger", "tagger"),
        ("    rules", "rules"),
        ("    grounding", "grounding"),
        ("  link: vectors", "embed"),
        ("  link: the rest", "link"),
        ("  store", "store"),
        ("sayso add, as a command", "command"),
    ]
    whole = clock.median("sayso add")
    for label, name in rows:
        if options.workers > 1 and name == "extract":
            continue  # the clock is here, the work is in other processes: it would stand under store
        seconds = clock.median(name)
        share = "" if name in ("spaCy", "sayso add", "command") else f"{seconds / whole:8.0%}"
        per_second = "".join(
            f"{count / seconds:{width},.{digits}f}" if seconds > 0 else f"{'-':>{width}}"
            for count, width, digits in ((len(articles), 12, 1), (words, 10, 0))
        )
        print(f"{label:26}{seconds:9.2f}{per_second}{share}")
    print(f"\nsayso add runs at {clock.median('spaCy') / whole:.2f} times the speed of bare spaCy")
    attribution = clock.median("tagger") + clock.median("rules")
    print(f"attribution (tagger and rules) takes {attribution / clock.median('spaCy'):.2f} of bare spaCy's time")
    print(f"sayso extract held at most {memory:.0f} MB")


if __name__ == "__main__":
    main()
