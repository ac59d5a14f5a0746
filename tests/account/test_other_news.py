"""What a round-up tells of something else than the story it is filed with."""

from __future__ import annotations

from dataclasses import replace

from sayso.account.other_news import other_news
from sayso.model import Extraction, PlaceMention, Report
from tests.account.making import extraction, report, span, statement

COUNTRIES = {
    "Arlen": "Dornland", "Kesta": "Dornland", "Dornland": "Dornland",
    "Ostra": "Velia", "Velia": "Velia", "Holmport": "Norrland", "Norrland": "Norrland",
}  # fmt: skip
STORY = "The river Arl burst its banks in Arlen, Dornland, on Monday and flooded four hundred houses."
ROUND_UP = (
    "The river Arl burst its banks in Arlen, Dornland. Four hundred houses are flooded.",
    "Floods in Kesta have closed the bridge.",
    "In Velia, judges ended the trial of a singer with two houses.",  # one word of the story, and any news may have it
    "Her fans danced before the court in Ostra.",
    "She will sing again.",
    "In Holmport a whale came ashore.",
    "Crowds in Norrland watched it leave.",
    "The parliament of Velia praised the people of Dornland.",
)


def read(*sentences: str, outlet: str) -> tuple[Report, Extraction]:
    made = report(" ".join(sentences), outlet=outlet)
    reading = extraction(made, [statement(made, content=words.split(" So it went")[0]) for words in sentences])
    places = [
        PlaceMention(span(made.text, name), name, within=() if country == name else (country,))
        for name, country in COUNTRIES.items()
        if name in made.text
    ]
    return made, replace(reading, places=tuple(places))


def told_apart(*read_reports: tuple[Report, Extraction]) -> list[str]:
    texts = {report.id: report.text for report, _ in read_reports}
    found = other_news([report for report, _ in read_reports], [x for _, x in read_reports])
    return [s.content[0].of(texts[x.report]) for _, x in read_reports for s in x.statements if s.id in found]


def spread(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences with so many words between that none stands in the words around another."""
    filler = "and so on and on " * 20
    return tuple(f"{sentence} So it went, {filler.strip()}." for sentence in sentences)


def test_a_round_up_is_told_apart_where_it_leaves_the_story() -> None:
    others = [read(STORY, outlet=outlet) for outlet in ("Courier", "Herald", "Post")]
    parts = spread(ROUND_UP)
    # "She will sing again" names nothing, and goes with what stands on both its sides.
    assert told_apart(read(*parts, outlet="Radio"), *others) == list(ROUND_UP[2:7])


def test_a_report_on_the_story_is_left_whole() -> None:
    others = [read(STORY, outlet=outlet) for outlet in ("Courier", "Herald")]
    abroad = spread(
        (*ROUND_UP[:2], "In Ostra, the president of Velia sent help.", "Norrland sent boats.", *ROUND_UP[:2])
    )
    assert told_apart(read(*abroad[:4], outlet="Radio"), *others) == []  # two sentences make no round-up


def test_nothing_is_told_apart_where_no_country_is_named() -> None:
    nowhere = [read("The court met and heard a case.", outlet=outlet) for outlet in ("Courier", "Herald")]
    assert told_apart(*nowhere) == []
