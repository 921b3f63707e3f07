"""How a text, a story or a topic is cited: in a line of words, and for programs that keep references.

BibTeX is written so that BibTeX itself and biblatex understand it. RIS follows the tags
that reference managers share, CSL-JSON the schema of the Citation Style Language. An
author's name is given whole: nobody stated which part of it is the family's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from backfile.wording.catalogue import t
from backfile.wording.dates import capital, day, moment_day
from backfile.wording.phrases import join

_TEX: Mapping[int, str] = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: "\\" + sign for sign in "{}&%$#_"},
    }
)

_TEX_SIGN = re.compile(r"[\\~^{}&%$#_]")
_KEY_BREAK = re.compile(r"[^A-Za-z0-9]+")
_ADDRESS_BREAK = re.compile(r"[{}\\\s]")
# What can't stand in an address as it is; the per cent sign comes first, since all others are coded with it.
_CODED = tuple((sign.encode(), f"%{ord(sign):02X}".encode()) for sign in '%\r\n #"<>\\^`{|}')
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known of something that is cited, and the forms in which to cite it.

    ``name`` is any text that tells it from others, ``archive`` and ``permalink`` are name and
    address of the archive's own page. An article has ``published`` (None when nobody knows
    the day), ``url``, the original's address, and ``fetched``, the ISO moment at which that
    was read. A story or topic has ``about`` instead: in words, what it holds.
    """

    title: str
    name: str
    archive: str
    lang: str | None = None
    authors: Sequence[str] = ()
    outlet: str | None = None
    published: date | None = None
    url: str | None = None
    fetched: str | None = None
    about: str | None = None
    permalink: str | None = None

    @property
    def key(self) -> str:
        """Return the name in letters, figures and hyphens, as files and BibTeX can have it."""
        return _key(self.name)

    def citation(self, lang: str) -> str:
        """Return one line in the language of the interface: who wrote what, where and when, and where it is kept."""
        who = f"{join(self.authors, lang)}. " if self.authors else ""
        when = day(self.published, lang) if self.published else t("undated", lang)
        where = self.about or ", ".join(filter(None, (self.outlet, when, self.url)))
        kept = ", ".join(filter(None, (self.archive, self.permalink, self._seen(lang))))
        return f"{who}{t('quoted', lang, text=self.title)}. {where if self.outlet else capital(where)} ({kept})."

    def bibtex(self) -> str:
        """Return a BibTeX ``@misc`` entry."""
        fields = {
            "author": _braced(" and ".join(map(_author, self.authors))),
            "title": f"{{{{{_tex(self.title)}}}}}",
            "howpublished": _braced(_tex(self.outlet or "")),
            "year": _braced(str(self.published.year) if self.published else ""),
            "month": _MONTHS[self.published.month - 1] if self.published else "",
            "date": _braced(self.published.isoformat() if self.published else ""),
            "url": _braced(_address(self.url or self.permalink or "")),
            "urldate": _braced(self._fetched_day.isoformat() if self._fetched_day else ""),
            "note": _braced(_tex(self._kept)),
        }
        lines = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
        return f"@misc{{{self.key},\n{lines}}}"

    def ris(self) -> str:
        """Return an RIS record, its lines ended as the format wants."""
        fields = [
            ("TY", "ELEC" if self.about else "NEWS"),
            ("TI", self.title),
            *(("AU", author) for author in self.authors),
            ("T2", self.outlet or (self.archive if self.about else None)),
            ("PY", f"{self.published.year}" if self.published else None),
            ("DA", f"{self.published:%Y/%m/%d}" if self.published else None),
            ("LA", self.lang),
            ("UR", self.url or self.permalink),
            ("Y2", f"{self._fetched_day:%Y/%m/%d}" if self._fetched_day else None),
            ("N1", self._kept),
            ("ID", self.key),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {' '.join(text.split())}\r\n" for tag, text in fields if text is not None)

    def csl(self) -> str:
        """Return CSL-JSON: a list of one item."""
        item: dict[str, Any] = {
            "id": self.key,
            "type": "webpage" if self.about else "article-newspaper",
            "title": self.title,
            "author": [{"literal": author} for author in self.authors],
            "container-title": self.outlet or (self.archive if self.about else None),
            "issued": self.published and _date_parts(self.published),
            "accessed": self._fetched_day and _date_parts(self._fetched_day),
            "URL": self.url or self.permalink,
            "language": self.lang,
            "archive": self.archive,
            "archive_location": self.permalink,
            "note": self.about,
        }
        known = {name: value for name, value in item.items() if value}
        return json.dumps([known], ensure_ascii=False, separators=(",", ":"))

    @property
    def files(self) -> Sequence[tuple[str, str, str]]:
        """Return the forms that programs would rather have as files: name, file name and ``data:`` address of each."""
        return (
            ("RIS", f"{self.key}.ris", _data("application/x-research-info-systems", self.ris())),
            ("CSL-JSON", f"{self.key}.json", _data("application/vnd.citationstyles.csl+json", self.csl())),
        )

    @property
    def _kept(self) -> str:
        return ", ".join(filter(None, (self.about, self.archive, self.permalink if self.url else None)))

    @property
    def _fetched_day(self) -> date | None:
        return moment_day(self.fetched) if self.fetched else None

    def _seen(self, lang: str) -> str | None:
        return t("fetched_on", lang, day=day(self._fetched_day, lang)) if self._fetched_day else None


@lru_cache(maxsize=1 << 4)  # each form of a reference has it
def _key(name: str) -> str:
    return _KEY_BREAK.sub("-", name).strip("-")


def _date_parts(when: date) -> Mapping[str, Any]:
    return {"date-parts": [[when.year, when.month, when.day]]}


def _data(media_type: str, text: str) -> str:
    data = text.encode()  # in bytes, signs are found several times faster than in text that is not all ASCII
    for sign, code in _CODED:
        data = data.replace(sign, code)
    return f"data:{media_type};charset=utf-8,{data.decode()}"


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def _tex(text: str) -> str:
    return text.translate(_TEX) if _TEX_SIGN.search(text) else text


def _author(name: str) -> str:
    """Brace a name that BibTeX would take apart."""
    return f"{{{_tex(name)}}}" if re.search(r"\band\b|,", name) else _tex(name)


def _address(url: str) -> str:
    """Percent-encode what would end or break a braced field; other signs stand as they are in an address."""
    return _ADDRESS_BREAK.sub(lambda sign: f"%{ord(sign.group()):02X}", url)
