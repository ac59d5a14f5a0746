"""`sayso check`: what a text says, measured against what a ledger holds, without adding it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from sayso.serve.options import (
    as_of_option,
    ingest_options,
    json_option,
    ledger_argument,
    quiet_option,
    reading_options,
)
from sayso.serve.output import write_json
from sayso.serve.terminal import Messages, one_line

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.model import Check, CheckedClaim, CheckedStatement, Claim, Edge

_VERBS = {
    "denies": "denies",
    "contradicts": "stands against",
    "revises": "revises",
    "refines": "is finer than",
    "supports": "bears out",
    "same": "says the same as",
}
_EDGES = {
    "copy": "copied from", "reword": "reworded from", "partial": "taken in part from", "translate": "translated from", "quote": "quotes the same as",
    "credit": "had from", "forward": "forwarded from", "family": "of one maker with", "common": "from one release with",
}  # fmt: skip
_SHOWN_EDGES = 5


@click.command()
@ledger_argument
@click.argument("place", metavar="FILE|URL|-", type=click.Path(allow_dash=True))
@reading_options
@as_of_option
@json_option
@quiet_option
@click.pass_context
def check(
    ctx: click.Context, /, ledger: str, place: str, as_of: str | None, as_json: bool, quiet: bool, **chosen: Any
) -> None:
    """Measure a text against a ledger: what is new in it, what is known and how well, what it stands against, and whose copy
    it is. Nothing is added.

    The text is read, filed and linked as if it had come in. Each of its statements is then new (no claim of the ledger has it) or
    known (with the claim's status and its independent origins, without and with this text), and may deny, revise, refine or
    stand against other claims, with reasons. Without --published nothing can tell what is later. --json prints a line for each
    report in the input.

    \b
    Examples:
      sayso check flood.db draft.txt --outlet "Harbour Post" --published 2024-03-02
      sayso check flood.db https://example.org/flood
      pbpaste | sayso check flood.db - --json | jq '.statements[] | select(.claims[].new)'
    """
    from sayso import ledger as ledgers
    from sayso import pipeline
    from sayso.errors import InputError
    from sayso.model import Problem
    from sayso.shapes import check_dict

    messages = Messages(quiet)
    refused = False
    with ledgers.open(ledger) as opened:
        for found in pipeline.ingest([place], options=ingest_options(**chosen)):
            try:
                checked = None if isinstance(found, Problem) else opened.check(found, as_of=as_of)
                problem = found if isinstance(found, Problem) else None
            except InputError as error:
                checked, problem = None, error.problem
            if problem is not None:
                refused = True
                messages.problem(problem)
            if checked is None:
                continue
            if as_json:
                write_json(check_dict(checked))
            else:
                for line in _in_words(checked, opened):
                    click.echo(line)
    ctx.exit(1 if refused else 0)


def _in_words(check: Check, ledger: Ledger) -> Iterator[str]:
    from sayso.account.labels import counted
    from sayso.serve.evidence import citing

    report = check.report
    yield click.style(one_line(report.title or report.capture.place), bold=True)
    yield f"  {one_line(citing(report))}"
    if check.held:
        yield f"  This very report is in the ledger: {report.id}."
    for story in check.stories:
        yield f"  would join the story {story.id} ({counted(len(story.reports), 'report')}): {one_line(story.title)}"
    if not check.stories:
        yield "  would be a story of its own: nothing in the ledger tells of the same"
    for edge in check.edges[:_SHOWN_EDGES]:
        yield f"  {_edge(edge, report.id, ledger)}"
    if len(check.edges) > _SHOWN_EDGES:
        yield f"  ... and {counted(len(check.edges) - _SHOWN_EDGES, 'more edge')}: --json has them."
    if check.kin:
        yield f"  of one origin with {counted(len(check.kin), 'report')} of the ledger"
    for problem in check.problems:
        yield f"  problem: {one_line(problem.what)}"
    for statement in check.statements:
        yield ""
        yield from _statement(check, statement)
    if not check.statements:
        yield ""
        yield "No statement was found in it."


def _edge(edge: Edge, report: str, ledger: Ledger) -> str:
    from sayso.serve.evidence import citing

    derives = edge.derived == report
    other = edge.base if derives else edge.derived
    both = edge.kind.value in ("family", "common", "quote")  # neither is the other's
    words = _EDGES[edge.kind.value] if derives or both else f"the other is {_EDGES[edge.kind.value]} this:"
    reasons = "; ".join(one_line(reason) for reason in edge.reasons)
    return f"{words} {other} ({one_line(citing(ledger.report(other)))}), {edge.score:.2f}: {reasons}"


def _statement(check: Check, checked: CheckedStatement) -> Iterator[str]:
    from sayso.serve.commands.browse import speaker
    from sayso.serve.passage import sentence

    who = one_line(speaker(check.report, checked.statement))
    yield f"{who}: {sentence(check.report, checked.statement)}"
    for claim in checked.claims:
        yield from (f"    {line}" for line in _claim(claim))
    for question in checked.asks:
        yield f"    asks {question.id}: {one_line(question.text)}"
    for unverified in checked.could_not_verify:
        yield f"    could not verify {_brief(unverified)}"
    if not (checked.claims or checked.asks or checked.could_not_verify):
        yield "    claims nothing by itself"


def _claim(claim: CheckedClaim) -> Iterator[str]:
    from sayso.account.labels import counted

    if claim.new:
        yield f"{click.style('new', bold=True)}: it would be {claim.then.status.value}, {counted(claim.then.origins, 'origin')}"
    for known in claim.known:
        then = f"; with this text {claim.then.status.value}, {counted(claim.then.origins, 'origin')}"
        same = (claim.then.status, claim.then.origins) == (known.status, known.origins)
        yield f"{click.style('known', bold=True)}: {_brief(known)}{'; this text adds no origin' if same else then}"
    for tie in claim.ties:
        how = f"the ledger's claim {_VERBS[tie.kind.value]} this:" if tie.of_ledger else _VERBS[tie.kind.value]
        changed = "" if tie.then is tie.claim.status else f", then {tie.then.value}"
        reasons = "; ".join(one_line(reason) for reason in tie.reasons)
        yield f"{click.style(how, bold=True)} {_brief(tie.claim)}{changed} ({reasons})"


def _brief(claim: Claim) -> str:
    from sayso.account.labels import counted

    return f"{claim.id} “{one_line(claim.wording)}” ({claim.status.value}, {counted(claim.origins, 'origin')})"
