"""The coastlines that a package brings, where it is installed; a map does without it."""

from __future__ import annotations

import gzip
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.serve.maps.shapes import countries


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    _forget()  # a test of another file may have drawn a map before
    yield
    _forget()


def _forget() -> None:
    countries.cache_clear()
    importlib.invalidate_caches()
    for name in [each for each in sys.modules if each.split(".")[0] == "geo_intel_offline"]:
        del sys.modules[name]


def package(tmp_path: Path, content: bytes | None) -> None:
    folder = tmp_path / "geo_intel_offline" / "data"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").write_text("")
    if content is not None:
        (folder / "polygons.json.gz").write_bytes(content)


@pytest.fixture
def instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose package stands before the installed one."""
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


SQUARE = "[[0, 1], [0, 2], [3, 2], [3, 1], [0, 1]]"


def test_latitude_comes_first_in_the_package_and_second_here(instead: Path) -> None:
    package(instead, gzip.compress(f'{{"1": {{"exterior": {SQUARE}, "holes": []}}}}'.encode()))
    (country,) = countries()
    assert country.rings[0][0].tolist() == [1.0, 0.0]
    assert country.boxes.tolist() == [[1.0, 0.0, 2.0, 3.0]]


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"no gzip",
        gzip.compress(b"no json", mtime=0),
        gzip.compress(b"[1]", mtime=0),
        gzip.compress(b'{"1": {"exterior": 5}}', mtime=0),
    ],
    ids=["no file", "no gzip", "no json", "a list", "no rings"],
)
def test_data_of_another_kind_is_a_map_without_coastlines(instead: Path, content: bytes | None) -> None:
    package(instead, content)
    assert countries() == ()


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("geo_intel_offline") is None, reason="the extra maps is not installed")
def test_the_package_holds_the_whole_earth() -> None:
    found = countries()
    assert len(found) > 200
    west, south, east, north = zip(*(box for country in found for box in country.boxes.tolist()), strict=True)
    assert (round(min(west)), round(max(east))) == (-180, 180)
    assert min(south) < -85
    assert max(north) > 83
