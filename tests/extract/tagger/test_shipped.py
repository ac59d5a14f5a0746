"""The weights that sayso ships, on a few sentences of ours. What they reach on real text `training/attribution` prints."""

from __future__ import annotations

import pytest

from sayso.extract.tagger import Attribution, find, find_many
from sayso.extract.tagger.network import FILES, SHIPPED

_MISSING = [name for name in FILES if not (SHIPPED / name).is_file()]
pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(bool(_MISSING), reason=f"weights not in the tree: {', '.join(_MISSING)}"),
]

PLAIN = "The mayor of Dorn, Lena Okafor, said the bridge had been destroyed overnight."
QUOTED = "“We counted eleven boats,” harbour master Piet Aalders told reporters on Tuesday. The storm has passed."
BEHIND = "Three people were killed in the flood at Vellin, according to the regional fire service."


def words(text: str, attribution: Attribution) -> tuple[str, str, str]:
    source, cue, content = (
        " | ".join(span.of(text) for span in role)
        for role in (attribution.source, attribution.cue, attribution.content)
    )
    return source, cue, content


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (PLAIN, "Okafor", "said", "the bridge had been destroyed overnight"),
        (QUOTED, "Piet Aalders", "told", "“We counted eleven boats,”"),
        (BEHIND, "the regional fire service", "according to", "Three people were killed in the flood at Vellin"),
    ],
)
def test_plain_sentences(text: str, source: str, cue: str, content: str) -> None:
    ((found_source, found_cue, found_content),) = [words(text, a) for a in find(text)]
    assert source in found_source
    assert cue in found_cue
    assert content == found_content


def test_a_text_reads_alike_in_any_company_and_on_any_number_of_threads() -> None:
    texts = [(text, None) for text in (PLAIN, QUOTED, f"{BEHIND}\n\n{PLAIN}", QUOTED * 12)]
    alone = [find(text) for text, _ in texts]
    assert list(find_many(texts)) == alone
    assert list(find_many(texts[::-1], threads=3))[::-1] == alone


@pytest.mark.parametrize("name", FILES)
def test_no_path_of_the_machine_that_made_them(name: str) -> None:
    held = (SHIPPED / name).read_bytes()
    assert b'File "/' not in held
    assert b"stack_trace" not in held
