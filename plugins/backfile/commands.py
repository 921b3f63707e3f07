"""What the commands in ``tasks.py`` need beyond invoke's own means: words without number."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from invoke.parser.argument import Argument
from invoke.tasks import Task


class ManyPaths(Task[Any]):
    """A task with a parameter ``paths`` that takes any number of words: ``invoke import a.txt b.txt``.

    invoke gives a task as many words as it has positional arguments, no more and no less.
    So this one looks at the command line and asks for as many as stand there.
    """

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        """Return an argument for each path on the command line, then the options."""
        options = [each for each in super().get_arguments(ignore_unknown_help) if each.name != "paths"]
        valued = {
            ("-" if len(name) == 1 else "--") + name for each in options if each.takes_value for name in each.names
        }
        tasks = {each.name for each in self.body.__globals__.values() if isinstance(each, Task)}
        count = sum(1 for _ in words_of(self.name, sys.argv[1:], valued, tasks))
        return [Argument(name=f"path{number}", positional=True) for number in range(count)] + options

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task with the words gathered in ``paths``."""
        names = [f"path{number}" for number in range(len(kwargs)) if f"path{number}" in kwargs]
        return super().__call__(*args, paths=tuple(kwargs.pop(name) for name in names), **kwargs)


def words_of(task: str, words: Sequence[str], valued: Collection[str], tasks: Collection[str]) -> Iterator[str]:
    """Yield the words that are given to ``task``: neither options, nor their values, nor the tasks that follow.

    ``valued`` are the options that take the next word as their value. A word that names
    both a task and a file is the file.
    """
    rest = iter(words[words.index(task) + 1 :] if task in words else ())
    for word in rest:
        if word == "--" or (word in tasks and not Path(word).exists()):
            return
        if word == "-" or not word.startswith("-"):  # a hyphen alone is standard input
            yield word
        elif word in valued:
            next(rest, None)
