"""Real servers on the loopback, with a snippet in their configuration."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PATIENCE = 20
"""Seconds to wait for a server to come up."""

Command = Callable[[Path, Path, int], list[str]]


@dataclass(frozen=True)
class Server:
    """A server that a snippet is for.

    Args:
        name: of the snippet.
        program: of the Debian package of the same name.
        configure: writes a configuration; takes the snippet's file, the folder of the site's own pages and the port;
            returns the command that runs the server in the foreground.
        test: words of that command -> by what each is replaced so that it only tests the configuration.
    """

    name: str
    program: str
    configure: Command
    test: Mapping[str, tuple[str, ...]]


NGINX_CONF = """\
daemon off;
master_process off;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    charset utf-8;
    server {{
        listen 127.0.0.1:{port};
        absolute_redirect off;
        root {pages};
        include {snippet};
    }}
}}
"""


def _nginx(snippet: Path, pages: Path, port: int) -> list[str]:
    work = snippet.parent
    conf = work / "nginx.conf"
    conf.write_text(NGINX_CONF.format(work=work, port=port, pages=pages, snippet=snippet))
    return ["nginx", "-e", str(work / "error.log"), "-c", str(conf)]


APACHE_CONF = """\
ServerRoot /etc/apache2
ServerName localhost
PidFile {work}/apache.pid
DefaultRuntimeDir {work}
ErrorLog {work}/error.log
Listen 127.0.0.1:{port}
IncludeOptional mods-available/mpm_event.load
IncludeOptional mods-available/authz_core.load
IncludeOptional mods-available/alias.load
IncludeOptional mods-available/autoindex.load
IncludeOptional mods-available/deflate.load
IncludeOptional mods-available/dir.load
IncludeOptional mods-available/filter.load
IncludeOptional mods-available/headers.load
IncludeOptional mods-available/mime.load
IncludeOptional mods-available/mime.conf
IncludeOptional mods-available/negotiation.load
IncludeOptional mods-available/deflate.conf
IncludeOptional mods-available/rewrite.load
<VirtualHost 127.0.0.1:{port}>
    DocumentRoot {pages}
    <Directory {pages}>
        Require all granted
    </Directory>
    Include {snippet}
</VirtualHost>
"""


def _apache(snippet: Path, pages: Path, port: int) -> list[str]:
    work = snippet.parent
    conf = work / "apache.conf"
    text = APACHE_CONF.format(work=work, port=port, pages=pages, snippet=snippet)
    if os.geteuid() == 0:
        text = "User www-data\nGroup www-data\n" + text
    conf.write_text(text)
    return ["apache2", "-f", str(conf), "-D", "FOREGROUND"]


CADDYFILE = """\
{{
    admin off
    auto_https off
    storage file_system {work}/data
    log {{
        output stderr
        level WARN
    }}
}}
http://127.0.0.1:{port} {{
    import {snippet}
    root * {pages}
    file_server
}}
"""


def _caddy(snippet: Path, pages: Path, port: int) -> list[str]:
    file = snippet.parent / "Caddyfile"
    file.write_text(CADDYFILE.format(work=snippet.parent, port=port, pages=pages, snippet=snippet))
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(file)]


SERVERS = {
    "caddy": Server("caddy", "caddy", _caddy, {"run": ("validate",)}),
    "nginx": Server("nginx", "nginx", _nginx, {"-c": ("-t", "-c")}),
    "apache": Server("apache", "apache2", _apache, {"-f": ("-t", "-f")}),
}


def needed(server: Server) -> None:
    """Skip a test where a server is not installed."""
    if program(server) is None:
        pytest.skip(f"needs {server.program} (apt install {server.program})")


def program(server: Server) -> str | None:
    return shutil.which(server.program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def refused(server: Server, snippet: Path, pages: Path) -> str:
    """What a server says against a configuration; empty where it takes it."""
    command = [part for word in server.configure(snippet, pages, 1) for part in server.test.get(word, (word,))]
    command[0] = program(server) or command[0]
    done = subprocess.run(command, capture_output=True, text=True, env=_at_home(snippet))
    return done.stdout + done.stderr if done.returncode else ""


@contextmanager
def running(server: Server, snippet: Path, pages: Path) -> Iterator[str]:
    """The address of a server that runs."""
    port = _free_port()
    command = server.configure(snippet, pages, port)
    command[0] = program(server) or command[0]
    log = snippet.parent / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=_at_home(snippet))
    try:
        _wait(process, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _at_home(snippet: Path) -> dict[str, str]:
    return {**os.environ, "HOME": str(snippet.parent), "XDG_CONFIG_HOME": str(snippet.parent)}


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(f"it does not come up: {log.read_text()}")
