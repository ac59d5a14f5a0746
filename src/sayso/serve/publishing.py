"""The desk as a folder of pages that opens from disk: the same templates and contexts, with every address made relative.

Nothing in it asks a server for anything: no script, no form, no search. What is published is every page of the bar but the review queue,
long lists in all their parts, and the page of every question, claim, report, actor and place; a link to anything else (other times)
becomes plain words. The folder lands whole or not at all, and a
list of what was written (``sayso.json``) lies in it, so that publishing again touches nothing that it did not write itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sayso.errors import InputError, UsageError
from sayso.serve.pages.account import account_page
from sayso.serve.pages.actors import actor_page, actors_page
from sayso.serve.pages.beside import beside_page
from sayso.serve.pages.changes import changes_page, default_since
from sayso.serve.pages.claim import claim_page
from sayso.serve.pages.flow import flow_page
from sayso.serve.pages.lists import questions_page, reports_page
from sayso.serve.pages.places import map_page, place_page
from sayso.serve.pages.question import question_page
from sayso.serve.pages.report import report_page
from sayso.serve.pages.stories import stories_page
from sayso.serve.pages.timeline import timeline_page
from sayso.serve.pages.view import View
from sayso.serve.web.frame import Frame, Links, frame
from sayso.serve.web.rendering import address, render

if TYPE_CHECKING:
    from sayso.ledger import Ledger

LIST = "sayso.json"
"""The file that says which files of the folder were published, with their SHA-256."""

POLICY = "default-src 'none'; style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'"
"""What a page may load, wherever the folder lies: styles and pictures beside it. To ``'self'`` no file on a disk belongs."""

_ASSETS = {
    "desk.css": "sayso.serve.web/static",
    "icon.svg": "sayso.serve.web/static",
    "account.css": "sayso.account/templates",
}
_LEFT_OUT = "sayso:left-out"
# A link to a page that is not here. Every ">" in an attribute is escaped, and no link stands in another.
_DEAD_LINK = re.compile(rf'<a\b[^>]*\bhref="(?:{_LEFT_OUT}|/)[^"]*"[^>]*>(.*?)</a>', re.S)
_SAFE_ID = re.compile(r"[a-z]{1,3}-[a-z0-9]{1,64}")


@dataclass(frozen=True, slots=True)
class Published:
    """What stands in ``folder`` now: how many pages, and how many files of an earlier time were taken away."""

    folder: str
    pages: int
    removed: int


def publish(
    ledger: Ledger,
    folder: str,
    *,
    name: str,
    story: str | None = None,
    as_of: str | None = None,
    force: bool = False,
    progress: Callable[[int, int | None], None] | None = None,
) -> Published:
    """Writes every story of ``ledger``, or one (its id or the beginning of it), as of the end of a time, as pages in ``folder``.

    ``folder`` must be empty or new; with ``force`` what an earlier `publish` wrote there is replaced, and nothing else touched. ``name`` is
    what the ledger is called. Raises UsageError for a folder that holds anything else in the way, and what the ledger raises.
    """
    target = Path(folder).absolute()
    if target.is_symlink():
        target = target.resolve()
    ours = _ours_in(target, force=force)
    stories = [ledger.story(story, as_of=as_of).id] if story else [each.id for each in ledger.stories(as_of=as_of)]
    if not stories:
        raise InputError("nothing was out yet", where=name, remedy="Publish as of a later time, or add reports first.")
    try:
        return _published(ledger, target, ours, stories, name=name, as_of=as_of, progress=progress)
    except OSError as error:
        raise UsageError(
            f"the pages cannot be written there ({error.strerror or error})",
            where=str(target),
            remedy="Nothing was changed. Name another folder, or make room.",
        ) from error


def _published(
    ledger: Ledger,
    target: Path,
    ours: Mapping[str, str],
    stories: list[str],
    *,
    name: str,
    as_of: str | None,
    progress: Callable[[int, int | None], None] | None,
) -> Published:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        draft.chmod(0o755)
        pages = 0
        for file, page in _pages(ledger, stories, name=name, as_of=as_of):
            _write(draft / file, page.encode("utf-8", "replace"))
            pages += 1
            if progress is not None:
                progress(pages, None)
        for asset, home in _ASSETS.items():
            _write(draft / "assets" / asset, _asset(asset, home))
        written = {file.relative_to(draft).as_posix(): file for file in sorted(draft.rglob("*")) if file.is_file()}
        listed = {file: hashlib.sha256(path.read_bytes()).hexdigest() for file, path in written.items()}
        _write(draft / LIST, (json.dumps({"files": listed}, indent=1) + "\n").encode())
        removed = _put_in_place(draft, target, ours)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Published(str(target), pages, removed)


# ---------------------------------------------------------------------------------------------------
# Pages


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be written: its ``address`` on the desk (a path and what is asked for behind it), the file it stands in, its template,
    what makes its context, and ``also`` other addresses of it."""

    address: str
    file: str
    template: str
    context: Callable[[], object]
    also: tuple[str, ...] = ()


