"""Make ``.venv``, the environment Backfile runs in, or leave it alone when it is right.

    python3 tools/environment.py            what the site needs
    python3 tools/environment.py --tests    and what the tests need

Needs nothing but Python's standard library, since it runs before anything is installed.
What was installed is written down in ``.venv/backfile.json`` when all of it is there: the
project's folder, Python's version, and a digest of each file that decides. An
environment that was interrupted half-way is made anew, as is one made by another Python;
one whose folder was moved is installed again, since its paths are of the old place.

It must at least start on Pythons that are too old, to say so: hence the quoted types.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
RUNTIME, TESTS, PROJECT = "requirements.txt", "requirements-dev.txt", "pyproject.toml"


def main() -> None:
    """Set up what is missing, saying so; say nothing when all is there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tests", action="store_true", help="install what the tests need, too")
    wanted = TESTS if parser.parse_args().tests else RUNTIME
    check_python()
    environment = ROOT / ".venv"
    state = environment / "backfile.json"
    if is_ready(state, wanted):
        return
    if environment.exists() and not is_whole(environment):
        shutil.rmtree(environment)
    say("Setting up .venv; this is done once and takes a minute ...")
    unfinished = environment / "unfinished"
    if not environment.exists():
        run([sys.executable, "-m", "venv", str(environment)])
    unfinished.touch()
    state.unlink(missing_ok=True)
    pip = [str(python_of(environment)), "-I", "-m", "pip", "install", "--quiet", "--no-input"]
    run([*pip, "--require-hashes", "-r", wanted])
    run([*pip, "--no-deps", "--no-build-isolation", "-e", "."])
    state.write_text(json.dumps(account(wanted)), encoding="utf-8")
    unfinished.unlink()


def check_python() -> None:
    """Leave with one clear line when this Python is too old, or can't make an environment."""
    if sys.version_info < OLDEST:
        newer = [name for name in ("python3.14", "python3.13", "python3.12", "python3.11") if shutil.which(name)]
        mend = f"this machine has {newer[0]}: run `make PYTHON={newer[0]}`" if newer else "install a newer one"
        sys.exit(f"Backfile needs Python 3.11 or later, and {sys.executable} is {version()}; {mend}.")
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        sys.exit(f"Python's module {missing[0]} is missing; on Debian and Ubuntu run `apt install {package}`.")


def version() -> str:
    """Return this Python's version as ``3.11``; environments of one such version are alike."""
    return ".".join(str(part) for part in sys.version_info[:2])


def account(wanted: str) -> "dict[str, str]":
    """Return what an environment with ``wanted`` rests on; the tests' list holds all of the other, too."""
    files = sorted({RUNTIME, wanted, PROJECT})
    digests = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in files}
    return {"folder": str(ROOT), "python": version(), **digests}


def is_ready(state: Path, wanted: str) -> bool:
    """Tell whether all that ``wanted`` rests on is as it was when ``state`` was written."""
    try:
        then = json.loads(state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return then.items() >= account(wanted).items() and python_of(state.parent).exists()


def is_whole(environment: Path) -> bool:
    """Tell whether the environment was made to the end, by this version of Python, and still runs."""
    if (environment / "unfinished").exists():
        return False
    probe = "import pip, sys; print('.'.join(map(str, sys.version_info[:2])))"
    try:
        answer = subprocess.run(
            [str(python_of(environment)), "-I", "-c", probe], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.stdout.strip() == version()


def python_of(environment: Path) -> Path:
    """Return the environment's own Python."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(command: "list[str]") -> None:
    """Run a command silently; when it fails, show all that it said and leave with its status."""
    settings = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
    done = subprocess.run(
        command, cwd=ROOT, env=settings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace"))
        sys.stderr.write("Setting up .venv failed: {}\n".format(" ".join(command)))
        sys.exit(done.returncode)


def say(line: str) -> None:
    """Print one line at once, also into a pipe."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
