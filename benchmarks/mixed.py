"""Makes folders of files as people have them: texts, pages, letters, feeds, archives; some copied, corrected or broken.

All words are invented (:mod:`benchmarks.generate`). The same number gives the same files.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import escape
from pathlib import Path

from benchmarks.generate import OUTLETS, SYLLABLES, sentence, word

from backfile import frontmatter

PER_FOLDER = 100
_SITE = "https://{}.example"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Text:
    """An invented article."""

    title: str
    day: date
    outlet: str
    url: str
    sentences: tuple[str, ...]

    @property
    def paragraphs(self) -> list[str]:
        """The sentences, four together."""
        return [" ".join(self.sentences[start : start + 4]) for start in range(0, len(self.sentences), 4)]


def write_mixed(folder: Path, number: int) -> None:
    """Write ``number`` files below ``folder``; one in twenty is a copy, one in twenty a correction of another."""
    chance = random.Random(number)  # noqa: S311  # repeatable, not secret
    earlier: list[Text] = []
    for at in range(number):
        kind = chance.choices(list(KINDS), [share for share, _ in KINDS.values()])[0]
        text = _text(chance, at)
        if len(earlier) > 20 and chance.random() < 0.1:
            text = chance.choice(earlier[-500:])
            if chance.random() < 0.5:
                text = replace(text, sentences=(*text.sentences[:-1], sentence(chance, *_own(chance))))
        earlier.append(text)
        path = folder / f"{at // PER_FOLDER:03}" / f"{at:05}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(KINDS[kind][1](text, chance))


def _own(chance: random.Random) -> tuple[list[str], list[str]]:
    return [word(chance, 3) for _ in range(30)], [word(chance, 3).capitalize() for _ in range(4)]


def _text(chance: random.Random, at: int) -> Text:
    own, names = _own(chance)
    sentences = tuple(sentence(chance, own, names) for _ in range(chance.randint(6, 30)))
    outlet = chance.choice(OUTLETS)
    title = " ".join(sentences[0].split()[: chance.randint(5, 9)]).rstrip(".,")
    host = _SITE.format(outlet.lower().replace(" ", "-").removeprefix("the-"))
    day = date(2024, 1, 1) + timedelta(days=chance.randrange(400))
    return Text(title, day, outlet, f"{host}/{day:%Y/%m}/{at}", sentences)


def _txt(text: Text, chance: random.Random) -> bytes:
    if chance.random() < 0.2:
        briefs = "\n\n".join(f"{one.rstrip('.')[:60]}\n{one}" for one in text.sentences[:5])
        return f"Evening digest, {text.day:%d %B %Y}\n\n{briefs}\n".encode()
    dated = f"{text.day:%d %B %Y}\n\n" if chance.random() < 0.7 else ""
    return "\n\n".join([text.title, dated + text.paragraphs[0], *text.paragraphs[1:]]).encode()


def _md(text: Text, _: random.Random) -> bytes:
    values = {"title": text.title, "date": text.day, "source": text.outlet, "tags": ["news"]}
    return frontmatter.dump(values, "\n\n".join(text.paragraphs)).encode()


def _html(text: Text, chance: random.Random) -> bytes:
    menu = "".join(f'<li><a href="/{word(chance, 2)}">{word(chance, 2)}</a></li>' for _ in range(30))
    also = "".join(
        f'<li><a href="/{chance.randrange(9999)}">{sentence(chance, SYLLABLES, SYLLABLES)}</a></li>' for _ in range(8)
    )
    data = {"@type": "NewsArticle", "headline": text.title, "datePublished": text.day.isoformat()}
    body = "".join(f"<p>{escape(each)}</p>" for each in text.paragraphs)
    return f"""<!doctype html><html lang="en"><head><title>{escape(text.title)} | {text.outlet}</title>
