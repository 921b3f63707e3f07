"""The order of steps; that they lead to the right site is proved in test_staging.py."""

from __future__ import annotations

from backfile.publish.plan import plan


def steps(old: list[str], new: list[str]) -> list[str]:
    changed = [path for path in new if path not in old]
    return [f"{step} {path}" for step, path in plan(new, changed, old, old).steps]


def test_deep_pages_come_before_the_front_page_and_old_ones_leave_last() -> None:
    assert steps(["old/index.html"], ["index.html", "2025/index.html", "2025/03/index.html"]) == [
        "put 2025/03/index.html",
        "put 2025/index.html",
        "put index.html",
        "drop old/index.html",
    ]


def test_into_an_empty_folder_whole_folders_are_put() -> None:
    assert steps([], ["index.html", "2025/index.html", "2025/03/index.html"]) == ["put 2025", "put index.html"]


def test_a_file_leaves_first_where_a_folder_takes_its_name() -> None:
    assert steps(["about"], ["about/index.html"]) == ["drop about", "put about/index.html"]


def test_a_name_that_changes_its_case_alone_leaves_first() -> None:
    assert steps(["Über/index.html"], ["über/index.html"]) == ["drop Über/index.html", "put über/index.html"]
