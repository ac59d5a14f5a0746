"""`sayso watch`: what it prints, its exit codes, and how it stops; and `sayso serve --watch`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.watch.holder import Hold
from tests.serve.conftest import Run
from tests.watch.site import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A configuration that watches a folder of one report, with an alert by a command that writes to ``told``."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "harbour.txt").write_text("Ada said 3 fell.")
    os.utime(folder / "harbour.txt", (0, 0))
    tell = f"import sys; open({str(tmp_path / 'told')!r}, 'a').write(sys.stdin.read())"
    config = tmp_path / "watch.toml"
    config.write_text(
        '[[place]]\nname = "inbox"\nkind = "folder"\npath = "inbox"\nsettle = "0s"\n'
        f'[[channel]]\nname = "desk"\nkind = "command"\nargv = [{json.dumps(sys.executable)}, "-c", {json.dumps(tell)}]\n'
        '[[alert]]\nname = "disputed"\nbecomes = ["disputed"]\nto = ["desk"]\n'
    )
    return config


def test_once_polls_tells_and_ends(run: Run, inbox: Path, tmp_path: Path) -> None:
    ledger = str(tmp_path / "flood.db")
    result = run("watch", ledger, "--config", str(inbox), "--once")
    assert (result.exit_code, result.stdout) == (0, "1 place polled, 0 pages asked for, 1 report added, 0 alerts.\n")
    (tmp_path / "inbox" / "hill.txt").write_text("Cy said 4 fell.")
    result = run("watch", ledger, "--config", str(inbox), "--once", "--json")
    done = json.loads(result.stdout)
    assert (done["added"], done["alerts"], done["problems"]) == (1, 2, 0)
    (message,) = map(json.loads, (tmp_path / "told").read_text().splitlines())
    assert message["ledger"] == "flood"
    assert sorted(alert["change"]["kind"] for alert in message["alerts"]) == ["disputed", "new"]
    assert run("watch", ledger, "--config", str(inbox), "--once").stdout.endswith("0 reports added, 0 alerts.\n")
    assert len((tmp_path / "told").read_text().splitlines()) == 1


def test_a_problem_is_named_and_the_exit_code_is_1(run: Run, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "inbox" / "noise.bin").write_bytes(b"\0\1\2" * 50)
    result = run("watch", str(tmp_path / "flood.db"), "-c", str(inbox), "--once", "--quiet")
    assert result.exit_code == 1
    assert "problem: inbox:" in result.stderr
    assert "noise.bin" in result.stderr
    assert run("watch", str(tmp_path / "flood.db"), "-c", str(inbox), "--once").exit_code == 0  # not told again


def test_the_example_can_be_dry_run(run: Run, tmp_path: Path) -> None:
    (tmp_path / "watch.toml").write_text(run("watch", "--example").stdout)
    result = run("watch", str(tmp_path / "flood.db"), "--config", str(tmp_path / "watch.toml"), "--dry-run")
    assert result.exit_code == 0
    assert "tarn-post: would ask for the feed https://tarnpost.example/feed.xml (not polled yet)\n" in result.stdout
    rows = run("watch", str(tmp_path / "f.db"), "-c", str(tmp_path / "watch.toml"), "--dry-run", "--json").stdout
    assert [json.loads(row)["place"] for row in rows.splitlines()][:2] == ["tarn-post", "ostrel-gazette"]
    assert [path.name for path in tmp_path.iterdir()] == ["watch.toml"]


def test_a_dry_run_knows_what_waits(run: Run, site: Site, tmp_path: Path) -> None:
    site.put("/a", "busy", status=502)
    site.feed("/feed", site.entry("/a"))
    config = tmp_path / "watch.toml"
    config.write_text(
        f'[watch]\nallow_private = true\n[[place]]\nname = "p"\nkind = "feed"\nurl = "{site.url("/feed")}"\n'
    )
    ledger = str(tmp_path / "flood.db")
    assert run("watch", ledger, "-c", str(config), "--once").exit_code == 0  # it is tried again later: no problem yet
    asked = list(site.asked)
    result = run("watch", ledger, "-c", str(config), "--dry-run")
    assert "if it changed" in result.stdout
    assert site.asked == asked


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "Name the ledger"),
        (["flood.db"], "--config"),
        (["flood.db", "--config", "none.toml"], "cannot be read"),
    ],
)
def test_a_wrong_command_is_refused(run: Run, words: list[str], told: str) -> None:
    result = run("watch", *words)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_missing_secret_is_told_before_anything_is_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "watch.toml").write_text(
        '[[place]]\nname = "p"\nkind = "folder"\npath = "."\n'
        '[[channel]]\nname = "desk"\nkind = "webhook"\nurl = "https://desk.example/"\nsecret_env = "TARN_NONE"\n'
    )
    result = run("watch", str(tmp_path / "flood.db"), "-c", str(tmp_path / "watch.toml"), "--once")
    assert result.exit_code == 2
    assert "TARN_NONE" in result.stderr
    assert not (tmp_path / "flood.db").exists()


def test_a_second_watcher_is_refused(run: Run, inbox: Path, tmp_path: Path) -> None:
    ledger = str(tmp_path / "flood.db")
    with Hold(f"{ledger}.watch", lost=lambda: None):
        result = run("watch", ledger, "-c", str(inbox), "--once")
    assert result.exit_code == 3
    assert f"process {os.getpid()}" in result.stderr
    assert run("watch", ledger, "-c", str(inbox), "--once").exit_code == 0


# ---------------------------------------------------------------------------------------------------
# as processes


def started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "sayso", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def until(said: str, process: subprocess.Popen[str]) -> str:
    """The line on stderr that has these words."""
    assert process.stderr is not None
    for line in process.stderr:
        if said in line:
            return line
    raise AssertionError(f"it never said {said!r}")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_when_told_and_says_so(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "inbox").mkdir()
    config = tmp_path / "watch.toml"
    config.write_text('[watch]\nmetrics_port = 0\n[[place]]\nname = "inbox"\nkind = "folder"\npath = "inbox"\n')
    process = started("watch", str(tmp_path / "flood.db"), "--config", str(config))
    address = until("Metrics at", process).split()[-1]
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # whatever proxy the environment names
    with direct.open(address, timeout=5) as answer:
        assert b"sayso_watch_queue_length 0" in answer.read()
    until("Watching 1 place ", process)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Stopping: what was begun is finished first" in err
    assert "Stopped." in err
    assert out.endswith("0 alerts.\n")


@pytest.mark.slow
def test_serve_brings_a_watcher_that_ends_with_it(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    config = tmp_path / "watch.toml"
    config.write_text('[[place]]\nname = "inbox"\nkind = "folder"\npath = "inbox"\n')
    ledger = str(tmp_path / "flood.db")
    subprocess.run([sys.executable, "-m", "sayso", "init", ledger], check=True, capture_output=True)
    process = started("serve", ledger, "--port", "0", "--watch", str(config))
    until("Watching 1 place ", process)
    process.kill()  # without a chance to say goodbye
    process.wait(10)
    deadline = time.monotonic() + 30
    while True:
        try:
            with Hold(f"{ledger}.watch", lost=lambda: None) as hold:
                assert hold.taken_from is None  # it let go by itself
            break
        except Exception:
            assert time.monotonic() < deadline, "the watcher outlived the desk"
            time.sleep(0.1)
