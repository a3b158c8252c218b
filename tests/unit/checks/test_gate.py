"""The check as a whole: any bytes, safely and in bounds, with problems that lead to the place."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedwright import formats
from feedwright.checks import check
from feedwright.checks.example_frames import document
from feedwright.checks.gate import MOST
from feedwright.errors import Problem
from feedwright.model import NEVER, Feed, Site

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>Sea</title>
<link>https://example.org/</link>
<description>On tides</description>
<atom:link rel="self" type="application/rss+xml" href="https://example.org/rss.xml"/>
<item>
<title>Ebb</title>
<guid isPermaLink="false">tag:example.org,2026:ebb</guid>
</item>
<item>
<title>Flow</title>
<guid isPermaLink="false">tag:example.org,2026:flow</guid>
<description>&lt;p>&lt;a href="https://example.org/">a&lt;/a>&lt;/p></description>
<pubDate>Sun, 01 Mar 2026 09:30:00 +0000</pubDate>
</item>
</channel>
</rss>
"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
<id>tag:example.org,2026:feed</id>
<title>Sea</title>
<updated>2026-03-01T09:30:00Z</updated>
<author><name>Ann</name></author>
<link rel="self" href="https://example.org/atom.xml"/>
<entry>
<id>tag:example.org,2026:ebb</id>
<title type="html">Ebb &amp;amp; flow</title>
<updated>2026-03-01T09:30:00Z</updated>
<link href="https://example.org/ebb"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p></div></content>
</entry>
</feed>
"""
WORDS = (
    b"<",
    b">",
    b"/>",
    b"</item>",
    b"<item>",
    b"&",
    b"&amp;",
    b"&#0;",
    b"]]>",
    b"<![CDATA[",
    b"<!DOCTYPE rss [",
    b'"',
    b"'",
    b"<title>",
    b"\x00",
    b"\xff",
    b"\xc2\x9b",
    b"<atom:link/>",
    b"xmlns=''",
    b"9" * 5000,
    b"<script>",
    b"<!-- -->",
    b"\n",
    b"0000-00-00T00:00:00Z",
    b"0001-01-01T00:00:00+23:59",
    b"9999-12-31T23:59:60-23:59",
    b"<a:b/>",
    b"href=' '",
)


def codes(data: bytes, media_type: str | None = None, address: str | None = None) -> list[str]:
    return [problem.code for problem in check(data, media_type=media_type, address=address)]


def in_order(problem: Problem) -> tuple[object, ...]:
    return (problem.line, problem.column, problem.code, problem.key, problem.what)


def test_clean_documents_have_no_problem() -> None:
    assert check(RSS) == []
    assert check(ATOM) == []


@given(st.binary(max_size=300))
def test_any_bytes_give_problems_and_never_an_exception(data: bytes) -> None:
    assert check(data) != []


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([RSS, ATOM]),
    st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 40), st.sampled_from(WORDS)), max_size=6),
)
def test_a_damaged_document_never_raises_and_is_told_the_same_way_twice(
    data: bytes, cuts: list[tuple[int, int, bytes]]
) -> None:
    for place, length, word in cuts:
        data = data[:place] + word + data[place + length :]
    problems = check(data, file="a.xml")
    assert problems == check(data, file="a.xml")
    assert problems == sorted(problems, key=in_order)
    assert all(problem.what.isprintable() and problem.file == "a.xml" for problem in problems)


@settings(max_examples=200)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=60), st.integers(0, 7))
def test_any_value_anywhere_never_raises(text: str, place: int) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").encode()
    old = (b"Sun, 01 Mar 2026 09:30:00 +0000", b"tag:example.org,2026:ebb", b"https://example.org/", b"Ebb")[place % 4]
    found = check((RSS, ATOM)[place // 4].replace(old, escaped))
    assert "not-well-formed" not in {problem.code for problem in found}


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "no XML document"),
        (b"\n" + RSS, 2, "not at the very start"),
        (RSS.replace(b"Flow", b"Flow&nbsp;"), 13, "&nbsp; is not an entity"),
        (RSS.replace(b"Flow", b"Flow\x0b"), 13, "XML forbids"),
        (RSS.replace(b"Flow", b"Fl\xf6w"), 13, "not of the document's encoding"),
        (RSS.replace(b"<guid", b"<a:guid/><guid", 1), 10, "prefix a of guid"),
        (RSS.replace(b"utf-8", b"utf-99"), 1, "encoding utf-99 is not known"),
        (RSS.replace(b"</item>", b"", 1), 18, "not well-formed"),
        (b"<rss>" * 400, 1, "nested too deeply"),
        (b'<!DOCTYPE a [<!ENTITY a "&b;"><!ENTITY b "&a;">]><a b="&a;"/>', 1, "without end"),
    ],
)
def test_what_is_not_well_formed_is_told_in_words_with_its_line(data: bytes, line: int, words: str) -> None:
    (problem,) = check(data)
    assert (problem.code, problem.severity) == ("not-well-formed", "error")
    assert words in problem.what
    assert problem.line == line


