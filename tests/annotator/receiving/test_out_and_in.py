"""Out, in and out again: whatever a project holds comes back from its release as it was."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4, uuid5

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from annotator.actions.projects import open_project
from annotator.exchange.importers.bundle import Bundle
from annotator.exchange.importers.files import of_path
from annotator.exchange.importers.sourceline_release import read_sourceline
from annotator.exchange.importers.wishes import Wishes
from annotator.exchange.receiving import receive
from annotator.models import Annotation, Claim
from sources.models import Project, User
from tests.annotator.exchange.alike import differences, told
from tests.annotator.exchange.releases import write
from tests.order_of_locks import of_the_test

from .random_projects import bundles

pytestmark = pytest.mark.django_db


def project(by: User) -> Project:
    return open_project(by=by, name="Random", slug=f"r-{uuid4().hex}")


def goes_out_and_in(by: User, bundle: Bundle, folder: Path) -> int:
    """How many annotations went all the way."""
    first, second = project(by), project(by)
    receive(by=by, project=first, bundle=bundle, origin="random", create_codes=True)
    if not Claim.objects.filter(project=first).exists():
        return 0
    out = write(first, folder / "first.zip", with_texts=True)
    back = read_sourceline(of_path(out), Wishes())
    report = receive(by=by, project=second, bundle=back, origin="again", create_codes=True)
    assert (report.refused, report.changed, report.moved) == ([], [], [])
    assert {one.why for one in report.unmapped} <= {"does not say whose role it is, of several who speak"}
    lost = {one.what for one in report.unmapped}
    again = write(second, folder / "second.zip", with_texts=True)
    was, now = told(out, lambda uuid: str(uuid5(second.uuid, uuid))), told(again)
    for table, rows in was.items():
        if not lost or table not in ("annotations", "attributions", "sentences"):
            assert differences(rows, now[table]) == [], table
    twice = receive(by=by, project=second, bundle=back, origin="again")
    assert (twice.counts["stored"], twice.refused, twice.changed) == (0, [], [])
    return Annotation.objects.filter(project=second).count()


@pytest.mark.slow
def test_random_projects_come_back_as_they_were(db: None) -> None:
    went: list[int] = []

    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],  # shrinking would take minutes of releases
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(bundle=bundles())
    def each(bundle: Bundle) -> None:
        with of_the_test(), TemporaryDirectory() as folder:
            by = User.objects.create_user(username=f"u-{uuid4().hex}")
            went.append(goes_out_and_in(by, bundle, Path(folder)))
            transaction.set_rollback(True)

    each()
    assert sum(map(bool, went)) > len(went) / 2
    assert max(went) > 10
