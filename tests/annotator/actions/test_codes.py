"""Changing codes one by one: each change is a version, nothing coded is lost, nobody is overwritten."""

import json
from typing import Any

import pytest

from annotator.actions import code_merges, codebook, codebook_import, codes
from annotator.intents.codebook import parse_edit, parse_new_code
from annotator.intents.codebook_file import parse_file
from annotator.intents.refusal import Refused, Stale
from annotator.models import Claim, Code, CodebookVersion
from annotator.queries.code_uses import times_used
from sources.models import Change

from .conftest import Desk

pytestmark = pytest.mark.django_db


def found(desk: Desk, key: str, facet: str = "claim_type") -> Code:
    return Code.objects.get(project=desk.project, facet=facet, key=key)


def made(desk: Desk, facet: str = "topic", **body: Any) -> Code:
    return codes.make(by=desk.by, project=desk.project, new=parse_new_code({"facet": facet, **body}))


def edited(desk: Desk, code: Code, **body: Any) -> Code:
    intent = parse_edit({"name": code.name, "version": str(code.version), **body}, code.facet)
    return codes.edit(by=desk.by, project=desk.project, uuid=code.uuid, intent=intent)


def version(desk: Desk) -> int:
    return codebook.current_version(desk.project)


def frozen(desk: Desk, facet: str, key: str, number: int | None = None) -> dict[str, Any]:
    content = CodebookVersion.objects.get(project=desk.project, number=number or version(desk)).content
    return next(code for code in content[facet] if code["key"] == key)


def test_an_edit_says_everything_and_is_frozen(desk: Desk) -> None:
    under = made(desk, name="Infrastructure")
    code = made(desk, name="Bridges")
    before = version(desk)
    after = edited(
        desk,
        code,
        name="Bridges and tunnels",
        definition="What carries a road over or under.",
        examples=" the Velm bridge \n\n the Kai tunnel ",
        colour="#2C68EC",
        shortcut="B",
        parent=under.key,
    )
    assert (after.examples, after.colour, after.shortcut) == (
        "the Velm bridge\nthe Kai tunnel",
        "#2c68ec",
        "b",
    )
    assert (after.version, after.key, version(desk)) == (code.version + 1, "bridges", before + 1)
    assert frozen(desk, "topic", "bridges") == {
        "key": "bridges",
        "name": "Bridges and tunnels",
        "definition": "What carries a road over or under.",
        "retired": False,
        "examples": ["the Velm bridge", "the Kai tunnel"],
        "colour": "#2c68ec",
        "shortcut": "b",
        "parent": "infrastructure",
    }
    assert frozen(desk, "topic", "bridges", before)["name"] == "Bridges"


def test_a_claim_keeps_its_codes_and_its_version_through_an_edit(desk: Desk) -> None:
    claim = desk.claim("We found a crack")
    edited(desk, found(desk, "fact"), name="Statement")
    claim.refresh_from_db()
    assert (str(claim.type), claim.codebook_version, version(desk)) == ("Statement", 1, 2)


def test_saving_what_is_makes_no_version_whatever_was_seen(desk: Desk) -> None:
    code = edited(desk, found(desk, "fact"), definition="As it is.")
    before = version(desk)
    again = {"name": code.name, "definition": "As it is.", "version": "1"}
    codes.edit(by=desk.by, project=desk.project, uuid=code.uuid, intent=parse_edit(again, "claim_type"))
    assert version(desk) == before


def test_an_older_form_overwrites_nothing(desk: Desk) -> None:
    code = found(desk, "fact")
    edited(desk, code, name="Statement")
    with pytest.raises(Stale) as caught:
        edited(desk, code, name="Assertion")
    assert caught.value.current.name == "Statement"
    for act in (codes.retire, codes.bring_back):
        if act is codes.bring_back:
            codes.retire(by=desk.by, project=desk.project, uuid=code.uuid, version=2)
        with pytest.raises(Stale):
            act(by=desk.by, project=desk.project, uuid=code.uuid, version=1)
    with pytest.raises(Stale):
        codes.move(by=desk.by, project=desk.project, uuid=code.uuid, version=1, up=False)


