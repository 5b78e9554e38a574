"""The encoding of a page: its mark, its own word, and what it is where that is not true."""

import codecs

import pytest

from sources.intake.page import read_page
from sources.intake.refusal import Refused

RUSSIAN = (
    "Паром остался в порту, сказал в понедельник начальник порта, и одиннадцать человек ждали на причале. "
)


def page(text: str, head: str) -> str:
    return f"<html><head>{head}<title>x</title></head><body><p>{text * 3}</p></body></html>"


@pytest.mark.parametrize(
    ("head", "encoding", "read_as"),
    [
        ('<meta charset="utf-8">', "utf-8", "utf-8"),
        ("<meta charset=windows-1251>", "cp1251", "cp1251"),
        ('<META http-equiv="Content-Type" content="text/html; charset=KOI8-R">', "koi8-r", "koi8-r"),
        ("", "utf-8", "utf-8"),
        ("", "cp1251", "cp1251"),
        ('<meta charset="utf-16">', "utf-8", "utf-8"),
        ('<meta charset="unicode-escape">', "utf-8", "utf-8"),
        ('<meta charset="utf-7">', "utf-8", "utf-8"),
        ('<meta charset="rot13">', "utf-8", "utf-8"),
    ],
)
def test_cyrillic_in_what_the_page_says(head: str, encoding: str, read_as: str) -> None:
    read = read_page(page(RUSSIAN, head).encode(encoding), "a.html")
    assert read.text.startswith("Паром остался") and read.encoding == read_as


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_mark_goes_before_what_the_page_says(mark: bytes) -> None:
    encoding = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le"}.get(mark, "utf-16-be")
    raw = mark + page(RUSSIAN, "<meta charset=koi8-r>").encode(encoding)
    assert read_page(raw, "a.html").text.startswith("Паром остался")


@pytest.mark.lengthy
def test_latin_1_means_windows_1252_as_in_browsers() -> None:
    read = read_page(page("“Nine months” – over. ", "<meta charset=iso-8859-1>").encode("cp1252"), "a.html")
    assert read.text.startswith("“Nine months” – over.") and read.encoding == "cp1252"


@pytest.mark.parametrize("said", ["windows-1252", "windows-1251", "iso-8859-2"])
def test_a_page_that_is_utf_8_and_says_otherwise(said: str) -> None:
    read = read_page(page(RUSSIAN, f"<meta charset={said}>").encode(), "a.html")
    assert read.text.startswith("Паром остался") and "and is UTF-8" in read.notes[0]


def test_a_page_that_says_utf_8_and_is_not() -> None:
    read = read_page(page(RUSSIAN, "<meta charset=utf-8>").encode("cp1251"), "a.html")
    assert read.text.startswith("Паром остался")
    assert "says that it is utf-8, and was read as cp1251" in read.notes[0]


def test_chinese_and_japanese() -> None:
    chinese = "渡轮周一停在港口，港务长说，有十一个人在码头等候。"
    japanese = "フェリーは月曜日に港にとどまった、と港長は語った。"
    assert read_page(page(chinese, "<meta charset=gb2312>").encode("gb18030"), "a").text.startswith(chinese)
    assert read_page(page(japanese, "<meta charset=shift_jis>").encode("cp932"), "a").text.startswith(
        japanese
    )


def test_the_persons_word_is_taken_at_it() -> None:
    raw = page(RUSSIAN, "<meta charset=utf-8>").encode("koi8-r")
    assert read_page(raw, "a.html", "koi8-r").text.startswith("Паром остался")
    with pytest.raises(Refused, match="byte"):
        read_page(raw, "a.html", "utf-8")


@pytest.mark.parametrize("raw", [b"%PDF-1.7 <html>", b"\x89PNG\r\n\x1a\n", b"<p>" + bytes(range(8)) * 400])
def test_bytes_that_are_no_page(raw: bytes) -> None:
    with pytest.raises(Refused, match="not text but"):
        read_page(raw, "a.html")
