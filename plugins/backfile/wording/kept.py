"""What a template's macro makes of the same arguments, made once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache

from markupsafe import Markup


@lru_cache(maxsize=1 << 12)
def once(macro: Callable[..., Markup], *arguments: Hashable) -> Markup:
    """Return what a macro makes of its arguments, which is kept: ``{{ search_form|once(page.root, site.lang) }}``.

    For what stands on many pages alike. A macro that is imported sees its arguments and
    nothing else, so the same ones always make the same of it.
    """
    return macro(*arguments)
