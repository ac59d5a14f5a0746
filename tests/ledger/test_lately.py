"""What changed since a row of the journal, looked for only in the stories that it touched: the same as in all of them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import ledger as api
from sayso.ledger import Since
from sayso.ledger.linking import Linking
from sayso.model import Captured, Verdict
from tests.ledger.test_filing import FILED
from tests.store.making import captured

SAID = st.builds(
    lambda tags, who, number, day, outlet, printed: captured(
        f"{' '.join(sorted(tags))} {who} said {number} fell.{' (Join us.)' if printed else ''}",
        outlet=outlet,
        published=(date(2031, 1, 1) + timedelta(days=day)).isoformat(),
    ),
    st.sets(st.sampled_from(("#flood", "#fire", "#vote", "#quake")), min_size=1, max_size=2),
    st.sampled_from(("Ada", "Cy")),
    st.integers(3, 5),
    st.integers(0, 6),
    st.sampled_from(("Post", "Mail")),
    st.booleans(),
)


def since(url: str, row: str, *, slowly: bool) -> Since:
    """What a process that remembers nothing finds."""
    with pytest.MonkeyPatch.context() as patch:
        if slowly:
            patch.setattr(Linking, "states_around", lambda self, later: None)
        with api.open(url, steps=FILED) as fresh:
            return fresh.since(row)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(SAID, min_size=1, max_size=3), min_size=1, max_size=5))
def test_it_is_what_all_stories_give(tmp_path_factory: pytest.TempPathFactory, batches: list[list[Captured]]) -> None:
    url = str(tmp_path_factory.mktemp("lately") / "flood.db")
    with api.open(url, create=True, steps=FILED) as ledger:
        rows = [ledger.head()]
        for batch in batches:
            ledger.add_captured(batch)
            rows.append(ledger.head())
    for row in rows:
        assert since(url, row, slowly=False) == since(url, row, slowly=True)


def test_only_the_stories_that_are_touched_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = str(tmp_path / "flood.db")
    with api.open(url, create=True, steps=FILED) as ledger:
        ledger.add_captured(
            [captured(f"#tag{n} Ada said {n} fell.", published="2031-01-01", outlet=f"Post {n}") for n in range(8)]
        )
        row = ledger.head()
        ledger.add_captured([captured("#tag3 Cy said 4 fell.", published="2031-01-02", outlet="Mail")])
        ledger.judge(Verdict.NOTE, ledger.reports().__next__().id, value="seen", author="Mara Quill")
        monkeypatch.setattr(Linking, "state", lambda self: pytest.fail("all of the ledger was read"))
        found = ledger.since(row)
    assert [len(state.reports) for state in (found.before, found.after)] == [1, 2]
    assert len(found.changes.changes) == 2


def test_a_paragraph_that_becomes_furniture_touches_other_stories(tmp_path: Path) -> None:
    url = str(tmp_path / "flood.db")
    with api.open(url, create=True, steps=FILED) as ledger:
        ledger.add_captured(
            [captured(f"#tag{n} Ada said {n} fell. (Join us.)", published="2031-01-01") for n in range(2)]
        )
        row = ledger.head()
        ledger.add_captured([captured("#tag7 Ada said 7 fell. (Join us.)", published="2031-01-01")])
    quick = since(url, row, slowly=False)
    assert quick == since(url, row, slowly=True)
    assert len(quick.after.parts) == 3
