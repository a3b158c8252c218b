"""Formulas: what of them gets through, and that nothing else does with them."""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.checks.html_hazards import in_text
from feedwright.render.body import BodyError, clean
from feedwright.render.html import mathml
from tests.unit.render.html.test_safety import ATTACKS
from tests.unit.render.test_body import article

FRACTION = "<math><mfrac><mi>b</mi><mi>a</mi></mfrac></math>"
TEX = r'<annotation encoding="application/x-tex">\frac ba</annotation>'


def html(body: str) -> str:
    return clean(article(body)).article.body.text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            f'<span class="katex"><span class="katex-mathml"><math xmlns="http://www.w3.org/1998/Math/MathML"><semantics>'
            f'<mfrac><mi>b</mi><mi>a</mi></mfrac>{TEX}</semantics></math></span><span class="katex-html" '
            'aria-hidden="true"><span class="base"><span>b</span><span>a</span></span></span></span>.',
            "<span><span><math><semantics><mfrac><mi>b</mi><mi>a</mi></mfrac></semantics></math></span></span>.",
        ),
        (
            "<mjx-container><mjx-math aria-hidden=true><mjx-c>b</mjx-c></mjx-math>"
            f"<mjx-assistive-mml>{FRACTION}</mjx-assistive-mml></mjx-container>.",
            f"{FRACTION}.",
        ),
        (
            "<mjx-container><svg><text>b</text></svg>"
            f"<mjx-assistive-mml>{FRACTION}</mjx-assistive-mml></mjx-container>.",
            f"{FRACTION}.",
        ),
        (
            '<span class="MathJax"><nobr aria-hidden="true"><span>b</span></nobr>'
            f'<span class="MJX_Assistive_MathML">{FRACTION}</span></span><script type="math/tex">b</script>.',
            f"<span><span>{FRACTION}</span></span>.",
        ),
    ],
    ids=["KaTeX", "MathJax, CHTML", "MathJax, SVG", "MathJax 2"],
)
def test_a_formula_is_shown_once_as_mathml(written: str, shown: str) -> None:
    assert html(written) == shown


def test_what_katex_shows_stays_where_there_is_no_mathml() -> None:
    assert html('<span class="katex"><span class="katex-html">b</span></span>') == "<span><span>b</span></span>"


def test_attributes_of_presentation_stay_and_others_go() -> None:
    formula = '<math display="block"><mo stretchy="false">(</mo><mspace width="-0.16em"></mspace></math>'
    assert html(formula) == formula
    assert html('<math class=x onclick=y><mi href=/z style=x mathcolor="#123456">x</mi></math>') == (
        '<math><mi mathcolor="#123456">x</mi></math>'
    )


@pytest.mark.parametrize(
    ("name", "value", "modest"),
    [
        ("width", "1em 2em", True),
        ("mathsize", "200%", True),
        ("width", "0.1667em", True),
        ("mathcolor", "#123456", True),
        ("voffset", "-500px", False),
        ("width", "1e3px", False),
        ("height", "99999%", False),
        ("lspace", "0500px", False),
    ],
)
def test_nothing_is_moved_far_from_its_place(name: str, value: str, modest: bool) -> None:
    assert mathml.is_modest(name, value) is modest


def test_a_formula_holds_no_html_and_no_other_formula() -> None:
    assert html("<math><mtext><b title='a>b'>x</b> <a href=/y>y</a></mtext></math>z") == (
        "<math><mtext>x y</mtext></math>z"
    )
    assert html("<math><mtext><math><mi>x</mi></math></mtext></math>z") == "<math><mi>x</mi></math>z"
    assert html("<math><mtext><style>a{}</style><script>x</script>t</mtext></math>") == (
        "<math><mtext>t</mtext></math>"
    )


def test_a_formula_that_is_not_closed_swallows_nothing() -> None:
    assert html("<p>a <math> b <i>c</i></p><p>d</p>") == "<p>a  b <i>c</i></p><p>d</p>"
    assert html("a <math> b <math><mi>c</mi></math> d") == "a  b <math><mi>c</mi></math> d"