<link rel="canonical" href="{text.url}"><meta property="og:site_name" content="{text.outlet}">
<script type="application/ld+json">{json.dumps(data)}</script><style>{"p { margin: 0 } " * 200}</style></head>
<body><nav><ul>{menu}</ul></nav><main><article><h1>{escape(text.title)}</h1>{body}</article></main>
<aside><h2>Also read</h2><ul>{also}</ul></aside><footer>Write to us.</footer></body></html>""".encode()


def _eml(text: Text, chance: random.Random) -> bytes:
    head = f"From: {text.outlet} <desk@a.example>\r\nTo: r@b.example\r\nSubject: {text.title}\r\n"
    head += f"Date: {text.day:%a, %d %b %Y} 06:{chance.randrange(60):02}:00 +0000\r\n"
    head += f"Message-ID: <{chance.randrange(10**9)}@a.example>\r\nMIME-Version: 1.0\r\n"
    plain = "\r\n\r\n".join(text.paragraphs)
    if chance.random() < 0.5:
        return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{plain}\r\n".encode()
    page = "".join(f"<tr><td><p>{escape(each)}</p></td></tr>" for each in text.paragraphs)
    parts = (("plain", plain), ("html", f"<html><body><table>{page}</table></body></html>"))
    body = "".join(f"--b1\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{part}\r\n" for kind, part in parts)
    return f"{head}Content-Type: multipart/alternative; boundary=b1\r\n\r\n{body}--b1--\r\n".encode()


def _several(text: Text, chance: random.Random, count: int) -> list[Text]:
    return [text, *(_text(chance, chance.randrange(10**6)) for _ in range(count - 1))]


def _mbox(text: Text, chance: random.Random) -> bytes:
    letters = (_eml(each, chance).replace(b"\r\n", b"\n") for each in _several(text, chance, 5))
    return b"".join(b"From a@b.example Fri Mar 14 06:00:00 2025\n" + each + b"\n" for each in letters)


def _rss(text: Text, chance: random.Random) -> bytes:
    entries = "".join(
        f"<item><title>{escape(each.title)}</title><link>{each.url}</link><guid>{each.url}</guid>"
        f"<pubDate>{each.day:%a, %d %b %Y} 06:00:00 GMT</pubDate>"
        f"<description>{escape(' '.join(f'<p>{part}</p>' for part in each.paragraphs))}</description></item>"
        for each in _several(text, chance, 6)
    )
    head = f"<title>{text.outlet}</title><link>{_SITE.format('feed')}</link>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{entries}</channel></rss>'.encode()


def _docx(text: Text, _: random.Random) -> bytes:
    def paragraph(words: str, style: str = "") -> str:
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{properties}<w:r><w:t>{escape(words)}</w:t></w:r></w:p>"

    body = paragraph(text.title, "Heading1") + "".join(map(paragraph, text.paragraphs))
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return _zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
            'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        }
    )


def _pdf(text: Text, _: random.Random) -> bytes:
    lines = [text.title, "", *(line for each in text.paragraphs for line in (*_wrapped(each), ""))]
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 11 Tf 50 780 Td {shown}ET".encode()
    font = b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%b>>" % font,
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%b endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def _wrapped(paragraph: str) -> list[str]:
    words = paragraph.split()
    return [" ".join(words[start : start + 12]) for start in range(0, len(words), 12)]


def _zip(text: Text, chance: random.Random) -> bytes:
    makers: list[Callable[[Text, random.Random], bytes]] = [_txt, _md, _html, _eml]
    return _zipped(
        {f"{at}/{'article' if at % 2 else chance.randrange(99)}.{maker.__name__[1:]}": maker(each, chance)
         for at, (each, maker) in enumerate(zip(_several(text, chance, 4), makers, strict=True))}
    )  # fmt: skip


def _zipped(files: dict[str, str | bytes] | dict[str, str] | dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)  # at a fixed time, not at the clock's
    return buffer.getvalue()


def _gz(text: Text, chance: random.Random) -> bytes:
    return gzip.compress(_txt(text, chance), mtime=0)


def _jsonl(text: Text, chance: random.Random) -> bytes:
    rows = (
        {"id": each.url, "title": each.title, "date": each.day.isoformat(), "url": each.url, "source": each.outlet,
         "text": "\n\n".join(each.paragraphs)}
        for each in _several(text, chance, 6)
    )  # fmt: skip
    return "\n".join(map(json.dumps, rows)).encode()


def _broken(text: Text, chance: random.Random) -> bytes:
    """Return what can't be imported: empty, binary, cut off, or made to swell."""
    return chance.choice(
        [
            b"",
            bytes(range(256)) * 9,
            _zip(text, chance)[:-30],
            gzip.compress(_txt(text, chance))[:-9],
            b"---\ntitle: [\n---\n\n" + text.title.encode(),
            _zipped({"bomb.txt": bytes(3_000_000), "good.txt": _txt(text, chance)}),
            b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><x>&b;</x>",
            b"%PDF-1.4\nnothing",
            _docx(text, chance)[:-40],
            b"<html>" + b"<div>" * 5000 + b"x",
        ]
    )


# What share of the files each kind has, of 100; the ending is what people gave them.
KINDS: dict[str, tuple[int, Callable[[Text, random.Random], bytes]]] = {
    "txt": (20, _txt),
    "md": (10, _md),
    "html": (32, _html),
    "eml": (12, _eml),
    "mbox": (2, _mbox),
    "rss": (3, _rss),
    "docx": (5, _docx),
    "pdf": (3, _pdf),
    "zip": (2, _zip),
    "txt.gz": (2, _gz),
    "jsonl": (3, _jsonl),
    "dat": (6, _broken),
}
