from __future__ import annotations

import json
import pstats
from pathlib import Path

from tests.building import large_archive, run_pelican


def test_a_profile_has_all_processes_and_the_account(tmp_path: Path) -> None:
    content = large_archive(tmp_path / "content")
    done = run_pelican(content, tmp_path / "output", PROFILE=True, SEARCH_INDEX=False)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "Exception ignored" not in done.stderr  # by Python, in workers that a worker has
    slowest = done.stdout.partition("the slowest functions are:")[2]
    assert "ncalls" in slowest
    assert "_queue" not in slowest  # where one who waits spends the time
    folder = tmp_path / ".cache/profile"
    account = json.loads((folder / "account.json").read_text(encoding="utf-8"))
    assert [stage["name"] for stage in account["stages"]] == ["look", "read", "group", "plan", "make", "place"]
    found = pstats.Stats(str(folder / "build.prof")).get_stats_profile().func_profiles
    assert {"build_site", "read_article"} <= found.keys()  # the first in the parent, the second in workers