def test_formulas_of_a_long_page_stay() -> None:
    assert html(f"<p>{FRACTION}</p>" * 2_000).count(FRACTION) == 2_000
    assert html("<p>" + "<math><mspace width='1em'/><mi>x</mi></math>" * 2_000).count("<mi>x</mi></math>") == 2_000


@given(st.text(alphabet="<>/mathispnobr '\"-=klex"))
def test_pieces_of_html_are_all_but_tags_that_nothing_closes(text: str) -> None:
    pieces = list(mathml.parted(text))
    assert all(piece.lower().startswith("<math") and piece.endswith(">") for piece, is_formula in pieces if is_formula)
    assert "".join(piece for piece, _ in pieces) == text or "<math" in text.lower()


@pytest.mark.parametrize(
    "unit",
    [
        "<math>",
        "<math><mi>",
        "</math><span class=katex-html>",
        "<mjx-math>mjx-assistive-mml",
        "<math><td></math>",
        '<math><mi a="',
        "katex-mathml</math></span><span class=katex-html>",
    ],
)
def test_hostile_formulas_are_done_in_bounded_time(unit: str) -> None:
    began = process_time()
    with suppress(BodyError):
        html(f"<p>{unit * (200_000 // len(unit))}</p>")
    mathml.without_copies(unit * 20_000)
    list(mathml.parted(unit * 20_000))
    mathml.with_elements_of_its_own(unit * 20_000, ())
    assert process_time() - began < 4


def test_a_formula_is_no_danger_but_what_is_in_it_may_be() -> None:
    assert in_text(f"<p>{FRACTION}</p>") == {}
    assert "script" in in_text("<math><mtext><script>x</script></mtext></math>")
    assert "script" in in_text("<math><mi href='javascript:x'>x</mi></math>")
    assert "handler" in in_text("<math onclick='alert(1)'><mi>x</mi></math>")
    assert "embed" in in_text("<math><mtext><style>x</style></mtext></math>")


LOOK = """<!doctype html><meta charset=utf-8><pre id=result></pre><script>
window.hit = []; window.alert = x => hit.push("alert " + x);
const wrong = [];
for (const [number, html] of BODIES.entries()) {
  let last = html;
  for (let round = 0; round < 3; round++) {
    const box = document.createElement("div");
    document.body.append(box);
    box.innerHTML = last;
    for (const one of box.querySelectorAll("*")) {
      const name = one.localName, formula = one.closest("math");
      if (/^(script|style|iframe|svg|form|object|embed|template|mglyph|annotation|annotation-xml)$/.test(name))
        wrong.push(number + " " + name);
      if (formula && one.namespaceURI !== "http://www.w3.org/1998/Math/MathML")
        wrong.push(number + " in formula " + name);
      for (const attribute of one.attributes)
        if (/^on|^style$/.test(attribute.name) || /^\\s*javascript:/i.test(attribute.value))
          wrong.push(number + " " + attribute.name);
    }
    if (round && box.innerHTML !== last) wrong.push(number + " is read as another");
    last = box.innerHTML;
  }
}
setTimeout(() => { document.getElementById("result").textContent = JSON.stringify([BODIES.length, wrong, hit]) }, 500);
</script>"""


@pytest.mark.node
def test_a_browser_finds_nothing_in_formulas_that_runs_or_changes_when_read_again(tmp_path: Path) -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not chromium:
        pytest.skip("needs Chromium")
    bodies = [
        html(body) for attack in ATTACKS for body in (attack, f"<table>{attack}</table>", f"<math>{attack}</math>")
    ]
    page = tmp_path / "page.html"
    page.write_text(LOOK.replace("BODIES", json.dumps(bodies).replace("<", "\\u003c")), encoding="utf-8")
    flags = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=3000",
        f"--user-data-dir={tmp_path}/u",
    )
    done = subprocess.run(
        [chromium, *flags, "--dump-dom", page.as_uri()], capture_output=True, text=True, check=True, timeout=120
    )
    found = done.stdout.partition('<pre id="result">')[2].partition("</pre>")[0]
    assert json.loads(found) == [len(bodies), [], []]
