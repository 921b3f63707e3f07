"""Front matter: YAML between ``---`` lines at the top of a Markdown file, read strictly, written so that it comes back.

Fields are interpreted here from YAML nodes, one by one, so a title ``12:30`` or ``no``
stays the text that was written, each finding knows its line, and all come at once. The
mapping between files and values is :func:`parse` and :func:`dump`; the danger of YAML
is dealt with in :mod:`backfile.yamltext`.

Text policy, the same in both directions: texts are in NFC, without control characters
but tab and line breaks, lone surrogates become U+FFFD, and fields of our own have no
white space at either end. Everything else survives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from backfile import yamltext
from backfile.errors import ContentError
from backfile.model import DateBasis, Finding, Kind, Provenance, Revision, Source, Status
from backfile.slugs import is_slug, slugify
from backfile.yamltext import shown

_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_ARTICLE_ID = re.compile(r"\d{4}/\d{2}/\d{2}/([^/]+)")
_LANG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9_-]+)?", re.IGNORECASE)
_COUNT = re.compile(r"[1-9][0-9]{0,5}")
_URL = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_Enum = TypeVar("_Enum", bound=StrEnum)


class Parts(NamedTuple):
    """A file taken apart: the YAML (None without front matter), the body, and the line on which the body begins."""

    yaml: str | None
    body: str
    body_line: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """An article's front matter; ``extra`` keeps unknown keys, ``moment`` a date that has a time of day."""

    title: str
    date: date
    date_basis: DateBasis = DateBasis.GIVEN
    slug: str | None = None
    lang: str | None = None
    kind: Kind = Kind.ARTICLE
    source: Source | None = None
    canonical: str | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    digest: str | None = None
    digest_item: int | None = None
    full: str | None = None
    formerly: tuple[str, ...] = ()
    status: Status = Status.PUBLISHED
    provenance: Provenance | None = None
    revisions: tuple[Revision, ...] = ()
    guessed: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    moment: datetime | None = None


FIELDS: tuple[str, ...] = tuple(f.name for f in fields(FrontMatter) if f.name not in ("extra", "moment"))


def split(text: str) -> Parts:
    r"""Take ``text`` apart at its front matter; without a closed one at the very top, all of it is body.

    A byte order mark at the start goes, and line ends become ``\n``.
    """
    text = _lines_ends(text)
    opening = _OPEN.match(text)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return Parts(None, text, 1)
    raw = text[opening.end() : closing.start()]
    return Parts(raw, text[closing.end() :], raw.count("\n") + 3)


def parse(text: str, file: str) -> tuple[FrontMatter, str]:
    """Read a content file's text; return its front matter and its body (without blank lines at its ends).

    ``file`` is the name that findings carry. Raises :class:`~backfile.errors.ContentError`
    with all findings at once.
    """
    parts = split(text)
    if parts.yaml is None:
        raise ContentError(_absent(text, file))
    entries, unreadable = yamltext.compose(parts.yaml, file, first_line=2)
    reader = _Reader(file, {entry.key: entry for entry in entries})
    front = None if unreadable and not entries else reader.front_matter()
    findings = sorted((*unreadable, *reader.findings), key=lambda finding: finding.line or 0)
    if front is None or findings:
        raise ContentError(*findings)
    return front, _body(parts.body)


def read_mapping(raw: str, file: str) -> dict[str, Any]:
    """Read other front matter (of a topic, a page, another tool) as plain values, with the same guards.

    ``raw`` is the YAML that :func:`split` found. Raises ``ContentError`` with all findings.
    """
    entries, findings = yamltext.compose(raw, file, first_line=2)
    if findings:
        raise ContentError(*findings)
    return {entry.key: yamltext.plain_value(entry.node) for entry in entries}


def dump(values: Mapping[str, Any], body: str) -> str:
    """Return a Markdown file: ``values`` as front matter, then ``body``; :func:`parse` reads the same again.

    Known fields come first, in their fixed order, then others in the order given. Known
    fields that are None or empty are left out. ``body`` loses blank lines at its ends.
    """
    ordered = [name for name in FIELDS if name in values] + [name for name in values if name not in FIELDS]
    body = _body(yamltext.clean(_lines_ends(body)))
    lines = "".join(entry(name, values[name]) for name in ordered)
    return f"---\n{lines}---\n" + ("\n" + body if body else "")


def entry(name: str, value: Any) -> str:
    """Return the lines of one field as :func:`dump` writes them; "" for a known field that is None or empty."""
    own = name in FIELDS
    plain = _plain(value, own=own)
    return "" if own and plain in (None, "", [], {}) else yamltext.write(name, plain)


