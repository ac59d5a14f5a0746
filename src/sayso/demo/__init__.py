"""The demonstration: an invented incident in an invented country, and what is true of it.

``reports/`` holds the incident as a dozen invented outlets told it, in the formats that a desk meets: pages, bare
texts, a feed, a channel's export. ``truth.json`` says what stands in them: who said what, who copied whom, what was
revised, what is disputed, what nobody knows. Every name in both is invented.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from sayso.demo.truth import Truth, read_truth

__all__ = ["Truth", "copy_reports", "load_truth", "reports"]


def reports() -> Traversable:
    """The folder of reports, wherever the package is installed."""
    return files(__name__).joinpath("reports")


def copy_reports(folder: Path) -> tuple[Path, ...]:
    """Copies the reports, with their subfolders, into ``folder``; the paths written, in order of name.

    Files of the same names there are overwritten. Raises OSError where ``folder`` cannot be written.
    """
    return tuple(_copy(reports(), folder))


def load_truth() -> Truth:
    """What is true of the demonstration."""
    return read_truth(files(__name__).joinpath("truth.json").read_text("utf-8"))


def _copy(source: Traversable, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
        target = folder / entry.name
        if entry.is_dir():
            written += _copy(entry, target)
        else:
            target.write_bytes(entry.read_bytes())
            written.append(target)
    return written
