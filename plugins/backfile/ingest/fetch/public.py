"""Which network addresses may be asked: those of the public Internet, and nobody's own network.

IPv6 is told by what is handed out for public use (2000::/3), not by a list of all that is
not: so loopback, link-local, unique local, site-local, multicast, IPv4-mapped and
IPv4-compatible addresses are out at once. An address that carries an IPv4 address for a
translator (NAT64, RFC 6052) is judged by that one; those of tunnels (6to4, Teredo) lead
nowhere that news stand, and are out. The registries are IANA's for special-purpose
addresses, as Python's ``ipaddress`` has them, and what its older versions lack.

Known failure: a network may use a prefix of its own for NAT64, which nobody outside can tell.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

Address = IPv4Address | IPv6Address

_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_SPECIAL = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",  # protocol assignments
            "192.88.99.0/24",  # relays of 6to4
            "2001::/23",  # protocol assignments, Teredo among them
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4
            "3fff::/20",  # documentation
        ),
    )
)


def is_public(address: Address) -> bool:
    """Tell whether ``address`` is one of the public Internet."""
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    if isinstance(address, IPv6Address) and address not in _UNICAST:
        return False
    is_special = any(address in network for network in _SPECIAL)
    return address.is_global and not address.is_multicast and not is_special
