"""Claims in texts that run from right to left, mixed with Latin and combining marks: cited exactly."""

from pathlib import Path

import pytest

from annotator.exchange.verification import verify
from sources.models import Project, User
from tests.factories import claim
from tests.factories import stored as import_text

from .releases import table, unpack, write

TEXTS = {
    "ar": (
        "إغلاق الجسر\n\nقالَ المديرُ إن «الجسر آمن 👩🏽‍🔧» لوكالة Nordpost، ويفتح غدا. عادت 18 شاحنة.\n",
        ("الجسر آمن 👩🏽‍🔧", "ويفتح غدا"),
    ),
    "he": (
        'הגשר נסגר\n\nהמנהלת אמרה כי "הגשר סָגוּר" עד יום שני. דובר צה"ל סירב לענות לסוכנות Nordpost.\n',
        ("הגשר סָגוּר", "עד יום שני"),
    ),
    "ur": (
        "پل بند\n\nڈائریکٹر نے کہا کہ پل نو دن بند رہے گا۔ ایجنسی Nordpost نے خبر دی۔\n",
        ("نو دن بند رہے گا",),
    ),
}


@pytest.mark.lengthy
def test_claims_go_out_with_the_exact_slices(demo: Project, tmp_path: Path) -> None:
    by = User.objects.filter(memberships__project=demo).first()
    made = {}
    for language, (text, stretches) in TEXTS.items():
        snapshot = import_text(by, demo, text)
        assert snapshot.article.language == language
        made[str(claim(by, snapshot, *stretches).uuid)] = (snapshot.text, stretches)
    top = unpack(write(demo, tmp_path / "rtl.zip", with_texts=True), tmp_path / "unpacked")
    header, *rows = table(top, "claims")
    found = [dict(zip(header, row, strict=True)) for row in rows]
    told = [(row, *made[row["claim_id"]]) for row in found if row["claim_id"] in made]
    assert len(told) == len(TEXTS)
    for row, text, stretches in told:
        extent = [tuple(map(int, stretch.split("-"))) for stretch in row["extent"].split(";")]
        first, last = extent[0][0], extent[-1][1]
        assert [text[start:end] for start, end in extent] == list(stretches)
        assert all(words in row["quote"] for words in stretches)
        assert row["prefix"] and text[:first].endswith(row["prefix"])
        assert row["suffix"] and text[last:].startswith(row["suffix"])
        assert (int(row["first_start"]), int(row["last_end"])) == (first, last)
    assert verify(top).ok, verify(top).lines
