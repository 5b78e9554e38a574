from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Serving, data_folder, serving


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """Where a data folder may be made; gone afterwards, with the database that it got."""
    with pytest.MonkeyPatch.context() as patch, data_folder(patch) as folder:
        yield folder


@pytest.fixture(scope="module")
def running(data: Path) -> Iterator[Serving]:
    """A server that has said that it is ready; each test leaves it well."""
    with serving("--data", str(data)) as one:
        one.link()
        yield one
