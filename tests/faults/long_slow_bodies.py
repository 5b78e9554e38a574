"""Clients that announce much and send little of it."""

from tests.faults.test_slow_clients import HEAD, answer, clients

LARGE = HEAD + b"Content-Length: 1000000\r\n\r\n" + b"x" * 1000


def test_a_large_body_that_does_not_come_is_given_up(running):
    """More of them than there are threads: each holds one for a while, and is told so."""
    with clients(running, 16, LARGE) as slow:
        assert answer(running) == 200
        for one in slow:
            assert one.recv(12) == b"HTTP/1.1 403"  # what was not read holds no token
    assert "ERROR" not in running.said()
