"""The gate: what it lets through, what it refuses, and that a small change to a passing line is refused."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sayso.account.gate import Check, check_account, check_line
from sayso.account.gate_names import words_of
from sayso.account.gate_numbers import numbers_in
from sayso.model import (
    Block,
    BlockKind,
    Capture,
    Citation,
    Instant,
    Line,
    Origin,
    Precision,
    Report,
    Span,
    Status,
)

if TYPE_CHECKING:
    from tests.account.bridge_incident import Incident


def report(text: str, *, outlet: str | None = "The Selby Courier", published: str | None = "2031-03-12") -> Report:
    return Report(
        id="r-" + str(abs(hash((text, outlet)))),
        sha256="0" * 64,
        text=text,
        blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
        media_type="text/plain",
        capture=Capture("2031-03-12T00:00:00Z", "file", "x.txt"),
        outlet=outlet,
        published=Instant(published, Precision.DAY) if published else None,
    )


def cite(of: Report, *words: str) -> Citation:
    spans = tuple(Span(of.text.index(part), of.text.index(part) + len(part)) for part in words or (of.text,))
    exact = " … ".join(span.of(of.text) for span in spans)
    published = of.published.value if of.published else None
    return Citation(f"s-{of.id}-{spans[0].start}", of.id, of.outlet, of.url, published, spans, exact)


def line(text: str, *citations: Citation, status: Status = Status.REPORTED) -> Line:
    return Line("l-test", text, status, "", None, (), citations)


def refused(
    text: str, source_text: str, *, framing: tuple[str, ...] = (), published: str | None = "2031-03-12"
) -> set[str]:
    """The checks that a line with this text fails when it cites the whole of one report."""
    of = report(source_text, published=published)
    return {failure.check.value for failure in check_line(line(text, cite(of)), {of.id: of.text}, framing=framing)}


def test_the_bridge_account_passes(bridge: Incident) -> None:
    assert check_account(bridge.account, bridge.texts, framing=bridge.framing, origins=bridge.linked.origins) == []


def test_the_bridge_account_passes_without_being_told_its_framing(bridge: Incident) -> None:
    """A stored account can be checked again by someone who did not compose it."""
    assert check_account(bridge.account, bridge.texts) == []


# ---------------------------------------------------------------------------------------------------
# Citations

TEXT = "Governor Venn said two people died."


def test_an_uncited_line_is_refused_whatever_its_status() -> None:
    for status in Status:
        assert {f.check for f in check_line(line("Nothing.", status=status), {})} == {Check.UNCITED}


@pytest.mark.parametrize(
    ("spans", "exact", "check"),
    [
        ((Span(0, 400),), TEXT, Check.SPANS),
        ((Span(-3, 4),), "Gov", Check.SPANS),
        ((Span(9, 9),), "", Check.SPANS),
        ((), "", Check.SPANS),
        ((Span(0, 13),), "Governor Venn ", Check.EXACT),
        ((Span(0, 13),), "governor venn", Check.EXACT),
        ((Span(0, 13), Span(19, 22)), "Governor Venn two", Check.EXACT),
    ],
)
def test_a_citation_must_be_the_words_at_its_spans(spans: tuple[Span, ...], exact: str, check: Check) -> None:
    of = report(TEXT)
    citation = replace(cite(of), spans=spans, exact=exact)
    failures = check_line(line("It was said.", citation), {of.id: of.text})
    assert [failure.check for failure in failures] == [check]


def test_a_report_that_is_not_at_hand_is_named() -> None:
    of = report(TEXT)
    (failure,) = check_line(line("It was said.", cite(of)), {})
    assert failure.check is Check.SPANS
    assert of.id in failure.what


def test_words_outside_the_spans_are_no_evidence() -> None:
    of = report("Venn spoke. Eleven people died in Ostmar.")
    failures = check_line(line("Eleven people died in Ostmar.", cite(of, "Venn spoke.")), {of.id: of.text})
    assert {failure.words for failure in failures} >= {"Eleven", "Ostmar"}


# ---------------------------------------------------------------------------------------------------
# Numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("two hundred and five people", ["205"]),
        ("1.2 million, 1,200 and 1\u202f200", ["1200000", "1200", "1200"]),
        ("twenty-three, the 23rd, the third", ["23", "23", "3"]),
        ("a dozen, two dozen, dozens", ["dozen", "2 dozen", "dozens"]),
        ("12% or twelve per cent", ["12", "12"]),
        ("T-72 tanks, mid-2023, at 05:20", ["t72", "2023", "5:20"]),
        ("no one and one another", []),
        ("one or two", ["1", "2"]),
        ("$5m, 5m, 3bn", ["5000000", "5", "3000000000"]),
        ("seventy-five thousand three hundred", ["75300"]),
        ("9" * 5000, ["9" * 5000]),
    ],
)
def test_numbers_are_read_as_they_stand(text: str, values: list[str]) -> None:
    assert [number.value for number in numbers_in(text)] == values


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ("2 people died", "Two people died"),
        ("two people died", "2 people died"),
        ("1,200 people fled", "twelve hundred people fled"),
        ("1.2 million fled", "1,200,000 fled"),
        ("12 % of homes", "twelve percent of homes"),
        ("on 23 May", "on May 23rd"),
        ("one civilian died", "A civilian died"),
        ("0 people died", "No people died"),
        ("dozens fled", "dozens of families fled"),
        ("on 12 March", "yesterday"),  # the day the report was published
        ("on Tuesday 11 March", "on Tuesday"),  # follows from it
    ],
)
def test_numbers_that_stand(said: str, cited: str) -> None:
    assert "number" not in refused(said, cited)


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ("three people died", "Two people died"),
        ("12 people died", "a dozen people died"),
        ("12 people died", "12% of the people died"),
        ("the third strike", "three strikes"),
        ("3 strikes", "the third strike"),
        ("1 person died", "people died in a fire"),
        ("hundreds fled", "dozens fled"),
        ("several fled", "families fled"),
        ("200 fled", "1,200 fled"),
        ("G8", "G7"),
        ("at 05:30", "at 05:20"),
        ("on 13 March", "on Wednesday"),
        ("on 12 March 2030", "on Wednesday"),
        ("in 2029", "in 2027"),
        ("twice", "once"),
    ],
)
def test_numbers_that_do_not_stand(said: str, cited: str) -> None:
    assert "number" in refused(said, cited)


def test_a_number_cut_by_the_edge_of_a_span_is_not_the_smaller_number() -> None:
    of = report("They counted 1,200 dead.")
    failures = check_line(line("200 dead", cite(of, "200 dead")), {of.id: of.text})
    assert [failure.words for failure in failures] == ["200"]


# ---------------------------------------------------------------------------------------------------
# Names


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ("Governor Venn said so.", "the regional governor Venn said so"),
        ("President Orrin spoke.", "President Mael Orrin spoke"),
        ("The Selby Courier reported it.", "it happened"),
        ("Selby Courier reported it.", "it happened"),
        ("According to residents, it burned in Ostmar’s port.", "residents of Ostmar saw it burn"),
        ("It was J. R. Orrin of the U.S. Army.", "J. R. Orrin, U.S. Army"),
        ("Residents fled. Soldiers came.", "soldiers came and residents fled"),
        ("On Wednesday it burned.", "it burned"),
        ("Killed: 2.", "2 people killed"),
    ],
)
def test_names_that_stand(said: str, cited: str) -> None:
    assert "name" not in refused(said, cited)


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ("Tarrel said so.", "Venn said so"),
        ("Osk Orrin said so.", "Osk Tarrel and Mael Orrin said so"),
        ("It burned in Ostmar.", "It burned in Corran"),
        ("It burned on Monday.", "It burned"),
        ("The Northern Courier reported it.", "it happened"),
        ("Soldiers came.", "people came"),
        ("it stood in Storm Bay", "a storm in the bay"),
        ("The Russian army came.", "the army of Russia came"),
    ],
)
def test_names_that_do_not_stand(said: str, cited: str) -> None:
    assert "name" in refused(said, cited)


@pytest.mark.parametrize(
    ("text", "spans", "name", "stands"),
    [
        ("US President Osk Tarrel spoke", ("US President", "Osk Tarrel"), "US President Osk Tarrel", True),
        ("Osk Tarrel, the President, spoke", ("Osk Tarrel", "President"), "President Osk Tarrel", True),
        ("Osk Tarrel, Mael Orrin spoke", ("Osk Tarrel", "Mael Orrin"), "Osk Orrin", False),
        ("Osk Tarrel met President Orrin", ("Osk Tarrel", "President"), "President Osk Tarrel", False),
    ],
)
def test_a_role_and_its_name_may_be_two_spans(text: str, spans: tuple[str, ...], name: str, stands: bool) -> None:
    of = report(text)
    failures = check_line(line(f"It was {name}.", cite(of, *spans)), {of.id: of.text})
    assert (failures == []) is stands


# ---------------------------------------------------------------------------------------------------
# Quotations


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ("She said: “We  were there.”", 'She said, "We\nwere there."'),
        ("She called it “a mistake,” and left.", "She called it “a mistake” and left"),
        ("She said: “We were … there.”", "“We were all of us there”"),
        ("She said: ‘It’s over.’", "'It's over,' she said"),
        ("She said: «over»", "it is over"),
    ],
)
def test_quotations_that_stand(said: str, cited: str) -> None:
    assert refused(said, cited) == set()


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ("She said: “we were there”", "“We were there”"),
        ("She said: “We were there”", "“We were not there”"),
        ("She said: “there … We were”", "“We were there”"),
        ("She said: “We were the”", "“We were there”"),
        ("She said: “We were there", "“We were there”"),
        ("She said: “…”", "“We were there”"),
        ("She said: ‘We are there’", "“We were there”"),
    ],
)
def test_quotations_that_do_not_stand(said: str, cited: str) -> None:
    assert "quotation" in refused(said, cited)


def test_the_parts_of_a_quotation_come_from_one_citation() -> None:
    one, two = report("“We were there”"), report("“and we left”")
    failures = check_line(line("“We were … we left”", cite(one), cite(two)), {one.id: one.text, two.id: two.text})
    assert [failure.check for failure in failures] == [Check.QUOTATION]


# ---------------------------------------------------------------------------------------------------
# Negations


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ("They did not order the attack.", "They didn't order the attack."),
        ("They denied ordering the attack.", "They did not order the attack."),
        ("No one died, Venn said; later two died.", "Venn said no one died, later that two died"),
        ("The Courier could not verify the figure.", "The Courier was unable to confirm the figure"),
        ("Who ordered the attack is not known from these reports.", "who ordered the attack, they asked"),
        ("Two houses burned.", "No one died. Two houses burned."),
    ],
)
def test_negations_that_are_kept(said: str, cited: str) -> None:
    assert "negation" not in refused(said, cited)


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ("They ordered the attack.", "They did not order the attack."),
        ("They did not order the attack.", "They ordered the attack."),
        ("Residents died.", "No residents died."),
        ("It “was hit”", "It never was hit"),
        ("They have confirmed involvement.", "They denied involvement."),
        ("The army could not hold the town.", "The army held the town."),
    ],
)
def test_negations_that_are_lost_or_added(said: str, cited: str) -> None:
    assert "negation" in refused(said, cited)


def test_a_denial_that_stands_before_the_span_still_counts() -> None:
    """Cutting the span behind "denied that" does not turn a denial into an assertion."""
    of = report("On Tuesday Tarrel denied that the village was shelled.")
    told = line("Tarrel said the village was shelled.", cite(of, "Tarrel", "the village was shelled"))
    assert [failure.check for failure in check_line(told, {of.id: of.text})] == [Check.NEGATION]


# ---------------------------------------------------------------------------------------------------
# Framing


def _three_reports() -> tuple[list[Report], Line]:
    reports = [report("A bridge fell.", outlet=outlet) for outlet in ("Herald", "Northwire", "Daybreak")]
    return reports, line("A bridge fell, 3 outlets report.", *(cite(one) for one in reports))


@pytest.mark.parametrize(
    ("phrase", "holds"),
    [
        ("3 outlets", True),
        ("2 outlets", False),
        ("three reports", True),
        ("4 reports", False),
        ("2 other outlets", True),
        ("3 other outlets", False),
        ("2 independent origins", True),
        ("3 independent origins", False),
        ("1 origin", False),
        ("revised twice", True),
        ("revised 3 times", False),
        ("as of 12 March", True),
        ("as of 14 March", False),
    ],
)
@pytest.mark.parametrize("told", [True, False], ids=["passed as framing", "found by the gate"])
def test_counts_of_our_own_are_counted_again(phrase: str, holds: bool, told: bool) -> None:
    reports, base = _three_reports()
    origins = (Origin("o-1", (reports[0].id, reports[1].id)), Origin("o-2", (reports[2].id,)))
    changed = replace(base, text=f"A bridge fell, {phrase}.")
    framing = (phrase,) if told else ()
    failures = check_line(changed, {one.id: one.text for one in reports}, framing=framing, origins=origins)
    assert (failures == []) is holds, failures


def test_framing_may_not_smuggle_facts_in() -> None:
    of = report("A bridge fell.")
    texts = {of.id: of.text}
    for text, phrase in [
        ("A bridge fell in Ostmar.", "in Ostmar"),
        ("A bridge fell, killing many.", "killing many"),
        ("A bridge fell.", "two outlets"),
        ("A bridge fell, 7 said.", "7 said"),
    ]:
        assert Check.FRAMING in {
            failure.check for failure in check_line(line(text, cite(of)), texts, framing=(phrase,))
        }


def test_the_accounts_own_counts_are_checked(bridge: Incident) -> None:
    for wrong in (replace(bridge.account, reports=3), replace(bridge.account, origins=10)):
        assert Check.COUNT in {failure.check for failure in check_account(wrong, bridge.texts)}


# ---------------------------------------------------------------------------------------------------
# Properties: a passing line that is changed is refused

_NAMES = st.from_regex(r"[A-Z][a-z]{3,9}", fullmatch=True)
_quick = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_quick
@given(st.data())
def test_altering_any_digit_is_refused(bridge: Incident, made: ModuleType, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, 999_999))
    place = data.draw(st.sampled_from(["{:,} people fled the valley.", "{} people fled the valley.", "Fled: {}."]))
    of = report(f"On the day {number:,} people fled the valley.")
    texts = {of.id: of.text}
    text = place.format(number)
    assert check_line(line(text, cite(of)), texts) == []
    at = data.draw(st.sampled_from([at for at, letter in enumerate(text) if letter.isdigit()]))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[at]]))
    changed = text[:at] + digit + text[at + 1 :]
    assert Check.NUMBER in {failure.check for failure in check_line(line(changed, cite(of)), texts)}


@_quick
@given(st.data())
def test_altering_a_digit_of_the_bridge_account_is_refused(bridge: Incident, data: st.DataObject) -> None:
    told = data.draw(st.sampled_from([one for one in bridge.lines if any(letter.isdigit() for letter in one.text)]))
    at = data.draw(st.sampled_from([at for at, letter in enumerate(told.text) if letter.isdigit()]))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != told.text[at]]))
    text = told.text[:at] + digit + told.text[at + 1 :]
    # 12 March and 13 March are both dates of the line's reports; the gate cannot tell which was meant.
    assume(not any(f"{day} March" in text and f"{day} March" not in told.text for day in ("12", "13")))
    failures = check_line(replace(told, text=text), bridge.texts, origins=bridge.linked.origins)
    assert failures, text


@_quick
@given(st.data())
def test_swapping_a_name_is_refused(bridge: Incident, data: st.DataObject) -> None:
    names = ["Brackwater", "Venn", "Tarrel", "Marrenland", "Ilsa", "Osk", "Corran", "Lindqvist", "Orrin", "Northwire"]
    told = data.draw(st.sampled_from([one for one in bridge.lines if any(name in one.text for name in names)]))
    name = data.draw(st.sampled_from([name for name in names if name in told.text]))
    other = data.draw(_NAMES)
    known = {
        word.key for citation in told.citations for word in words_of(citation.exact + " " + (citation.outlet or ""))
    }
    assume(other.casefold() not in known)
    text = told.text.replace(name, other, 1)
    checks = {failure.check for failure in check_line(replace(told, text=text), bridge.texts)}
    assert checks & {Check.NAME, Check.QUOTATION}, text


@_quick
@given(
    who=_NAMES,
    verb=st.sampled_from(["order", "attack", "shell", "abandon", "cross"]),
    what=st.sampled_from(["the bridge", "the village", "any column"]),
    quoted=st.booleans(),
)
def test_dropping_not_is_refused(who: str, verb: str, what: str, quoted: bool) -> None:
    of = report(f"The army of {who} said it did not {verb} {what} on Wednesday.")
    texts = {of.id: of.text}
    words = f"did not {verb} {what}"
    text = f"The army of {who} said it “{words}”." if quoted else f"The army of {who} said it {words}."
    assert check_line(line(text, cite(of)), texts) == []
    dropped = check_line(line(text.replace("not ", ""), cite(of)), texts)
    assert {failure.check for failure in dropped} & {Check.NEGATION, Check.QUOTATION}


@_quick
@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=40))
def test_the_gate_never_raises(said: str, cited: str, framing: str) -> None:
    of = report(cited or "x")
    for failure in check_line(line(said, cite(of)), {of.id: of.text}, framing=(framing,)):
        assert failure.what
