"""The command `feeds`: the one place that reads arguments and prints."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from feeds.errors import FeedsError, Problem

if TYPE_CHECKING:
    from feeds.deciding import Progress

    Commands = argparse._SubParsersAction["Parser"]

EX_USAGE = 64
EXAMPLES_SHOWN = 3
"""Of the same problem in many files, so many are printed in full."""


class Parser(argparse.ArgumentParser):
    """Wrong usage is exit code 64, as in sysexits.h, so that 2 can mean "not done"."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(EX_USAGE, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """The arguments of every command."""
    top = Parser(
        prog="feeds",
        description="Turns a folder of articles into every feed a site needs, and never breaks a subscriber.",
        epilog="`feeds COMMAND --help` says more about a command.",
    )
    top.add_argument("--version", action="version", version=f"Feedwright {_version()}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    _build_arguments(commands)
    _list_arguments(commands)
    _explain_arguments(commands)
    _check_arguments(commands)
    _init_arguments(commands)
    _import_arguments(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        argv: the arguments without the program's name; None for the process's own.

    Returns: the exit code: 0 well, 1 done with findings, 2 not done, 64 wrong usage.
    """
    arguments = parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except FeedsError as error:
        _print_problems(error.problems, arguments)
        _print_summary({"exit": error.exit_code}, "", arguments)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read us has gone (`feeds list | head`): that is no fault, but Python would say so at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _version() -> str:
    from importlib.metadata import version

    return version("feedwright")


def _command(commands: Commands, name: str, does: str, more: str = "") -> Parser:
    command = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}. {more}".strip())
    command.set_defaults(format="text", quiet=False, no_color=False)
    return command


def _content_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "content", nargs="?", type=Path, default=Path("content"), metavar="CONTENT", help="folder of articles (content)"
    )
    _site_arguments(command)


def _site_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--config", type=Path, metavar="FILE", help="configuration (CONTENT/site.toml)")
    command.add_argument("--state", type=Path, metavar="DIR", help="folder of what must last (CONTENT/.feeds)")


def _report_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=("text", "json"), help="json: one object a line, a summary at the end")
    command.add_argument("--quiet", "-q", action="store_true", help="print problems only")
    command.add_argument("--no-color", action="store_true", help="no colours, not even on a terminal")


def _build_arguments(commands: Commands) -> None:
    command = _command(
        commands,
        "build",
        "make every feed",
        "Exit code 0: all is well; 1: published, but some articles or feeds were left out; 2: nothing was published.",
    )
    _content_arguments(command)
    command.add_argument("--out", type=Path, default=Path("out"), metavar="OUT", help="where feeds are written (out)")
    _report_arguments(command)
    command.add_argument("--strict", action="store_true", help="warnings count as errors: exit code 1")
    command.set_defaults(run=_build)


def _list_arguments(commands: Commands) -> None:
    command = _command(commands, "list", "print the table of feeds: address, format, entries, newest entry")
    _content_arguments(command)
    _report_arguments(command)
    command.set_defaults(run=_list)


def _explain_arguments(commands: Commands) -> None:
    command = _command(commands, "explain", "say which feeds an article is in, or why it is in none")
    command.add_argument("article", metavar="ARTICLE", help="its file, slug, address or id")
    _content_arguments(command)
    _report_arguments(command)
    command.set_defaults(run=_explain)


def _check_arguments(commands: Commands) -> None:
    from feeds.lint import FORMATS, SEVERITIES

    command = _command(
        commands,
        "check",
        "say what is wrong with feeds, anybody's",
        "Exit code 0: no error; 1: errors; 2: something could not be checked.",
    )
    command.add_argument("sources", nargs="*", metavar="FILE|DIR|URL|-", help="what to check; - is standard input")
    command.add_argument("--format", choices=FORMATS, help="of the report (text)")
    command.add_argument("--severity", choices=SEVERITIES, default="info", help="the least that is shown (info)")
    command.add_argument("--ignore", action="append", default=[], metavar="CODE", help="may be given several times")
    command.add_argument("--profile", metavar="NAME", help="what an aggregator demands beyond the specifications")
    command.add_argument("--quiet", "-q", action="store_true", help="print problems only")
    command.add_argument("--no-color", action="store_true", help="no colours, not even on a terminal")
    command.add_argument("--explain", metavar="CODE", help="what a problem's code means, with an example")
    command.add_argument("--codes", action="store_true", help="list all codes")
    command.add_argument("--profiles", action="store_true", help="list all profiles")
    command.set_defaults(run=_check)


