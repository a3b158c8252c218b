"""The schemas alone: they refuse and let through by themselves, without any rule."""

from __future__ import annotations

import pytest
from check_documents import RSS_HEAD, channel, entry, feed, item, rss, within
from lxml import etree

from feeds.checks import modules, schema
from feeds.checks.rule import Format

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
)


@pytest.mark.parametrize(("form", "data"), REFUSED)
def test_the_schema_alone_refuses(form: Format, data: bytes) -> None:
    assert schema.faults(etree.fromstring(data).getroottree(), form)


@pytest.mark.parametrize(("form", "data"), LET_THROUGH)
def test_the_schema_alone_lets_through(form: Format, data: bytes) -> None:
    assert schema.faults(etree.fromstring(data).getroottree(), form) == []


NEEDED = {"itunes:image": "href", "itunes:category": "text", "thr:in-reply-to": "ref", "at:deleted-entry": "ref"}
PLACES: tuple[tuple[str, Format], ...] = (("channel", "rss"), ("item", "rss"), ("feed", "atom"), ("entry", "atom"))


@pytest.mark.parametrize("name", sorted(modules.elements()))
def test_the_schema_lets_an_extension_stand_wherever_the_rules_do(name: str) -> None:
    module = modules.elements()[name]
    attributes = " ".join(f'{attribute}="1"' for attribute in sorted(module.attributes | {NEEDED.get(name, "my:a")}))
    text = "1" if name == "thr:total" else ""
    for parent, form in PLACES:
        if not module.parents or parent in module.parents:
            data = within(parent, f"<{name} {attributes}>{text}</{name}>")
            assert schema.faults(etree.fromstring(data).getroottree(), form) == [], parent


def test_a_schema_is_compiled_once() -> None:
    assert schema.schema("rss") is schema.schema("rss")
