"""Time stamps of RFC 3161: what a token says, and whether a given certificate stands behind its signature."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from cryptography import x509
from rfc3161_client import PKIStatus, TimeStampResponse, VerificationError, VerifierBuilder, decode_timestamp_response

from sayso.errors import InputError, UsageError
from sayso.ledger.proofs import Token

_ALGORITHMS = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


def read_tsr(raw: bytes, roots: Sequence[bytes]) -> Token:
    """A response of a time stamping authority (a ``.tsr`` file). Raises InputError for anything else, or for a refusal."""
    try:
        response = decode_timestamp_response(raw)
        if response.status not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
            raise InputError("the authority refused to stamp this", where="proof", remedy="Ask it again.")
        told = response.tst_info
        imprint = told.message_imprint
        algorithm = _ALGORITHMS.get(imprint.hash_algorithm.dotted_string, imprint.hash_algorithm.dotted_string)
        time = told.gen_time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        signers = sorted(signer.issuer.rfc4514_string() for signer in response.signed_data.signer_infos)
    except InputError:
        raise
    except Exception as error:  # whatever a parser of Rust makes of other bytes
        raise InputError(
            "this is neither a time stamp of RFC 3161 nor one of OpenTimestamps",
            where="proof",
            remedy="Give the .tsr file of a time stamping authority, or an .ots file.",
        ) from error
    by = tuple(f"a certificate issued by {signer}" for signer in signers)
    token = Token("rfc3161", algorithm, imprint.message, (time,), by)
    if not roots:
        return _with(token, unchecked="the signature: give the authority's root certificate with --ca to check it")
    if wrong := _signature(response, imprint.message, roots):
        return _with(token, wrong=wrong)
    return _with(token, checked="the signature, up to the certificate given with --ca")


def _signature(response: TimeStampResponse, digest: bytes, roots: Sequence[bytes]) -> str | None:
    """Why the signature does not lead to one of these certificates, or None."""
    try:
        VerifierBuilder(roots=[c for root in roots for c in certificates(root)]).build().verify(response, digest)
    except VerificationError as error:
        return f"its signature does not lead to the certificate given: {error}"
    return None


def certificates(given: bytes) -> list[x509.Certificate]:
    """The certificates of a file, PEM or DER. Raises UsageError where it holds none."""
    try:
        if b"-----BEGIN" in given:
            return x509.load_pem_x509_certificates(given)
        return [x509.load_der_x509_certificate(given)]
    except ValueError as error:
        raise UsageError("this file holds no certificate", where="--ca", remedy="Give it as PEM or DER.") from error


def _with(token: Token, *, checked: str = "", unchecked: str = "", wrong: str | None = None) -> Token:
    return Token(
        token.kind,
        token.algorithm,
        token.digest,
        token.times,
        token.by,
        (checked,) if checked else (),
        (unchecked,) if unchecked else (),
        wrong,
    )
