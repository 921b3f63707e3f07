"""Settings of the archive: data only. Pelican's documentation explains each name."""

from backfile.site import archive_pelican

SITENAME = "Backfile"
SITESUBTITLE = "An archive of news briefings, by story and by topic"
SITEURL = ""  # publishconf.py has the public address
DEFAULT_LANG = "en"  # of the interface, and of texts that do not say theirs
TIMEZONE = "UTC"

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
CACHE_PATH = ".cache"
STATIC_PATHS = ["images"]

PELICAN_CLASS = archive_pelican
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["backfile.site"]

# Backfile writes its own feeds, below feeds/.
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

SEARCH_INDEX = True
KEEP_SOURCES = True  # raw files stay in content/sources after their import; they are never published
