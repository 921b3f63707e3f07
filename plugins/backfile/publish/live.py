"""Shows a site while it is worked on: pages load themselves again after each build, and say what stopped the last one.

The output is served as it is, but for what stands before ``</body>``: a script, and, when
the last build failed, a panel that says why. Both are files of this server and no inline
code, as the pages' content security policy demands. The script waits for the number of the
next build (an event stream, HTML Living Standard, 9.2) and then loads the page again, so
that the panel comes and goes with the page and needs no script itself.
"""

from __future__ import annotations

import html
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urljoin

from backfile.publish.server import TYPES, SiteHandler

_HERE = "/-/live"  # no page has such an address
_LINKED = re.compile(r'\b(?:href|src)="([^":]+\.(?:avif|css|gif|jpe?g|js|png|svg|webp))"')
_PATIENCE = 15.0  # seconds after which a quiet stream is found out to have nobody at its end

_SCRIPT = """"use strict";
{
  let { build, linked } = document.currentScript.dataset;
  let shown; // the page as it was served

  // Take from a page what this server says of it, which is no part of it.
  const told = (page) => {
    const script = page.querySelector("script[data-build]");
    const { build, linked } = script?.dataset ?? {};
    script?.removeAttribute("data-build");
    script?.removeAttribute("data-linked");
    return { build, linked };
  };
  const isOne = (was, now) => was.cloneNode(false).isEqualNode(now.cloneNode(false));
  const loads = (page) => [...page.querySelectorAll("head :is(link, script[src])")].map((it) => it.outerHTML).join();

  // Change the smallest element that holds all that differs; false where a script may have to do with it.
  const change = (live, was, now) => {
    for (;;) {
      const size = was.childNodes.length;
      const differs = (place) => !was.childNodes[place].isEqualNode(now.childNodes[place] ?? null);
      const at = [...Array(size).keys()].filter(differs);
      const inner = [live, was, now].map((each) => each.childNodes[at[0]]);
      const isWithin = at.length === 1 && size === now.childNodes.length && size === live.childNodes.length;
      if (!isWithin || !inner.every((each) => each instanceof Element) || !isOne(inner[1], inner[2])) break;
      [live, was, now] = inner;
    }
    const isPlain = [was, now].every((each) => !each.querySelector("form, script") && !each.closest("form, script"));
    if (was.isEqualNode(now) || !live.isEqualNode(was) || !isPlain) return false;
    live.replaceWith(document.importNode(now, true));
    return true;
  };

  // Show the page as it is now; false where it has to be loaded for that.
  const show = async () => {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.documentElement;
    const next = told(now);
    const isAlike = answer.ok && next.linked === linked && loads(shown) === loads(now) && isOne(shown, now);
    if (!isAlike || !change(document.body, shown.querySelector("body"), page.body)) return false;
    document.title = page.title;
    [shown, build] = [now, next.build];
    return true;
  };

  let events;
  // A browser opens few connections to one host, so that a tab in the background must not hold one.
  const listen = () => {
    events?.close();
    if (document.hidden) return;
    events = new EventSource("/-/live");
    events.onmessage = async ({ data }) => {
      if (data !== build && !(await show().catch(() => false))) location.reload();
    };
  };
  const keep = () => {
    shown = document.documentElement.cloneNode(true);
    told(shown);
  };
  document.addEventListener("readystatechange", keep, { once: true }); // all is there, and the page's scripts run next
  addEventListener("pageshow", listen);
  document.addEventListener("visibilitychange", listen);
}
"""
_SHEET = """.build-trouble {
  position: fixed; inset: auto 0 0; z-index: 9; max-height: 60vh; overflow: auto;
  padding: 1rem clamp(1rem, 4vw, 3rem); border-top: 0.25rem solid light-dark(#9b1c1c, #f2a0a0);
  background: light-dark(#fff, #171512); color: light-dark(#1c1a17, #ece7dd);
  font: 1rem/1.5 system-ui, sans-serif;
}
.build-trouble h2 { margin: 0 0 0.5rem; font: inherit; font-weight: 700; }
.build-trouble ol { margin: 0; padding-inline-start: 1.5rem; }
.build-trouble code { font-weight: 700; overflow-wrap: anywhere; }
"""
_FILES = {f"{_HERE}.js": (_SCRIPT, TYPES[".js"]), f"{_HERE}.css": (_SHEET, TYPES[".css"])}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stopped a build: where that is (``file:line``, or nothing), what is wrong, and the mend."""

    where: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.where, self.message))) + (f" {self.hint}" if self.hint else "")


class Builds:
    """The number of the last build, and what stopped it; who serves pages waits here for the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.number = time.time_ns()  # pages of a server that ran before are older than any of this one
        self.troubles: tuple[Trouble, ...] = ()

    def show(self, troubles: Sequence[Trouble]) -> None:
        """Say that a build has ended."""
        with self._changed:
            self.number += 1
            self.troubles = tuple(troubles)
            self._changed.notify_all()

    def after(self, number: int) -> int:
        """Wait until the last build is not ``number``, for a while; return the last one's."""
        with self._changed:
            self._changed.wait_for(lambda: self.number != number, _PATIENCE)
            return self.number