def test_retiring_keeps_what_was_coded_and_can_be_taken_back(desk: Desk) -> None:
    claim, code = desk.claim("We found a crack"), found(desk, "fact")
    retired = codes.retire(by=desk.by, project=desk.project, uuid=code.uuid, version=1)
    assert retired.retired_at is not None
    assert codes.retire(by=desk.by, project=desk.project, uuid=code.uuid, version=1).version == 2
    assert Claim.objects.get(pk=claim.pk).type == code
    assert times_used(desk.project)[code.pk] == 1
    assert frozen(desk, "claim_type", "fact")["retired"] is True
    back = codes.bring_back(by=desk.by, project=desk.project, uuid=code.uuid, version=2)
    assert (back.retired_at, version(desk)) == (None, 3)


def test_a_code_that_comes_back_leaves_its_shortcut_to_who_took_it(desk: Desk) -> None:
    code = edited(desk, found(desk, "fact"), shortcut="f")
    with pytest.raises(Refused, match="is the key of “Fact”"):
        edited(desk, found(desk, "figure"), shortcut="f")
    codes.retire(by=desk.by, project=desk.project, uuid=code.uuid, version=2)
    edited(desk, found(desk, "figure"), shortcut="f")
    assert codes.bring_back(by=desk.by, project=desk.project, uuid=code.uuid, version=3).shortcut == ""


def test_moving_changes_places_among_those_in_use(desk: Desk) -> None:
    for key in ("figure", "blame"):
        code = found(desk, key)
        codes.retire(by=desk.by, project=desk.project, uuid=code.uuid, version=code.version)
    order = Code.objects.filter(project=desk.project, facet="claim_type", retired_at=None).order_by(
        "position"
    )
    assert [code.key for code in order][:3] == ["fact", "responsibility", "admission"]
    before, third = version(desk), found(desk, "admission")
    codes.move(by=desk.by, project=desk.project, uuid=third.uuid, version=third.version, up=True)
    assert [code.key for code in order.all()][:3] == ["fact", "admission", "responsibility"]
    first = found(desk, "fact")
    codes.move(by=desk.by, project=desk.project, uuid=first.uuid, version=first.version, up=True)
    assert version(desk) == before + 1, "at the end of the row nothing happens"


def test_topics_lie_two_deep(desk: Desk) -> None:
    top = made(desk, name="Water")
    under = made(desk, name="Floods", parent=top.key)
    with pytest.raises(Refused) as caught:
        made(desk, name="Flash floods", parent=under.key)
    assert (caught.value.field, caught.value.rule) == ("parent", "two_levels")
    for parent in (under.key, top.key):
        with pytest.raises(Refused):
            edited(desk, top, parent=parent)
    with pytest.raises(Refused, match="only a topic"):
        made(desk, facet="concept", name="The dam holds", parent=top.key)


def test_keys_are_made_from_names_and_never_twice(desk: Desk) -> None:
    keys = [made(desk, name=name).key for name in ("Élan vital!", "elan  VITAL", "الماء", "水")]
    assert keys == ["elan-vital", "elan-vital-2", "topic-1", "topic-2"]
    with pytest.raises(Refused, match="in the codebook already"):
        made(desk, name="X", key="topic-1")


def test_a_name_is_there_once_but_for_what_lies_under_another(desk: Desk) -> None:
    trade, war = made(desk, name="Trade"), made(desk, name="War")
    for again in ("Trade", "tRADE", "Trade "):
        with pytest.raises(Refused) as caught:
            made(desk, name=again)
        assert (caught.value.field, caught.value.rule) == ("name", "name_once")
    with pytest.raises(Refused, match="Trade"):
        edited(desk, war, name="trade")
    assert edited(desk, trade, name="TRADE").name == "TRADE", "its own name is no other's"
    for parent in ("trade", "war"):
        assert made(desk, name="Other", parent=parent).name == "Other"
    loose = made(desk, name="Other")
    with pytest.raises(Refused, match="Other"):
        edited(desk, found(desk, "other", "topic"), parent="")
    codes.retire(by=desk.by, project=desk.project, uuid=loose.uuid, version=loose.version)
    with pytest.raises(Refused, match="which is retired"):
        made(desk, name="other")
    assert made(desk, facet="concept", name="Trade").facet == "concept"


