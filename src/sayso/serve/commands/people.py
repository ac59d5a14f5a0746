"""`sayso people`: who may log in to the desk of a ledger, what they may do there, and what they did."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from sayso.errors import UsageError
from sayso.serve.options import author_or_user, json_option, ledger_argument, limit_option
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages, stdout_width, table

if TYPE_CHECKING:
    from sayso.serve.people.store import Listed, PeopleStore
    from sayso.serve.people.tokens import Token

_ROLES = ("reader", "editor", "admin")
_SCOPES = ("read", "write", "admin")

role_option = click.option(
    "--role", type=click.Choice(_ROLES), default="reader", show_default=True, help="What they may do."
)
stdin_option = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
@ledger_argument
@click.pass_context
def people(ctx: click.Context, ledger: str) -> None:
    """Who may log in to the desk of a ledger (`sayso serve LEDGER --auth`).

    A reader reads; an editor judges and adds reports too; an admin manages people and tokens too. They are kept in a file beside the
    ledger, LEDGER.people, which holds no password and no token, only hashes of them. The ledger itself knows nothing of it.

    \b
    Examples:
      sayso people flood.db add ada --role admin
      sayso people flood.db token ada --scope read --name "nightly export"
      sayso people flood.db audit
    """
    ctx.obj = ledger


@people.command()
@click.argument("name")
@role_option
@stdin_option
@json_option
@click.pass_context
def add(ctx: click.Context, name: str, role: str, password_stdin: bool, as_json: bool) -> None:
    """Add a person; the password is asked for, never an argument that others could see.

    \b
    Examples:
      sayso people flood.db add ada --role editor
    """
    from sayso.serve.people.passwords import Passwords
    from sayso.serve.people.roles import Role
    from sayso.serve.people.store import checked_name

    shown = checked_name(name)
    with _opened(ctx, create=True) as store:
        kept = Passwords().new(_password(password_stdin), name=shown)
        with store.writing():
            listed = store.add(shown, Role.of(role), kept)
            _note(store, f"added a person ({role})", listed.name)
        _told(as_json, _person(listed), f"{listed.name} may log in as {role}.")


@people.command("list")
@click.option("--all", "removed", is_flag=True, help="Those too who were removed.")
@json_option
@click.pass_context
def list_(ctx: click.Context, removed: bool, as_json: bool) -> None:
    """List who may log in.

    \b
    Examples:
      sayso people flood.db list
    """
    with _opened(ctx) as store:
        rows = [_person(each) for each in store.people(removed=removed)]
    _listed(as_json, rows, ("name", "role", "added_at", "removed_at") if removed else ("name", "role", "added_at"))


@people.command()
@click.argument("name")
@click.argument("role", type=click.Choice(_ROLES))
@json_option
@click.pass_context
def role(ctx: click.Context, name: str, role: str, as_json: bool) -> None:
    """Change what a person may do; it holds from their next request.

    \b
    Examples:
      sayso people flood.db role ada admin
    """
    from sayso.serve.people.roles import Role

    with _opened(ctx) as store, store.writing():
        listed = store.person(name)
        store.set_role(listed, Role.of(role))
        _note(store, f"made a person {role}", listed.name)
        _told(as_json, _person(store.person(name)), f"{listed.name} is {role} now.")


@people.command()
@click.argument("name")
@json_option
@click.pass_context
def remove(ctx: click.Context, name: str, as_json: bool) -> None:
    """Remove a person: they may not log in any more, their sessions end, their tokens are revoked.

    What they judged stays, under their name.

    \b
    Examples:
      sayso people flood.db remove ada
    """
    with _opened(ctx) as store, store.writing():
        listed = store.person(name)
        store.remove(listed)
        _note(store, "removed a person", listed.name)
        _told(as_json, {**_person(listed), "removed_at": _iso(store.now())}, f"{listed.name} may not log in any more.")


@people.command()
@click.argument("name")
@stdin_option
@json_option
@click.pass_context
def password(ctx: click.Context, name: str, password_stdin: bool, as_json: bool) -> None:
    """Give a person a new password; their sessions end. Tokens stay: see `revoke`.

    \b
    Examples:
      sayso people flood.db password ada
    """
    from sayso.serve.people.logging_in import change_password
    from sayso.serve.people.passwords import Passwords

    with _opened(ctx) as store:
        listed = store.person(name)
        change_password(store, Passwords(), listed, _password(password_stdin), by=author_or_user(None))
        _told(as_json, _person(listed), f"{listed.name} has a new password, and is logged in nowhere.")


@people.command()
@click.argument("name")
@click.option("--scope", type=click.Choice(_SCOPES), default="read", show_default=True, help="What it may be used for.")
@click.option("--name", "label", default="", metavar="TEXT", help="What it is for, so that lists can tell it.")
@click.option("--days", type=int, default=90, show_default=True, help="How long it lasts.")
@json_option
@click.pass_context
def token(ctx: click.Context, name: str, scope: str, label: str, days: int, as_json: bool) -> None:
    """Make a token with which a program speaks for a person: Authorization: Bearer TOKEN.

    It is shown this once. It never may more than the person may.

    \b
    Examples:
      sayso people flood.db token ada --scope read --name "nightly export"
    """
    from sayso.serve.people import tokens

    with _opened(ctx) as store:
        with store.writing():
            made, secret = tokens.make(store, store.person(name), name=label, scope=scope, days=days)
            _note(store, f"made a token ({scope})", f"{made.id} of {made.person}")
        if as_json:
            write_json({**_token(made, store), "token": secret})
        else:
            write(secret + "\n")
            Messages().note(
                f"{made.id} ends {_iso(made.ends_at)}. It is shown this once: keep it where your program finds it."
            )


@people.command("tokens")
@click.argument("name", required=False)
@json_option
@click.pass_context
def tokens_(ctx: click.Context, name: str | None, as_json: bool) -> None:
    """List tokens, of everybody or of one person.

    \b
    Examples:
      sayso people flood.db tokens ada
    """
    from sayso.serve.people import tokens

    with _opened(ctx) as store:
        person_id = store.person(name).id if name else None
        rows = [_token(each, store) for each in tokens.tokens(store, person_id=person_id)]
    _listed(as_json, rows, ("id", "person", "scope", "state", "ends_at", "used_at", "name"))


@people.command()
@click.argument("token")
@json_option
@click.pass_context
def revoke(ctx: click.Context, token: str, as_json: bool) -> None:
    """End a token for good, by its id (t-...).

    \b
    Examples:
      sayso people flood.db revoke t-k3v
    """
    from sayso.serve.people import tokens

    with _opened(ctx) as store, store.writing():
        found = tokens.revoke(store, token)
        _note(store, "revoked a token", f"{found.id} of {found.person}")
        _told(as_json, _token(found, store), f"{found.id} opens nothing any more.")


@people.command()
@limit_option
@json_option
@click.pass_context
def audit(ctx: click.Context, limit: int | None, as_json: bool) -> None:
    """Show who did what, when and from where, and check that no row was changed or cut out.

    Ends with 3 where the log is broken.

    \b
    Examples:
      sayso people flood.db audit --limit 20
    """
    from sayso.serve.people import audit as log

    with _opened(ctx) as store:
        found = log.entries(store)
    shown = found[-limit:] if limit else found
    _listed(as_json, [asdict(entry) for entry in shown], ("at", "who", "what", "about", "address"))
    broken = log.check(found)
    if broken is not None:
        Messages().problem(broken)
        ctx.exit(3)


# ---------------------------------------------------------------------------------------------------


def _opened(ctx: click.Context, *, create: bool = False) -> PeopleStore:
    """The people beside the ledger that the command was given, which must be there."""
    from sayso import ledger as ledgers
    from sayso.serve.people.store import open_people, people_path

    ledgers.open(ctx.obj).close()  # a slip in the name must not make people of no ledger
    return open_people(people_path(ctx.obj), create=create)


def _password(from_stdin: bool) -> str:
    """A password from standard input, or from a person who types it twice."""
    if from_stdin:
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise UsageError("no password came in", where="standard input", remedy="Send it as one line.")
        return line
    if not sys.stdin.isatty():
        raise UsageError(
            "nobody is there to type a password", where="standard input", remedy="Say --password-stdin and send it."
        )
    return str(click.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True))


def _note(store: PeopleStore, what: str, about: str) -> None:
    from sayso.serve.people import audit as log

    log.note(store, author_or_user(None), what, about=about)


def _person(listed: Listed) -> dict[str, Any]:
    return {
        "name": listed.name,
        "role": listed.role.word,
        "added_at": _iso(listed.added_at),
        "removed_at": _iso(listed.removed_at) if listed.removed_at else None,
    }


def _token(token: Token, store: PeopleStore) -> dict[str, Any]:
    from sayso.serve.people import tokens

    return {
        "id": token.id,
        "person": token.person,
        "name": token.name,
        "scope": token.scope,
        "state": tokens.state_of(token, store.now()),
        "made_at": _iso(token.made_at),
        "ends_at": _iso(token.ends_at),
        "used_at": _iso(token.used_at) if token.used_at else None,
    }


def _iso(seconds: float) -> str:
    from sayso.serve.people.audit import iso

    return iso(seconds)


def _told(as_json: bool, row: dict[str, Any], words: str) -> None:
    if as_json:
        write_json(row)
    else:
        write(words + "\n")


def _listed(as_json: bool, rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    if as_json:
        for row in rows:
            write_json(row)
        return
    cells = [[str(row[column] if row[column] is not None else "-") for column in columns] for row in rows]
    headings = [column.removesuffix("_at") for column in columns]
    write("".join(line + "\n" for line in table(headings, cells, width=stdout_width())))