def _init_arguments(commands: Commands) -> None:
    command = _command(
        commands, "init", "write a commented site.toml and a first article", "Files that are there stay as they are."
    )
    command.add_argument("content", nargs="?", type=Path, metavar="CONTENT", help="folder of articles (content)")
    command.add_argument("--from", dest="site", type=Path, metavar="DIR", help="another engine's site, to go on from")
    command.add_argument("--title", default="My site", help="the site's name")
    command.add_argument("--url", default="https://www.example.org/", help="the site's address")
    command.set_defaults(run=_init)


def _import_arguments(commands: Commands) -> None:
    outer = _command(commands, "import", "make articles from what other tools wrote")
    kinds = outer.add_subparsers(title="what", metavar="WHAT", required=True)
    command = _command(
        kinds,
        "page",
        "make an article from each plain-text news page",
        "It prints what it understood, and never overwrites a file.",
    )
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--url", metavar="U", help="the page's address (with one FILE)")
    command.add_argument("--date", metavar="D", help="when it was published, such as 2021-04-16T09:00+05:30")
    command.add_argument("--category", action="append", default=[], metavar="C", help="may be given several times")
    command.add_argument("--content", type=Path, default=Path("content"), metavar="DIR", help="(content)")
    command.set_defaults(run=_import_page)


def _build(arguments: argparse.Namespace) -> int:
    from feeds.pipeline import Options, build

    with _progress(arguments) as progress:
        report = build(
            arguments.content,
            arguments.out,
            file=arguments.config,
            state=arguments.state,
            progress=progress,
            options=Options(jobs=None),
        )
    if arguments.strict:
        problems = (replace(p, severity="error") if p.severity == "warning" else p for p in report.problems)
        report = replace(report, problems=tuple(problems))
    _print_problems(report.problems, arguments)
    hidden = "".join(f"\n  {arguments.content / key}: {reason}" for key, reason in sorted(report.hidden.items()))
    lost = f", {len(report.left_out)} left out" if report.left_out else ""
    text = (
        f"{report.articles} articles read: {report.shown} may be shown{lost}, {len(report.hidden)} not{hidden}\n"
        f"{len(report.written) + len(report.unchanged)} feeds in {arguments.out}: "
        f"{len(report.written)} written, {len(report.unchanged)} unchanged"
    )
    summary = {
        "articles": report.articles,
        "shown": report.shown,
        "hidden": dict(sorted(report.hidden.items())),
        "left_out": list(report.left_out),
        "written": list(report.written),
        "unchanged": list(report.unchanged),
        "exit": report.exit_code,
    }
    _print_summary(summary, text, arguments)
    return report.exit_code


def _list(arguments: argparse.Namespace) -> int:
    from feeds.survey import survey

    found = survey(arguments.content, arguments.config, arguments.state)
    rows = [
        (feed.self_url, feed.format, str(len(feed.entries)), f"{newest:%Y-%m-%d %H:%M}" if newest else "-")
        for feed, newest in found.feeds
    ]
    if arguments.format == "json":
        for url, format_, entries, newest_ in rows:
            _print_json("feed", {"url": url, "format": format_, "entries": int(entries), "newest": newest_})
    else:
        _print_table((("URL", "FORMAT", "ENTRIES", "NEWEST (UTC)"), *rows))
    _print_summary({"feeds": len(rows), "exit": 0}, "", arguments)
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    from feeds.survey import explain

    found = explain(arguments.article, arguments.content, arguments.config, arguments.state)
    _print_problems(found.problems, arguments)
    if arguments.format == "text" and not arguments.quiet:
        print("\n".join(found.lines))
    _print_summary({"lines": list(found.lines), "exit": found.exit_code}, "", arguments)
    return found.exit_code


def _check(arguments: argparse.Namespace) -> int:
    from feeds import lint

    if arguments.explain or arguments.codes or arguments.profiles:
        if arguments.explain:
            print(lint.explain(arguments.explain))
        for line in (*(lint.listed() if arguments.codes else ()), *(lint.profiles() if arguments.profiles else ())):
            print(line)
        return 0
    colour = _coloured(sys.stdout, arguments)
    ignored = tuple(arguments.ignore)
    options = lint.Options(
        format=arguments.format,
        severity=arguments.severity,
        ignore=ignored,
        profile=arguments.profile,
        colour=colour,
        quiet=arguments.quiet,
        now=datetime.now(UTC),  # the pipeline's clock would bring all that a build needs
    )
    outcome = lint.run(arguments.sources, options, sys.stdin.buffer)
    for line in outcome.lines:
        print(_encodable(line, sys.stdout))
    return outcome.exit_code


