import pytest
from hypothesis import given

from sources.intake.plain import read_plain
from sources.intake.refusal import Refused
from sources.text.normalise import Step
from tests.sources.text.strategies import raw_texts

STORY = (
    "The water came at night and took the bridge, the people of Lower Sell say. Nobody had warned them.\n\n"
    "“We were told that boats would be here by noon,” said Greta Oyelaran, who runs the school.\n"
)
TITLE = "River Towns Wait for Help That Was Promised"


def test_lines_by_the_headline_are_read_off_with_where():
    read = read_plain(f"{TITLE}\n\nBy Ilse Marrow and Tomas Vek\n\nJune 4, 2031\n\n{STORY}".encode())
    assert read.title == TITLE
    assert read.authors == ("Ilse Marrow", "Tomas Vek")
    assert read.published_edtf == "2031-06-04"
    assert read.language == "en"
    assert set(read.read_off) == {"title", "authors", "published_edtf", "language"}
    assert all(read.read_off.values())
    assert read.outlet is None and read.url is None and read.original_outlet is None
    assert read.encoding == "utf-8" and read.steps == ()


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Source: The Valley Post", "original_outlet", "The Valley Post"),
        ("Source : AP", "original_outlet", "Associated Press"),
        ("This article was originally published in The Valley Post.", "original_outlet", "The Valley Post"),
        ("المصدر: رويترز", "original_outlet", "Reuters"),
        ("https://example.org/sell/water-came", "url", "https://example.org/sell/water-came"),
        ("Follow Ilse Marrow on Twitter: @ilsemarrow", "authors", ("Ilse Marrow",)),
        ("Follow Valley Post News on Twitter: @valleypost", "authors", ()),
    ],
)
def test_lines_after_the_story(line, field, value):
    read = read_plain(f"{TITLE}\n\n{STORY}\n{line}\n")
    assert getattr(read, field) == value


@pytest.mark.parametrize(
    "dateline", ["LOWER SELL, June 4 (AP) — ", "LOWER SELL (AP) - ", "Lower Sell, Vale (AP): "]
)
def test_the_agency_of_a_dateline_is_the_original(dateline):
    assert read_plain(f"{TITLE}\n\n{dateline}{STORY}").original_outlet == "Associated Press"


def test_a_byline_may_name_outlet_or_agency():
    assert read_plain(f"{TITLE}\n\nBy Ilse Marrow, The Valley Post\n\n{STORY}").outlet == "The Valley Post"
    assert read_plain(f"{TITLE}\n\nBy Ilse Marrow, The Valley Post\n\n{STORY}").authors == ("Ilse Marrow",)
    wire = read_plain(f"{TITLE}\n\nBy Ilse Marrow and Emily Post, Associated Press\n\n{STORY}")
    assert (wire.original_outlet, wire.authors) == ("Associated Press", ("Ilse Marrow", "Emily Post"))
    agency = read_plain(f"{TITLE}\n\nBy Ilse Marrow | Reuters\n\n{STORY}")
    assert (agency.outlet, agency.original_outlet, agency.authors) == (None, "Reuters", ("Ilse Marrow",))


def test_bylines_in_arabic_and_urdu():
    arabic = read_plain(
        "سكان الوادي ينتظرون المساعدة\n\nبقلم: ليلى حداد وسامر عودة\n\nقال السكان إن الماء جاء ليلا.\n"
    )
    assert arabic.authors == ("ليلى حداد", "سامر عودة")
    assert arabic.language == "ar"
    urdu = read_plain(
        "وادی کے لوگ مدد کے منتظر ہیں\n\nتحریر: ثنا میر اور علی خان\n\nگاؤں والوں نے کہا کہ پانی آیا ہے۔\n"
    )
    assert urdu.authors == ("ثنا میر", "علی خان")
    assert urdu.language == "ur"


def test_a_header_wins_and_is_no_part_of_the_text():
    header = (
        "Title: What the Water Took\nOutlet: The Valley Post\nAuthor: Orla Venn; Piet Lund\n"
        "Date: June 5, 2031\nURL: https://example.org/water\nLanguage: en-GB\n\n"
    )
    text = f"{TITLE}\n\nBy Ilse Marrow\n\n{STORY}"
    read = read_plain(header + text)
    assert read.text == text
    assert (read.title, read.outlet) == ("What the Water Took", "The Valley Post")
    assert read.authors == ("Orla Venn", "Piet Lund")
    assert (read.published_edtf, read.url, read.language) == (
        "2031-06-05",
        "https://example.org/water",
        "en-gb",
    )
    assert set(read.read_off.values()) == {"the header"}
    assert Step("header character taken off", len(header)) in read.steps


def test_a_markdown_header_and_heading():
    read = read_plain(
        f'---\ntitle: "What the Water Took"\ndate: 2031-06-05\n---\n\n# {TITLE}\n\n{STORY}', "water.md"
    )
    assert read.title == "What the Water Took"
    assert read.text.startswith(f"# {TITLE}")
    assert read_plain(f"# {TITLE}\n\n{STORY}", "water.md").title == TITLE


