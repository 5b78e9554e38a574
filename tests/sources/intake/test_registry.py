import pytest

from sources.intake import registry
from sources.intake.refusal import Refusal, Refused
from sources.intake.registry import LARGEST, LARGEST_FILE, READERS, SUFFIXES, read

STORY = b"The water came at night and took the bridge, the people of Lower Sell say.\n"


def why(document, name, **options):
    with pytest.raises(Refused) as refused:
        read(document, name, **options)
    assert refused.value.refusal.what == name
    return refused.value.refusal.why


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "a", "Vol. 3 report", "a.2031", "pasted text"])
def test_text_is_read_under_any_of_these_names(name):
    assert read(STORY, name).text == STORY.decode()


def test_every_suffix_has_a_reader():
    assert set(SUFFIXES.values()) <= set(READERS)


@pytest.mark.parametrize(
    ("name", "part"),
    [("a.webarchive", "web page"), ("a.doc", "Word"), ("a.csv", "CSV"), ("a.jsonl", "JSON Lines")],
)
def test_formats_without_a_reader_are_named(name, part):
    assert part in why(STORY, name)
    assert ".txt" in why(STORY, name)


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a", "a.zip"])
def test_binary_is_told_by_its_bytes_whatever_the_name(name):
    assert "PDF" in why(b"%PDF-1.7 rest", name)


@pytest.mark.parametrize(
    "opening",
    [
        b"<!DOCTYPE html>",
        b"\n<!-- saved -->\n<html>",
        b'<?xml version="1.0"?>\n<html>',
        b"\xef\xbb\xbf<HTML lang=en>",
    ],
)
def test_a_page_without_a_suffix_is_known_by_how_it_begins(opening):
    page = read(opening + b"<body><p>Rain fell on Lower Sell.</p><script>x</script></body></html>", "page")
    assert (page.text, page.media_type) == ("Rain fell on Lower Sell.", "text/html")


def test_other_marked_up_text_is_not_taken_for_plain():
    assert "this is XML" in why(b'<?xml version="1.0"?><rss>Rain</rss>', "feed")


@pytest.mark.lengthy
def test_a_file_may_be_larger_than_its_text(monkeypatch):
    page = b"<p>Rain fell on Lower Sell.</p><script>" + b"x" * LARGEST + b"</script>"
    assert read(page, "a.html").text == "Rain fell on Lower Sell."
    assert "10.0 MB, but at most 10 MB" in why(b"<p>" + b" " * LARGEST_FILE, "a.html")
    monkeypatch.setattr(registry, "LARGEST", 1000)
    assert why(b"<p>" + b"Rain fell. " * 100, "a.html").startswith("its text has 0.0 MB, but at most")


def test_empty_and_too_large():
    assert why(b"", "a.txt") == "the file is empty"
    assert why("", "a.txt") == "the text is empty"
    assert "at most 2 MB" in why(b"a" * (LARGEST + 1), "a.txt")


def test_more_sentences_than_are_stored_in_seconds(monkeypatch):
    monkeypatch.setattr(registry, "MOST_SENTENCES", 20)
    assert read("Rain fell. " * 20, "a.txt", format_name="plain").text
    for many in ("Rain fell. " * 21, "Rain\n\n" * 21, "Rain fell.\n" * 21):
        assert "more than 20 sentences" in why(many, "a.txt")
    assert read("It rained on 3.4.2025 at 3.30 p.m. " * 10, "a.txt", format_name="plain").text


def test_a_format_may_be_named_and_must_exist():
    assert read(STORY, "a.weird", format_name="plain").title is None
    assert "no format 'xls'" in why(STORY, "a.txt", format_name="xls")


def test_a_refusals_line_holds_no_control_of_a_hostile_file_name():
    line = str(Refusal("a\n\x1b[31mb\udcff.txt", "byte 3", "not\nvalid"))
    assert line.isprintable() and "\n" not in line
    line.encode("utf-8")
