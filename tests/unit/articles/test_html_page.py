"""HTML files that are whole pages, whatever optional tags they leave out."""

from __future__ import annotations

import time

import pytest

from feedwright.articles.frontmatter.split import split_front_matter
from feedwright.articles.html_page import page_of

META = "<title>Tides</title><meta name=date content=2024-01-01><meta name=author content='Ann'>"


@pytest.mark.parametrize(
    "page",
    [
        f"<!DOCTYPE html><html><head>{META}</head><body><p>Water</p></body></html>",
        f"<!DOCTYPE html><html><head>{META}<body><p>Water</p>",
        f"<!DOCTYPE html>\n<html>\n{META}\n<p>Water</p>",
        f"<!doctype html>\n{META}\n<p>Water</p>",
        f"{META}<p>Water</p>",
        f"<meta charset=utf-8>\n{META}\n<p>Water</p>\n",
        f"<!-- ours -->\n<!doctype html>{META}<link rel=stylesheet href=a.css><style>p {{}}</style><p>Water</p>",
        f"<!doctype html><head>{META}</head><p>Water</p>",
        f"\n  <!DOCTYPE html>{META}<script>var p = '<p>';</script><p>Water</p>",
        f"<?xml version='1.0'?><!DOCTYPE html>{META}<p>Water</p>",
        "<HTML><TITLE>Tides</TITLE><META NAME=date CONTENT=2024-01-01><META NAME=author CONTENT=Ann><P>Water</P>",
    ],
)
def test_the_head_is_read_whatever_optional_tags_are_left_out(page: str) -> None:
    read = page_of(split_front_matter(page))
    assert read.values == {"title": "Tides", "date": "2024-01-01", "author": "Ann"}
    assert read.body.strip() == "<p>Water</p>"


def test_elements_that_the_parser_does_not_know_are_in_the_body() -> None:
    read = page_of(split_front_matter(f"<!doctype html><html lang=de>{META}<article><p>Water</p></article>"))
    assert read.values["lang"] == "de"
    assert read.body == "<article><p>Water</p></article>"


def test_what_pelican_reads_in_a_head_is_read() -> None:
    head = '<title>T</title><meta name="tags" content="a, b"><meta name="category" content="News">'
    read = page_of(
        split_front_matter(f'{head}<meta name="slug" content="s"><meta name="status" content="draft"><p>x</p>')
    )
    assert read.values == {"title": "T", "tags": "a, b", "category": "News", "slug": "s", "status": "draft"}


@pytest.mark.parametrize(
    "part", ["<p>Water</p>", "<h1>A</h1><meta itemprop=x content=y>", "<script>x</script><p>Water</p>", "Title", ""]
)
def test_a_part_of_a_page_stays_as_it_is(part: str) -> None:
    front = split_front_matter(part)
    assert page_of(front) == front


def test_a_page_whose_head_never_ends_is_read_in_little_time() -> None:
    began = time.process_time()
    page_of(split_front_matter("<!doctype html>" + "<!-- " * 100_000))
    page_of(split_front_matter("<!doctype html>" + "<title>" * 50_000))
    assert time.process_time() - began < 5
