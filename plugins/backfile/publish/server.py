"""A small server to look at the built site with, as a host would show it."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from backfile.errors import PublishError
from backfile.publish.staging import is_settled

# Told here and not by the machine, whose own table may be wrong or empty.
TYPES = {
    ".atom": "application/atom+xml",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    "": "application/octet-stream",
}


def site_server(output: Path, host: str = "127.0.0.1", port: int = 0, base: str = "/") -> ThreadingHTTPServer:
    """Return a server for the site in ``output``, listening and ready for ``serve_forever``.

    The site stands below ``base`` (``/archive/``), as it may at a host; with ``port`` 0
    any free port is taken. Raises :class:`OSError` when the port is not to be had.
    """
    return ThreadingHTTPServer((host, port), partial(SiteHandler, output=output, base=base))


def serve(output: Path, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve the site in ``output`` until the user stops it; ``announce`` is given a line with its address first.

    Raises :class:`PublishError` when there is no site, or the port is taken.
    """
    if not (output / "index.html").is_file():
        raise PublishError(f"{output}: there is no site here yet. Run `make site`, or `invoke build`.")
    try:
        server = site_server(output, host, port)
    except OSError as error:
        raise PublishError(
            f"{host}:{port} can't be listened on ({error.strerror}). Try `invoke serve --port {port + 1}`."
        ) from error
    with server, contextlib.suppress(KeyboardInterrupt):
        announce(f"The site is at http://{host}:{server.server_port}/ (stop with Ctrl-C).")
        server.serve_forever()


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves one site: its own 404 page, no listings, and nothing while a new site is put in place."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **TYPES}  # noqa: RUF012 (so it is in the base class)

    def __init__(self, *args: Any, output: Path, base: str) -> None:
        """Take the site's folder and the path that it stands below, besides what every handler takes."""
        self.output = output
        self.base = base
        super().__init__(*args, directory=str(output))

    def send_head(self) -> BinaryIO | io.BytesIO | None:
        """Answer with 503 while the output is not whole, and with the site's own 404 page outside of it."""
        if not self.is_whole():
            return self._page(HTTPStatus.SERVICE_UNAVAILABLE, b"<!doctype html><p>A new site is being put in place.")
        if not urlsplit(self.path).path.startswith(self.base):
            return self._not_found()
        return super().send_head()

    def is_whole(self) -> bool:
        """Tell whether no new site is being put in place of the old."""
        return is_settled(self.output)

    def translate_path(self, path: str) -> str:
        """Return the file for a path below ``base``."""
        return super().translate_path("/" + path.removeprefix(self.base))

    def list_directory(self, path: str | os.PathLike[str]) -> io.BytesIO | None:  # noqa: ARG002 (the base class's own)
        """Show the 404 page: a folder without a page is nothing to see."""
        return self._not_found()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Show the site's own page for what is not there."""
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
        elif page := self._not_found():
            if self.command != "HEAD":
                self.copyfile(page, self.wfile)
            page.close()

    def end_headers(self) -> None:
        """Have every page asked for anew, since the next build may change it."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing: what was asked for is no news to the one who asks."""

    def _not_found(self) -> io.BytesIO:
        page = self.output / "404.html"
        return self._page(
            HTTPStatus.NOT_FOUND, page.read_bytes() if page.is_file() else b"<!doctype html><p>Not found."
        )

    def _page(self, status: HTTPStatus, html: bytes) -> io.BytesIO:
        return self._send(status, html, TYPES[".html"])

    def _send(self, status: HTTPStatus, data: bytes, kind: str) -> io.BytesIO:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            self.send_header("Retry-After", "1")
        self.end_headers()
        return io.BytesIO(data)
