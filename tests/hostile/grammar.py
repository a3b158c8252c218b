"""What every kind of file is made of, to be repeated until it is large: a name, the files, and the command for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

LARGE = 2**20
SITE = 'title = "Tides"\nurl = "https://tides.example/"\n'
OUT = ("--out", "out")


@dataclass(frozen=True, slots=True)
class Case:
    """A command on files that one piece, over and over, makes large.

    Args:
        before, piece, after: of the file `name`: the piece stands in it as often as there is room.
        argv: the command.
        files: others that it needs.
        size: of the file, in bytes.
    """

    name: str
    before: str
    piece: str
    after: str
    argv: tuple[str, ...] = ("build", "content", *OUT)
    files: Mapping[str, str] = field(default_factory=dict)
    size: int = LARGE

    @property
    def text(self) -> bytes:
        """The file's content; "{n}" in the piece is the number of its place."""
        before, after, piece = (part.encode() for part in (self.before, self.after, self.piece))
        room = self.size - len(before) - len(after)
        if b"{n}" not in piece:
            return before + piece * (room // len(piece)) + after
        pieces = []
        while room > 0:
            pieces.append(piece.replace(b"{n}", b"%d" % len(pieces)))
            room -= len(pieces[-1])
        return before + b"".join(pieces) + after


# What stands before the repeated piece, and after it, in each form of front matter; what may stand there.
_FORMS = {
    "yaml": ("a.md", "---\ntitle: a\ndate: 2024-01-01\n", "\n---\nText\n"),
    "unclosed yaml": ("a.md", "---\ntitle: a\ndate: 2024-01-01\n", "\n\nText\n"),
    "hexo": ("a.md", "title: a\ndate: 2024-01-01\n", "\n---\nText\n"),
    "toml": ("a.md", '+++\ntitle = "a"\ndate = 2024-01-01\n', "\n+++\nText\n"),
    "json": ("a.md", '{"title": "a", "date": "2024-01-01", ', "}\nText\n"),
    "semicolons": ("a.md", ';;;\n"title": "a", "date": "2024-01-01",\n', "\n;;;\nText\n"),
    "metadata": ("a.md", "Title: a\nDate: 2024-01-01\n", "\n\nText\n"),
    "nikola": ("a.md", ".. title: a\n.. date: 2024-01-01\n", "\n\nText\n"),
    "rest": ("a.rst", "aa\n==\n\n:date: 2024-01-01\n", "\n\nText\n"),
    "asciidoc": ("a.adoc", "= a\n:date: 2024-01-01\n", "\n\nText\n"),
    "page": (
        "a.html",
        "<html><head><title>a</title><meta name=date content=2024-01-01>",
        "</head><body>Text</body></html>",
    ),
}
_FRONT = {
    "yaml": (
        *(
            "a: b\n",
            "k{n}: v\n",
            "- ",
            "x: - ",
            "[",
            "{",
            "? ",
            ": ",
            "a: [",
            "tags: [a, b]\n",
            "\ta: b\n",
            'a: "b\n',
            "a: 'b' c\n",
        ),
        *(
            "#\n",
            "&a{n} ",
            "*a ",
            "!a ",
            "k: &a{n} [*a]\n",
            "k: |\n  a\n",
            "tags:\n",
            "- a{n}\n",
            "- {a: b}\n",
            "a: b: c\n",
        ),
        *(
            "<<: {}\n",
            "k{n}: {<<: {a: b}}\n",
            "'",
            '"',
            "\\",
            "%",
            "@",
            "`",
            "a{n}: [[[[a]]]]\n",
            " ",
            "\n",
            "a",
            "1",
            "- [\n",
            "k{n}: 'a\n",
        ),
        *(
            "url: /a\n",
            "images: [a{n}.png]\n",
            "authors: [{name: a{n}}]\n",
            "k{n}: a: b\n",
            "date: 2024-01-01\n",
            "k{n}: {a: b\n",
        ),
    ),
    "toml": (
        *(
            "a{n} = 1\n",
            "a.",
            "a{n}.b.c = 1\n",
            "a = 1\n",
            "[a{n}]\n",
            "[[a]]\n",
            "[a.b.c{n}]\n",
            "x = [",
            "x = {a = ",
            '"',
            "'",
            '"""',
            "'''",
        ),
        *(
            "#",
            "\n",
            " ",
            "a{n} = [1, [2, [3]]]\n",
            "a{n} = {b = {c = 1}}\n",
            "[[a]]\n[[a.b]]\n",
            "a.a = 1\n",
            "a{n} = 1979-05-27T07:32:00Z\n",
            "\\u0061",
        ),
    ),
    "json": (
        '"a": 1,',
        '"a{n}": 1,',
        '"a": [',
        '"a": {',
        "[",
        "{",
        '"',
        "\\",
        '"a": "\\u0061", ',
        " ",
        "1",
        '"a": [1,2], ',
        '"a{n}": {"a": [{}]}, ',
        "\n",
    ),
    "metadata": ("a: b\n", "k{n}: v\n", "  b\n", "tags: a\n", "a", " ", "a a", ":", "k{n}:\n", "\n"),
    "nikola": (".. a: b\n", ".. k{n}: v\n", ".. ", ".", "..\n"),
    "rest": (":a: b\n", ":k{n}: v\n", ":", "   b\n", "=\n", "==\n", "a\n=\n", ".. a\n", "\n"),
    "asciidoc": (":a: b\n", ":k{n}: v\n", ":!a:\n", ":", "a\n", "// a\n", "\n", ":a: b \\\n"),
    "page": (
        "<meta name=a content=b>",
        "<meta name=author content=a{n}>",
        "<title>",
        "<",
        "<a ",
        "<!--",
        "<script>",
        " a{n}=b",
    ),
}
_FRONT |= {"unclosed yaml": _FRONT["yaml"], "hexo": _FRONT["yaml"], "semicolons": _FRONT["json"]}

_LISTS = {
    "tags: [": ("a{n}, ", "[a{n}], ", "{name: a{n}}, ", "{}, ", "'a{n}', ", "1, ", "true, "),
    "authors: [": ("a{n}, ", "{name: a{n}, email: a@b}, ", "a <a@b>, ", "{}, ", "a{n} and b, "),
    "categories: [": ("a{n}, ", "[a, b{n}], ", "{term: a{n}, scheme: x}, "),
    "images: [": ("a{n}.png, ", "{src: a{n}.png}, ", "http://a/{n}, ", "{}, "),
    "enclosures: [": ("a{n}.mp3, ", "{url: a{n}.mp3, length: 1}, ", "{}, "),
    "references: [": ("a{n}, ", "{url: 'http://a/{n}'}, ", "{}, "),
    "via: [": ("http://a/{n}, ", "{}, "),
    "feeds: [": ("a{n}, ", "tag/a{n}, "),
    "tags: ": ("a,", "a ", "a{n},", ","),
    "title: ": ("a", "a ", "&amp;", "<b>", "<", "*a*", "`", "[a](b)", "a{n}"),
    "summary: ": ("a", "a. ", "&lt;", "<b>", "<", "*a*", "**", "`", "[a](b)", "![", "_a_"),
    "date: ": ("1", "2024-", "-", ":", "a", "1 ", "a ", "+", "T", "Z", "jan ", "2024-01-01 ", "0", ".", "/", "12/"),
    "url: ": ("a", "/", "../", "%", "%41", "?", "#", "http://", "a:", ":", "@", "//a"),
    "slug: ": ("a", "/", "-", "%", "é", "."),
    "author: ": ("a", "a, ", "a and ", "<", "<a@b>", "(", "a <a@b>, "),
    "rights: ": ("a", "&amp;", "<b>"),
    "id: ": ("a", "tag:", "urn:", ":", "/"),
    "language: ": ("a", "a-", "en-", "-"),
    "image: ": ("a", "/", "../", "%", "http://"),
    "source: ": ("a", "http://a "),
}

_BODIES = (
    *(
        "a",
        "a ",
        " ",
        "a\n",
        "\n",
        "# a\n",
        "=\n",
        "- a\n",
        "  - a\n",
        "1. a\n",
        "> ",
        ">",
        "> a\n",
        "* ",
        "+ ",
        "    a\n",
        "\t",
        "-",
        "---\n",
        "a\n---\n",
    ),
    *(
        "`",
        "``a`",
        "```\n",
        "~~~",
        "*",
        "**",
        "*a*",
        "*a **b",
        "_",
        "__a",
        "~~",
        "^",
        "$",
        "$$",
        "$a$",
        "\\",
        "\\[",
        "[",
        "[a]",
        "[a](",
        "[a](b)",
        "](",
        "![",
    ),
    *(
        "![a](b.png)",
        "[a]: b\n",
        "[a{n}]: b\n",
        "[^a{n}]: b\n",
        "[^a]",
        "[a][b]",
        "<",
        "<a>",
        "<a{n}>",
        "</a>",
        "<a href=b>",
        "<p>",
        "<p",
        "<div>",
        "<b>",
        "<b><p>",
    ),
    *(
        "<i><b>",
        "<table>",
        "<td>",
        "<tr><td>",
        "<ul><li>",
        "<select><option>",
        "<!--",
        "-->",
        "<!-- a -->",
        "<![CDATA[",
        "<?a ",
        "<!a",
        "<script>",
        "<style>",
        "<svg>",
        "<math>",
    ),
    *(
        "<a b=c ",
        " a=b",
        " a{n}=b",
        "<img src=a>",
        "<img src='a",
        "<iframe src=a>",
        "<video>",
        "<details>",
        "<pre>",
        "<code>",
        "<svg><style>",
        "<template>",
        "<form>",
    ),
    *(
        "&",
        "&amp;",
        "&a",
        "&#1",
        "&#x",
        "&lt;",
        "|",
        "|a|b\n",
        "| a |\n| - |\n",
        "|-",
        ":a:",
        ":::",
        "::: a\n",
        ":",
        "(c)",
        "...",
        '"a" ',
        "'",
        "http://a ",
        "www.a ",
        "a@b.c ",
        "<http://a>",
    ),
    *(
        "é",
        "\u200b",
        "\u202e",
        "\U0001f600",
        "a\u0301",
        "\x85",
        "\u2028",
        "[ ] a\n",
        "- [x] a\n",
        "==a==",
        "{.a}",
        "{#a}",
        "{:",
        "{: .a}\n",
        "*[a]: b\n",
        "a\n: b\n",
        "<h1>a</h1>",
    ),
    *(
        "<font><p>",
        "<nobr>",
        "<a><div>",
        "<p><b><i><u>",
        "</p>",
        "<li>",
        "<dd>",
        "<frameset>",
        "<image>",
        "<plaintext>",
        "<textarea>",
        "<title>",
        "<base>",
        "<object>",
        "<noscript>",
    ),
)
_TAGS = (
    *(
        "{%",
        "{% a %}",
        "{% if x %}",
        "{% endif %}",
        "{% for a in b %}",
        "{% raw %}",
        "{% comment %}",
        "{% highlight a %}",
        "{% include a.html %}",
        "{% include a b=c %}",
        "{% youtube a %}",
    ),
    *(
        "{% assign a = b %}",
        "{% assign a{n} = b %}",
        "{% capture a %}",
        "{% link a %}",
        "{% post_url a %}",
        "{% codeblock %}",
        "{% img a %}",
        "{% blockquote %}",
        "{% tabs %}",
        "{% a",
        "{%-",
    ),
    *(
        "{{",
        "{{ a }}",
        "{{ 'a' | b }}",
        "{{ a | b | c",
        "{{<",
        "{{< a >}}",
        "{{< a b=c >}}",
        "{{< ref a >}}",
        "{{< figure src=a >}}",
        "{{< youtube a >}}",
        "{{< highlight a >}}",
        "{{% a %}}",
        "{{%",
    ),
    *(
        "{{</",
        "{{< /a >}}",
        "{{< a >}}{{< /a >}}",
        "{{ a(b=",
        "{{ a(b='c') }}",
        "{#",
        "{# a #}",
        "<A />",
        "<A>",
        "</A>",
        "<A b={",
        "<A b={c}>",
        "import a from 'b'\n",
        "export ",
        "export const a = {\n",
    ),
    *(
        "{a}",
        "{",
        "}",
        "{/*",
        "{/* a */}",
        ":::note\n",
        ":::note\na\n:::\n",
        "!!! note\n",
        "    a\n",
        "[TOC]\n",
        "[[a]]",
        "[[",
        "![[a]]",
        "%%",
        "%% a %%",
        "{filename}a",
        "[a]({filename}b)",
    ),
    *(
        "<!-- more -->",
        "<!-- TEASER_END -->",
        ".. a::\n",
        "|filename|a",
        "[gallery]",
        "[caption a=b]",
        "[/a]",
        "[video src=a]",
        "<Figure src={a} />",
        "<Tabs>",
        "{{< a",
        '{{< a "',
        "{{< a `",
    ),
    *(
        "{% raw %}{% endraw %}",
        "{% if a %}b{% endif %}",
        "{{ '",
        '{{ "',
        "{% a '",
        "{{% /a %}}",
        "\\{",
        "{{/*",
        "{{< a />}}",
        "{{<a>}}",
        "[a]({{< ref b >}})",
        "{% embed a %}",
        "@@@",
        "$$a$$",
    ),
)
_REST = (
    *(
        "a\n\n",
        "a\n=\n\n",
        "- a\n",
        "* a\n\n",
        "+-+\n| |\n",
        "+---+---+\n| a | b |\n",
        "+-",
        "|",
        "= =\n",
        "== ==\na  b\n",
        "::\n\n  a\n",
        ".. a::\n\n",
        ".. note:: a\n\n",
        ".. |a| replace:: b\n\n",
    ),
    *(
        ".. [1] a\n",
        ".. _a: b\n",
        "`a`_ ",
        "`a <b>`_ ",
        "|a| ",
        "*a* ",
        "**",
        "``",
        "`",
        ":a:`b` ",
        "  a\n",
        " ",
        "1. a\n",
        "#. a\n",
        ":a: b\n",
        ">>> a\n",
        "| a\n",
        "[1]_ ",
        "[#]_ ",
        ".. [#] a\n",
        "a_ ",
        "__ a\n",
    ),
    *(
        ".. image:: a\n",
        ".. raw:: html\n\n  <b>\n\n",
        ".. code:: a\n\n  b\n\n",
        ".. include:: a\n",
        ".. math:: a\n\n",
        ".. contents::\n\n",
        ".. csv-table:: a\n\n  b,c\n\n",
        "=\n",
        "--\n",
        "    ",
        "a::\n",
        "-a  b\n",
    ),
    *("a{n}\n====\n\n", "a\n  b\n", "  " * 3 + "a\n", "\\", "_a ", "\n\n..\n\n"),
)
_ASCIIDOC = (
    "a\n\n",
    "== a\n\n",
    "* a\n",
    "** a\n",
    "----\n",
    "====\n",
    "|===\n",
    "|a ",
    ":a: b\n",
    "{a}",
    "image::a[]\n",
    "link:a[b] ",
    "<<a>>",
    "*a* ",
    "[a]\n",
    "+\n",
    "////\n",
    "a::\n",
    "`",
    "include::a[]\n",
    "++++\n",
)
_NEWS = (
    *(
        "a\n",
        "a{n}\n",
        "\n",
        "a b c. ",
        "A B\n",
        "A{n} B c\n",
        "By A\n",
        "BY A\n\n",
        "1 January 2024\n",
        "LONDON (Reuters) - a. ",
        "* a\n",
        "- a\n",
        "a:\n",
        "(c) A\n",
        "Copyright 2024 A\n",
        "Read more\n",
        "Also read: a\n",
    ),
    *(
        "a | b\n",
        "A > b\n",
        "a,",
        "a ",
        " ",
        "\t",
        "'",
        '"',
        ".",
        "a.\n\n",
        "A.\nb.\n",
        "a" * 60 + "\n",
        "word " * 14 + "\n",
        "Home\n",
        "Share\n",
        "é\n",
        "\u200b",
        "A - B\n",
        "A" * 8,
        "漢字\n",
        "漢",
        "#\n",
        "*",
    ),
)

_RSS = (
    '<rss version="2.0" xmlns:a="u:a" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">'
    "<channel><title>t</title><link>https://a.example/</link><description>d</description>"
)
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>urn:a</id><updated>2024-01-01T00:00:00Z</updated>'
)
_XML = {
    "rss": (_RSS, "</channel></rss>"),
    "rss item": (f"{_RSS}<item>", "</item></channel></rss>"),
    "rss description": (f"{_RSS}<item><description>", "</description></item></channel></rss>"),
    "rss date": (f"{_RSS}<item><pubDate>", "</pubDate></item></channel></rss>"),
    "rss guid": (f"{_RSS}<item><guid>", "</guid></item></channel></rss>"),
    "rss attribute": (f'{_RSS}<item><enclosure url="', '"/></item></channel></rss>'),
    "atom": (_ATOM, "</feed>"),
    "atom entry": (f"{_ATOM}<entry>", "</entry></feed>"),
    "atom content": (f'{_ATOM}<entry><content type="html">', "</content></entry></feed>"),
    "atom xhtml": (
        f'{_ATOM}<entry><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">',
        "</div></content></entry></feed>",
    ),
    "opml": ('<opml version="2.0"><head/><body>', "</body></opml>"),
    "sitemap": ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', "</urlset>"),
    "tag": ("<rss ", "/>"),
    "doctype": ("<!DOCTYPE rss [", "]><rss/>"),
    "nothing": ("", ""),
}
_XML_PIECES = (
    *(
        "<a/>",
        "<a>",
        "</a>",
        "<item/>",
        "<item></item>",
        "<item><title>a{n}</title></item>",
        "<item><guid>a</guid></item>",
        "<item><guid>a{n}</guid></item>",
        "<a:b/>",
        "<b:c/>",
        "<a{n}/>",
    ),
    *(
        "<category>a</category>",
        "<category domain='a{n}'>b</category>",
        "<enclosure url='a'/>",
        "<link>a</link>",
        "<title>a</title>",
        "<pubDate>a</pubDate>",
        "<author>a</author>",
        "<ttl>1</ttl>",
    ),
    *(
        "<atom:link href='a' rel='b'/>",
        "<link href='a'/>",
        "<link rel='alternate' href='a{n}'/>",
        "<entry/>",
        "<entry><id>a</id></entry>",
        "<entry><id>a{n}</id></entry>",
        "<author><name>a</name></author>",
    ),
    *(
        "<category term='a{n}'/>",
        "<itunes:category text='a'/>",
        "<media:content url='a'/>",
        "<media:group><media:content/></media:group>",
        "<outline text='a'/>",
        "<outline text='a'>",
        "<url><loc>https://a.example/{n}</loc></url>",
    ),
    *(
        " a{n}='b'",
        " a='b'",
        " xmlns:a{n}='b'",
        "&lt;",
        "&amp;",
        "&#97;",
        "&#x1;",
        "&a;",
        "<![CDATA[",
        "<![CDATA[a]]>",
        "]]>",
        "<!--",
        "<!-- a -->",
        "<?a b?>",
        "a",
        " ",
        "\n",
        "<",
        ">",
        "&",
        "'",
        '"',
    ),
    *(
        "&lt;b&gt;",
        "&lt;p a=b&gt;",
        "&lt;script&gt;",
        "&lt;a href=b&gt;",
        "&lt;!--",
        "&lt;table&gt;",
        " a{n}=b",
        "&amp;lt;",
        "&amp;amp;",
        "&lt;p&gt;&lt;b&gt;&lt;i&gt;",
        "&lt;img src=a style=b&gt;",
        "/a",
        "http://",
        "1",
        "+",
        ":",
        ", ",
        "%41",
        ".",
    ),
    *(
        "<!ENTITY a{n} 'b'>",
        "<!ENTITY a '&a;'>",
        "<!ELEMENT a (b)>",
        "<!ATTLIST a b CDATA #IMPLIED>",
        "%a;",
        "<!",
        "<p>",
        "<p><b/></p>",
        "<p a='b'/>",
    ),
)
_JSON_FEED = '{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": ['
_JSON = {
    "feed": (_JSON_FEED, "]}"),
    "item": (f'{_JSON_FEED}{{"id": "a", ', '"url": "https://a.example/"}]}'),
    "content": (f'{_JSON_FEED}{{"id": "a", "content_html": "', '"}]}'),
    "date": (f'{_JSON_FEED}{{"id": "a", "content_text": "b", "date_published": "', '"}]}'),
    "tags": (f'{_JSON_FEED}{{"id": "a", "content_text": "b", "tags": [', '"z"]}]}'),
    "top": ('{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [], ', '"_z": 1}'),
}
_JSON_PIECES = (
    *(
        "{},",
        '{"id": "a"},',
        '{"id": "a{n}", "content_text": "b"},',
        '{"id": {n}},',
        "[],",
        "[",
        "{",
        '"a": 1,',
        '"a{n}": 1,',
        '"_a": {},',
        '"_a{n}": [],',
        '"a",',
        '"a{n}",',
        "1,",
        "null,",
        "a",
        "\\u0061",
        "\\ud800",
    ),
    *(
        "\\\\",
        "1",
        "-",
        ".",
        " ",
        "\n",
        '"',
        ",",
        ":",
        "<b>",
        "<p a=b>",
        "&lt;",
        "<!--",
        " a{n}=b",
        "1e5,",
        '{"attachments": [{}]},',
        '"authors": [{}],',
        '"tags": ["a"],',
        "2024-",
        "T",
        "\\n",
        "é",
    ),
)


