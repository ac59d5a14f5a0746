"""What the watcher counts, and how it is told: Prometheus' text format, and whether it is healthy. Counters begin at 0 with the process."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field

SILENT_S = 600.0
"""A watcher whose round did not come to an end for so long is not well: a batch takes a minute or two."""

_HELP = {
    "polls": "Polls of places, by outcome: changed, unchanged, failed.",
    "reports": "Reports that were fetched or read, by what they were to the ledger: new, version, known.",
    "failures": "Requests and readings that failed, of places and of their pages.",
    "alerts": "Alerts by channel and outcome: sent, failed (it is tried again), given_up, withheld (protected or redacted since).",
}


@dataclass
class Metrics:
    """For all threads of a process. Times are seconds since 1970."""

    counts: Counter[tuple[str, tuple[tuple[str, str], ...]]] = field(default_factory=Counter)
    succeeded_at: dict[str, float | None] = field(default_factory=dict)
    queue_length: int = 0
    alerts_waiting: int = 0
    started_at: float = 0.0
    round_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str, by: int = 1, **labels: str) -> None:
        """Adds to a counter of `_HELP`."""
        with self.lock:
            self.counts[what, tuple(sorted(labels.items()))] += by

    def total(self, what: str, **labels: str) -> int:
        """What a counter stands at, over all that have these labels."""
        with self.lock:
            return sum(n for (name, has), n in self.counts.items() if name == what and set(labels.items()) <= set(has))

    def healthy(self, now: float) -> bool:
        return now - self.round_at < SILENT_S

    def text(self, now: float) -> str:
        """Everything, in the text format 0.0.4 of Prometheus."""
        with self.lock:
            lines: list[str] = []
            for what, help_ in _HELP.items():
                lines += [f"# HELP sayso_watch_{what}_total {help_}", f"# TYPE sayso_watch_{what}_total counter"]
                for (name, labels), number in sorted(self.counts.items()):
                    if name == what:
                        lines.append(f"sayso_watch_{what}_total{_labels(labels)} {number}")
            lines += _gauge("queue_length", "Pages that wait to be fetched.", [((), self.queue_length)])
            lines += _gauge("alerts_waiting", "Alerts that wait to be sent.", [((), self.alerts_waiting)])
            lines += _gauge("start_time_seconds", "When this watcher began.", [((), self.started_at)])
            lines += _gauge(
                "last_success_age_seconds",
                "How long ago a place was polled with success; since the beginning where it never was.",
                [
                    ((("place", place),), max(0.0, now - (at or self.started_at)))
                    for place, at in sorted(self.succeeded_at.items())
                ],
            )
        return "\n".join(lines) + "\n"


def _gauge(name: str, help_: str, values: list[tuple[tuple[tuple[str, str], ...], float]]) -> list[str]:
    head = [f"# HELP sayso_watch_{name} {help_}", f"# TYPE sayso_watch_{name} gauge"]
    return head + [f"sayso_watch_{name}{_labels(labels)} {value:.15g}" for labels, value in values]


def _labels(labels: tuple[tuple[str, str], ...]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
