"""The feeds of a story: Atom (RFC 4287) and JSON Feed 1.1, from one context."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from sayso.account.labels import visible
from sayso.serve.desk import Desk
from sayso.serve.pages.feed import Feed, feed

_ATOM = "http://www.w3.org/2005/Atom"


def _answers(kind: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "The feed.", "content": {kind: {}}}}


def feed_routes(desk: Desk) -> APIRouter:
    """The feeds that a reader of news takes up."""
    router = APIRouter(tags=["read"])

    @router.get("/stories/{story}/feed.atom", response_class=Response, responses=_answers("application/atom+xml"))
    def atom(request: Request, story: str) -> Response:
        """How the claims of a story stand, as an Atom feed: one entry for each status that a claim came to."""
        made = atom_of(feed(desk.view(story).view), str(request.base_url).rstrip("/"))
        return Response(made, media_type="application/atom+xml")

    @router.get("/stories/{story}/feed.json", response_class=Response, responses=_answers("application/feed+json"))
    def json_feed(request: Request, story: str) -> JSONResponse:
        """The same as a JSON Feed."""
        made = json_feed_of(feed(desk.view(story).view), str(request.base_url).rstrip("/"))
        return JSONResponse(made, media_type="application/feed+json")

    return router


def atom_of(told: Feed, root: str) -> bytes:
    """The feed as Atom. ``root`` is the address of the desk, without a slash at its end."""
    ElementTree.register_namespace("", _ATOM)
    top = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(top, "id", f"urn:sayso:{told.story}")
    _add(top, "title", told.title)
    _add(top, "updated", told.updated)
    _add(_add(top, "author"), "name", "sayso")
    _add(top, "link", rel="alternate", href=f"{root}/stories/{told.story}")
    _add(top, "link", rel="self", href=f"{root}/api/v1/stories/{told.story}/feed.atom")
    for entry in told.entries:
        each = _add(top, "entry")
        _add(each, "id", f"urn:sayso:{entry.id}")
        _add(each, "title", entry.title)
        _add(each, "updated", entry.updated)
        _add(each, "link", rel="alternate", href=f"{root}/claims/{entry.claim}")
        _add(each, "category", term=entry.status.status.value)
        _add(each, "summary", entry.summary)
    made: bytes = ElementTree.tostring(top, encoding="utf-8", xml_declaration=True)
    return made


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = visible(text) or None
    return child


def json_feed_of(told: Feed, root: str) -> dict[str, Any]:
    """The feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": told.title,
        "home_page_url": f"{root}/stories/{told.story}",
        "feed_url": f"{root}/api/v1/stories/{told.story}/feed.json",
        "items": [
            {
                "id": f"urn:sayso:{entry.id}",
                "url": f"{root}/claims/{entry.claim}",
                "title": entry.title,
                "content_text": entry.summary,
                "date_modified": entry.updated,
                "tags": [entry.status.status.value],
            }
            for entry in told.entries
        ],
    }
