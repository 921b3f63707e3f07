"""Calls macros without asking first whether they want to see the context, as Jinja asks whatever a template calls.

No macro does, and few take other arguments than those that they name. To find that out takes
longer than what most macros do, and a page calls thirty.
"""

from __future__ import annotations

from typing import Any

from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup


class DirectContext(Context):
    """A template's context, which hands macros their arguments itself."""

    # The two last come with each call in a loop or a block, for callables that see the context.
    def call(__self, __obj: Any, *args: Any, _block_vars: Any = None, _loop_vars: Any = None, **kwargs: Any) -> Any:  # noqa: N805  # Jinja's names, which no argument of a macro has
        """Return what a callable returns."""
        if type(__obj) is Macro and not (__obj.caller or __obj.catch_kwargs or __obj.catch_varargs):
            names, others = __obj.arguments, __obj.arguments[len(args) :]
            if __self.eval_ctx.autoescape and len(args) <= len(names) and not (kwargs and kwargs.keys() - others):
                made: str = __obj._func(*args, *[kwargs.get(name, missing) for name in others])
                return Markup(made)  # noqa: S704  # as macros do: what they put out was escaped in them
        return super().call(__obj, *args, _block_vars=_block_vars, _loop_vars=_loop_vars, **kwargs)
