"""link: all statements of a ledger -> origins, questions, claims and relations, each with its reasons.

A pure function of the set of reports and readings: whatever order they come in, the result is the same.

    1. who is who across reports (`actors`), and which reports go back to one origin (`origins`)
    2. numbers that count the same thing are answers to one question (`figures`)
    3. other statements that say the same are one claim; what says the opposite, or denies it, stands against it (`matters`)
    4. what nobody answers is an open question
    5. the written rules give each claim its status (`status`)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.link.actors import canonical_actors
from sayso.link.claims import Drafts, build
from sayso.link.embed import Vector, embed_statements, statement_text
from sayso.link.figures import find_counts
from sayso.link.matters import Compared, find_checked, find_denied, find_pairs
from sayso.link.origins import find_edges, group
from sayso.link.words import Words
from sayso.model import Act, Extraction, Judgement, Linked, Report, Statement, Verdict

__all__ = ["embed_statements", "link", "statement_text"]

_ASKS = (
    "specify",
    "say how",
    "say who",
    "say whether",
    "number",
    "whether",
    "who ",
    "how many",
    "when ",
    "where ",
    "why ",
)


def link(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    *,
    vectors: Mapping[str, Vector] | None = None,
    judgements: Sequence[Judgement] = (),
) -> Linked:
    """Bring the statements of these reports together.

    ``vectors`` are those already known, by statement id; missing ones are computed. A statement that a person
    rejected (the last judgement of it counts) takes no part.
    """
    reports = sorted(reports, key=lambda r: r.id)
    rejected = _rejected(judgements)
    extractions = sorted(
        (
            Extraction(x.report, tuple(s for s in x.statements if s.id not in rejected), x.times, x.places, x.actors)
            for x in extractions
        ),
        key=lambda x: x.report,
    )
    by_id = {r.id: r for r in reports}
    statements = sorted((s for x in extractions for s in x.statements), key=lambda s: s.id)
    vectors = embed_statements(reports, statements, known=vectors)
    actor_of = canonical_actors(extractions)
    edges = find_edges(reports)
    origins = group(reports, edges)

    items = [
        Compared(
            s,
            Words(statement_text(by_id[s.report], s)),
            actor_of[s.actor.id] if s.actor else None,
            _when(by_id[s.report], s),
        )
        for s in statements
    ]
    drafts = Drafts(items, find_counts(reports, extractions), find_pairs(items, vectors), find_denied(items, vectors))
    questions, claims, relations = build(
        drafts,
        reports=by_id,
        origin_of={r: o.id for o in origins for r in o.reports},
        actor_of=actor_of,
        checked=find_checked(items, by_id),
        open_statements=tuple(s for s in statements if _asks(s, by_id[s.report])),
    )
    return Linked(origins, questions, claims, relations)


def _rejected(judgements: Sequence[Judgement]) -> frozenset[str]:
    last: dict[str, Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.at, j.id)):
        if judgement.verdict in (Verdict.ACCEPT, Verdict.REJECT):
            last[judgement.subject] = judgement
    return frozenset(subject for subject, j in last.items() if j.verdict is Verdict.REJECT)


def _when(report: Report, statement: Statement) -> str:
    """A key that orders statements in time: when it was published, in one report what was "initially" said, then the rest."""
    early = 0 if statement.said is not None and statement.said.value == "PAST_REF" else 1
    return f"{report.published.value if report.published else ''}|{report.id}|{early}|{statement.content[0].start:09d}"


def _asks(statement: Statement, report: Report) -> bool:
    """Whether a statement raises a question that it leaves open."""
    if statement.act is Act.ASK and statement.actor is None:
        return True
    if statement.act is not Act.DECLINE_COMMENT:
        return False
    words = " ".join(s.of(report.text) for s in (*statement.cue, *statement.content)).lower()
    return any(w in words for w in _ASKS)
