"""All shards of a place come to what the place comes to; a file elsewhere is read as one here."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.errors import InputError
from sayso.ingest import Shard, read_sources, remote, split, splitting
from sayso.ingest.shards import Records, halves
from sayso.model import Captured, Problem
from tests.ingest.making import options, read, write

PAGE = "<html lang='en'><head><title>Gate {n} holds</title></head><body><article><p>Gate {n} of the dam at Ostrel held through the night, the river authority said on Wednesday.</p></article></body></html>"


def archive(pages: int, *, packed: bool = True) -> bytes:
    """A WARC with a request before every response, and a picture after every third."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("made.warc.gz", {"software": "made"}))
    for n in range(pages):
        add(writer, "request", f"https://courier.example/{n}", b"", "text/html")
        add(writer, "response", f"https://courier.example/{n}", PAGE.format(n=n).encode(), "text/html")
        if n % 3 == 0:
            add(writer, "response", f"https://courier.example/{n}.png", b"\x89PNG", "image/png")
    return out.getvalue()


def add(writer: Any, kind: str, url: str, body: bytes, media_type: str) -> None:
    status = StatusAndHeaders("200 OK" if kind == "response" else "GET / HTTP/1.1", [("Content-Type", media_type)], protocol="HTTP/1.1")  # fmt: skip
    made = writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        http_headers=status,
        warc_headers_dict={"WARC-Date": "2031-04-02T10:00:00Z"},
    )
    writer.write_record(made)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "_SMALL", 100)


def by_shards(place: Path | str, pages: int) -> list[Captured | Problem]:
    shards = list(split([str(place)], pages=pages))
    return [each for shard in shards for each in read_sources([shard], options=options())]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("pages", [1, 3, 7, 100])
