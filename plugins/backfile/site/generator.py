"""Makes the archive and its pages within Pelican's run, for the sake of other plugins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pelican.generators import Generator  # type: ignore[import-untyped]  # Pelican has no types
from pelican.writers import Writer  # type: ignore[import-untyped]  # Pelican has no types

from backfile.archive import assemble
from backfile.content import ContentReader
from backfile.pages import PagePlan, Ref, plans, sections, text_pages
from backfile.pictures import unused_pictures
from backfile.site.report import report, site_of


class ArchiveGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Turns what Pelican has read into an archive, and the archive into pages."""

    def refresh_metadata_intersite_links(self) -> None:
        """Put the site's record and the plans of all pages into the context; raise every finding at once.

        Pelican calls this when each generator has its context: only then is it known
        where links to files (``{static}``) and to other texts (``{filename}``) lead.
        """
        reader: ContentReader = self.settings["BACKFILE_READER"]
        editorial = reader.editorial()
        receipts = reader.receipts()
        reader.check()
        archive = assemble(self._records("articles", "hidden_articles"), editorial)
        report(archive.findings)
        files = {file.get_relative_source_path(): file.save_as for file in self.context["staticfiles"]}
        for name in ("articles", "hidden_articles", "pages", "hidden_pages"):
            files |= {item.get_relative_source_path(): item.url for item in self.context[name]}
        prose = list(self._records("pages", "hidden_pages"))
        texts = text_pages(prose, self.settings["DEFAULT_LANG"], files)
        site = replace(
            site_of(self.settings), pages=tuple(Ref(page.title, page.address, lang=page.lang) for page in texts)
        )
        self.context["BACKFILE_SITE"] = site
        self.plans = list(plans(sections(archive, site, texts, receipts, files)))
        self.context["BACKFILE_PAGES"] = {plan.save_as: plan for plan in self.plans if isinstance(plan, PagePlan)}
        shown = {link for article in (*archive.articles.values(), *archive.hidden) for link in article.body.links}
        shown |= {link for each in (*prose, *archive.topics) for link in each.links}
        unused = frozenset(unused_pictures(files, shown))
        self.context["staticfiles"] = [
            file for file in self.context["staticfiles"] if file.get_relative_source_path() not in unused
        ]

    def generate_output(self, writer: Writer) -> None:
        """Write all pages but those that Pelican's own generators write, and the files."""
        pelicans = ("articles", "hidden_articles", "pages", "hidden_pages")
        own = {item.save_as for name in pelicans for item in self.context[name]}
        for plan in self.plans:
            if not isinstance(plan, PagePlan):
                path = Path(self.output_path, plan.save_as)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(plan.make())
            elif plan.save_as not in own:
                writer.write_file(plan.save_as, self.get_template(plan.template), self.context)

    def _records(self, *lists: str) -> Iterable[Any]:
        return (item.record for name in lists for item in self.context[name])