def cases() -> Iterator[tuple[str, Case]]:
    """All of them, by name."""
    for form, (name, before, after) in _FORMS.items():
        for piece in _FRONT[form]:
            for size in (LARGE, 250_000):
                yield f"{form} {size}: {piece!r}", _article(name, before, piece, after, size)
    for key, pieces in _LISTS.items():
        for piece in pieces:
            date = "" if key == "date: " else "date: 2024-01-01\n"
            end = "]" if key.endswith("[") else ""
            before = f"---\n{date}{'' if key == 'title: ' else 'title: a'}\n{key}"
            yield f"{key}{piece!r}", _article("a.md", before, piece, f"{end}\n---\nText\n", 250_000)
    for suffix in ("md", "html"):
        for piece in (*_BODIES, *_TAGS):
            head = "---\ntitle: a\ndate: 2024-01-01\n---\n"
            yield f"{suffix} body: {piece!r}", _article(f"a.{suffix}", head, piece, "\n", LARGE)
    for suffix, head, pieces in (
        ("rst", "aa\n==\n\n:date: 2024-01-01\n\n", _REST),
        ("adoc", "= a\n:date: 2024-01-01\n\n", _ASCIIDOC),
    ):
        for piece in pieces:
            yield f"{suffix} body: {piece!r}", _article(f"a.{suffix}", head, piece, "\n", LARGE)
    yield from _of_commands()


