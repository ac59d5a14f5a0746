"""`sayso proof`: proofs from elsewhere that the journal ended so at some time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.errors import UsageError
from sayso.serve.options import author_option, author_or_user, json_option, ledger_argument
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages, one_line

if TYPE_CHECKING:
    from sayso.ledger.proofs import Proof

ca_option = click.option(
    "--ca",
    "roots",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help="A root certificate that signatures of time stamps must lead to, PEM or DER; may be repeated.",
)
block_option = click.option(
    "--block",
    "blocks",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help="Headers of Bitcoin's blocks that OpenTimestamps proofs must lead to, 160 hexadecimal digits each, one a line.",
)


@click.group()
def proof() -> None:
    """Have somebody else attest when the journal ended so, and keep what they attest in the ledger.

    A journal proves that nothing in it was changed since it ended so, and not when that was. A time stamping authority (RFC 3161) or
    OpenTimestamps attests the time of a small file: `export` writes that file, you have it stamped, `attach` keeps the proof that comes back. sayso
    itself asks nobody. `sayso verify` checks every proof that is attached.

    \b
    With an authority:
      sayso proof export flood.db head.txt
      openssl ts -query -data head.txt -sha256 -cert -out head.tsq
      (send head.tsq to the authority, which answers with head.tsr)
      sayso proof attach flood.db head.tsr
      sayso verify flood.db --ca authority.pem
    With OpenTimestamps:
      sayso proof export flood.db head.txt
      ots stamp head.txt        (some hours later: ots upgrade head.txt.ots)
      sayso proof attach flood.db head.txt.ots
    """


@proof.command("export")
@ledger_argument
@click.argument("file", metavar="FILE", type=click.Path())
@json_option
def export_head(ledger: str, file: str, as_json: bool) -> None:
    """Write the file that is to be stamped: the hash of the journal's last row, on one line. FILE must be new.

    \b
    Examples:
      sayso proof export flood.db head.txt
      ots stamp head.txt
    """
    from sayso import ledger as ledgers
    from sayso.ledger.proofs import stamped

    with ledgers.open(ledger) as opened:
        head = opened.head()
    try:
        with Path(file).open("xb") as out:
            out.write(stamped(head))
    except FileExistsError:
        raise UsageError("there is such a file already", where=file, remedy="Name a new one.") from None
    except OSError as error:
        raise UsageError(
            f"this cannot be written: {error.strerror}", where=file, remedy="Choose another place."
        ) from error
    if as_json:
        write_json({"file": file, "head": head})
        return
    Messages().note(f"{one_line(file)} is to be stamped: the journal ends with {head}.")


@proof.command()
@ledger_argument
@click.argument("file", metavar="PROOF", type=click.Path(exists=True, dir_okay=False))
@author_option
@json_option
def attach(ledger: str, file: str, author: str | None, as_json: bool) -> None:
    """Attach a proof: the .tsr file of an authority, or an .ots file. It must speak of an end that the journal once had.

    \b
    Examples:
      sayso proof attach flood.db head.tsr
      sayso proof attach flood.db head.txt.ots --author "Mara Quill"
    """
    from sayso import ledger as ledgers

    with ledgers.open(ledger) as opened:
        made = opened.attach_proof(Path(file).read_bytes(), author=author_or_user(author))
    if as_json:
        write_json(proof_row(made))
        return
    write("".join(f"{line}\n" for line in proof_lines(made)))


@proof.command("list")
@ledger_argument
@ca_option
@block_option
@json_option
def list_proofs(ledger: str, roots: tuple[str, ...], blocks: tuple[str, ...], as_json: bool) -> None:
    """List the proofs that are attached, with what each attests and what of that was checked.

    \b
    Examples:
      sayso proof list flood.db
      sayso proof list flood.db --ca authority.pem
    """
    from sayso import ledger as ledgers

    with ledgers.open(ledger) as opened:
        found = opened.proofs(roots=files(roots), blocks=headers(blocks))
    if as_json:
        write_json([proof_row(each) for each in found])
        return
    if not found:
        Messages().note("There are none.")
    write("".join(f"{line}\n" for each in found for line in proof_lines(each)))


def files(paths: tuple[str, ...]) -> list[bytes]:
    return [Path(path).read_bytes() for path in paths]


def headers(paths: tuple[str, ...]) -> list[bytes]:
    """The headers that stand in some files, one a line. Raises UsageError for a line that is none."""
    try:
        return [bytes.fromhex(line) for path in paths for line in Path(path).read_text("ascii").split()]
    except (ValueError, UnicodeDecodeError) as error:
        raise UsageError(
            "a line is no header of a block", where="--block", remedy="Write 160 hexadecimal digits, one header a line."
        ) from error


def proof_row(found: Proof) -> dict[str, object]:
    return {
        "row": found.row,
        "attached_at": found.attached_at,
        "author": found.author,
        "sha256": found.sha256,
        "kind": found.token.kind,
        "head": found.head,
        "of_row": found.of,
        "times": list(found.token.times),
        "by": list(found.token.by),
        "checked": list(found.token.checked),
        "unchecked": list(found.token.unchecked),
        "wrong": found.wrong,
    }


def proof_lines(found: Proof) -> list[str]:
    """A proof in words: what it attests, and what of that was looked at."""
    kind = {"rfc3161": "RFC 3161", "opentimestamps": "OpenTimestamps"}.get(found.token.kind, "proof")
    if found.wrong:
        return [f"proof of row {found.row} ({kind}): wrong: {one_line(found.wrong)}"]
    when = f"at {found.token.times[0]}" if found.token.times else "at a time that is not told yet"
    by = f" by {one_line(', '.join(found.token.by))}" if found.token.by else ""
    lines = [f"{kind}: {when} the journal ended with row {found.of}, attested{by}."]
    checked = ["it speaks of that row's hash", *found.token.checked]
    lines.append(f"  checked: {one_line('; '.join(checked))}")
    if found.token.unchecked:
        lines.append(f"  not checked: {one_line('; '.join(found.token.unchecked))}")
    return lines
