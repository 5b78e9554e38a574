"""Names of what is exported: made by us, whatever things are called."""

import re
import zipfile

import pytest
from django.db.models import F

from annotator.models import Actor, Event
from sources.models import Article, Project, Publication

from .releases import write

HOSTILE = ("../../etc/cron.d/x", "/etc/passwd", "C:\\x", "..\\..\\x", ".ssh", "con.txt", "a\u202etxt.exe")
OURS = re.compile(r"(?:[a-z0-9][A-Za-z0-9_-]*/)*[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[a-z0-9]+)+")


@pytest.mark.lengthy
def test_no_name_of_a_user_becomes_one_of_a_file(demo: Project, tmp_path) -> None:
    Project.objects.filter(pk=demo.pk).update(name=HOSTILE[0])
    demo.refresh_from_db()
    named = ((Article, "title"), (Publication, "name"), (Actor, "name"), (Event, "label"))
    for model, field in named:
        rows = model.objects.filter(project=demo).order_by("pk")
        for number, row in enumerate(rows[: len(HOSTILE)]):
            changed = {field: f"{HOSTILE[number]} {row.pk}", "version": F("version") + 1}
            model.objects.filter(pk=row.pk).update(**changed)
    with zipfile.ZipFile(write(demo, tmp_path / "a.zip", with_texts=True)) as archive:
        members = archive.namelist()
    assert len(members) > 40
    assert [name for name in members if not OURS.fullmatch(name)] == []