def test_a_byte_order_mark_and_utf_16_are_let_be() -> None:
    assert check(b"\xef\xbb\xbf" + RSS) == []
    assert codes(RSS.decode().replace("utf-8", "utf-16").encode("utf-16")) == ["encoding-not-utf-8"]


def test_nothing_outside_the_document_is_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside.dtd"
    outside.write_text('<!ENTITY leak "https://example.org/leaked">')
    for subset in (f'SYSTEM "{outside.as_uri()}"', f'[<!ENTITY % all SYSTEM "{outside.as_uri()}"> %all;]'):
        doctype = f"<!DOCTYPE rss {subset}><rss".encode()
        found = check(RSS.replace(b"<rss", doctype).replace(b'href="https://example.org/rss.xml"', b'href="&leak;"'))
        assert "rss-self-address" in {problem.code for problem in found}
        assert "entity-not-xml" in {problem.code for problem in found} or "[" not in subset
        assert not any("leaked" in problem.what for problem in found)


def test_entities_that_multiply_are_stopped() -> None:
    layers = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<!DOCTYPE rss [<!ENTITY a0 "{"a" * 50}">{layers}]><rss version="&a8;">&a8;</rss>'.encode()
    started = time.process_time()
    assert any(problem.severity == "error" for problem in check(bomb))
    assert time.process_time() - started < 1


def test_a_problem_names_the_line_and_the_path_of_its_element() -> None:
    (problem,) = check(RSS.replace(b"01 Mar", b"31 Feb"), file="out/rss.xml")
    assert (problem.line, problem.key, problem.file) == (16, "rss/channel/item[2]/pubDate", "out/rss.xml")
    assert problem.what == '"Sun, 31 Feb 2026 09:30:00 +0000" is on no day of the calendar'
    assert problem.source == "RFC 822 §5"


def test_a_rule_speaks_instead_of_the_schema() -> None:
    assert codes(RSS.replace(b"<title>Flow</title>", b"<titel>Flow</titel>")) == ["rss-element-unknown"]


def test_many_problems_are_cut_off_and_errors_come_through() -> None:
    warnings = b"<item><title/></item>" * 200
    data = RSS.replace(b"</channel>", warnings + b"<item></item></channel>")
    problems = check(data)
    assert len(problems) == MOST + 1
    assert "rss-item-empty" in {problem.code for problem in problems}
    (rest,) = [problem for problem in problems if problem.code == "problems-left-out"]
    assert rest.what == "352 more problems are not shown"
    assert len(check(data, ignore=["rss-element-empty", "rss-guid-missing"])) < 10
    told = check(
        data.replace(b"<item><title/>", b"<item><pubDate/><title/>"), min_severity="error", ignore=["rss-item-empty"]
    )
    assert {problem.code for problem in told} == {"rss-date", "problems-left-out"}


@pytest.mark.parametrize("frame", ["channel", "feed", "json feed"])
@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("https://example.org/{}", True),
        ("HTTPS://EXAMPLE.org:443/{}", True),
        ("https://example.org/{}#top", True),
        ("http://example.org/{}", False),
        ("https://www.example.org/{}", False),
        ("https://example.org/{}?page=2", False),
        ("https://[::1/{}", False),
    ],
)
def test_a_link_to_itself_is_the_address_that_the_feed_was_found_at(frame: str, address: str, same: bool) -> None:
    name = {"channel": "rss.xml", "feed": "atom.xml", "json feed": "feed.json"}[frame]
    found = check(document(frame, ""), address=address.format(name))
    assert [problem.code for problem in found] == ([] if same else ["self-link-elsewhere"])


