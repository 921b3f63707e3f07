"""What the commands in ``tasks.py`` need beyond invoke's own means: words without number, and a hint at a slip."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from invoke.exceptions import ParseError
from invoke.parser.argument import Argument
from invoke.program import Program
from invoke.tasks import Task

# invoke takes --dry for its own, which holds back nothing of ours; who writes it means --dry-run.
_NOT_OURS = ("--dry", "-R")
_HELP = ("--help", "-h")
_BY_MAKE = {"site": "make site (or invoke import build)"}


class ManyPaths(Task[Any]):
    """A task with a parameter ``paths`` that takes any number of words: ``invoke import a.txt b.txt``.

    invoke gives a task as many words as it has positional arguments, no more and no less.
    So this one looks at the command line and asks for as many as stand there.
    """

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        """Return an argument for each path on the command line, then the options.

        invoke asks this of all tasks before it reads the command line, and of a word that it does
        not know it says no more than that: so what is wrong with the line is told here.
        """
        tasks = {each.name: each for each in self.body.__globals__.values() if isinstance(each, Task)}
        if said := slip(sys.argv[1:], tasks):
            raise ParseError(said)
        options = _options(self)
        valued = {name for name, each in options.items() if each.takes_value}
        count = sum(1 for _ in words_of(self.name, sys.argv[1:], valued, tasks))
        paths = [Argument(name=f"path{number}", positional=True) for number in range(count)]
        return paths + [each for each in super().get_arguments(ignore_unknown_help) if each.name != "paths"]

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


def slip(words: Sequence[str], tasks: Mapping[str, Task[Any]]) -> str | None:
    """Return what a command line names that is no task and no option, with what may be meant; None for none."""
    task, options = "", _flags(Program().initial_context.args.values())
    for name in _NOT_OURS:
        del options[name]
    rest = deque(words)
    while rest:
        word = rest.popleft()
        if word == "--":
            break
        if word == "-" or not word.startswith("-"):
            takes_any = task and isinstance(tasks[task], ManyPaths)
            if word in tasks and not (takes_any and Path(word).exists()):
                task, options = word, _options(tasks[word])
            elif not takes_any:
                meant = _meant(word, [*tasks, *_BY_MAKE])
                return f"There is no task {word}.{meant} `invoke --list` names them all."
            continue
        for name in _names(word, options):
            if task and name in _HELP:
                return None
            if name not in options:
                of, help_ = (f"invoke {task}", f"invoke --help {task}") if task else ("invoke", "invoke --help")
                known = options if task else {each for own in tasks.values() for each in _options(own)} | options.keys()
                return f"`{of}` has no option {name}.{_meant(name, known)} `{help_}` explains its options."
            given = rest and not (options[name].optional and rest[0].startswith("-"))
            if options[name].takes_value and word == name and given:
                rest.popleft()
    return None


def _names(word: str, options: Mapping[str, Argument]) -> Iterator[str]:
    """Yield the options in a word: ``--date=2025-03-14``, ``-yr``, ``-d2025-03-14``."""
    if word.startswith("--"):
        yield word.partition("=")[0]
        return
    for letter in word[1:].partition("=")[0]:
        yield f"-{letter}"
        if f"-{letter}" not in options or options[f"-{letter}"].takes_value:
            return


def _options(task: Task[Any]) -> dict[str, Argument]:
    return _flags(each for each in Task.get_arguments(task) if each.name != "paths")


def _flags(arguments: Iterable[Argument]) -> dict[str, Argument]:
    return {("-" if len(name) == 1 else "--") + name: each for each in arguments for name in each.names}


def _meant(word: str, known: Iterable[str]) -> str:
    """Return a question for what is written much like a word, or nothing."""
    (close,) = get_close_matches(word, sorted(known), n=1, cutoff=0.6) or [""]
    return f" Did you mean {_BY_MAKE.get(close, close)}?" if close else ""
