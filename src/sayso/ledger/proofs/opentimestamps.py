"""Proofs of OpenTimestamps: what a proof leads to, and whether a given header of a block of Bitcoin holds it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bitcoin.core import CBlockHeader
from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation, VerificationError
from opentimestamps.core.serialize import BytesDeserializationContext
from opentimestamps.core.timestamp import DetachedTimestampFile

from sayso.errors import InputError, UsageError
from sayso.ledger.proofs import Token

_HEADER = 80  # bytes of a block's header


def read_ots(raw: bytes, blocks: Sequence[bytes]) -> Token:
    """A detached proof (an ``.ots`` file). Raises InputError for one that cannot be read."""
    try:
        proof = DetachedTimestampFile.deserialize(BytesDeserializationContext(raw))
        attested = list(proof.timestamp.all_attestations())
    except Exception as error:  # the library raises what it comes upon
        raise InputError(
            f"this proof of OpenTimestamps cannot be read ({type(error).__name__})",
            where="proof",
            remedy="Give the .ots file whole.",
        ) from error
    headers = [_header(block) for block in blocks]
    times: list[str] = []
    by: list[str] = []
    checked: list[str] = ["every hash from the journal's row to what attests it"]
    unchecked: list[str] = []
    for message, attestation in attested:
        if isinstance(attestation, BitcoinBlockHeaderAttestation):
            block = f"block {attestation.height:,} of Bitcoin"
            by.append(block)
            if (time := _time(message, attestation, headers)) is not None:
                times.append(datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
                checked.append(f"the header given, as that of {block}; that it is in the chain was not looked at")
            else:
                unchecked.append(f"{block}: its header is needed, given with --block, and tells the time")
        elif isinstance(attestation, PendingAttestation):
            by.append(f"the calendar {attestation.uri}")
            unchecked.append(
                f"the calendar {attestation.uri} has it only waiting: run `ots upgrade` on the proof, and attach it again"
            )
        else:
            unchecked.append("something of a kind that is not known here")
    wrong = "none of the headers given is of a block that it speaks of" if headers and not times else None
    return Token(
        "opentimestamps",
        str(proof.file_hash_op.HASHLIB_NAME),
        bytes(proof.file_digest),
        tuple(sorted(times)),
        tuple(by),
        tuple(checked),
        tuple(unchecked),
        wrong,
    )


def _time(message: bytes, attestation: BitcoinBlockHeaderAttestation, headers: Sequence[CBlockHeader]) -> int | None:
    """The time of the block whose header holds this, in seconds since 1970."""
    for header in headers:
        try:
            return int(attestation.verify_against_blockheader(message, header))
        except VerificationError:
            continue
    return None


def _header(block: bytes) -> CBlockHeader:
    if len(block) != _HEADER:
        raise UsageError(
            "the header of a block has 80 bytes",
            where="--block",
            remedy="Give it as 160 hexadecimal digits, one header a line.",
        )
    return CBlockHeader.deserialize(block)
