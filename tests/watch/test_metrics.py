"""`/metrics` and `/healthz`."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest

from sayso.errors import UsageError
from sayso.watch.listening import listening
from sayso.watch.metrics import SILENT_S, Metrics
from tests.watch.making import NOON

# Whatever proxy the environment names, this machine is asked straight.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(url: str) -> tuple[int, str]:
    try:
        with DIRECT.open(url, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_metrics_are_told_as_prometheus_reads_them() -> None:
    metrics = Metrics(started_at=NOON, round_at=NOON, queue_length=3)
    metrics.count("polls", place="post", outcome="changed")
    metrics.count("reports", 2, place="post", kind="new")
    metrics.count("failures", place='od"d\\\n')
    metrics.succeeded_at = {"post": NOON + 5, "never": None}
    with listening(metrics, 0, now=lambda: NOON + 10) as address:
        assert address.startswith("http://127.0.0.1:")
        status, text = get(f"{address}/metrics")
        assert status == 200
        assert 'sayso_watch_polls_total{outcome="changed",place="post"} 1\n' in text
        assert 'sayso_watch_reports_total{kind="new",place="post"} 2\n' in text
        assert 'sayso_watch_failures_total{place="od\\"d\\\\\\n"} 1\n' in text
        assert 'sayso_watch_last_success_age_seconds{place="post"} 5\n' in text
        assert 'sayso_watch_last_success_age_seconds{place="never"} 10\n' in text
        assert "sayso_watch_queue_length 3\n" in text
        assert f"sayso_watch_start_time_seconds {int(NOON)}\n" in text
        assert all(line.startswith(("#", "sayso_watch_")) for line in text.splitlines())
        assert get(f"{address}/healthz") == (200, json.dumps({"status": "ok", "queue_length": 3}) + "\n")
        assert get(f"{address}/other")[0] == 404


def test_a_watcher_whose_round_never_ends_is_not_well() -> None:
    with listening(Metrics(round_at=NOON), 0, now=lambda: NOON + SILENT_S) as address:
        assert get(f"{address}/healthz")[0] == 503


def test_a_port_that_is_taken_is_said_so() -> None:
    with listening(Metrics(), 0, now=lambda: NOON) as address:
        taken = listening(Metrics(), int(address.rsplit(":", 1)[1]), now=lambda: NOON)
        with pytest.raises(UsageError, match="metrics_port"), taken:
            pass
