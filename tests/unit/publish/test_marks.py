"""What is ours is told by a mark at its place, and by nothing else."""

from __future__ import annotations

import pytest

from feedwright.publish.marks import is_marked
from tests.conftest import SiteOnDisk

ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
MAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def test_every_kind_of_document_that_we_make_is_marked(site: SiteOnDisk) -> None:
    site.article("a.md").article("b.md", date="2024-05-31").article("c.md")
    site.configure('language = "en"\narchive = 1\nlimit = 1\n', alone=()).build()
    tree = site.tree()
    kinds = {"index.html", "feeds.css", "feeds.opml", "sitemap.xml", "news-sitemap.xml", "rss.xml", "atom.xml"}
    assert kinds | {"feed.json", "archive/1/rss.xml", "archive/1/atom.xml", "archive/1/feed.json"} <= set(tree)
    assert [path for path, document in tree.items() if not is_marked(document)] == []


def test_an_index_of_sitemaps_is_marked(site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedwright.publish.extras.sitemap.TOGETHER", 1)
    site.configure('extras = ["sitemap"]\n').article("a.md").article("b.md", date="2024-03-01").build()
    assert b"<sitemapindex" in site.tree()["sitemap.xml"]
    assert is_marked(site.tree()["sitemap.xml"])


@pytest.mark.parametrize(
    "document",
    [
        "<rss version='2.0'><channel><title>t</title><generator>\n  Feedwright\n </generator><item/></channel></rss>",
        f"<feed {ATOM}><generator>Feedwright</generator><entry>cut off he",
        f"<a:feed {ATOM.replace('xmlns', 'xmlns:a')}><a:generator>Feed&#119;right</a:generator></a:feed>",
        '{"items": [], "_feedwright": {"generator": "Feedwright"}}',
        '{"version": "x", "_feedwright": {"generator": "Feedwright"}, "items": [{"id": "cut off he',
        "<!doctype html>\n<html><head><META content=Feedwright name=Generator></head><p>altered",
        "<!DOCTYPE html><title>Small</title><meta name=generator content=Feedwright><p>No tag of the head is left",
        f"{XML}<!-- Feedwright --><urlset {MAPS}><url>",
        "<opml version='2.0'>\n<!-- Feedwright --><head/><body/></opml>",
        "/* Made by Feedwright. */ a { color: red }",
        "\ufeff<rss><channel><generator>Feedwright</generator></channel></rss>",
    ],
)
def test_a_document_is_ours_by_the_mark_in_its_place_whatever_became_of_the_rest(document: str) -> None:
    assert is_marked(document.encode())


@pytest.mark.parametrize(
    "document",
    [
        *("", " ", "Feedwright", "Made by Feedwright", "{", "[]", '"Feedwright"', "<", "\x00", "<Feedwright/>"),
        # RSS
        "<rss><channel><title>Feedwright</title><generator>Hugo</generator></channel></rss>",
        "<rss><channel><generator>Powered by NotFeedwright</generator></channel></rss>",
        "<rss><channel><generator>Feedwright 2</generator></channel></rss>",
        "<rss><channel><generator>feedwright</generator></channel></rss>",
        "<rss><channel><generator>Feed<b/>wright, not</generator></channel></rss>",
        '<rss><channel><generator uri="https://other.example/">Feedwright</generator></channel></rss>',
        "<rss><channel><item><generator>Feedwright</generator></item></channel></rss>",
        "<rss><channel><item/><generator>Feedwright</generator></channel></rss>",
        "<rss><generator>Feedwright</generator><channel/></rss>",
        "<rss><channel><image><generator>Feedwright</generator></image></channel></rss>",
        "<rss><channel><x:generator xmlns:x='urn:x'>Feedwright</x:generator></channel></rss>",
        "<rss><channel><!-- <generator>Feedwright</generator> --></channel></rss>",
        "<rss><channel><description><![CDATA[<generator>Feedwright</generator>]]></description></channel></rss>",
        "<rss><channel><generator>WordPress</generator><generator>Feedwright</generator></channel></rss>",
        "<!DOCTYPE rss [<!ENTITY a 'Feedwright'>]><rss><channel><generator>&a;</generator></channel></rss>",
        # Atom
        "<feed><generator>Feedwright</generator></feed>",
        f"<feed {ATOM}><entry><source><generator>Feedwright</generator></source></entry></feed>",
        f"<feed {ATOM}><entry/><generator>Feedwright</generator></feed>",
        f"<feed {ATOM}><title>Feedwright</title><generator uri='https://gohugo.io/'>Hugo</generator></feed>",
        f"<entry {ATOM}><generator>Feedwright</generator></entry>",
        # JSON
        '{"generator": "Feedwright"}',
        '{"_feedwright": "Feedwright"}',
        '{"_feedwright": {"generator": "NotFeedwright"}}',
        '{"_feedwright": {"about": "Feedwright"}}',
        '{"items": [{"_feedwright": {"generator": "Feedwright"}}]}',
        '{"title": "\\"_feedwright\\": {\\"generator\\": \\"Feedwright\\"}"}',
        '{"a" "b"}',
        '{"a": 1; "_feedwright": {"generator": "Feedwright"}}',
        '{"a": ' + "[" * 100_000,
        # a page
        "<!DOCTYPE html><html><head><title>Feedwright</title></head><body>Feedwright</body></html>",
        "<!DOCTYPE html><html><head><meta name='generator' content='Hugo 0.1'></head><p>Feedwright</p></html>",
        "<!DOCTYPE html><html><head><meta name=generator content=Hugo><meta name=generator content=Feedwright></head>",
        "<!DOCTYPE html><html><head><meta name='generator' content='Feedwright theme'></head></html>",
        "<!DOCTYPE html><html><head></head><body><meta name='generator' content='Feedwright'></body></html>",
        "<!DOCTYPE html><html><body><pre>&lt;meta name='generator' content='Feedwright'></pre></body></html>",
        "<!DOCTYPE html><html><head><!-- <meta name='generator' content='Feedwright'> --></head></html>",
        "<!DOCTYPE html><html><head><title><meta name='generator' content='Feedwright'></title></head></html>",
        '<!DOCTYPE html><html><head><script>\'<meta name="generator" content="Feedwright">\'</script></head></html>',
        "<!DOCTYPE html><html><head><noscript><meta name='generator' content='Feedwright'></noscript></head></html>",
        "<!DOCTYPE html><html><head>text<meta name='generator' content='Feedwright'></head></html>",
        "<!DOCTYPE html><html><head><meta property='generator' content='Feedwright'></head></html>",
        "<!DOCTYPE html><html><head><meta name='description' content='Feedwright'></head></html>",
        "<!DOCTYPE html><p><meta name='generator' content='Feedwright'>",
        "<!DOCTYPE html><html><head><meta name='generator'></head></html>",
        # lists
        f"{XML}<urlset {MAPS}><!-- Feedwright --></urlset>",
        f"{XML}<!-- Made with WordPress --><!-- Feedwright --><urlset {MAPS}/>",
        f"{XML}<!-- feeds by Feedwright --><urlset {MAPS}/>",
        f"{XML}<!-- Feedwright --><urlset/>",
        f"{XML}<!-- Feedwright --><rss><channel/></rss>",
        f"<urlset {MAPS}/><!-- Feedwright -->",
        "<!-- Feedwright --><opml version='2.0'><head/></opml>",
        "<opml version='2.0'><head><!-- Feedwright --><title>Feedwright</title></head></opml>",
        "<opml version='2.0'><head/><!-- Feedwright --></opml>",
        "<opml version='2.0'><head><title>Feedwright</title></head></opml>",
        # a style sheet
        "a { color: red } /* Made by Feedwright. */",
        "/* Not made by Feedwright. */",
        "/* mine *//* Made by Feedwright. */",
        "\n/* Made by Feedwright. */",
    ],
)
def test_a_word_somewhere_is_no_mark(document: str) -> None:
    assert not is_marked(document.encode())


def test_a_document_in_another_encoding_than_ours_is_looked_at_all_the_same() -> None:
    assert not is_marked("<rss><channel><title>Feedwright</title></channel></rss>".encode("utf-16"))
    assert not is_marked(b'<?xml version="1.0" encoding="no-such"?><rss><channel/></rss>')
    assert not is_marked(b"\xff\xfe\x00")
    assert not is_marked(b"\x1f\x8b" + b"Feedwright")


def test_an_entity_that_grows_without_end_is_not_followed() -> None:
    grown = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE rss [<!ENTITY a0 "Feedwright">{grown}]><rss><channel><generator>&a12;</generator>'
    assert not is_marked(bomb.encode())
