"""A rewording's sentences are its base's: in the mouth of its speaker, in its claim, and with no dispute of their own."""

from __future__ import annotations

import numpy as np

from sayso.link.alignment import filled, in_order
from sayso.link.embed import Vector, lattice
from sayso.link.fingerprints import lay_out
from sayso.link.told import Told, read_statements
from sayso.link.twins import families, with_twins
from sayso.model import Act, Actor, ActorType, Edge, EdgeKind, Report, Statement
from tests.link.factories import actor, extraction, report, says

BASE_WORDS = (
    "the crossing was cleared by noon",
    "its fighters still hold the mill",
    "nobody was hurt",
    "the ferry is shut",
)
REWORDED = (
    "the passage was emptied by midday",
    "its warriors really hold the grinder",
    "no person was harmed",
    "the boat is closed",
)
BRIGADE, MANGLED = (
    actor("Free River Brigade", ActorType.ORGANIZATION),
    actor("Freed Rivers Brigade", ActorType.ORGANIZATION),
)
QUILL, MARSK = actor("Ada Quill"), actor("Olen Marsk")


def told(
    speakers: tuple[Actor | None, ...] = (MANGLED,) * 4, *, outlet: str = "Copy Daily", act: Act = Act.ASSERT
) -> tuple[list[Told], Report, Report]:
    base = report(". ".join(BASE_WORDS), outlet="Norwire")
    copy = report(". ".join(REWORDED), outlet=outlet, published="2031-04-03")
    mine = [says(base, w, BRIGADE) for w in BASE_WORDS]
    theirs: list[Statement] = [says(copy, w, who, act=act) for w, who in zip(REWORDED, speakers, strict=True)]
    return (
        read_statements({r.id: r for r in (base, copy)}, [extraction(base, *mine), extraction(copy, *theirs)]),
        base,
        copy,
    )


def rows(likeness: tuple[float, ...]) -> Vector:
    """Four unit vectors for the base and four for its rewording, each with its likeness to its pair."""
    left = np.eye(8, dtype=np.float32)[:4]
    right = np.zeros((4, 8), dtype=np.float32)
    for n, cosine in enumerate(likeness):
        right[n, n], right[n, 4 + n] = cosine, (1 - cosine**2) ** 0.5
    return lattice(np.vstack([left, right]))


EDGE_REASONS = ("read side by side",)


def twins(
    likeness: tuple[float, ...], every: tuple[list[Told], Report, Report], kind: EdgeKind = EdgeKind.REWORD
) -> list[Told]:
    found, base, copy = every
    edges = [Edge(copy.id, base.id, kind, 0.8, EDGE_REASONS)]
    near = rows(likeness)
    return [t for t in with_twins(found, near, edges, lay_out(found, near)) if t.report is copy]


def test_a_rewording_speaks_with_the_name_of_its_base() -> None:
    found = twins((0.9, 0.8, 0.7, 0.7), told())
    assert [t.twin.text if t.twin else None for t in found] == list(BASE_WORDS)
    assert {t.party.name for t in found} == {"Free River Brigade"}


def test_between_two_neighbours_less_likeness_is_asked() -> None:
    assert [t.twin is not None for t in twins((0.9, 0.45, 0.45, 0.7), told())] == [True, True, True, True]
    mine, theirs = range(4, 8), range(4)
    near = rows((0.9, 0.45, 0.45, 0.7))
    assert (len(in_order(near, mine, theirs)), len(filled(near, mine, theirs))) == (2, 4)


def test_another_speaker_in_the_same_place_is_no_twin_unless_the_words_are_near() -> None:
    assert [t.party.name for t in twins((0.9, 0.45, 0.9, 0.9), told((MANGLED, MARSK, MARSK, MANGLED)))] == [
        "Free River Brigade", "Olen Marsk", "Free River Brigade", "Free River Brigade",
    ]  # fmt: skip


def test_a_denial_is_no_twin_of_what_is_said() -> None:
    assert not any(t.twin for t in twins((0.9,) * 4, told(act=Act.DENY)))


def test_an_outlet_that_carries_on_its_own_report_may_correct_it() -> None:
    assert not any(t.twin for t in twins((0.9,) * 4, told(outlet="Norwire")))
    assert not any(t.twin for t in twins((0.9,) * 4, told(), EdgeKind.CREDIT))


def test_what_repeats_one_sentence_is_one_family() -> None:
    every, base, copy = told()
    near = rows((0.9,) * 4)
    edges = [Edge(copy.id, base.id, EdgeKind.COPY, 1.0, EDGE_REASONS)]
    found = with_twins(every, near, edges, lay_out(every, near))
    assert len(families(found)) == 4
