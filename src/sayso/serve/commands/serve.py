"""`sayso serve`: the desk in a browser."""

from __future__ import annotations

import ipaddress
import socket
import sys
from pathlib import Path
from types import FrameType

import click

from sayso.errors import UsageError
from sayso.serve.options import json_option, ledger_argument, quiet_option
from sayso.serve.output import write_json
from sayso.serve.terminal import Messages


@click.command()
@ledger_argument
@click.option("--port", type=click.IntRange(0, 65535), default=8747, show_default=True, help="0 takes any free port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--host-name", "host_names", multiple=True, metavar="NAME", help="A name that it may be asked under.")
@click.option("--auth", is_flag=True, help="People log in; `sayso people LEDGER add NAME` adds them.")
@click.option(
    "--open", "open_to_all", is_flag=True, help="Let everybody who reaches the address read and judge, without a login."
)
@click.option(
    "--proxy",
    is_flag=True,
    help="A proxy on this machine stands before it: believe what it says of https and of where requests come from.",
)
@click.option("--author", metavar="NAME", help="Who decides, without --auth.  [default: your login name]")
@click.option("--watch", "watched", metavar="FILE", type=click.Path(), help="Watch beside it, as `sayso watch` does.")
@json_option
@quiet_option
def serve(
    ledger: str,
    port: int,
    host: str,
    host_names: tuple[str, ...],
    auth: bool,
    open_to_all: bool,
    proxy: bool,
    author: str | None,
    watched: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Open a ledger at http://127.0.0.1:8747 for reading and judging in a browser, until it is stopped with Ctrl-C.

    It listens on this machine alone, for you alone, without a login. For others to read and judge, add people, and say --auth:
    then a reader reads, an editor judges too, and an admin manages people. Passwords travel as they are typed unless the connection is
    encrypted: on a network, put a proxy that does https before it, and say --proxy.

    \b
    Examples:
      sayso serve flood.db
      sayso serve flood.db --port 0 --json
      sayso people flood.db add ada --role admin
      sayso serve flood.db --auth --proxy --host-name desk.example
    """
    import uvicorn

    from sayso.ledger import masked
    from sayso.serve.desk import Desk
    from sayso.serve.people.store import open_people, people_path
    from sayso.serve.watcher import watching
    from sayso.serve.web.app import make_app
    from sayso.watch.config import read_config

    _check_who_gets_in(host, auth=auth, open_to_all=open_to_all, author=author)
    if watched is not None:
        read_config(watched)  # what is wrong with it is told now, and not by a process on its own
    people = open_people(people_path(ledger)) if auth else None
    if people is not None and not people.people():
        people.close()
        raise UsageError(
            "nobody may log in yet",
            where=people.path,
            remedy="Add the first: sayso people LEDGER add NAME --role admin.",
        )
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
    messages = Messages(quiet)
    if as_json:
        write_json({"url": f"http://{address}:{taken}/"})
        sys.stdout.flush()  # whoever started this waits for it
    messages.note(f"{masked(ledger)} is open at http://{address}:{taken}/ until you press Ctrl-C.")
    if auth and not proxy and not _is_loopback(host):
        messages.note("Passwords travel unencrypted to it: put a proxy that does https before it, and say --proxy.")
    app = make_app(
        desk,
        name=Path(masked(ledger)).stem,
        hosts=(*host_names, host),
        user=author or "",
        people=people,
    )
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
        proxy_headers=proxy,
        server_header=False,
    )
    server = uvicorn.Server(config)
    stop = server.handle_exit

    def hang_up_and_stop(signal: int, frame: FrameType | None) -> None:
        desk.hang_up()  # or whoever listens for news would hold the server back
        stop(signal, frame)

    server.handle_exit = hang_up_and_stop  # type: ignore[assignment]
    with watching(ledger, watched, quiet=quiet):
        server.run(sockets=[listening])


def _check_who_gets_in(host: str, *, auth: bool, open_to_all: bool, author: str | None) -> None:
    """Raises UsageError for options that contradict each other, and where the ledger would be open to a network unseen."""
    if auth and (open_to_all or author):
        raise UsageError(
            "with --auth everybody has a name of their own",
            where="--open" if open_to_all else "--author",
            remedy="Leave it out, or leave out --auth.",
        )
    if not (auth or open_to_all or _is_loopback(host)):
        raise UsageError(
            "whoever reaches this address could read the ledger and judge in it",
            where=f"--host {host}",
            remedy="Say --auth, so that people log in, or --open if that is what you want.",
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
