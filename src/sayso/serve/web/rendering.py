"""Templates: every string is escaped, characters that act on the text around them are made visible, words can be translated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from sayso.account.labels import counted, date_words, visible
from sayso.serve.web.drawing import chart_svg, ties_svg
from sayso.serve.web.drawing_flow import flow_svg
from sayso.serve.web.drawing_map import has_coastlines, map_svg
from sayso.serve.web.drawing_time import timeline_svg
from sayso.serve.web.messages import translator


@cache
def environment() -> Environment:
    """The templates of the web app. Messages stand in ``_()``, so that a catalogue can give them in another language."""
    made = Environment(
        loader=PackageLoader("sayso.serve.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        _=translator(), counted=counted, chart_svg=chart_svg, ties_svg=ties_svg, version=assets_version()
    )
    made.globals.update(flow_svg=flow_svg, map_svg=map_svg, timeline_svg=timeline_svg, has_coastlines=has_coastlines)
    made.filters["date"] = lambda value: date_words(value, clock=True)
    made.filters["at"] = address
    return made


def render(template: str, context: Mapping[str, Any]) -> str:
    """The page of ``template`` in ``templates/``. Every form that changes something gets the form token of ``desk``, so that none can
    go without."""
    page = environment().get_template(template).render(**context)
    token = context["desk"].form_token
    return (
        _POSTING.sub(lambda form: f'{form[0]}<input type="hidden" name="csrf" value="{escape(token)}">', page)
        if token
        else page
    )


# No text can look like this: every "<" that is not of a template is escaped.
_POSTING = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>')


def address(path: str, **asked: str | None) -> str:
    """An address of ours: each part escaped, and what is asked for behind it; what is None or empty is left out."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return quote(path, safe="/") + (f"?{query}" if query else "")


def _printed(value: Any) -> Any:
    """What a template prints: text that cannot act; Markup is ours and stays."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def assets_version() -> str:
    """Stands in the addresses of scripts and styles, so that a browser keeps them until they change."""
    import hashlib

    told = hashlib.sha256()
    for folder in (files("sayso.serve.web").joinpath("static"), files("sayso.account").joinpath("templates")):
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            told.update(file.read_bytes())
    return told.hexdigest()[:12]
