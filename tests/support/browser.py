"""A Chromium for the tests: found on this machine, or else installed. Run as a program before the tests.

In this order: the one that ``BACKFILE_CHROMIUM`` names, Playwright's own, the system's; then
Playwright's is downloaded; then, as root on Debian, the package ``chromium`` is installed,
unless ``BACKFILE_NO_APT=1``. A browser counts when it has started, since one without its
libraries is of no use. Without any, this ends with one clear line: tests are never skipped
for want of a browser.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
MEND = "install Chromium, or name one with BACKFILE_CHROMIUM=/path/to/chromium"


class NoBrowserError(Exception):
    """There is no Chromium that starts; the message is one line that says what to do."""


def launch(playwright: Playwright) -> Browser:
    """Return a running Chromium of this machine. Raises :class:`NoBrowserError` when there is none."""
    for path in candidates(playwright):
        try:
            return start(playwright, path)
        except Error:
            continue
    raise NoBrowserError(f"The tests need a browser, and none was found that starts: {MEND}.")


def candidates(playwright: Playwright) -> Iterator[str]:
    """Yield the browsers of this machine in the order in which they are tried."""
    if named := os.environ.get("BACKFILE_CHROMIUM"):
        yield named
        return
    known = [playwright.chromium.executable_path, *map(shutil.which, NAMES), *ELSEWHERE]
    yield from (path for path in known if path and Path(path).exists())


def start(playwright: Playwright, path: str) -> Browser:
    """Start the browser at ``path``."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=path, args=[*QUIET, "--no-first-run", *as_root])


def is_there() -> bool:
    """Tell whether a browser starts."""
    with sync_playwright() as playwright:
        try:
            launch(playwright).close()
        except NoBrowserError:
            return False
    return True


def install() -> None:
    """Install a browser by the first means that works. Raises :class:`NoBrowserError`."""
    if named := os.environ.get("BACKFILE_CHROMIUM"):
        raise NoBrowserError(f"BACKFILE_CHROMIUM={named}: this does not start. Name a Chromium that does, or none.")
    say("The tests need a browser, and this machine has none: downloading Playwright's Chromium ...")
    may_use_apt = is_root_on_debian()
    if run(sys.executable, "-m", "playwright", "install", "chromium", quiet=may_use_apt) and is_there():
        return
    if not may_use_apt:
        raise NoBrowserError(f"Playwright's Chromium could not be downloaded, or does not start here: {MEND}.")
    if os.environ.get("BACKFILE_NO_APT") == "1":
        raise NoBrowserError(f"There is no browser, and BACKFILE_NO_APT=1 declines to install one: {MEND}.")
    say("That did not work; installing Debian's package chromium (BACKFILE_NO_APT=1 declines) ...")
    apt = ("apt-get", "-q", "-y")
    if not (run(*apt, "update") and run(*apt, "install", "--no-install-recommends", "chromium") and is_there()):
        raise NoBrowserError(f"Debian's package chromium could not be installed, or does not start here: {MEND}.")


def is_root_on_debian() -> bool:
    """Tell whether this is Debian or a system made of it, and this process may install packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and Path("/etc/debian_version").exists()


def run(*command: str, quiet: bool = False) -> bool:
    """Run a command; when it fails, show what it said, unless ``quiet``. Tell whether it went well."""
    done = subprocess.run(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode and not quiet:
        sys.stderr.buffer.write(done.stdout)
    return done.returncode == 0


def say(line: str) -> None:
    """Print one line at once, also into a pipe."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        if not is_there():
            install()
    except NoBrowserError as error:
        sys.exit(str(error))
