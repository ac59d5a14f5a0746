"""Proofs of time: a time stamping authority and an OpenTimestamps proof of our own, and what is said of each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from bitcoin.core import CBlockHeader
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp

from sayso import ledger as ledgers
from sayso.errors import InputError, UsageError
from sayso.ledger import Ledger
from sayso.ledger.proofs import stamped
from sayso.serve.cli import cli
from tests.store.making import STEPS, captured

STAMPED_AT = datetime(2031, 4, 8, 9, 30, tzinfo=UTC)


class Authority:
    """A time stamping authority: a root of its own, a certificate for stamping, and what it answers."""

    def __init__(self, name: str) -> None:
        self.root_key, self.key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
        issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} root")])
        self.root = (
            self._builder(issuer, issuer, self.root_key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self.root_key, hashes.SHA256())
        )
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = (
            self._builder(subject, issuer, self.key)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root_key.public_key()), critical=False
            )
            .sign(self.root_key, hashes.SHA256())
        )

    @staticmethod
    def _builder(subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(STAMPED_AT - timedelta(days=9))
            .not_valid_after(STAMPED_AT + timedelta(days=9))
        )

    @property
    def pem(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.PEM)

    def stamp(self, data: bytes, *, algorithm: str = "sha256", status: str = "granted") -> bytes:
        """The response for a file of these bytes."""
        der = asn1_x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))
        info = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": "1.2.3.4",
                "message_imprint": {
                    "hash_algorithm": {"algorithm": algorithm},
                    "hashed_message": hashlib.new(algorithm, data).digest(),
                },
                "serial_number": 7,
                "gen_time": STAMPED_AT,
            }
        )
        content = info.dump()
        signed = cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
                cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(content).digest()]}),
                cms.CMSAttribute(
                    {
                        "type": "signing_certificate_v2",
                        "values": [{"certs": [{"cert_hash": hashlib.sha256(der.dump()).digest()}]}],
                    }
                ),
            ]
        )
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    name="issuer_and_serial_number",
                    value=cms.IssuerAndSerialNumber({"issuer": der.issuer, "serial_number": der.serial_number}),
                ),
                "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
                "signed_attrs": signed,
                "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
                "signature": self.key.sign(signed.untag().dump(), padding.PKCS1v15(), hashes.SHA256()),
            }
        )
        token = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
                "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
                "certificates": [cms.CertificateChoices("certificate", der)],
                "signer_infos": [signer],
            }
        )
        response = {"status": {"status": status}, "time_stamp_token": {"content_type": "signed_data", "content": token}}
        answer: bytes = tsp.TimeStampResp(response).dump()
        return answer


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority("Tarn Time")


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    url = str(tmp_path / "ledger.db") if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))
    with ledgers.open(url, create=True, steps=STEPS) as opened:
        opened.add_captured([captured("Ada said 3 fell.")])
        opened.linked()
        yield opened


def ots(data: bytes, *attestations: object) -> tuple[bytes, bytes]:
    """A proof for a file of these bytes with these attestations, and the message that they attest."""
    top = Timestamp(hashlib.sha256(data).digest())
    last = top.ops.add(OpAppend(b"salt")).ops.add(OpSHA256())
    last.attestations.update(attestations)
    written = BytesSerializationContext()
    DetachedTimestampFile(OpSHA256(), top).serialize(written)
    return written.getbytes(), last.msg


def block(message: bytes) -> bytes:
    header: bytes = CBlockHeader(2, b"\0" * 32, message, int(STAMPED_AT.timestamp()), 0, 0).serialize()
    return header


@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
def test_a_time_stamp_is_kept_and_checked(ledger: Ledger, authority: Authority, algorithm: str) -> None:
    head = ledger.head()
    of = ledger.stats().journal_rows
    ledger.attach_proof(authority.stamp(stamped(head), algorithm=algorithm), author="Mo")
    ledger.add_captured([captured("Bo said it rains.")])
    (blind,) = ledger.proofs()
    assert (blind.head, blind.of, blind.author, blind.wrong) == (head, of, "Mo", None)
    assert blind.token.times == ("2031-04-08T09:30:00Z",)
    assert blind.token.checked == ()
    assert "the signature" in blind.token.unchecked[0]
    (checked,) = ledger.proofs(roots=[authority.pem])
    assert checked.wrong is None
    assert checked.token.checked == ("the signature, up to the certificate given with --ca",)
    assert ledger.verify(head=head) == ()


def test_another_authority_does_not_stand_behind_it(ledger: Ledger, authority: Authority) -> None:
    ledger.attach_proof(authority.stamp(stamped(ledger.head())), author="Mo")
    (found,) = ledger.proofs(roots=[Authority("Other").pem])
    assert "does not lead to the certificate given" in (found.wrong or "")


def test_a_digest_of_the_hash_itself_will_do(
    ledger: Ledger, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`openssl ts -query -digest HASH` stamps the hash and no file."""
    head = ledger.head()

    class Given:
        def digest(self) -> bytes:
            return bytes.fromhex(head)

    answer = authority.stamp(b"")
    empty = hashlib.sha256(b"").digest()
    assert answer.count(empty) == 1
    assert ledger.attach_proof(answer.replace(empty, Given().digest()), author="Mo").head == head


