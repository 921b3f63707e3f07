"""Word documents and PDFs, made here."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from backfile.errors import IngestError
from backfile.ingest.office import read_docx, read_pdf
from backfile.ingest.records import RawDocument
from tests.ingest.readings import outcome

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{0}" Target="{1}" {2}/></Relationships>'
)


def docx(body: str, doctype: str = "") -> bytes:
    file = io.BytesIO()
    link = RELATIONS.format("hyperlink", "https://a.example/x", 'TargetMode="External"')
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS.format("officeDocument", "word/document.xml", ""))
        archive.writestr("word/_rels/document.xml.rels", link)
        names = f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        archive.writestr("word/document.xml", f"{doctype}<w:document {names}><w:body>{body}</w:body></w:document>")
    return file.getvalue()


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def pdf(*pages: str) -> bytes:
    """Return a PDF with one line of text after another."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for page in pages:
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in page.split("\n"))
        stream = f"BT /F1 11 Tf 50 780 Td {shown}ET".encode() if page else b""
        kids.append(len(objects) + 1)
        font = b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R%b>>" % (kids[-1] + 1, font))
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream))
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<</Type/Pages/Kids[%b]/Count %d>>" % (listed, len(kids))
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%b endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (len(objects) + 1, table, end)


def test_a_word_document_keeps_its_structure() -> None:
    link = '<w:p><w:hyperlink r:id="r1"><w:r><w:t>The plan</w:t></w:r></w:hyperlink></w:p>'
    table = f"<w:tbl>{row('Port', 'Tonnes')}{row('Tarn', '120')}</w:tbl>"
    body = paragraph("Cranes for Tarn", "Heading1") + paragraph("Tarn gets two.") + link + table
    content = read_docx(RawDocument(docx(body), "x.docx"))
    assert content.stated.title == "Cranes for Tarn"
    assert [block.markdown for block in content.blocks] == [
        "Tarn gets two.",
        "[The plan](https://a.example/x)",
        "|  |  |\n| --- | --- |\n| Port | Tonnes |\n| Tarn | 120 |",
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04", "no Word document"),
        (docx(""), "no text"),
        (docx(paragraph("&a;"), "<!DOCTYPE x [<!ENTITY a 'b'>]>"), "defines entities"),
    ],
)
def test_a_word_document_that_is_none_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(IngestError, match=f"x.docx: .*{why}"):
        read_docx(RawDocument(data, "x.docx"))


def test_a_pdf_gives_its_lines() -> None:
    content = read_pdf(RawDocument(pdf("Cranes for Tarn\nTarn gets two cranes by autumn."), "x.pdf"))
    assert [block.text for block in content.blocks] == ["Cranes for Tarn", "Tarn gets two cranes by autumn."]


def test_pictures_in_a_pdf_are_listed() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf("Tarn gets two cranes by autumn.", "The cranes are green.")))
    picture = StreamObject()
    picture.set_data(b"a picture")
    picture.update({NameObject("/Subtype"): NameObject("/Image"), NameObject("/Filter"): NameObject("/DCTDecode")})
    reference = writer._add_object(picture)
    for page in writer.pages:
        page["/Resources"][NameObject("/XObject")] = DictionaryObject({NameObject("/I"): reference})  # type: ignore[index]  # it is one
    file = io.BytesIO()
    writer.write(file)
    (listed,) = read_pdf(RawDocument(file.getvalue(), "x.pdf")).enclosures
    assert (listed.name, listed.media_type, listed.size) == ("picture on page 1", "image/jpeg", 9)
    assert listed.kept is None
    assert listed.reason


def test_lines_that_stand_on_every_page_go_and_are_counted() -> None:
    content = read_pdf(
        RawDocument(pdf(*(f"The Harbour\nText {n} of it.\nMore {n}.\nPage {n}" for n in "abc")), "x.pdf")
    )
    assert [block.text for block in content.blocks] == [
        f"{w} {n}{e}" for n in "abc" for w, e in (("Text", " of it."), ("More", "."), ("Page", ""))
    ]
    assert content.dropped == (("running heads and page numbers", 30),)


@pytest.mark.parametrize(
    ("data", "why"), [(b"%PDF-1.7\n", "no PDF"), (pdf(""), "a scan"), (pdf(*"x" * 301), "301 pages")]
)
def test_a_pdf_that_can_t_be_read_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(IngestError, match=f"x.pdf: .*{why}"):
        read_pdf(RawDocument(data, "x.pdf"))


@given(st.integers(0, 400), st.binary(min_size=1, max_size=30))
def test_a_damaged_pdf_is_read_or_refused(place: int, damage: bytes) -> None:
    data = pdf("Tarn gets two cranes.")
    damaged = RawDocument(data[:place] + damage + data[place + len(damage) :], "x.pdf")
    assert outcome(read_pdf, damaged).startswith("x.pdf")
