from __future__ import annotations

from pathlib import Path

import pytest

from backfile.errors import PublishError
from backfile.publish.upload import SIGN, Upload, below, upload


@pytest.fixture
def output(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    write(output, "index.html", "one")
    write(output, "2025/index.html", "one")
    return output


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def names(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_a_site_is_sent_and_later_only_what_changed(tmp_path: Path, output: Path) -> None:
    host = tmp_path / "host"
    assert upload(output, str(host)) == Upload(("2025/index.html", "index.html"), (), (), 0)
    write(output, "index.html", "two, longer")
    write(output, "2026/index.html", "new")
    (output / "2025/index.html").unlink()
    assert upload(output, str(host)) == Upload(("2026/index.html",), ("index.html",), ("2025/index.html",), 0)
    assert names(host) == [SIGN, "2026/index.html", "index.html"]
    assert (host / "index.html").read_text(encoding="utf-8") == "two, longer"


def test_a_dry_run_says_the_same_and_touches_nothing(tmp_path: Path, output: Path) -> None:
    host = tmp_path / "host"
    upload(output, str(host))
    write(output, "index.html", "two, longer")
    (output / "2025/index.html").unlink()
    assert upload(output, str(host), dry_run=True) == Upload((), ("index.html",), ("2025/index.html",), 0)
    assert (host / "index.html").read_text(encoding="utf-8") == "one"
    assert upload(output, str(tmp_path / "other"), dry_run=True).new
    assert not (tmp_path / "other").exists()


def test_a_place_that_holds_other_files_is_refused(tmp_path: Path, output: Path) -> None:
    write(tmp_path / "host", "letters/to-my-aunt.txt", "mine")
    with pytest.raises(PublishError, match="holds files that Backfile did not publish"):
        upload(output, str(tmp_path / "host"))
    assert names(tmp_path / "host") == ["letters/to-my-aunt.txt"]


def test_what_is_no_part_of_the_site_stays_at_home(tmp_path: Path, output: Path) -> None:
    write(output, ".git/config", "mine")
    write(output, "CNAME", "archive.example")
    upload(output, str(tmp_path / "host"))
    assert names(tmp_path / "host") == [SIGN, "2025/index.html", "CNAME", "index.html"]


def test_a_failing_upload_says_so_in_rclone_s_words(output: Path) -> None:
    with pytest.raises(PublishError, match=r"rclone lsf failed: .*nosuchremote"):
        upload(output, "nosuchremote:archive")


@pytest.mark.parametrize(("target", "path"), [("host:", "host:x"), ("host:a/b", "host:a/b/x"), ("/a/", "/a/x")])
def test_paths_at_a_host(target: str, path: str) -> None:
    assert below(target, "x") == path
