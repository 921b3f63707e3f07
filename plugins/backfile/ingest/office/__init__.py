"""Reading what word processors make: Word documents, and PDF with text in it."""

from backfile.ingest.office.docx import read_docx
from backfile.ingest.office.pdf import read_pdf

__all__ = ["read_docx", "read_pdf"]
