"""Faults of a PostgreSQL server: sessions that are ended, and processes killed (see `faults.py`)."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import count

from faults_life import Life, Places, Row, finish, look
from injuring import Outcome, in_child
from linking_cost import STEPS
from sayso.model import Captured
from sayso.pipeline import Steps

_numbers = count()


def schemas_at(url: str) -> Places:
    """URLs of new schemas, two at each call; whoever made the database drops it."""
    import psycopg

    def one() -> str:
        name = f"faults{int(time.time())}_{next(_numbers)}"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{name}"

    return lambda: (one(), one())


def sessions_ended(name: str, url: str, given: Sequence[Captured], *, times: int, steps: Steps = STEPS) -> Row:
    """All sessions of a life are ended at random moments, by `pg_terminate_backend`, again and again."""
    places = schemas_at(url)
    row = Row(name)
    whole = Life(*places(), given, steps)
    begun = time.monotonic()
    assert in_child(whole).done
    took = time.monotonic() - begun
    expected = whole.states()
    for number in range(times):
        life = Life(*places(), given, steps)
        ended = threading.Event()
        moment = random.Random(number).uniform(0.05, took)
        killer = threading.Timer(moment, _end_others, (url, ended))

        outcome: Outcome = in_child(life, meanwhile=killer.start)
        ended.set()
        killer.cancel()
        look(row, life, outcome)
        finish(row, life, expected)
    return row


def _end_others(url: str, ended: threading.Event) -> None:
    """Ends every other session of this user, until told that it is enough, a second at most."""
    import psycopg

    with suppress(psycopg.Error), psycopg.connect(url, autocommit=True) as connection:
        until = time.monotonic() + 0.3
        while not ended.is_set() and time.monotonic() < until:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND usename = current_user"
            )
            time.sleep(0.05)
