"""What each page of the site shows: from the archive to frozen page records, feeds and data files."""

from backfile.pages.build import plans, sections
from backfile.pages.plans import BETWEEN, FilePlan, LinesPlan, PagePlan, Plan, Section
from backfile.pages.records import Page, Ref, Site
from backfile.pages.texts import text_pages

__all__ = [
    "BETWEEN",
    "FilePlan",
    "LinesPlan",
    "Page",
    "PagePlan",
    "Plan",
    "Ref",
    "Section",
    "Site",
    "plans",
    "sections",
    "text_pages",
]
