"""Reading saved web pages."""

from backfile.ingest.web.page import WebPage, read_page
from backfile.ingest.web.rows import read_row

__all__ = ["WebPage", "read_page", "read_row"]