def _pages(ledger: Ledger, stories: list[str], *, name: str, as_of: str | None) -> Iterator[tuple[str, str]]:
    """Each page with the file that it stands in."""
    several = len(stories) > 1
    if several:
        listed = stories_page(ledger, as_of=as_of)
        home = {f"/stories/{each}": _story_file(each, "account.html", several) for each in stories}
        around = replace(frame(name, "published", "/stories"), as_of=as_of)
        yield "index.html", _page("stories.html", around, listed, "index.html", home)
    for each in stories:
        view = View.of(ledger, each, as_of=as_of)
        pages = [*_list_pages(ledger, view, several), *_record_pages(view, several)]
        known = {"/": "index.html", "/stories": "index.html"}
        known |= {at: page.file for page in pages for at in (page.address, *page.also)}
        for page in pages:
            around = frame(name, view.head, page.address.partition("?")[0], view=view)
            yield page.file, _page(page.template, around, page.context(), page.file, known)


def _list_pages(ledger: Ledger, view: View, several: bool) -> Iterator[Page]:
    """The pages of the bar, those of long lists in as many files as they have parts."""
    story = f"/stories/{view.story.id}"

    def whole(end: str, template: str, make: Callable[[], object]) -> Page:
        return Page(story + end, _story_file(view.story.id, template, several), template, make)

    def parts(name: str, make: Callable[[int], Any], kind: str = "", **asked: str) -> Iterator[Page]:
        """The parts of a list as one ``kind`` of the page shows it: "map-world.html", "map-world-2.html"."""
        path = f"{story}/{name}"
        for number, (start, made) in enumerate(_parts(make), start=1):
            file = "-".join(each for each in (name, kind, str(number) if number > 1 else "") if each)
            at = _at(path, **asked, start=str(start) if start else None)
            also = (path,) if not kind and number == 1 else ()
            yield Page(at, _story_file(view.story.id, f"{file}.html", several), f"{name}.html", _just(made), also)

    yield whole("", "account.html", lambda: account_page(view))
    yield whole("/questions", "questions.html", lambda: questions_page(view))
    yield whole("/reports", "reports.html", lambda: reports_page(view))
    yield from parts("actors", partial(_starting, actors_page, view))
    yield from parts("timeline", partial(_starting, timeline_page, view))
    yield from parts(
        "timeline", partial(_starting, timeline_page, view, part="background"), "background", part="background"
    )
    yield from parts("map", partial(_starting, map_page, view))
    if any(place.lat is not None for place in view.places.values()):  # else nothing is drawn, and nothing leads there
        yield from parts("map", partial(_starting, map_page, view, extent="world"), "world", extent="world")
    yield from parts("flow", partial(_starting, flow_page, view))
    since = default_since(view)
    changes = ledger.changes(since=since, until=view.as_of, story=view.story.id)
    yield from parts("changes", partial(_starting, changes_page, view, changes), since=since)
    everything = partial(_starting, changes_page, view, changes, everything=True)
    yield from parts("changes", everything, "all", since=since, everything="yes")


