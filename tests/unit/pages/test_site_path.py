"""The path of a site, told by how its pages link one another."""

from __future__ import annotations

from time import process_time

import pytest

from feedwright.pages.site_path import path_of_site

PATHS = ["index.html", "tides/index.html", "boats.html", "sea/gulls/index.html", "blog/index.html"]


def linking(*targets: str) -> bytes:
    return "".join(f'<a class="x" href="{target}">x</a>' for target in targets).encode()


@pytest.mark.parametrize("path", ["/", "/n/", "/a/b/", "/blog/"])
def test_a_site_stands_where_its_pages_link_one_another(path: str) -> None:
    targets = ["", "tides/", "boats.html", "sea/gulls/", "boats", "feed.xml"]
    assert path_of_site([linking(*(path + one for one in targets))], PATHS) == path


@pytest.mark.parametrize(
    "html", [b"", linking("tides/", "../boats.html"), linking("https://a.example/n/tides/"), linking("/n/tides/")]
)
def test_where_links_do_not_tell_nothing_is_said(html: bytes) -> None:
    assert path_of_site([html], PATHS) == ""


def test_links_that_lead_nowhere_do_not_move_a_site() -> None:
    assert path_of_site([linking("/gone/1/", "/gone/2/", "/gone/3/", "/gone/4/", "/tides/", "/boats")], PATHS) == ""


def test_repeated_beginnings_of_links_take_linear_time() -> None:
    began = process_time()
    path_of_site([b"<a " * 600_000, b"<a href=/" * 200_000], PATHS)
    assert process_time() - began < 5
