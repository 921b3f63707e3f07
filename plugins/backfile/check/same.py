"""Whether two sites are the same, byte by byte."""

from __future__ import annotations

from pathlib import Path


def differences(one: Path, other: Path) -> tuple[str, ...]:
    """Return the files, relative to both folders, that one of them lacks or that differ."""
    names = {path.relative_to(site).as_posix() for site in (one, other) for path in site.rglob("*") if path.is_file()}
    return tuple(name for name in sorted(names) if _read(one / name) != _read(other / name))


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
