"""What every test gets: no network, and fixtures for the two things that a machine may lack.

The evaluation data and the browser are optional. A test that needs one asks for the fixture (`data_dir`, `page`), and
skips with a reason where it is missing; it never passes by doing nothing.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tests.store.postgres.server import postgres, postgres_url

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# A busy machine is no defect of ours: examples are judged by what they do, not by how long they took.
settings.register_profile("sayso", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sayso")

__all__ = ["postgres", "postgres_url"]  # fixtures of their own module, for whoever asks for a server

REPOSITORY = Path(__file__).resolve().parent.parent

# Chromium without a display, without a sandbox (tests run as root in a container) and without calling home.
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of one file stay in one process, which makes their fixtures once; but each page of the documents, whose commands
    take seconds, goes to whichever process is free. (``--dist loadgroup`` obeys this.)"""
    for item in items:
        alone = item.path.name == "test_docs.py"
        item.add_marker(pytest.mark.xdist_group(item.nodeid if alone else item.path.as_posix()))


class NetworkForbidden(AssertionError):
    """A test tried to reach another machine. Serve what it needs from 127.0.0.1, or hand in a fake."""


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    try:
        return ipaddress.ip_address(str(address[0]).split("%")[0]).is_loopback
    except ValueError:
        return str(address[0]) == "localhost"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections leave this machine in no test."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(self: socket.socket, address: Any) -> None:
        if not _is_local(address):
            raise NetworkForbidden(f"connection to {address!r}")
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        if not _is_local(address):
            raise NetworkForbidden(f"connection to {address!r}")
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of evaluation data: SAYSO_DATA, or ``shared/data`` beside the checkout."""
    place = Path(os.environ.get("SAYSO_DATA") or REPOSITORY.parent / "shared" / "data")
    if not place.is_dir():
        pytest.skip(f"no evaluation data at {place} (set SAYSO_DATA to its folder)")
    return place


@pytest.fixture(scope="session")
def demo_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration in a ledger, made once for all processes of a run. To be read; who writes copies it first."""
    from sayso import ledger
    from sayso.demo import copy_reports

    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    made = shared / "demo-ledger.db"
    claim = shared / "demo-ledger.being-made"
    try:
        claim.mkdir()
    except FileExistsError:
        while not made.exists():  # another process makes it
            time.sleep(0.1)
        return made
    folder = tmp_path_factory.mktemp("demo-reports")
    copy_reports(folder / "reports")
    with ledger.open(str(folder / "ledger.db"), create=True) as opened:
        opened.add([str(folder / "reports")])
        opened.linked()
    (folder / "ledger.db").rename(made)
    return made


@pytest.fixture
def own_demo(demo_ledger: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration's ledger that a test may write to."""
    return Path(shutil.copy(demo_ledger, tmp_path / "demo.db"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by playwright; a file of tests shares it. (Its driver holds the event loop of the thread, so that no
    test of another file could run one.)"""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is in the dev extra")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that can reach nothing but files and this machine."""
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()
