"""Reports are put into stories one by one, and it comes to what filing them all at once gives."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import ledger as api
from sayso.ledger import Ledger, filing
from sayso.ledger.filing import connected
from sayso.model import Captured, Gist, Judgement, Linked, Report, Verdict
from sayso.pipeline import Filing
from tests.store import making
from tests.store.making import STEPS, captured

DAYS = 3.0


def gist(report: Report) -> Gist:
    """Known by the tags of its text: "#flood #bridge Ada said it rains."."""
    tags = tuple(sorted(re.findall(r"#\w+", report.text)))
    day = (date.fromisoformat(report.published.value) - date(2031, 1, 1)).days if report.published else None
    return Gist(report.id, None if day is None else float(day), tuple((tag, 1.0) for tag in tags), tags)


def tie(a: Gist, b: Gist) -> float:
    near = a.day is None or b.day is None or abs(a.day - b.day) <= DAYS
    return float(near and bool(set(a.keys) & set(b.keys)))


def paragraphs(report: Report) -> frozenset[str]:
    """Every sentence in brackets is one."""
    return frozenset(f"{report.outlet} {found}" for found in re.findall(r"\(.*?\)", report.text))


class Furnished:
    """The made link, which also tells what it was told to be furniture: as the title of an origin."""

    def __call__(
        self,
        reports: Sequence[Report],
        extractions: Sequence[Any],
        *,
        furniture: frozenset[str] = frozenset(),
        **more: Any,
    ) -> Linked:
        made = making.link(reports, extractions, **more)
        known = sorted(furniture & {key for report in reports for key in paragraphs(report)})
        questions = tuple(dataclasses.replace(q, text=f"{q.text} {known}") for q in made.questions)
        return dataclasses.replace(made, questions=questions)


FILED = dataclasses.replace(
    STEPS, link=Furnished(), filing=Filing(gist=gist, paragraphs=paragraphs, tie=tie, days=lambda: DAYS)
)


def opened(path: Path | str = "sqlite://") -> Ledger:
    return api.open(str(path), create=True, steps=FILED)


def told(text: str, *, day: int | None = 0, outlet: str = "Post", url: str | None = None) -> Captured:
    published = None if day is None else (date(2031, 1, 1) + timedelta(days=day)).isoformat()
    return captured(text, outlet=outlet, url=url, published=published)


def grouped(ledger: Ledger) -> set[frozenset[str]]:
    """The stories, each by the texts of its reports without tags."""
    words = {report.id: re.sub(r"#\w+ ?", "", report.text) for report in ledger.reports()}
    return {frozenset(words[i] for i in story.reports) for story in ledger.stories()}


# ---------------------------------------------------------------------------------------------------
# One by one


def test_a_report_joins_the_story_it_is_tied_to() -> None:
    with opened() as ledger:
        ledger.add_captured([told("#flood a"), told("#vote b")])
        ledger.add_captured([told("#flood c", day=2)])
        assert grouped(ledger) == {frozenset("ac"), frozenset("b")}


def test_a_report_that_is_tied_to_two_stories_brings_them_together() -> None:
    with opened() as ledger:
        ledger.add_captured([told("#flood a"), told("#vote b")])
        ledger.add_captured([told("#flood #vote c", day=1)])
        assert grouped(ledger) == {frozenset("abc")}
        assert ledger.verify() == ()


def test_what_comes_in_together_is_looked_up_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else thousands of reports of one story would each be handed all that is in it."""
    with opened() as ledger:
        ledger.add_captured(
            [told("#flood it rains."), told("#fire it burns.", day=9), told("#strike they wait.", day=9)]
        )
        asked: list[tuple[str, ...]] = []
        looked_up = type(ledger._store.derived).partners

        def partners(self: Any, gist: Gist, *, days: float) -> list[tuple[str, ...]]:
            asked.append(gist.keys)
            return looked_up(self, gist, days=days)

        monkeypatch.setattr(type(ledger._store.derived), "partners", partners)
        ledger.add_captured(
            [told(f"#flood #bridge{n} it rains on.", day=n) for n in range(5)]
            + [told("#fire #flood both.", day=None), told("#quake it shakes.", day=1)]
        )
        assert sorted(len(keys) for keys in asked) == [1, 2, 6]  # the quake; what has no day; the flood and its bridges
        assert sorted(len(listing.story.reports) for listing in ledger.story_listings()) == [1, 1, 8]


@pytest.mark.parametrize(("day", "stories"), [(3, 1), (4, 2), (None, 1)])
def test_a_story_goes_on_for_some_days(day: int | None, stories: int) -> None:
    with opened() as ledger:
        ledger.add_captured([told("#flood a")])
        ledger.add_captured([told("#flood b", day=day)])
        assert len(ledger.stories()) == stories


