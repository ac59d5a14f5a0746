"""What a round would ask for now, told from what is known: for a look before the first run. Nothing is asked for, and nothing written."""

from __future__ import annotations

import time
from typing import Any

from sayso.watch.file import open_to_look
from sayso.watch.queue import PlaceState, Queue
from sayso.watch.settings import Place, PlaceKind, Settings

_VERBS = {
    PlaceKind.FEED: "would ask for the feed",
    PlaceKind.SITEMAP: "would ask for the sitemap",
    PlaceKind.PAGES: "would ask for the page",
    PlaceKind.FOLDER: "would look into",
    PlaceKind.TELEGRAM: "would look for result.json in",
}
_MOST_PAGES = 1000


def plan(settings: Settings, path: str) -> list[dict[str, Any]]:
    """One row for each request and look, in the order of the configuration, and then for each page that waits."""
    now = time.time()
    with open_to_look(path) as file:
        queue = Queue(file)
        rows = [row for place in settings.places for row in _of_place(place, queue.state(place), now)]
        waiting = queue.due(now, most=_MOST_PAGES, of_a_host=_MOST_PAGES, resting=queue.resting(now))
    rows += [{"place": i.place, "what": "would ask for", "at": i.key, "why": "it waits in the queue"} for i in waiting]
    return rows


def _of_place(place: Place, state: PlaceState, now: float) -> list[dict[str, Any]]:
    if state.failures and state.next_at > now:
        why = f"not now: it failed, {state.error}; again in {(state.next_at - now) / 60:.0f} min"
    elif state.succeeded_at is None:
        why = "not polled yet"
    else:
        conditional = ", if it changed" if any(state.validators) else ""
        why = f"polled {(now - state.succeeded_at) / 60:.0f} min ago{conditional}"
    every = place.urls or (place.at,)
    verb = "would read the list" if place.kind is PlaceKind.PAGES and not place.urls else _VERBS[place.kind]
    return [{"place": place.name, "what": verb, "at": at, "why": why} for at in every]
