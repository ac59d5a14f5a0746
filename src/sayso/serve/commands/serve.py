"""`sayso serve`: the desk in a browser."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from sayso.errors import UsageError
from sayso.serve.options import ledger_argument, quiet_option
from sayso.serve.terminal import Messages


@click.command()
@ledger_argument
@click.option("--port", type=click.IntRange(0, 65535), default=8747, show_default=True, help="0 takes any free port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--host-name", "host_names", multiple=True, metavar="NAME", help="A name that it may be asked under.")
@quiet_option
def serve(ledger: str, port: int, host: str, host_names: tuple[str, ...], quiet: bool) -> None:
    """Open a ledger at http://127.0.0.1:8747 for reading and judging in a browser, until it is stopped with Ctrl-C.

    Whoever can reach the address can read the ledger and judge in it: it listens on this machine alone unless --host says otherwise.

    \b
    Examples:
      sayso serve flood.db
      sayso serve flood.db --port 0
    """
    import uvicorn

    from sayso.serve.desk import Desk
    from sayso.serve.web.app import make_app

    desk = Desk(ledger)
    try:
        listening = socket.create_server((host, port))
    except OSError as error:
        desk.close()
        raise UsageError(
            f"cannot listen there: {error.strerror}",
            where=f"{host}:{port}",
            remedy="Another program may hold that port: choose another with --port, or 0 for any free one.",
        ) from None
    address, taken = listening.getsockname()[:2]
    Messages(quiet).note(f"{ledger} is open at http://{address}:{taken}/ until you press Ctrl-C.")
    app = make_app(desk, name=Path(ledger).stem, hosts=(*host_names, host))
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=2)).run(sockets=[listening])
