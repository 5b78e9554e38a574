import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sources.text.normalise import Step, Unreadable, clean, decode
from tests.sources.text.strategies import raw_texts, texts

# In UTF-16 NUL, a character and one of the first seventeen may as well be one character of UTF-32.
MAY_BE_UTF_32 = re.compile("\0.[\0-\x10]", re.DOTALL)


@given(texts, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
@example("\0" + "0", "utf-16")
@example("\0" + "01", "utf-16")
@example("\0\U0001f32712", "utf-16")
def test_a_marked_text_comes_back_as_it_was(text, codec):
    assume(any(c.isalnum() for c in text))
    assume(codec != "utf-16" or not MAY_BE_UTF_32.match(text))
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.how) == (text, "mark")


@given(texts)
def test_utf8_needs_no_mark_and_no_declaration(text):
    assume(any(c.isalnum() for c in text) and not text.startswith("\ufeff"))
    raw = text.encode()
    assume(sum(b < 32 and b not in b"\t\n\x0b\x0c\r\x1b" for b in raw) <= 3)
    assume(not raw.startswith((b"BZh", b"ID3", b"MZ")))
    assert decode(raw).text == text


def test_the_declared_encoding_is_used():
    decoded = decode("Нічого не сталося, сказала Олена.".encode("cp1251"), "windows-1251")
    assert decoded.text == "Нічого не сталося, сказала Олена."
    assert (decoded.encoding, decoded.how) == ("cp1251", "declared")


def test_what_is_not_valid_in_its_declared_encoding_is_refused_with_the_byte():
    with pytest.raises(Unreadable) as refused:
        decode(b"Caf\xe9 Orla", "utf-8")
    assert refused.value.where == 3
    assert "utf-8" in refused.value.reason


def test_a_mark_is_taken_at_its_word():
    with pytest.raises(Unreadable) as refused:
        decode(b"\xef\xbb\xbfgood \xff bad")
    assert refused.value.where == 8
    with pytest.raises(Unreadable):
        decode(b"\xff\xfea\x00b")
    with pytest.raises(Unreadable, match="utf-32-le") as refused:
        decode("Rain".encode("utf-32")[:-2])
    assert refused.value.where == 16


def test_one_broken_byte_in_utf8_is_not_guessed_into_mojibake():
    raw = "“Não”, disse a porta-voz à “Folha do Vale”".encode()
    with pytest.raises(Unreadable) as refused:
        decode(raw + b"\xff ainda")
    assert refused.value.where == len(raw)


def test_an_undeclared_old_encoding_is_guessed_and_said_so():
    text = (
        "Жителі долини розповіли, що річка вийшла з берегів уночі, і ніхто не попередив їх заздалегідь. " * 3
    )
    decoded = decode(text.encode("cp1251"))
    assert (decoded.text, decoded.how) == (text, "guessed")


@pytest.mark.parametrize(
    "raw",
    [
        b"Hello world\n\n\xff\xfe\xc3( this is text",  # three letters of no word
        b"abc \xff\xfe\xc3(",  # no language has their like
        "À bientôt, dit le ministre. L'été sera chaud à Paris.".encode("cp1252"),  # guessed as box drawings
        "Das Fährschiff blieb liegen.".encode("cp1252"),  # one letter, which fits twenty encodings
    ],
)
def test_a_guess_by_too_little_is_refused(raw):
    with pytest.raises(Unreadable, match="save it as UTF-8") as refused:
        decode(raw)
    assert refused.value.where == next(i for i, byte in enumerate(raw) if byte > 0x7F)


def test_quotes_and_dashes_alone_are_not_held_against_a_guess():
    text = "“The ferry stays,” she said – and left. ‘For how long?’ Nobody in the harbour knew that. " * 3
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("name", ["no-such-code", "base64", "hex"])
def test_an_encoding_that_is_none_is_refused(name):
    with pytest.raises(Unreadable, match="declared encoding"):
        decode(b"text", name)


@pytest.mark.parametrize("raw", [b"", b"  \n\t ", b"\xef\xbb\xbf", "\u200b\u2060 ".encode(), b"\x00\x00"])
def test_empty_and_blank_files_are_refused(raw):
    with pytest.raises(Unreadable, match=r"empty|blank"):
        decode(raw)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "WebP"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
def test_binary_files_are_refused_by_kind(raw, kind):
    with pytest.raises(Unreadable, match=kind):
        decode(raw)


def test_a_stray_nul_does_not_make_a_text_binary():
    assert clean(decode(b"Rain fell.\x00 All day.").text).text == "Rain fell. All day."


@given(raw_texts)
def test_cleaning_leaves_no_forbidden_character_and_is_done_once(text):
    cleaned = clean(text).text
    assert not {"\r", "\x00"} & set(cleaned)
    cleaned.encode("utf-8")
    again = clean(cleaned)
    assert (again.text, again.steps) == (cleaned, ())


@given(raw_texts)
def test_cleaning_changes_nothing_else_and_counts_what_it_did(text):
    cleaned = clean(text)
    counts = {step.what: step.count for step in cleaned.steps}
    removed = sum(
        counts.get(what, 0)
        for what in ("NUL dropped", "lone surrogate dropped", "CRLF to LF", "surrogate pair joined")
    )
    assert len(cleaned.text) == len(text) - removed
    assert all(step.count > 0 for step in cleaned.steps)

    def kept(value):
        return [
            c for c in value if c not in "\r\n\x00" and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) < 0x10000
        ]

    assert kept(cleaned.text) == kept(text)


def test_what_was_done_is_recorded():
    cleaned = clean("a\r\nb\rc\x00\ud83d d \ud83d\ude00")
    assert cleaned.text == "a\nb\nc d 😀"
    assert set(cleaned.steps) == {
        Step("NUL dropped", 1),
        Step("surrogate pair joined", 1),
        Step("lone surrogate dropped", 1),
        Step("CRLF to LF", 1),
        Step("CR to LF", 1),
    }