def test_versions_of_one_page_are_one_story_whatever_they_tell() -> None:
    url = "https://post.example/1"
    with opened() as ledger:
        ledger.add_captured([told("#flood a", url=url)])
        ledger.add_captured([told("#vote b", day=90, url=url)])
        assert grouped(ledger) == {frozenset("ab")}


def test_only_the_story_that_a_report_joins_is_linked_anew(path: Path) -> None:
    seen: list[set[str]] = []

    class Watched(Furnished):
        def __call__(self, reports: Sequence[Report], *args: Any, **more: Any) -> Linked:
            seen.append({report.text[-1] for report in reports})
            return super().__call__(reports, *args, **more)

    with api.open(str(path), create=True, steps=dataclasses.replace(FILED, link=Watched())) as ledger:
        ledger.add_captured([told("#flood a"), told("#vote b"), told("#fire c")])
        seen.clear()
        ledger.add_captured([told("#vote d")])
        ledger.linked()
        assert seen == [{"b", "d"}]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


# ---------------------------------------------------------------------------------------------------
# Judgements


def test_statements_that_a_person_joins_join_their_stories_and_part_again() -> None:
    with opened() as ledger:
        ledger.add_captured([told("#flood Ada said it rains."), told("#vote Bo said it pours.")])
        first, second = (statement.id for statement in ledger.statements())
        joined = ledger.judge(Verdict.MERGE, first, other=second, author="Mo")
        assert len(ledger.stories()) == 1
        ledger.judge(Verdict.REJECT, joined.id, author="Mo")
        assert len(ledger.stories()) == 2
        ledger.judge(Verdict.MERGE, first, other=second, author="Mo", at="2032-01-01T00:00:00Z")
        assert len(ledger.stories()) == 1
        ledger.judge(Verdict.SPLIT, first, other=second, author="Mo", at="2032-01-02T00:00:00Z")
        assert len(ledger.stories()) == 2
        assert ledger.verify() == ()


def test_a_withdrawn_report_is_of_its_story_and_counts_for_nothing() -> None:
    with opened() as ledger:
        ledger.add_captured([told("#flood Ada said it rains."), told("#flood Bo said it pours.")])
        gone = next(report for report in ledger.reports() if "Ada" in report.text)
        ledger.withdraw(gone.id, author="Mo")
        (story,) = ledger.stories()
        assert gone.id not in story.reports
        assert gone.id in {report.id for report in ledger.reports(story=story.id)}, "shown, and marked"
        assert {claim.wording for claim in ledger.linked().claims} == {"it pours"}
        ledger.add_captured([told("#flood Cy said it hails.")])
        assert {claim.wording for claim in ledger.linked().claims} == {"it pours", "it hails"}


def test_what_a_person_joined_is_joined_at_every_time_when_one_of_both_is_withdrawn() -> None:
    with opened() as ledger:
        ledger.add_captured([told("#flood Ada said it rains."), told("#vote Bo said it pours.", day=1)])
        (first,), (second,) = (ledger.statements(actor=who) for who in ("Ada", "Bo"))
        ledger.judge(Verdict.MERGE, first.id, other=second.id, author="Mo")
        ledger.withdraw(first.report, author="Mo", on="2031-06-01")
        assert ledger.stories(as_of="2031-05-31")[0].id == ledger.stories()[0].id
        assert ledger.stories(as_of="2031-07-01") == ledger.stories()


# ---------------------------------------------------------------------------------------------------
# Furniture


def test_what_an_outlet_prints_in_three_stories_is_furniture_in_each() -> None:
    with opened() as ledger:
        ledger.add_captured(
            [told(f"#{tag} (Log in.) Ada said {tag}.", outlet="Post") for tag in ("flood", "vote")]
            + [told("#flood (Log in.) Bo said more.", outlet="Echo")]
        )
        assert not any("Log in" in question.text for question in ledger.linked().questions)
        ledger.add_captured([told("#fire (Log in.) Ada said fire.", outlet="Post")])
        texts = {question.text for question in ledger.linked().questions}
        assert sum("Post (Log in.)" in text for text in texts) == 4, (
            "also in stories linked before, for all their reports"
        )
        assert not any("Echo (Log in.)" in text for text in texts)


def test_what_is_furniture_no_longer_counts_when_its_stories_come_together() -> None:
    with opened() as ledger:
        ledger.add_captured([told(f"#{tag} (Log in.) Ada said {tag}.") for tag in ("flood", "vote", "fire")])
        assert any("Log in" in question.text for question in ledger.linked().questions)
        ledger.add_captured([told("#flood #vote Bo said more.")])
        assert not any("Log in" in question.text for question in ledger.linked().questions)


