"""For each code of Atom: the smallest document that breaks the rule, and the smallest that keeps it."""

from __future__ import annotations

from check_documents import ATOM_HEAD, ATOM_SELF, AUTHOR, ENTRY_HEAD, ENTRY_ID, ENTRY_LINK, UPDATED, entry, feed

DIV = '<div xmlns="http://www.w3.org/1999/xhtml">a</div>'
SUMMARY = "<summary>a</summary>"
GONE = "<at:deleted-entry ref='tag:example.org,2026:a' when='2026-03-01T09:30:00Z'>{}</at:deleted-entry>"
BARE = f"{ENTRY_ID}<title>Tides</title>{UPDATED}"
LATER = "<updated>2026-03-01T10:30:00+01:00</updated>"


def titled(title: str) -> bytes:
    return entry(title, f"{ENTRY_ID}{UPDATED}{ENTRY_LINK}")


def identified(name: str) -> bytes:
    return entry(f"<id>{name}</id>", ENTRY_HEAD.replace(ENTRY_ID, ""))


def alone(more: str) -> bytes:
    return f'<entry xmlns="http://www.w3.org/2005/Atom">{ENTRY_HEAD}{more}</entry>'.encode()


def two(second: str) -> bytes:
    return feed(f"<entry>{ENTRY_HEAD}</entry><entry>{second}</entry>")