def _record_pages(view: View, several: bool) -> Iterator[Page]:
    """A page for each question, claim, report, actor and place, and for each two reports of which one has it from the other."""
    kinds: tuple[tuple[str, Iterable[str], Callable[[View, str], object]], ...] = (
        ("question", view.questions, question_page),
        ("claim", view.claims, claim_page),
        ("report", view.reports, report_page),
    )
    for kind, ids, context_of in kinds:
        for record in sorted(ids):
            file = f"{kind}s/{_checked(record)}.html"
            yield Page(f"/{kind}s/{record}", file, f"{kind}.html", partial(context_of, view, record))
    for derived, base in sorted({(edge.derived, edge.base) for edge in view.flow.edges}):
        file = f"beside/{_checked(derived)}-{_checked(base)}.html"
        at, back = f"/reports/{derived}/beside/{base}", f"/reports/{base}/beside/{derived}"
        yield Page(at, file, "beside.html", partial(beside_page, view, derived, base), (back,))
    yield from _parted_pages(view, several, "actors", view.known, "actor.html", actor_page)
    yield from _parted_pages(view, several, "map", view.places, "place.html", place_page)


def _parted_pages(
    view: View, several: bool, folder: str, ids: Iterable[str], template: str, context_of: Callable[..., Any]
) -> Iterator[Page]:
    """A page for each of these records, in as many files as its list has parts."""
    for record in sorted(ids):
        path = f"/stories/{view.story.id}/{folder}/{_checked(record)}"
        for number, (start, made) in enumerate(_parts(partial(_starting, context_of, view, record)), start=1):
            file = f"{folder}/{record}-{number}.html" if number > 1 else f"{folder}/{record}.html"
            at = _at(path, start=str(start) if start else None)
            yield Page(at, _story_file(view.story.id, file, several), template, _just(made))


def _starting(context_of: Callable[..., Any], *what: object, **how: Any) -> Any:
    """The part of a list that begins at the last of ``what``."""
    return context_of(*what[:-1], start=what[-1], **how)


def _just(made: object) -> Callable[[], object]:
    return lambda: made


def _parts(make: Callable[[int], Any]) -> Iterator[tuple[int, Any]]:
    """The parts of a long list, each with the place at which it begins."""
    start: int | None = 0
    while start is not None:
        made = make(start)
        yield start, made
        start = made.paging.next


def _at(path: str, **asked: str | None) -> str:
    """An address that is the same in whatever order things are asked for."""
    return address(path, **dict(sorted(asked.items())))


def _story_file(story: str, file: str, several: bool) -> str:
    """Of the only story there is, the account is the first page."""
    if several:
        return f"stories/{_checked(story)}/{file}"
    return "index.html" if file == "account.html" else file


def _page(template: str, around: Frame, page: object, file: str, known: Mapping[str, str]) -> str:
    links = _links(file, known, around.as_of)
    tabs = tuple(tab for tab in around.tabs if tab.path in known)
    desk = replace(around, links=links, tabs=tabs, newest=True, writable=False)
    made = render(template, {"desk": desk, "page": page, "policy_on_disk": POLICY})
    return _DEAD_LINK.sub(r"\1", made)


def _links(file: str, known: Mapping[str, str], as_of: str | None) -> Links:
    """The addresses in the page ``file``: relative to it, to what stands in the folder and is of the same time."""
    up = "../" * (len(PurePosixPath(file).parts) - 1)

    def link(path: str, asked: Mapping[str, str | None]) -> str:
        if path.startswith("/static/"):
            return f"{up}assets/{path.rpartition('/')[2]}"
        more = {key: value for key, value in asked.items() if value and key not in ("as_of", "statement")}
        found = known.get(_at(path, **more))
        if found is None or asked.get("as_of") != as_of:
            return _LEFT_OUT
        return up + found

    return link