def _of_commands() -> Iterator[tuple[str, Case]]:
    for piece in _NEWS:
        page = Case(
            "page.txt",
            "A headline here\n\nBy A B\n\n",
            piece,
            "\n",
            ("import", "page", "page.txt", "--content", "content"),
        )
        yield f"import page: {piece!r}", page
    for place, (before, after) in _XML.items():
        for piece in _XML_PIECES:
            yield f"check {place}: {piece!r}", Case("feed.xml", before, piece, after, ("check", "feed.xml"))
    for place, (before, after) in _JSON.items():
        for piece in _JSON_PIECES:
            yield f"check JSON {place}: {piece!r}", Case("feed.json", before, piece, after, ("check", "feed.json"))
    for command in ("preview", "history"):
        for place in ("rss", "rss description", "atom entry", "atom content"):
            before, after = _XML[place]
            for piece in (
                "<item/>",
                "<entry/>",
                "a",
                "&lt;b&gt;",
                "&lt;",
                "<link>a</link>",
                "<atom:link href='a' rel='b'/>",
            ):
                yield f"{command} {place}: {piece!r}", Case("feed.xml", before, piece, after, (command, "feed.xml"))
        before, after = _JSON["feed"]
        yield (
            f"{command} JSON",
            Case("feed.json", before, '{"id": "a{n}", "content_html": "<b>"},', after, (command, "feed.json")),
        )
    for piece in (
        *_FRONT["toml"],
        "[[feed]]\nname = 'a{n}'\n",
        "[authors.a{n}]\nname = 'a'\n",
        "hubs = ['http://a/{n}']\n",
    ):
        yield f"site.toml: {piece!r}", Case("content/site.toml", SITE, piece, "\n")
    for name, pieces in (
        ("_config.yml", _FRONT["yaml"]),
        ("hugo.toml", _FRONT["toml"]),
        (
            "pelicanconf.py",
            (
                "a = 1\n",
                "(",
                "-",
                "a+",
                "1+",
                "[",
                "'",
                "a.",
                "not ",
                "f'{",
                "lambda: ",
                "a = [1]\n",
                "a{n} = 'b'\n",
                "a(",
                "#",
                "\\\n",
            ),
        ),
    ):
        for piece in pieces:
            case = Case(
                f"old/{name}",
                "title: a\n" if name.endswith("yml") else "",
                piece,
                "\n",
                ("init", "new", "--from", "old"),
                size=250_000,
            )
            yield f"init --from {name}: {piece!r}", case
    for piece in ("a\tb\n", "a\n", "\t", "a{n}.md\ttag:a,2024:{n}\n", "#\n"):
        yield f"ids.tsv: {piece!r}", Case("content/ids.tsv", "", piece, "", files={"content/site.toml": SITE})
    for piece in ("- a\n", "a{n}:\n  name: b\n", "[", "a: b\n", "- {name: a{n}}\n"):
        yield (
            f"authors.yml: {piece!r}",
            Case("content/_data/authors.yml", "", piece, "", files={"content/site.toml": SITE}),
        )


def _article(name: str, before: str, piece: str, after: str, size: int) -> Case:
    return Case(f"content/{name}", before, piece, after, files={"content/site.toml": SITE}, size=size)
