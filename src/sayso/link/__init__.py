"""link: statements of the reports of one story -> origins, questions, claims and relations. A pure function of the set of reports.

    1. judgements    what people decided, to be obeyed                                    judged
    2. actors        who is one across reports, and why; statements with their actor      actors, affiliation, told, words
    3. nearness      a vector for each statement; pairs that are near in meaning          embed, nearness
    4. origins       which reports go back to one another, sentence by sentence           origins, pairing, derivation, passages, credits, twins
    5. figures       how many? one question for each scope, one claim for each number     scope, counting, figures, figures_ties, amounts
    6. doers         who did it? claims of responsibility against accusations             responsibility
    7. contents      statements that say the same, or the opposite                        contents, answers, opposites, eyewitness
    8. ties          denials, failed verification, withdrawals, confirmations, each to    denials, denying, supports
                     what it means
    9. asked         what is asked and not answered                                       asks
    10. status       written rules over origins, relations and sides                      matters, utterances, sides, interest, status

Which reports are one story is told by `stories` and `gist`, of two reports at a time; `incidents`, `changes`, `compare` and `derive`
stand beside these steps.

Every step sorts by stable keys, and cosines are exact: any order of arrival gives the same result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from sayso.link.actors import find_parties
from sayso.link.alignment import NEAR, told_alike
from sayso.link.amounts import amount_questions, read_amounts
from sayso.link.answers import CANDIDATE_COSINE
from sayso.link.asks import close_answered, open_questions
from sayso.link.contents import opposed_scenes, same_claims
from sayso.link.denials import join_denials, tie_denials, tie_unverified, tie_withdrawals
from sayso.link.drafts import Draft
from sayso.link.embed import DIMENSIONS, Vector, embed_statements, lattice, statement_text
from sayso.link.eyewitness import seen_alike
from sayso.link.figures import figure_questions
from sayso.link.fingerprints import lay_out
from sayso.link.judged import read_judgements
from sayso.link.known import known_actors, known_stories
from sayso.link.matters import Marks, assemble, join_drafts, plain_draft
from sayso.link.nearness import near_pairs
from sayso.link.opposites import outcome_of
from sayso.link.origins import Read, derivation_groups, find_origins, is_family_only
from sayso.link.passages import Furniture
from sayso.link.related import judged_bonds
from sayso.link.responsibility import responsibility_questions
from sayso.link.scope import Figure, read_figures
from sayso.link.status import RULES
from sayso.link.supports import tie_supports
from sayso.link.told import Told, read_statements
from sayso.link.twins import with_twins
from sayso.link.utterances import claim_origins
from sayso.link.words import weights
from sayso.model import Extraction, Judgement, Linked, Report

__all__ = [
    "RULES",
    "claim_origins",
    "embed_statements",
    "known_actors",
    "known_stories",
    "link",
    "statement_text",
]


ELSEWHERE_SHARE = 0.30  # of the reports: a place that so many name sets no figure apart
_COUNT_ITSELF = re.compile(r"(?:that )?(?:the )?(?:\w+ )?(?:number|count|toll|tally|figure)\b", re.IGNORECASE)
MORE_WORDS = 22  # a figure with its circumstances takes up to about twenty words


def link(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    *,
    vectors: Mapping[str, Vector] | None = None,
    judgements: Sequence[Judgement] = (),
    furniture: Furniture = frozenset(),
) -> Linked:
    """Origins, questions, claims and relations of these reports of one story, the same for every order in which they are given.

    ``vectors`` holds vectors by statement id (from `embed_statements`); missing ones are computed. ``judgements`` are obeyed
    as told in `sayso.link.judged`. ``furniture`` are keys of paragraphs that their outlets print in other stories too.
    """
    by_id = {r.id: r for r in sorted(reports, key=lambda r: r.id)}
    read = {x.report: x for x in sorted(extractions, key=lambda x: x.report)}
    judged = read_judgements(judgements)
    stories = dict.fromkeys(by_id, 0)
    parties = find_parties(read.values(), judged=judged, stories=stories)
    told = read_statements(by_id, read.values(), without=judged.rejected, parties=parties)
    rows = _rows(told, vectors)
    near = near_pairs(rows, min(NEAR, CANDIDATE_COSINE))

    laid = lay_out(told, rows)
    alike = told_alike(told, rows, near, laid)
    origins = find_origins(list(by_id.values()), read, alike, Read(told, rows, laid), furniture, judged)
    origin_of = {report: origin.id for origin in origins for report in origin.reports}
    # That one outlet made two reports says nothing of what stands in them.
    edges = [edge for origin in origins for edge in origin.edges if not is_family_only(edge)]
    kin = derivation_groups(list(by_id), edges)
    told = with_twins(told, rows, edges, laid)

    figures = read_figures(told)
    counted = figure_questions(figures, _everywhere(figures, list(by_id.values())))
    doers, answering = responsibility_questions(told)
    idf = weights(t.words.stems for t in told)
    measured = amount_questions(read_amounts(told), idf)
    amounts = (one for draft in measured for claim in draft.claims for one in claim)
    used = {t.id for t in (*(f.told for f in figures), *amounts) if not _says_more(t)} | answering

    asked = open_questions(told)
    close_answered(asked, doers)
    asking = {t.id for draft in asked for t in draft.asked_by}
    marks = Marks(tie_unverified(told, idf), tie_withdrawals(told, idf), tie_supports(told, idf))
    spent = used | asking | set(marks.unverified)
    kept = [n for n, t in enumerate(told) if t.id not in spent]
    rest = [told[n] for n in kept]
    claims, bonds = same_claims(rest, near.among(kept, len(told)), kin, judged, seen_alike(rest), idf)
    cosines = near.by_id([t.id for t in told])
    bonds += opposed_scenes(rest, cosines)
    denials = tie_denials([t for t in told if t.id not in asking], idf, cosines)
    claims = join_denials(claims, denials)
    bonds += [*denials, *judged_bonds(judged)]

    drafts: list[Draft] = [*counted, *measured, *doers, *(plain_draft(c) for c in claims)]
    built = assemble([*join_drafts(drafts, bonds), *asked], marks, origin_of, judged, parties, stories)
    return Linked(origins, built.questions, built.claims, built.relations)


def _says_more(told: Told) -> bool:
    """A statement with a figure that tells something else beside it: it is a claim in words as well. Not one whose subject is the
    count itself ("the number of people killed rose to three after two died overnight")."""
    if _COUNT_ITSELF.match(told.text):
        return False
    return len(told.words.tokens) >= MORE_WORDS or outcome_of(told.text) is not None


def _rows(told: Sequence[Told], vectors: Mapping[str, Vector] | None) -> Vector:
    """One exact row for each statement, in the order of ``told``; only vectors that nobody gave are computed."""
    known = vectors or {}
    reports = {t.report.id: t.report for t in told}
    found = embed_statements(reports.values(), [t.statement for t in told], known=known)
    rows = [np.asarray(found[t.id], dtype=np.float32) for t in told]
    return lattice(np.stack(rows) if rows else np.zeros((0, DIMENSIONS), dtype=np.float32))


def _everywhere(figures: Sequence[Figure], reports: Sequence[Report]) -> frozenset[str]:
    """Places, and names of what people died of, that so many of the reports name that they set no figure apart: where the story as
    a whole plays, and what it is about."""
    causes = {figure.cause.name for figure in figures if figure.cause is not None and figure.cause.name}
    places = sorted(causes | {place for figure in figures for place in figure.places})
    texts = [report.text.casefold() for report in reports]
    least = max(2.0, ELSEWHERE_SHARE * len(texts))
    return frozenset(place for place in places if sum(place in text for text in texts) >= least)
