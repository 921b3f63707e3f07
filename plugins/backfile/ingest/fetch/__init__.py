"""Documents from the web, fetched when an editor names their addresses: the one part of ingest that asks the network.

::

    address ──target──▶ host and path ──public──▶ the very IP address ──robots──▶ may it be asked? ──wire──▶ bytes

Every redirect goes this way again from its start. What comes out is a raw document like
any file's, with an account of where it came from.
"""

from backfile.ingest.fetch.fetcher import Fetcher

__all__ = ["Fetcher"]
