"""What a confirmation bears out, and what is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.link import link
from sayso.link.supports import tie_supports
from sayso.link.told import read_statements
from sayso.model import Act, Actor, ActorType, Linked, Measure, RelationKind, Report, Slot, Span, Statement
from tests.link.factories import actor, extraction, report, says

ORSEL, BRIGADE = actor("Davin Orsel"), actor("Free Highland Brigade", ActorType.GROUP)
CROSS, COURIER = actor("Red Cross", ActorType.ORGANIZATION), actor("Asterne Courier", ActorType.ORGANIZATION)
TOLD = {
    "Davin Orsel said nine people died in Varrow.": (ORSEL, "nine people died in Varrow"),
    "In a video the Free Highland Brigade said it showed captured vehicles.": (BRIGADE, "captured vehicles"),
    "Davin Orsel said shelling had destroyed the school in Varrow.": (ORSEL, "shelling had destroyed the school in Varrow"),
}  # fmt: skip
TOLL, VIDEO, SCHOOL = TOLD


def checked(first: str, check: str, who: Actor | None, cue: str, content: str, *, act: Act = Act.CONFIRM) -> Linked:
    """What linking makes of a report of these two sentences, the second with this cue and content."""
    where = report(f"{first} {check}", outlet="The Varn Post")
    speaker, words = TOLD[first]
    count = ("nine", 9.0, Measure.KILLED, "people") if first == TOLL else None
    at = where.text.rindex(content)
    second = says(where, content, who, act=act)
    second = replace(second, content=(Span(at, at + len(content)),), source=_spans(where, who, len(first)))
    second = replace(second, cue=_cue(where, cue, len(first)), id=f"{second.id}2")
    told: tuple[Statement, ...] = (says(where, words, speaker, count=count), second)
    return link([where], [extraction(where, *told)])


def _spans(where: Report, who: Actor | None, after: int) -> tuple[Span, ...]:
    at = where.text.find(who.name, after) if who else -1
    return (Span(at, at + len(who.name)),) if who and at >= 0 else ()


def _cue(where: Report, cue: str, after: int) -> tuple[Span, ...]:
    at = where.text.find(cue, after) if cue else -1
    return (Span(at, at + len(cue)),) if at >= 0 else ()


def supports(linked: Linked) -> list[tuple[str, str, Slot]]:
    words = {claim.id: claim.wording for claim in linked.claims}
    return [
        (words[r.from_claim], words[r.to_claim], r.slot) for r in linked.relations if r.kind is RelationKind.SUPPORTS
    ]


@pytest.mark.model
@pytest.mark.parametrize(
    ("first", "check", "who", "cue", "content", "slot"),
    [
        (TOLL, "The Red Cross confirmed the toll.", CROSS, "confirmed", "the toll", Slot.HOW_MANY),
        (TOLL, "The Red Cross confirmed it.", CROSS, "confirmed", "it", Slot.HOW_MANY),
        (TOLL, "The Red Cross corroborated Orsel's account.", CROSS, "corroborated", "Orsel's account", Slot.HOW_MANY),
        (VIDEO, "The Asterne Courier verified the footage.", COURIER, "verified", "the footage", Slot.WHAT),
        (VIDEO, "The video was geolocated to Varrow.", None, "", "The video was geolocated to Varrow", Slot.WHAT),
        (SCHOOL, "Images show damage consistent with shelling of the school.", None, "", "Images show damage consistent with shelling of the school", Slot.WHAT),
        (SCHOOL, "The Red Cross confirmed reports of shelling at the school.", CROSS, "confirmed", "reports of shelling at the school", Slot.WHAT),
    ],
)  # fmt: skip
def test_a_confirmation_supports_what_it_speaks_of(
    first: str, check: str, who: Actor | None, cue: str, content: str, slot: Slot
) -> None:
    linked = checked(first, check, who, cue, content, act=Act.CONFIRM if who else Act.ASSERT)
    assert [(to, where) for _, to, where in supports(linked)] == [(TOLD[first][1], slot)]
    assert len({claim.question for claim in linked.claims}) == 2  # who bears an answer out gives none


@pytest.mark.model
@pytest.mark.parametrize(
    ("first", "check", "who", "cue", "content", "act"),
    [
        (TOLL, "Davin Orsel confirmed the toll.", ORSEL, "confirmed", "the toll", Act.CONFIRM),  # his own
        (TOLL, "The Red Cross has not confirmed the toll.", CROSS, "confirmed", "the toll", Act.CONFIRM),
        (TOLL, "The Red Cross could confirm the toll.", CROSS, "confirm", "the toll", Act.CONFIRM),
        (TOLL, "The Red Cross could not verify the toll.", CROSS, "verify", "the toll", Act.CANNOT_VERIFY),
        (TOLL, "The Red Cross refused to confirm the toll.", CROSS, "confirm", "the toll", Act.CONFIRM),
        (TOLL, "The Red Cross agreed with it.", CROSS, "agreed with", "it", Act.CONFIRM),  # who agrees checks nothing
        (TOLL, "The Red Cross confirmed the Brigade's account.", CROSS, "confirmed", "the Brigade's account", Act.CONFIRM),
        (TOLL, "The Red Cross verified the video.", CROSS, "verified", "the video", Act.CONFIRM),  # no video is told of
        (VIDEO, "The Red Cross confirmed the toll.", CROSS, "confirmed", "the toll", Act.CONFIRM),  # and no number
        (SCHOOL, "The Red Cross confirmed reports of a flood in Dorn.", CROSS, "confirmed", "reports of a flood in Dorn", Act.CONFIRM),
        (SCHOOL, "If confirmed, the report would be the first.", None, "", "If confirmed, the report would be the first", Act.ASSERT),
        (SCHOOL, "The Red Cross supported the report.", CROSS, "supported", "the report", Act.OTHER),  # and so approved of it
    ],
)  # fmt: skip
def test_what_is_no_confirmation(first: str, check: str, who: Actor | None, cue: str, content: str, act: Act) -> None:
    assert supports(checked(first, check, who, cue, content, act=act)) == []


def test_who_denies_is_not_borne_out() -> None:
    where = report("Davin Orsel denied the raid. The Red Cross verified the report.")
    denial = says(where, "the raid", ORSEL, act=Act.DENY)
    check = says(where, "the report", CROSS, act=Act.CONFIRM)
    at = where.text.index("verified")
    check = replace(check, cue=(Span(at, at + 8),))
    assert tie_supports(read_statements({where.id: where}, [extraction(where, denial, check)]), {}) == []
