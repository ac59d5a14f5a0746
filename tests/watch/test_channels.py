"""Webhook, mail and command, against a server, a mail server and programs on this machine."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import UsageError
from sayso.watch.channels.command import run
from sayso.watch.channels.mail import mail
from sayso.watch.channels.notsent import NotSent
from sayso.watch.channels.senders import as_bytes, senders
from sayso.watch.channels.webhook import post
from sayso.watch.settings import Channel, Command, Mail, Webhook
from tests.watch.making import NOON
from tests.watch.site import Site

MESSAGE: dict[str, Any] = {
    "shape": "sayso.alerts/1",
    "id": "m-1",
    "ledger": "flood",
    "at": "2031-04-08T12:00:00Z",
    "more": 0,
    "alerts": [
        {
            "id": "n-1",
            "rules": ["toll"],
            "headline": "Now disputed: zwölf tot",
            "story": None,
            "question": None,
            "change": {"question": None, "against": [], "why": ["Tarn Post: …"], "citations": []},
        }
    ],
}


# ---------------------------------------------------------------------------------------------------
# webhook


def test_a_webhook_is_signed_over_its_time_and_body(site: Site) -> None:
    hook = Webhook(url=site.url("/hook?desk=1"), allow_private=True)
    post(hook, as_bytes(MESSAGE), identifier="m-1", secret="tarn", now=NOON)
    ((path, headers, body),) = site.posted
    covered = headers["X-Sayso-Timestamp"].encode() + b"." + body
    assert path == "/hook?desk=1"
    assert headers["X-Sayso-Timestamp"] == str(int(NOON))
    assert headers["X-Sayso-Signature"] == "sha256=" + hmac.new(b"tarn", covered, hashlib.sha256).hexdigest()
    assert headers["X-Sayso-Message"] == "m-1"
    assert json.loads(body) == MESSAGE


def test_without_a_secret_there_is_no_signature(site: Site) -> None:
    post(Webhook(url=site.url("/hook"), allow_private=True), b"{}", identifier="m-1", secret=None, now=NOON)
    assert "X-Sayso-Signature" not in site.posted[0][1]


def test_a_private_address_is_refused_unless_allowed(site: Site) -> None:
    for url in (site.url("/hook"), site.url("/hook").replace("127.0.0.1", "localhost")):
        with pytest.raises(NotSent, match="not a public address"):
            post(Webhook(url=url), b"{}", identifier="m-1", secret="tarn", now=NOON)
    assert site.posted == []


@pytest.mark.parametrize("status", [301, 400, 410, 500])
def test_any_other_answer_is_no_delivery(site: Site, status: int) -> None:
    site.put("/hook", "", status=status, Location="/elsewhere")
    with pytest.raises(NotSent, match=str(status)):
        post(Webhook(url=site.url("/hook"), allow_private=True), b"{}", identifier="m-1", secret=None, now=NOON)
    assert [path for path, _, _ in site.posted] == ["/hook"]


def test_a_server_that_is_not_there(site: Site) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with pytest.raises(NotSent, match="cannot be reached"):
        post(Webhook(url=url, allow_private=True), b"{}", identifier="m-1", secret=None, now=NOON)


# ---------------------------------------------------------------------------------------------------
# mail


class Post:
    """A mail server that speaks as much SMTP as a client needs to hand one letter over."""

    def __init__(self, *, tls: ssl.SSLContext | None, offers_tls: bool = True, refuses: str = "") -> None:
        self.tls, self.offers_tls, self.refuses = tls, offers_tls, refuses
        self.letters: list[str] = []
        self.said: list[tuple[str, bool]] = []  # what the client said, and whether it was encrypted
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        try:
            connection, _ = self.listening.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(5)
            try:
                self._talk(connection)
            except OSError:
                return

    def _talk(self, connection: socket.socket) -> None:
        secure = False
        stream = connection.makefile("rwb")

        def answer(text: str) -> None:
            stream.write(text.encode() + b"\r\n")
            stream.flush()

        answer("220 post.example")
        while line := stream.readline().decode().strip():
            self.said.append((line, secure))
            verb = line.split()[0].upper()
            if verb == "EHLO":
                answer("250-post.example")
                if self.offers_tls and not secure:
                    answer("250-STARTTLS")
                answer("250 AUTH PLAIN")
            elif verb == "STARTTLS" and self.tls:
                answer("220 go on")
                stream.flush()
                connection = self.tls.wrap_socket(connection, server_side=True)
                stream, secure = connection.makefile("rwb"), True
            elif verb == self.refuses:
                answer("535 no")
            elif verb == "AUTH":
                answer("235 welcome")
            elif verb == "DATA":
                answer("354 go on")
                letter = ""
                while (part := stream.readline().decode()) != ".\r\n":
                    letter += part
                self.letters.append(letter)
                answer("250 taken")
            elif verb == "QUIT":
                answer("221 bye")
                return
            else:
                answer("250 fine")


@contextmanager
def post_office(**options: Any) -> Iterator[Post]:
    office = Post(**options)
    try:
        yield office
    finally:
        office.listening.close()
        office.thread.join(5)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost with its key, made for this run."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def to(port: int, **changes: Any) -> Mail:
    given: dict[str, Any] = {
        "host": "localhost",
        "port": port,
        "sender": "sayso@tarn.example",
        "to": ("desk@tarn.example",),
    }
    return Mail(**(given | changes))


def send(address: Mail, *, believed: Path | None = None, password: str | None = None) -> None:
    context = ssl.create_default_context(cafile=believed) if believed else None
    mail(
        address,
        subject="Two ödes",
        text="It is disputed.\n.\nFrom here on.",
        identifier="m-1",
        password=password,
        now=NOON,
        context=context,
    )


def test_a_mail_goes_encrypted_and_the_password_only_then(certificate: Path) -> None:
    with post_office(tls=server_side(certificate)) as office:
        send(to(office.port, user="ada"), believed=certificate, password="tarn-secret")
    letter = message_from_string(office.letters[0], policy=default)
    assert (letter["Subject"], letter["To"]) == ("Two ödes", "desk@tarn.example")
    assert letter["Message-ID"] == "<m-1@tarn.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "It is disputed." in letter.get_content()
    login = [(line, secure) for line, secure in office.said if line.startswith("AUTH")]
    assert [secure for _, secure in login] == [True]
    assert base64.b64decode(login[0][0].split()[-1]) == b"\0ada\0tarn-secret"


def test_a_server_without_starttls_gets_nothing(certificate: Path) -> None:
    with post_office(tls=None, offers_tls=False) as office:
        with pytest.raises(NotSent, match="does not take it"):
            send(to(office.port, user="ada"), password="tarn-secret")
        assert not any("AUTH" in line for line, _ in office.said)
        assert office.letters == []


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    with post_office(tls=server_side(certificate)) as office:
        with pytest.raises(NotSent, match="SSL"):
            send(to(office.port))
        assert office.letters == []


def test_a_login_that_is_refused_tells_no_password(certificate: Path) -> None:
    with post_office(tls=server_side(certificate), refuses="AUTH") as office, pytest.raises(NotSent) as error:
        send(to(office.port, user="ada"), believed=certificate, password="tarn-secret")
    assert "login" in str(error.value)
    assert "tarn-secret" not in str(error.value)


def test_a_local_mailer_without_encryption(certificate: Path) -> None:
    with post_office(tls=None, offers_tls=False) as office:
        send(to(office.port, security="none"))
    assert len(office.letters) == 1


# ---------------------------------------------------------------------------------------------------
# command


def test_a_command_gets_the_message_and_no_shell_sees_it(tmp_path: Path) -> None:
    out = tmp_path / "got"
    script = (
        f"import sys; open({str(out)!r}, 'wb').write(sys.stdin.buffer.read()); assert sys.argv[1] == '; rm -rf $HOME'"
    )
    run(Command(argv=(sys.executable, "-c", script, "; rm -rf $HOME")), as_bytes(MESSAGE))
    assert json.loads(out.read_bytes()) == MESSAGE


@pytest.mark.parametrize(
    ("argv", "timeout_s", "told"),
    [
        ((sys.executable, "-c", "import sys; sys.exit('no desk\\x1b[2J')"), 60.0, "ended with 1: no desk [2J"),
        (("/no/such/program",), 60.0, "cannot be run"),
        ((sys.executable, "-c", "import time; time.sleep(30)"), 0.2, "longer than 0.2 s"),
    ],
)
def test_a_command_that_fails(argv: tuple[str, ...], timeout_s: float, told: str) -> None:
    with pytest.raises(NotSent) as error:
        run(Command(argv=argv, timeout_s=timeout_s), b"{}")
    assert told in str(error.value)


# ---------------------------------------------------------------------------------------------------


def test_secrets_come_from_the_environment_and_are_missed_at_once(site: Site) -> None:
    hook = Channel(name="desk", by=Webhook(url=site.url("/hook"), secret_env="TARN_SECRET", allow_private=True))
    with pytest.raises(UsageError, match="TARN_SECRET"):
        senders([hook], {})
    senders([hook], {"TARN_SECRET": "tarn"})["desk"](MESSAGE, NOON)
    assert "X-Sayso-Signature" in site.posted[0][1]
