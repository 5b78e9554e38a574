"""Fields of several lines, as browsers send them (CR LF) and as older programs do (CR)."""

import pytest
from django.core.exceptions import ValidationError

from annotator.intents import fields
from annotator.intents.discussion import LONGEST_COMMENT, comment_text
from annotator.intents.refusal import Refused
from annotator.models import Release
from annotator.queries.project_json import state_of
from annotator.web.forms.fields import ProseField
from sources.models import Project

from .conftest import Cast

ENDS = pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])


@ENDS
def test_each_line_ends_alike_whatever_was_sent(end: str) -> None:
    sent = end.join(["One.", "", "Three."])
    assert fields.text(sent, "notes") == "One.\n\nThree."
    assert comment_text(sent) == "One.\n\nThree."
    assert ProseField().clean(sent) == "One.\n\nThree."
    assert fields.name(sent, "title") == "One. Three."


@ENDS
def test_a_line_end_counts_as_one_character(end: str) -> None:
    assert fields.text(end.join("abc"), "notes", most=5) == "a\nb\nc"
    assert ProseField(max_length=5).clean(end.join("abc")) == "a\nb\nc"
    with pytest.raises(ValidationError):
        ProseField(max_length=4).clean(end.join("abc"))
    with pytest.raises(Refused):
        comment_text(end.join("x" * (2 * LONGEST_COMMENT + 1)))


def test_other_control_characters_stay_refused() -> None:
    for sent in ("a\x0bb", "a\x0cb", "a\x85b", "\x00", "a\r\x1bb"):
        with pytest.raises(Refused) as caught:
            fields.text(sent, "notes")
        assert caught.value.rule == "no_control_characters"


@ENDS
def test_a_releases_notes_and_a_projects_description_take_several_lines(cast: Cast, end: str) -> None:
    sent = {"title": "Lines", "statuses": ["submitted"], "notes": f"First.{end}Second."}
    assert cast.reviewer.post("/p/here/releases/", sent).status_code == 302
    assert Release.objects.get(title="Lines").notes == "First.\nSecond."
    seen = state_of(Project.objects.get(slug="here"))
    about = {"name": "Here", "description": f"First.{end}Second.", "version": seen}
    assert cast.manager.post("/p/here/settings/", about).status_code == 302
    assert Project.objects.get(slug="here").description == "First.\nSecond."