# ---------------------------------------------------------------------------------------------------
# The laws

TAGS = ("#flood", "#vote", "#fire", "#storm")
made_reports = st.builds(
    lambda tags, notice, who, what, day, outlet: told(
        f"{' '.join(sorted(tags))} {notice} {who} said {what}.", day=day, outlet=outlet
    ),
    st.sets(st.sampled_from(TAGS), min_size=1, max_size=2),
    st.sampled_from(["", "(Log in.)", "(Subscribe.)"]),
    st.sampled_from(["Ada", "Bo"]),
    st.sampled_from(["3 fell", "4 fell", "it rains"]),
    st.one_of(st.none(), st.integers(0, 12)),
    st.sampled_from(["Post", "Echo"]),
)
made_stories = st.lists(made_reports, min_size=1, max_size=12, unique_by=lambda c: c.report.id)


def snapshot(ledger: Ledger) -> tuple[Linked, dict[str, tuple[str, ...]]]:
    return ledger.linked(), {story.id: story.reports for story in ledger.stories()}


@settings(max_examples=60, deadline=None)
@given(made_stories, st.data())
def test_any_order_and_any_sittings_come_to_a_clean_rebuild(reports: list[Captured], data: st.DataObject) -> None:
    order = data.draw(st.permutations(reports))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(order)), max_size=4)) | {0, len(order)})
    with opened() as at_once, opened() as bit_by_bit:
        at_once.add_captured(reports)
        for start, end in pairwise(cuts):
            bit_by_bit.add_captured(order[start:end])
            bit_by_bit.linked()
        grown = snapshot(bit_by_bit)
        assert grown == snapshot(at_once)
        assert bit_by_bit.verify() == ()
        bit_by_bit.rebuild()
        assert snapshot(bit_by_bit) == grown


@settings(max_examples=40, deadline=None)
@given(made_stories, st.integers(0, 12))
def test_as_of_a_day_is_what_a_ledger_of_that_day_holds(reports: list[Captured], day: int) -> None:
    moment = (date(2031, 1, 1) + timedelta(days=day)).isoformat()
    dated = [each for each in reports if each.report.published]
    out = [each for each in dated if each.report.published and each.report.published.value <= moment]
    with opened() as whole, opened() as then:
        whole.add_captured(dated)
        then.add_captured(out)
        stories = {story.id: story.reports for story in whole.stories(as_of=moment)}
        assert (whole.linked(as_of=moment), stories) == snapshot(then)


@settings(max_examples=40, deadline=None)
@given(made_stories, st.data())
def test_judgements_come_to_the_same_before_or_after_the_reports(reports: list[Captured], data: st.DataObject) -> None:
    with opened() as first:
        first.add_captured(reports)
        statements = [statement.id for statement in first.statements()]
        pairs = st.tuples(st.sampled_from(statements), st.sampled_from(statements))
        verdicts = st.sampled_from([Verdict.MERGE, Verdict.SPLIT])
        made: list[Judgement] = []
        for n, ((a, b), verdict) in enumerate(data.draw(st.lists(st.tuples(pairs, verdicts), max_size=4))):
            if a != b:
                made.append(first.judge(verdict, a, other=b, author="Mo", at=f"2032-01-01T00:00:{n:02}Z"))
            undone: bool = data.draw(st.booleans(), label="undone")
            if made and undone:
                made.append(first.judge(Verdict.REJECT, made[-1].id, author="Mo", at=f"2032-01-02T00:00:{n:02}Z"))
            first.linked()
        grown = snapshot(first)
        first.rebuild()
        assert snapshot(first) == grown


@given(
    keys=st.lists(st.frozensets(st.sampled_from("abcdef"), max_size=3), min_size=1, max_size=12),
    tied=st.frozensets(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=14),
)
def test_the_ties_that_are_looked_for_connect_what_all_ties_connect(
    keys: list[frozenset[str]], tied: frozenset[tuple[int, int]]
) -> None:
    gists = [Gist(f"r-{n:02}", None, (), tuple(sorted(each))) for n, each in enumerate(keys)]
    wanted = {frozenset((f"r-{a:02}", f"r-{b:02}")) for a, b in tied}

    def tie(a: Gist, b: Gist) -> float:
        return float(frozenset((a.report, b.report)) in wanted)

    every = [(a.report, b.report) for a, b in combinations(gists, 2) if set(a.keys) & set(b.keys) and tie(a, b)]
    by_id = {gist.report: gist for gist in gists}
    assert connected(by_id, filing._tied_among(gists, tie)) == connected(by_id, every)
