"""Reading what is to be watched from a TOML file. Everything that is wrong with it is told at once where it stands, with the remedy."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sayso.errors import InputError, UsageError
from sayso.ingest.fetch import checked_url
from sayso.model import ChangeKind, Status
from sayso.watch import settings as s
from sayso.watch.settings import Channel, Command, Mail, Place, PlaceKind, Quiet, Rule, Settings, Webhook
from sayso.watch.tables import Table

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAME = re.compile(r"[\w.-]{1,64}")
_REMEDY_URL = 'Write an address, as in url = "https://news.example/feed.xml".'
_TOPICS = ("question", "actor", "place", "story", "words")


def read_config(path: str) -> Settings:
    """The settings in the file at ``path``. Raises UsageError for a file that cannot be read or says what it must not."""
    try:
        content = Path(path).read_bytes().decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise UsageError(
            f"the configuration cannot be read ({reason})",
            where=path,
            remedy="`sayso watch --example` prints one to begin with.",
        ) from error
    return parse_config(content, where=path, base=Path(path).parent)


def parse_config(content: str, *, where: str, base: Path = Path()) -> Settings:
    """The same for its text; relative paths in it are meant from the folder ``base``."""
    try:
        values = tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(
            f"the configuration is no valid TOML ({error})",
            where=where,
            remedy="Mend that line; texts stand in quotes.",
        ) from error
    top = Table(values, where)
    general = top.table("watch") or Table({}, f"{where}: watch")
    allow_private = general.flag("allow_private", False)
    every = _every(general, "every", floor=s.FLOOR_HERE_S) or s.EVERY_S
    places = tuple(_place(table, every, base) for table in top.tables("place"))
    channels = tuple(_channel(table) for table in top.tables("channel"))
    rules = tuple(_rule(table, {channel.name for channel in channels}) for table in top.tables("alert"))
    state = general.text("state", 'Write a path, as in state = "flood.watch".')
    read = Settings(
        places=places,
        channels=channels,
        rules=rules,
        user_agent=general.text("user_agent", "Write who asks, with an address where you can be reached."),
        host_interval_s=_or(
            general.duration("host_interval", least=0.0 if allow_private else 1.0, most=300.0), s.HOST_INTERVAL_S
        ),
        hosts_at_once=general.number("hosts_at_once", s.HOSTS_AT_ONCE, least=1, most=32),
        allow_private=allow_private,
        respect_robots=not general.flag("ignore_robots", False),
        versions=general.one_of("versions", ("bytes", "text"), "bytes"),
        metrics_port=general.number("metrics_port", 0, least=0, most=65535) if general.has("metrics_port") else None,
        state=str(base / state) if state else None,
        workers=general.number("workers", 1, least=1, most=64),
    )
    general.done()
    top.done()
    if not places:
        raise UsageError(
            "no place is named", where=where, remedy='Add one: [[place]], name = "…", kind = "feed", url = "…".'
        )
    _names_once([place.name for place in places], where, "place")
    _names_once([channel.name for channel in channels], where, "channel")
    _names_once([rule.name for rule in rules], where, "alert")
    return read


def _names_once(names: list[str], where: str, kind: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"two have this name: {name}", where=f"{where}: [[{kind}]]", remedy="Rename one of them.")


def _name(table: Table) -> str:
    name = table.needed("name", 'Give it a name, as in name = "harbour-post".')
    if not _NAME.fullmatch(name):
        table.refuse("name", "this cannot be a name", "Use letters, digits, '.', '_' and '-', 64 at most.")
    return name


def _every(table: Table, key: str, *, floor: float) -> float | None:
    return table.duration(key, least=floor, most=30 * s.DAY)


# ---------------------------------------------------------------------------------------------------
# places


def _place(table: Table, every: float, base: Path) -> Place:
    name = _name(table)
    kind = PlaceKind(table.one_of("kind", [each.value for each in PlaceKind]))
    urls = tuple(_address(table, "urls", url) for url in table.texts("urls", 'Write urls = ["https://…"].'))
    local = kind in (PlaceKind.FOLDER, PlaceKind.TELEGRAM)
    if kind in (PlaceKind.FEED, PlaceKind.SITEMAP):
        at = _address(table, "url", table.needed("url", _REMEDY_URL))
    elif local:
        at = str(base / table.needed("path", 'Name the folder, as in path = "inbox".'))
    else:
        file = table.text("path", 'Name a file of addresses, as in path = "pages.txt".')
        at = str(base / file) if file else ""
        if bool(file) == bool(urls):
            table.refuse(
                "urls", "a list of pages has either urls or a path", 'Write urls = ["https://…"], or path = "…".'
            )
    if urls and kind is not PlaceKind.PAGES:
        table.refuse("urls", "only a place of the kind pages has these", f"Leave it out of a {kind.value}.")
    here = local or all(_on_this_machine(url) for url in (urls or (at,)))
    floor = s.FLOOR_HERE_S if here else s.FLOOR_S
    revisit = _every(table, "revisit", floor=floor)
    place = Place(
        name=name,
        kind=kind,
        at=at,
        urls=urls,
        every_s=_every(table, "every", floor=floor) or max(every, floor),
        follow=table.flag("follow", True),
        outlet=table.text("outlet", 'Write outlet = "Harbour Post".'),
        language=table.text("language", 'Write language = "en".'),
        only=table.texts("only", 'Write only = ["/news/"].'),
        never=table.texts("never", 'Write never = ["/sport/"].'),
        at_most=table.number("at_most", s.AT_MOST, least=1, most=50_000),
        not_older_s=_or(table.duration("not_older"), s.NOT_OLDER_S),
        revisit_s=revisit,
        revisit_for_s=_or(table.duration("revisit_for"), s.REVISIT_FOR_S),
        settle_s=_or(table.duration("settle", most=s.HOUR), s.SETTLE_S),
    )
    table.done()
    return place


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def _address(table: Table, key: str, url: str) -> str:
    try:
        checked_url(url, where=key)
    except InputError as error:
        table.refuse(key, error.problem.what, error.problem.remedy)
    return url.strip()


def _on_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


# ---------------------------------------------------------------------------------------------------
# channels


def _channel(table: Table) -> Channel:
    name = _name(table)
    kind = table.one_of("kind", ("webhook", "mail", "command"))
    by = _webhook(table) if kind == "webhook" else _mail(table) if kind == "mail" else _command(table)
    channel = Channel(
        name=name, by=by, digest_s=_or(table.duration("digest", most=7 * s.DAY), 0.0), quiet=_quiet(table)
    )
    table.done()
    return channel


def _webhook(table: Table) -> Webhook:
    return Webhook(
        url=_address(table, "url", table.needed("url", 'Write url = "https://desk.example/hook".')),
        secret_env=table.text("secret_env", 'Name an environment variable, as in secret_env = "SAYSO_HOOK_SECRET".'),
        allow_private=table.flag("allow_private", False),
    )


def _mail(table: Table) -> Mail:
    if table.has("password"):
        table.refuse(
            "password", "a password does not belong in this file", 'Put it in the environment: password_env = "…".'
        )
    security = table.one_of("security", ("starttls", "tls", "none"), "starttls")
    user = table.text("user", 'Write user = "desk@news.example".')
    password = table.text("password_env", 'Name an environment variable, as in password_env = "SAYSO_MAIL_PASSWORD".')
    if bool(user) != bool(password):
        table.refuse("password_env", "user and password_env belong together", "Give both, or neither.")
    if user and security == "none":
        table.refuse("security", "the password would travel unencrypted", 'Write security = "starttls" or "tls".')
    sender = table.needed("from", 'Write from = "sayso@news.example".')
    to = table.texts("to", 'Write to = ["desk@news.example"].')
    if not to:
        table.refuse("to", "this key is missing", 'Write to = ["desk@news.example"].')
    for key, address in (("from", sender), *(("to", each) for each in to)):
        if not re.fullmatch(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+", address):
            table.refuse(key, f"{address!r} is no mail address", 'Write it as in "desk@news.example".')
    return Mail(
        host=table.needed("host", 'Name the mail server, as in host = "mail.example".'),
        port=table.number("port", {"tls": 465, "starttls": 587, "none": 25}[security], least=1, most=65535),
        sender=sender,
        to=to,
        security=security,
        user=user,
        password_env=password,
    )


def _command(table: Table) -> Command:
    argv = table.texts("argv", 'Write the program and its arguments: argv = ["/usr/local/bin/tell", "--desk"].')
    if not argv:
        table.refuse("argv", "this key is missing", 'Write argv = ["/usr/local/bin/tell"].')
    return Command(argv=argv, timeout_s=table.duration("timeout", least=1.0, most=600.0) or s.COMMAND_S)


def _quiet(table: Table) -> Quiet | None:
    quiet = table.table("quiet")
    if quiet is None:
        return None
    zone = quiet.needed("zone", 'Name the time zone, as in zone = "Europe/Oslo".')
    try:
        known = ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        quiet.refuse("zone", f"no time zone is called {zone!r}", 'Write one of the IANA list: "Europe/Oslo", "UTC".')
    days = quiet.some_of("days", _DAYS)
    found = Quiet(
        quiet.clock("from"), quiet.clock("to"), known, frozenset(_DAYS.index(d) for d in days) or frozenset(range(7))
    )
    if found.begins == found.ends:
        quiet.refuse("to", "the quiet hours end when they begin", "Give another time, or leave quiet out.")
    quiet.done()
    return found


# ---------------------------------------------------------------------------------------------------
# alerts


def _rule(table: Table, channels: set[str]) -> Rule:
    name = _name(table)
    to = table.texts("to", 'Name channels: to = ["desk"].')
    if not to:
        table.refuse("to", "this key is missing", 'Name channels: to = ["desk"].')
    for each in to:
        if each not in channels:
            known = f"There are: {', '.join(sorted(channels))}." if channels else "There is none: add a [[channel]]."
            table.refuse("to", f"no channel is called {each!r}", known)
    topics = {key: table.text(key, f'Write {key} = "…".') for key in _TOPICS}
    becomes = table.some_of("becomes", [status.value for status in Status])
    kinds = table.some_of("kinds", [kind.value for kind in ChangeKind])
    rule = Rule(
        name=name,
        to=to,
        becomes=becomes,
        kinds=kinds,
        urgent=table.flag("urgent", False),
        lesser=table.flag("lesser", False),
        **topics,
    )
    table.done()
    if not (becomes or kinds or any(topics.values())):
        table.refuse(
            "becomes",
            "this alert says nothing of what it watches",
            f'Give one of {", ".join(_TOPICS)}, or becomes = ["disputed"].',
        )
    return rule
