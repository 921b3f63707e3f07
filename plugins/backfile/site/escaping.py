"""Escapes what templates put out, without making anew what needs no escaping.

markupsafe makes a new object of every value, of those too that are marked as safe or hold no
sign that HTML knows. Nearly all are one or the other, and each page puts out a hundred.
"""

from __future__ import annotations

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape


def escaped(value: object) -> str:
    """Return a value as HTML, to be joined with what stands beside it: what needs no escaping is returned itself."""
    if type(value) is Markup:
        return value
    if type(value) is str and not (
        "&" in value or "<" in value or ">" in value or '"' in value or "'" in value  # quicker than a pattern
    ):
        return value
    return escape(value)


class Compiler(CodeGenerator):
    """Compiles templates as Jinja does, and has them escape by :func:`escaped`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # the name is Jinja's
        """Write a module in which ``escape`` is another than the one that Jinja imports at its top."""
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import escaped as escape")