def _checked(record: str) -> str:
    """An id that may become part of a file's name: ours always may."""
    if _SAFE_ID.fullmatch(record) is None:
        raise InputError("this id cannot be part of a file's name", where=ascii(record), remedy="Run `sayso verify`.")
    return record


def _asset(name: str, home: str) -> bytes:
    package, folder = home.split("/")
    return files(package).joinpath(folder, name).read_bytes()


# ---------------------------------------------------------------------------------------------------
# The folder


def _ours_in(target: Path, *, force: bool) -> dict[str, str]:
    """What an earlier `publish` wrote there, with its hashes. Raises UsageError for a folder that is in use otherwise."""
    if not target.exists():
        return {}
    if not target.is_dir():
        raise UsageError("this is no folder", where=str(target), remedy="Name a new folder, or an empty one.")
    if next(target.iterdir(), None) is None:
        return {}
    if not force:
        raise UsageError(
            "this folder is not empty",
            where=str(target),
            remedy="Name a new folder; or say --force to replace what was published here, and nothing else.",
        )
    try:
        listed = json.loads((target / LIST).read_bytes())["files"]
        return {str(file): str(told) for file, told in listed.items() if _is_inside(str(file))} | {LIST: ""}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise UsageError(
            "the list of what was published here cannot be read", where=str(target / LIST), remedy="Name a new folder."
        ) from error


def _is_inside(file: str) -> bool:
    """Whether a name on the list is one that we give: the list may have been changed by hand."""
    return re.fullmatch(r"(?:[a-z0-9-]+/){0,3}[a-z0-9-]+\.(?:html|css|svg)", file) is not None


def _put_in_place(draft: Path, target: Path, ours: Mapping[str, str]) -> int:
    """Moves a finished folder to where it belongs; how many files of an earlier time went. All of it, or nothing."""
    if not target.exists() or next(target.iterdir(), None) is None:
        os.replace(draft, target)  # one step, and an empty folder may be in its place
        return 0
    new = {file.relative_to(draft).as_posix() for file in draft.rglob("*") if file.is_file()}
    stale = {file for file in ours if file not in new and (target / file).is_file()}
    for file in sorted(new | stale):
        _refuse_anothers(target, file, ours)
    kept = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    moved: list[tuple[Path, Path]] = []
    try:
        for file in sorted(new | stale):
            if (target / file).exists():
                _move(target / file, kept / file, moved)
            if file in new:
                _move(draft / file, target / file, moved)
    except BaseException:
        for start, end in reversed(moved):
            os.replace(end, start)
        raise
    finally:
        shutil.rmtree(kept, ignore_errors=True)
    for folder in sorted({(target / file).parent for file in stale} - {target}, key=lambda each: -len(each.parts)):
        if next(folder.iterdir(), None) is None:
            folder.rmdir()
    return len(stale)


def _refuse_anothers(target: Path, file: str, ours: Mapping[str, str]) -> None:
    """Raises UsageError where ``file`` would be written over, or through, something that we did not write."""
    path = target / file
    for above in path.relative_to(target).parents:
        if (target / above).is_symlink() and above != Path("."):
            raise UsageError("this is a link to somewhere else", where=str(target / above), remedy="Name a new folder.")
    if not (path.exists() or path.is_symlink()):
        return
    unchanged = path.is_file() and not path.is_symlink()
    unchanged = unchanged and ours.get(file) in ("", hashlib.sha256(path.read_bytes()).hexdigest())
    if not unchanged:
        raise UsageError(
            "this file was not published from here, or was changed since",
            where=str(path),
            remedy="Move it away, or name a new folder.",
        )


def _move(start: Path, end: Path, moved: list[tuple[Path, Path]]) -> None:
    end.parent.mkdir(parents=True, exist_ok=True)
    os.replace(start, end)
    moved.append((start, end))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
