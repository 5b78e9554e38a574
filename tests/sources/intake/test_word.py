"""Word documents: roles by styles, tracked changes as made, notes masked; hostile packages are refused."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sources.intake.article import ReadArticle
from sources.intake.refusal import Refused
from sources.intake.registry import READERS, read
from sources.intake.word import MEDIA_TYPE, read_word

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
STORY = (
    "The ferry to Marrow Island stayed in port on Monday, the harbour master said, and eleven people waited."
)


def packed(document: object) -> bytes:
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


@cache
def a_story() -> bytes:
    document = Document()
    document.add_heading("Ferry stays in port", 0)
    document.add_paragraph("By Ilse Varga")
    document.add_paragraph(STORY)
    document.add_heading("The pilot’s wages", 2)
    document.add_paragraph("Nobody had paid the pilot since the winter, she said.")
    document.add_paragraph("bread and mail", style="List Bullet")
    document.add_paragraph("The sea can wait.", style="Intense Quote")
    document.add_paragraph("The empty quay", style="Caption")
    table = document.add_table(2, 2)
    for n, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = "abcd"[n]
    document.core_properties.author = "m.quill"
    document.core_properties.title = "untitled 3"
    document.core_properties.modified = datetime(2025, 3, 15, 10, tzinfo=UTC)
    return packed(document)


def of_xml(*paragraphs: str) -> ReadArticle:
    document = Document()
    document.add_paragraph(STORY)
    body = document.element.body
    for paragraph in paragraphs:
        body.insert(len(body) - 1, parse_xml(f"<w:p {nsdecls('w')} {MC}>{paragraph}</w:p>"))
    return read_word(packed(document), "a.docx")


def told(article: ReadArticle) -> list[tuple[str, str, bool]]:
    return [(b.role, article.text[b.start : b.end], b.masked) for b in article.blocks]


def repacked(raw: bytes, **parts: bytes | None) -> bytes:
    """The package with parts (by the end of their names) in another state, or with further ones."""
    into, left = io.BytesIO(), dict(parts)
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            key = member.filename.replace("/", "_").replace(".", "_")
            content = left.pop(key) if key in left else old.read(member)
            if content is not None:
                new.writestr(member.filename, content)
        for name, content in left.items():
            new.writestr(name, content or b"")
    return into.getvalue()


def why(raw: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_word(raw, "a.docx")
    assert refused.value.refusal.what == "a.docx"
    return refused.value.refusal.why


@pytest.mark.lengthy
def test_paragraphs_have_the_roles_of_their_styles() -> None:
    article = read(a_story(), "a.docx")
    assert told(article) == [
        ("headline", "Ferry stays in port", False),
        ("byline", "By Ilse Varga", True),
        ("paragraph", STORY, False),
        ("heading", "The pilot’s wages", False),
        ("paragraph", "Nobody had paid the pilot since the winter, she said.", False),
        ("paragraph", "bread and mail", False),
        ("paragraph", "The sea can wait.", False),
        ("caption", "The empty quay", True),
        ("paragraph", "a\tb", False),
        ("paragraph", "c\td", False),
    ]
    assert article.media_type == MEDIA_TYPE


def test_the_text_tells_before_the_documents_properties_do() -> None:
    article = read_word(a_story(), "a.docx")
    assert (article.title, article.authors) == ("Ferry stays in port", ("Ilse Varga",))
    assert article.published_edtf is None  # when a file was made is not when a story appeared
    assert article.modified_edtf is None  # nor is it when the outlet changed it
    assert article.told["modified_edtf"] == [
        ["2025-03-15", "perhaps, by the document's properties, when the file was saved"]
    ]
    document = Document()
    document.add_paragraph(STORY)
    document.core_properties.author, document.core_properties.title = "Bo Ek; Ilse Varga", "Ferry stays"
    article = read_word(packed(document), "a.docx")
    assert (article.title, article.authors) == ("Ferry stays", ("Bo Ek", "Ilse Varga"))


@pytest.mark.lengthy
def test_a_template_and_a_day_before_publication_say_nothing_of_when_it_was_changed() -> None:
    document = Document()
    document.add_paragraph(STORY)
    assert "modified_edtf" not in read_word(packed(document), "a.docx").told
    document = Document()
    document.add_heading("Ferry stays in port", 0)
    document.add_paragraph("By Ilse Varga, 2 June 2025")
    document.add_paragraph(STORY)
    document.core_properties.modified = datetime(2025, 3, 15, 10, tzinfo=UTC)
    article = read_word(packed(document), "a.docx")
    assert (article.published_edtf, "modified_edtf" in article.told) == ("2025-06-02", False)


def test_it_is_known_by_its_bytes_as_by_its_name() -> None:
    assert read(a_story(), "story").title == "Ferry stays in port"
    assert "docx" in READERS


def test_tracked_changes_are_taken_as_made_and_said() -> None:
    run = "<w:r><w:t xml:space='preserve'>%s</w:t></w:r>"
    article = of_xml(
        run % "It "
        + f"<w:ins w:id='1' w:author='q'>{run % 'really '}</w:ins>"
        + "<w:del w:id='2' w:author='q'><w:r><w:delText>never </w:delText></w:r></w:del>"
        + f"<w:moveFrom w:id='3' w:author='q'>{run % 'zebra'}</w:moveFrom>"
        + f"<w:hyperlink>{run % 'left'}</w:hyperlink>"
        + "<w:r><w:t>.</w:t><w:br/><w:tab/><w:t>So</w:t><w:commentReference w:id='1'/></w:r>"
    )
    assert told(article)[-1][1] == "It really left.\n\tSo"
    assert "1 insertions and 1 deletions" in article.notes[0] and "were not read: 1" in article.notes[1]


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed words</w:t></w:r></w:p></w:txbxContent>"
    article = of_xml(
        "<w:r><w:t>Around</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert [text for _, text, _ in told(article)][1:] == ["Around", "Boxed words"]


def test_a_table_in_a_table_is_read_once() -> None:
    document = Document()
    cell = document.add_table(1, 2).rows[0].cells[0]
    cell.text = "outer"
    cell.add_table(1, 1).rows[0].cells[0].text = "inner"
    document.add_paragraph(STORY)
    assert [text for _, text, _ in told(read_word(packed(document), "a.docx"))][:2] == ["outer", "inner"]


def test_footnotes_follow_masked() -> None:
    document = Document()
    document.add_paragraph(STORY)
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    word = nsdecls("w")
    blob = (
        f"<w:footnotes {word}><w:footnote w:type='separator'><w:p><w:r><w:t>--</w:t></w:r></w:p></w:footnote>"
        "<w:footnote w:id='1'><w:p><w:r><w:t>Harbour log, page 3.</w:t></w:r></w:p></w:footnote>"
        "</w:footnotes>"
    ).encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", blob, document.part.package)
    document.part.relate_to(part, kind)
    article = read_word(packed(document), "a.docx")
    assert told(article)[1:] == [("boilerplate", "Harbour log, page 3.", True)]
    assert article.blocks[1].reason == "a footnote"


LAUGHS = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>"
READS_A_FILE = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>"


@pytest.mark.parametrize("part", [LAUGHS, READS_A_FILE, LAUGHS.decode().encode("utf-16")])
@pytest.mark.parametrize(
    "name", ["word_document_xml", "docProps_core_xml", "custom/item1.xml", "_rels__rels"]
)
def test_entities_are_refused_wherever_they_stand(part: bytes, name: str) -> None:
    assert "entities of its own" in why(repacked(a_story(), **{name: part}))


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"PK\x03\x04 and nothing", "damaged"),
        (lambda: repacked(a_story(), word_document_xml=None), "no .docx as Word writes it"),
        (lambda: repacked(a_story(), word_document_xml=b"<w"), "is no XML"),
        (lambda: repacked(a_story(), word_document_xml=b"<a/>"), "no .docx as Word writes it"),
        (lambda: repacked(a_story(), **{"../../outside.xml": b"<a/>"}), "leads out of it"),
        (lambda: repacked(a_story(), **{"C:\\x": b"<a/>"}), "leads out of it"),
        (lambda: repacked(a_story(), zeros=b"\0" * 4_000_000), "200 times its size"),
        (lambda: repacked(a_story(), **{f"p{n}": b"" for n in range(5000)}), "parts, but at most 5000"),
        (lambda: packed(Document()), "has no text"),
        (lambda: a_story()[:-900], "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_and_damaged_packages(make: Callable[[], bytes], said: str) -> None:
    assert said in why(make())


@pytest.mark.lengthy
def test_a_bomb_is_not_unpacked() -> None:
    parts = {f"zeros{n}": b"\0" * 1_000_000 for n in range(110)}
    assert "unpacks to" in why(repacked(a_story(), **parts))
