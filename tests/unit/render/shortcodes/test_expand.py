"""Template tags, shortcodes and components of ten engines, in bodies."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.model import Article, BodyType, Site
from feedwright.render.body import clean
from feedwright.render.shortcodes.expand import Expanded, expand
from tests.unit.render.test_body import article

SITE = Site(title="Sea & Shore", url="https://example.org/", feeds_url="https://example.org/", authority="example.org")
OTHER = replace(article("", url="https://example.org/ebb/"), key="ebb.md", title="Ebb")


def lookup(name: str) -> Article | None:
    return OTHER if name.removeprefix("_posts/").removesuffix(".md") in ("2020-01-02-ebb", "ebb") else None


def expanded(text: str, kind: BodyType = "markdown", key: str = "sea/tides.md") -> Expanded:
    return expand(text, article=replace(article(text, kind), key=key), lookup=lookup, site=SITE)


def body(text: str, kind: BodyType = "markdown", key: str = "sea/tides.md") -> str:
    return clean(replace(article(text, kind), key=key), (), lookup, SITE).article.body.text.strip()


# --- Liquid and its relatives ---


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a {% comment %}gone {{ x }}{% endcomment %}b", "a b"),
        ("{%- comment -%}gone{%- endcomment -%}b", "b"),
        ("a {# gone #}b", "a b"),
        ("{% if x %}kept{% endif %}", "kept"),
        ("{% if x %}first{% elsif y %}second{% else %}third{% endif %}!", "first!"),
        ("{% for x in y %}* {{ x }}{% endfor %}b", "b"),
        ("{% capture a %}gone{% endcapture %}b", "b"),
        ("{% assign home = '/sea' %}{{ home }}/tides", "/sea/tides"),
        ("{% set a = 1 %}b{% set c %}gone{% endset %}", "b"),
        ("{% raw %}{{ page.title }} {% x %}{% endraw %}", "{{ page.title }} {% x %}"),
        ("{% verbatim %}{{ a }}{% endverbatim %}", "{{ a }}"),
        ("{% post_url 2020-01-02-ebb %}", "https://example.org/ebb/"),
        ("[a]({% link _posts/2020-01-02-ebb.md %}#low)", "[a](https://example.org/ebb/#low)"),
        ("{% post_link ebb %}", '<a href="https://example.org/ebb/">Ebb</a>'),
        ("{{ site.url }}/x {{ site.title }}", "https://example.org/x Sea & Shore"),
        ('{{ "/x" | relative_url }} {{ "/x" | absolute_url }} {{ "x" | url }}', "/x https://example.org/x /x"),
        ("{{ page.title }} {{page.url}}", "Tides /sea/tides/"),
        ("{{ '{{' }} {{ 'a' | upcase }}", "{{ A"),
        ("{% include toc.html %}a", "a"),
        ('{% include figure.html url="/a.png" caption="Low *tide*" %}', "<figcaption>Low <em>tide</em></figcaption>"),
        ('{% include video id="dQw4w9WgXcQ" provider="youtube" %}', "https://www.youtube.com/embed/dQw4w9WgXcQ"),
        ("{% youtube dQw4w9WgXcQ %}", "https://www.youtube.com/embed/dQw4w9WgXcQ"),
        ("{% gist sea/123 %}", 'href="https://gist.github.com/sea/123"'),
        ("{% img right /a.png 20 30 'Title' 'Low tide' %}", '<img src="/a.png" alt="Low tide">'),
        ('{% image "assets/a.png" "Low tide" %}', '<img src="/assets/a.png" alt="Low tide">'),
        ("{% asset_img a.png Low tide %}", '<img src="a.png" alt="Low tide">'),
        ("{% codeblock lang:sh tide.sh %}\n$ ebb\n{% endcodeblock %}", '<code class="language-sh">$ ebb</code>'),
    ],
)
def test_tags_of_liquid_octopress_hexo_and_nunjucks_are_rendered(written: str, expected: str) -> None:
    found = expanded(written)
    assert expected in found.text
    assert "gone" not in found.text
    assert [name for name in found.unknown if name != "for"] == []


def test_highlighted_code_is_code_and_stays_as_it_is() -> None:
    written = "{% highlight ruby linenos %}\n{% raw %}{{ x }}{% endraw %}\n\n    y < 1\n{% endhighlight %}\nAnd *on*."
    expected = '<pre><code class="language-ruby">{{ x }}\n\n    y &lt; 1</code></pre>\n<p>And <em>on</em>.</p>'
    assert body(written) == expected


def test_code_in_a_list_does_not_end_the_list() -> None:
    shown = body("1. one\n\n    {% highlight sh %}\nebb\n\nflow\n    {% endhighlight %}\n\n2. two")
    assert '<pre><code class="language-sh">ebb\n\nflow</code></pre>' in shown
    assert shown.count("<ol>") == 1
    assert shown.count("<li>") == 2


def test_what_a_quotation_holds_is_markdown() -> None:
    shown = body("{% blockquote Ann, Tides %}\nLow *tide*.\n{% endblockquote %}\n\nOn.")
    assert shown.startswith("<blockquote>")
    assert "<p>Low <em>tide</em>.</p>" in shown
    assert "— Ann, Tides" in shown
    assert shown.endswith("</blockquote>\n<p>On.</p>")


def test_an_address_that_nobody_knows_makes_no_link() -> None:
    found = clean(article("[the *tide*]({% post_url 1999-01-01-gone %})", "markdown"))
    assert found.article.body.text.strip() == "<p><a>the <em>tide</em></a></p>"
    assert [problem.code for problem in found.problems] == ["template-unknown"]
    assert "post_url 1999-01-01-gone" in found.problems[0].what
    assert found.problems[0].file == "sea/tides.md"


# --- Hugo and Zola ---


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('{{< figure src="/a.png" alt="b" >}}', '<img src="/a.png" alt="b">'),
        ('{{< figure\n  src = "/a.png"\n  alt = `b "c"`\n>}}', 'alt="b &quot;c&quot;"'),
        ('{{< figure src="/a.png" link="https://sea.example/" >}}', '<a href="https://sea.example/"><img'),
        ('{{< figure src="a.png" caption="x >}} y" >}}', "<figcaption>x &gt;}} y</figcaption>"),
        ("{{< youtube dQw4w9WgXcQ >}}", "https://www.youtube.com/embed/dQw4w9WgXcQ"),
        ('{{< vimeo id=12345678 title="Sea" >}}', '"https://player.vimeo.com/video/12345678" title="Sea"'),
        ('{{< tweet user="sea" id="123" >}}', 'href="https://twitter.com/sea/status/123"'),
        ('{{< mastodon "https://sea.example/@a/1" >}}', 'href="https://sea.example/@a/1"'),
        ("{{< highlight go >}}\na {{ b }}\n{{< /highlight >}}", '<code class="language-go">a {{ b }}</code>'),
        ('[a]({{< ref "ebb.md#low" >}})', "[a](https://example.org/ebb/#low)"),
        ('[a]({{% relref "ebb.md" %}})', "[a](https://example.org/ebb/)"),
        ("{{< rawhtml >}}<b>x</b>{{< /rawhtml >}}", "<b>x</b>"),
        ("{{</* figure */>}}", "{{< figure >}}"),
        ('{{< details "Low tide" >}}\n*x*\n{{< /details >}}', "<details><summary>Low tide</summary>"),
        ('{{ youtube(id="dQw4w9WgXcQ") }}', "https://www.youtube.com/embed/dQw4w9WgXcQ"),
        ('{% figure(src="/a.png") %}low{% end %}', 'src="/a.png"'),
        ("{{/* youtube() */}}", "{{ youtube() }}"),
    ],
)
def test_shortcodes_of_hugo_and_zola_are_rendered(written: str, expected: str) -> None:
    found = expanded(written)
    assert expected in found.text
    assert found.unknown == ()


def test_markdown_right_after_a_figure_is_still_markdown() -> None:
    assert "<em>on</em>" in body('{{< figure src="/a.png" caption="b" >}}\nAnd *on*.')
    assert "<em>on</em>" in body('Text\n{{< figure src="/a.png" >}}\nand *on*.')
    assert "<em>on</em>" in body('* {{< figure src="/a.png" >}}\n  and *on*.')


def test_unknown_tags_go_what_they_hold_stays_and_each_is_named_once() -> None:
    written = "{{< tabs >}}A *b*{{< /tabs >}} {% mystery x %}c{% endmystery %} {% mystery y %} {{ odd.thing }}"
    found = expanded(written)
    assert found.text.split() == ["A", "*b*", "c"]
    assert found.unknown == ("tabs", "mystery", "odd.thing")


# --- Code, and what only looks like a tag ---


@pytest.mark.parametrize(
    "written",
    [
        "`{% x %}` and `` {{< y >}} ``",
        "```\n{% x %}\n```\n\n~~~ html\n{{ y.z }}\n~~~",
        "* a\n\n  ```\n  {% x %}\n  ```",
        "> ```\n> {{ a.b }}\n> ```",
        "a\n\n    {% x %}\n    {{< y >}}\n",
        "<pre>{% x %}</pre> <code>{{ a.b }}</code>",
        "<!-- {% x %} -->",
        "$x^{{2}}$ and $$\\frac{{a}}{{b}}$$ and \\mathbf{{x}}",
        "title = {{Low Tide}} or {{}} or {{ ... }}",
        "100 {% of it, {{ and more {{<",
        "{:ok, tide} and {:?} and {:error}",
        ":smile: and #{id} and ${x}",
        "import this into your head\nexport it",
        "Vec<T> and Map<String, Item>",
        "[a]: http://toc/ 'TOC' and [^1]\n\n[^1]: note",
    ],
)
def test_code_mathematics_and_prose_stay_as_they_are(written: str) -> None:
    assert expanded(written) == Expanded(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("`{% raw %}{{ x }}{% endraw %}`", "`{{ x }}`"),
        ("```\n{% raw %}\n{{ x }}\n{% endraw %}\n```", "```\n\n{{ x }}\n\n```"),
        ("{% raw %}\n```\n{{ x }}\n```\n{% endraw %}", "\n```\n{{ x }}\n```\n"),
        ("`{% raw %}{{{% endraw %} x }}`", "`{{ x }}`"),
        ("```\n{{</* figure */>}}\n```", "```\n{{< figure >}}\n```"),
        ("`{% raw %}{% raw %}{% endraw %}`", "`{% raw %}`"),
    ],
)
def test_what_kept_an_engine_from_reading_code_is_gone(written: str, expected: str) -> None:
    assert expanded(written) == Expanded(expected)


# --- Other Markdowns ---


def test_admonitions_are_quotations_with_their_title() -> None:
    shown = body(":::note Mind the *gap*\n\nLow **tide**.\n\n:::\n\nOn.")
    assert shown.startswith("<blockquote>")
    assert "<strong>tide</strong>" in shown
    assert "Mind the <em>gap</em>" in shown
    assert shown.endswith("</blockquote>\n<p>On.</p>")
    assert "<strong>Warning</strong>" in body("::: warning\nx\n:::")
    assert "<strong>Tip</strong>" in body("> [!TIP]\n> x")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[a](/b){:target='_blank'} {: .x #y}", "<p><a"),
        ("# A {#low}\n\n* TOC\n{:toc}\n\nB", '<h1 id="low">A</h1>\n<p>B</p>'),
        ("[TOC]\n\nB", "<p>B</p>"),
        ("[[_TOC_]]\n\nB", "<p>B</p>"),
        ("A\n{: .lead}\n\nB", "<p>A</p>\n<p>B</p>"),
        ("{::nomarkdown}<b>x</b>{:/}", "<p><b>x</b></p>"),
        ("![a](/b.png){.wide width=50%}", '<p><img src="https://example.org/b.png" alt="a"></p>'),
        ("A {/* truncate */}", "<p>A </p>"),
    ],
)
def test_lists_of_attributes_and_places_for_contents_are_gone(written: str, expected: str) -> None:
    shown = body(written)
    assert shown.startswith(expected.rstrip())
    assert "{" not in shown
    assert "TOC" not in shown


def test_a_mark_of_docusaurus_ends_the_summary() -> None:
    for mark in ("<!-- truncate -->", "{/* truncate */}", "<!--more-->"):
        assert clean(article(f"Low.\n\n{mark}\n\nHigh.", "markdown")).article.summary == "Low."


# --- MDX ---


def test_imports_components_and_expressions_of_mdx_are_gone() -> None:
    written = (
        "import Tabs from '@theme/Tabs';\nimport chart from './chart.png';\n\nexport const x = {\n  a: 1,\n};\n\n"
        "<Tabs values={[{a: '>'}]}>\n<TabItem label=\"npm\">\n\nLow *tide* {x.a} {'kept'} {/* gone */}`{code}`\n\n"
        '</TabItem>\n</Tabs>\n\n<img src={chart} style={{width: "9>"}} />\n\n<Link to="/ebb">Ebb</Link> <Chart a={b} />'
    )
    shown = body(written, key="a.mdx")
    assert "<em>tide</em>  kept <code>{code}</code>" in shown
    assert "<strong>npm</strong>" in shown
    assert '<img src="https://example.org/sea/tides/chart.png">' in shown
    assert '<a href="https://example.org/ebb">Ebb</a>' in shown
    for gone in ("import", "export", "values", "width", "gone", "Chart", "/&gt;"):
        assert gone not in shown
    assert expanded(written, key="a.mdx").unknown == ("{x.a}", "<Chart>")
    assert expanded(written, key="a.md") == expanded(written, key="a.mdx")


def test_an_import_in_code_does_not_make_a_file_mdx() -> None:
    written = "```js\nimport a from 'b';\n```\n\nVec<T> and {x} <Foo bar={1}>"
    assert expanded(written) == Expanded(written)


# --- Link targets ---


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[a](ebb.md)", "https://example.org/ebb/"),
        ("[a](ebb.md#low)", "https://example.org/ebb/#low"),
        ("[a][1]\n\n[1]: ebb.md", "https://example.org/ebb/"),
        ('<a href="ebb.md">a</a>', "https://example.org/ebb/"),
        ("[a]({filename}ebb.md)", "https://example.org/ebb/"),
        ("[a](|filename|ebb.md#low)", "https://example.org/ebb/#low"),
        ("[a]({static}/files/a.pdf)", "https://example.org/files/a.pdf"),
        ("[a]({static}files/a.pdf)", "https://example.org/sea/files/a.pdf"),
        ("[a]({attach}a.pdf)", "https://example.org/sea/tides/a.pdf"),
        ("[a](https://other.example/ebb.md)", "https://other.example/ebb.md"),
        ("[a](unknown.md)", "https://example.org/sea/tides/unknown.md"),
    ],
)
def test_links_to_source_files_lead_to_their_articles(written: str, expected: str) -> None:
    assert f'<a href="{expected}">a</a>' in body(written)


# --- Any text ---

PIECES = st.sampled_from(
    [
        *(
            "{%",
            "%}",
            "{{",
            "}}",
            "{{<",
            ">}}",
            "{{%",
            "%}}",
            "{#",
            "#}",
            "{:",
            "}",
            "{/*",
            "*/}",
            "`",
            "```",
            "\n~~~\n",
        ),
        *(
            "raw",
            "endraw",
            " if x ",
            "endif",
            "for",
            "endfor",
            "note",
            "endnote",
            "highlight",
            "endhighlight",
            "{% raw %}",
        ),
        *(
            "{% endraw %}",
            "{% for a in b %}",
            "{% endfor %}",
            "{% note %}",
            "{% endnote %}",
            "{% if a %}",
            "{% else %}",
        ),
        *(
            "<pre>",
            "</pre>",
            "<A b={",
            "</A>",
            "\nimport a from 'b'\n",
            "\n:::note x\n",
            "\n:::\n",
            "\n\n",
            "\n    ",
            "\n",
        ),
        *(
            '"',
            "'",
            "$",
            "\\",
            "é",
            "潮",
            " ",
            "a",
            "|",
            "=",
            "src=a.png",
            "(",
            ")",
            "youtube",
            "\n* TOC\n{:toc}",
            "[TOC]",
        ),
    ]
)


@given(
    st.lists(PIECES, max_size=30).map("".join),
    st.sampled_from(["a.md", "a.mdx"]),
    st.sampled_from(["markdown", "html"]),
)
def test_any_text_is_expanded_and_comes_out_the_same_each_time(text: str, key: str, kind: BodyType) -> None:
    found = expanded(text, kind, key)
    assert found == expanded(text, kind, key)
    assert len(found.unknown) == len(set(found.unknown))


@given(st.text(alphabet=st.characters(exclude_characters="{<[:`~", exclude_categories=["Cs"]), max_size=200))
def test_text_without_any_mark_is_the_very_same_object(text: str) -> None:
    if "import" not in text:
        assert expanded(text).text is text


# fmt: off
HOSTILE = (
    "{{", "{%", "{{<", "{{%", "{% raw %}", "{{ x", "{{ x }}", "`", "a`b``c```", "\n```\n", "<pre>", "<!--", "{:",
    '{: .a="', "{#", "{/*", "\n:::note\n", "{% if x %}{% else %}", "{% for x %}{% endfor %}", "{% note %}{% endnote %}",
    '{{< x "a" ', "{% highlight %}", "\n\n    {% x %}", "{% assign a = a | append: a %}", "\n* TOC\n{:toc}", "$ {{a}} ",
    "{", "<A b={", "<", "<A>", "\nimport {a", "`{% raw %}", "`{{</*", "{% x        ", ":::{aaaa", "{% img .png?",
    '{{"', '{{ "{{ x"', "> * > * {% x %}\n",
)
# fmt: on


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("key", ["a.md", "a.mdx"])
def test_hostile_text_takes_linear_time(unit: str, key: str) -> None:
    start = time.process_time()
    expanded(unit * (40_000 // len(unit)), key=key)
    assert time.process_time() - start < 2


def test_tags_cannot_make_a_text_much_longer() -> None:
    doubled = "{% assign a = 'xxxxxxxxxx' %}" + "{% assign a = a | append: a %}" * 40 + "{{ a }}"
    assert len(expanded(doubled).text) <= 1_000
