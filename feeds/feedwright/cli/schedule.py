"""feeds schedule."""

from __future__ import annotations

import argparse

from feedwright.cli import arguments as shared
from feedwright.cli import printing
from feedwright.cli.arguments import Commands


def schedule_arguments(commands: Commands) -> None:
    """The arguments of `feeds schedule`."""
    command = shared.command(
        commands, "schedule", "print what has cron or systemd build the feeds", "It prints, and installs nothing."
    )
    shared.content(command)
    shared.out(command)
    command.add_argument("--every", type=_minutes, default=5, metavar="MINUTES", help="(5)")
    command.add_argument("--format", choices=("text", "json"), help="json: one object a line")
    command.set_defaults(run=_schedule)


def _schedule(arguments: argparse.Namespace) -> int:
    from feedwright.commands.schedule import schedule

    found = schedule(arguments.content, arguments.out, arguments.every, file=arguments.config, state=arguments.state)
    units = (("service", found.service), ("timer", found.timer))
    if printing.is_json(arguments):
        printing.json_line("crontab", {"text": found.cron})
        for kind, text in units:
            printing.json_line("unit", {"file": f"/etc/systemd/system/{found.name}.{kind}", "text": text})
    else:
        printing.line(f"# For cron, with `crontab -e`:\n{found.cron}\n")
        for kind, text in units:
            printing.line(f"# Or for systemd: /etc/systemd/system/{found.name}.{kind}\n{text}")
        printing.line("# Build once by hand, so that all folders are there. Then:")
        printing.line(f"# systemctl daemon-reload && systemctl enable --now {found.name}.timer")
    printing.summary({"exit": 0}, "", arguments)
    return 0


def _minutes(text: str) -> int:
    from feedwright.commands.schedule import divides

    minutes = shared.count(text)
    if not divides(minutes):
        what = "does not divide the hour or the day: 1, 2, 5, 10, 15, 30, 60, 120, 1440 do"
        raise argparse.ArgumentTypeError(f"{text} {what}")
    return minutes
