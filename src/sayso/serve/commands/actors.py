"""`sayso actors` and `sayso judge`: who is who over all reports, and what a person decides of it and of other records."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.model import KnownActor, Verdict
from sayso.serve.options import (
    as_of_option,
    author_option,
    author_or_user,
    json_option,
    ledger_argument,
    limit_option,
    quiet_option,
    reveal_option,
    story_option,
)
from sayso.serve.output import rows_as, write, write_all, write_json
from sayso.serve.terminal import Messages, one_line

if TYPE_CHECKING:
    from sayso.ledger import Ledger

_COLUMNS = ("state", "body", "side")


@click.command()
@ledger_argument
@click.argument("name", required=False)
@click.option(
    "--import",
    "table",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV of your own with the columns name, aliases, state, body, side.",
)
@author_option
@as_of_option
@story_option
@limit_option
@reveal_option
@json_option
@quiet_option
def actors(
    ledger: str,
    name: str | None,
    table: Path | None,
    author: str | None,
    as_of: str | None,
    story: str | None,
    limit: int | None,
    reveal: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """List who is who over all reports: every actor with its names, why they are one, whom it speaks for, and its side.

    With NAME, those of whom a name holds these words. An --import is kept as judgements of the author, one for each alias,
    state, body and side, so that each can be undone; names in one field of aliases are parted by "|".

    \b
    Examples:
      sayso actors flood.db
      sayso actors flood.db "Defence Ministry"
      sayso actors flood.db --import actors.csv --author "Mara Quill"
      sayso actors flood.db --json | jq -r 'select(.state == null) | .name'
    """
    from sayso import ledger as ledgers
    from sayso.shapes import known_actor_row

    with ledgers.open(ledger, reveal=reveal) as opened:
        if table is not None:
            rows = _import(opened, table, author_or_user(author))
            Messages(quiet).note(f"{rows} new judgements from {one_line(str(table))}.")
            return
        found = [actor for actor in opened.actors(as_of=as_of, story=story) if name is None or _is_called(actor, name)]
        if as_json:
            write_all(rows_as("jsonl", map(known_actor_row, islice(found, limit)), columns=()))
            return
        found.sort(key=lambda actor: (-len(actor.members), actor.name, actor.id))
        titles = {story.id: story.title for story in opened.stories(as_of=as_of)}
        if not found:
            Messages(quiet).note("There are none.")
        write_all(line + "\n" for actor in islice(found, limit) for line in _told(actor, titles))


@click.command()
@ledger_argument
@click.argument("verdict", type=click.Choice([verdict.value for verdict in Verdict]))
@click.argument("subject")
@click.argument("other", required=False)
@click.option("--value", metavar="TEXT", help="The correction, grade or note.")
@author_option
@json_option
def judge(
    ledger: str, verdict: str, subject: str, other: str | None, value: str | None, author: str | None, as_json: bool
) -> None:
    """Say what you decide about a record: it is kept as a row with your name, and obeyed from then on.

    SUBJECT and OTHER are ids, beginnings of ids, or names of actors; "NAME@r-..." is the actor of that name in one report.
    The last judgement on the same records counts, and to reject a judgement undoes it.

    \b
    Examples:
      sayso judge flood.db merge "Ada Quill" "Adele Quill"
      sayso judge flood.db split "John Smith@r-k3v" "John Smith@r-9fa"
      sayso judge flood.db correct "Ada Quill" --value "side: Norland"
      sayso judge flood.db correct "outlet:Daily Mirror" --value "family: Reach"
      sayso judge flood.db reject s-4pm
      sayso judge flood.db reject j-7qx
    """
    from sayso import ledger as ledgers
    from sayso.shapes import judgement_row

    with ledgers.open(ledger) as opened:
        made = opened.judge(Verdict(verdict), subject, other=other, value=value, author=author_or_user(author))
    if as_json:
        write_json(judgement_row(made))
    else:
        about = " ".join(one_line(part) for part in (made.subject, made.other, made.value) if part)
        write(f"{made.id}: {made.verdict.value} {about} ({one_line(made.author)})\n")


def _is_called(actor: KnownActor, name: str) -> bool:
    return any(name.casefold() in each.casefold() for each in (actor.name, *actor.names))


def _told(actor: KnownActor, titles: dict[str, str]) -> Iterator[str]:
    """An actor in lines: what it is, its names with the reasons, whom it speaks for, its sides."""
    from sayso.account.labels import counted

    reports = len({member.report for member in actor.members})
    state = f", {actor.state}" if actor.state else ""
    yield one_line(f"{actor.name} ({actor.type.value}{state}; {counted(reports, 'report')}) {actor.id}")
    seen = set()
    for member in sorted(actor.members, key=lambda m: (-m.score, m.name)):
        told = member.name, member.score, member.reasons
        if (member.name != actor.name or member.score < 1.0) and told not in seen:
            seen.add(told)
            yield "    " + one_line(f"{member.name}: {'; '.join(member.reasons)} ({member.score:.2f})")
    if actor.bodies:
        yield "    " + one_line(f"speaks for {', '.join(actor.bodies)}")
    sides: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for side in actor.sides:
        if side.side != "unknown":
            sides.setdefault((side.side, side.reasons), []).append(titles.get(side.story, side.story))
    for (name, reasons), stories in sides.items():
        where = f"in “{stories[0]}”" if len(stories) == 1 else f"in {len(stories)} stories"
        yield "    " + one_line(f"on the side of {name} {where}: {'; '.join(reasons)}")


def _import(opened: Ledger, table: Path, author: str) -> int:
    """Keeps a table of actors as judgements; those that stand already are not made again."""
    known = opened.judgements()
    undone = {each.subject for each in known if each.verdict is Verdict.REJECT}
    there = {(j.verdict, j.subject, j.other, j.value) for j in known if j.id not in undone}
    rows = 0
    for verdict, subject, other, value in _rows(table):
        if (verdict, subject, other, value) not in there:
            opened.judge(verdict, subject, other=other, value=value, author=author)
            rows += 1
    return rows


def _rows(table: Path) -> Iterator[tuple[Verdict, str, str | None, str | None]]:
    from sayso.errors import UsageError

    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if "name" not in (reader.fieldnames or ()):
                raise UsageError(
                    "this table has no column “name”",
                    where=str(table),
                    remedy="Its first line names the columns: name,aliases,state,body,side.",
                )
            for row in reader:
                if not (name := (row["name"] or "").strip()):
                    continue
                for alias in (row.get("aliases") or "").split("|"):
                    if alias.strip():
                        yield Verdict.MERGE, f"actor:{name}", f"actor:{alias.strip()}", None
                for column in _COLUMNS:
                    if value := (row.get(column) or "").strip():
                        yield Verdict.CORRECT, f"actor:{name}", None, f"{column}: {value}"
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(
            f"this is no CSV in UTF-8 ({error})", where=str(table), remedy="Save it as CSV, UTF-8."
        ) from error
