"""What a browser sees of a page: looked at once, asked about by many tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no type marker
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

Scheme = Literal["light", "dark"]
HEIGHT = 800
MOST_STOPS = 60  # Tab is pressed so often at most; a long list is the same thing many times

# Everything that Tab stops at, in the order of the document; what is folded away is not reached. Each stop is
# remembered by what it looks like, to be compared with what it looks like when it has the focus.
TAB_STOPS = """() => {
  const stops = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";
  const tabStops = [...document.querySelectorAll(stops)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .filter((element) => !element.matches("[type=radio]:not(:checked)"));
  const describe = (element) => `${element.localName} “${(element.textContent || element.name || "").trim()}”`;
  const marks = ["outline", "borderColor", "borderWidth", "boxShadow", "backgroundColor"];
  const look = (element) => marks.map((mark) => getComputedStyle(element)[mark]).join();
  const before = tabStops.map(look);
  globalThis.reached = [];
  document.addEventListener("focusin", ({ target }) => {
    const number = tabStops.indexOf(target);
    const box = target.getBoundingClientRect();
    const isInWindow = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    globalThis.reached.push([number, describe(target), look(target) !== before[number], isInWindow]);
  });
  return tabStops.map(describe);
}"""
# What scripts put into a page as it opens is there: results of a search, suggestions on the 404 page.
IS_READY = "() => !document.querySelector('[data-results][aria-busy=true], [data-near][hidden]')"
HEADINGS = "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((h) => [Number(h.localName[1]), h.innerText])"
COLOURS = (
    "[document.documentElement, document.body].map((e, i) => getComputedStyle(e)[['backgroundColor', 'color'][i]])"
)
RULES = "axe.getRules().map((rule) => rule.ruleId)"  # those too that axe itself leaves out unless told


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where Tab stops: its number among the places where it should stop, from 0; -1 for none of them."""

    number: int
    element: str
    is_marked: bool
    is_in_window: bool


@dataclass(frozen=True, slots=True)
class Look:
    """A page in one colour scheme, in a window of one width: ``overflow`` is by how many pixels it is wider."""

    violations: tuple[str, ...]
    overflow: int
    paper: str
    ink: str


@dataclass(frozen=True, slots=True)
class Visit:
    """What was seen on one page. ``faults`` are errors and requests to other hosts, ``text`` is that of ``main``."""

    faults: tuple[str, ...]
    text: str
    plain_text: str
    headings: tuple[tuple[int, str], ...]
    stops: tuple[str, ...]
    reached: tuple[Stop, ...]
    light: Look
    dark: Look


class Visitor:
    """Visits each page once and remembers what it saw; what leads elsewhere at once is not followed."""

    def __init__(self, browser: Browser) -> None:
        self._contexts = [browser.new_context(java_script_enabled=it, reduced_motion="reduce") for it in (False, True)]
        self._plain_page, self._page = (context.new_page() for context in self._contexts)
        for page in (self._plain_page, self._page):
            page.route("**/*", self._answer)
        self._faults = faults_of(self._page)
        self._url = ""
        self._visits: dict[str, Visit] = {}

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def visit(self, url: str) -> Visit:
        """Return what there is to see at ``url``."""
        if url not in self._visits:
            self._url = url
            self._plain_page.goto(url)
            plain_text = self._plain_page.locator("main").inner_text()
            self._faults.clear()
            self._visits[url] = see(self._page, url, plain_text, self._faults)
        return self._visits[url]

    def _answer(self, route: Route) -> None:
        if route.request.is_navigation_request() and route.request.url != self._url:
            route.fulfill(status=204)  # the browser stays where it is
        else:
            route.continue_()


def see(page: Page, url: str, plain_text: str, faults: list[str]) -> Visit:
    """Open a page and look at it from all sides."""
    resize(page, "light", 1280)
    page.goto(url)
    page.wait_for_function(IS_READY)
    text = page.locator("main").inner_text()
    stops = page.evaluate(TAB_STOPS)
    for _ in stops[:MOST_STOPS]:
        page.keyboard.press("Tab")
    reached = tuple(Stop(*values) for values in page.evaluate("globalThis.reached"))
    headings = tuple((level, words) for level, words in page.evaluate(HEADINGS))
    page.evaluate(Axe().axe_script)
    light = look(page)
    resize(page, "dark", 320)
    dark = look(page)
    return Visit(tuple(faults), text, plain_text, headings, tuple(stops), reached, light, dark)


def look(page: Page) -> Look:
    """Look at a page as it stands; axe has been brought into it."""
    rules = {rule: {"enabled": True} for rule in page.evaluate(RULES)}
    found = page.evaluate("(rules) => axe.run({ rules, resultTypes: ['violations'] })", rules)
    paper, ink = page.evaluate(COLOURS)
    return Look(
        violations=tuple(f"{fault['id']}: {node['html']}" for fault in found["violations"] for node in fault["nodes"]),
        overflow=page.evaluate("document.documentElement.scrollWidth - innerWidth"),
        paper=paper,
        ink=ink,
    )


def resize(page: Page, scheme: Scheme, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": HEIGHT})


def faults_of(page: Page) -> list[str]:
    """Return a list in which gathers what goes wrong on a page: errors, and requests to another host."""
    faults: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # The browser itself complains of a page that comes with status 404, as it must.
        is_own_404 = message.location["url"] == page.url and "404" in message.text
        if message.type == "error" and not is_own_404:
            faults.append(f"says {message.text}")

    def watch(request: Request) -> None:
        if is_foreign(request.url):
            faults.append(f"asks for {request.url}")

    def fail(error: Any) -> None:
        faults.append(f"fails: {error}")

    page.on("console", hear)
    page.on("request", watch)
    page.on("pageerror", fail)
    return faults


def is_foreign(url: str) -> bool:
    """Tell whether an address is of another host."""
    parts = urlsplit(url)
    return parts.hostname != "127.0.0.1" and parts.scheme not in {"file", "data", "blob", "about"}
