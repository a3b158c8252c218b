"""The schemas alone: they refuse and let through by themselves, without any rule."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from check_documents import RSS_HEAD, channel, entry, feed, item, rss, within
from check_mutations import mutate, mutate_json
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feedwright.checks import check, extension_elements, json_schema, json_text, schema
from feedwright.checks.rule import Format

OPML = etree.RelaxNG(file=str(Path(__file__).parent / "opml20.rng"))
REFUSED: tuple[tuple[Format, bytes], ...] = (
    ("rss", rss(f"<channel>{RSS_HEAD}</channel>", "")),
    ("rss", rss("")),
    ("rss", rss(f"<channel>{RSS_HEAD}</channel>" * 2)),
    ("rss", channel(head="<title>Sea</title>")),
    ("rss", channel("<unknown/>")),
    ("rss", channel("<ttl>soon</ttl>")),
    ("rss", channel("<image><url>a</url></image>")),
    ("rss", channel("<skipHours><hour>25</hour></skipHours>")),
    ("rss", item("<guid isPermaLink='no'>a</guid>", "")),
    ("rss", item("<enclosure url='a' type='b'/>")),
    ("rss", item("<pubDate>a</pubDate><pubDate>b</pubDate>")),
    ("rss", item("<dc:author>a</dc:author>")),
    ("rss", item("<content:encoded><b/></content:encoded>")),
    ("rss", item("<itunes:image/>")),
    ("rss", item("<media:contents/>")),
    ("rss", item("<media:title><b>a</b></media:title>")),
    ("rss", feed()),
    ("atom", feed(head="")),
    ("atom", feed("<unknown/>")),
    ("atom", feed("<fh:complete>a</fh:complete>")),
    ("atom", entry("<content/><content/>")),
    ("atom", entry("<link/>")),
    ("atom", entry("<category/>")),
    ("atom", entry("<summary type='text/html'>a</summary>")),
    ("atom", entry("<summary type='xhtml'>a</summary>")),
    ("atom", entry("<author/>")),
    ("atom", entry("<thr:in-reply-to/>")),
    ("atom", feed("<at:deleted-entry ref='a'/>")),
    ("atom", channel()),
    ("sitemap", within("urlset", "<sitemap/>")),
    ("sitemap", within("urlset", "<url/>")),
    ("sitemap", within("urlset", "text")),
    ("sitemap", within("url", "<loc>a</loc>")),
    ("sitemap", within("url", "<priority><my:a/></priority>")),
    ("sitemap", within("url", "<unknown/>")),
    ("sitemap", within("url", "<unknown xmlns=''/>")),
    ("sitemap", within("url", "<news:title>a</news:title>")),
    ("sitemap", within("bare news", "")),
    ("sitemap", within("news", "<news:title>a</news:title>")),
    ("sitemap", within("news", "<news:language>en</news:language>")),
    ("sitemap", within("news", "<unknown xmlns=''/>")),
    ("sitemap", within("news", "text")),
    ("sitemap", feed()),
)
LET_THROUGH: tuple[tuple[Format, bytes], ...] = (
    ("rss", channel()),
    ("rss", channel("<my:a b='c'><d xmlns=''>e</d></my:a>")),
    ("rss", item("<my:a/><atom:updated>2026-03-01T09:30:00Z</atom:updated><slash:comments>1</slash:comments>")),
    ("rss", item("<title>b</title><description>a</description>", "<link>a</link>")),
    ("atom", feed()),
    ("atom", feed("<my:a b='c'><d xmlns=''>e</d></my:a>")),
    ("atom", entry("<content type='a/b+xml'><d xmlns=''>e</d></content><my:a/>")),
    ("atom", entry("<source/>")),
    ("atom", entry("<title>a</title><updated>b</updated><id>c</id>", "")),
    ("sitemap", within("urlset", "")),
    ("sitemap", within("url", "<priority>1</priority><lastmod>a</lastmod><my:a b='c'><d xmlns=''>e</d></my:a>")),
    ("sitemap", within("urlset", "<url my:a='b'><lastmod/><loc>a</loc></url>")),
    ("sitemap", within("news", "<news:genres>Blog</news:genres><my:a/>")),
)


@pytest.mark.parametrize(("form", "data"), REFUSED)
def test_the_schema_alone_refuses(form: Format, data: bytes) -> None:
    assert schema.faults(etree.fromstring(data).getroottree(), form)


@pytest.mark.parametrize(("form", "data"), LET_THROUGH)
def test_the_schema_alone_lets_through(form: Format, data: bytes) -> None:
    assert schema.faults(etree.fromstring(data).getroottree(), form) == []


NEEDED = {"itunes:image": "href", "itunes:category": "text", "thr:in-reply-to": "ref", "at:deleted-entry": "ref"}
PLACES: tuple[tuple[str, Format], ...] = (("channel", "rss"), ("item", "rss"), ("feed", "atom"), ("entry", "atom"))


@pytest.mark.parametrize("name", sorted(extension_elements.elements()))
def test_the_schema_lets_an_extension_stand_wherever_the_rules_do(name: str) -> None:
    module = extension_elements.elements()[name]
    attributes = " ".join(f'{attribute}="1"' for attribute in sorted(module.attributes | {NEEDED.get(name, "my:a")}))
    text = "1" if name == "thr:total" else ""
    for parent, form in PLACES:
        if not module.parents or parent in module.parents:
            data = within(parent, f"<{name} {attributes}>{text}</{name}>")
            assert schema.faults(etree.fromstring(data).getroottree(), form) == [], parent


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_the_schema_of_opml_refuses_the_rules_refuse_in_words(chance: Random) -> None:
    data = mutate(chance, b"<opml")
    problems = check(data)
    if data.startswith(b"<opml") and not any(problem.code == "not-well-formed" for problem in problems):
        valid = OPML.validate(etree.fromstring(data).getroottree())
        assert valid or any(problem.severity == "error" for problem in problems)


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_the_schema_of_json_feed_refuses_the_rules_refuse_in_words_but_for_our_own_extension(
    chance: Random,
) -> None:
    data = mutate_json(chance)
    problems = check(data)
    fault = json_schema.fault(json_text.parse(data.decode()))
    if fault and "_feedwright" not in fault[0]:
        assert any(problem.severity == "error" and problem.code != "jsonfeed-schema" for problem in problems), fault


def test_a_schema_is_compiled_once() -> None:
    assert json_schema.schema() is json_schema.schema()
    assert schema.schema("rss") is schema.schema("rss")
