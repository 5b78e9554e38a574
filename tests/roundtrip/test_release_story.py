"""A release from the request to the proof: action, job, file, commands; committed, as users have it."""

import io
import os

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.actions.projects import open_project
from annotator.actions.releases import BUILD, request_release
from annotator.exchange import release_file
from annotator.exchange.verification import verify
from annotator.intents.refusal import Refused
from annotator.intents.release import parse_scope
from annotator.jobs.releases import build_release
from annotator.models import Claim, Release
from sources.models import User


@pytest.fixture
def story(committed_demo, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    return User.objects.get(username="mara"), committed_demo


def ended(command, *arguments, **options) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=out, **options)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.lengthy
def test_a_release_is_asked_for_built_and_frozen(story):
    user, project = story
    release = request_release(by=user, project=project, title="First", site="https://desk.example")
    assert (release.number, release.state) == (1, "queued")
    job = ProcrastinateJob.objects.get(task_name=BUILD)
    assert BUILD in app.tasks
    assert job.args == {"release_id": release.pk}

    # A worker was killed at this point: half a file lies there, and the release says it is being built.
    folder = release_file.path_of(release)
    folder.mkdir(parents=True)
    (folder / "demo-release-1.zip.part").write_bytes(b"half")
    Release.objects.update(state="building")
    build_release(**job.args)

    release.refresh_from_db()
    assert (release.state, release.problems) == ("ready", [])
    path = release_file.path_of(release)
    assert sorted(os.listdir(path.parent)) == ["demo-release-1.xlsx", "demo-release-1.zip"]
    assert path.stat().st_size == release.size
    report = verify(path)
    assert report.ok
    assert report.citations == release.counts["claims"] > 0

    before = path.read_bytes()
    Claim.objects.filter(project=project, status="accepted").update(paraphrase="changed since")
    build_release(**job.args)
    assert path.read_bytes() == before
    assert request_release(by=user, project=project).number == 2
    for statuses in ((), ("finished",), ("accepted", "finished")):
        with pytest.raises(Refused):
            request_release(by=user, project=project, scope=parse_scope({"statuses": statuses}))
    with pytest.raises(Refused, match="no claim"):
        request_release(by=user, project=open_project(by=user, name="Empty", slug="empty"))
    assert ProcrastinateJob.objects.filter(task_name=BUILD).count() == 2


def test_a_build_that_fails_says_why_and_leaves_no_file(story, monkeypatch):
    user, project = story
    release = request_release(by=user, project=project)

    def untrue(*_):
        raise release_file.Untrue(["claim 7: the quote is not what the text has at 1-9"])

    monkeypatch.setattr(release_file, "publish", untrue)
    build_release(release_id=release.pk)
    release.refresh_from_db()
    assert (release.state, release.file_name) == ("failed", "")
    assert release.problems == ["claim 7: the quote is not what the text has at 1-9"]


@pytest.mark.lengthy
def test_the_commands(story, tmp_path):
    _, project = story
    out = tmp_path / "out.zip"
    assert ended("export_dataset", "demo", out)[0] == 0
    code, said = ended("verify_dataset", out)
    accepted = Claim.objects.filter(project=project, status="accepted", withdrawn_at=None).count()
    assert (code, f"{accepted} of {accepted} citations hold" in said) == (0, True)

    everything = tmp_path / "all.zip"
    assert ended("export_dataset", "demo", everything, status=["all"], with_texts=True)[0] == 0
    assert f"{Claim.objects.filter(project=project).count()} of" in ended("verify_dataset", everything)[1]

    code, said = ended("verify_dataset", out, against_database=True)
    assert (code, "0 contradicted, 0 changed since" in said) == (0, True)
    claim = Claim.objects.filter(project=project, status="accepted").first()
    Claim.objects.filter(pk=claim.pk).update(status="disputed")
    code, said = ended("verify_dataset", out, against_database=True)
    assert code == 0
    assert f"({claim.uuid}): review_status was “accepted” and is “disputed” now" in said

    out.write_bytes(out.read_bytes()[:-200])
    assert ended("verify_dataset", out)[0] == 1
    with pytest.raises(CommandError, match="no project"):
        call_command("export_dataset", "nowhere", str(tmp_path / "x.zip"))
    assert sorted(p.name for p in tmp_path.glob("*.zip*")) == ["all.zip", "out.zip"]
