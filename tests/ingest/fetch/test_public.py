from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.ingest.fetch.public import is_public


@pytest.mark.parametrize(
    "text", ["93.184.216.34", "1.1.1.1", "2606:2800:220:1::1", "2a00:1450:4001::5", "64:ff9b::5db8:d822"]
)
def test_addresses_of_the_public_internet(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",  # noqa: S104 (nothing is bound to it)
        *("10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1"),
        *("192.0.0.9", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
        *("224.0.0.1", "239.1.2.3", "232.5.5.5", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:93.184.216.34", "::ffff:0:10.0.0.1"),
        *("fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "100::1", "5f00::1"),
        *("64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::10.0.0.1", "2001::1", "2001:20::1", "2001:db8::1"),
        *("2002:7f00:1::1", "2002:5db8:d822::1", "3fff::1"),
    ],
)
def test_addresses_of_nobody_or_of_somebody_s_own_network(text: str) -> None:
    assert not is_public(ip_address(text))


@given(st.integers(0, 2**32 - 1))
def test_an_address_in_another_is_judged_alike_or_refused(number: int) -> None:
    plain = IPv4Address(number)
    assert is_public(IPv6Address((0x64FF9B << 96) | number)) == is_public(plain)
    assert not is_public(IPv6Address((0xFFFF << 32) | number))
    assert not is_public(IPv6Address((0x2002 << 112) | (number << 80)))
