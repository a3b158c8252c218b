"""Flask-WebSub's hub, a server of the feeds, and a subscriber, in one process, for a test.

    python flask_hub.py OUT FOLDER

It prints its port. Below /feeds/ are the files of OUT, with the Link headers that this hub asks for; /hub is the hub;
/callback takes what the hub hands on, and writes it into FOLDER, one file for each delivery.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from celery import Celery
from flask import Flask, Response, request, send_from_directory
from flask_websub.hub import Hub, SQLite3HubStorage
from werkzeug.serving import make_server


def app(out: Path, folder: Path) -> Flask:
    """The three, together."""
    made = Flask(__name__)
    made.config["PUBLISH_SUPPORTED"] = True
    celery = Celery("hub", broker="memory://")
    celery.conf.task_always_eager = True
    hub = Hub(SQLite3HubStorage(str(folder / "hub.sqlite3")), celery)
    made.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
    numbers = count()

    @made.get("/feeds/<path:path>")
    def feed(path: str) -> Response:
        response = send_from_directory(out.absolute(), path)
        response.headers["Link"] = f'<{request.host_url}hub>; rel="hub", <{request.url}>; rel="self"'
        return response

    @made.get("/callback")
    def verify() -> str:
        return request.args["hub.challenge"]

    @made.post("/callback")
    def take() -> str:
        (folder / f"{next(numbers)}.delivered").write_bytes(request.get_data())
        return ""

    return made


def main(out: str, folder: str) -> None:
    """Serve until we are ended."""
    server = make_server("127.0.0.1", 0, app(Path(out), Path(folder)), threaded=True)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
