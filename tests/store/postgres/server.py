"""A PostgreSQL server that the tests start for themselves, from the programs of this machine, and end.

It listens on a free port of 127.0.0.1 alone, knows one user with a password, and forgets everything: nothing is flushed to the disk.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

USER, PASSWORD = "sayso", "s3cret/pass"
_ENCODED = PASSWORD.replace("/", "%2F")
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. ``url`` leads to a database, of ``user``, in ``schema``."""

    port: int
    process: subprocess.Popen[bytes]

    def url(self, database: str = "postgres", *, schema: str | None = None, user: str = f"{USER}:{_ENCODED}") -> str:
        options = f"?options=-csearch_path%3D{schema}" if schema else ""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}{options}"

    def run(self, *statements: str, database: str = "postgres") -> list[Any]:
        """What the last of these statements gives."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def new_schema(self) -> str:
        """The URL of a schema with nothing in it."""
        schema = f"t{os.getpid()}_{next(_numbers)}"
        self.run(f"CREATE SCHEMA {schema}")
        return self.url(schema=schema)


def programs() -> Path | None:
    """The folder of initdb and postgres, of the newest version there is."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: folder.parent.name.zfill(3))
    if config := shutil.which("pg_config"):
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False).stdout.strip()
        folders.insert(0, Path(told or "/nowhere"))
    return next((f for f in reversed(folders) if (f / "initdb").exists() and (f / "postgres").exists()), None)


def start(folder: Path, bin_folder: Path, *, port: int = 0, durable: bool = False) -> Server:
    """A server whose files lie in ``folder``, made where there are none; as root it runs as somebody else, as it refuses to run as
    root. With ``durable`` what it said it had kept is kept when it is stopped at once."""
    other: dict[str, Any] = {}
    if os.geteuid() == 0:
        person = next(p for p in pwd.getpwall() if p.pw_name in ("postgres", "nobody"))
        other = {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
        os.chown(folder, person.pw_uid, person.pw_gid)
    data, password = folder / "data", folder / "password"
    password.write_text(PASSWORD)
    password.chmod(0o644)
    made = ["-D", str(data), "-U", USER, f"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"]
    # A language's own order and capitals, where the server knows any: nothing of ours may depend on them.
    locales = (["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en"], ["--locale=C"])
    for locale in locales if not data.exists() else ():
        command = [str(bin_folder / "initdb"), *made, *locale]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder, **other)
        if done.returncode == 0:
            break
    if not (data / "PG_VERSION").exists():
        raise RuntimeError(f"no server could be made: {done.stderr}")
    if not port:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "off",
        "synchronous_commit": "on" if durable else "off",
        "full_page_writes": "off",
        "shared_buffers": "16MB",
        "max_connections": "60",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [str(bin_folder / "postgres"), "-D", str(data), "-p", str(port), *options]
    log = (folder / "log").open("wb")
    process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, start_new_session=True, **other)
    log.close()
    server = Server(port, process)
    deadline = time.monotonic() + 60
    while True:
        try:
            server.run("SELECT 1")
            return server
        except Exception:
            if process.poll() is not None or time.monotonic() > deadline:
                stop(server)
                raise RuntimeError(f"the server did not start: {(folder / 'log').read_text()}") from None
            time.sleep(0.1)


def stop(server: Server) -> None:
    """Ends the server at once, with all its sessions."""
    if server.process.poll() is None:
        server.process.send_signal(signal.SIGQUIT)  # the "immediate" way, which writes nothing any more
        try:
            server.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.process.kill()
            server.process.wait()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server for all tests of this process."""
    pytest.importorskip("psycopg", reason="psycopg is in the extra postgres")
    bin_folder = programs()
    if bin_folder is None:
        pytest.skip("no PostgreSQL server on this machine (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="sayso-postgres-"))
    try:
        folder.chmod(0o755)
        server = start(folder, bin_folder)
        yield server
        stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres: Server) -> str:
    """The URL of a schema with nothing in it."""
    return postgres.new_schema()