def _init(arguments: argparse.Namespace) -> int:
    from feeds.init import init
    from feeds.pipeline import clock

    if arguments.site:
        return _init_from(arguments)
    content = arguments.content or Path("content")
    for path, made in init(content, arguments.title, arguments.url, clock()):
        print(f"{path}: {'written' if made else 'is there already, left as it is'}")
    print(f"Next: set title and url in {content / 'site.toml'}, then run: feeds build {content}")
    return 0


def _init_from(arguments: argparse.Namespace) -> int:
    from feeds.init import init_from

    path, made, found = init_from(arguments.site, arguments.content)
    print(f"{arguments.site}: a site of {found.engine}, with its articles in {path.parent}")
    for finding in found.findings:
        value = "" if finding.certainty == "missing" else f" = {finding.value}"
        print(f"  {finding.certainty}: {finding.key}{value} ({finding.where})")
    print(f"{path}: {'written' if made else 'is there already, left as it is'}")
    print(f"Next: look it through, then run: feeds build {path.parent}")
    return 0


def _import_page(arguments: argparse.Namespace) -> int:
    from feeds.init import import_page

    if arguments.url and len(arguments.files) > 1:
        raise FeedsError(Problem("error", "url-for-many", arguments.url, "--url goes with one FILE"))
    code = 0
    for file in arguments.files:
        try:
            path, page, doubts = import_page(file, arguments.content, arguments.url, arguments.date, arguments.category)
        except FeedsError as error:
            _print_problems(error.problems, arguments)
            code = 1
            continue
        print(f"{path}: written")
        for name, value in page.items():
            print(f"  {name}: {value}")
        _print_problems(doubts, arguments)
    return code


@contextmanager
def _progress(arguments: argparse.Namespace) -> Iterator[Progress | None]:
    """A progress bar where somebody looks on and the work is long."""
    if not sys.stderr.isatty() or arguments.quiet or arguments.format == "json":
        yield None
        return
    from tqdm import tqdm  # only a terminal needs it

    bars: dict[str, tqdm[NoReturn]] = {}

    def tell(step: str, done: int) -> None:
        if step not in bars:
            close()
            bars[step] = tqdm(desc=step, unit=" articles", delay=1, leave=False)
        bars[step].update(done - bars[step].n)

    def close() -> None:
        for bar in bars.values():
            bar.close()

    try:
        yield tell
    finally:
        close()


def _print_problems(problems: Iterable[Problem], arguments: argparse.Namespace) -> None:
    """Problems go to standard error as text, to standard output as JSON."""
    if getattr(arguments, "format", "text") == "json":
        for problem in problems:
            _print_json("problem", asdict(problem))
        return
    colour = _coloured(sys.stderr, arguments)
    for alike in _by_code(problems):
        for problem in alike[:EXAMPLES_SHOWN]:
            print(_painted(problem, sys.stderr, colour), file=sys.stderr)
        if more := alike[EXAMPLES_SHOWN:]:
            # What is left out is named, all of it; of what was mended, examples do.
            named = more if more[0].severity == "error" else more[:EXAMPLES_SHOWN]
            files = ", ".join(problem.file for problem in named) + ("" if named == more else ", ...")
            text = f"{more[0].severity}: the same {len(more)} times more [{more[0].code}]: {files}"
            print(_encodable(text, sys.stderr), file=sys.stderr)


def _by_code(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Problems of the same kind together, the kinds in the order in which they come first."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.code, problem.severity), []).append(problem)
    return list(found.values())


def _coloured(stream: TextIO, arguments: argparse.Namespace) -> bool:
    return stream.isatty() and not arguments.no_color and "NO_COLOR" not in os.environ


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _painted(problem: Problem, stream: TextIO, colour: bool) -> str:
    text = _encodable(f"{problem.severity}: {problem}", stream)
    number = {"error": "31", "warning": "33", "info": "36"}[problem.severity]
    return f"\x1b[{number}m{problem.severity}\x1b[0m{text[len(problem.severity) :]}" if colour else text


def _print_summary(summary: dict[str, object], text: str, arguments: argparse.Namespace) -> None:
    if getattr(arguments, "format", "text") == "json":
        _print_json("summary", summary)
    elif text and not arguments.quiet:
        print(text)


def _print_json(kind: str, fields: dict[str, object]) -> None:
    print(json.dumps({"type": kind, **fields}))


def _print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
