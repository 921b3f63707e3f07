"""Settings of the public site: those of pelicanconf.py, and what follows. docs/publishing.md explains them."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))  # the command `pelican` does not look here by itself

from pelicanconf import *  # noqa: F403 (how Pelican's settings files build on each other)

SITEURL = ""  # the public address, as "https://archive.example" or "https://example.org/archive"
PUBLISH_TO = ""  # a folder, or an rclone remote as "myhost:path/of/site"
