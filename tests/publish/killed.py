"""A program that builds sites and is killed at it, over and over.

Reads lines of JSON, ``{"output": folder, "site": {path: text}, "at": number}``. For each
it forks; the child builds the site and dies without a word before it changes a file for
the time number ``at``. Prints whether it came to its end before. A program of its own,
since forking the process that runs the tests takes ten times as long.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from unittest import mock

from backfile.publish.staging import Changes, Stage


def build(output: Path, site: dict[str, str]) -> Changes:
    with Stage.open(output) as stage:
        for path, text in site.items():
            (stage.path / path).parent.mkdir(parents=True, exist_ok=True)
            (stage.path / path).write_text(text, encoding="utf-8")
        return stage.commit()


def build_and_die(output: Path, site: dict[str, str], at: int) -> bool:
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    changes = 0

    def die_in_time(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal changes
        if changes_a_file(event, arguments) and str(arguments[0]).startswith(str(output.parent)):
            changes += 1
            if changes > at:
                os._exit(9)

    sys.addaudithook(die_in_time)
    build(output, site)
    os._exit(0)


def changes_a_file(event: str, arguments: tuple[object, ...]) -> bool:
    """Tell whether Python's audit event is one after which the disk may look otherwise."""
    if event == "open":
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in ("os.mkdir", "os.remove", "os.rename", "os.rmdir")


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(build_and_die(Path(order["output"]), order["site"], order["at"])), flush=True)  # noqa: T201 (its answer)


if __name__ == "__main__":
    with mock.patch("os.fsync"):  # kills, unlike power cuts, leave the system's memory as it is
        main()
