"""What each page of the site shows: from the archive to frozen page records, feeds and data files."""

from backfile.pages.build import Contents, build
from backfile.pages.records import Page, Ref, Site, TextPage

__all__ = ["Contents", "Page", "Ref", "Site", "TextPage", "build"]