def test_an_archive_in_parts_is_the_whole(tmp_path: Path, packed: bool, pages: int) -> None:
    path = write(tmp_path, "made.warc.gz" if packed else "made.warc", archive(10, packed=packed))
    whole = read(path)
    assert len(whole) == 10
    assert by_shards(path, pages) == whole
    assert len(list(split([str(path)], pages=pages))) == -(-10 // pages)


@pytest.mark.parametrize("pages", [1, 4])
def test_parts_can_be_halved_until_they_are_one_record(tmp_path: Path, pages: int) -> None:
    path = write(tmp_path, "made.warc.gz", archive(9))

    def ones(shard: Shard) -> Iterator[Shard]:
        parts = halves(shard)
        if not parts:
            yield shard
        for part in parts:
            yield from ones(part)

    singles = [one for shard in split([str(path)], pages=pages) for one in ones(shard)]
    assert all(s.records is not None and s.records.end - s.records.first == 1 for s in singles)
    assert [each for s in singles for each in read_sources([s], options=options())] == read(path)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("at", [0.4, 0.8, 0.99])
def test_a_damaged_archive_comes_to_the_same(tmp_path: Path, at: float, packed: bool) -> None:
    raw = archive(10, packed=packed)
    place = int(len(raw) * at)
    for name, damaged in (("cut.warc", raw[:place]), ("hit.warc", raw[:place] + b"\xff" * 40 + raw[place + 40 :])):
        path = write(tmp_path, name, damaged)
        assert by_shards(path, 3) == read(path)


def test_damage_is_told_by_the_part_that_meets_it(tmp_path: Path) -> None:
    raw = archive(10)
    path = write(tmp_path, "hit.warc.gz", raw[: len(raw) // 2] + b"\xff" * 40 + raw[len(raw) // 2 + 40 :])
    problems = [each for each in by_shards(path, 3) if isinstance(each, Problem)]
    assert len(problems) == 1
    assert "record" in problems[0].what


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.warc.gz", b""),
        ("none.warc.gz", gzip.compress(b"WARC/1.0\r\n" + b"x" * 500, mtime=0)),
        ("whole.warc.gz", gzip.compress(archive(8, packed=False), mtime=0)),
        ("no-pages.warc.gz", archive(0)),
        ("text.warc", b"not an archive at all, the river authority said. " * 20),
    ],
)
def test_what_cannot_be_cut_is_one_shard(tmp_path: Path, name: str, content: bytes) -> None:
    path = write(tmp_path, name, content)
    assert len(list(split([str(path)], pages=2))) == 1
    assert by_shards(path, 2) == read(path)


def test_a_folder_is_cut_in_its_order(tmp_path: Path) -> None:
    write(tmp_path, "b/2.warc.gz", archive(5))
    write(tmp_path, "a/note.txt", "The gate held, the river authority said on Wednesday.")
    write(tmp_path, "a/note.meta.json", '{"outlet": "Velmark Courier"}')
    write(tmp_path, ".hidden/x.txt", "Nobody said this.")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    whole = read(tmp_path)
    assert by_shards(tmp_path, 2) == whole
    assert next(each.report.outlet for each in whole if isinstance(each, Captured)) == "Velmark Courier"


@pytest.mark.parametrize("place", ["-", "https://courier.example/feed", "nowhere.txt", "memory://nowhere"])
def test_what_only_this_process_can_read_is_marked(place: str) -> None:
    assert [(shard.place, shard.here) for shard in split([place])] == [(place, True)]


def test_shards_are_named_for_people() -> None:
    part = Records("0" * 64, 0, 1, 5, 9)
    assert Shard("a.warc", records=part).name == "a.warc (records 5 to 8)"
    assert Shard("a.warc", records=part.to_the_end()).name == "a.warc (records 5 to the end)"
    assert Shard("a.warc").name == "a.warc"


# ---------------------------------------------------------------------------------------------------
# Elsewhere


@pytest.fixture
def bucket() -> Iterator[Any]:
    fsspec = pytest.importorskip("fsspec", reason="fsspec is in the extra remote")
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def test_a_folder_elsewhere_is_read_as_one_here(tmp_path: Path, bucket: Any) -> None:
    for name, content in {
        "2031/04/made.warc.gz": archive(5),
        "note.txt": b"The gate held, the river authority said on Wednesday.",
        "note.meta.json": b'{"outlet": "Velmark Courier"}',
        ".hidden.txt": b"Nobody said this.",
    }.items():
        write(tmp_path, name, content)
        bucket.pipe(f"/news/{name}", content)
    here = [each for each in read(tmp_path) if isinstance(each, Captured)]
    there = [each for each in read("memory://news") if isinstance(each, Captured)]
    assert [each.report.id for each in there] == [each.report.id for each in here]
    assert there[0].report.outlet == "Velmark Courier"
    assert there[-1].report.capture.place == "memory:///news/2031/04/made.warc.gz"
    assert by_shards("memory://news", 2) == there
    assert by_shards(f"file://{tmp_path}", 2) == read(f"file://{tmp_path}")


def test_nothing_elsewhere_is_a_problem_that_names_it(bucket: Any) -> None:
    (problem,) = read("memory://news/nothing.txt")
    assert isinstance(problem, Problem)
    assert "no such file" in problem.what
    assert problem.where.endswith("news/nothing.txt")


@pytest.mark.parametrize(
    ("place", "package"), [("s3://news/2031", "s3fs"), ("gs://news/2031", "gcsfs"), ("az://news/2031", "adlfs")]
)
def test_the_missing_package_is_named(place: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    pytest.importorskip("fsspec", reason="fsspec is in the extra remote")
    monkeypatch.setitem(sys.modules, package, None)
    (problem,) = read(place)
    assert isinstance(problem, Problem)
    assert problem.remedy == f"Install it with: pip install {package}"
    assert by_shards(place, 2) == [problem]


def test_without_fsspec_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "fsspec", None)
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    (problem,) = read("s3://news/2031")
    assert isinstance(problem, Problem)
    assert "pip install 'sayso[remote]'" in problem.remedy


@pytest.mark.parametrize("place", ["s3://AKIA:secret@news/2031", "file://me@host/x", "memory://a::s3://b"])
def test_secrets_and_addresses_within_addresses_are_refused(place: str) -> None:
    with pytest.raises(InputError) as caught:
        remote.look(place)
    assert "secret@" not in str(caught.value)


@pytest.mark.parametrize(
    "place", ["ftp://host/x", "simplecache::https://10.0.0.1/", "github://a:b@main/x", "http+unix://x/"]
)
def test_no_other_scheme_leads_anywhere(place: str) -> None:
    assert not remote.is_elsewhere(place)
    (problem,) = read(place)
    assert isinstance(problem, Problem)


def test_the_clock_can_be_stopped() -> None:
    from sayso.ingest.options import IngestOptions, at_one_moment

    stopped = at_one_moment(IngestOptions())
    assert stopped.now() == stopped.now()
    assert replace(stopped, now=IngestOptions().now) == IngestOptions()