def test_a_proof_of_opentimestamps_is_kept_and_what_was_not_looked_at_is_told(ledger: Ledger) -> None:
    raw, message = ots(
        stamped(ledger.head()), BitcoinBlockHeaderAttestation(800_000), PendingAttestation("https://cal.example")
    )
    ledger.attach_proof(raw, author="Mo")
    (blind,) = ledger.proofs()
    assert (blind.wrong, blind.token.times) == (None, ())
    assert any("its header is needed" in each for each in blind.token.unchecked)
    assert any("ots upgrade" in each for each in blind.token.unchecked)
    (checked,) = ledger.proofs(blocks=[block(message)])
    assert checked.token.times == ("2031-04-08T09:30:00Z",)
    assert "that it is in the chain was not looked at" in checked.token.checked[1]
    (other,) = ledger.proofs(blocks=[block(b"\1" * 32)])
    assert "none of the headers given" in (other.wrong or "")


WRONG: dict[str, tuple[bytes, type[Exception], str]] = {
    "nothing": (b"", InputError, "neither a time stamp"),
    "text": (b"It rains.", InputError, "neither a time stamp"),
    "a cut proof": (ots(b"x", BitcoinBlockHeaderAttestation(1))[0][:60], InputError, "cannot be read"),
    "too large": (b"0" * (1 << 21), InputError, "too large"),
    "of another file": (
        ots(b"other", BitcoinBlockHeaderAttestation(1))[0],
        UsageError,
        "no end that the journal ever had",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_proof_of_this_journal_is_refused(ledger: Ledger, name: str) -> None:
    raw, error, says = WRONG[name]
    head = ledger.head()
    with pytest.raises(error, match=says):
        ledger.attach_proof(raw, author="Mo")
    assert ledger.head() == head


def test_a_refusal_and_a_second_time_are_refused(ledger: Ledger, authority: Authority) -> None:
    good = authority.stamp(stamped(ledger.head()))
    with pytest.raises(InputError, match="refused to stamp"):
        ledger.attach_proof(authority.stamp(stamped(ledger.head()), status="rejection"), author="Mo")
    ledger.attach_proof(good, author="Mo")
    with pytest.raises(UsageError, match="attached already"):
        ledger.attach_proof(good, author="Mo")


def test_a_journal_cut_before_the_row_that_was_stamped_leaves_the_proof_without_its_row(
    ledger: Ledger, authority: Authority
) -> None:
    """Somebody writes the journal anew without what came last, and keeps the proof: it speaks of no row any more."""
    from sayso.ledger.proofs import proofs_in
    from sayso.store.journal import next_row

    ledger.attach_proof(authority.stamp(stamped(ledger.head())), author="Mo")
    rows = list(ledger.journal())
    forged = rows[:-2]
    forged.append(next_row(forged[-1], at="2031-04-09T00:00:00Z", kind="proof", payload=json.loads(rows[-1].payload)))
    (found,) = proofs_in(forged)
    assert "speaks of no row of this journal" in (found.wrong or "")


def test_the_way_on_the_command_line(authority: Authority, tmp_path: Path) -> None:
    path, head_file, answer, root = (tmp_path / name for name in ("flood.db", "head.txt", "head.tsr", "ca.pem"))
    with ledgers.open(str(path), create=True, steps=STEPS) as opened:
        opened.add_captured([captured("Ada said 3 fell.")])
    run = CliRunner().invoke
    assert run(cli, ["proof", "export", str(path), str(head_file)]).exit_code == 0
    assert run(cli, ["proof", "export", str(path), str(head_file)]).exit_code == 2, "never over anything"
    answer.write_bytes(authority.stamp(head_file.read_bytes()))
    root.write_bytes(authority.pem)
    attached = run(cli, ["proof", "attach", str(path), str(answer), "--author", "Mo"])
    assert "at 2031-04-08T09:30:00Z the journal ended with row" in attached.stdout
    verified = run(cli, ["verify", str(path), "--ca", str(root)])
    assert verified.exit_code == 0, verified.output
    assert "checked: it speaks of that row's hash; the signature, up to the certificate given" in verified.stdout
    root.write_bytes(Authority("Other").pem)
    wrong = run(cli, ["verify", str(path), "--ca", str(root), "--json"])
    assert wrong.exit_code == 3
    assert "does not lead to the certificate" in json.loads(wrong.stdout)["problems"][0]["what"]
    assert "not checked: the signature" in run(cli, ["proof", "list", str(path)]).stdout
    assert run(cli, ["package", str(path), str(tmp_path / "out")]).exit_code == 0
    kept = sorted(file.name for file in (tmp_path / "out/data/proofs").iterdir())
    assert len(kept) == 2
    assert (tmp_path / "out/data/proofs" / kept[0]).read_bytes() == answer.read_bytes()
    assert (tmp_path / "out/data/proofs" / kept[1]).read_bytes() == head_file.read_bytes()
