"""`sayso watch`: places polled into a ledger, and people told what changed."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from sayso.serve.options import json_option, quiet_option
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages, one_line

if TYPE_CHECKING:
    from sayso.watch.clock import WallClock
    from sayso.watch.service import Totals
    from sayso.watch.settings import Settings


@click.command()
@click.argument("ledger", metavar="LEDGER", required=False, type=click.Path())
@click.option("--config", "-c", metavar="FILE", type=click.Path(), help="What to watch and whom to tell, in TOML.")
@click.option("--once", is_flag=True, help="Poll everything once, tell what is due, and end: for cron.")
@click.option("--dry-run", is_flag=True, help="Say what would be asked for now, and ask for nothing.")
@click.option("--example", is_flag=True, help="Print a configuration with every key explained.")
@click.option("--until-closed", is_flag=True, hidden=True, help="Stop when standard input closes.")
@json_option
@quiet_option
@click.pass_context
def watch(
    ctx: click.Context,
    /,
    ledger: str | None,
    config: str | None,
    once: bool,
    dry_run: bool,
    example: bool,
    until_closed: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Poll feeds, sitemaps, pages, folders and Telegram exports, take what is new into a ledger, and tell people what changed.

    It asks politely: only for what changed, one request to a host at a time, as robots.txt allows, less often where a server has
    trouble. What it saw is kept beside the ledger (LEDGER.watch), so that after a stop or a crash it goes on where it was. One
    process watches a ledger at a time; `sayso serve` may run beside it. It runs until Ctrl-C, and then finishes what it began.

    \b
    Examples:
      sayso watch --example > watch.toml
      sayso watch flood.db --config watch.toml --dry-run
      sayso watch flood.db --config watch.toml
      sayso watch flood.db --config watch.toml --once --json
    """
    if example:
        from sayso.watch.example import EXAMPLE

        write(EXAMPLE)
        return
    if ledger is None or config is None:
        raise click.UsageError(
            "Name the ledger, and the configuration with --config; --example prints one to begin with."
        )
    from sayso.account.labels import counted
    from sayso.ledger import masked
    from sayso.watch.config import read_config

    settings = read_config(config)
    if dry_run:
        _plan(ledger, settings, as_json=as_json)
        return
    totals, problems = _watch(ledger, settings, once=once, until_closed=until_closed, as_json=as_json, quiet=quiet)
    told = (
        f"{counted(totals.polled, 'place')} polled, {counted(totals.asked, 'page')} asked for, "
        f"{counted(totals.added, 'report')} added, {counted(totals.alerts, 'alert')}."
    )
    if as_json:
        write_json(
            {
                "ledger": masked(ledger),
                "polled": totals.polled,
                "asked": totals.asked,
                "added": totals.added,
                "alerts": totals.alerts,
                "problems": problems,
            }
        )
    else:
        write(told + "\n")
    ctx.exit(1 if once and problems else 0)


def _watch(
    ledger: str, settings: Settings, *, once: bool, until_closed: bool, as_json: bool, quiet: bool
) -> tuple[Totals, int]:
    """Watches, and gives what was done and how many problems were told of."""
    from sayso import ledger as ledgers
    from sayso.account.labels import counted
    from sayso.ledger import masked
    from sayso.watch.channels.senders import senders
    from sayso.watch.clock import Stopped, WallClock
    from sayso.watch.file import open_file, watch_path
    from sayso.watch.holder import Hold
    from sayso.watch.listening import listening
    from sayso.watch.metrics import Metrics
    from sayso.watch.outbox import Outbox
    from sayso.watch.round import Watcher
    from sayso.watch.service import Service
    from sayso.watch.withholding import reviewing

    messages = Messages(quiet)
    problems = 0

    def tell(line: str) -> None:
        nonlocal problems
        problem = line.startswith("problem: ")
        problems += problem
        (Messages() if problem else messages).note(one_line(line))

    clock, metrics = WallClock(), Metrics()
    send = senders(settings.channels, os.environ)
    path = watch_path(ledger, settings.state)

    def lost() -> None:
        tell("problem: another process watches this ledger now. This one ends.")
        clock.stop()

    with ExitStack() as stack:
        opened = stack.enter_context(ledgers.open(ledger, create=True))
        hold = stack.enter_context(Hold(path, lost=lost))
        file = stack.enter_context(open_file(path))
        if hold.taken_from:
            tell(f"Taken over from {hold.taken_from}.")
        stack.enter_context(_stopped_by_signals(clock, messages))
        if until_closed:
            threading.Thread(target=_stop_when_closed, args=(clock,), daemon=True).start()
        watcher = Watcher(opened, file, settings, clock=clock, tell=tell, metrics=metrics, path=_file_of(ledger))
        name = Path(masked(ledger)).stem
        outbox = Outbox(
            file,
            settings.channels,
            send,
            ledger=name,
            tell=tell,
            metrics=metrics,
            chance=random.random,
            review=reviewing(opened),
        )
        service = Service(opened, watcher, outbox, settings.rules, clock, tell, metrics)
        if settings.metrics_port is not None and not once:
            metrics.round_at = clock.now()
            address = stack.enter_context(listening(metrics, settings.metrics_port, now=clock.now))
            if as_json:
                write_json({"metrics": f"{address}/metrics"})
                sys.stdout.flush()  # whoever started this waits for it
            messages.note(f"Metrics at {address}/metrics")
        if not once:
            messages.note(
                f"Watching {counted(len(settings.places), 'place')} for {one_line(masked(ledger))} until you press Ctrl-C."
            )
        with suppress(Stopped):  # it waited for a server's turn; nothing was begun
            service.once() if once else service.run()
        if clock.stopping:
            messages.note("What was begun is finished, and what is left stands in the queue. Stopped.")
    return service.totals, problems


@contextmanager
def _stopped_by_signals(clock: WallClock, messages: Messages) -> Iterator[None]:
    """Lets the first SIGINT or SIGTERM end the batch in hand, and a second one end everything as usual."""
    if threading.current_thread() is not threading.main_thread():  # only there can signals be heard
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        signal.signal(number, before[number])
        messages.note("Stopping: what was begun is finished first. Once more to stop at once.")
        clock.stop()

    before = {int(number): signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop_when_closed(clock: WallClock) -> None:
    """Stops when whoever started this is gone, however it went: then its end of the pipe closes."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    clock.stop()


def _file_of(ledger: str) -> str:
    return ledger.partition("://")[2].removeprefix("/") if "://" in ledger else ledger


def _plan(ledger: str, settings: Settings, *, as_json: bool) -> None:
    """Says what a round would ask for now, from what is known; nothing is asked for, and nothing written."""
    from sayso.watch.file import watch_path
    from sayso.watch.planning import plan

    rows = plan(settings, watch_path(ledger, settings.state))
    if as_json:
        for row in rows:
            write_json(row)
        return
    for row in rows:
        write(one_line(f"{row['place'] or '-'}: {row['what']} {row['at']} ({row['why']})") + "\n")
    if not rows:
        write("Nothing would be asked for now.\n")
