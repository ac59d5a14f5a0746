"""Which addresses may be reached."""

from __future__ import annotations

import ipaddress
import re

import pytest

from sayso.errors import InputError
from sayso.ingest.addresses import checked_addresses, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "255.255.255.255", "224.0.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1", "::127.0.0.1", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_open_internet(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "::1"])
def test_a_name_that_leads_home_is_refused(host: str) -> None:
    with pytest.raises(InputError, match=r"not a public address|cannot be found"):
        checked_addresses(host, 80, where="x", allow_private=False)


def test_one_private_answer_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(2, 1, 6, "", (a, 80)) for a in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *a, **k: answers)
    with pytest.raises(InputError, match=r"10\.0\.0\.1"):
        checked_addresses("mixed.example", 80, where="x", allow_private=False)
    assert checked_addresses("mixed.example", 80, where="x", allow_private=True) == ["8.8.8.8", "10.0.0.1"]


@pytest.mark.parametrize(
    "host",
    [
        "0177.0.0.1", "0x7f.0.0.1", "017700000001", "127.0.0.1.", "0", "[::]", "::ffff:7f00:1", "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe", "\u2460\u2461\u2466.0.0.1", "127\u30020\u30020\u30021",
    ],
)  # fmt: skip
def test_no_way_to_write_an_address_leads_home(host: str) -> None:
    """Octal, hexadecimal, one number, a dot at the end, IPv4 within IPv6, digits and dots of other scripts: refused, or no host at all."""
    from tests.ingest.making import only_problem

    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    problem = only_problem(f"http://{shown}/latest/meta-data/", respect_robots=False, retries=0)
    assert re.search(r"not a public address|cannot be found|not a valid URL|could not be fetched", problem.what), (
        problem
    )
