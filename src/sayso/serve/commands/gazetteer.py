"""`sayso gazetteer`: places of one's own beside those that come with sayso, and where outlets are at home."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.serve.options import json_option, quiet_option
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages

if TYPE_CHECKING:
    from sayso.places import Imported


@click.group()
def gazetteer() -> None:
    """Places of your own, beside GeoNames' towns.

    They count for everything read from then on. For what a ledger has read already, run `sayso rebuild LEDGER --reread`.
    """


@gazetteer.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@json_option
@quiet_option
@click.pass_context
def import_(ctx: click.Context, files: tuple[Path, ...], as_json: bool, quiet: bool) -> None:
    """Add places from a GeoNames dump or from a CSV.

    A dump is a country's file from download.geonames.org/export/dump (UA.zip, UA.txt): its populated places and administrative
    areas are taken. A CSV needs the columns name, lat and lon, and may have aliases, within (what the place lies in, from
    the nearest outwards), id, kind, country (ISO code), population and precision_km; names in one field are parted by "|". A place
    that comes again under its id takes the older one's place.

    \b
    Examples:
      sayso gazetteer import UA.zip
      sayso gazetteer import villages.csv crossings.csv
    """
    from sayso.places import import_places, own_places_file

    messages = Messages(quiet)

    def read(file: Path) -> Imported:
        with messages.progress("places read") as progress:
            return import_places(file, progress=progress)

    ctx.exit(_import(files, read, messages, noun="place", stored_in=own_places_file(), as_json=as_json))


@gazetteer.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@json_option
@quiet_option
@click.pass_context
def outlets(ctx: click.Context, files: tuple[Path, ...], as_json: bool, quiet: bool) -> None:
    """Say where outlets are at home, by a CSV with the columns outlet and place.

    A paper names the towns around it as if there were no others of their names. An outlet is its name or its site's address, a
    place is named with what holds it: The Marwick News,"Marwick, Texas". Without a line here, an outlet's name and address tell
    what they can. A line with an empty place says that they tell nothing. An outlet that comes again takes the older line's
    place.

    \b
    Examples:
      sayso gazetteer outlets outlets.csv
    """
    from sayso.places import import_outlets, own_outlets_file

    messages = Messages(quiet)
    ctx.exit(_import(files, import_outlets, messages, noun="outlet", stored_in=own_outlets_file(), as_json=as_json))


def _import(
    files: Sequence[Path],
    read: Callable[[Path], Imported],
    messages: Messages,
    *,
    noun: str,
    stored_in: Path,
    as_json: bool,
) -> int:
    """Reads each file and tells how it went; the exit code."""
    from sayso.account.labels import counted
    from sayso.errors import InputError
    from sayso.shapes import problem_dict

    rows, failed = [], False
    for file in files:
        try:
            done = read(file)
        except InputError as error:
            messages.problem(error.problem)
            rows.append({"file": str(file), f"{noun}s": 0, "failed": 0, "problems": [problem_dict(error.problem)]})
            failed = True
            continue
        for problem in done.problems:
            messages.problem(problem)
        failed = failed or done.failed > 0
        problems = [problem_dict(problem) for problem in done.problems]
        rows.append({"file": str(file), f"{noun}s": done.count, "failed": done.failed, "problems": problems})
        if not as_json:
            lost = f"; {counted(done.failed, 'line')} could not be read" if done.failed else ""
            write(f"{file}: {counted(done.count, noun)}{lost}.\n")
    if as_json:
        write_json({"stored_in": str(stored_in), "files": rows})
    return 1 if failed else 0


@gazetteer.command()
@click.argument("name", nargs=-1, required=True)
@json_option
def find(name: tuple[str, ...], as_json: bool) -> None:
    """List the places of a name, the likeliest first.

    \b
    Examples:
      sayso gazetteer find Belgorod
      sayso gazetteer find New York --json
    """
    from sayso.places import places_named

    found = places_named(" ".join(name))
    if as_json:
        write_json([dataclasses.asdict(place) | {"within": list(within)} for place, within in found])
        return
    for place, within in found:
        where = f"{place.lat:.4f}, {place.lon:.4f} (within {place.precision_km:g} km)"
        write(f"{', '.join((place.name, *within))}  {place.kind}  {where}  {place.id or '-'}\n")
    if not found:
        write("No place of this name. Add your own: sayso gazetteer import FILE.\n")
