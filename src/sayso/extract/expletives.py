"""Pronouns that stand for nobody: "it is unclear", "it rained", "they made it clear that"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_WEATHER = frozenset("rain snow hail drizzle freeze thunder".split())
_SEEMS = frozenset("seem appear happen turn emerge remain follow take matter help".split())
_CLAUSES = frozenset(("ccomp", "xcomp", "advcl", "oprd"))
_JUDGED = frozenset(
    """unclear clear possible impossible likely unlikely true important necessary difficult hard easy essential vital certain
    uncertain obvious evident apparent unknown known doubtful probable better best time late early dark cold hot worth""".split()
)


def is_pleonastic(pronoun: Token) -> bool:
    """Whether "it" stands for nothing: "it is unclear", "it rained", "it seems that", "they made it clear that"."""
    if pronoun.lower_ != "it":
        return False
    verb = pronoun.head
    clauses = {c.dep_ for c in verb.children if c.i > verb.i}
    if pronoun.dep_ == "expl" or verb.lemma_ in _WEATHER:
        return True
    if (
        pronoun.dep_ in ("nsubj", "nsubjpass")
        and verb.lemma_ in _SEEMS
        and clauses & {"ccomp", "xcomp", "advcl", "oprd"}
    ):
        return verb.lemma_ != "appear" or "ccomp" in clauses
    if pronoun.dep_ == "nsubjpass":
        return "ccomp" in clauses  # "it was reported that"
    said_of = [c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd", "ccomp")]
    if verb.lemma_ in ("be", "become", "remain") and pronoun.dep_ == "nsubj":
        judged = any(c.lower_ in _JUDGED or c.ent_type_ in ("DATE", "TIME") for c in said_of)
        judged = judged or any(_leads_on(c) for c in said_of)
        clause = any(
            g.dep_ in ("ccomp", "xcomp", "csubj", "relcl", "advcl")
            and any(m.lower_ in ("that", "to", "who", "whether") for m in g.children)
            for c in (verb, *said_of)
            for g in c.children
            if g.i > verb.i
        )
        return judged or clause
    # "made it clear that", "found it hard to": the parse takes "it" for the subject of the adjective's clause
    following = pronoun.nbor(1) if pronoun.i + 1 < len(pronoun.doc) else None
    return following is not None and following.lower_ in _JUDGED


def _leads_on(judgement: Token) -> bool:
    """ "it was hard getting there", "it is sad that": what is judged comes right behind the adjective."""
    after = judgement.doc[judgement.i + 1 : judgement.i + 2]
    return judgement.pos_ == "ADJ" and any(
        t.tag_ == "VBG" or t.lower_ in ("that", "to", "whether", "how") for t in after
    )
