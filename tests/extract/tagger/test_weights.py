"""Reading with other weights than those that come with sayso."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import UsageError
from sayso.extract import extract_many
from sayso.extract.tagger.network import SHIPPED
from tests.extract.making import report

pytestmark = pytest.mark.model


def test_a_folder_of_weights_is_read_with() -> None:
    text = report("Ilse Kell said the dam held. “We were lucky,” she added.")
    assert list(extract_many([text], weights=SHIPPED)) == list(extract_many([text]))


def test_a_folder_without_weights_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not complete"):
        list(extract_many([report("Ilse Kell said the dam held.")], weights=tmp_path))
