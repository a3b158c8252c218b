"""For each code of an extension: the smallest document that breaks the rule, and the smallest that keeps it."""

from __future__ import annotations

from check_documents import ENTRY_HEAD, channel, entry, feed, item

MEDIA = "url='https://example.org/a.mp4'"
GONE = "<at:deleted-entry ref='tag:example.org,2026:{}' when='{}'/>"
NOON, BEFORE = "2026-03-01T12:00:00Z", "2026-02-01T12:00:00Z"


def reply(attributes: str) -> bytes:
    return entry(f"<thr:in-reply-to {attributes}/>")


def replies(attributes: str) -> bytes:
    return entry(f"<link rel='replies' href='https://example.org/replies' {attributes}/>")


def media(attributes: str, inside: str = "") -> bytes:
    return item(f"<media:content {MEDIA} {attributes}>{inside}</media:content>")


CASES: tuple[tuple[str, bytes, bytes], ...] = (
    ("dc-date", item("<dc:date>1 March</dc:date>"), item("<dc:date>2026-03</dc:date>")),
    ("dc-date", item("<dc:date>2026-03-01T09:30</dc:date>"), item("<dc:date>2026-03-01T09:30Z</dc:date>")),
    ("dc-language", item("<dc:language>english</dc:language>"), item("<dc:language>en</dc:language>")),
    (
        "content-repeated",
        item("<description>a</description>" + "<content:encoded>a</content:encoded>" * 2),
        item("<description>a</description><content:encoded>a</content:encoded>"),
    ),
    ("thr-ref", reply(""), reply("ref='tag:example.org,2026:a'")),
    ("thr-ref", reply("ref='a'"), reply("ref='tag:example.org,2026:a'")),
    ("thr-iri", reply("ref='tag:example.org,2026:a' href='a b'"), reply("ref='tag:example.org,2026:a' href='a'")),
    (
        "thr-type",
        reply("ref='tag:example.org,2026:a' href='a' type='html'"),
        reply("ref='tag:example.org,2026:a' href='a' type='text/html'"),
    ),
    ("thr-type", reply("ref='tag:example.org,2026:a' type='text/html'"), reply("ref='tag:example.org,2026:a'")),
    ("thr-count", replies("thr:count='01'"), replies("thr:count='1'")),
    ("thr-count", entry("<thr:total>2.5</thr:total>"), entry("<thr:total>2</thr:total>")),
    ("thr-updated", replies("thr:updated='2026-03-01'"), replies(f"thr:updated='{NOON}'")),
    ("thr-attribute-unknown", replies(f"thr:when='{NOON}'"), replies(f"thr:updated='{NOON}'")),
    ("thr-total-repeated", entry("<thr:total>2</thr:total>" * 2), entry("<thr:total>2</thr:total>")),
    (
        "fh-not-empty",
        feed("<fh:archive>yes</fh:archive><link rel='current' href='https://example.org/'/>"),
        feed("<fh:archive/><link rel='current' href='https://example.org/'/>"),
    ),
    (
        "fh-complete-paged",
        feed("<fh:complete/><link rel='next' href='https://example.org/2'/>"),
        feed("<fh:complete/>"),
    ),
    (
        "fh-complete-paged",
        channel("<fh:complete/><atom:link rel='next' href='https://example.org/2'/>"),
        channel("<fh:complete/>"),
    ),
    (
        "fh-archive-current",
        feed("<fh:archive/>"),
        feed("<fh:archive/><link rel='current' href='https://example.org/'/>"),
    ),
    ("at-ref", feed(f"<at:deleted-entry when='{NOON}'/>"), feed(GONE.format("a", NOON))),
    ("at-ref", feed(f"<at:deleted-entry ref='a' when='{NOON}'/>"), feed(GONE.format("a", NOON))),
    ("at-when", feed(GONE.format("a", "2026-03-01")), feed(GONE.format("a", NOON))),
    ("at-repeated", feed(GONE.format("a", NOON) * 2), feed(GONE.format("a", NOON) + GONE.format("a", BEFORE))),
    (
        "at-repeated",
        feed(GONE.format("a", NOON).replace("/>", ">" + "<at:comment>a</at:comment>" * 2 + "</at:deleted-entry>")),
        feed(GONE.format("a", NOON).replace("/>", "><at:comment>a</at:comment></at:deleted-entry>")),
    ),
    (
        "at-entry-living",
        feed(f"{GONE.format('tides', NOON)}<entry>{ENTRY_HEAD}</entry>"),
        feed(f"{GONE.format('tides', BEFORE)}<entry>{ENTRY_HEAD}</entry>"),
    ),
    ("slash-comments", item("<slash:comments>many</slash:comments>"), item("<slash:comments>3</slash:comments>")),
    (
        "sy-value",
        channel("<sy:updatePeriod>often</sy:updatePeriod>"),
        channel("<sy:updatePeriod>daily</sy:updatePeriod>"),
    ),
    (
        "sy-value",
        channel("<sy:updateFrequency>0</sy:updateFrequency>"),
        channel("<sy:updateFrequency>2</sy:updateFrequency>"),
    ),
    (
        "sy-value",
        channel("<sy:updateBase>noon</sy:updateBase>"),
        channel("<sy:updateBase>2026-03-01T00:00Z</sy:updateBase>"),
    ),
    (
        "licence-iri",
        item("<cc:license>CC-BY</cc:license>"),
        item("<cc:license>https://creativecommons.org/licenses/by/4.0/</cc:license>"),
    ),
    ("wfw-comments", item("<wfw:commentRss/>"), item("<wfw:commentRss>https://example.org/c.xml</wfw:commentRss>")),
    ("media-url-missing", item("<media:content type='video/mp4'/>"), media("")),
    (
        "media-url-missing",
        item("<media:thumbnail width='9'/>"),
        item("<media:thumbnail url='https://example.org/a.png'/>"),
    ),
    (
        "media-url-missing",
        item("<media:content/>"),
        item("<media:content><media:player url='https://example.org/'/></media:content>"),
    ),
    ("media-url", item("<media:thumbnail url='/a.png'/>"), item("<media:thumbnail url='https://example.org/a.png'/>")),
    ("media-value", media("medium='film'"), media("medium='video'")),
    ("media-value", media("expression='part'"), media("expression='sample'")),
    ("media-value", media("isDefault='yes'"), media("isDefault='true'")),
    ("media-value", media("duration='long'"), media("duration='185'")),
    ("media-value", media("type='mp4'"), media("type='video/mp4'")),
    ("media-value", media("lang='english'"), media("lang='en'")),
    (
        "media-value",
        item("<media:thumbnail url='https://example.org/a.png' width='9px'/>"),
        item("<media:thumbnail url='https://example.org/a.png' width='9' time='12:05:35.250'/>"),
    ),
    (
        "media-value",
        item("<media:thumbnail url='https://example.org/a.png' time='later'/>"),
        item("<media:thumbnail url='https://example.org/a.png'/>"),
    ),
    (
        "media-value",
        item("<media:title type='text'>a</media:title>"),
        item("<media:title type='plain'>a</media:title>"),
    ),
    (
        "media-value",
        item("<media:credit scheme='ebu'>a</media:credit>"),
        item("<media:credit scheme='urn:ebu'>a</media:credit>"),
    ),
    ("media-hash", item("<media:hash>a</media:hash>"), item(f"<media:hash>{'a' * 32}</media:hash>")),
    (
        "media-hash",
        item(f"<media:hash algo='sha-1'>{'a' * 32}</media:hash>"),
        item(f"<media:hash algo='sha-1'>{'a' * 40}</media:hash>"),
    ),
    (
        "media-restriction",
        item("<media:restriction relationship='perhaps'>all</media:restriction>"),
        item("<media:restriction relationship='allow'>all</media:restriction>"),
    ),
    (
        "media-restriction",
        item("<media:restriction relationship='deny' type='country'>France</media:restriction>"),
        item("<media:restriction relationship='deny' type='country'>fr de</media:restriction>"),
    ),
    (
        "media-restriction",
        item("<media:restriction relationship='deny' type='uri'>/a</media:restriction>"),
        item("<media:restriction relationship='deny' type='uri'>https://example.org/a</media:restriction>"),
    ),
    ("media-rating", item("<media:adult>no</media:adult>"), item("<media:adult>false</media:adult>")),
    (
        "media-repeated",
        item("<media:title>a</media:title><media:title>b</media:title>"),
        item("<media:title>a</media:title>"),
    ),
    (
        "media-group-alone",
        item(f"<media:group><media:content {MEDIA}/></media:group>"),
        item(f"<media:group><media:content {MEDIA}/><media:content {MEDIA}/></media:group>"),
    ),
    (
        "media-group-defaults",
        item("<media:group>" + f"<media:content {MEDIA} isDefault='true'/>" * 2 + "</media:group>"),
        item(f"<media:group><media:content {MEDIA}/><media:content {MEDIA} isDefault='true'/></media:group>"),
    ),
    (
        "itunes-explicit",
        item("<itunes:explicit>no</itunes:explicit>"),
        item("<itunes:explicit>false</itunes:explicit>"),
    ),
    (
        "itunes-duration",
        item("<itunes:duration>an hour</itunes:duration>"),
        item("<itunes:duration>1:02:03</itunes:duration>"),
    ),
    ("itunes-image", item("<itunes:image href='/a.jpg'/>"), item("<itunes:image href='https://example.org/a.jpg'/>")),
    ("itunes-image", item("<itunes:image/>"), item("<itunes:image href='https://example.org/a.jpg'/>")),
    (
        "itunes-category",
        channel("<itunes:category text='Everything'/>"),
        channel("<itunes:category text='Arts'><itunes:category text='Books'/></itunes:category>"),
    ),
    (
        "itunes-category",
        channel("<itunes:category text='Arts'><itunes:category text='Golf'/></itunes:category>"),
        channel("<itunes:category text='TV &amp; Film'/>"),
    ),
    ("itunes-category", channel("<itunes:category/>"), channel("<itunes:category text='Arts'/>")),
    (
        "itunes-category-former",
        channel("<itunes:category text='Travel'/>"),
        channel("<itunes:category text='Leisure'/>"),
    ),
    (
        "itunes-category-former",
        channel("<itunes:category text='Arts'><itunes:category text='Literature'/></itunes:category>"),
        channel("<itunes:category text='Arts'><itunes:category text='Books'/></itunes:category>"),
    ),
    (
        "itunes-value",
        item("<itunes:episodeType>half</itunes:episodeType>"),
        item("<itunes:episodeType>bonus</itunes:episodeType>"),
    ),
    ("itunes-value", item("<itunes:episode>0</itunes:episode>"), item("<itunes:episode>1</itunes:episode>")),
    ("itunes-value", channel("<itunes:type>weekly</itunes:type>"), channel("<itunes:type>serial</itunes:type>")),
    ("itunes-value", item("<itunes:block>Absolutely</itunes:block>"), item("<itunes:block>Yes</itunes:block>")),
    ("itunes-value", item("<itunes:order>first</itunes:order>"), item("<itunes:order>1</itunes:order>")),
    (
        "itunes-value",
        channel("<itunes:new-feed-url>/rss</itunes:new-feed-url>"),
        channel("<itunes:new-feed-url>https://example.org/rss</itunes:new-feed-url>"),
    ),
    (
        "itunes-value",
        channel("<itunes:owner><itunes:email>Ann</itunes:email></itunes:owner>"),
        channel("<itunes:owner><itunes:email>ann@example.org</itunes:email></itunes:owner>"),
    ),
    (
        "itunes-email-missing",
        channel("<itunes:owner><itunes:name>Ann</itunes:name></itunes:owner>"),
        channel("<itunes:owner><itunes:email>ann@example.org</itunes:email></itunes:owner>"),
    ),
    ("itunes-repeated", item("<itunes:author>a</itunes:author>" * 2), item("<itunes:author>a</itunes:author>")),
    (
        "itunes-too-long",
        item(f"<itunes:subtitle>{'a' * 256}</itunes:subtitle>"),
        item(f"<itunes:summary>{'a' * 256}</itunes:summary>"),
    ),
    (
        "itunes-keywords",
        item(f"<itunes:keywords>{',' * 12}</itunes:keywords>"),
        item(f"<itunes:keywords>{',' * 11}</itunes:keywords>"),
    ),
)