def as_values(front: FrontMatter) -> dict[str, Any]:
    """Return the mapping that :func:`dump` takes for ``front``; ``status`` is left out when it is the usual one."""
    values: dict[str, Any] = {name: getattr(front, name) for name in FIELDS}
    values["date"] = front.moment or front.date
    if front.status is Status.PUBLISHED:
        del values["status"]
    return values | dict(front.extra)


def is_article_id(text: str) -> bool:
    """Tell whether ``text`` is an article's id: ``YYYY/MM/DD/slug`` with a real date and a safe slug."""
    match = _ARTICLE_ID.fullmatch(text)
    return match is not None and is_slug(match[1]) and yamltext.read_moment(text[:10].replace("/", "-")) is not None


def _lines_ends(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _body(text: str) -> str:
    text = text.strip("\n")
    return text + "\n" if text else ""


def _plain(value: Any, *, own: bool) -> Any:
    """Turn records into plain values; our own fields' texts also lose white space at their ends."""
    if isinstance(value, (Source, Provenance, Revision)):
        named = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: _plain(part, own=own) for name, part in named if part is not None}
    if isinstance(value, Mapping):
        return {name: _plain(part, own=own) for name, part in value.items()}
    if isinstance(value, str):
        return yamltext.clean(str(value)).strip() if own else yamltext.clean(value)
    if isinstance(value, Sequence):
        return [_plain(part, own=own) for part in value]
    return value


def _absent(text: str, file: str) -> Finding:
    if _OPEN.match(_lines_ends(text)):
        return Finding("B102", "error", file, "the front matter has no end.", "Close it with a line ---.", line=1)
    hint = "Begin the file with a line ---, then title: and date:, then a line ---."
    return Finding("B101", "error", file, "there is no front matter.", hint, line=1)


