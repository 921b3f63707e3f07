"""Fetch documents one after another, as their sites ask to be asked.

One request at a time, a pause between two documents of one host (a second, or what its
robots.txt says), no more requests in this run to a host that answered "too many requests"
or "come again later". No cookies, no scripts, nothing that a document refers to.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from backfile.errors import IngestError
from backfile.ingest.encoding.decode import MAX_BYTES
from backfile.ingest.fetch import robots
from backfile.ingest.fetch.robots import Rules, read_rules
from backfile.ingest.fetch.target import Target, read_target, shown
from backfile.ingest.fetch.wire import Answer, Network, ask
from backfile.ingest.kinds import kind_of
from backfile.ingest.links import resolve
from backfile.ingest.media import HTML, PLAIN, tell_type
from backfile.ingest.records import Fetched, RawDocument

PAUSE = 1.0
MAX_REDIRECTS = 5  # as many as RFC 9309 wants followed
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_LATER = frozenset({429, 503})
_BY_HAND = "open it in your browser, save the page and import the file"
_NO_RULES = "its site's robots.txt, which says what may be fetched, can't be had"
_ROBOTS_META = re.compile(rb"<meta\b[^>]{0,300}?\bname\s*=\s*[\"']?robots\b[^>]{0,300}>", re.IGNORECASE)
_HEAD = 100_000


@dataclass(slots=True)
class Fetcher:
    """Fetches the documents of one run; remembers what each host asked for."""

    network: Network = field(default_factory=Network)
    rules: dict[str, Rules] = field(default_factory=dict)  # by host
    asked: dict[str, float] = field(default_factory=dict)  # when a host was asked last
    refusals: dict[str, str] = field(default_factory=dict)  # why a host is asked no more

    def fetch(self, url: str) -> RawDocument:
        """Return the document at ``url``, with an account of how it was got; raises ``IngestError``, which names it."""
        name = shown(url)
        try:
            return self._fetch(url, name)
        except IngestError as error:
            raise IngestError(f"{name}: {error}") from error

    def _fetch(self, url: str, name: str) -> RawDocument:
        target = read_target(url)
        self._pause(target.host)
        deadline = time.monotonic() + self.network.whole_seconds
        via: list[str] = []
        while True:
            answer = self._ask(target, deadline)
            if not answer.location:
                break
            via.append(target.url)
            if len(via) > MAX_REDIRECTS:
                raise IngestError(f"leads on more than {MAX_REDIRECTS} times; {_BY_HAND}")
            target = target.led_to(answer.location)
        self._require_welcome(target.host, answer)
        _require_success(answer)
        return self._document(name, target, tuple(via), answer)

    def _ask(self, target: Target, deadline: float) -> Answer:
        """Ask for a document, if its site lets it be fetched."""
        if target.host in self.refusals:
            raise IngestError(self.refusals[target.host])
        if not self._rules_of(target, deadline).allow(target.url):
            raise IngestError(f"its site asks programs not to fetch it (robots.txt); {_BY_HAND}")
        try:
            return ask(target, self.network, deadline, MAX_BYTES)
        finally:
            self.asked[target.host] = time.monotonic()

    def _rules_of(self, target: Target, deadline: float) -> Rules:
        """Return the rules of a host, which are read once; raises ``IngestError`` when they can't be had."""
        if target.host not in self.rules:
            try:
                self.rules[target.host] = self._read_rules(target, deadline)
            except IngestError as error:
                self.refusals[target.host] = str(error)
                raise
        return self.rules[target.host]

    def _read_rules(self, target: Target, deadline: float) -> Rules:
        place = target.robots
        answer = ask(place, self.network, deadline, robots.MAX_BYTES, cut=True)  # what fails here fails for all
        try:
            for _ in range(MAX_REDIRECTS):
                if not answer.location:
                    break
                place = place.led_to(answer.location)
                answer = ask(place, self.network, deadline, robots.MAX_BYTES, cut=True)
        except IngestError as error:
            raise IngestError(f"{_NO_RULES}: {error}; or {_BY_HAND}") from error
        if answer.location:
            return Rules()  # as if it were not there, says the RFC
        self._require_welcome(target.host, answer)
        rules = read_rules(answer.status, answer.data)
        if rules is None:
            raise IngestError(f"{_NO_RULES} ({_status(answer)}); try again later, or {_BY_HAND}")
        return rules

    def _pause(self, host: str) -> None:
        """Wait until a host may be asked for another document."""
        if host in self.asked:
            pause = max(PAUSE, self.rules[host].pause if host in self.rules else 0)
            left = self.asked[host] + pause - time.monotonic()
            if left > 0:
                self.network.sleep(left)

    def _require_welcome(self, host: str, answer: Answer) -> None:
        """Raise ``IngestError``, now and for all documents of ``host``, when it wants to be left alone."""
        if answer.status in _LATER:
            when = _when(answer.headers.get("Retry-After", ""))
            self.refusals[host] = f"its site asks to be left alone for now ({_status(answer)}); import it again {when}"
            raise IngestError(self.refusals[host])

    def _document(self, name: str, target: Target, via: tuple[str, ...], answer: Answer) -> RawDocument:
        said = Message()
        said["Content-Type"] = answer.headers.get("Content-Type", "")
        media_type = said.get_content_type() if said["Content-Type"] else None
        fetched = Fetched(
            url=target.url,
            via=via,
            status=answer.status,
            media_type=media_type,
            charset=said.get_content_charset(),
            last_modified=_moment(answer.headers.get("Last-Modified", "")),
            noarchive=_is_noarchive(answer),
        )
        raw = RawDocument(
            answer.data,
            name,
            retrieved=self.network.now(),
            url=resolve(target.url, None),
            fetched=fetched,
        )
        # What it is called counts, as a file's ending does, where the bytes don't show what it is.
        is_page = media_type in _PAGES and kind_of(raw) is None and tell_type(raw) == PLAIN
        return replace(raw, media_type=HTML) if is_page else raw


def _require_success(answer: Answer) -> None:
    """Raise ``IngestError`` with the mend for any status but success."""
    if answer.status in (404, 410):
        raise IngestError(f"is not there ({_status(answer)}); check the address")
    if 400 <= answer.status < 500:
        raise IngestError(f"its site does not give it to programs ({_status(answer)}); {_BY_HAND}")
    if answer.status not in (200, 203):
        raise IngestError(f"its site answers {_status(answer)}; try again later, or {_BY_HAND}")


def _status(answer: Answer) -> str:
    return shown(f"{answer.status} {answer.reason[:60]}".strip())


def _is_noarchive(answer: Answer) -> bool:
    """Tell whether a document asks programs to keep no copies of it, in its header or its head."""
    said = [answer.headers.get("X-Robots-Tag", "").encode("latin-1", "replace")]
    said += _ROBOTS_META.findall(answer.data[:_HEAD])
    return any(b"noarchive" in words.lower() for words in said)


def _when(retry_after: str) -> str:
    """Return what a Retry-After header says, in words."""
    if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 8:
        return f"in {retry_after} seconds"
    moment = _moment(retry_after)
    return f"after {moment}" if moment else "later"


def _moment(text: str) -> str | None:
    """Return an HTTP date in ISO form and UTC, or None when it is none."""
    try:
        moment: datetime = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, TypeError):
        return None
