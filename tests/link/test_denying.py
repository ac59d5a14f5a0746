"""How a statement denies, and what only sounds like it."""

from __future__ import annotations

import pytest

from sayso.link.denying import how_it_denies
from sayso.link.told import read_statements
from sayso.model import Act
from tests.link.factories import actor, extraction, report, says


@pytest.mark.parametrize(
    ("words", "act", "how"),
    [
        ("that it had shelled Varn", Act.DENY, "denial"),
        ("we did not attack Varn", Act.ASSERT, "doing"),
        ("its forces were not involved", Act.ASSERT, "doing"),
        ("its fighters had not been driven out of Varn", Act.ASSERT, None),  # nothing that they did
        ("the enemy had not taken Varn", Act.ASSERT, None),
        ("called the toll of nine an invention", Act.ASSESS, "figure"),
        ("called the toll of nine a tragedy", Act.ASSESS, None),
        ("described the bridge as an invention of the French", Act.ASSESS, None),
    ],
)
def test_how_it_denies(words: str, act: Act, how: str | None) -> None:
    where = report(f"Olen Marsk: {words}.")
    [told] = read_statements({where.id: where}, [extraction(where, says(where, words, actor("Olen Marsk"), act=act))])
    assert how_it_denies(told) == how
