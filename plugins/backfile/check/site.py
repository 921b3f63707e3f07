"""The checks of a whole site: pages are read one by one, on all cores, then held against each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from backfile.check.addresses import Kind, Target, file_of, target
from backfile.check.codes import MAX_PAGE, finding, grouped
from backfile.check.feeds import faults
from backfile.check.limits import limits
from backfile.check.page import PageFacts, read_page
from backfile.model import Finding

NOT_FOUND = "404.html"  # shown at any depth, so its links begin at the root; and it leads nowhere by itself
MANY = 500  # pages from which a second process is worth its start
CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")


@dataclass(frozen=True, slots=True)
class PageReport:
    """One page: what is wrong with it alone, and what others need to know of it."""

    file: str
    findings: tuple[Finding, ...] = ()
    targets: frozenset[Target] = frozenset()
    ids: frozenset[str] = frozenset()
    canonical: str | None = None


def check_site(output: Path, url: str = "", host: str = "") -> tuple[Finding, ...]:
    """Return all that is wrong with the site in ``output``, in the order of codes and files.

    ``url`` is the site's public address: absolute links that begin with it are taken for
    links within the site. ``host`` is where the site goes; where none is named, it is held
    against what free hosts take. A fault that many pages share is one finding.
    """
    files = sorted(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())
    pages = [file for file in files if file.endswith(".html")]
    read = partial(report_page, output, url.rstrip("/"))
    if len(pages) < MANY:
        reports = [read(page) for page in pages]
    else:
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:  # the same on every system
            reports = list(pool.map(read, pages, chunksize=100))
    reports += [report_style(output, file) for file in files if file.endswith(".css")]
    found = [item for report in reports for item in report.findings]
    found += _bad_targets(reports, frozenset(files))
    found += _shared_canonicals(reports)
    for file in files:
        if file.endswith((".atom", ".xml")):
            found += [finding("B212", file, fault) for fault in faults((output / file).read_bytes())]
    if not host:
        found += limits({file: (output / file).stat().st_size for file in files})
    return tuple(sorted(found, key=lambda item: (item.code, item.file, item.message)))


def report_page(output: Path, url: str, file: str) -> PageReport:
    """Read one page of the site and check it by itself."""
    data = (output / file).read_bytes()
    try:
        facts = read_page(data.decode("utf-8"))
    except UnicodeDecodeError:
        return PageReport(file, (finding("B214", file, "This page is not in UTF-8."),))
    links = {target(file, address, url) for address in facts.links}
    fetches = {target(file, address, url) for address in [*facts.fetches, *_addresses_in(facts.styles)]}
    if facts.redirect is not None:
        links.add(target(file, facts.redirect, url))
    unvisited = (Kind.HOST, Kind.OTHER)
    return PageReport(
        file,
        tuple(_faults(file, len(data), facts)) + tuple(_foreign(file, fetches)),
        frozenset(item for item in links | fetches if item.kind not in unvisited),
        frozenset(facts.ids),
        facts.canonicals[0] if facts.canonicals and facts.redirect is None else None,
    )


def report_style(output: Path, file: str) -> PageReport:
    """Read one style sheet and check what it asks for."""
    style = (output / file).read_text(encoding="utf-8", errors="replace")
    fetches = {target(file, address) for address in _addresses_in([style])}
    return PageReport(
        file, tuple(_foreign(file, fetches)), frozenset(item for item in fetches if item.kind is Kind.SITE)
    )


def _addresses_in(styles: Iterable[str]) -> Iterator[str]:
    """Yield what styles ask for; an address that is but a fragment names a part of the page itself."""
    for style in styles:
        yield from (address for address in CSS_ADDRESS.findall(style) if not address.startswith("#"))


def _faults(file: str, size: int, facts: PageFacts) -> Iterator[Finding]:
    """Find what is wrong with a page by itself."""
    if not facts.title.strip():
        yield finding("B206", file, "This page has no title.")
    if not facts.lang:
        yield finding("B207", file, "This page does not say its language.")
    for source in facts.unnamed:
        yield finding("B208", file, f"The image “{source[:80]}” has no alternative text.")
    for id_, count in Counter(facts.ids).items():
        if count > 1:
            yield finding("B209", file, f"The id “{id_}” stands here {count} times.")
    if not facts.words:
        yield finding("B210", file, "This page is empty.")
    if len(facts.canonicals) > 1:
        yield finding("B211", file, "This page names more than one canonical address.")
    if size > MAX_PAGE:
        yield finding("B213", file, f"This page has {size / 1e6:.1f} MB.")


def _foreign(file: str, fetches: Iterable[Target]) -> Iterator[Finding]:
    hosts = {item.path for item in fetches if item.kind is Kind.HOST}
    return (finding("B205", file, f"This page asks {host} for something as it opens.") for host in sorted(hosts))


def _bad_targets(reports: Iterable[PageReport], files: frozenset[str]) -> Iterator[Finding]:
    """Find links that lead nowhere; one that many pages share is one finding."""
    ids = {report.file: report.ids for report in reports}
    bad: dict[tuple[str, str], list[str]] = defaultdict(list)
    for report in reports:
        for item in report.targets:
            if fault := _fault(item, report.file, files, ids):
                bad[fault].append(report.file)
    return (grouped(code, pages, message) for (code, message), pages in bad.items())


def _fault(item: Target, file: str, files: frozenset[str], ids: Mapping[str, frozenset[str]]) -> tuple[str, str] | None:
    """Return code and message if ``item``, a target named in ``file``, is a bad one."""
    if item.kind is Kind.UNSAFE:
        return "B204", "This page has a link that runs a script or reads the reader's own files."
    if item.kind is Kind.ROOT and file != NOT_FOUND:
        return "B203", f"This page links to “/{item.path}”, which begins at the host's root."
    where = file_of(item.path)
    if f"{where}/index.html" in files:
        return "B201", f"This page links to “{item.path}” without the slash that a folder's address ends with."
    if where not in files:
        # At a host, the 404 page may stand below a path that only the host knows.
        return None if item.kind is Kind.ROOT else ("B201", f"This page links to “{item.path}”, which isn't there.")
    # Browsers know "#top", and "#:~:text=" marks words, wherever they stand.
    if item.fragment in ("", "top") or item.fragment.startswith(":~:") or where not in ids:
        return None
    if item.fragment not in ids[where]:
        return "B202", f"This page links to “{item.path}#{item.fragment}”, a place that this page does not have."
    return None


def _shared_canonicals(reports: Iterable[PageReport]) -> Iterator[Finding]:
    claims: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        if report.canonical:
            claims[report.canonical].append(report.file)
    for address, pages in claims.items():
        if len(pages) > 1:
            yield grouped("B211", pages, f"This page claims the canonical address “{address}”.")
