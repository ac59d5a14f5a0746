"""The rebuild law: what is derived is a function of the set of reports, whatever their order and in however many sittings."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso import ledger as ledgers
from sayso import pipeline
from sayso.link import link
from sayso.model import Captured, Extraction, Linked, RelationKind, Report
from sayso.pipeline import Steps
from tests.link.stories import made_vectors, shuffled, stories

Story = Sequence[tuple[Report, Extraction]]


def linked(reports: Sequence[Report], extractions: Sequence[Extraction]) -> Linked:
    vectors = made_vectors(reports, [s for x in extractions for s in x.statements], known={})
    return link(reports, extractions, vectors=vectors)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories(), st.randoms(use_true_random=False))
def test_any_order_of_arrival_links_the_same(story: Story, chance: st.DataObject) -> None:
    reports, extractions = [r for r, _ in story], [x for _, x in story]
    clean = linked(reports, extractions)
    chance.shuffle(reports)  # type: ignore[attr-defined]
    chance.shuffle(extractions)  # type: ignore[attr-defined]
    assert linked(reports, [shuffled(x) for x in extractions]) == clean


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories(most=5), st.data())
def test_any_batching_of_adds_gives_what_a_clean_rebuild_gives(story: Story, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(story))))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(story) - 1)))) if len(story) > 1 else []
    batches = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        steps = _steps(story)
        with ledgers.open(str(Path(folder) / "grown.db"), create=True, steps=steps) as grown:
            for batch in batches:
                grown.add_captured([_captured(story[n][0]) for n in batch])
                if data.draw(st.booleans()):
                    grown.linked()  # whether anybody reads in between must not matter
            found = grown.linked()
        with ledgers.open(str(Path(folder) / "clean.db"), create=True, steps=steps) as clean:
            clean.add_captured([_captured(r) for r, _ in story])
            clean.rebuild()
            assert found == clean.linked()


def test_the_stories_have_what_there_is_to_decide() -> None:
    """Else the two laws above would hold of nothing."""
    seen: set[RelationKind] = set()
    joined = derived = 0

    @settings(
        max_examples=150, deadline=None, database=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(stories())
    def collect(story: Story) -> None:
        nonlocal joined, derived
        found = linked([r for r, _ in story], [x for _, x in story])
        seen.update(r.kind for r in found.relations)
        joined += sum(len(c.statements) > 1 for c in found.claims)
        derived += sum(bool(o.edges) for o in found.origins)

    collect()
    assert {RelationKind.REVISES, RelationKind.CONTRADICTS, RelationKind.DENIES} <= seen
    assert joined
    assert derived


def _captured(report: Report) -> Captured:
    return Captured(report, report.text.encode())


def _steps(story: Story) -> Steps:
    read = {r.id: x for r, x in story}

    def extract(reports: Iterable[Report]) -> Iterator[Extraction]:
        return (read[r.id] for r in reports)

    return Steps(extract=extract, embed=made_vectors, link=pipeline.link, reader="made", linker="made", embedder="made")
