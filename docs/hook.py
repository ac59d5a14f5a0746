"""What mkdocs asks of us while it builds the site (`make docs`): made pages, pieces made from the code, printed outputs, links.

A page whose front matter says ``outputs: printed`` shows what its commands really print.
"""

from __future__ import annotations

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from making.links import CARRIED, relinked
from making.printed import Unexpected, with_output
from making.site import PAGES, filled, made


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Adds the made pages to those that lie in the folder."""
    for place, text in made().items():
        files.append(File.generated(config, place, content=text))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The text of a page as the site shows it."""
    place = page.file.src_uri
    if place in PAGES:
        return markdown
    try:
        if place not in CARRIED.values():
            markdown = filled(markdown)
        if page.meta.get("outputs") == "printed" and config.extra.get("printed", True):
            markdown = with_output(markdown, place)
    except (KeyError, Unexpected) as error:
        raise PluginError(f"{place}: {error}") from error
    return relinked(markdown, place)


_BLOCK = re.compile(r'<div class="language-console highlight">(.*?)</div>', re.S)


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Marks the blocks that hold a table in columns: their lines must not wrap, and those of all others may."""

    def marked(block: re.Match[str]) -> str:
        return block[0].replace('class="', 'class="columns ', 1) if "-----  -----" in block[1] else block[0]

    return _BLOCK.sub(marked, html)
