"""Whose a page is: one page for one article, and rather none than a wrong one."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwright.pages.candidates import Candidate
from feedwright.pages.page import Page
from feedwright.pages.pair import Pairing, pair
from tests.unit.pages.examples import document, page, post, source, text

TIDES = source("posts/tides.md", "Tides", text("tides"))
TIDES_PAGE = page("posts/tides/index.html", post("Tides", text("tides")))


def paths(found: Pairing) -> dict[str, str]:
    return {key: one.path for key, one in found.pairs.items()}


def listing(path: str, entries: Iterable[tuple[str, str, str]], title: str = "Shore") -> Page:
    """A page with whole articles: (address, title, text) each."""
    parts = (f"<article><h2><a href='{to}'>{name}</a></h2><div>{words}</div></article>" for to, name, words in entries)
    return page(path, document("".join(parts), title))


def test_an_article_gets_the_page_that_has_its_text_and_title() -> None:
    moons = page("posts/moons/index.html", post("Moons", text("moons")))
    found = pair([TIDES], [moons, TIDES_PAGE])
    assert paths(found) == {"posts/tides.md": "posts/tides/index.html"}
    assert "the title" in found.pairs["posts/tides.md"].reasons
    assert "100% of the text" in found.pairs["posts/tides.md"].reasons


def test_the_predicted_address_is_no_proof() -> None:
    other = page("posts/tides/index.html", post("Moons", text("moons")))
    found = pair([source("tides-of-march.md", "Tides", text("tides"), predicted="posts/tides/")], [other])
    assert paths(found) == {}


@pytest.mark.parametrize("path", ["index.html", "page/2/index.html", "tags/sea/index.html", "authors/anna.html"])
def test_a_list_that_holds_the_whole_article_is_not_its_page(path: str) -> None:
    found = pair([TIDES], [listing(path, [("/posts/tides/", "Tides", text("tides"))])])
    assert paths(found) == {}
    assert "list" in found.absent["posts/tides.md"][0].veto


def test_a_list_named_as_its_only_article_is_not_its_page() -> None:
    one = [("/posts/tides/", "Tides", text("tides"))]
    assert paths(pair([TIDES], [listing("tags/tides/index.html", one, "Tides | Shore")])) == {}
    both = pair([TIDES], [listing("tags/tides/index.html", one, "Tides | Shore"), TIDES_PAGE])
    assert paths(both) == {"posts/tides.md": "posts/tides/index.html"}


@pytest.mark.parametrize("folder", ["tags", "categories", "authors"])
def test_a_page_in_a_folder_of_lists_is_an_articles_only_where_its_source_is_in_one_or_the_formula_says_so(
    folder: str,
) -> None:
    built = page(f"{folder}/tides/index.html", post("Tides", text("tides")))
    assert paths(pair([TIDES], [built])) == {}
    assert len(pair([source(f"{folder}/tides.md", "Tides", text("tides"))], [built]).pairs) == 1
    assert len(pair([TIDES._replace(predicted=f"{folder}/tides/")], [built]).pairs) == 1


def test_a_page_may_link_another_article_of_the_same_title() -> None:
    pages = [
        page(f"links-{month}/index.html", post("Links", f"{text(month)}<p><a href='/links-{other}/'>Links</a></p>"))
        for month, other in (("may", "june"), ("june", "may"))
    ]
    sources = [source(f"links-{month}.md", "Links", text(month)) for month in ("may", "june")]
    assert paths(pair(sources, pages)) == {
        "links-june.md": "links-june/index.html",
        "links-may.md": "links-may/index.html",
    }


def test_a_page_that_has_neither_title_nor_name_is_not_believed() -> None:
    found = pair([TIDES], [page("archive/index.html", document(text("tides"), "Everything"))])
    assert "neither its title nor its name" in found.absent["posts/tides.md"][0].veto


@pytest.mark.parametrize("title", ["Moons &amp;#8212; of 1.4.0", "Moons — of 1.4.0 | Shore", "Us · Moons – of 1.4.0"])
def test_a_title_is_known_escaped_twice_and_beside_the_sites(title: str) -> None:
    found = pair(
        [source("posts/x.md", "Moons &#8212; of 1.4.0", text("moons"))],
        [page("140/index.html", document(text("moons"), title))],
    )
    assert paths(found) == {"posts/x.md": "140/index.html"}


def test_names_are_compared_without_their_dots_and_dates() -> None:
    found = pair(
        [source("posts/2026-03-01-release-1.4.0.md", "Something else", text("release"))],
        [page("2026/03/release-140/index.html", document(text("release"), "Our release"))],
    )
    assert len(found.pairs) == 1


def test_a_language_code_as_the_last_part_of_a_path_names_no_article() -> None:
    home = page("ja/index.html", document(text("tides"), "Shore", lang="ja"))
    assert paths(pair([source("posts/ja/tides.md", "Tides", text("tides"), language="ja")], [home])) == {}


def test_names_that_are_composed_or_percent_encoded_are_the_same() -> None:
    found = pair(
        [source("posts/café.md", "Else", text("cafe"), predicted="posts/caf%C3%A9/")],
        [page("posts/cafe\u0301/index.html", document(text("cafe"), "Our café"))],
    )
    assert found.pairs["posts/café.md"].address == "posts/caf%C3%A9/"


def test_addresses_that_differ_in_case_are_two() -> None:
    pages = [page(f"{name}/index.html", document(text(name), "Notes")) for name in ("Heroku", "heroku")]
    sources = [source(f"{name}.md", "Notes", text(name), predicted=f"{name}/") for name in ("Heroku", "heroku")]
    assert paths(pair(sources, pages)) == {"Heroku.md": "Heroku/index.html", "heroku.md": "heroku/index.html"}


def test_a_page_in_another_language_is_not_the_articles() -> None:
    spanish = page("es/tides/index.html", post("Tides", text("tides"), lang="es"))
    other = page("moons/index.html", post("Moons", text("moons")))
    found = pair([source("tides.md", "Tides", text("tides"))], [spanish, other])
    assert "another language (es)" in found.absent["tides.md"][0].veto


def test_an_untranslated_copy_is_not_taken_while_the_original_is_missing() -> None:
    original = page("tides/index.html", post("Tides", text("tides")))
    copy = page("es/tides/index.html", post("Tides", text("tides"), lang="es"))
    others = [page(f"m{n}/index.html", post(f"Moon {n}", text(f"m{n}"), lang="en")) for n in range(3)]
    tides = source("tides.md", "Tides", text("tides"))
    assert paths(pair([tides], [original, copy, *others])) == {"tides.md": "tides/index.html"}
    assert paths(pair([tides], [copy, *others])) == {}


def test_of_an_article_whose_language_nobody_knows_the_page_in_no_folder_of_a_language_is_its() -> None:
    original = page("posts/tides/index.html", post("Tides", text("tides"), lang=""))
    copy = page("es/posts/tides/index.html", post("Tides", text("tides"), lang="es"))
    tides = source("posts/tides.md", "Tides", text("tides"), language="")
    assert paths(pair([tides], [original, copy])) == {"posts/tides.md": "posts/tides/index.html"}


def test_a_language_that_was_mistaken_is_forgiven_where_the_path_says_it() -> None:
    polish = page("pl/tides/index.html", post("Pływy", text("pl"), lang="pl"))
    other = page("moons/index.html", post("Moons", text("moons")))
    found = pair([source("tides/index.pl.md", "Pływy", text("pl"), language="en")], [polish, other])
    assert paths(found) == {"tides/index.pl.md": "pl/tides/index.html"}


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="refresh" content="0; url=/x/">',
        '<meta name="robots" content="noindex">',
        '<link rel="canonical" href="/x/">',
    ],
)
def test_a_page_that_leads_on_hides_or_has_its_canonical_elsewhere_is_never_paired(head: str) -> None:
    assert paths(pair([TIDES], [page("posts/tides/index.html", post("Tides", text("tides"), head))])) == {}


def test_of_two_equal_sources_the_one_whose_path_fits_gets_the_page() -> None:
    docs = page("docs/x/index.html", post("Tides", text("tides")))
    sources = [source(key, "Tides", text("tides")) for key in ("base-l10n/other/x.md", "en/docs/x.md")]
    assert paths(pair(sources, [docs])) == {"en/docs/x.md": "docs/x/index.html"}


def test_two_equal_sources_that_fit_as_well_are_both_held_back() -> None:
    pages = [page(f"{name}/index.html", post("Tides", text("tides"))) for name in ("one", "two")]
    sources = [source(f"posts/{name}.md", "Tides", text("tides")) for name in ("first", "second")]
    found = pair(sources, pages)
    assert paths(found) == {}
    assert [match.path for match in found.ambiguous["posts/first.md"]] == ["one/index.html", "two/index.html"]


def test_a_page_that_two_sources_could_have_is_neithers() -> None:
    sources = [source(f"posts/{name}.md", "Tides", text("tides")) for name in ("first", "second")]
    assert paths(pair(sources, [page("one/index.html", post("Tides", text("tides")))])) == {}


def test_a_draft_keeps_its_page_from_an_article_like_it() -> None:
    draft = source("drafts/tides.md", "Tides", text("tides"), predicted="drafts/tides/")
    built = page("drafts/tides/index.html", post("Tides", text("tides")))
    assert paths(pair([TIDES, draft], [built])) == {"drafts/tides.md": "drafts/tides/index.html"}


def test_of_a_page_and_its_stale_copy_the_linked_one_wins() -> None:
    pages = [page(f"{name}/index.html", post("Tides", text("tides"))) for name in ("low-tides", "high-tides")]
    home = page("index.html", document("<a href='/low-tides/'>Tides</a>", "Shore"))
    assert paths(pair([source("x.md", "Tides", text("tides"))], [*pages, home])) == {"x.md": "low-tides/index.html"}


def test_a_short_article_is_told_by_title_and_address() -> None:
    short = source("posts/wind.md", "Wind", "Strong.", predicted="posts/wind/")
    assert len(pair([short], [page("posts/wind/index.html", post("Wind", "Strong."))]).pairs) == 1


def test_an_old_page_of_the_same_name_and_title_without_the_text_is_not_taken() -> None:
    old = page("2023/weekly/index.html", post("Weekly", text("2023")))
    assert paths(pair([source("2024/weekly.md", "Weekly", text("2024"))], [old])) == {}


def test_kept_pairs_stay_and_only_the_others_compete() -> None:
    kept = source("posts/tides.md", "Renamed since", "", kept="posts/tides/index.html")
    rival = source("posts/tides-again.md", "Tides", text("tides"))
    assert paths(pair([kept, rival], [TIDES_PAGE])) == {"posts/tides.md": "posts/tides/index.html"}
    assert paths(pair([kept], [])) == {}


def test_of_an_article_without_a_page_the_nearest_are_told() -> None:
    lists = [listing(f"{n}/index.html", [("/posts/tides/", "Tides", text("tides"))]) for n in range(5)]
    nearest = pair([TIDES], lists).absent["posts/tides.md"]
    assert [match.path for match in nearest] == ["0/index.html", "1/index.html", "2/index.html"]
    assert all(match.score > 0 and match.veto for match in nearest)


def test_of_a_page_that_another_article_has_that_is_told() -> None:
    other = source("posts/moons.md", "Tides", text("moons"))
    nearest = pair([TIDES, other], [TIDES_PAGE]).absent["posts/moons.md"]
    assert nearest[0].veto in ("has not its text", "is the page of posts/tides.md")


def test_a_first_translation_does_not_get_the_page_of_its_original() -> None:
    english = page("tides/index.html", post("Tides 2.7", text("tides")))
    spanish = source("tides.es.md", "Tides 2.7", text("mareas"), language="es", predicted="tides/")
    original = source("moons.md", "Moons", text("moons"))
    assert paths(pair([spanish, original], [english])) == {}


def test_a_language_that_a_theme_says_of_all_pages_and_no_source_has_says_nothing() -> None:
    german = source("wind.md", "Wind", "Stark.", language="de", predicted="wind/")
    assert len(pair([german], [page("wind/index.html", post("Wind", "Stark.", lang="en"))]).pairs) == 1


@pytest.mark.parametrize(
    ("path", "link", "address"),
    [
        ("a/index.html", "/x", "a/"),
        ("a/index.html", "/a", "a"),
        ("a.html", "/x", "a.html"),
        ("a.html", "/a", "a"),
        ("a.html", "/a.html", "a.html"),
        ("développeur tools/a.html", "/x", "d%C3%A9veloppeur%20tools/a.html"),
    ],
)
def test_an_address_has_the_form_in_which_other_pages_link_it(path: str, link: str, address: str) -> None:
    home = page("index.html", document(f"<a href='{link}'>Tides</a>", "Shore"))
    found = pair([source("a.md", "Tides", text("tides"))], [home, page(path, post("Tides", text("tides")))])
    assert found.pairs["a.md"].address == address


def test_an_address_has_the_form_of_the_canonical_link() -> None:
    head = '<link rel="canonical" href="https://example.org/posts/tides">'
    found = pair([TIDES], [page("posts/tides.html", post("Tides", text("tides"), head))])
    assert found.pairs["posts/tides.md"].address == "posts/tides"


def test_nothing_depends_on_the_order_of_sources_or_pages() -> None:
    sources = [source(f"s{n}.md", f"T{n % 4}", text(f"t{n % 5}")) for n in range(12)]
    pages = [page(f"s{n}/index.html", post(f"T{n % 4}", text(f"t{n % 5}"))) for n in range(12)]
    assert pair(sources, pages) == pair(sources[::-1], pages[::-1])


TITLES = st.sampled_from(["Tides", "Moons", "", "?", "Ebb"])
TEXTS = st.sampled_from(["", "a", text("a"), text("b"), text("a") + " " + text("b")])


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b/a", "es/a", "index"]), TITLES, TEXTS), max_size=5),
    st.lists(st.tuples(st.sampled_from(["a", "b/a", "es/a", ""]), TITLES, TEXTS), max_size=5),
)
def test_no_page_is_given_twice_and_every_source_is_told_of(
    sources: list[tuple[str, str, str]], pages: list[tuple[str, str, str]]
) -> None:
    candidates: list[Candidate] = [source(f"{n}/{key}.md", title, body) for n, (key, title, body) in enumerate(sources)]
    built = {f"{n}/{key}/index.html": post(title, body) for n, (key, title, body) in enumerate(pages)}
    found = pair(candidates, [page(path, html) for path, html in built.items()])
    taken = list(paths(found).values())
    assert len(taken) == len(set(taken))
    told = [*found.pairs, *found.ambiguous, *found.absent]
    assert sorted(told) == sorted(candidate.key for candidate in candidates)
