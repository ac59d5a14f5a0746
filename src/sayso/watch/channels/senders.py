"""For each channel the function that sends a message by it, with its secret out of the environment."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sayso.errors import UsageError
from sayso.watch.channels.command import run
from sayso.watch.channels.mail import mail
from sayso.watch.channels.webhook import post
from sayso.watch.settings import Channel, Command, Mail
from sayso.watch.wording import plain_text, subject

Send = Callable[[dict[str, Any], float], None]
"""Sends a message, at this time. Raises NotSent."""


def senders(channels: Sequence[Channel], environment: Mapping[str, str]) -> dict[str, Send]:
    """By the name of a channel. Raises UsageError for a secret that the environment does not hold."""
    return {channel.name: sender_for(channel, environment) for channel in channels}


def sender_for(channel: Channel, environment: Mapping[str, str]) -> Send:
    by = channel.by
    if isinstance(by, Command):
        return lambda message, now: run(by, as_bytes(message) + b"\n")
    if isinstance(by, Mail):
        password = _secret(by.password_env, channel, environment)
        return lambda message, now: mail(
            by,
            subject=subject(message),
            text=plain_text(message),
            identifier=message["id"],
            password=password,
            now=now,
        )
    secret = _secret(by.secret_env, channel, environment)
    return lambda message, now: post(by, as_bytes(message), identifier=message["id"], secret=secret, now=now)


def as_bytes(message: dict[str, Any]) -> bytes:
    """A message as it is signed and sent: JSON in UTF-8, the same bytes every time."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _secret(name: str | None, channel: Channel, environment: Mapping[str, str]) -> str | None:
    if name is None:
        return None
    if not environment.get(name):
        raise UsageError(
            f"the environment does not hold {name}",
            where=f"channel {channel.name}",
            remedy=f"Set it before `sayso watch` is started: export {name}=…",
        )
    return environment[name]
