"""HTML that is all article (a message, a feed entry, a word processor's text) as blocks."""

from backfile.ingest.hypertext.fragment import Fragment, plain_text, read_fragment

__all__ = ["Fragment", "plain_text", "read_fragment"]
