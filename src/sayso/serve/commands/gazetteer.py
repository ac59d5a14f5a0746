"""`sayso gazetteer`: places of one's own beside those that come with sayso."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from sayso.serve.options import json_option, quiet_option
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages


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
    from sayso.account.labels import counted
    from sayso.errors import InputError
    from sayso.places import import_places, own_places_file
    from sayso.shapes import problem_dict

    messages = Messages(quiet)
    rows, failed = [], False
    for file in files:
        try:
            with messages.progress("places read") as progress:
                done = import_places(file, progress=progress)
        except InputError as error:
            messages.problem(error.problem)
            rows.append({"file": str(file), "places": 0, "failed": 0, "problems": [problem_dict(error.problem)]})
            failed = True
            continue
        for problem in done.problems:
            messages.problem(problem)
        failed = failed or done.failed > 0
        rows.append(
            {
                "file": str(file),
                "places": done.places,
                "failed": done.failed,
                "problems": [problem_dict(problem) for problem in done.problems],
            }
        )
        if not as_json:
            lost = f"; {counted(done.failed, 'line')} could not be read" if done.failed else ""
            write(f"{file}: {counted(done.places, 'place')}{lost}.\n")
    if as_json:
        write_json({"stored_in": str(own_places_file()), "files": rows})
    ctx.exit(1 if failed else 0)


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
