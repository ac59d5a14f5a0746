"""Which addresses may be connected to: public ones only, unless the caller allows more.

A host name is resolved here once, and the connection goes to the very address that was checked: resolving
again would let a name answer with a public address first and a private one after (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from sayso.errors import InputError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Prefixes of IPv6 that carry an IPv4 address in their last 32 bits (RFC 6052, RFC 4291).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")


class Unreachable(InputError):
    """A server could not be asked just now; later it may answer."""


def checked_addresses(host: str, port: int, *, where: str, allow_private: bool) -> list[str]:
    """The addresses of ``host``, every one of them fit to connect to.

    Raises `InputError` when the name does not resolve, or when any address is not public: a name that answers
    with both kinds is an attack or a mistake, and choosing between its answers would be luck.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(
            f"the host {host!r} cannot be found", where=where, remedy="Check the address and the network."
        ) from error
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    for address in found:
        if not allow_private and not is_public(ipaddress.ip_address(address.split("%")[0])):
            raise InputError(
                f"{host!r} is at {address}, which is not a public address",
                where=where,
                remedy="Allow private addresses (--allow-private) if you mean a machine of your own network.",
            )
    return found


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet, also when it is an IPv4 address dressed as IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        for inner in _carried(address):
            if not is_public(inner):
                return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def web_host(url: str) -> str | None:
    """The host name of a URL without "www.", as a last resort for the outlet's name."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _carried(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or address in _COMPATIBLE:
        carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [inner for inner in carried if inner is not None]
