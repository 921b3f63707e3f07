"""What a reader does on the search page, and sees there."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, Route, expect


def found(workbench: Page, query: str) -> list[str]:
    """Return the headlines of all that a query finds, best first."""
    titles: list[str] = workbench.evaluate(
        """async (query) => {
          const { match, openIndex, words } = backfileSearch;
          globalThis.opened ??= openIndex(new URL("../", location));
          const archive = await globalThis.opened;
          const engine = await archive.open(archive.shards);
          const { hits } = await match.answer(engine, words.parse(query, archive.spell));
          const shown = await Promise.all(match.ordered(engine, hits, {}, false).map((id) => engine.show(id, [])));
          return shown.map(({ title }) => title[0].text);
        }""",
        query,
    )
    return titles


def ask(page: Page, site: str, **parameters: str) -> None:
    """Open the search page with a query in its address, and wait for the answer."""
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    page.goto(f"{site}search/?{query}")
    expect(page.locator("[data-results]")).to_have_attribute("aria-busy", "false")


def line(page: Page) -> Locator:
    return page.get_by_role("searchbox")


def titles(page: Page) -> list[str]:
    return page.locator(".search-result h3").all_inner_texts()


def shows(page: Page, *expected: str) -> None:
    """Expect these headlines in this order; waits for them."""
    expect(page.locator(".search-result h3")).to_have_text(list(expected))


def counts(page: Page, facet: str) -> dict[str, str]:
    rows = page.locator(f"[data-facet={facet}] li")
    return {row.locator("label").inner_text(): row.locator(".count").inner_text() for row in rows.all()}


def enlarge(route: Route) -> None:
    """Have the page take each shard for a thousand times as large as it is."""
    catalogue = route.fetch().json()
    catalogue["shards"] = [[*shard, 1000 * count] for *shard, count in catalogue["shards"]]
    route.fulfill(json=catalogue)
