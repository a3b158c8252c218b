"""The scripts for hosts of static sites have them do what `feedwright.serve.delivery` says, as far as they can."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from feedwright.serve.delivery import Served
from feedwright.serve.snippets import rules
from tests.conftest import LOCK
from tests.snippets.sites import ROOTS, Made, made

AWS = """\
#!{python}
import json, sys
with open({log!r}, "a") as log:
    print(json.dumps(sys.argv[1:]), file=log)
"""


@pytest.fixture(scope="module", params=ROOTS)
def one(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("site"), ROOTS[request.param])


def run(one: Made, name: str, **environment: str) -> None:
    """Run the script as it says, with nothing but a shell."""
    script = one.text(name)
    command = ["sh"]
    done = subprocess.run(
        command, input=script.encode(), capture_output=True, check=False, env={**os.environ, **environment}, cwd="/"
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", b"")


def path_of(one: Made, address: str) -> str:
    return rules.raw_root(one.delivery) + quote(address)


Rule = tuple[str, dict[str, str]]


def headers_file(one: Made) -> list[Rule]:
    """The rules of `_headers`."""
    found: list[Rule] = []
    for line in (one.site.out / "_headers").read_text().splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            assert name not in found[-1][1]
            found[-1][1][name] = value
        else:
            assert re.fullmatch(r"/\S*", line)
            found.append((line, {}))
    return found


def redirects_file(one: Made) -> dict[str, tuple[str, str]]:
    """The rules of `_redirects`."""
    rows = [line.split(" ") for line in (one.site.out / "_redirects").read_text().splitlines()]
    assert all(len(row) == 3 for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0]: (row[1], row[2]) for row in rows}


def applied(found: list[Rule], path: str) -> dict[str, str]:
    """What is set for a path: no two rules may set the same."""
    fields: dict[str, str] = {}
    for pattern, values in found:
        names = re.split(r":([a-z]+)", pattern)
        regex = "".join(f"(?P<{part}>[^/]+)" if n % 2 else re.escape(part) for n, part in enumerate(names))
        if match := re.fullmatch(regex, path):
            for name, value in values.items():
                assert name not in fields, (path, name)
                for placeholder, part in match.groupdict().items():
                    value = value.replace(f":{placeholder}", part)
                fields[name] = value
    return fields


@pytest.mark.parametrize("name", ["netlify", "cloudflare"])
def test_each_document_has_the_fields_that_it_should_have(one: Made, name: str) -> None:
    run(one, name)
    found = headers_file(one)
    documents = list(one.delivery.documents.values())
    assert len(documents) == 18
    for served in documents:
        assert applied(found, path_of(one, served.address)) == served.headers
        assert applied(found, path_of(one, served.path)) == served.headers
    others = [served for served in one.delivery.others if served.path != "index.html"]
    assert {served.path for served in others} >= {"feeds.opml", "sitemap.xml", "news-sitemap.xml"}
    assert all(applied(found, path_of(one, served.path)) == served.headers for served in others)


@pytest.mark.parametrize(("name", "code"), [("netlify", "301!"), ("cloudflare", "301")])
def test_old_addresses_are_redirected_and_folders_have_their_feed(one: Made, name: str, code: str) -> None:
    run(one, name)
    expected = {path_of(one, moved.address): (moved.target, code) for moved in one.delivery.redirects.values()}
    folders = [served for served in one.delivery.documents.values() if served.address != served.path]
    assert len(folders) == 3
    for served in folders:
        expected[path_of(one, served.address)] = path_of(one, served.path), "200"
    assert redirects_file(one) == expected


def test_a_new_term_needs_no_new_script_at_cloudflare(one: Made) -> None:
    run(one, "cloudflare")
    for address in ("tag/new €/rss.xml", "t/new €/", "archive/tag/sea/7/atom.xml"):
        served = one.delivery.at(address)
        assert isinstance(served, Served)
        assert applied(headers_file(one), path_of(one, address)) == served.headers


def test_what_cloudflare_does_not_follow_any_more_is_told(one: Made) -> None:
    assert "NOT ALL" not in one.text("cloudflare")
    like = one.delivery.documents["atom.xml"]
    documents = {f"{number}.xml": replace(like, path=f"{number}.xml") for number in range(101)}
    assert "NOT ALL OF IT WORKS" in Made(one.site, replace(one.delivery, documents=documents)).text("cloudflare")


def test_where_feeds_are_in_a_folder_the_rules_belong_above_it(one: Made) -> None:
    is_folder = rules.raw_root(one.delivery) != "/"
    assert ("Move both to the root" in one.text("netlify")) == is_folder


def test_github_pages_has_a_copy_of_the_feed_at_each_old_address(one: Made) -> None:
    before = one.site.tree()
    run(one, "github-pages")
    by_url = {served.self_url: served.path for served in one.delivery.documents.values()}
    assert len(one.delivery.redirects) == 6
    for moved in one.delivery.redirects.values():
        file = one.site.out / (f"{moved.address}index.html" if moved.address.endswith("/") else moved.address)
        assert file.read_bytes() == before[by_url[moved.target]]
    assert (one.site.out / "t/sea/index.html").read_bytes() == before["t/sea/index.xml"]
    assert (one.site.out / ".nojekyll").exists()
    assert {path: document for path, document in one.site.tree().items() if path in before} == before


def test_a_former_address_that_is_kept_up_is_not_copied_over(tmp_path: Path) -> None:
    one = made(tmp_path)
    moved = {address: replace(redirect, kept_up=True) for address, redirect in one.delivery.redirects.items()}
    run(Made(one.site, replace(one.delivery, redirects=moved)), "github-pages")
    assert not (one.site.out / "index.xml").exists()


def uploaded(one: Made, tmp_path: Path) -> tuple[dict[str, dict[str, str]], dict[str, str], set[str]]:
    """What an `aws` that only notes its arguments was asked for: objects, redirects and what is removed, by key."""
    log = tmp_path / "log"
    aws = tmp_path / "aws"
    aws.write_text(AWS.format(python=sys.executable, log=str(log)))
    aws.chmod(0o755)
    run(one, "s3", PATH=f"{tmp_path}:{os.environ['PATH']}", BUCKET="my-bucket")
    objects: dict[str, dict[str, str]] = {}
    moved: dict[str, str] = {}
    removed: set[str] = set()
    for words in map(json.loads, log.read_text().splitlines()):
        options = [word[2:].partition("=")[::2] for word in words if word.startswith("--")]
        named = dict(options)
        match words[:2]:
            case ["s3", "sync"]:
                prefix = words[3].removeprefix("s3://my-bucket/")
                for path in _chosen(one, options):
                    objects.setdefault(prefix + path, named)
            case ["s3", "cp"]:
                objects[words[3].removeprefix("s3://my-bucket/")] = named
            case ["s3", "rm"]:
                removed.add(words[2].removeprefix("s3://my-bucket/"))
            case ["s3api", "put-object"]:
                assert named["bucket"] == "my-bucket"
                moved[named["key"]] = named["website-redirect-location"]
            case _:
                assert json.loads(named["cors-configuration"])["CORSRules"][0]["AllowedOrigins"] == ["*"]
    return objects, moved, removed


def _chosen(one: Made, options: list[tuple[str, str]]) -> Iterator[str]:
    """The files that filters let through: the last that matches has the last word."""
    for path in [*one.site.tree(), LOCK]:
        chosen = True
        for kind, glob in options:
            if kind in ("include", "exclude") and fnmatch.fnmatchcase(path, glob):
                chosen = kind == "include"
        if chosen:
            yield path


def test_s3_is_given_each_document_with_its_media_type(one: Made, tmp_path: Path) -> None:
    (one.site.out / "tag/sea/.rss.xml.new").write_text("unfinished")
    objects, moved, removed = uploaded(one, tmp_path)
    root = unquote(rules.raw_root(one.delivery)).removeprefix("/")
    assert not any("/." in key or key.startswith(".") for key in objects)
    for served in one.delivery.documents.values():
        keys = {served.path, served.path.replace("index.xml", "index.html")}
        for key in keys:
            found = objects[root + key]
            assert (found["content-type"], found["cache-control"]) == (served.content_type, served.cache_control)
    expected = one.delivery.redirects.values()
    index = {one.address: f"{one.address}index.html" if one.address.endswith("/") else one.address for one in expected}
    assert moved == {root + index[one.address]: one.target for one in expected}
    assert removed == {root + (f"{one}index.html" if one.endswith("/") else one) for one in one.delivery.gone}
