"""The demo project, loaded once for this folder and rolled back after it; a test has a savepoint in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from annotator.demo.load import load_demo
from sources.models import Project, User

from .releases import unpack, write


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker) -> Iterator[Project]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo(by=User.objects.create(username="mara", name="Mara Quill")).project
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: Project) -> Iterator[Project]:
    with transaction.atomic():
        yield loaded
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def demo_release(loaded: Project, tmp_path_factory) -> dict[str, Path]:
    """The project's release as ZIPs, with and without texts."""
    folder = tmp_path_factory.mktemp("release")
    return {
        "plain": write(loaded, folder / "plain.zip"),
        "texts": write(loaded, folder / "texts.zip", with_texts=True),
    }


@pytest.fixture
def top(demo_release: dict[str, Path], tmp_path: Path) -> Path:
    """An unpacked copy of the release, free to be damaged."""
    return unpack(demo_release["plain"], tmp_path / "unpacked")
