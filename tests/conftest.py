from __future__ import annotations

import os

from hypothesis import settings

# A busy machine is no failure; and a run that fails shall fail again when it is repeated.
settings.register_profile("backfile", deadline=None, derandomize=True)
settings.load_profile("backfile")

# Hundreds of tests start processes: modules compiled by one are not compiled again by the next.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
