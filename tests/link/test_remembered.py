"""What linking remembers of an earlier link changes nothing, and is bounded."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.link import link
from sayso.link.remembered import Remembered, forget
from sayso.model import Extraction, Linked, Report
from tests.link.stories import made_vectors, stories

Story = Sequence[tuple[Report, Extraction]]


def linked(story: Story) -> Linked:
    reports, extractions = [r for r, _ in story], [x for _, x in story]
    vectors = made_vectors(reports, [s for x in extractions for s in x.statements], known={})
    return link(reports, extractions, vectors=vectors)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories(), st.data())
def test_a_story_that_grew_is_linked_as_if_it_had_come_at_once(story: Story, data: st.DataObject) -> None:
    forget()
    clean = linked(story)
    forget()
    for much in sorted(data.draw(st.sets(st.integers(1, len(story)), max_size=3))):
        linked(story[:much])
    assert linked(story) == clean


def test_what_was_asked_for_longest_ago_is_dropped_first() -> None:
    asked: list[str] = []
    lengths: Remembered[str, int] = Remembered(2)

    def work_out(words: list[str]) -> list[int]:
        asked.extend(words)
        return [len(word) for word in words]

    assert lengths.of(["one", "three", "one"], work_out) == {"one": 3, "three": 5}
    assert lengths.of(["one"], work_out) == {"one": 3}
    assert lengths.of(["eleven"], work_out) == {"eleven": 6}
    assert lengths.of(["one", "three"], work_out) == {"one": 3, "three": 5}
    assert asked == ["one", "three", "eleven", "three"]
    assert len(lengths) == 2


def test_nothing_is_left_after_forgetting() -> None:
    lengths: Remembered[str, int] = Remembered(9)
    lengths.of(["one"], lambda words: [3])
    forget()
    assert lengths.of(["one"], lambda words: [4]) == {"one": 4}
