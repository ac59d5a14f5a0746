"""`sayso reports`, `sayso statements`, `sayso claims`: lists of what a ledger holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import click

from sayso.model import Act, Claim, Kind, Report, Statement, Status
from sayso.serve.options import as_of_option, json_option, ledger_argument, limit_option, reveal_option, story_option
from sayso.serve.output import rows_as, write_all
from sayso.serve.terminal import Messages, cut, one_line, stdout_width, table

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.shapes import Json

_OPENING = 160  # characters of its text that stand for the title of a report without one, such as a message

WITHDRAWN = "[withdrawn] "  # before the words of a report that nothing rests on

outlet_option = click.option("--outlet", metavar="NAME", help="Only of this outlet.")
actor_option = click.option("--actor", metavar="NAME", help="Only of this actor: the whole name, or the id.")
act_option = click.option(
    "--act", type=click.Choice([act.value for act in Act]), metavar="ACT", help="Only of this act: deny, confirm, ..."
)
report_option = click.option("--report", metavar="ID", help="Only of this report; the beginning of its id will do.")


@click.command()
@ledger_argument
@outlet_option
@as_of_option
@story_option
@limit_option
@reveal_option
@json_option
def reports(
    ledger: str,
    outlet: str | None,
    as_of: str | None,
    story: str | None,
    limit: int | None,
    reveal: bool,
    as_json: bool,
) -> None:
    """List the reports of a ledger, oldest first; with --json one line each, sorted by id. Withdrawn ones are marked.

    \b
    Examples:
      sayso reports flood.db
      sayso reports flood.db --outlet "Harbour Post" --as-of 2024-03-02
      sayso reports flood.db --json | jq -r .url
    """
    from sayso import ledger as ledgers
    from sayso.account.labels import date_words
    from sayso.shapes import report_listing

    with ledgers.open(ledger, reveal=reveal) as opened:
        withdrawn = opened.withdrawals(as_of=as_of)
        found = [report for report in opened.reports(as_of=as_of, story=story) if outlet in (None, report.outlet)]
        if as_json:
            _lines(report_listing(report, withdrawn.get(report.id)) for report in islice(found, limit))
            return
        found.sort(key=lambda report: (report.published.value if report.published else "", report.id))
        _table(
            ("Report", "Published", "Outlet", "Title"),
            [
                (
                    report.id,
                    date_words(_published(report), clock=True),
                    report.outlet or "",
                    WITHDRAWN * (report.id in withdrawn)
                    + (report.title or cut(one_line(report.text[:_OPENING]), _OPENING // 2)),
                )
                for report in islice(found, limit)
            ],
        )


@click.command()
@ledger_argument
@outlet_option
@actor_option
@act_option
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only of this kind of speech.")
@report_option
@as_of_option
@limit_option
@reveal_option
@json_option
def statements(
    ledger: str,
    outlet: str | None,
    actor: str | None,
    act: str | None,
    kind: str | None,
    report: str | None,
    as_of: str | None,
    limit: int | None,
    reveal: bool,
    as_json: bool,
) -> None:
    """List the statements of a ledger: who says what, in which report, in its order.

    \b
    Examples:
      sayso statements flood.db --act deny
      sayso statements flood.db --actor "Mara Quill" --json | jq -r .content_words
      sayso statements flood.db --report r-k3v
    """
    from sayso import ledger as ledgers
    from sayso.shapes import statement_row, words

    with ledgers.open(ledger, reveal=reveal) as opened:
        found = opened.statements(
            report=report,
            outlet=outlet,
            actor=actor,
            act=Act(act) if act else None,
            kind=Kind(kind) if kind else None,
            as_of=as_of,
        )
        withdrawn = opened.withdrawals(as_of=as_of)
        pairs = _with_reports(opened, islice(found, limit))
        if as_json:
            _lines(statement_row(r, statement, withdrawn.get(r.id)) for r, statement in pairs)
            return
        _table(
            ("Statement", "Published", "Outlet", "Actor", "Act", "Words"),
            [
                (
                    statement.id,
                    (_published(report_of) or "")[:10],
                    report_of.outlet or "",
                    speaker(report_of, statement),
                    statement.act.value.replace("_", " "),
                    WITHDRAWN * (report_of.id in withdrawn) + words(report_of.text, statement.content),
                )
                for report_of, statement in pairs
            ],
        )


@click.command()
@ledger_argument
@click.option("--status", type=click.Choice([status.value for status in Status]), help="Only of this status.")
@outlet_option
@actor_option
@act_option
@report_option
@as_of_option
@story_option
@limit_option
@reveal_option
@json_option
def claims(
    ledger: str,
    status: str | None,
    outlet: str | None,
    actor: str | None,
    act: str | None,
    report: str | None,
    as_of: str | None,
    story: str | None,
    limit: int | None,
    reveal: bool,
    as_json: bool,
) -> None:
    """List the claims of a ledger, answers to one question together; with --json one line each, sorted by id.

    With --outlet, --actor, --act or --report, those that rest on such a statement.

    \b
    Examples:
      sayso claims flood.db --status disputed
      sayso claims flood.db --actor "Mara Quill"
      sayso claims flood.db --json | jq -r 'select(.origins > 1) | .wording'
    """
    from sayso import ledger as ledgers
    from sayso.shapes import claim_row

    with ledgers.open(ledger, reveal=reveal) as opened:
        found: Iterable[Claim] = opened.linked(as_of=as_of, story=story).claims
        if any((outlet, actor, act, report)):
            fitting = opened.statements(
                report=report, outlet=outlet, actor=actor, act=Act(act) if act else None, as_of=as_of
            )
            ids = {statement.id for statement in fitting}
            found = [claim for claim in found if not ids.isdisjoint(claim.statements)]
        chosen = [claim for claim in found if status in (None, claim.status.value)]
        if as_json:
            chosen.sort(key=lambda claim: claim.id)
            _lines(claim_row(claim) for claim in islice(chosen, limit))
            return
        chosen.sort(key=lambda claim: (claim.question, claim.id))
        _table(
            ("Claim", "Status", "Origins", "Sides", "Wording"),
            [
                (claim.id, claim.status.value, str(claim.origins), ", ".join(claim.sides), claim.wording)
                for claim in islice(chosen, limit)
            ],
        )


def speaker(report: Report, statement: Statement) -> str:
    """Who made a statement: the actor, failing that the words that name the source, failing that the outlet."""
    from sayso.shapes import words

    if statement.actor:
        return statement.actor.name
    return words(report.text, statement.source) or "(own voice)"


def _with_reports(ledger: Ledger, found: Iterable[Statement]) -> Iterator[tuple[Report, Statement]]:
    """Each statement with its report. The statements of one report come together, so one report is held at a time."""
    held: Report | None = None
    for statement in found:
        if held is None or held.id != statement.report:
            held = ledger.report(statement.report)
        yield held, statement


def _published(report: Report) -> str | None:
    return report.published.value if report.published else None


def _lines(rows: Iterable[Json]) -> None:
    write_all(rows_as("jsonl", rows, columns=()))


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        Messages().note("There are none.")
        return
    write_all(line + "\n" for line in table(headings, rows, width=stdout_width()))
