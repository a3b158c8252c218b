"""How to have feeds built by the clock: a line for cron, a service and a timer for systemd."""

from __future__ import annotations

import getpass
import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from feedwright.errors import FeedsError, Problem
from feedwright.sources.site import load_site
from feedwright.state.ids_file.beside import IDS
from feedwright.visible import visible

HOUR = 60
DAY = 1440
"""Minutes."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What to put where.

    Args:
        cron: a line of a crontab.
        name: of the service and the timer.
        service, timer: the text of these units.
    """

    cron: str
    name: str
    service: str
    timer: str


def schedule(content: Path, out: Path, every: int, *, file: Path | None = None, state: Path | None = None) -> Schedule:
    """What has a site built by the clock.

    Args:
        content, out, file, state: as `pipeline.build` takes them.
        every: minutes, so that the hours or the day are divided evenly.

    Raises:
        FeedsError: the configuration cannot be used, or a path cannot be written in a crontab.
    """
    config = load_site(content, file, state)
    command = [*_feeds(), "build", str(content.absolute()), "--out", str(out.absolute())]
    for option, path in (("--config", file), ("--state", state)):
        if path is not None:
            command += [option, str(path.absolute())]
    command.append("--quiet")
    if control := next((part for part in command if visible(part) != part), ""):
        raise FeedsError(Problem("error", "path-unwritable", control, "has a line break or the like in its name"))
    written = [config.state.absolute(), out.absolute()]
    if (config.root / IDS).exists():
        written.append(config.root.absolute())
    slug = re.sub(r"[^a-z0-9]+", "-", config.site.title.lower()).strip("-")[:40]
    name = f"feedwright-{slug}" if slug else "feedwright"
    cron = f"{_cron(every)} {shlex.join(command)}".replace("%", r"\%")
    return Schedule(cron, name, _service(config.site.title, command, written), _timer(config.site.title, every))


def divides(minutes: int) -> bool:
    """Whether cron can say "every so many minutes": the hour, or the day, has to be divided evenly."""
    return 0 < minutes <= DAY and (HOUR % minutes == 0 or (minutes % HOUR == 0 and DAY % minutes == 0))


def _feeds() -> list[str]:
    """The command of this very installation: cron's PATH is short."""
    command = Path(sys.executable).with_name("feeds")
    return [str(command.absolute())] if command.exists() else [str(Path(sys.executable).absolute()), "-m", "feedwright"]


def _cron(every: int) -> str:
    if every == 1:
        return "* * * * *"
    if every < HOUR:
        return f"*/{every} * * * *"
    hours = {HOUR: "*", DAY: "0"}.get(every, f"*/{every // HOUR}")
    return f"0 {hours} * * *"


def _calendar(every: int) -> str:
    if every < HOUR:
        return f"*:0/{every}"
    return "*-*-* 00:00:00" if every == DAY else f"0/{every // HOUR}:00"


def _service(title: str, command: list[str], written: list[Path]) -> str:
    tmp = any(part.startswith(("/tmp/", "/var/tmp/")) for part in (*command, *map(str, written)))
    paths = " ".join(_quoted(str(path)) for path in dict.fromkeys(written))
    started = " ".join(_quoted(part).replace("$", "$$") for part in command)
    return f"""\
[Unit]
Description=Feeds of {_plain(title)}

[Service]
Type=oneshot
User={getpass.getuser()}
ExecStart={started} --wait 300
# Published with findings; and another run was at work.
SuccessExitStatus=1 75
Nice=10
IOSchedulingClass=idle
UMask=0022
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={paths}
PrivateTmp={"no" if tmp else "yes"}
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
LockPersonality=yes
"""


def _timer(title: str, every: int) -> str:
    return f"""\
[Unit]
Description=Feeds of {_plain(title)}, on a schedule

[Timer]
OnCalendar={_calendar(every)}
Persistent=true
AccuracySec=1s

[Install]
WantedBy=timers.target
"""


def _plain(title: str) -> str:
    return " ".join(title.split()).replace("%", "%%").rstrip("\\")


def _quoted(text: str) -> str:
    """A word of a unit file. Source: systemd.syntax(7), Quoting; systemd.unit(5), Specifiers."""
    text = text.replace("%", "%%")
    if re.fullmatch(r"[A-Za-z0-9_./:@%+=,-]+", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
