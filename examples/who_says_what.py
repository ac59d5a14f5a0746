"""Who says what in one text, without a ledger: what `sayso extract` does, from Python.

    python examples/who_says_what.py examples/weir/northline.txt

Each line names the speaker, what the words do (assert, deny, accuse, ...) and the words themselves.
"""

from __future__ import annotations

import sys

from sayso.extract import extract
from sayso.ingest import IngestOptions, read_sources
from sayso.model import Problem


def main(places: list[str]) -> None:
    for item in read_sources(places, options=IngestOptions()):
        if isinstance(item, Problem):
            print(f"{item.where}: {item.what}. {item.remedy}", file=sys.stderr)
            continue
        text = item.report.text
        for statement in extract(item.report).statements:
            who = statement.actor.name if statement.actor else item.report.outlet or "the outlet"
            words = " … ".join(span.of(text) for span in statement.content)
            print(f"{who} [{statement.act}]: {' '.join(words.split())}")


if __name__ == "__main__":
    main(sys.argv[1:] or ["examples/weir/northline.txt"])
