"""What changed since people were last told, and which rule wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso import ledger as ledgers
from sayso.errors import RecordNotFound
from sayso.ledger import Ledger
from sayso.ledger.linking import Linking
from sayso.model import (
    ActorType,
    Answer,
    Change,
    ChangeKind,
    ChangeWeight,
    Claim,
    KnownActor,
    Question,
    Slot,
    Status,
    Verdict,
)
from sayso.watch.noticing import About, has_words, notice, wants
from sayso.watch.settings import Rule
from tests.store.making import STEPS, captured


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with ledgers.open(str(tmp_path / "flood.db"), create=True, steps=STEPS) as opened:
        yield opened


def rule(**changes: Any) -> Rule:
    return Rule(**({"name": "it", "to": ("desk",)} | changes))


def claim(words: str, status: str = "reported", question: str = "q-toll") -> Claim:
    return Claim(f"c-{words}", question, words, (), Answer(words), Status(status), "made", 1)


def change(
    kind: str = "disputed", before: str | None = "reported", after: str | None = "disputed", **more: Any
) -> Change:
    was, now = ((claim("3 fell", status),) if status else () for status in (before, after))
    return replace(Change(ChangeKind(kind), was, now), **more)


TOLL = Question("q-toll", "How many people were killed?", Slot.HOW_MANY, (), open=False)


@pytest.mark.parametrize(
    ("asked", "given", "wanted"),
    [
        ({"becomes": ("disputed",)}, change(), True),
        ({"becomes": ("disputed",)}, change("new", None, "disputed"), True),
        ({"becomes": ("disputed",)}, change("gained_origin", "disputed", "disputed"), False),
        ({"becomes": ("disputed",)}, change("new", None, "reported"), False),
        ({"becomes": ("disputed",)}, change("unverified"), False),  # the same claim has a change of its own for it
        ({"words": "fell"}, change("unverified"), True),
        ({"becomes": ("withdrawn",)}, change("withdrawn", "reported", None), True),
        ({"becomes": ("open",)}, change("opened", None, None, question=TOLL), True),
        ({"words": "fell"}, change("gained_origin", "reported", "corroborated"), True),
        ({"words": "fell"}, change("gained_origin", "reported", "reported"), False),
        ({"words": "fell"}, change("new", None, "reported"), False),
        ({"words": "fell", "kinds": ("new",)}, change("new", None, "reported"), True),
        ({"words": "fell", "kinds": ("new",)}, change(), False),
        ({"words": "rain"}, change(), False),
        ({"question": "killed how many"}, change("answered", None, None, question=TOLL), True),
        ({"question": "how many injured"}, change("answered", None, None, question=TOLL), False),
        ({"question": "people killed"}, change("withdrawn", "reported", None), True),
        ({"question": "q-to"}, change(), True),
        ({"question": "q-other"}, change(), False),
        ({"becomes": ("disputed",)}, change(weight=ChangeWeight.LESSER), True),  # grave
        ({"becomes": ("disputed",)}, change("new", None, "disputed", weight=ChangeWeight.LESSER), False),
        ({"becomes": ("disputed",), "lesser": True}, change("new", None, "disputed", weight=ChangeWeight.LESSER), True),
        ({"becomes": ("disputed",)}, change(weight=ChangeWeight.BACKGROUND), False),
    ],
)
def test_which_changes_a_rule_wants(ledger: Ledger, asked: dict[str, Any], given: Change, wanted: bool) -> None:
    assert wants(rule(**asked), given, About(ledger, [TOLL])) is wanted


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Two people died in Árvík", "arvik DIED", True),
        ("the dam", "dam age", False),
        ("damage", "dam", False),
        ("", "", True),
    ],
)
def test_words_are_found_whole_in_any_order(text: str, wanted: str, found: bool) -> None:
    assert has_words(text, wanted) is found


def test_what_comes_in_late_is_told_when_it_comes(ledger: Ledger) -> None:
    """A report is published before we see it: by its own time it was there already when people were last told."""
    ledger.add_captured([captured("Ada said 3 fell.", published="2031-04-09")])
    row = ledger.head()
    assert notice(ledger, [rule(becomes=("disputed",))], row) == (row, ())
    ledger.add_captured([captured("Cy said 4 fell.", outlet="Hill Mail", published="2031-04-01")])
    head, noticed = notice(ledger, [rule(becomes=("disputed",))], row)
    assert head == ledger.head()
    assert {each.change.after[0].wording for each in noticed} == {"3 fell", "4 fell"}
    assert {each.change.kind for each in noticed} == {ChangeKind.NEW, ChangeKind.DISPUTED}
    assert notice(ledger, [rule(becomes=("disputed",))], head) == (head, ())


def test_the_same_from_another_process_that_remembers_nothing(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add_captured([captured("Ada said 3 fell.")])
    row = ledger.head()
    ledger.add_captured([captured("Cy said 4 fell.", outlet="Hill Mail")])
    with ledgers.open(str(tmp_path / "flood.db"), steps=STEPS) as other:
        assert notice(other, [rule(becomes=("disputed",))], row) == notice(ledger, [rule(becomes=("disputed",))], row)


def test_what_people_judge_is_told_too(ledger: Ledger) -> None:
    ledger.add_captured([captured("Ada said 3 fell."), captured("Cy said 4 fell.", outlet="Hill Mail")])
    row = ledger.head()
    (wrong,) = ledger.statements(outlet="Hill Mail")
    ledger.judge(Verdict.REJECT, wrong.id, author="Mara Quill")
    _, noticed = notice(ledger, [rule(kinds=("undisputed", "gone"))], row)
    assert [each.change.kind for each in noticed] == [ChangeKind.UNDISPUTED, ChangeKind.GONE]


def test_a_withdrawn_report_is_told(ledger: Ledger) -> None:
    ledger.add_captured([captured("Ada said 3 fell."), captured("Bo said it rains.", outlet="Mill Weekly")])
    row = ledger.head()
    (report,) = (report for report in ledger.reports() if report.outlet == "Mill Weekly")
    ledger.withdraw(report.id, author="Mara Quill")
    _, noticed = notice(ledger, [rule(becomes=("withdrawn",))], row)
    assert [each.change.before[0].wording for each in noticed] == ["it rains"]


def test_a_claim_that_goes_with_its_question_is_told_under_it(ledger: Ledger) -> None:
    ledger.add_captured([captured("Ada said 3 fell.")])
    row = ledger.head()
    (report,) = ledger.reports()
    ledger.withdraw(report.id, author="Mara Quill")
    assert ledger.linked().questions == ()
    _, noticed = notice(ledger, [rule(question="fell")], row)
    assert [(each.change.kind, each.question) for each in noticed] == [(ChangeKind.WITHDRAWN, "# fell")]


def test_actors_and_stories_are_watched_by_name(ledger: Ledger) -> None:
    row = ledger.head()
    ledger.add_captured(
        [captured("#flood Ada said 3 fell."), captured("#fire Cy said it burns.", outlet="Hill Mail", title="The fire")]
    )
    kinds: dict[str, Any] = {"kinds": ("new",)}

    def told(**asked: Any) -> set[str]:
        return {each.change.after[0].wording for each in notice(ledger, [rule(**kinds, **asked)], row)[1]}

    assert told(actor="ada") == {"3 fell"}
    assert told(actor="Nobody") == set()
    (fire,) = (story for story in ledger.stories() if story.title == "The fire")
    assert told(story="fire") == {"it burns"}
    assert told(story=fire.id[:6]) == {"it burns"}


def test_stories_are_looked_up_alone_and_actors_only_where_the_name_does_not_tell(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.add_captured([captured("#fair Ada said the fair opens.")])
    row = ledger.head()
    ledger.add_captured([captured("#flood Ada said 3 fell.")])
    ledger.withdraw(next(r.id for r in ledger.reports() if "#fair" in r.text), author="Mara Quill")
    asked: list[str] = []

    def noted(what: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*given: Any, **how: Any) -> Any:
            asked.append(what)
            return function(*given, **how)

        return ask

    monkeypatch.setattr(Linking, "state", noted("all stories", Linking.state))
    monkeypatch.setattr(Ledger, "actors", noted("all actors", Ledger.actors))
    telling = rule(actor="Ada", kinds=("new", "withdrawn"))
    noticed = notice(ledger, [telling], row)[1]
    assert {(each.change.kind, each.story is None) for each in noticed} == {
        (ChangeKind.NEW, False),
        (ChangeKind.WITHDRAWN, True),  # nothing of that story counts any more
    }
    assert asked == []
    assert notice(ledger, [rule(actor="Bo", kinds=("new", "withdrawn"))], row)[1] == ()
    assert asked.count("all actors") == 1, "once for all changes"


def test_an_actor_is_watched_by_a_name_that_only_another_story_gives(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All names of an actor count, wherever they were read."""
    known = KnownActor("p-ada", "Ada Quill", ActorType.PERSON, ("Ada", "Ada Quill"), ())
    monkeypatch.setattr(Ledger, "actors", lambda self: (known,))
    about = About(ledger, [])
    row = ledger.head()
    ledger.add_captured([captured("Ada said 3 fell. Bo said 4 fell.")])
    changes = {change.after[0].wording: change for change in ledger.changes_after(row).changes}
    assert about.has_actor(changes["3 fell"], "Ada Quill")
    assert about.has_actor(changes["3 fell"], "p-ada")
    assert not about.has_actor(changes["4 fell"], "Ada Quill")


def test_a_row_of_another_ledger_is_refused(ledger: Ledger) -> None:
    ledger.add_captured([captured("Ada said 3 fell.")])
    with pytest.raises(RecordNotFound, match="another ledger"):
        notice(ledger, [rule(words="fell")], "f" * 64)
