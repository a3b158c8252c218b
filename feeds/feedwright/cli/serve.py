"""feeds serve."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from feedwright.cli import arguments, printing
from feedwright.cli.arguments import Commands
from feedwright.cli.parsers import Example
from feedwright.errors import require_posix

MOST = 65_535


def serve_arguments(commands: Commands) -> None:
    """The arguments of `feeds serve`."""
    command = arguments.command(
        commands,
        "serve",
        "It serves until Ctrl-C. What a build writes meanwhile is served at once. (pip install feedwright[serve])",
        examples=(
            Example("feeds serve", "out/, at http://127.0.0.1:8000/"),
            Example("feeds serve out --host 0.0.0.0 --port 8080", "for other machines, too"),
        ),
    )
    command.add_argument(
        "out", nargs="?", type=Path, default=Path("out"), metavar="OUT", help="the folder to serve (default: out)"
    )
    help_ = "the site's folder, which holds site.toml (default: this one if it has a site.toml, else content)"
    command.add_argument("--content", type=Path, metavar="DIR", help=help_)
    command.add_argument("--config", type=Path, metavar="FILE", help="the configuration (default: DIR/site.toml)")
    command.add_argument("--state", type=Path, metavar="DIR", help="the state folder (default: DIR/.feeds)")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    command.add_argument("--port", type=_port, default=8000, help="port to listen on (default: 8000)")
    command.add_argument(
        "--workers", type=arguments.count, default=1, metavar="N", help="number of worker processes (default: 1)"
    )
    command.add_argument("--log", action="store_true", help="print each request on standard error")
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
        raise argparse.ArgumentTypeError(f"{text} is not a port: the highest is {MOST}")
    return port
