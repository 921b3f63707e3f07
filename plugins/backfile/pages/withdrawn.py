"""What stands at the address of a text that was taken back."""

from __future__ import annotations

from collections.abc import Iterator

from backfile import addresses
from backfile.archive import Archive
from backfile.pages.records import RedirectPage, Site, WithdrawnPage
from backfile.wording import t


def withdrawn_pages(archive: Archive, site: Site) -> Iterator[WithdrawnPage | RedirectPage]:
    """Yield a page for each text that was taken back, and what leads there: its former addresses, lost stories."""
    for one in archive.withdrawn:
        address = addresses.of_id(one.id)
        yield WithdrawnPage(
            template="withdrawn",
            address=address,
            title=t("withdrawn", site.lang),
            lang=site.lang,
            day=one.day,
            reason=one.reason,
        )
        for old in (*map(addresses.of_id, one.formerly), *map(addresses.story, one.stories)):
            yield RedirectPage(
                template="redirect", address=old, title=t("moved", site.lang), lang=site.lang, to=address
            )
