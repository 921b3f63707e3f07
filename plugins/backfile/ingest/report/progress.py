"""How far an import has come, on a terminal; elsewhere nothing is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from backfile.visible import visible

# Below this many files a progress bar would only flicker.
_WORTH_A_BAR = 20
_NAME = 40  # characters of a file name

# Says how many files are in, the name of what is being imported, and how many were refused so far.
Tell = Callable[[int, str, int], None]


@contextmanager
def progress(files: int, fetched: int = 0) -> Iterator[Tell]:
    """Show a bar for an import of so many files, ``fetched`` of them from the web; give what moves it on."""
    console = Console(stderr=True)
    slow = fetched > 1  # one after another, with pauses
    if not (files >= _WORTH_A_BAR or slow) or not console.is_terminal:
        yield lambda _done, _name, _refused: None
        return
    with Progress(
        TextColumn("Importing"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("[red]{task.fields[refused]}[/]"),
        TextColumn("[dim]{task.fields[name]}[/]"),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task("", total=files, refused="", name="")

        def tell(done: int, name: str, refused: int) -> None:
            shown = visible(name)
            shown = shown if len(shown) <= _NAME else f"{shown[: _NAME - 1]}…"
            bar.update(
                task, completed=done, name=escape(shown), refused=f"{refused} refused" if refused else ""
            )  # the bar is drawn ten times a second, however often it is told

        yield tell
