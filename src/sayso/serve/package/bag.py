"""The tag files that make a folder a bag (BagIt 1.0, RFC 8493), written after everything else is in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_BUFFER = 1 << 20


def close_bag(folder: Path, *, identifier: str) -> None:
    """Writes ``bagit.txt``, ``bag-info.txt`` and both manifests of a folder whose payload is in ``data``."""
    payload = sorted(path for path in (folder / "data").rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in payload)
    _write(folder / "bagit.txt", ["BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"])
    _write(
        folder / "bag-info.txt",
        [
            f"Bag-Software-Agent: sayso {version('sayso')}",
            f"Bagging-Date: {datetime.now(UTC):%Y-%m-%d}",
            "External-Description: An evidence package of a ledger of sayso; README.txt says what it is",
            f"External-Identifier: journal head {identifier}",
            f"Payload-Oxum: {size}.{len(payload)}",
        ],
    )
    _write(folder / "manifest-sha256.txt", _listed(folder, payload))
    tags = sorted(path for path in folder.iterdir() if path.is_file())
    _write(folder / "tagmanifest-sha256.txt", _listed(folder, tags))


def _listed(folder: Path, paths: Iterable[Path]) -> Iterator[str]:
    return (f"{_sha256(path)}  {path.relative_to(folder).as_posix()}" for path in paths)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_BUFFER):
            digest.update(chunk)
    return digest.hexdigest()


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")
