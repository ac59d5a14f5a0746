"""`sayso mcp`: a ledger for agents."""

from __future__ import annotations

import click

from sayso.serve.options import ledger_argument


@click.command()
@ledger_argument
@click.option(
    "--http", "port", type=click.IntRange(1, 65535), metavar="PORT",
    help="Over HTTP on this machine, at http://127.0.0.1:PORT/mcp.  [default: standard input and output]",
)  # fmt: skip
def mcp(ledger: str, port: int | None) -> None:
    """Serve a ledger to agents over the Model Context Protocol: search claims, show one, who said what, what changed, the account, check a
    text, ask a question.

    Everything only reads. Results hold spans, statuses and numbers of independent origins, a page at a time; what is not known is said so.
    What reports say stands only in the values of results, which the tools' descriptions call quotations. Reports that come in are seen by
    the next call. An agent's program starts it; needs the extra: pip install 'sayso[mcp]'.

    \b
    Examples:
      sayso mcp flood.db
      sayso mcp flood.db --http 8749
    """
    from sayso.errors import UsageError

    try:
        from sayso.serve.mcp.server import serve_http, serve_stdio
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise UsageError(
            "the library of the Model Context Protocol is not installed", where="sayso mcp", remedy="Install it with: pip install 'sayso[mcp]'"
        ) from None  # fmt: skip
    if port is None:
        serve_stdio(ledger)
    else:
        serve_http(ledger, port=port)