CASES: tuple[tuple[str, bytes, bytes], ...] = (
    ("atom-element-unknown", entry("<author_name/>"), entry("<my:author_name/>")),
    ("atom-element-unknown", feed("<a xmlns=''/>"), feed("<a xmlns='https://example.org/'/>")),
    ("atom-element-unknown", entry("<Summary>a</Summary>"), entry(SUMMARY)),
    ("atom-attribute-unknown", entry("<summary mode='a'>a</summary>"), entry("<summary my:mode='a'>a</summary>")),
    ("atom-text-stray", entry("tides"), entry("\n")),
    ("atom-child-in-text", feed("<icon><b/></icon>"), feed("<icon>https://example.org/a.ico</icon>")),
    ("atom-element-repeated", entry(SUMMARY * 2), entry(SUMMARY)),
    ("atom-element-repeated", feed("<author><name>a</name><name>b</name></author>"), feed(AUTHOR)),
    ("atom-element-missing", entry(head=ENTRY_HEAD.replace(UPDATED, "")), entry()),
    ("atom-element-missing", feed("<author><uri>https://example.org/</uri></author>"), feed(AUTHOR)),
    ("atom-attribute-missing", entry("<link rel='via'/>"), entry("<link rel='via' href='https://example.org/'/>")),
    ("atom-attribute-missing", entry("<category label='a'/>"), entry("<category term='a'/>")),
    ("atom-title-empty", titled("<title/>"), titled("<title>a</title>")),
    ("atom-name-empty", feed("<author><name> </name></author>"), feed(AUTHOR)),
    (
        "atom-author-missing",
        feed(f"<entry>{ENTRY_HEAD}</entry>", ATOM_HEAD.replace(AUTHOR, "")),
        feed(f"<entry>{ENTRY_HEAD}{AUTHOR}</entry>", ATOM_HEAD.replace(AUTHOR, "")),
    ),
    (
        "atom-author-missing",
        feed(f"<entry>{ENTRY_HEAD}<source><title>a</title></source></entry>", ATOM_HEAD.replace(AUTHOR, "")),
        feed(head=ATOM_HEAD.replace(AUTHOR, "")),
    ),
    ("atom-author-missing", alone(""), alone(AUTHOR)),
    (
        "atom-alternate-repeated",
        entry("<link rel='alternate' href='https://example.org/a'/>"),
        entry("<link hreflang='de' href='https://example.org/a'/>"),
    ),
    ("atom-alternate-missing", entry(head=BARE), entry("<content>a</content>", BARE)),
    (
        "atom-summary-missing",
        entry("<content src='https://example.org/a' type='text/html'/>"),
        entry(f"<content src='https://example.org/a' type='text/html'/>{SUMMARY}"),
    ),
    (
        "atom-summary-missing",
        entry("<content type='image/png'>YQ==</content>"),
        entry(f"<content type='image/png'>YQ==</content>{SUMMARY}"),
    ),
    ("atom-text-type", titled("<title type='text/html'>a</title>"), titled("<title type='html'>a</title>")),
    ("atom-text-markup", titled("<title><b>a</b></title>"), titled("<title type='html'>&lt;b>a&lt;/b></title>")),
    (
        "atom-text-markup",
        entry("<content type='html'><b>a</b></content>"),
        entry("<content type='html'>&lt;b>a&lt;/b></content>"),
    ),
    ("atom-xhtml-div", entry("<content type='xhtml'>a</content>"), entry(f"<content type='xhtml'>{DIV}</content>")),
    (
        "atom-xhtml-div",
        entry(f"<summary type='xhtml'>{DIV}{DIV}</summary>"),
        entry(f"<summary type='xhtml'>\n{DIV}\n</summary>"),
    ),
    (
        "atom-xhtml-div",
        entry("<summary type='xhtml'><div>a</div></summary>"),
        entry(f"<summary type='xhtml'>{DIV}</summary>"),
    ),
    ("atom-text-html", titled("<title>Ebb &amp;amp; flow</title>"), titled("<title>Ebb &amp; flow, a &lt; b</title>")),
    ("atom-content-type", entry("<content type='CDATA'>a</content>"), entry("<content type='html'>a</content>")),
    (
        "atom-content-type",
        entry(f"<content type='html' src='https://example.org/'/>{SUMMARY}"),
        entry(f"<content type='text/html' src='https://example.org/'/>{SUMMARY}"),
    ),
    (
        "atom-content-form",
        entry("<content type='image/svg+xml'>a<svg xmlns='http://www.w3.org/2000/svg'/></content>"),
        entry("<content type='image/svg+xml'> <svg xmlns='http://www.w3.org/2000/svg'/> </content>"),
    ),
    (
        "atom-content-form",
        entry(f"<content type='image/png'>Y!</content>{SUMMARY}"),
        entry(f"<content type='image/png'>YQ\n==</content>{SUMMARY}"),
    ),
    (
        "atom-content-form",
        entry(f"<content src='https://example.org/a' type='text/html'>a</content>{SUMMARY}"),
        entry("<content type='text/plain'>a</content>"),
    ),
    (
        "atom-content-form",
        entry("<content type='text/plain'><b/></content>"),
        entry("<content type='text/plain'>a</content>"),
    ),
    ("atom-id", identified("tides"), identified("tag:example.org,2026:tides")),
    ("atom-id", identified(" tag:example.org,2026:tides"), identified("https://example.org/?a=b")),
    ("atom-id", identified("urn:uuid:17"), identified("urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a")),
    ("atom-id-not-ascii", identified("https://example.org/é"), identified("https://example.org/%C3%A9")),
    ("atom-id-form", identified("https://Example.org/"), identified("https://example.org/")),
    ("atom-id-form", identified("http://example.org:80/"), identified("http://example.org:8080/")),
    ("atom-id-form", identified("http://example.org"), identified("http://example.org/")),
    ("atom-id-form", identified("http://example.org/a/../b"), identified("http://example.org/a..b")),
    ("atom-id-repeated", two(ENTRY_HEAD), two(ENTRY_HEAD.replace("tides<", "ebb<"))),
    ("atom-id-revised", two(ENTRY_HEAD.replace("09:30", "08:30")), two(ENTRY_HEAD.replace("tides<", "ebb<"))),
    (
        "atom-date",
        entry("<published>2026-03-01T09:30:00</published>"),
        entry("<published>2026-03-01T09:30:00.5+01:00</published>"),
    ),
    (
        "atom-date",
        entry("<published>2026-02-29T09:30:00Z</published>"),
        entry("<published>2024-02-29T09:30:00Z</published>"),
    ),
    (
        "atom-date",
        entry("<published>2026-03-01t09:30:00Z</published>"),
        entry("<published>2026-03-01T09:30:00Z</published>"),
    ),
    (
        "atom-date",
        entry("<published> 2026-03-01T09:30:00Z</published>"),
        entry("<published>2016-12-31T23:59:60Z</published>"),
    ),
    (
        "atom-updated-behind",
        entry(head=ENTRY_HEAD.replace("09:30", "09:31")),
        entry(head=ENTRY_HEAD.replace(UPDATED, LATER)),
    ),
    ("atom-iri", entry("<link rel='via' href=' https://example.org/'/>"), entry("<link rel='via' href='/é'/>")),
    (
        "atom-iri",
        entry(f"<content src='a b' type='text/html'/>{SUMMARY}"),
        entry(f"<content src='a%20b' type='text/html'/>{SUMMARY}"),
    ),
    ("atom-iri", feed("<logo>a b.png</logo>"), feed("<logo>https://example.org/a.png</logo>")),
    (
        "atom-iri-not-absolute",
        entry("<category term='a' scheme='/tags'/>"),
        entry("<category term='a' scheme='https://example.org/tags'/>"),
    ),
    (
        "atom-iri-not-absolute",
        feed("<generator uri='/feeds'>Feeds</generator>"),
        feed("<generator uri='https://example.org/'>Feeds</generator>"),
    ),
    (
        "atom-email",
        feed("<author><name>a</name><email>Ann &lt;a@example.org></email></author>"),
        feed("<author><name>a</name><email>a@example.org</email></author>"),
    ),
    (
        "atom-link-relation",
        feed("<link rel='prev' href='https://example.org/2'/>"),
        feed("<link rel='previous' href='https://example.org/2'/>"),
    ),
    (
        "atom-link-relation",
        entry("<link rel='a:' href='https://example.org/2'/>"),
        entry("<link rel='https://example.org/rel' href='https://example.org/2'/>"),
    ),
    (
        "atom-link-type",
        entry("<link rel='via' type='html' href='https://example.org/'/>"),
        entry("<link rel='via' type='text/html; charset=utf-8' href='https://example.org/'/>"),
    ),
    (
        "atom-link-language",
        entry("<link rel='via' hreflang='english' href='https://example.org/'/>"),
        entry("<link rel='via' hreflang='en' href='https://example.org/'/>"),
    ),
    (
        "atom-link-length",
        entry("<link rel='via' length='1k' href='https://example.org/'/>"),
        entry("<link rel='via' length='1024' href='https://example.org/'/>"),
    ),
    (
        "atom-enclosure-length",
        entry("<link rel='enclosure' href='https://example.org/a.mp3'/>"),
        entry("<link rel='enclosure' length='9' href='https://example.org/a.mp3'/>"),
    ),
    ("atom-self-missing", feed(head=ATOM_HEAD.replace(ATOM_SELF, "")), feed()),
    (
        "atom-related-relative",
        entry("<link rel='related' href='/ebb'/>"),
        entry("<link rel='related' href='https://example.org/ebb'/>"),
    ),
    (
        "atom-related-itself",
        entry("<link rel='related' href='https://example.org/tides/'/>"),
        entry("<link rel='related' href='https://example.org/ebb/'/>"),
    ),
    (
        "atom-entries-first",
        feed(f"<entry>{ENTRY_HEAD}</entry><rights>a</rights>"),
        feed(f"<rights>a</rights><entry>{ENTRY_HEAD}</entry>"),
    ),
    (
        "html-script",
        entry("<content type='html'>&lt;script>a()&lt;/script></content>"),
        entry("<content>&lt;script></content>"),
    ),
    (
        "html-script",
        entry(f"<content type='xhtml'>{DIV.replace('>a<', '><script/><')}</content>"),
        entry(f"<content type='xhtml'>{DIV}</content>"),
    ),
    ("root-wrong", b'<feed xmlns="http://www.w3.org/2005/atom"/>', feed()),
    ("root-wrong", b"<feed/>", feed()),
    ("atom-schema", feed(GONE.format("<at:by/>")), feed(GONE.format("<at:by><name>a</name></at:by>"))),
)
