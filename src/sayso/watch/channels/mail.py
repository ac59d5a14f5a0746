"""A message as a mail, over a connection that is encrypted before a password goes over it."""

from __future__ import annotations

import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from sayso.watch.channels.notsent import NotSent
from sayso.watch.settings import Mail

_TIMEOUT_S = 30.0


def mail(
    to: Mail,
    *,
    subject: str,
    text: str,
    identifier: str,
    password: str | None,
    now: float,
    context: ssl.SSLContext | None = None,
) -> None:
    """Sends a mail; its Message-ID is the same at every try. ``context`` says whose certificates are believed. Raises NotSent."""
    letter = EmailMessage()
    letter["Subject"] = subject
    letter["From"] = to.sender
    letter["To"] = ", ".join(to.to)
    letter["Date"] = format_datetime(datetime.fromtimestamp(now, UTC))
    letter["Message-ID"] = f"<{identifier}@{to.sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text)
    believed = context or ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(to.host, to.port, timeout=_TIMEOUT_S, context=believed)
            if to.security == "tls"
            else smtplib.SMTP(to.host, to.port, timeout=_TIMEOUT_S)
        ) as server:
            if to.security == "starttls":
                server.starttls(
                    context=believed
                )  # raises where the server cannot: nothing goes unencrypted by accident
            if to.user and password is not None:
                server.login(to.user, password)
            refused = server.send_message(letter)
    except smtplib.SMTPAuthenticationError as error:
        raise NotSent(f"the mail server refuses the login ({error.smtp_code})") from error
    except (smtplib.SMTPException, OSError) as error:
        code = getattr(error, "smtp_code", None)
        raise NotSent(f"the mail server does not take it ({code or type(error).__name__})") from error
    if refused:
        raise NotSent(f"the mail server does not take it for {', '.join(sorted(refused))}")
