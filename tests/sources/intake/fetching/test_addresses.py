"""Only the public internet is asked, in whatever spelling the address comes."""

import ipaddress

import pytest

from sources.intake.fetching.addresses import why_not

BARRED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 100.100.100.200 127.0.0.1 127.255.255.254
168.63.129.16 169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.9 192.0.0.192 192.0.2.1
192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.7
203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
::ffff:0:8.8.8.8 64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::10.0.0.1 64:ff9b:1::8.8.8.8 100::1
100:0:0:1::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1
2001:1ff:ffff::1 2001:db8::1
2002:7f00:1:: 2002:808:808:: 2002:a9fe:a9fe::1 2620:4f:8000::1 3ffe::1 3fff::1 3fff:fff::1 5f00::1
4000::1 8000::1 fc00::1 fd00:ec2::254 fd20:ce::254 fe80::1 fe80::1%eth0 2606:4700::1%eth0 fec0::1
feff::1 ff02::1 ff0e::1
2606:4700::5efe:127.0.0.1 2606:4700::200:5efe:10.0.0.1
"""
ASKED = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 93.184.215.14 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1
168.63.129.15 168.63.129.17 169.253.255.255 172.15.255.255 172.32.0.1 191.255.255.255 192.0.1.1 198.17.255.255
198.20.0.1 223.255.255.255
2001:200::1 2001:4860:4860::8888 2003::1 2606:4700:4700::1111 2a00:1450:4001::1
::ffff:8.8.8.8 64:ff9b::8.8.8.8
"""


@pytest.mark.parametrize("address", BARRED.split())
def test_is_barred(address: str) -> None:
    assert why_not(address)


@pytest.mark.parametrize("address", ASKED.split())
def test_is_asked(address: str) -> None:
    assert why_not(address) is None


@pytest.mark.parametrize(
    "text", ["", "example", "127.1", "0177.0.0.1", "2130706433", "①②⑦.⓪.⓪.①", "1.1.1.1 ", "::g"]
)
def test_what_is_no_address_is_barred(text: str) -> None:
    assert why_not(text) == f"{text} is no IP address"


def test_nothing_is_asked_that_python_knows_to_be_elsewhere() -> None:
    """Our table against the library's, at the edges of each of its private networks."""
    constants = (ipaddress._IPv4Constants, ipaddress._IPv6Constants)  # type: ignore[attr-defined]
    private = [network for known in constants for network in known._private_networks]
    assert len(private) > 20
    for network in private:
        for address in (network.network_address, network.broadcast_address):
            if not getattr(address, "ipv4_mapped", None):
                assert why_not(str(address)), address
