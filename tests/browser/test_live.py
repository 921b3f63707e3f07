"""What the script of live reload does in a page."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from backfile.publish.live import Builds, live_server

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<link rel="stylesheet" href="style.css"></head>
<body><main><h1>Tides</h1><div><p>High water</p><p>{text}</p></div></main><form>{form}</form></body></html>
"""


@dataclass
class Site:
    """A page, served; ``save`` writes it and has the browser told."""

    folder: Path
    builds: Builds = field(default_factory=Builds)
    address: str = ""

    def save(self, text: str, form: str = "", style: int = 1) -> None:
        (self.folder / "index.html").write_text(PAGE.format(text=text, form=form), encoding="utf-8")
        (self.folder / "style.css").write_text("p { color: red }", encoding="utf-8")
        os.utime(self.folder / "style.css", (style, style))
        self.builds.show([])


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    site.save("at noon")
    with live_server(tmp_path, "127.0.0.1", 0, site.builds) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        site.address = f"http://127.0.0.1:{server.server_port}/"
        yield site
        server.shutdown()
        thread.join()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    with page.expect_request("**/-/live"):
        page.goto(site.address)
    page.evaluate("was = document.querySelector('h1')")
    return page


def test_what_is_new_is_put_in_its_place(page: Page, site: Site) -> None:
    for text in ("at one", "at two <b>sharp</b>", "at three"):
        site.save(text)
        page.wait_for_function(f"document.querySelector('div').innerHTML.includes({text!r})")
        assert page.evaluate("typeof was === 'object' && was.isConnected")


@pytest.mark.parametrize(
    ("text", "form", "style"),
    [("at noon", "", 1), ("at noon", "<input>", 1), ("at one", "<input>", 1), ("at one", "", 2)],
)
def test_else_the_page_is_loaded_again(page: Page, site: Site, text: str, form: str, style: int) -> None:
    site.save(text, form, style)
    page.wait_for_function("typeof was === 'undefined'")


def test_what_a_script_has_changed_is_loaded_again(page: Page, site: Site) -> None:
    page.evaluate("document.querySelector('div').append('!')")
    site.save("at one")
    page.wait_for_function("typeof was === 'undefined'")
    assert "at one" in page.inner_text("div")
