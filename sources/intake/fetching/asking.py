"""One request and its answer, within limits and on a connection of its own."""

from __future__ import annotations

import ssl

import httpcore

from sources.intake.fetching import answers
from sources.intake.fetching.answers import Answer, Unpackable, headers_of, unpacked
from sources.intake.fetching.network import (
    Barred,
    Clock,
    Guarded,
    Limits,
    Network,
    Overdue,
    Overlong,
    Unknown,
)
from sources.intake.fetching.urls import Address
from sources.intake.refusal import one_line


class NotHad(Exception):
    """There is no answer to be had; the message says why, `passing` whether there may be one later."""

    def __init__(self, why: str, *, passing: bool = False) -> None:
        super().__init__(why)
        self.passing = passing


def ask(
    address: Address,
    agent: str,
    network: Network,
    clock: Clock,
    limits: Limits,
    *,
    enough: int | None = None,
) -> Answer:
    """The answer to GET; of a body `enough` bytes, where given, else all of it.

    Raises NotHad. The page that goes with an error or a redirect is not read.
    """
    most = limits.decoded if enough is None else enough
    request = httpcore.Request(
        b"GET",
        httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target),
        headers=[
            (b"Host", address.authority.encode("ascii")),
            (b"User-Agent", agent.encode("ascii", "replace")),
            (b"Accept", answers.TAKEN.encode("ascii")),
            (b"Accept-Encoding", ", ".join(answers.PACKINGS).encode("ascii")),
            (b"Connection", b"close"),
        ],
    )
    connection = httpcore.HTTPConnection(
        origin=request.url.origin,
        ssl_context=network.trust() if address.scheme == "https" else None,
        http2=False,
        retries=0,
        network_backend=Guarded(network, limits, clock),
    )
    try:
        response = connection.handle_request(request)
        headers = headers_of(response.headers)
        if response.status not in (200, 203):
            return Answer(response.status, headers)
        body = unpacked(
            response.iter_stream(), headers.get("content-encoding", ""), most, cut=enough is not None
        )
        return Answer(response.status, headers, body)
    except (Barred, Unpackable) as error:
        raise NotHad(str(error)) from None
    except Unknown as error:
        raise _not_found(address, error) from None
    except (Overdue, httpcore.TimeoutException):
        raise NotHad(f"the site does not answer within {limits.whole:.0f} seconds", passing=True) from None
    except Overlong:
        raise NotHad(f"it is more than {limits.decoded / 1024 / 1024:.0f} MB") from None
    except httpcore.RemoteProtocolError as error:
        raise NotHad(f"the site does not speak HTTP as it should ({_short(error)})") from None
    except httpcore.ConnectError as error:
        if isinstance(error.__cause__ or error.__context__, ssl.SSLError):
            raise NotHad(f"its certificate does not hold ({_short(error)})") from None
        raise NotHad(f"the site cannot be reached ({_short(error)})", passing=True) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise NotHad(f"the connection broke ({_short(error)})", passing=True) from None
    finally:
        connection.close()


def _not_found(address: Address, error: Unknown) -> NotHad:
    if error.passing:
        return NotHad(f"{address.host} cannot be looked up for now", passing=True)
    return NotHad(f"there is no site called {address.host}")


def _short(error: Exception) -> str:
    return one_line(" ".join(str(error).split()))[:160]
