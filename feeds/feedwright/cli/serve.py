"""feeds serve."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.errors import require_posix

MOST = 65_535


def serve_arguments(commands: Commands) -> None:
    """The arguments of `feeds serve`."""
    command = arguments.command(
        commands,
        "serve",
        "serve the feeds over HTTP",
        "It goes on until Ctrl-C or SIGTERM; what a build writes meanwhile is served at once.",
    )
    command.add_argument("out", nargs="?", type=Path, default=Path("out"), metavar="OUT", help="what is served (out)")
    help_ = "folder whose site.toml says how (this one where it has one, else content)"
    command.add_argument("--content", type=Path, metavar="DIR", help=help_)
    command.add_argument("--config", type=Path, metavar="FILE", help="configuration (DIR/site.toml)")
    command.add_argument("--state", type=Path, metavar="DIR", help="folder of what must last (DIR/.feeds)")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    command.add_argument("--port", type=_port, default=8000, help="(8000)")
    command.add_argument("--workers", type=arguments.count, default=1, metavar="N", help="processes (1)")
    command.add_argument("--log", action="store_true", help="each request is a line on standard error")
    command.set_defaults(run=_serve, has_site=True)


def _serve(args: argparse.Namespace) -> int:
    require_posix()
    from feedwright.serve.reload import Where
    from feedwright.serve.server import ready, serve

    where = Where(args.out, args.content, args.config, args.state)
    printing.problems(ready(where, args.host, args.port), args)
    host = f"[{args.host}]" if ":" in args.host else args.host
    printing.line(f"serving {args.out} at http://{host}:{args.port}/; Ctrl-C ends it")
    sys.stdout.flush()
    serve(where, args.host, args.port, args.workers, log=args.log)
    return 0


def _port(text: str) -> int:
    port = arguments.count(text)
    if port > MOST:
        raise argparse.ArgumentTypeError(f"{text} is no port: these end with {MOST}")
    return port
