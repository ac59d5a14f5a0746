from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("psycopg", reason="psycopg is in the extra postgres")
from sayso.store.postgres.texts import kept, restored


@pytest.mark.parametrize(
    "text", ["", "a", "\0", "\ufdd0", "\ufdd1", "\ufdd0\ufdd1", "\0\ufdd0", "\ufdd0\0", "\ufdd0" * 5 + "\0"]
)
def test_a_text_comes_back(text: str) -> None:
    assert restored(kept(text)) == text
    assert "\0" not in kept(text)


@given(st.text("\0\ufdd0\ufdd1a"), st.text("\0\ufdd0\ufdd1a"))
def test_texts_are_kept_apart(one: str, other: str) -> None:
    assert restored(kept(one)) == one
    assert (kept(one) == kept(other)) == (one == other)
