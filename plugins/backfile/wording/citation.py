"""How an article is cited: in a line of text, and for BibTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from backfile.wording.catalogue import t
from backfile.wording.dates import day
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


def citation(
    title: str,
    lang: str,
    *,
    archive: str,
    authors: Sequence[str] = (),
    outlet: str | None = None,
    published: date | None = None,
    url: str | None = None,
    permalink: str | None = None,
) -> str:
    """Return one line that says who wrote what, where and when, and where it is kept.

    ``published`` is None when nobody knows the day, ``url`` is the original's address,
    ``archive`` and ``permalink`` are the name and address of the kept copy.
    """
    who = f"{join(authors, lang)}. " if authors else ""
    when = day(published, lang) if published else t("undated", lang)
    where = ", ".join(filter(None, (outlet, when, url)))
    kept = ", ".join(filter(None, (archive, permalink)))
    return f"{who}{t('quoted', lang, text=title)}. {where} ({kept})."


def bibtex(
    title: str,
    key: str,
    *,
    archive: str,
    authors: Sequence[str] = (),
    outlet: str | None = None,
    published: date | None = None,
    url: str | None = None,
    permalink: str | None = None,
) -> str:
    """Return a BibTeX ``@misc`` entry; the parameters are those of :func:`citation`, ``key`` is any text."""
    fields = {
        "author": " and ".join(_author(name) for name in authors),
        "title": f"{{{_tex(title)}}}",
        "howpublished": _tex(outlet or ""),
        "year": str(published.year) if published else "",
        "month": str(published.month) if published else "",
        "day": str(published.day) if published else "",
        "url": _address(url or permalink or ""),
        "note": _tex(", ".join(filter(None, (archive, permalink)))),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{_KEY_BREAK.sub('-', key).strip('-')},\n{lines}}}"


def _tex(text: str) -> str:
    return text.translate(_TEX) if _TEX_SIGN.search(text) else text


def _author(name: str) -> str:
    """Brace a name that BibTeX would take apart."""
    return f"{{{_tex(name)}}}" if re.search(r"\band\b|,", name) else _tex(name)


def _address(url: str) -> str:
    """Percent-encode what would end or break a braced field; other signs stand as they are in an address."""
    return _ADDRESS_BREAK.sub(lambda sign: f"%{ord(sign.group()):02X}", url)
