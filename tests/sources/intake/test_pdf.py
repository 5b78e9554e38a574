"""PDFs with a text layer: paragraphs, pages, parted words; what cannot be read says why."""

import re
import zlib

import pytest

from sources.intake.article import ReadArticle
from sources.intake.pdf import MOST_PAGES, read_pdf
from sources.intake.refusal import Refused
from sources.intake.registry import read
from tests.growth import growth

PAGE = [
    "Ferry stays in port",
    "",
    "By Ilse Varga",
    "",
    "The ferry to Marrow Island stayed in port on Monday, the harbour master said, and",
    "eleven people waited on the quay with their bread and their mail until the even-",
    "ing came.",
    "Nobody could say when the next one would leave; the well-known pilot had not been",
    "paid since the winter, she said, and would not go out before she was, by the well-",
    "known rule.",
]


BRACKET = re.compile(r"[()\\]")


def _escaped(match: re.Match[str]) -> str:
    return "\\" + match[0]


def pdf(*pages: list[str], extra: str = "", info: str = "", font: str = "", packed: bool = False) -> bytes:
    """A small PDF of our own making: one line of each page under the other, in one of the fonts all know."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>")
    objects.append(font or "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    objects.append(f"<<{info}>>")
    for n, lines in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {6 + 2 * n} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        drawn = "".join(f"({BRACKET.sub(_escaped, line)}) Tj T*\n" for line in lines)
        stream = f"BT /F1 10 Tf 14 TL 50 780 Td\n{drawn}ET".encode("cp1252") if lines else b"0 0 1 rg"
        stream = zlib.compress(stream) if packed else stream
        coded = "/Filter/FlateDecode" if packed else ""
        objects.append(f"<</Length {len(stream)}{coded}>>\nstream\n{stream.decode('latin-1')}\nendstream")
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    trailer = (
        f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info 4 0 R{extra}>>\nstartxref\n{start}\n%%EOF\n"
    )
    return out + trailer.encode()


def told(article: ReadArticle) -> list[tuple[str, str, bool]]:
    return [(b.role, article.text[b.start : b.end], b.masked) for b in article.blocks]


def why(raw: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_pdf(raw, "a.pdf")
    assert refused.value.refusal.what == "a.pdf"
    return refused.value.refusal.why


@pytest.mark.lengthy
def test_lines_become_paragraphs_and_parted_words_are_joined() -> None:
    article = read(pdf(PAGE, packed=True), "a.pdf")
    assert [(role, text[:22], masked) for role, text, masked in told(article)] == [
        ("headline", "Ferry stays in port", False),
        ("byline", "By Ilse Varga", True),
        ("paragraph", "The ferry to Marrow Is", False),
        ("paragraph", "Nobody could say when ", False),
    ]
    assert "until the evening came." in article.text
    assert "by the well-\nknown rule" in article.text
    assert article.notes == ("words parted at the end of a line were joined: 1; check those with a hyphen",)
    assert [(step.what, step.count) for step in article.steps] == [("parted word joined", 1)]
    assert (article.title, article.authors) == ("Ferry stays in port", ("Ilse Varga",))
    assert (article.media_type, read(pdf(PAGE), "without a suffix").title) == (
        "application/pdf",
        article.title,
    )


def test_what_each_page_repeats_and_its_number_are_masked() -> None:
    body = "Some people went out on foot that day, and nobody counted those who came back."
    pages = [
        ["The Amber Courier, 14 March 2025", f"{who}: {body}", f"It was late, {who} said.", f"Page {n} of 4"]
        for n, who in enumerate(("Ada", "Bo", "Cem", "Dov"), 1)
    ]
    blocks = read_pdf(pdf(*pages), "a.pdf").blocks
    reasons = [block.reason for block in blocks if block.masked]
    assert reasons.count("a line that most pages repeat") == 8
    assert not any(block.masked for block in blocks if block.role == "paragraph")


def test_a_page_number_alone_is_masked() -> None:
    article = read_pdf(pdf([*PAGE, "- 7 -"]), "a.pdf")
    assert told(article)[-1] == ("boilerplate", "- 7 -", True)


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = ["The ferry to Marrow Island stayed in port on Monday, the harbour master said, and"]
    second = ["eleven people waited on the quay.", "", "Then the wind dropped, and the first boats went out."]
    article = read_pdf(pdf(first, second), "a.pdf")
    assert "said, and\neleven people waited" in article.text


def test_properties_tell_what_the_text_does_not() -> None:
    info = "/Title(Ferry stays)/Author(Bo Ek; Ilse Varga)/CreationDate(D:20250314)/ModDate(D:20250315101112Z)"
    article = read_pdf(
        pdf(["The ferry stayed in port on Monday, the harbour master said."], info=info), "a.pdf"
    )
    assert (article.title, article.authors) == ("Ferry stays", ("Bo Ek", "Ilse Varga"))
    assert (article.published_edtf, article.modified_edtf) == (None, "2025-03-15")
    assert article.read_off["title"] == "the document's properties"
    made_up = pdf(PAGE[4:], info="/Title(Microsoft Word - x.docx)/Author()/ModDate(D:20259999)")
    assert read_pdf(made_up, "a.pdf").read_off.keys() & {"title", "authors", "modified_edtf"} == set()


def test_what_the_file_calls_itself_is_its_headline() -> None:
    page = ["The Amber Courier", "", "Dockers walk out at Port Amber", "", *PAGE[4:]]
    article = read_pdf(pdf(page, info="/Title(Dockers walk out at Port Amber - The Amber Courier)"), "a.pdf")
    assert article.title == "Dockers walk out at Port Amber"


def test_without_a_text_layer() -> None:
    assert "has no text layer (is it scanned?)" in why(pdf([], []))
    article = read_pdf(pdf(PAGE, [], PAGE), "a.pdf")
    assert "without text, so perhaps scanned: page 2" in article.notes


def test_fonts_that_do_not_say_their_letters() -> None:
    font = (
        "<</Type/Font/Subtype/Type1/BaseFont/Odd/FirstChar 32/LastChar 126"
        f"/Encoding<</Type/Encoding/Differences[32 {' '.join(['/uniE000'] * 95)}]>>>>"
    )
    assert "do not say which letters" in why(pdf(PAGE, font=font))


ENCRYPTED = (
    "/Encrypt<</Filter/Standard/V 1/R 2/P -44/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">>>/ID[<61><61>]"
)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (pdf(PAGE, extra=ENCRYPTED), "encrypted: save it without a password"),
        (pdf(*[PAGE[:1]] * (MOST_PAGES + 1)), f"at most {MOST_PAGES} are read"),
        (b"%PDF-1.7 and nothing", "the PDF is"),
        (b"", "the PDF is"),
        (pdf(PAGE).replace(b"/Kids[5 0 R]", b"/Kids[2 0 R]"), "PDF"),
        (pdf(PAGE)[:400], "PDF"),
    ],
    ids=["encrypted", "pages", "no objects", "empty", "loop", "cut off"],
)
def test_hostile_and_damaged_files(raw: bytes, said: str) -> None:
    assert said in why(raw)


@pytest.mark.lengthy
@pytest.mark.parametrize("line", ["a", "aa-", "- ", "1 ", "of 1", "A.", "(", "-\u00ad"])
def test_a_page_of_one_thing(line: str) -> None:
    assert growth(lambda n: read_pdf(pdf([line * (n // 4)], PAGE, PAGE), "a.pdf")) < 8
    assert growth(lambda n: read_pdf(pdf([line] * (n // 16), PAGE), "a.pdf")) < 8


@pytest.mark.lengthy
def test_a_stream_that_unpacks_to_too_much() -> None:
    bomb = zlib.compress(b"(a) Tj " * 20_000_000)
    raw = pdf(PAGE).replace(b"0 0 1 rg", b"")
    start, end = raw.index(b"<</Length"), raw.index(b"endstream")
    bombed = (
        raw[:start] + b"<</Length %d/Filter/FlateDecode>>\nstream\n" % len(bomb) + bomb + b"\n" + raw[end:]
    )
    with pytest.raises(Refused):
        read(bombed, "bomb.pdf")
