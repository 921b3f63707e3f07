"""Pelican, but the output is replaced whole or not at all."""

from __future__ import annotations

from pathlib import Path

from pelican import Pelican  # type: ignore[import-untyped]  # Pelican has no types

from backfile.content import ContentReader
from backfile.publish.staging import Stage
from backfile.search.index import build_index


class ArchivePelican(Pelican):  # type: ignore[misc]  # Pelican has no types
    """Builds into a stage beside the output, indexes it for search, and swaps it in when all is well.

    Name it in the settings file: ``PELICAN_CLASS = ArchivePelican``.
    """

    output_path: str

    def run(self) -> None:
        """Run all generators; leave the last good output as it was if one fails."""
        output = self.output_path
        self.settings["BACKFILE_READER"] = ContentReader(Path(self.path))
        with Stage.open(Path(output)) as stage:
            self.output_path = str(stage.path)
            try:
                super().run()
            finally:
                self.output_path = output
            if self.settings["SEARCH_INDEX"]:
                build_index(stage.path)
            stage.commit()
