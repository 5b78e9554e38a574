from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data_folders import served_folder
from tests.serving import Serving, serving


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """A data folder on which a server ran before; gone afterwards, with its database."""
    with pytest.MonkeyPatch.context() as patch, served_folder(patch) as folder:
        yield folder


@pytest.fixture(scope="module")
def running(data: Path) -> Iterator[Serving]:
    """A server that has said that it is ready; each test leaves it well."""
    with serving("--data", str(data)) as one:
        one.link()
        yield one
