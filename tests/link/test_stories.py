"""Which reports belong to one story: what two gists share, and what ties bring together."""

from __future__ import annotations

from itertools import permutations

import pytest

from sayso.link.gist import WHO_AND_WHAT, read_gist
from sayso.link.rarity import UNLISTED, rarity
from sayso.link.stories import DAYS, find_stories, tie, tied_pairs
from sayso.model import Report

from .factories import report

FLOOD = (
    "A dam above the town of Ostrel burst early on Tuesday and the flood carried off eleven houses, the mayor said.",
    "Rescuers searched the mud below the dam at Ostrel for two missing children while the flood went down.",
    "Engineers warned in spring that the dam above Ostrel leaked, papers of the Corvane ministry show after the flood.",
)
VOTE = (
    "Voters in Corvane go to the polls on Sunday to choose a parliament, with the Farmers' List ahead in surveys.",
    "The Farmers' List won the vote in Corvane, and its leader Peta Lunn is to form a coalition in parliament.",
)
ARTICLE = (
    " ".join(FLOOD)
    + """ Soldiers built a bridge of boats, and the bakery gave bread to whoever came. Insurers put the
damage at nine million crowns. The opposition asked who had signed the permits, and the prosecutor opened an inquiry against
a contractor whose name was withheld. School begins again on Thursday in tents beside the stadium, a teacher wrote."""
)
POST = "Ostrel: the dam is gone. Get to the school on the hill."


def told(text: str, published: str | None = "2031-04-02") -> Report:
    return report(text, published=published)


def together(*reports: Report) -> bool:
    return len(set(find_stories(reports).values())) == 1


def test_reports_of_one_affair_are_one_story_and_those_of_another_are_not() -> None:
    reports = [told(text) for text in (*FLOOD, *VOTE)]
    numbers = find_stories(reports)
    assert len({numbers[r.id] for r in reports[:3]}) == 1
    assert numbers[reports[0].id] != numbers[reports[3].id]


def test_any_order_gives_the_same_stories() -> None:
    reports = [told(text) for text in (*FLOOD, VOTE[0])]
    assert len({tuple(sorted(find_stories(order).items())) for order in permutations(reports)}) == 1


def test_a_short_post_joins_by_the_rare_name_it_shares() -> None:
    assert together(told(POST), told(ARTICLE))
    assert not together(told(POST.replace("Ostrel", "Brent")), told(ARTICLE))


@pytest.mark.parametrize(("later", "tied"), [("2031-04-12", True), ("2031-04-13", False), (None, True)])
def test_a_story_is_joined_within_its_days(later: str | None, tied: bool) -> None:
    assert DAYS == 10.0
    assert together(told(FLOOD[0]), told(FLOOD[0] + " ", later)) is tied


def test_more_is_asked_where_no_day_is_known() -> None:
    dated = [read_gist(told(text)) for text in FLOOD]
    undated = read_gist(told(FLOOD[2], None))
    assert tie(dated[0], dated[2]) > 0
    assert tie(dated[0], undated) in (0.0, tie(dated[0], dated[2]))


def test_known_pairs_are_one_story_whatever_they_tell() -> None:
    a, b = told(FLOOD[0]), told(VOTE[0])
    assert len(set(find_stories([a, b], [(a.id, b.id)]).values())) == 1


def test_a_tie_is_symmetric_and_every_tied_pair_shares_a_key() -> None:
    gists = [read_gist(told(text)) for text in (*FLOOD, *VOTE, POST)]
    for a in gists:
        for b in gists:
            assert tie(a, b) == tie(b, a)
            assert not tie(a, b) or set(a.keys) & set(b.keys)
    by_id = {g.report: g for g in gists}
    found = {(a, b) for a, b, _ in tied_pairs(gists)}
    assert found == {(a, b) for a in by_id for b in by_id if a < b and tie(by_id[a], by_id[b])}


def test_a_gist_is_a_function_of_its_report() -> None:
    gist = read_gist(told(FLOOD[0]))
    assert gist == read_gist(told(FLOOD[0]))
    assert 0 < len(gist.keys) <= 24
    assert f"dam{WHO_AND_WHAT}ostrel" in gist.keys


@pytest.mark.parametrize(
    ("text", "leading", "not_leading"),
    [
        ("Police said Peta Lunn was safe. Peta Lunn then left Ostrel.", "lunn", "peta"),  # a forename says no more
        (
            "OSTREL DAM BURSTS. MAYOR SAYS ELEVEN HOUSES GONE.",
            "dam ostrel",
            "dam+ostrel",
        ),  # capitals tell nothing there
        (
            "The ministry wrote in an e-mail to Reuters about Ostrel.",
            "ministri+ostrel",
            "reuter",
        ),  # the trade is no topic
        ("I'm told they've left Ostrel by bus.", "bus+ostrel", "i'm+ostrel"),
    ],
)
def test_keys_are_names_and_what_happened(text: str, leading: str, not_leading: str) -> None:
    keys = read_gist(told(text)).keys
    assert any(leading in key for key in keys)
    assert not any(not_leading in (key, *key.split(WHO_AND_WHAT)) for key in keys)


def test_a_text_in_another_language_is_known_by_its_names_only() -> None:
    gist = read_gist(
        told("Stara tama nad mestom Ostrel popustila je rano ujutro, javlja gradonačelnik iz mjesta Corvane.")
    )
    assert {term for term, _ in gist.terms} == {"ostrel", "corvan"}


def test_an_empty_text_ties_to_nothing() -> None:
    empty = read_gist(told(""))
    assert (empty.terms, empty.keys) == ((), ())
    assert tie(empty, empty) == 0.0


@pytest.mark.parametrize(
    ("commoner", "rarer"),
    [("people", "quake"), ("war", "artillery"), ("Ostrel", None), ("cross-border", None)],
)
def test_rarity_grows_with_the_rank_of_a_word(commoner: str, rarer: str | None) -> None:
    if rarer is None:
        assert (rarity(commoner) == UNLISTED) is (commoner == "Ostrel")
    else:
        assert rarity(commoner) < rarity(rarer) < UNLISTED
    assert rarity("Haiti’s") == rarity("haiti")
