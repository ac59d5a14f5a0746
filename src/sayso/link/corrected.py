"""Statements as people corrected them: who said it, what kind of act it is, whether it denies. The reading itself stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sayso.link.actors_names import fold
from sayso.link.judged import statement_corrections
from sayso.model import Act, Actor, ActorType, Extraction, Judgement, Kind, Statement

OWN_VOICE = "none"
"""The speaker of what the outlet tells itself."""

CORRECTED = ("speaker", "act", "negated")


def corrected(extractions: Iterable[Extraction], judgements: Iterable[Judgement]) -> Iterator[Extraction]:
    """The readings, each with what people corrected in its statements; those without corrections as they are."""
    told = statement_corrections(judgements)
    for extraction in extractions:
        if any(statement.id in told for statement in extraction.statements):
            statements = (_corrected(s, told.get(s.id, {}), extraction) for s in extraction.statements)
            yield replace(extraction, statements=tuple(statements))
        else:
            yield extraction


def _corrected(statement: Statement, told: Mapping[str, str], extraction: Extraction) -> Statement:
    if "act" in told and told["act"] in set(Act):
        statement = replace(statement, act=Act(told["act"]))
    if "negated" in told:
        statement = replace(statement, negated=told["negated"].casefold() == "yes")
    if speaker := told.get("speaker"):
        if speaker.casefold() == OWN_VOICE:
            return replace(statement, actor=None, kind=Kind.VOICE)
        kind = Kind.INDIRECT if statement.kind is Kind.VOICE else statement.kind
        return replace(statement, actor=_actor(speaker, extraction), kind=kind)
    return statement


def _actor(name: str, extraction: Extraction) -> Actor:
    """The actor of that name in the report, or else a new one of which nothing but the name is known."""
    wanted = fold(name)
    for chain in extraction.actors:
        if wanted in {fold(each) for each in (chain.actor.name, *chain.names)}:
            return chain.actor
    for statement in extraction.statements:
        if statement.actor and fold(statement.actor.name) == wanted:
            return statement.actor
    return Actor(Actor.make_id(name_key=" ".join(wanted)), name, ActorType.UNKNOWN)
