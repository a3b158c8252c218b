"""What a hostile body cannot do: run a script, load what it must not, or take long."""

from __future__ import annotations

import re
import tracemalloc
from html.parser import HTMLParser
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.model import BodyType
from feedwright.render.body import BodyError, clean, text
from feedwright.text.html_bounds import excess, tamed
from feedwright.text.plain_text import plain
from tests.unit.render.test_body import URL, article

# Written here anew, not taken from the module: the test would else agree with whatever that says.
FORBIDDEN_ELEMENTS = {
    *("script", "style", "iframe", "object", "embed", "applet", "form", "input", "button", "select", "textarea"),
    *(
        "meta",
        "link",
        "base",
        "svg",
        "mglyph",
        "maction",
        "annotation",
        "annotation-xml",
        "frame",
        "frameset",
        "template",
        "noscript",
        "title",
        "xmp",
        "plaintext",
    ),
    *(
        "body",
        "html",
        "head",
        "param",
        "marquee",
        "portal",
        "dialog",
        "isindex",
        "noembed",
        "noframes",
        "foreignobject",
    ),
}
URL_ATTRIBUTES = {"href", "src", "poster", "cite", "longdesc"}
PLAIN_ATTRIBUTES = {
    *(
        "id",
        "dir",
        "lang",
        "title",
        "alt",
        "width",
        "height",
        "loading",
        "sizes",
        "media",
        "type",
        "hreflang",
        "controls",
    ),
    *("preload", "loop", "muted", "kind", "srclang", "label", "default", "class", "datetime", "value", "open", "start"),
    *("reversed", "align", "valign", "span", "colspan", "rowspan", "headers", "scope", "abbr"),
}
FORMULA_ELEMENTS = {
    *("math", "mi", "mn", "mo", "ms", "mtext", "mspace", "mrow", "mfrac", "msqrt", "mroot", "mstyle", "merror"),
    *("mpadded", "mphantom", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts"),
    *("mprescripts", "none", "mtable", "mtr", "mtd", "menclose", "mfenced", "semantics"),
}
FORMULA_ATTRIBUTES = {
    *("id", "dir", "lang", "title", "display", "alttext", "mathvariant", "mathsize", "mathcolor", "mathbackground"),
    *("displaystyle", "scriptlevel", "width", "height", "stretchy", "form", "encoding"),
}
ALLOWED_URL = re.compile(
    r"(?:https?://[a-z0-9\[][\x21\x23-\x3b\x3d\x3f-\x7e]*|(?:mailto|tel):[\x21\x23-\x3b\x3d\x3f-\x7e]+)"
)


class Findings(HTMLParser):
    """Reads HTML by another parser than the one that cleaned it, and collects what is wrong."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.formulas = 0

    def handle_endtag(self, tag: str) -> None:
        self.formulas -= tag == "math"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN_ELEMENTS:
            self.wrong.append(tag)
        self.formulas += tag == "math"
        if (tag in FORMULA_ELEMENTS) != (self.formulas == 1) or self.formulas > 1:
            self.wrong.append(f"{tag} in {self.formulas} formulas")
        if tag in FORMULA_ELEMENTS:
            self.wrong += [f"{tag} {name}" for name, _ in attrs if name not in FORMULA_ATTRIBUTES]
            return
        for name, value in attrs:
            if name == "srcset":
                urls = [candidate.split()[0] for candidate in (value or "").split(", ")]
            else:
                urls = [value or ""] if name in URL_ATTRIBUTES else []
            if not urls and name not in PLAIN_ATTRIBUTES:
                self.wrong.append(f"{tag} {name}")
            self.wrong += [f"{tag} {name}={url}" for url in urls if not ALLOWED_URL.fullmatch(url)]

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"instruction {data}")


def wrong_in(html: str) -> list[str]:
    findings = Findings()
    findings.feed(html)
    findings.close()
    return findings.wrong


ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=//evil.org/x.js></script>",
    "<script\x00>alert(1)</script>",
    "<scr\x00ipt>alert(1)</script>",
    "<script/x>alert(1)</script >",
    "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)",
    "<script><!--<script></script>--></script><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<img src=x oNeRRoR = alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    "<img src=x\x0conerror=alert(1)>",
    '<img src="x` `<script>alert(1)</script>"` `>',
    "<body onload=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /><a id=x><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<math href='javascript:alert(1)'>x</math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><mtext><table><mglyph><style><math><table id='</table>'><img src onerror=alert(1)'>",
    "<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title='</style><img src onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=alert(1) src>'>",
    "<math><mi xlink:href='javascript:alert(1)' xmlns:xlink='http://www.w3.org/1999/xlink'>x</mi></math>",
    "<math><maction actiontype='statusline#javascript:alert(1)' xlink:href='javascript:alert(1)'>x</maction></math>",
    "<math><semantics><mi>x</mi><annotation-xml encoding='application/xhtml+xml'><img src=x onerror=alert(1)>"
    "</annotation-xml></semantics></math>",
    "<math><annotation encoding='application/x-tex'><img src=x onerror=alert(1)></annotation></math>",
    "<math><mtext><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a></mtext></math>",
    "<math><mtext></math><img src=x onerror=alert(1)></mtext></math>",
    "<math><mi title='</mi></math><img src=x onerror=alert(1)>'>x</mi></math>",
    "<math><mi title='&lt;/math>&lt;img src=x onerror=alert(1)>'>x</mi></math>",
    "<math><![CDATA[</math><img src=x onerror=alert(1)>]]></math>",
    "<math><mglyph src='javascript:alert(1)'></mglyph><malignmark><style><img src=x onerror=alert(1)></style></math>",
    "<math><mtext><math><mtext><style></mtext></math><img src=x onerror=alert(1)></style></mtext></math>",
    "<math><mi>x<table><mi>y</mi><tr><td><math><img src=x onerror=alert(1)></table></math>",
    "<svg><desc><math><mtext><style><img src=x onerror=alert(1)></style></mtext></math></desc></svg>",
    "<math style='position:fixed;inset:0' class=x onclick=alert(1)><mi style='color:url(x)'>x</mi></math>",
    "<math><mpadded voffset='-9999px' lspace='-1e4px'><mi onmouseover=alert(1)>x</mi></mpadded></math>",
    "<span class=katex><math></math></span><span class=katex-html><img src=x onerror=alert(1)>",
    "<mi>x</mi><mtext><style><img src=x onerror=alert(1)></style></mtext>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<template><img src=x onerror=alert(1)></template>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<noembed><img title='</noembed><img src onerror=alert(1)>'></noembed>",
    "<noframes><style></noframes><img src=x onerror=alert(1)></style>",
    "<textarea><img title='</textarea><img src onerror=alert(1)>'></textarea>",
    "<title><img title='</title><img src onerror=alert(1)>'></title>",
    "<select><style></select><img src=x onerror=alert(1)></style></select>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A;avascript:alert(1)'>x</a>",
    "<a href='&#0000106avascript&#58alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='jav&Tab;ascript:alert(1)'>x</a>",
    "<a href='java&NewLine;script:alert(1)'>x</a>",
    "<a href='java&#0;script:alert(1)'>x</a>",
    "<a href='\u00a0javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='data&colon;text/html,<script>alert(1)</script>'>x</a>",
    "<a href='blob:https://example.org/1'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='view-source:javascript:x'>x</a>",
    "<a href='feed:javascript:alert(1)'>x</a>",
    "<a href=x ping='https://evil.org/' onfocus=alert(1) autofocus>x</a>",
    "<img src='javascript:alert(1)'>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<img srcset='javascript:alert(1) 1x, data:text/html,x 2x'>",
    "<img src=mailto:x@example.org>",
    "<img longdesc='javascript:alert(1)' src=x>",
    "<img lowsrc='javascript:alert(1)' dynsrc='javascript:alert(1)' src=x>",
    "<picture><source srcset='data:image/svg+xml,x'><img src=x></picture>",
    "<video poster='javascript:alert(1)' onerror=alert(1)><source onerror=alert(1) src=x></video>",
    "<video><track src='data:text/vtt,x'></video>",
    "<audio src='javascript:alert(1)' autoplay onplay=alert(1)></audio>",
    "<blockquote cite='javascript:alert(1)'>q</blockquote>",
    "<q cite='data:x'>q</q><del cite='vbscript:x'>d</del>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe srcdoc='<iframe srcdoc=&quot;<script>alert(1)</script>&quot;></iframe>'></iframe>",
    "<iframe src=/x title='\"><script>alert(1)</script>'></iframe>",
    "<iframe src='/x'><script>alert(1)</script></iframe>",
    "<iframe src='https://e.org/\"onload=alert(1)'></iframe>",
    "<iframe><iframe src=x></iframe><script>alert(1)</script></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<object data=/x title='</a><script>alert(1)</script>'></object>",
    "<embed src='javascript:alert(1)'><embed src='data:text/html,x'>",
    "<param name=src value='javascript:alert(1)'>",
    "<applet code=x archive=x></applet>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='//evil.org/x.css'>",
    "<base href='javascript:/'><a href='alert(1)'>x</a>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<p style='position:fixed;top:0'>x</p>",
    "<table background='javascript:alert(1)'><td background='javascript:alert(1)'>x</table>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
    "<input type=image src='javascript:alert(1)' onerror=alert(1)>",
    "<input type=checkbox disabled checked onclick=alert(1)>",
    "<isindex action='javascript:alert(1)'>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<details ontoggle=alert(1) open>x</details>",
    "<frameset onload=alert(1)><frame src='javascript:alert(1)'></frameset>",
    "<div data-src='javascript:alert(1)'>x</div><img data-src='javascript:alert(1)'>",
    "<img data-srcset='javascript:alert(1) 2x' data-src=/a>",
    "<a title='<script>alert(1)</script>' href='/x\"onclick=alert(1)'>x</a>",
    "<p title='\"><img src=x onerror=alert(1)>'>x</p>",
    "<img alt='<script>alert(1)</script>'>",
    "<img alt='&lt;img src=x onerror=alert(1)&gt;'>",
    "\ufeff<script>alert(1)</script>",
    "<\u017fcript>alert(1)</\u017fcript>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "[x](javascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "![x](javascript:alert(1) 'onerror=alert(1)')",
    '![x](/a"onerror="alert(1))',
    "<javascript:alert(1)>",
    "[x]\n\n[x]: javascript:alert(1)",
    "# x {onclick=alert(1) style=a .b}",
    '```"onmouseover=alert(1)\nx\n```',
]


@pytest.mark.parametrize("kind", ["html", "markdown"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_leaves_nothing_that_could_run(attack: str, kind: BodyType) -> None:
    for body in (attack, f"before {attack} <p>after</p>", f"<table>{attack}</table>"):
        for hosts in ((), ("youtube.com",)):
            found = clean(article(body, kind), hosts).article.body.text
            assert wrong_in(found) == []
            assert "alert(1)" not in found or not re.search(r"<[^>]*alert\(1\)", re.sub(r'"[^"]*"', "", found))


def test_the_check_itself_finds_what_is_wrong() -> None:
    raw = "<script></script><a href='javascript:x' onclick=y>z</a><img src=/x srcset='a, b 2x'><!-- c -->"
    assert len(wrong_in(raw)) == 7


# fmt: off
FRAGMENTS = st.sampled_from([
    "<p>", "</p>", "<b>", "</b>", "<a href=x>", "<a href='javascript:x'>", "</a>", "<div>", "</div>", "<table>",
    "<tr>", "<td>", "</td>", "</table>", "<ul>", "<li>", "</ul>", "<pre>", "\n", "</pre>", "text", "<h1>", "</h1>",
    "<svg>", "</svg>", "<math>", "<mi>", "</mi>", "</math>", "<mglyph>", "<mspace/>", "</mtext>", "<annotation>",
    "<span class=katex-html>", "<mjx-math>", "<mjx-assistive-mml>",
    "<style>", "</style>", "<title>", "</title>", "<form>", "<select>",
    "<option>", "</select>", "<iframe src=x>", "</iframe>", "<img src=x>", "<img data-src=y>", "<br>", "</br>",
    "<!--", "-->", "<button>", "</button>", "<object>", "</object>", "<ruby>", "<rt>", "<caption>", "<details>",
    "<summary>", "<nobr>", "<code>", "</code>", "<dd>", "<template>", "</template>", "<noscript>", "</noscript>",
    "<textarea>", "</textarea>", "<foreignObject>", "<annotation-xml>", "<mtext>", "<font color=x>", "&#11;",
    "&#x80;", "&lt;", "&", "]]>", "<xmp>", "</xmp>", "<col>", "<input type=checkbox disabled>", "<p ", "title='", "'",
    '"', ">", "<", "`", "*", "[x](y)", "> ", "- ", "\x00", "�", "<!--more-->", "    ",
])
# fmt: on
BODIES = st.one_of(st.text(), st.lists(FRAGMENTS, max_size=12).map("".join))
XML_FORBIDS = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@settings(deadline=None)
@given(BODIES, st.sampled_from(["html", "markdown"]))
def test_any_body_comes_out_safe_stable_and_xml_safe(body: str, kind: BodyType) -> None:
    cleaned = clean(article(body, kind)).article
    html = cleaned.body.text
    assert wrong_in(html) == []
    assert XML_FORBIDS.search(html) is None
    assert clean(article(html)).article.body.text == html
    assert XML_FORBIDS.search(cleaned.summary) is None and "\n" not in cleaned.summary


@settings(deadline=None)
@given(BODIES)
def test_any_title_becomes_one_line_without_control_characters(title: str) -> None:
    for line in (plain(title), plain(f"*{title}*"), text(f"<p>{title}</p>")):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]", line)


# --- bounded time and memory ---

MILLION = 1_000_000


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000,
        "<div></b></x>" * 50_000,
        "<b><div></b>" * 50_000,
        "<ul><li>" * 50_000,
        "<table><td>" * 50_000,
        "".join(f"<p><b id={i}>" for i in range(2_000)),
        "".join(f"<p><b id={i}></p>" for i in range(2_000)),
        "".join(f"<b id={i}><!-- > </b>-->" for i in range(2_000)),
        "".join(f"<b id={i}><p title='></b>'>" for i in range(2_000)),
        "".join(f"<b id={i}><table><td></b></table>" for i in range(2_000)),
        "".join(f"<b id={i}><select></b></select>" for i in range(2_000)),
        "<a " + " ".join(f"a{i}" for i in range(100_000)) + ">",
        "<a " + "".join(f"a{i}='>'" for i in range(100_000)) + ">",
        "<" * 5 * MILLION,
        "&" * 5 * MILLION,
        "&amp;" * 300_000,
        "<svg>" * 10_000,
        "<math><mrow>" + "<mrow>" * 100_000 + "</math>",
        "<math>" + "<td x='<'>" * 100_000 + "</math>",
        "<script>" * 10_000,
    ],
    ids=lambda body: f"{body[:16]}x{len(body)}",
)
def test_what_would_take_long_is_refused_at_once(body: str) -> None:
    began = process_time()
    with pytest.raises(BodyError) as caught:
        clean(article(body))
    assert process_time() - began < 2
    (problem,) = caught.value.problems
    assert (problem.severity, problem.code, problem.file) == ("error", "body-too-complex", "sea/tides.md")


@pytest.mark.parametrize(
    "unit", [">", "[", "*", "`", "_", "~", "![", "[a](", "> - ", "**a ", "*a_ ", "<a", "<!--", "&#", "|a"]
)
def test_hostile_markdown_is_done_in_bounded_time(unit: str) -> None:
    began = process_time()
    try:
        clean(article(unit * (100_000 // len(unit)), "markdown"))
    except BodyError as error:
        assert error.problems[0].code == "body-too-complex"
    assert process_time() - began < 2


@pytest.mark.parametrize("unit", ["<", "&lt;", "**a ", "<script>"])
def test_a_hostile_title_is_done_in_bounded_time_and_memory(unit: str) -> None:
    title = unit * (5 * MILLION // len(unit))
    tracemalloc.start()
    try:
        began = process_time()
        plain(title)
        assert process_time() - began < 5
        assert tracemalloc.get_traced_memory()[1] < 300 * MILLION
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["&", "[", "*", "`", "<b>", "</b>", "[a](b)", "![", "<!--", "<?", "<a ", "~~a", "\\"])
def test_any_hostile_title_is_done_in_bounded_time(unit: str) -> None:
    began = process_time()
    plain(unit * (5 * MILLION // len(unit)))
    assert process_time() - began < 5


@pytest.mark.parametrize(
    "body",
    [
        "<p>Long <b>and</b> sound, by <a href='/x' title='a > b'>us</a>.</p>" * 4_000,
        "<p>Unclosed<p>paragraphs<ul><li>and<li>items</ul>" * 4_000,
        "<table><tr><td>A<td>large<tr><td>table</table>" * 2_000,
        "<p>" + "Salt &amp; water. " * 20_000,
        "<p>Ink</p><img src='data:image/png;base64," + "iVBOR/w0" * 300_000 + "'>",
        "<svg viewBox='0 0 1 1'><style>p{}</style><path d='M0 0'/></svg><p>x</p>" * 1_000,
        "<div>" * 500 + "deep" + "</div>" * 500,
    ],
    ids=lambda body: f"{body[:16]}x{len(body)}",
)
def test_what_is_only_long_is_cleaned(body: str) -> None:
    assert excess(tamed(body)) is None
    assert clean(article(body)).article.body.text


def test_pictures_inlined_in_markdown_do_not_make_a_body_too_long() -> None:
    body = clean(article(f"Ink\n\n![blot](data:image/png;base64,{'iVBOR/w0' * 300_000})", "markdown")).article.body.text
    assert body == "<p>Ink</p>\n<p>blot</p>\n"


# --- real posts ---

CORPORA = Path(__file__).parents[5] / "shared" / "corpora"


@pytest.mark.corpora
@pytest.mark.parametrize("site", ["eslint", "ropensci", "18F", "jekyll"])
def test_real_posts_come_out_safe_and_with_a_summary(site: str) -> None:
    if not CORPORA.is_dir():
        pytest.skip("the folder of real posts is not there")
    seen = 0
    for path in sorted((CORPORA / site).rglob("*.m*d*"))[::25]:
        source = re.sub(r"\A\s*(---|\+\+\+)\n.*?\n\1\n", "", path.read_text("utf-8", "replace"), flags=re.DOTALL)
        if not path.is_file() or len(source.strip()) < 200:
            continue
        seen += 1
        cleaned = clean(article(source, "markdown", url=URL)).article
        assert wrong_in(cleaned.body.text) == [], path
        assert cleaned.summary, path
        assert clean(article(cleaned.body.text)).article.body == cleaned.body, path
    assert seen
