"""The rules of status, one line each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.link.status import RULES, Evidence, status_of
from sayso.model import Status

PLAIN = Evidence()


@pytest.mark.parametrize(
    ("evidence", "status", "rule"),
    [
        (PLAIN, Status.REPORTED, "single_origin"),
        (replace(PLAIN, origins=2), Status.CORROBORATED, "independent_origins"),
        (replace(PLAIN, origins=2, first_hand=False), Status.REPORTED, "single_origin"),
        (replace(PLAIN, origins=5, disputed=True), Status.DISPUTED, "disputed"),
        (replace(PLAIN, disputed=True, revised=True), Status.REVISED, "revised"),
        (replace(PLAIN, revised=True, withdrawn=True), Status.WITHDRAWN, "withdrawn"),
        (replace(PLAIN, origins=2, opposing=True), Status.AGREED, "agreed_across_sides"),
        (replace(PLAIN, against_interest=True, party=True), Status.AGREED, "against_own_interest"),
        (replace(PLAIN, against_interest=True, disputed=True), Status.DISPUTED, "disputed"),
        (replace(PLAIN, party=True), Status.CLAIMED, "one_party_only"),
        (replace(PLAIN, party=True, voice=True), Status.REPORTED, "single_origin"),
        (replace(PLAIN, contested_act=True), Status.CLAIMED, "one_party_only"),
        (replace(PLAIN, origins=0), Status.OPEN, "no_statement"),
    ],
)
def test_status(evidence: Evidence, status: Status, rule: str) -> None:
    assert status_of(evidence) == (status, rule)


def test_every_rule_is_documented_for_users() -> None:
    assert all((rule.__doc__ or "").strip() for rule, _ in RULES)