@pytest.mark.parametrize("name", formats.NAMES)
def test_what_we_make_is_where_it_says_that_it_is(name: str) -> None:
    site = Site("Sea", "https://example.org/", "https://example.org/feeds/", "example.org")
    address = "https://example.org/feeds/tides.xml"
    feed = Feed(site, "site", "", site.url, "Sea", "Tides", site.url, address, "tides.xml", name, NEVER)
    for _, made in formats.load(name).documents(feed, []):
        assert "self-link-elsewhere" not in codes(made, address=address)
        assert "self-link-elsewhere" in codes(made, address=site.url)


def test_one_of_several_links_to_itself_is_enough_and_a_relative_one_is_resolved() -> None:
    link = '<link rel="self" href="/{}"/>'
    several = document("feed", link.format("a.xml") + link.format("b.xml"))
    assert check(several, address="https://example.org/b.xml") == []
    assert [problem.code for problem in check(several, address="https://example.org/c.xml")] == ["self-link-elsewhere"]


def test_the_content_decides_on_the_format_and_not_the_media_type() -> None:
    assert check(ATOM, media_type="application/atom+xml; charset=utf-8") == []
    assert check(ATOM, media_type="text/xml") == []
    (problem,) = check(ATOM, media_type="application/rss+xml")
    assert (problem.code, problem.severity) == ("media-type", "warning")
    assert codes(RSS, media_type="text/xml; charset=iso-8859-1") == ["encoding-mismatch"]


def test_threads_may_check_at_the_same_time() -> None:
    wrong = RSS.replace(b"<ttl>", b"").replace(b"<title>Sea</title>", b"<title>Sea</title><ttl>x</ttl>")
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(codes, [RSS, wrong, ATOM] * 20))
    assert found == [[], ["rss-ttl"], []] * 20


def test_importing_the_package_loads_no_lxml() -> None:
    code = "import sys, feedwright.checks; sys.exit('lxml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "html",
    [
        "&lt;a title=" + '"' * 200_000,
        "&lt;a " * 100_000,
        "&lt;a href=&quot;https://" * 50_000,
        "&lt;a" + " " * 400_000,
        "&lt;div>" * 100_000,
        "&amp;lt;p" * 100_000,
        "&lt;p style=&quot;" + "position " * 50_000,
    ],
)
def test_hostile_html_takes_no_more_than_linear_time(html: str) -> None:
    data = RSS.replace(b"<title>Flow", f"<description>{html}</description><title>Flow".encode(), 1)
    data = data.replace(
        b"<title>Ebb", f"<title>{html}</title><author>a@b ({html}</author><link>{html}</link><title>".encode()
    )
    started = time.process_time()
    check(data)
    assert time.process_time() - started < 1.5


@pytest.mark.parametrize(
    ("head", "repeated"),
    [
        (b'<rss version="2.0"><channel>', b"<item><guid>a</guid></item>"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', b"<entry>a<id>a</id><link rel='related' href=' '/></entry>b"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>', b"<link href='a'/><a xmlns='b' c='d'/>"),
    ],
)
def test_time_grows_with_the_document_and_not_with_its_square(head: bytes, repeated: bytes) -> None:
    def seconds(times: int) -> float:
        end = b"".join(b"</" + tag.split()[0] + b">" for tag in reversed(head.replace(b">", b"").split(b"<")[1:]))
        started = time.process_time()
        assert check(head + repeated * times + end)[0].code != "not-well-formed"
        return time.process_time() - started

    # What other tests have left is not gone through again and again while the time is taken.
    gc.collect()
    gc.freeze()
    few, many = (min(seconds(times) for _ in range(3)) for times in (1000, 8000))
    gc.unfreeze()
    assert many < 16 * max(few, 0.02)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_element_of_very_many_attributes_is_refused_before_they_take_time(encoding: str) -> None:
    many = " ".join(f'a{n}="1"' for n in range(100_000))
    text = f'<rss version="2.0">\n<channel><title>t</title>\n<item {many}/></channel></rss>'
    start = time.process_time()
    problems = check(text.encode(encoding))
    assert [(problem.code, problem.line) for problem in problems] == [("too-large", 3)]
    assert "1,000 attributes" in problems[0].what
    assert time.process_time() - start < 2


def test_html_of_very_many_attributes_is_not_looked_through() -> None:
    many = " ".join(f"a{n}=1" for n in range(50_000))
    text = f'<rss version="2.0"><channel><item><description>&lt;p {many}&gt;</description></item></channel></rss>'
    start = time.process_time()
    assert any("more than 1,000 attributes" in problem.what for problem in check(text.encode()))
    assert time.process_time() - start < 2