@pytest.mark.parametrize(
    "opening",
    [
        "Title: A\nThe rest is no header: it goes on.\n\n",
        "He said this: nothing\n\n",
        "Question: who did it?\nAnswer: nobody.\n\n",
        "Title: a last line without a text after it",
    ],
)
def test_what_only_looks_like_a_header_is_text(opening):
    assert read_plain(opening + (STORY if opening.endswith("\n") else "")).text.startswith(opening)


def test_a_header_that_cannot_be_read_says_so_and_loses_nothing_else():
    read = read_plain(f"Title: A B C\nDate: next week\nURL: javascript:alert(1)\nLanguage: ??\n\n{STORY}")
    assert (read.title, read.published_edtf, read.url, read.language) == ("A B C", None, None, "en")
    assert len(read.notes) == 3
    assert "next week" in read.notes[0]


def test_names_are_tidied():
    read = read_plain(f"Title: A\u202e  B\u0007 e\u0301\nOutlet: {'x' * 900}\n\n{STORY}")
    assert read.title == "A B é"
    assert len(read.outlet) == 200


def test_a_text_without_headline_has_a_working_title_of_its_first_words():
    read = read_plain(STORY)
    assert read.title is None
    assert read.working_title == "The water came at night and took the bridge, the …"
    assert read_plain(f"{TITLE}\n\n{STORY}").working_title == TITLE


def test_what_cleaning_did_is_recorded():
    read = read_plain(b"Rain fell.\r\nAll day.\x00")
    assert read.text == "Rain fell.\nAll day."
    assert {step.what for step in read.steps} == {"CRLF to LF", "NUL dropped"}


@pytest.mark.parametrize(
    ("raw", "declared", "line"),
    [
        (b"", None, "water.txt: the file is empty"),
        (b" \n\n", None, "water.txt: the file is blank"),
        (b"%PDF-1.4 ...", None, "water.txt: this is not text but a PDF document"),
        (b"Caf\xe9", "utf-8", "water.txt, byte 3: not valid utf-8"),
        (b"\xef\xbb\xbfCaf\xe9 Orla", None, "water.txt, byte 6: not valid utf-8"),
        (b"Title: Only a header\n\n\n", None, "water.txt: the file is blank"),
    ],
)
def test_refusals_are_one_clear_line(raw, declared, line):
    with pytest.raises(Refused) as refused:
        read_plain(raw, "water.txt", declared)
    assert str(refused.value.refusal).startswith(line)
    assert "\n" not in str(refused.value)


@pytest.mark.lengthy
@given(raw_texts)
def test_any_text_is_read_or_refused(text):
    try:
        read = read_plain(text)
    except Refused as refused:
        assert refused.refusal.why
        return
    read.text.encode("utf-8")
    assert read.blocks and read.working_title
    assert all(0 <= b.start < b.end <= len(read.text) for b in read.blocks)
    assert set(read.read_off) <= {
        "title", "subtitle", "authors", "outlet", "original_outlet", "published_edtf", "url", "language",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Marrow, Ilse", ("Marrow, Ilse",)),
        ("van der Berg, Ilse M.", ("van der Berg, Ilse M.",)),
        ("O’Dowd, Anne-Marie", ("O’Dowd, Anne-Marie",)),
        ("Marrow, Ilse; Vek, Tomas", ("Marrow, Ilse", "Vek, Tomas")),
        ("Marrow, Ilse and Vek, Tomas", ("Marrow, Ilse", "Vek, Tomas")),
        ("Ilse Marrow, Tomas Vek", ("Ilse Marrow", "Tomas Vek")),
        ("Ilse Marrow, Tomas Vek and Orla Venn", ("Ilse Marrow", "Tomas Vek", "Orla Venn")),
        ("Ilse Marrow and Tomas Vek", ("Ilse Marrow", "Tomas Vek")),
        ("Ilse Marrow; Tomas Vek", ("Ilse Marrow", "Tomas Vek")),
        ("Reuters, AFP", ("Reuters", "AFP")),
        ("Staff, Agencies", ("Staff", "Agencies")),
        ("Marrow, Reuters", ("Marrow", "Reuters")),
    ],
)
def test_a_comma_within_a_writers_name_parts_nobody(line: str, names: tuple[str, ...]) -> None:
    assert read_plain(f"Title: {TITLE}\nAuthor: {line}\n\n{STORY}").authors == names


def test_an_agency_named_several_times_is_told_once_with_where_it_was_read():
    story = "The ferry stayed in port on Monday, and nobody was hurt there."
    text = f"Ferry stays\n\n(Reuters) {story}\n\n{story} (Reuters)\n\nTwo lorries waited there till night.\n"
    read = read_plain(text.encode(), "a.txt")
    where = "perhaps, by the words “(Reuters)”, the first of 2 times"
    assert (read.original_outlet, read.told["original_outlet"]) == (None, [["Reuters", where]])
    own = read_plain(f"Outlet: Reuters\n\n{text}".encode(), "a.txt")
    assert "original_outlet" not in own.told
    associated = text.replace("Reuters", "Associated Press")
    own = read_plain(f"Outlet: AP\n\n{associated}".encode(), "a.txt")
    assert "original_outlet" not in own.told
