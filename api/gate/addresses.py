"""Client addresses: who is counted as one client, who is exempt, and how much of an address a log may hold."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.types import Scope

from assistant.errors import SettingsError

Address = IPv4Address | IPv6Address
UNKNOWN = "unknown"


def client_of(scope: Scope) -> Address | None:
    """The client's address, None where the server knows none (a local socket, an unreadable forwarding header).

    The server has already put in the address that a trusted proxy names.
    """
    client = scope.get("client")
    try:
        address = ip_address(client[0]) if client else None
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def group_of(address: Address | None) -> str:
    """What is counted as one client: an IPv4 address, or the /64 that one subscriber has of IPv6."""
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> 64 << 64))
    return UNKNOWN if address is None else str(address)


def truncated(address: Address | None) -> str:
    """The address as a log may hold it: its /24, of IPv6 its /48, so that it is nobody's own."""
    if address is None:
        return UNKNOWN
    kept, whole = (24, 32) if address.version == 4 else (48, 128)
    return str(type(address)(int(address) >> (whole - kept) << (whole - kept)))


class Networks:
    """A set of networks that an address may lie in."""

    def __init__(self, texts: Iterable[str], *, setting: str = "ASSISTANT_RATE_EXEMPT") -> None:
        self._networks = tuple(network_of(text, setting) for text in texts)

    def __contains__(self, address: object) -> bool:
        known = isinstance(address, IPv4Address | IPv6Address)
        return known and any(address in network for network in self._networks)  # in none of the other version


def network_of(text: str, setting: str) -> IPv4Network | IPv6Network:
    """A network's notation, an address being a network of one.  Raises SettingsError."""
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise SettingsError(
            f"{setting}: {text!r} is not a network.", hint="Write networks such as 10.0.0.0/8 and ::1, apart by blanks."
        ) from None
