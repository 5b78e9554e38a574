from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from sources.intake.fetching.fetcher import Fetched, fetch
from sources.intake.fetching.network import Limits
from sources.intake.fetching.robots import Rules

from .sites import PUBLIC, Alone, Internet, Reply, Site


class Town:
    """An internet with the one site courier.example, and somebody who asks it."""

    def __init__(self, open_sites: ExitStack):
        self._open_sites = open_sites
        self.slept: list[float] = []
        self.internet, self.manners = Internet(), Alone()
        self.courier = self.site("courier.example", PUBLIC)

    def site(self, name: str, address: str, **pages: Reply) -> Site:
        site = self._open_sites.enter_context(Site(dict(pages)).open())
        self.internet.found[name] = [address]
        self.internet.doors[address, 80] = site
        return site

    def knows_the_rules(self) -> None:
        """Have the courier's rules known already, so that the next request is the page's."""
        self.manners.rules["http://courier.example"] = Rules("none")

    def fetch(self, url: str = "http://courier.example/page", **limits: float) -> Fetched:
        """At once, and with limits that nothing here comes near but what is meant to."""
        given = Limits(**({"connect": 20, "whole": 20} | limits))  # type: ignore[arg-type]
        return fetch(
            url,
            agent="Sourceline/test (+desk@courier.example)",
            manners=self.manners,
            network=self.internet.network,
            limits=given,
            pause=0,
            sleep=self.slept.append,
        )


@pytest.fixture
def town() -> Iterator[Town]:
    with ExitStack() as open_sites:
        yield Town(open_sites)
