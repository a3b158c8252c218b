"""What of a folder is read, what is not, and what is said of it."""

from __future__ import annotations

import pytest

from tests.conftest import SiteOnDisk

HEAD = "---\ntitle: {}\ndate: 2024-01-01\n---\n"


@pytest.mark.parametrize(
    "name", ["A.MD", "a.Markdown", "a.mkd", "a.mkdn", "a.mkdown", "a.mdown", "a.MDX", "posts/A.Md"]
)
def test_the_letter_case_of_a_suffix_does_not_count(site: SiteOnDisk, name: str) -> None:
    site.write(name, HEAD.format("Tides") + "*Water*").build()
    (entry,) = site.feed().entries
    assert entry.title == "Tides"
    assert "<em>Water</em>" in entry.content[0].value
    assert entry.link == f"https://tides.example/{name.rpartition('.')[0]}/"


@pytest.mark.parametrize("name", ["A.HTML", "a.Htm", "a.xhtml"])
def test_an_html_page_is_read_whatever_the_letter_case_of_its_suffix(site: SiteOnDisk, name: str) -> None:
    site.write(name, "<!doctype html><title>Tides</title><meta name=date content=2024-01-01><p>Water").build()
    assert site.titles() == ["Tides"]


def test_include_exclude_and_filters_take_a_suffix_in_any_letter_case(site: SiteOnDisk) -> None:
    more = 'include = ["posts/*.md"]\nexclude = ["posts/out*.md"]\n'
    site.configure(f'{more}[[feed]]\nname = "x"\ninclude = {{ path = ["posts/*.md"] }}\n')
    for name in ("posts/A.MD", "posts/out-1.MD", "other/B.MD"):
        site.write(name, HEAD.format(name))
    assert site.build().problems == ()
    assert site.titles("feed/x/atom.xml") == site.titles() == ["posts/A.MD"]


def test_a_link_to_a_file_whose_suffix_is_in_capitals_leads_to_its_page(site: SiteOnDisk) -> None:
    site.write("B.MD", HEAD.format("B")).write("a.md", HEAD.format("A") + "[b](B.MD)").build()
    (a,) = [entry for entry in site.feed().entries if entry.title == "A"]
    assert 'href="https://tides.example/B/"' in a.content[0].value
