"""Reading feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed; each entry is a document of its own."""

from backfile.ingest.feeds.json_feed import open_json_feed
from backfile.ingest.feeds.xml_feed import open_feed

__all__ = ["open_feed", "open_json_feed"]
