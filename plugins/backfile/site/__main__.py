"""Pelican's command, but that a build which has nothing to do ends before Pelican is imported.

To import it takes longer than all that such a build looks at. What decides is what always does
(:mod:`backfile.site.looking`), but for the settings: Pelican makes them of the settings file and the
command line, and the last build has written down what it came to. So the settings file is run here,
with all that it imports or asks. Where it says something else than then, or the code, the command or
the folder that it was called in are others, or it isn't a plain build, Pelican does all from here.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import logging
import os
import sys
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from backfile.errors import PublishError
from backfile.incremental.account import Account
from backfile.marks import mark_of
from backfile.publish.staging import Stage
from backfile.site.looking import AHEAD, Ahead, Look, cache_file, look, plain

_ALONE = ["backfile.site"]
_SHORT = {"--quiet": "-q", "--output": "-o", "--settings": "-s", "--extra-settings": "-e"}
# Options with which a build is one as any other, with the number of words that follow.
_PLAIN = {"-q": 0, "-o": 1, "-s": 1, "--fatal": 1, "--log-handler": 1}


def main() -> None:
    """Do what the command line says."""
    arguments = sys.argv[1:]
    account = Account()
    gc.disable()  # there is nothing yet that were worth it
    with account.stage("look"):
        ahead = ahead_of(arguments)
        done = look_ahead(ahead) if ahead else None
    if done:
        account.kept = len(done.output)
        sys.stdout.writelines(f"{line}\n" for line in account.lines())
        return
    # Numpy would begin a thread a core, to multiply dense matrices, of which there are none here; that takes half as
    # long as all else of its import.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from pelican import main as pelican  # type: ignore[import-untyped]  # Pelican has no types

    gc.enable()
    if ahead:
        AHEAD.set(ahead)
        _heed(ahead)
    pelican(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # to take apart a large archive's records one by one takes a tenth of a second


def _heed(ahead: Ahead) -> None:
    """Have a command forgotten when Pelican has something to say of it: it is to say so each time."""
    record = logging.getLogRecordFactory()  # a handler would keep Pelican from being heard where it has none itself

    def heard(name: str, level: int, *arguments: Any, **named: Any) -> logging.LogRecord:
        if level >= logging.WARNING and name.startswith("pelican"):
            ahead.command = b""
        return record(name, level, *arguments, **named)

    logging.setLogRecordFactory(heard)


def ahead_of(arguments: list[str]) -> Ahead | None:
    """Return what a command comes to without Pelican; None when it is not that of a plain build."""
    given = _given(arguments)
    if given is None or "-s" not in given or "PROFILE" in given:
        return None
    settings = _settings(given["-s"])
    if settings is None or settings.get("PLUGINS") != _ALONE:
        return None
    root = Path(given["-s"]).absolute().parent
    try:
        cache = json.loads(given["CACHE_PATH"]) if "CACHE_PATH" in given else settings["CACHE_PATH"]
        output = Path(given["-o"]).absolute() if "-o" in given else root / settings["OUTPUT_PATH"]
        command = mark_of(arguments, str(Path.cwd()), plain(settings))
    except (KeyError, TypeError, ValueError, OSError):  # Pelican has a default, or finds the fault, too, and says so
        return None
    return Ahead(command, output, cache_file(root / cache, output.resolve()))


def _given(arguments: Iterable[str]) -> dict[str, str] | None:
    """Return options and overridden settings by name; None when one is not as usual."""
    waiting, given = deque(arguments), dict[str, str]()
    while waiting:
        word = waiting.popleft()
        name = _SHORT.get(word, word)
        if name == "-e":
            while waiting and not waiting[0].startswith("-"):
                setting, _, given[setting] = waiting.popleft().partition("=")
        elif name in _PLAIN and len(waiting) >= _PLAIN[name]:
            given[name] = waiting.popleft() if _PLAIN[name] else ""
        elif name.startswith("-") or "" in given:
            return None
        else:
            given[""] = name  # the folder of texts
    return given


def _settings(file: str) -> dict[str, Any] | None:
    """Return what a settings file says, run as Pelican runs it; None when it can't be run."""
    name = Path(file).stem
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        return None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception:  # the user's own code, which may raise anything: Pelican runs it again, and says so
        return None
    return {name: value for name, value in vars(module).items() if name.isupper()}


def look_ahead(ahead: Ahead) -> Look | None:
    """Return what there is when that is what a build would make."""
    if not ahead.file.is_file():
        return None
    try:
        with Stage.open(ahead.output):
            if asked := ahead.asked():
                ahead.look = look(asked, ahead.memory)
    except PublishError:  # Pelican meets it, too, and says so
        return None
    found = ahead.look
    return found if found and found.is_known and found.output.is_untouched() and not found.cache.problem else None


if __name__ == "__main__":
    main()
