"""The commands: ``invoke --list`` names them, ``invoke --help NAME`` explains one. Each is a few lines.

The names are those of Pelican's quickstart, and ours beside them: for import and what comes
after it, for stories and topics, for checks. They work without make, on Windows too.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from json import dumps
from pathlib import Path
from typing import Any

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from backfile.commands import ManyPaths
from backfile.errors import BackfileError
from backfile.visible import visible

CONFIG: dict[str, Any] = {
    "settings_base": "pelicanconf.py",
    "settings_publish": "publishconf.py",
    "content_path": "content",
    "inbox_path": "inbox",
    "undone_path": "undone",
    "deploy_path": "output",
    "github_pages_branch": "gh-pages",
    "host": "localhost",
    "port": 8000,
}
ROOT = Path(__file__).parent
INBOX = ROOT / CONFIG["inbox_path"]
CONTENT = ROOT / CONFIG["content_path"]
OUTPUT = ROOT / CONFIG["deploy_path"]


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """End with the message alone when something is wrong that the user can mend."""
    try:
        yield
    except BackfileError as error:
        raise Exit("\n".join(map(visible, str(error).split("\n"))), code=error.exit_status) from error


def run(module: str, *arguments: object, quiet: bool = False, environment: Mapping[str, str] = os.environ) -> None:
    """Run a Python module's command in the project's folder; end with its status when that is not 0.

    With ``quiet`` what it says is shown only when it fails.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        check=False,
    )
    if done.returncode:
        sys.stdout.buffer.write(done.stdout or b"")
        sys.stdout.flush()
        raise Exit(f"`{module}` failed.", code=done.returncode)


def pelican(
    settings: str,
    *options: object,
    content: Path = CONTENT,
    output: Path = OUTPUT,
    environment: Mapping[str, str] = os.environ,
) -> None:
    """Build a site; any error ends the build and leaves the last good site as it was."""
    run("backfile.site", content, "-o", output, "-s", settings, "--fatal", "errors", *options, environment=environment)


def agreed(plan: Iterable[str], question: str, *, dry_run: bool, yes: bool) -> bool:
    """Print a plan's lines, and tell whether it is to be carried out: the user is asked, on a terminal alone."""
    print(*map(visible, plan), sep="\n")
    if dry_run or yes:
        return not dry_run
    if not sys.stdin.isatty():
        raise Exit("Nothing was touched: add --yes, since there is no terminal to ask on.", code=1)
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def read_again(paths: Sequence[str], *, force: bool, yes: bool, dry_run: bool, json: bool) -> None:
    """Read kept files again: `invoke import --again`."""
    from backfile.ingest.again import Report
    from backfile.ingest.again import read_again as read

    def agree(report: Report) -> bool:
        return agreed(report.lines(), "Write these changes?", dry_run=dry_run, yes=yes)

    with plainly():
        report = read(CONTENT, paths, (lambda _: yes and not dry_run) if json else agree, force=force)
    if json:
        print(dumps(report.as_data(), indent=1))
    elif not report.changes:
        print(*map(visible, report.lines()), sep="\n")
    if report.refused:
        raise Exit(code=1)


def setting(name: str) -> str:
    """Return a setting of the public site."""
    from pelican.settings import read_settings  # type: ignore[import-untyped]  # Pelican has no types

    return str(read_settings(str(ROOT / CONFIG["settings_publish"]))[name])


@task
def clean(_: Context) -> None:
    """Remove the built site and the caches."""
    from backfile.publish.staging import clear

    with plainly():
        for path in clear(OUTPUT):
            print(f"{CONFIG['deploy_path']}/{path} stays, since Backfile did not make it.")
    shutil.rmtree(ROOT / ".cache", ignore_errors=True)


@task(help={"profile": "write into .cache/profile where the time goes (docs/building.md)"})
def build(_: Context, profile: bool = False) -> None:
    """Build the site into output/, with its search index."""
    pelican(CONFIG["settings_base"], *(("-e", "PROFILE=true") if profile else ()))
    print(f"The site is in {CONFIG['deploy_path']}/. Look at it with `make serve` or `invoke serve`.", flush=True)


@task
def rebuild(c: Context) -> None:
    """Build the site without what earlier builds have cached."""
    shutil.rmtree(ROOT / ".cache", ignore_errors=True)
    build(c)


@task
def regenerate(_: Context) -> None:
    """Build again whenever a file changes, until stopped."""
    pelican(CONFIG["settings_base"], "-r")


@task(help={"host": "the address to listen on", "port": "the port to listen on"})
def serve(_: Context, host: str = "", port: int = 0) -> None:
    """Show the built site on this machine, until stopped."""
    from backfile.publish.server import serve as serve_site

    with plainly():
        serve_site(OUTPUT, host or CONFIG["host"], port or CONFIG["port"], lambda line: print(line, flush=True))


@task
def reserve(c: Context) -> None:
    """Build, then serve."""
    build(c)
    serve(c)


@task
def preview(_: Context) -> None:
    """Build the site as it will be published."""
    pelican(CONFIG["settings_publish"])


