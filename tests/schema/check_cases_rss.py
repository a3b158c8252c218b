"""For each code of RSS: the smallest document that breaks the rule, and the smallest that keeps it."""

from __future__ import annotations

from check_documents import GUID, ITEM_HEAD, RSS_HEAD, RSS_SELF, channel, item, rss

IMAGE = "<url>https://example.org/a.png</url><title>Sea</title><link>https://example.org/</link>"
CLOUD = 'domain="example.org" path="/" registerProcedure="" protocol="xml-rpc"'.replace('=""', '="ping"')


def enclosure(attributes: str) -> bytes:
    return item(f"<enclosure {attributes}/>")


def html(text: str) -> bytes:
    return item(f"<description><![CDATA[{text}]]></description>")


CASES: tuple[tuple[str, bytes, bytes], ...] = (
    ("rss-version", rss(f"<channel>{RSS_HEAD}</channel>", ""), channel()),
    ("rss-version", rss(f"<channel>{RSS_HEAD}</channel>", 'version="0.92"'), channel()),
    ("rss-element-unknown", item("<pubdate>x</pubdate>"), item("<my:pubdate>x</my:pubdate>")),
    ("rss-element-unknown", channel("<items/>"), channel("<category>a</category>")),
    ("rss-attribute-unknown", item("<category scheme='a'>b</category>"), item("<category domain='a'>b</category>")),
    ("rss-text-stray", item("tides"), item("\n  ")),
    ("rss-child-in-text", item("<description><b>a</b></description>"), html("<b>a</b>")),
    ("rss-element-repeated", channel("<ttl>5</ttl><ttl>6</ttl>"), channel("<ttl>5</ttl>")),
    ("rss-element-repeated", item("<title>b</title>"), item("<category>a</category><category>b</category>")),
    ("rss-element-missing", channel(head=RSS_HEAD.replace("<title>Sea</title>", "")), channel()),
    ("rss-element-missing", rss(""), channel()),
    (
        "rss-element-missing",
        channel("<image><url>https://example.org/a.png</url></image>"),
        channel(f"<image>{IMAGE}</image>"),
    ),
    (
        "rss-attribute-missing",
        enclosure('url="https://example.org/a.mp3" type="audio/mpeg"'),
        enclosure('url="https://example.org/a.mp3" type="audio/mpeg" length="0"'),
    ),
    (
        "rss-attribute-missing",
        item("<source>Sea</source>"),
        item('<source url="https://example.org/rss.xml">Sea</source>'),
    ),
    ("rss-attribute-missing", channel('<cloud domain="example.org"/>'), channel(f'<cloud port="80" {CLOUD}/>')),
    ("rss-element-empty", item(head=f"<title> </title>{GUID}"), item()),
    ("rss-item-empty", item(head=GUID), item("<description>a</description>", GUID)),
    ("rss-guid-missing", item(head="<title>Tides</title>"), item()),
    ("rss-guid-empty", item("<guid isPermaLink='false'/>", "<title>Tides</title>"), item()),
    (
        "rss-guid-not-url",
        item("<guid>tides</guid>", "<title>Tides</title>"),
        item("<guid>https://example.org/tides</guid>", "<title>Tides</title>"),
    ),
    (
        "rss-guid-not-url",
        item("<guid isPermaLink='true'>tag:example.org,2026:a</guid>", "<title>Tides</title>"),
        item(),
    ),
    ("rss-guid-permalink", item("<guid isPermaLink='False'>a-b</guid>", "<title>Tides</title>"), item()),
    (
        "rss-guid-repeated",
        channel(f"<item>{ITEM_HEAD}</item>" * 2),
        channel(f"<item>{ITEM_HEAD}</item><item>{ITEM_HEAD}</item>".replace("tides<", "ebb<", 1)),
    ),
    ("rss-guid-simple", item("<guid isPermaLink='false'>17</guid>", "<title>Tides</title>"), item()),
    (
        "rss-enclosure-url",
        enclosure('url="a.mp3" type="audio/mpeg" length="9"'),
        enclosure('url="https://example.org/a.mp3" type="audio/mpeg" length="9"'),
    ),
    (
        "rss-enclosure-length",
        enclosure('url="https://example.org/a.mp3" type="audio/mpeg" length="-9"'),
        enclosure('url="https://example.org/a.mp3" type="audio/mpeg" length="9"'),
    ),
    (
        "rss-enclosure-type",
        enclosure('url="https://example.org/a.mp3" type="mp3" length="9"'),
        enclosure('url="https://example.org/a.mp3" type="audio/mpeg" length="9"'),
    ),
    (
        "rss-enclosure-several",
        item('<enclosure url="https://example.org/a.mp3" type="audio/mpeg" length="9"/>' * 2),
        item('<enclosure url="https://example.org/a.mp3" type="audio/mpeg" length="9"/>'),
    ),
    ("rss-email", item("<author>Ann</author>"), item("<author>ann@example.org (Ann)</author>")),
    (
        "rss-email",
        channel("<webMaster>Ann (ann@example.org)</webMaster>"),
        channel("<webMaster>ann@example.org (Ann)</webMaster>"),
    ),
    ("rss-email-form", item("<author>ann@example.org</author>"), item("<author>ann@example.org (Ann)</author>")),
    (
        "rss-date",
        item("<pubDate>2026-03-01T09:30:00Z</pubDate>"),
        item("<pubDate>Sun, 01 Mar 2026 09:30:00 +0000</pubDate>"),
    ),
    (
        "rss-date",
        item("<pubDate>Mon, 01 Mar 2026 09:30:00 +0000</pubDate>"),
        item("<pubDate>01 Mar 2026 09:30 GMT</pubDate>"),
    ),
    (
        "rss-date",
        channel("<lastBuildDate>Sun, 01 Mar 2026 09:30:00 UTC</lastBuildDate>"),
        channel("<lastBuildDate>Sun, 01 Mar 2026 09:30:00 UT</lastBuildDate>"),
    ),
    (
        "rss-date-style",
        item("<pubDate>Sun, 01 Mar 26 09:30:00 GMT</pubDate>"),
        item("<pubDate>Sun, 01 Mar 2026 09:30:00 Z</pubDate>"),
    ),
    ("rss-url", item("<link>/tides/</link>"), item("<link> https://example.org/tides/ </link>")),
    ("rss-url", item("<comments>example.org</comments>"), item("<comments>https://example.org/#c</comments>")),
    (
        "rss-url",
        item("<source url='rss.xml'>Sea</source>"),
        item("<source url='https://example.org/rss.xml'>Sea</source>"),
    ),
    (
        "rss-url-not-ascii",
        item("<link>https://example.org/ebbé</link>"),
        item("<link>https://example.org/ebb%C3%A9</link>"),
    ),
    (
        "rss-url-not-ascii",
        item("<guid>https://example.org/é</guid>", "<title>Tides</title>"),
        item("<guid isPermaLink='false'>é-é</guid>", "<title>Tides</title>"),
    ),
    (
        "rss-url-not-ascii",
        enclosure('url="https://example.org/é.mp3" type="audio/mpeg" length="9"'),
        enclosure('url="https://example.org/e.mp3" type="audio/mpeg" length="9"'),
    ),
    ("rss-language", channel("<language>en_GB</language>"), channel("<language>en-gb</language>")),
    ("rss-ttl", channel("<ttl>0</ttl>"), channel("<ttl>60</ttl>")),
    (
        "rss-image-size",
        channel(f"<image>{IMAGE}<width>512</width></image>"),
        channel(f"<image>{IMAGE}<width>144</width></image>"),
    ),
    (
        "rss-image-size",
        channel(f"<image>{IMAGE}<height>401</height></image>"),
        channel(f"<image>{IMAGE}<height>400</height></image>"),
    ),
    (
        "rss-image-differs",
        channel(f"<image>{IMAGE.replace('Sea', 'Shore')}</image>"),
        channel(f"<image>{IMAGE}</image>"),
    ),
    (
        "rss-skip-hour",
        channel("<skipHours><hour>24</hour></skipHours>"),
        channel("<skipHours><hour>23</hour></skipHours>"),
    ),
    (
        "rss-skip-day",
        channel("<skipDays><day>sunday</day></skipDays>"),
        channel("<skipDays><day>Sunday</day></skipDays>"),
    ),
    (
        "rss-skip-repeated",
        channel("<skipHours><hour>1</hour><hour>1</hour></skipHours>"),
        channel("<skipHours><hour>1</hour><hour>2</hour></skipHours>"),
    ),
    (
        "rss-skip-repeated",
        channel("<skipDays><day>Sunday</day><day>Sunday</day></skipDays>"),
        channel("<skipDays><day>Sunday</day></skipDays>"),
    ),
    (
        "rss-cloud",
        channel(f'<cloud port="80" {CLOUD}/>'.replace("xml-rpc", "rest")),
        channel(f'<cloud port="80" {CLOUD}/>'),
    ),
    ("rss-cloud", channel(f'<cloud port="http" {CLOUD}/>'), channel(f'<cloud port="80" {CLOUD}/>')),
    ("rss-self-missing", channel(head=RSS_HEAD.replace(RSS_SELF, "")), channel()),
    ("rss-self-address", channel(head=RSS_HEAD.replace("https://example.org/rss.xml", "rss.xml")), channel()),
    ("rss-self-type", channel(head=RSS_HEAD.replace("application/rss+xml", "application/atom+xml")), channel()),
    (
        "rss-items-first",
        channel(f"<item>{ITEM_HEAD}</item><ttl>60</ttl>"),
        channel(f"<ttl>60</ttl><item>{ITEM_HEAD}</item>"),
    ),
    (
        "rss-said-twice",
        item("<author>ann@example.org (Ann)</author><dc:creator>Ann</dc:creator>"),
        item("<dc:creator>Ann</dc:creator>"),
    ),
    (
        "rss-content-first",
        item("<content:encoded>a</content:encoded><description>a</description>"),
        item("<description>a</description><content:encoded>a</content:encoded>"),
    ),
    ("rss-content-first", item("<content:encoded>a</content:encoded>"), item("<description>a</description>")),
    (
        "rss-html-in-plain",
        item(head=f"<title>&lt;b&gt;Tides&lt;/b&gt;</title>{GUID}"),
        item(head=f"<title>a &lt; b &gt; c</title>{GUID}"),
    ),
    (
        "rss-escaped-twice",
        item(head=f"<title>Ebb &amp;amp; flow</title>{GUID}"),
        item(head=f"<title>Ebb &amp; flow</title>{GUID}"),
    ),
    ("html-script", html("<script>a()</script>"), html("<p>a script</p>")),
    (
        "html-script",
        html('<a href="java&#115;cript:a()">a</a>'),
        html('<a href="https://example.org/javascript:a">a</a>'),
    ),
    ("html-script", html('<svg><a xlink:href=" JavaScript:a()">a</a></svg>'), html("<code>&lt;script&gt;</code>")),
    (
        "html-handler",
        html('<img alt="a>b" src="https://example.org/a.png" onerror="a()">'),
        html('<img src="https://example.org/a.png" alt="on error">'),
    ),
    ("html-embed", html('<IFRAME src="https://example.org/"></IFRAME>'), html("<p>an iframe</p>")),
    ("html-style", html('<p style="position: fixed">a</p>'), html('<p style="color: red">a</p>')),
    (
        "html-relative",
        html('<a href="/tides">a</a>'),
        html('<a href="https://example.org/tides">a</a><a href="#a">b</a>'),
    ),
    ("html-relative", html("<img src=a.png>"), html("<img src=https://example.org/a.png>")),
    (
        "html-relative",
        html('<img srcset="https://example.org/a.png 1x, /b.png 2x">'),
        html('<img srcset="https://example.org/a.png 1x, https://example.org/b.png 2x">'),
    ),
    ("html-escaped-twice", html("&lt;p&gt;a&lt;/p&gt;"), html("<p>a</p>")),
    ("html-escaped-twice", html("Ebb&amp;nbsp;tide"), html("Ebb&nbsp;tide &lt;p&gt;")),
    ("control-character", item(head=f"<title>It\x92s</title>{GUID}"), item(head=f"<title>It’s</title>{GUID}")),
    ("doctype", rss(f"<channel>{RSS_HEAD}</channel>", before="<!DOCTYPE rss>"), channel()),
    ("entity-not-xml", rss(f"<channel>{RSS_HEAD}</channel>", before='<!DOCTYPE rss [<!ENTITY a "b">]>'), channel()),
    (
        "entity-not-xml",
        rss(
            f"<channel>{RSS_HEAD}<copyright>&copy;</copyright></channel>",
            before='<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
        ),
        channel(),
    ),
    (
        "encoding-not-utf-8",
        rss(f"<channel>{RSS_HEAD}</channel>", before='<?xml version="1.0" encoding="iso-8859-1"?>'),
        rss(f"<channel>{RSS_HEAD}</channel>", before='<?xml version="1.0" encoding="utf-8"?>'),
    ),
    ("root-wrong", b'<rss version="2.0" xmlns="https://example.org/"/>', channel()),
    ("namespace-misspelt", item().replace(b"com/mrss/", b"com/mrss"), item()),
    ("extension-element-unknown", item("<dc:author>Ann</dc:author>"), item("<dc:creator>Ann</dc:creator>")),
    (
        "xml-lang",
        item("<description xml:lang='en_GB'>a</description>"),
        item("<description xml:lang='en-GB'>a</description>"),
    ),
    (
        "xml-base",
        item("<description xml:base='a b'>a</description>"),
        item("<description xml:base='https://example.org/'>a</description>"),
    ),
    (
        "rss-schema",
        channel("<itunes:owner><itunes:email>a@example.org</itunes:email><my:a/></itunes:owner>"),
        channel("<itunes:owner><itunes:email>a@example.org</itunes:email></itunes:owner>"),
    ),
    ("not-well-formed", b"<rss>", channel()),
    ("format-unknown", b"<html/>", channel()),
    ("problems-left-out", channel(f"<item>{GUID}</item>" * 60), channel()),
)