def live_server(output: Path, host: str, port: int, builds: Builds) -> ThreadingHTTPServer:
    """Return a server for the site in ``output`` that tells its pages of builds.

    Raises :class:`OSError` when the port is not to be had.
    """
    return ThreadingHTTPServer((host, port), partial(LiveHandler, output=output, base="/", builds=builds))


class LiveHandler(SiteHandler):
    """Serves a site with what keeps its pages up to date."""

    def __init__(self, *args: Any, builds: Builds, **kwargs: Any) -> None:
        """Take the builds, besides what serves the site."""
        self._builds = builds
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:  # noqa: N802 (the base class's own)
        """Send a page, one of this server's own files, or the numbers of builds as they end."""
        if self.path == _HERE:
            self._tell()
        else:
            super().do_GET()

    def send_head(self) -> BinaryIO | BytesIO | None:
        """Send a page from memory, with what is added to it."""
        if self.path in _FILES:
            text, kind = _FILES[self.path]
            return self._send(HTTPStatus.OK, text.encode(), kind)
        file = Path(self.translate_path(self.path))
        if self.path.partition("?")[0].endswith("/"):
            file /= "index.html"
        if file.suffix == ".html" and file.is_file() and self.is_whole():
            return self._page(HTTPStatus.OK, file.read_bytes())
        return super().send_head()

    def _page(self, status: HTTPStatus, html: bytes) -> BytesIO:
        page, end, rest = html.rpartition(b"</body>")
        added = self._added(self._linked(html.decode()))
        return super()._page(status, page + added + end + rest if end else rest + added)

    def _linked(self, html: str) -> str:
        """Return what changes with the styles, scripts and pictures that a page links to."""
        files = [Path(self.translate_path(urljoin(self.path, address))) for address in _LINKED.findall(html)]
        times = [file.stat().st_mtime_ns for file in files if file.is_file()]
        return blake2b(repr(times).encode(), digest_size=8).hexdigest()

    def _added(self, linked: str) -> bytes:
        number, troubles = self._builds.number, self._builds.troubles
        added = f'<script src="{_HERE}.js" data-build="{number}" data-linked="{linked}"></script>'
        if troubles:
            told = "".join(map(_item, troubles))
            added += f'<link rel="stylesheet" href="{_HERE}.css"><section class="build-trouble" role="alert" lang="en">'
            added += f"<h2>The last build failed; this is the site before it.</h2><ol>{told}</ol></section>"
        return added.encode()

    def _tell(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        number = 0
        try:
            while True:
                number = self._builds.after(number)
                self.wfile.write(b"data: %d\n\n" % number)
        except OSError:  # the page is closed
            return


def _item(trouble: Trouble) -> str:
    where = f"<code>{html.escape(trouble.where)}</code> " if trouble.where else ""
    hint = f" <strong>{html.escape(trouble.hint)}</strong>" if trouble.hint else ""
    return f"<li>{where}{html.escape(trouble.message)}{hint}</li>"
