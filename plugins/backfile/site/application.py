"""Pelican, but the output is replaced whole or not at all."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

from pelican import Pelican  # type: ignore[import-untyped]  # Pelican has no types

from backfile.incremental.memory import Memory
from backfile.publish.staging import Stage
from backfile.site.looking import AHEAD


class ArchivePelican(Pelican):  # type: ignore[misc]  # Pelican has no types
    """Builds into a stage beside the output, indexes it for search, and swaps it in when all is well.

    The settings file names it: ``PELICAN_CLASS = archive_pelican`` (:func:`backfile.site.archive_pelican`).
    """

    output_path: str
    memory: Memory  # of builds by this process

    def __init__(self, settings: dict[str, Any]) -> None:
        self._ahead = AHEAD.get()
        self.memory = self._ahead.memory if self._ahead else Memory()
        self._is_profiled = settings.pop("PROFILE", False)  # no setting of the site's, which would be made anew for it
        super().__init__(settings)

    def run(self) -> None:
        """Build the site; leave the last good output as it was if that fails.

        Other plugins get all that Pelican has for them. Without any, Pelican's own
        generators are not run, for their sake alone.
        """
        from backfile.site.alone import build_alone, build_profiled, is_alone

        with Stage.open(Path(self.output_path)) as stage:
            if is_alone(self.settings):
                # A build makes millions of records and no cycles of them; to look for some takes a third of its time.
                gc.disable()
                try:
                    (build_profiled if self._is_profiled else build_alone)(self, stage, self.memory, self._ahead)
                finally:
                    gc.enable()
            else:
                self._build_with_others(stage)

    def _build_with_others(self, stage: Stage) -> None:
        from backfile.content import ContentReader
        from backfile.search.index import build_index

        output = self.output_path
        self.settings["BACKFILE_READER"] = ContentReader(Path(self.path))
        self.output_path = str(stage.path)
        try:
            super().run()
        finally:
            self.output_path = output
        if self.settings["SEARCH_INDEX"]:
            build_index(stage.path)
        stage.commit()
