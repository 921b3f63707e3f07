"""Makes the archive and its pages within Pelican's run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pelican.contents import Content  # type: ignore[import-untyped]  # Pelican has no types
from pelican.generators import Generator  # type: ignore[import-untyped]  # Pelican has no types
from pelican.writers import Writer  # type: ignore[import-untyped]  # Pelican has no types

from backfile.archive import Archive, assemble
from backfile.content import ContentReader
from backfile.model import Article
from backfile.pages import Contents, Ref, Site, TextPage, build
from backfile.pictures import unused_pictures
from backfile.site.report import report


class ArchiveGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Turns what Pelican has read into an archive, and the archive into pages."""

    def refresh_metadata_intersite_links(self) -> None:
        """Put the site's record and all page records into the context; raise every finding at once.

        Pelican calls this when each generator has its context: only then is it known
        where links to files (``{static}``) and to other texts (``{filename}``) lead.
        """
        reader: ContentReader = self.settings["BACKFILE_READER"]
        editorial = reader.editorial()
        receipts = reader.receipts()
        reader.check()
        articles = self._records("articles", "hidden_articles")
        archive = assemble(
            articles,
            editorial.topics,
            editorial.names,
            editorial.editor,
            editorial.ledger,
            editorial.rights,
            editorial.withdrawn,
        )
        report(archive)
        texts: list[TextPage] = sorted(self._records("pages", "hidden_pages"), key=lambda page: page.address)
        site = self._site(texts)
        self.context["BACKFILE_SITE"] = site
        self.contents: Contents = build(archive, site, texts, receipts, base=urlsplit(site.url).path + "/")
        self.context["BACKFILE_PAGES"] = {page.save_as: page for page in self.contents.pages}
        self._leave_out_pictures(archive, texts)

    def generate_output(self, writer: Writer) -> None:
        """Write all pages but those that Pelican's own generators write, and the files."""
        pelicans = ("articles", "hidden_articles", "pages", "hidden_pages")
        own = {item.save_as for name in pelicans for item in self.context[name]}
        for page in self.contents.pages:
            if page.save_as not in own:
                writer.write_file(page.save_as, self.get_template(page.template), self.context)
        for address, data in self.contents.files:
            path = Path(self.output_path, address)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def _leave_out_pictures(self, archive: Archive, texts: list[TextPage]) -> None:
        """Keep Pelican from publishing pictures that no published text shows: rights or an editor may forbid it."""
        shown = [article.html for article in (*archive.articles.values(), *archive.hidden)]
        shown += [page.body for page in texts]
        shown += [topic.intro for topic in archive.topics]
        files = {file.get_relative_source_path(): file for file in self.context["staticfiles"]}
        unused = frozenset(unused_pictures(files, shown))
        self.context["staticfiles"] = [file for path, file in files.items() if path not in unused]

    def _records(self, *lists: str) -> Iterable[Any]:
        return (_linked(item) for name in lists for item in self.context[name])

    def _site(self, texts: list[TextPage]) -> Site:
        return Site(
            name=self.settings["SITENAME"],
            tagline=self.settings.get("SITESUBTITLE") or "",
            lang=self.settings["DEFAULT_LANG"],
            url=self.settings["SITEURL"].rstrip("/"),
            searchable=self.settings["SEARCH_INDEX"],
            pages=tuple(Ref(page.title, page.address) for page in texts),
        )


def _linked(item: Content) -> Any:
    """Return the record of what Pelican has read; links to other files in ``content/`` lead to where those will be."""
    record = item.record
    body = "html" if isinstance(record, Article) else "body"
    if "{" not in getattr(record, body) and "|" not in getattr(record, body):  # Pelican's search takes its time
        return record
    return replace(record, **{body: item.get_content("../" * item.save_as.count("/"))})
