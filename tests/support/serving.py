"""A server on this machine, for as long as a block of code runs."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

from backfile.publish.server import site_server


@contextlib.contextmanager
def serving(site: Path, base: str = "/") -> Iterator[str]:
    """Serve the site below ``base`` (``/archive/``) and give its address, with a slash at its end."""
    with site_server(site, base=base) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base}"
        finally:
            server.shutdown()
            thread.join()
