"""feeds schedule."""

from __future__ import annotations

import argparse

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example


def schedule_arguments(commands: Commands) -> None:
    """The arguments of `feeds schedule`."""
    command = arguments.command(
        commands,
        "schedule",
        "It only prints them; it installs nothing.",
        examples=(
            Example("feeds schedule", "a build every 5 minutes"),
            Example("feeds schedule my-site --every 60", "another site, every hour"),
        ),
    )
    arguments.content(command)
    arguments.out(command)
    command.add_argument(
        "--every", type=_minutes, default=5, metavar="MINUTES", help="minutes between builds (default: 5)"
    )
    command.add_argument(
        "--format", choices=("text", "json"), help="how to print (default: text); json: one object a line"
    )
    command.set_defaults(run=_schedule)


def _schedule(args: argparse.Namespace) -> int:
    from feedwright.commands.schedule import schedule

    found = schedule(args.content, args.out, args.every, file=args.config, state=args.state)
    units = (("service", found.service), ("timer", found.timer))
    if printing.is_json(args):
        printing.json_line("crontab", {"text": found.cron})
        for kind, text in units:
            printing.json_line("unit", {"file": f"/etc/systemd/system/{found.name}.{kind}", "text": text})
    else:
        printing.lines(f"# For cron, with `crontab -e`:\n{found.cron}\n")
        for kind, text in units:
            printing.lines(f"# Or for systemd: /etc/systemd/system/{found.name}.{kind}\n{text}")
        printing.line("# Build once by hand, so that all folders are there. Then:")
        printing.line(f"# systemctl daemon-reload && systemctl enable --now {found.name}.timer")
    printing.summary({"exit": 0}, "", args)
    return 0


def _minutes(text: str) -> int:
    from feedwright.commands.schedule import divides

    minutes = arguments.count(text)
    if not divides(minutes):
        what = "does not divide the hour or the day: 1, 2, 5, 10, 15, 30, 60, 120, 1440 do"
        raise argparse.ArgumentTypeError(f"{text} {what}")
    return minutes