@task(help={"host": "the address to listen on", "port": "the port to listen on"})
def livereload(_: Context, host: str = "", port: int = 0) -> None:
    """Serve the site; when a file changes, build again and reload the browser (docs/building.md)."""
    from backfile.site.live import Work, live

    settings = ROOT / CONFIG["settings_base"]
    work = Work(
        settings,
        {"PATH": str(CONTENT), "OUTPUT_PATH": str(OUTPUT)},
        watched=(CONTENT, ROOT / "theme"),
        code=(settings, ROOT / "plugins"),
    )
    with plainly():
        live(work, host or CONFIG["host"], port or CONFIG["port"], lambda line: print(line, flush=True))


@task
def check(_: Context) -> None:
    """Look for broken links and other faults in the built site (docs/checks.md)."""
    _check(setting("PUBLISH_TO"))


def _check(host: str) -> None:
    from backfile.check import check_site

    if not OUTPUT.is_dir():
        raise Exit("There is no built site to check. Run `make site` or `invoke build`.", code=1)
    findings = check_site(OUTPUT, setting("SITEURL"), host)
    for finding in findings:
        print(finding)
    if any(finding.severity == "error" for finding in findings):
        raise Exit("The site has errors.", code=1)


@task
def topics(_: Context) -> None:
    """List names that many articles share and no topic covers yet."""
    from backfile.candidates import candidate_names
    from backfile.content import read_archive
    from backfile.topics import suggest

    with plainly():
        archive = read_archive(CONTENT, setting("DEFAULT_LANG"))
    named = [
        (id_, [*(name.name for name in archive.names_of[id_]), *candidate_names(article.body.text, article.lang)])
        for id_, article in archive.articles.items()
    ]
    for suggestion in suggest(named, archive.topics):
        print(f"{suggestion.articles:6} articles name {suggestion.name}")


@task(
    help={
        "review": "list what grouping is least sure of, what matters most first (docs/stories.md)",
        "most": "how many to list",
        "json": "print it as JSON",
    }
)
def stories(_: Context, review: bool = False, most: int = 20, json: bool = False) -> None:
    """Count the stories and say what of content/stories.yaml is stale; with --review, ask an editor."""
    from backfile import story_review
    from backfile.content import read_archive

    with plainly():
        archive = read_archive(CONTENT, setting("DEFAULT_LANG"))
    found = story_review.doubtful(archive, most) if review else ()
    if json:
        print(dumps(story_review.as_data(archive, found), ensure_ascii=False, indent=1))
        return
    told = sum(len(story.takes) > 1 for story in archive.stories)
    print(f"{len(archive.articles)} texts, {len(archive.stories)} stories, {told} of them told more than once.")
    for line in (*story_review.stale(archive), *(story_review.lines(archive, found) if review else ())):
        print(line)


@task(help={"dry-run": "say what would change at the host, and change nothing"})
def publish(c: Context, dry_run: bool = False) -> None:
    """Build the public site, check it, and send what changed to its host (docs/publishing.md)."""
    from backfile.publish.promise import promise
    from backfile.publish.staging import held
    from backfile.publish.upload import upload

    target = setting("PUBLISH_TO")
    if not target:
        raise Exit(f"{CONFIG['settings_publish']}: PUBLISH_TO: is empty. Say where the site goes.", code=1)
    if not setting("SITEURL"):
        print(f"{CONFIG['settings_publish']}: SITEURL: is empty, so feeds will lack full addresses.")
    preview(c)
    check(c)
    with plainly(), held(OUTPUT, "Publishing"):
        if not dry_run:
            promise(OUTPUT, CONTENT)
        report = upload(OUTPUT, target, dry_run=dry_run, show_progress=sys.stdout.isatty())
    if dry_run:
        print(*report.lines(), sep="\n")
    print(f"{target}: {report.total()}{' (nothing was touched)' if dry_run else ''}")


@task
def gh_pages(c: Context) -> None:
    """Build the public site, check it, and push it to the branch that GitHub Pages shows."""
    from backfile.publish.promise import promise
    from backfile.publish.staging import held

    preview(c)
    _check("")  # it is not the host of PUBLISH_TO
    with plainly(), held(OUTPUT, "Publishing"):
        promise(OUTPUT, CONTENT)
        run("ghp_import", "-n", "-p", "-b", CONFIG["github_pages_branch"], "-m", "Publish site", OUTPUT)


