"""`sayso search` and `sayso show`: finding a record, and seeing what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from sayso.serve.options import as_of_option, json_option, ledger_argument, reveal_option
from sayso.serve.output import write_json
from sayso.serve.terminal import Messages, one_line

if TYPE_CHECKING:
    from sayso.serve.evidence import Shown

_SHOWN_CLAIMS = 10
_SHOWN_STATEMENTS = 20


@click.command()
@ledger_argument
@click.argument("query", metavar="WORDS...", nargs=-1, required=True)
@click.option("--limit", "-n", type=click.IntRange(min=1), metavar="N", help="Show at most this many.  [default: 20]")
@as_of_option
@reveal_option
@json_option
def search(
    ledger: str, query: tuple[str, ...], limit: int | None, as_of: str | None, reveal: bool, as_json: bool
) -> None:
    """Find statements, and then reports, that hold every one of the words, best first.

    Words in quotation marks must stand side by side.

    \b
    Examples:
      sayso search flood.db dam gates
      sayso search flood.db '"opened the gates"'
      sayso search flood.db dam --json | jq -r .statement
    """
    from sayso import ledger as ledgers
    from sayso.config import SEARCH_LIMIT
    from sayso.serve.evidence import citing
    from sayso.serve.passage import marked

    with ledgers.open(ledger, reveal=reveal) as opened:
        hits = opened.search(" ".join(query), limit=limit or SEARCH_LIMIT, as_of=as_of)
        withdrawn = opened.withdrawals(as_of=as_of)
        if not hits and not as_json:
            Messages().note("Nothing holds all of these words.")
        for hit in hits:
            report = opened.report(hit.report)
            if as_json:
                write_json(
                    {
                        "report": hit.report,
                        "statement": hit.statement,
                        "outlet": report.outlet,
                        "published": report.published.value if report.published else None,
                        "url": report.url,
                        "span": list(hit.snippet),
                        "words": hit.words,
                        "marks": [list(mark) for mark in hit.marks],
                        "score": round(hit.score, 4),
                        "withdrawn": hit.report in withdrawn,
                    }
                )
            else:
                mark = " [withdrawn]" if hit.report in withdrawn else ""
                click.echo(f"{hit.statement or hit.report}  {one_line(citing(report))}{mark}")
                click.echo(f"    {marked(report.text, hit.snippet, hit.marks)}")


@click.command()
@ledger_argument
@click.argument("record_id", metavar="ID")
@click.option("--all", "everything", is_flag=True, help="Show all that it rests on, however much that is.")
@as_of_option
@reveal_option
@json_option
def show(ledger: str, record_id: str, everything: bool, as_of: str | None, reveal: bool, as_json: bool) -> None:
    """Show any record by its id, or by the beginning of it if no other id begins so.

    A claim comes with its statements in their sentences, with outlet and date; a report with its statements; a
    question with its answers; an origin with its reports and why they are one; a line of an account with all of it.
    A claim's id changes when it gains a statement: one that `sayso changes` names as it was is shown with --as-of.

    \b
    Examples:
      sayso show flood.db c-k3v
      sayso show flood.db r-7qd2 --json | jq -r .record.text
    """
    from sayso import ledger as ledgers
    from sayso.serve.evidence import gather

    with ledgers.open(ledger, reveal=reveal) as opened:
        shown = gather(opened, opened.show(record_id, as_of=as_of), as_of=as_of)
        if as_json:
            write_json(shown.as_json())
            return
        for line in _in_words(shown, everything=everything):
            click.echo(line)


def _in_words(shown: Shown, *, everything: bool) -> Iterator[str]:
    from sayso.serve.commands.browse import speaker
    from sayso.serve.evidence import citing
    from sayso.serve.passage import sentence

    yield f"{shown.kind} {shown.record['id']}"
    yield click.style(one_line(shown.title), bold=True)
    wide = max((len(label) for label, _ in shown.facts), default=0)
    for label, value in shown.facts:
        yield f"  {label.ljust(wide)}  {one_line(value)}"
    claims = shown.claims if everything else shown.claims[:_SHOWN_CLAIMS]
    for claim in claims:
        yield ""
        yield f"{claim.id}  {claim.status.value}"
        yield f"    {one_line(claim.wording)}"
    yield from _rest(len(shown.claims) - len(claims), "claims")
    statements = shown.statements if everything else shown.statements[:_SHOWN_STATEMENTS]
    for report, statement in statements:
        yield ""
        act = statement.act.value.replace("_", " ")
        mark = " [withdrawn]" if report.id in shown.withdrawn else ""
        yield f"{statement.id}  {one_line(citing(report))}: {one_line(speaker(report, statement))} ({act}){mark}"
        yield f"    {sentence(report, statement)}"
        if report.url and shown.kind != "report":
            yield f"    {one_line(report.url)}"
    yield from _rest(len(shown.statements) - len(statements), "statements")
    for report in shown.reports:
        yield ""
        yield f"{report.id}  {one_line(citing(report))}{' [withdrawn]' if report.id in shown.withdrawn else ''}"
        yield f"    {one_line(report.title or report.capture.place)}"
    for judgement in shown.judgements:
        yield ""
        told = ", ".join(filter(None, (judgement.other, judgement.value)))
        yield f"{judgement.id}  {one_line(f'{judgement.at}, {judgement.author}')}"
        yield f"    {judgement.verdict.value} {one_line(told)}".rstrip()


def _rest(count: int, noun: str) -> Iterator[str]:
    if count > 0:
        yield ""
        yield f"... and {count:,} more {noun}: --all shows them."