class _Reader:
    """Reads one file's entries field by field and gathers findings."""

    def __init__(self, file: str, entries: Mapping[str, yamltext.Entry]) -> None:
        self.file = file
        self.entries = {key.lower() if key.lower() in FIELDS else key: entry for key, entry in entries.items()}
        self.findings: list[Finding] = []

    def front_matter(self) -> FrontMatter | None:
        title, day = self.text("title"), self.moment("date")
        rest: dict[str, Any] = {
            "date_basis": self.choice("date_basis", DateBasis, DateBasis.GIVEN),
            "slug": self.checked("slug", _slug, "Write it as {mend}."),
            "lang": self.checked("lang", _language, "Write a language code such as en, uk or ru."),
            "kind": self.choice("kind", Kind, Kind.ARTICLE),
            "source": self.source(),
            "canonical": self.checked("canonical", _address, "Write an address that begins with https://."),
            "summary": self.text("summary"),
            "digest": self.checked("digest", _id, "Write an article's id, such as 2025/03/14/slug."),
            "digest_item": self.count("digest_item"),
            "full": self.checked("full", _id, "Write an article's id, such as 2025/03/14/slug."),
            "formerly": self.ids("formerly"),
            "status": self.choice("status", Status, Status.PUBLISHED),
            "provenance": self.provenance(),
            "revisions": self.revisions(),
            **{name: self.texts(name) for name in ("authors", "topics", "people", "places", "guessed")},
            "extra": {key: yamltext.plain_value(e.node) for key, e in self.entries.items() if key not in FIELDS},
        }
        for name, value, hint in (
            ("title", title, "Add a line title: with the headline."),
            ("date", day, "Add a line date: such as date: 2025-03-14."),
        ):
            if value is None and not any(finding.field == name for finding in self.findings):
                line = self.entries[name].line if name in self.entries else 1
                self.findings.append(Finding("B106", "error", self.file, "is missing.", hint, name, line))
        if title is None or day is None:
            return None
        moment = day if isinstance(day, datetime) else None
        return FrontMatter(title, moment.date() if moment else day, moment=moment, **rest)

    def text(self, name: str) -> str | None:
        """Return a field's text as it was written (quoted or not, even if YAML would see a number)."""
        entry = self.entries.get(name)
        return None if entry is None else self._text(entry.node, name)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; one text alone counts as a list of one."""
        entry = self.entries.get(name)
        if entry is None:
            return ()
        nodes = entry.node.value if isinstance(entry.node, SequenceNode) else [entry.node]
        return tuple(text for node in nodes if (text := self._text(node, name, "a text or a list of texts")))

    def checked(self, name: str, check: Callable[[str], str | None], hint: str) -> str | None:
        """Return a text after ``check``, which gives it in its right form, or None when it is not allowed."""
        text = self.text(name)
        value = None if text is None else check(text)
        if text is not None and value is None:
            self._fault("B108", name, f"{shown(text)} is not allowed.", hint.format(mend=slugify(text)))
        return value

    def ids(self, name: str) -> tuple[str, ...]:
        """Return a list of articles' ids."""
        for text in (named := self.texts(name)):
            if not is_article_id(text):
                self._fault("B108", name, f"{shown(text)} is not allowed.", "Write ids, such as 2025/03/14/slug.")
        return named

    def choice(self, name: str, words: type[_Enum], usual: _Enum) -> _Enum:
        """Return one of ``words``, whatever its case."""
        text = self.text(name)
        if text is None:
            return usual
        if text.lower() in list(words):
            return words(text.lower())
        self._fault("B108", name, f"{shown(text)} is not allowed.", f"Write one of: {', '.join(words)}.")
        return usual

    def moment(self, name: str) -> date | datetime | None:
        text = self.text(name)
        value = None if text is None else yamltext.read_moment(text)
        if text is not None and value is None:
            hint = "Write a day that exists as YYYY-MM-DD, if need be with a time: 2025-03-14 18:30."
            self._fault("B107", name, f"{shown(text)} is no date.", hint)
        return value

    def count(self, name: str) -> int | None:
        """Return a whole number from 1 on."""
        text = self.text(name)
        if text is None:
            return None
        if not _COUNT.fullmatch(text):
            self._fault("B107", name, f"{shown(text)} is no place in a list.", "Write a whole number from 1 on.")
            return None
        return int(text)

    def source(self) -> Source | None:
        """Return the outlet; a plain text is its name."""
        entry = self.entries.get("source")
        if entry is None:
            return None
        if isinstance(entry.node, ScalarNode):
            name = self._text(entry.node, "source")
            return None if name is None else Source(name)
        parts = self._parts("source", entry.node, ("name", "url"))
        name, url = parts.get("name"), parts.get("url")
        if url is not None and _address(url) is None:
            self._fault("B108", "source", f"{shown(url)} is not allowed as url.", "Begin it with https://.")
        if name is None and isinstance(entry.node, MappingNode):
            self._fault("B106", "source", "has no name.", "Write source: {name: …, url: …}.")
        return None if name is None else Source(name, url)

    def provenance(self) -> Provenance | None:
        if "provenance" not in self.entries:
            return None
        node = self.entries["provenance"].node
        return Provenance(**self._parts("provenance", node, tuple(f.name for f in fields(Provenance))))

    def revisions(self) -> tuple[Revision, ...]:
        entry = self.entries.get("revisions")
        if entry is None:
            return ()
        nodes = entry.node.value if isinstance(entry.node, SequenceNode) else [entry.node]
        allowed = tuple(f.name for f in fields(Revision))
        return tuple(Revision(**self._parts("revisions", node, allowed)) for node in nodes)

    def _parts(self, name: str, node: Node, allowed: Sequence[str]) -> dict[str, str]:
        """Return the texts of a mapping that may have the keys ``allowed``, and no others."""
        if not isinstance(node, MappingNode):
            self._text(node, name, f"keys and values ({', '.join(allowed)})", refuse=True)
            return {}
        parts: dict[str, str] = {}
        for key, value in node.value:
            if key.value not in allowed:
                self._fault(
                    "B108", name, f"{shown(str(key.value))} is not one of its keys.", f"It has {', '.join(allowed)}."
                )
            elif (text := self._text(value, name)) is not None:
                parts[key.value] = text
        return parts

    def _text(self, node: Node, name: str, wanted: str = "a text", *, refuse: bool = False) -> str | None:
        if refuse or not isinstance(node, ScalarNode):
            found = "a list" if isinstance(node, SequenceNode) else "a text" if refuse else "keys and values"
            line = node.start_mark.line + 2
            message = f"is {found}, not {wanted}: {shown(str(yamltext.plain_value(node)))}."
            self.findings.append(Finding("B107", "error", self.file, message, f"Write {wanted}.", name, line))
            return None
        if yamltext.is_null(node):
            return None
        return yamltext.clean(node.value).strip() or None

    def _fault(self, code: str, name: str, message: str, hint: str) -> None:
        self.findings.append(Finding(code, "error", self.file, message, hint, name, self.entries[name].line))


def _slug(text: str) -> str | None:
    return text if is_slug(text) else None


def _language(text: str) -> str | None:
    match = _LANG.fullmatch(text)
    return match[1].lower() if match else None


def _address(text: str) -> str | None:
    return text if _URL.fullmatch(text) else None


def _id(text: str) -> str | None:
    return text if is_article_id(text) else None