@task(
    name="import",
    klass=ManyPaths,
    help={
        "date": "the day of these texts, as 2025-03-14",
        "source": "the outlet that printed them",
        "lang": "their language, as en, uk or ru",
        "force": "read again what was imported before, and overwrite what was edited by hand",
        "again": "read again, with the importer as it is now, the kept files of all articles or of those named",
        "yes": "with --again: do not ask",
        "dry-run": "say what would be done, and write nothing",
        "json": "print the receipts as JSON",
    },
)
def import_(
    _: Context,
    paths: tuple[str, ...],
    date: str = "",
    source: str = "",
    lang: str = "",
    force: bool = False,
    again: bool = False,
    yes: bool = False,
    dry_run: bool = False,
    json: bool = False,
) -> None:
    """Take in files, folders, https:// addresses or - (standard input); without any, all that waits in inbox/."""
    from rich.console import Console

    from backfile.intake import import_texts

    if again:
        if date or source or lang:
            raise Exit("--again keeps to what was said at the import: correct a date with `invoke review`.", code=1)
        read_again(paths, force=force, yes=yes, dry_run=dry_run, json=json)
        return
    with plainly():
        report = import_texts(
            paths,
            INBOX,
            CONTENT,
            day=date,
            source=source,
            lang=lang,
            force=force,
            dry_run=dry_run,
            keep_sources=setting("KEEP_SOURCES") == "True",
            cache=ROOT / ".cache",
        )
    if json:
        print(dumps(report.as_data(), indent=1))
    else:
        report.show(Console())
    if report.failed:
        raise Exit(code=1)


@task(
    klass=ManyPaths,
    help={
        "field": "ask about this field only, such as date",
        "list": "show what was guessed, and ask nothing",
        "json": "print what was guessed as JSON",
        "slugs": "give an article whose title you correct a new address, too",
    },
)
def review(
    _: Context, paths: tuple[str, ...], field: str = "", list_: bool = False, json: bool = False, slugs: bool = False
) -> None:
    """Answer for what imports had to guess: `invoke review [ARTICLE...]` (docs/content.md)."""
    from rich.console import Console

    from backfile.ingest.review import review as walk

    with contextlib.suppress(ImportError):  # not on Windows
        import readline  # noqa: F401 (with it, input() lets a line be edited)
    console = Console()
    ask = input if sys.stdin.isatty() and console.is_terminal and not list_ else None
    with plainly():
        walk(CONTENT, paths, field=field, console=console, ask=ask, as_json=json, readdress=slugs)


@task(
    klass=ManyPaths,
    help={
        "reason": "why, in a sentence that the page at its address says",
        "dry-run": "say what would go, and touch nothing",
        "yes": "do not ask",
    },
)
def withdraw(_: Context, paths: tuple[str, ...], reason: str = "", dry_run: bool = False, yes: bool = False) -> None:
    """Take texts back for good: `invoke withdraw ARTICLE...`, by id, address or file (docs/content.md)."""
    from backfile.ingest.changes.apply import carry_out
    from backfile.takeback import plan_taking_back

    if not paths:
        raise Exit("Name the articles to take back: by id (YYYY/MM/DD/slug), by address or by file.", code=1)
    with plainly():
        plan = plan_taking_back(paths, CONTENT, reason=reason, default_lang=setting("DEFAULT_LANG"))
        if agreed(plan.lines(), "Withdraw this for good?", dry_run=dry_run, yes=yes):
            carry_out(plan.changes, CONTENT)
            shutil.rmtree(ROOT / ".cache", ignore_errors=True)  # it may hold the words
            print("Withdrawn. Build and publish again; version control and copies of the archive still have the text.")


@task(
    klass=ManyPaths,
    help={"dry-run": "say what would be done, and touch nothing", "yes": "do not ask"},
)
def undo(_: Context, paths: tuple[str, ...], dry_run: bool = False, yes: bool = False) -> None:
    """Undo the last import, or those of the raw files named: `invoke undo [FILE or SHA-256...]` (docs/content.md)."""
    from backfile.ingest.changes.apply import carry_out
    from backfile.takeback import hand_back, plan_undo

    with plainly():
        undoing = plan_undo(paths, CONTENT)
        nothing = not undoing.plan.changes
        if agreed(undoing.plan.lines(), "Undo this import?", dry_run=dry_run or nothing, yes=yes):
            for path in hand_back(undoing, CONTENT, ROOT / CONFIG["undone_path"]):
                print(f"{visible(str(path.relative_to(ROOT)))}: the raw file, for you to mend and import again")
            carry_out(undoing.plan.changes, CONTENT)
            print("Undone. Build again to see the archive without it.")


@task
def test(_: Context) -> None:
    """Look for faults in the code, then run all tests."""
    run("tests.support.browser")
    run("ruff", "check", quiet=True)
    run("ruff", "format", "--check", quiet=True)
    with ThreadPoolExecutor(1) as beside:
        types = beside.submit(run, "mypy", quiet=True)
        try:
            run("pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
        finally:
            types.result()


@task
def verify(_: Context) -> None:
    """Build twice, under other conditions, and compare the two sites byte by byte."""
    from backfile.check.same import differences

    conditions = (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"},
    )
    with tempfile.TemporaryDirectory() as folder:
        sites = []
        for number, environment in enumerate(conditions):
            content = Path(folder, f"archive {number}", "content")
            shutil.copytree(CONTENT, content)
            sites.append(content.with_name("output"))
            pelican(
                CONFIG["settings_base"], content=content, output=sites[-1], environment={**os.environ, **environment}
            )
        if differing := differences(*sites):
            raise Exit("These files differ between two builds:\n" + "\n".join(differing), code=1)
    print("Two builds are the same, byte by byte.")
