"""Revised, disputed and refined figures of real events: who gave which number when, with the words, to be judged by eye.

    python benchmarks/series.py --data DIR [--event haiti_bbc]... [--out DIR] [--limit N] [--sample N] [--seed S]

DIR holds ``timeline17``. Each event is read once into ``OUT/EVENT/ledger.db`` (as `timeline17.py` does, N reports of it);
linking is done anew at each run, so that what is listed is what the code at hand makes of it. Printed: every relation
between two figures (question, kind, actors, both numbers with their days, both sentences), or a sample of them, and how many
there are. Beside it, as the baseline, how many revisions one has who takes each other number of the same measure by the same
speaker on another day for one, and how many disputes who takes each other number of one measure on one day for one. Nothing
here says whether a relation is right: that takes eyes.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from sayso import ledger as ledgers
from sayso.model import Extraction, Linked, RelationKind, Report, Statement
from timeline17 import read_event, write_article

KINDS = (RelationKind.REVISES, RelationKind.CONTRADICTS, RelationKind.REFINES)


@dataclass(frozen=True)
class Tied:
    """One relation: its kind, the question, the reasons, and the sentences of both numbers with their days."""

    kind: str
    question: str
    reason: str
    later: tuple[str, str, str]  # the number, the day, the words
    earlier: tuple[str, str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--event", action="append", help="a folder of timeline17, several times [default: haiti_bbc]")
    parser.add_argument("--out", type=Path, default=Path("build/timeline17"), help="where the ledgers are kept")
    parser.add_argument("--limit", type=int, default=80, help="only the first N reports of each")
    parser.add_argument("--sample", type=int, help="list only so many, drawn by chance")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    found: list[tuple[str, Tied]] = []
    for event in args.event or ["haiti_bbc"]:
        reports, extractions, linked = _read(args.data, event, args.out / event, args.limit)
        ties = list(tied(reports, extractions, linked))
        counts = Counter(tie.kind for tie in ties)
        by_speaker, by_day = _naive(reports, extractions)
        print(
            f"{event}: {len(reports)} reports; "
            + ", ".join(f"{kind.value} {counts[kind.value]}" for kind in KINDS)
            + f"; baseline: revises {by_speaker}, contradicts {by_day}"
        )
        found += [(event, each) for each in ties]
    if args.sample is not None and args.sample < len(found):
        found = sorted(random.Random(args.seed).sample(found, args.sample), key=lambda f: (f[0], f[1].question))
    for n, (event, each) in enumerate(found, 1):
        print(f"\n{n}. {event}: {each.kind}: {each.question}  {each.reason}")
        for name, (number, day, words) in (("of", each.earlier), ("by", each.later)):
            print(f"   {name} {number} ({day}): {words}")


def _read(data: Path, event: str, place: Path, limit: int) -> tuple[list[Report], list[Extraction], Linked]:
    """The first reports of an event, what stands in them and how it links; read into a ledger at the first run."""
    url, texts = place / "ledger.db", place / "reports"
    if not url.exists():
        texts.mkdir(parents=True, exist_ok=True)
        for article in list(read_event(data, event))[:limit]:
            if article is not None:
                write_article(article, texts)
        with ledgers.open(str(url), create=True) as made:
            made.add([str(texts)])
    with ledgers.open(str(url)) as kept:
        kept.rebuild()
        return list(kept.reports()), list(kept.extractions()), kept.linked()


def tied(reports: Sequence[Report], extractions: Sequence[Extraction], linked: Linked) -> Iterator[Tied]:
    """Every relation between two figures, in the order of the relations."""
    texts = {r.id: r for r in reports}
    statements = {s.id: s for x in extractions for s in x.statements}
    claims = {c.id: c for c in linked.claims}
    questions = {q.id: q.text for q in linked.questions}
    for relation in linked.relations:
        later, earlier = claims[relation.from_claim], claims[relation.to_claim]
        if relation.kind not in KINDS or later.answer.measure is None or earlier.answer.measure is None:
            continue
        ends = []
        for claim in (later, earlier):
            told = [statements[i] for i in claim.statements]
            # The statement of whoever the reason names, where there is one; else the first.
            own = [s for s in told if s.actor and s.actor.name in relation.reasons[0]] or told
            ends.append((claim.answer.text, _day(texts[own[0].report]), _words(own[0], texts[own[0].report])))
        yield Tied(relation.kind.value, questions[later.question], f"[{'; '.join(relation.reasons)}]", ends[0], ends[1])


def _day(report: Report) -> str:
    return report.published.value[:10] if report.published else "?"


def _words(statement: Statement, report: Report) -> str:
    spans = (*statement.source, *statement.cue, *statement.content)
    return " ".join(report.text[min(s.start for s in spans) : max(s.end for s in spans)].split())


def _naive(reports: Sequence[Report], extractions: Sequence[Extraction]) -> tuple[int, int]:
    """Pairs of other numbers of one measure: that one name gives on two days, and that two names give on one day."""
    day = {r.id: _day(r) for r in reports}
    given = {
        (s.actor.name.casefold(), q.measure.value, q.best, day[s.report])
        for x in extractions for s in x.statements if s.actor for q in s.quantities if q.measure is not None
    }  # fmt: skip
    pairs = [(a, b) for a, b in combinations(sorted(given, key=str), 2) if a[1] == b[1] and a[2] != b[2]]
    return sum(a[0] == b[0] and a[3] != b[3] for a, b in pairs), sum(a[0] != b[0] and a[3] == b[3] for a, b in pairs)


if __name__ == "__main__":
    main()
