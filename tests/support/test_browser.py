"""What is tried when a machine has no browser, in which order, and what is said in the end."""

from __future__ import annotations

import pytest

from tests.support import browser


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine without a browser, on which every command succeeds and none helps; what was tried."""
    tried: list[str] = []
    monkeypatch.delenv("BACKFILE_CHROMIUM", raising=False)
    monkeypatch.delenv("BACKFILE_NO_APT", raising=False)
    monkeypatch.setattr(browser, "is_there", lambda: False)
    monkeypatch.setattr(browser, "is_root_on_debian", lambda: True)

    def run(*command: str, quiet: bool = False) -> bool:  # noqa: ARG001 (as the real one)
        tried.append(command[-1])
        return True

    monkeypatch.setattr(browser, "run", run)
    return tried


def test_playwright_s_comes_before_debian_s_and_then_there_is_one_clear_line(tried: list[str]) -> None:
    with pytest.raises(browser.NoBrowserError, match=r"Debian's package chromium could not be installed.*: install"):
        browser.install()
    assert tried == ["chromium", "update", "chromium"]


def test_debian_s_package_can_be_declined(tried: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKFILE_NO_APT", "1")
    with pytest.raises(browser.NoBrowserError, match="BACKFILE_NO_APT=1 declines"):
        browser.install()
    assert tried == ["chromium"]


def test_elsewhere_nothing_is_installed_into_the_system(tried: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "is_root_on_debian", lambda: False)
    with pytest.raises(browser.NoBrowserError, match="could not be downloaded"):
        browser.install()
    assert tried == ["chromium"]


def test_a_browser_that_is_named_is_the_only_one_tried(tried: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKFILE_CHROMIUM", "/no/such/browser")
    with pytest.raises(browser.NoBrowserError, match="BACKFILE_CHROMIUM=/no/such/browser: this does not start"):
        browser.install()
    assert tried == []
