"""The stories of a ledger: their ids, what belongs to one alone, and how much there is of each. Linking is the real one's
grouping over made readings."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import ledger as api
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.model import Captured
from tests.store.making import SHELVED, STEPS, captured

FLOOD = (
    ("2031-04-02", "A dam at Ostrel burst and the flood took eleven houses. Ada said 3 fell. Bo said the dam leaked."),
    ("2031-04-03", "After the dam burst at Ostrel the flood is going down. Cy said 4 fell. Bo said it rains."),
)
VOTE = (
    ("2031-04-04", "The Farmers List won the vote for the Corvane parliament. Dee said nothing is lost."),
    (
        "2031-04-05",
        "A coalition in the Corvane parliament is near, the Farmers List says after the vote. Dee said it rains.",
    ),
)


def told(texts: tuple[tuple[str, str], ...]) -> list[Captured]:
    return [captured(text, outlet=f"Outlet {day}", published=day) for day, text in texts]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with api.open(str(tmp_path / "week.db"), create=True, steps=dataclasses.replace(STEPS, filing=SHELVED)) as opened:
        opened.add_captured([*told(FLOOD), *told(VOTE)])
        yield opened


def test_stories_are_listed_newest_first_with_how_much_there_is_of_each(ledger: Ledger) -> None:
    vote, flood = ledger.story_listings()
    assert [(each.story.first, each.story.last) for each in (vote, flood)] == [
        ("2031-04-04", "2031-04-05"),
        ("2031-04-02", "2031-04-03"),
    ]
    assert [len(each.story.reports) for each in (vote, flood)] == [2, 2]
    assert flood.outlets == ("Outlet 2031-04-02", "Outlet 2031-04-03")
    assert flood.disputed_claims == sum(
        claim.status == "disputed" for claim in ledger.linked(story=flood.story.id).claims
    )
    assert [len(each.story.reports) for each in ledger.story_listings(as_of="2031-04-02")] == [1]


def test_a_story_keeps_its_id_when_a_later_report_joins_and_not_when_an_earlier_one_does(ledger: Ledger) -> None:
    flood = ledger.story_listings()[-1].story
    later = captured("The dam at Ostrel that burst will be built again after the flood.", published="2031-04-06")
    ledger.add_captured([later])
    assert ledger.story(flood.id).reports == tuple(sorted((*flood.reports, later.report.id)))
    earlier = captured("The dam at Ostrel leaks, and a flood may come if it does burst.", published="2031-03-30")
    ledger.add_captured([earlier])
    with pytest.raises(UsageError, match="no story with this id"):
        ledger.story(flood.id)


def test_what_is_asked_of_a_story_tells_of_no_other(ledger: Ledger) -> None:
    for story in ledger.stories():
        assert [report.id for report in ledger.reports(story=story.id)] == sorted(story.reports)
        statements = {s.id for report in story.reports for s in ledger.statements(report=report)}
        linked = ledger.linked(story=story.id)
        assert linked.claims
        assert all(statements.issuperset(claim.statements) for claim in linked.claims)
        assert all(set(story.reports).issuperset(origin.reports) for origin in linked.origins)
        assert ledger.account(story=story.id).reports == 2


def test_the_same_words_in_two_stories_are_two_claims(ledger: Ledger) -> None:
    assert [claim.wording for claim in ledger.linked().claims].count("it rains") == 2
    for story in ledger.stories():
        assert [claim.wording for claim in ledger.linked(story=story.id).claims].count("it rains") == 1


def test_the_beginning_of_an_id_will_do_if_only_one_story_has_it(ledger: Ledger) -> None:
    one, two = ledger.stories()
    assert ledger.story(one.id[:5]) == one
    for wrong, said in (("y-", "several stories"), ("y-none", "no story"), ("", "no story")):
        with pytest.raises(UsageError, match=said):
            ledger.account(story=wrong)
    assert one.id != two.id