def test_a_merged_code_comes_back_only_while_its_name_is_free(desk: Desk) -> None:
    gone, kept = made(desk, name="Boats"), made(desk, name="Ferries")
    merge = code_merges.merge(by=desk.by, project=desk.project, gone=gone.uuid, kept=kept.uuid)
    taken = made(desk, name="boats")
    with pytest.raises(Refused, match="boats"):
        code_merges.undo(by=desk.by, project=desk.project, uuid=merge.uuid)
    edited(desk, taken, name="Barges")
    code_merges.undo(by=desk.by, project=desk.project, uuid=merge.uuid)
    assert found(desk, "boats", "topic").merged_into is None


def test_a_file_brings_no_name_twice_and_may_change_names_about(desk: Desk) -> None:
    one, other = made(desk, name="Trade"), made(desk, name="War")

    def imported(*rows: tuple[str, str]) -> None:
        topics = [{"key": key, "name": name} for key, name in rows]
        text = json.dumps({"format": "sourceline-codebook", "edition": 1, "codes": {"topic": topics}})
        codebook_import.apply(by=desk.by, project=desk.project, file=parse_file(text))

    for rows in ([("new", "trade")], [("x", "Sea"), ("y", "SEA")], [("war", "Trade")]):
        with pytest.raises(Refused) as caught:
            imported(*rows)
        assert caught.value.rule == "name_once"
    imported((one.key, "War"), (other.key, "Trade"))
    assert [found(desk, key, "topic").name for key in (one.key, other.key)] == ["War", "Trade"]


@pytest.mark.parametrize(
    ("body", "field", "rule"),
    [
        ({"name": ""}, "name", "required"),
        ({"name": "x" * 101}, "name", "max_length"),
        ({"name": "a\u202eb"}, "name", "no_bidi_overrides"),
        ({"name": ["a"]}, "name", "string"),
        ({"name": "X", "colour": "red"}, "colour", "colour"),
        ({"name": "X", "colour": "#12345g"}, "colour", "colour"),
        ({"name": "X", "colour": "url(//elsewhere)"}, "colour", "colour"),
        ({"name": "X", "shortcut": "ab"}, "shortcut", "shortcut"),
        ({"name": "X", "shortcut": "é"}, "shortcut", "shortcut"),
        ({"name": "X", "examples": "a\n" * 21}, "examples", "max_items"),
        ({"name": "X", "parent": "nowhere"}, "parent", "code"),
        ({"name": "X", "parent": "a b"}, "parent", "key"),
        ({"name": "X", "definition": "x" * 2001}, "definition", "max_length"),
        ({"name": "X", "mood": "glad"}, "mood", "known_field"),
        ({"name": "X", "facet": "mood"}, "facet", "choice"),
    ],
)
def test_codes_that_are_refused(desk: Desk, body: dict[str, Any], field: str, rule: str) -> None:
    with pytest.raises(Refused) as caught:
        made(desk, **{"facet": "topic", **body})
    assert (caught.value.field, caught.value.rule) == (field, rule)
    assert version(desk) == 1


def test_changes_are_in_the_history_as_whose_they_are(desk: Desk) -> None:
    code = found(desk, "fact")
    edited(desk, code, name="Statement")
    change = Change.objects.filter(table="annotator_code", row_id=code.pk).latest("pk")
    assert (change.user_id, change.before["name"], change.after["name"]) == (desk.by.pk, "Fact", "Statement")
