"""Sending the site to its host by rclone, which knows every kind of host there is.

rclone compares by size and time, and by checksum where times differ and the host knows
one, so only what changed is sent. What the site no longer has is removed at the host,
after all that is new has arrived. To make that safe, a host folder is only touched when
it is empty or bears our sign, a small file that says what the folder is for.
"""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backfile.errors import PublishError

SIGN = ".backfile-site"
SIGN_TEXT = b"Backfile publishes into this folder, and removes from it what the site no longer has.\n"
NOT_PUBLISHED = (f"/{SIGN}", ".git/**", ".DS_Store", "Thumbs.db")
NO_SUCH_FOLDER = 3  # rclone's exit status for it


@dataclass(frozen=True, slots=True)
class Upload:
    """Paths in the site that are new at the host, changed there, gone from there; and how many stay the same."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    same: int

    def lines(self) -> Iterator[str]:
        """Yield a line for each file that changes."""
        for mark, paths in (("+", self.new), ("*", self.changed), ("-", self.gone)):
            yield from (f"{mark} {path}" for path in paths)

    def total(self) -> str:
        """Return how many files changed, and how."""
        return f"{len(self.new)} new, {len(self.changed)} changed, {len(self.gone)} gone, {self.same} unchanged"


def upload(output: Path, target: str, *, dry_run: bool = False, show_progress: bool = False) -> Upload:
    """Make ``target`` hold the site in ``output``; return what changed.

    ``target`` is a folder, or an rclone remote as ``host:path``. With ``dry_run`` nothing
    is sent or removed. Raises :class:`PublishError` when the target holds other files or
    rclone fails.
    """
    is_new = _check_sign(target)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report")
        command = ["sync", str(output), target, "--delete-after", "--combined", str(report)]
        command += [part for pattern in NOT_PUBLISHED for part in ("--exclude", pattern)]
        command += ["--dry-run"] * dry_run + ["--progress"] * show_progress
        if is_new and not dry_run:
            _rclone("rcat", below(target, SIGN), given=SIGN_TEXT)
        _rclone(*command)
        lines = report.read_text(encoding="utf-8").splitlines()
    paths = {mark: tuple(sorted(line[2:] for line in lines if line[0] == mark)) for mark in "+*-="}
    return Upload(new=paths["+"], changed=paths["*"], gone=paths["-"], same=len(paths["="]))


def _check_sign(target: str) -> bool:
    """Tell whether the target is new; raise when it holds something else than a site of ours."""
    listing = _rclone("lsf", "--max-depth", "1", target, allowed=(0, NO_SUCH_FOLDER))
    entries = listing.decode().splitlines()
    if entries and SIGN not in entries:
        raise PublishError(
            f"{target}: this holds files that Backfile did not publish ({entries[0]}, for one), and publishing removes"
            f" whatever is not of the site. Name an empty place, or put an empty file {SIGN} there to allow it."
        )
    return not entries


def below(target: str, name: str) -> str:
    """Return the rclone path of ``name`` within ``target``."""
    return target + name if target.endswith((":", "/")) else f"{target}/{name}"


def _rclone(*arguments: str, given: bytes | None = None, allowed: tuple[int, ...] = (0,)) -> bytes:
    """Run rclone; return what it printed, but for its progress, which goes to the terminal."""
    program = shutil.which("rclone", path=sysconfig.get_path("scripts")) or shutil.which("rclone")
    if program is None:
        raise PublishError("rclone is missing from .venv. Run `make site`, or `pip install -r requirements.txt`.")
    printed = None if "--progress" in arguments else subprocess.PIPE
    done = subprocess.run(
        [program, "--log-level", "ERROR", *arguments], input=given, stdout=printed, stderr=subprocess.PIPE, check=False
    )
    if done.returncode not in allowed:
        words = done.stderr.decode("utf-8", "replace").strip() or f"status {done.returncode}"
        raise PublishError(f"rclone {arguments[0]} failed: {words}")
    return done.stdout or b""
