from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from backfile.incremental.workers import WorkerError, apart, on_all_cores

MANY = range(1000)


def test_results_come_in_order_and_from_other_processes() -> None:
    found = list(on_all_cores(lambda item: (item, os.getpid()), MANY))
    assert [item for item, _ in found] == list(MANY)
    assert os.cpu_count() == 1 or os.getpid() not in {process for _, process in found}


@pytest.mark.skipif(os.cpu_count() == 1, reason="with one core there are no workers")
@pytest.mark.parametrize("beside", [True, False])
def test_this_process_may_work_too(beside: bool) -> None:
    def work(item: int) -> tuple[int, int]:
        time.sleep(0.0005)
        return item, os.getpid()

    found = list(on_all_cores(work, MANY, beside=beside, here=True))
    assert [item for item, _ in found] == list(MANY)
    assert os.getpid() in {process for _, process in found} > {os.getpid()}


@pytest.mark.skipif(os.cpu_count() == 1, reason="with one core there are no workers")
def test_what_one_worker_does_not_come_to_another_takes(tmp_path: Path) -> None:
    second, end = tmp_path / "second", time.monotonic() + 30

    def work(item: int) -> bool:
        if item == 1:
            second.touch()
        while item == 0 and not second.exists() and time.monotonic() < end:
            time.sleep(0.01)
        return second.exists()

    assert next(on_all_cores(work, MANY, batch=1, beside=True))  # the first item waits for the one beside it


def test_little_work_is_done_here() -> None:
    assert set(on_all_cores(lambda _: os.getpid(), range(3))) == {os.getpid()}


@pytest.mark.parametrize("here", [True, False])
@pytest.mark.parametrize("wrong", [0, 999])
def test_an_error_in_a_worker_is_raised_here(wrong: int, here: bool) -> None:
    def work(item: int) -> int:
        return 1 // (item - wrong)

    with pytest.raises(ZeroDivisionError):
        list(on_all_cores(work, MANY, beside=True, here=here))


@pytest.mark.skipif(os.cpu_count() == 1, reason="with one core there are no workers")
def test_the_death_of_a_worker_is_said() -> None:
    def work(item: int) -> int:
        if item == 700:
            os._exit(9)
        return item

    with pytest.raises(WorkerError, match="A worker of the build died"):
        list(on_all_cores(work, MANY))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="without a fork all is done here")
def test_work_apart_is_done_by_another_process_which_may_have_workers() -> None:
    own, workers = apart(lambda: (os.getpid(), set(on_all_cores(lambda _: os.getpid(), MANY))))
    assert os.getpid() not in {own, *workers}
    assert os.cpu_count() == 1 or own not in workers


def test_an_error_apart_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        apart(lambda: 1 // 0)
