"""Renders a page from its record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Template
from pelican.plugins import signals  # type: ignore[import-untyped]  # Pelican has no types
from pelican.utils import sanitised_join  # type: ignore[import-untyped]  # Pelican has no types
from pelican.writers import Writer  # type: ignore[import-untyped]  # Pelican has no types


class RecordWriter(Writer):  # type: ignore[misc]  # Pelican has no types
    """Gives a template ``page`` and ``site`` and nothing else.

    Files that are not ours (another plugin's) are written as Pelican writes them.
    """

    def write_file(self, name: str, template: Template, context: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        """Render and write one file; tell other plugins with Pelican's whole context."""
        plan = context["BACKFILE_PAGES"].get(name)
        if plan is None:
            super().write_file(name, template, context, *args, **kwargs)
            return
        path = Path(sanitised_join(self.output_path, name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            template.render(page=plan.make(), site=context["BACKFILE_SITE"]), encoding="utf-8", newline="\n"
        )
        signals.content_written.send(str(path), context={**context, **kwargs, "output_file": name})
