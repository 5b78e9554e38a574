"""Pages that a browser saved in one file."""

import quopri

import pytest

from sources.intake.mhtml import read_mhtml
from sources.intake.refusal import Refused
from sources.intake.registry import read

STORY = "<p>The ferry to Marrow Island stayed in port on Monday – so the harbour master said.</p>"


def saved(page: str, kind: str = 'text/html; charset="utf-8"', parts: str = "") -> bytes:
    body = quopri.encodestring(page.encode()).decode()
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://kai.example/ferry\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----x"\r\n\r\n'
        f"------x\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: https://kai.example/ferry\r\n\r\n{body}\r\n{parts}------x\r\n"
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n------x--\r\n"
    ).encode()


@pytest.mark.parametrize("name", ["ferry.mhtml", "ferry.MHT", "ferry"])
def test_the_page_is_read_and_its_address_known(name: str) -> None:
    article = read(saved(f"<html><body><h1>Ferry stays</h1>{STORY * 3}</body></html>"), name)
    assert article.title == "Ferry stays"
    assert article.text.startswith("Ferry stays\n\nThe ferry to Marrow Island stayed in port on Monday – so")
    assert article.url == "https://kai.example/ferry"
    assert article.read_off["url"] == "the browser's note on where it was saved"
    assert article.media_type == "multipart/related"


@pytest.mark.parametrize(
    "raw",
    [
        b"no such file",
        saved(STORY, kind="image/svg+xml"),
        saved("   "),
        b"Content-Type: multipart/related; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * 6000,
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 200,
    ],
    ids=["text", "other kind", "blank", "many parts", "nested"],
)
def test_without_a_page(raw: bytes) -> None:
    with pytest.raises(Refused, match=r"no page (in|among)"):
        read_mhtml(raw, "a.mhtml")
