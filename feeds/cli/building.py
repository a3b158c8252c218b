"""feeds build."""

from __future__ import annotations

import argparse
from dataclasses import replace

from feeds.cli import arguments as shared
from feeds.cli import printing
from feeds.cli.arguments import Commands


def build_arguments(commands: Commands) -> None:
    """The arguments of `feeds build`."""
    command = shared.command(
        commands,
        "build",
        "make every feed",
        "Exit code 0: all is well; 1: published, but some articles or feeds were left out; 2: nothing was published.",
    )
    shared.content(command)
    shared.out(command)
    shared.reporting(command)
    command.add_argument("--strict", action="store_true", help="warnings count as errors: exit code 1")
    command.set_defaults(run=_build)


def _build(arguments: argparse.Namespace) -> int:
    from feeds.pipeline import build

    with printing.progress(arguments) as progress:
        report = build(
            arguments.content, arguments.out, file=arguments.config, state=arguments.state, progress=progress
        )
    if arguments.strict:
        problems = (replace(p, severity="error") if p.severity == "warning" else p for p in report.problems)
        report = replace(report, problems=tuple(problems))
    printing.problems(report.problems, arguments)
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
    printing.summary(summary, text, arguments)
    return report.exit_code
