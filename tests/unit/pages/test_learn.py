"""What is learnt from a site's own articles and pages."""

from __future__ import annotations

from collections.abc import Callable

from feedwright.pages.body import Body, BodyRules, body_of
from feedwright.pages.learn import Learnt, Sample, chosen, learn
from feedwright.pages.words import sketch_of, words_of_source
from tests.unit.pages.examples import document, text


def site(layout: Callable[[int, str], str], count: int = 12) -> list[tuple[Sample, bytes]]:
    """Articles of three paragraphs each, in pages that a layout makes of their number and text."""
    found = []
    for number in range(count):
        content = "".join(f"<p>{text(f'{number}/{part}', 60)}</p>" for part in range(3))
        html = document(layout(number, content), f"Tides {number} | Shore")
        found.append((Sample(f"Tides {number}", words_of_source(content), html), html))
    return found


def learnt(articles: list[tuple[Sample, bytes]]) -> Learnt:
    return learn(sample for sample, _ in articles)


def bodies(articles: list[tuple[Sample, bytes]], rules: BodyRules) -> list[list[str]]:
    found = [body_of(html, rules, one.title, "https://example.org/", sketch_of(one.words)) for one, html in articles]
    return [words_of_source(body.html) for body in found if isinstance(body, Body)]


def test_the_element_of_the_text_is_learnt_and_of_several_names_the_shortest() -> None:
    articles = site(
        lambda n, it: f"<nav>Home</nav><main><h1>Tides {n}</h1><div class='post-content post'>{it}</div></main>"
    )
    found = learnt(articles)
    assert found.rules == BodyRules(("div.post",), ())
    assert (found.pages, found.recall, found.reason) == (12, 1.0, "")
    assert bodies(articles, found.rules) == [list(one.words) for one, _ in articles]


def test_a_name_that_is_another_at_each_build_is_not_learnt() -> None:
    found = learnt(site(lambda n, it: f"<section><div class='css-1x2y3z body_f1Hy text'>{it}</div></section>"))
    assert found.rules.selectors == ("div.text",)
    found = learnt(site(lambda n, it: f"<section><div class='svelte-abc123'>{it}</div></section>"))
    assert found.rules.selectors == ("section > div",)


def test_what_stands_beside_the_text_in_its_element_is_learnt_as_drops() -> None:
    articles = site(
        lambda n, it: (
            f"<main><h1>Tides {n}</h1><ul class='dates'><li>{n} March 2026</li></ul>{it}"
            f"<div class='filed'>Filed under Sea {n}</div><p>Next: Tides {n + 1}</p></main>"
        )
    )
    found = learnt(articles)
    assert found.rules.selectors == ("main",)
    assert {"div.filed", "ul.dates"} < set(found.rules.drops)
    assert bodies(articles, found.rules) == [list(one.words) for one, _ in articles]


def test_a_part_that_holds_some_of_the_text_on_some_pages_is_never_dropped() -> None:
    articles = site(
        lambda n, it: (
            f"<main><div class='box'>{it if n % 3 else 'Box of all pages'}</div>{it if not n % 3 else ''}</main>"
        )
    )
    found = learnt(articles)
    assert "div.box" not in found.rules.drops
    assert all(
        set(one.words) <= set(words) for (one, _), words in zip(articles, bodies(articles, found.rules), strict=True)
    )


def test_notes_code_and_pictures_are_never_learnt_as_drops() -> None:
    articles = site(
        lambda n, it: (
            f"<main>{it}<div class='footnotes'>Back up</div><div class='highlight'><pre>x = {n} + y</pre></div>"
            f"<div class='picture'><img src='/{n}.png' alt=''></div><div>Signed by all</div></main>"
        )
    )
    found = learnt(articles)
    assert not {"div.footnotes", "div.highlight", "div.picture", "> div"} & set(found.rules.drops)


def test_two_layouts_of_a_site_are_both_learnt() -> None:
    articles = site(
        lambda n, it: (
            f"<div class='wide'>{it}</div><p>Foot</p>" if n % 3 else f"<section id='old'>{it}</section><p>Foot</p>"
        ),
        count=18,
    )
    found = learnt(articles)
    assert set(found.rules.selectors) == {"div.wide", "#old"}
    assert bodies(articles, found.rules) == [list(one.words) for one, _ in articles]


def test_of_sites_whose_pages_do_not_hold_the_text_nothing_is_learnt() -> None:
    found = learnt(site(lambda n, it: "<div id='app'>Loading</div>"))
    assert found.rules == BodyRules()
    assert found.reason == "only 0 pages hold the text of an article of some length"


def test_the_articles_to_learn_from_are_the_same_in_any_order() -> None:
    keys = [f"posts/{n}.md" for n in range(500)]
    assert chosen(keys) == chosen(reversed(keys))
    assert len(chosen(keys)) == 48


def test_what_is_learnt_is_the_same_at_each_run() -> None:
    articles = site(lambda n, it: f"<main><p class='a b'>By A{n}</p><div class='x y'>{it}</div></main>")
    assert learnt(articles) == learnt(articles)
