"""Documents that show pictures: a page, a newsletter, a Word file, all of the same three sentences."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

from tests.ingest.office.test_office import TYPES, W

PROSE = (
    "Two cranes from Lund arrived at the quay of Tarn on Friday, the harbour office said in a statement.",
    "The council had voted for the money a week ago, after a debate of nine hours and four amendments.",
    "The old cranes will be taken down in the autumn, and one of them will stand in the museum of the port.",
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Two cranes reach Tarn</title></head><body><article>"
    "<h1>Two cranes reach Tarn</h1>"
    "<p>{0}</p>{picture}<p>{1}</p><p>{2}</p></article></body></html>"
)


def page(picture: str) -> str:
    """Return a web page with the HTML of a picture below its first sentence."""
    return PAGE.format(*PROSE, picture=picture)


def message(picture: bytes = b"", html: str = "") -> EmailMessage:
    """Return a newsletter as text and as HTML, with a JPEG that its HTML may show as ``cid:crane@harbour``."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "The Harbour Letter <letter@harbour.example>", "Two cranes reach Tarn"
    mail.set_content("\n\n".join(PROSE))
    mail.add_alternative(html or f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p>", subtype="html")
    if picture:
        related = mail.get_payload(1)
        assert isinstance(related, EmailMessage)
        related.add_related(picture, "image", "jpeg", cid="<crane@harbour>", filename="crane.jpg")
    return mail


def docx(picture: bytes) -> bytes:
    """Return a Word file with a JPEG below its first sentence."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    one = f'<Relationship Id="{{0}}" Type="{relation}/{{1}}" Target="{{2}}"/>'
    drawing = (
        f'<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:docPr id="1" name="x" descr="A crane"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        f'<a:blip xmlns:r="{relation}" r:embed="r9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
    paragraphs = [f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in PROSE]
    paragraphs.insert(1, f"<w:p><w:r>{drawing}</w:r></w:p>")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(
            "[Content_Types].xml",
            TYPES.replace("<Override", '<Default Extension="jpg" ContentType="image/jpeg"/><Override'),
        )
        packed.writestr("_rels/.rels", relations.format(one.format("r1", "officeDocument", "word/document.xml")))
        packed.writestr("word/_rels/document.xml.rels", relations.format(one.format("r9", "image", "media/a.jpg")))
        packed.writestr("word/media/a.jpg", picture)
        packed.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
        )
    return file.getvalue()
