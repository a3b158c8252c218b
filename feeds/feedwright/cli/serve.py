"""feeds serve."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from feedwright.cli import arguments as shared
from feedwright.cli import printing
from feedwright.cli.arguments import Commands

MOST = 65_535


def serve_arguments(commands: Commands) -> None:
    """The arguments of `feeds serve`."""
    command = shared.command(
        commands,
        "serve",
        "serve the feeds over HTTP",
        "It goes on until Ctrl-C or SIGTERM; what a build writes meanwhile is served at once.",
    )
    command.add_argument("out", nargs="?", type=Path, default=Path("out"), metavar="OUT", help="what is served (out)")
    help_ = "articles whose site.toml says how (content)"
    command.add_argument("--content", type=Path, default=Path("content"), metavar="DIR", help=help_)
    command.add_argument("--config", type=Path, metavar="FILE", help="configuration (DIR/site.toml)")
    command.add_argument("--state", type=Path, metavar="DIR", help="folder of what must last (DIR/.feeds)")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    command.add_argument("--port", type=_port, default=8000, help="(8000)")
    command.add_argument("--workers", type=shared.count, default=1, metavar="N", help="processes (1)")
    command.add_argument("--log", action="store_true", help="each request is a line on standard error")
    command.set_defaults(run=_serve)


def _serve(arguments: argparse.Namespace) -> int:
    from feedwright.serve.reload import Where
    from feedwright.serve.server import ready, serve

    where = Where(arguments.out, arguments.content, arguments.config, arguments.state)
    printing.problems(ready(where, arguments.host, arguments.port), arguments)
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    printing.line(f"serving {arguments.out} at http://{host}:{arguments.port}/; Ctrl-C ends it")
    sys.stdout.flush()
    serve(where, arguments.host, arguments.port, arguments.workers, log=arguments.log)
    return 0


def _port(text: str) -> int:
    port = shared.count(text)
    if port > MOST:
        raise argparse.ArgumentTypeError(f"{text} is no port: these end with {MOST}")
    return port
