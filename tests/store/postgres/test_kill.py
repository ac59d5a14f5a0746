"""kill -9 at any moment of an `add` to a server: the ledger passes verify, and every report is whole or absent."""

from __future__ import annotations

import os
import random

import pytest

from sayso import ledger as api
from sayso.store.codec import to_json, to_plain
from tests.store.making import STEPS, reading
from tests.store.postgres.server import Server
from tests.store.test_kill import given, run


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a thing of POSIX")
def test_every_report_is_whole_or_absent(postgres: Server) -> None:
    clean = postgres.new_schema()
    took = run(clean)
    with api.open(clean, steps=STEPS) as ledger:
        expected = to_json(to_plain(ledger.linked()))
    everything = {each.report.id: each for each in given()}
    moments = random.Random(7)
    kept: set[int] = set()
    for _ in range(8):
        url = postgres.new_schema()
        run(url, kill_after=moments.uniform(0, took))
        with api.open(url, create=True, steps=STEPS) as ledger:
            assert ledger.verify() == ()
            stored = list(ledger.reports())
            kept.add(len(stored))
            for report in stored:
                assert report == everything[report.id].report
                assert ledger.raw(report.id) == everything[report.id].raw
                assert ledger.extraction(report.id) == reading(report)
            ledger.add_captured(given())
            assert to_json(to_plain(ledger.linked())) == expected
            assert ledger.verify() == ()
    assert len(kept) > 2, f"the kills fell into too few moments to show anything: {sorted(kept)}"
