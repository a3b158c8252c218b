"""What of a folder is read, what is not, and what is said of it."""

from __future__ import annotations

import pytest

from feedwright.cli import main
from feedwright.errors import FeedsError
from tests.conftest import SITE, SiteOnDisk

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


# --- kinds that are not read ---


def test_every_build_says_once_how_many_files_of_which_kinds_are_not_read(
    site: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    site.article("a.md")
    for number in range(12):
        site.write(f"notes/{number}.org", "* Tides")
    site.write("more/b.adoc.txt", "x").write("more/C.TXT", "x").write("d.ipynb", "{}")
    for _ in range(2):
        assert main(["build", str(site.content), "--out", str(site.out)]) == 0
        said = capsys.readouterr().err
        assert said.count("not read") == 1
        assert f"info: {site.content}: 12 .org, 2 .txt, 1 .ipynb files are not read [files-unread]" in said
    assert site.titles() == ["a"]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "README.txt",
            "LICENSE.txt",
            "robots.txt",
            "sitemap.xml",
            "feed.xml",
            "requirements.txt",
            ".notes.txt",
            "a.txt~",
        ),
        *("node_modules/a.txt", "_data/b.xml", "_layouts/c.org", "a.png", "style.css", "app.js", "files.zip", "b.pdf"),
        *("desk/a.txt", "pages/a.org"),
    ],
)
def test_what_is_no_text_of_the_sites_or_is_left_out_on_purpose_is_not_counted(site: SiteOnDisk, name: str) -> None:
    site.configure('exclude = ["desk/**", "pages/*.org"]\n').article("a.md").write(name, "x")
    assert site.build().problems == ()


def test_a_kind_that_include_names_is_read(site: SiteOnDisk) -> None:
    site.configure('include = ["**/*.txt"]\n').write("a.txt", HEAD.format("Tides") + "Water").write("b.org", "x")
    (problem,) = site.build().problems
    assert "1 .org file is not read" in problem.what
    assert site.titles() == ["Tides"]


# --- nothing at all ---


@pytest.mark.parametrize("name", ["a.org", "a.txt", "a.png", "README.md", "_index.md", "posts/.a.md"])
def test_a_first_build_that_finds_no_article_is_not_done_and_says_what_it_looked_for(
    site: SiteOnDisk, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    site.write(name, "x")
    for _ in range(2):
        assert main(["build", str(site.content), "--out", str(site.out)]) == 2
        said = capsys.readouterr().err
        assert f"{site.content}: holds no article [nothing-found]" in said
        assert "**/*.md, **/*.markdown" in said
        assert ("1 .org file is not read" in said) == (name == "a.org")
    assert not list(site.out.glob("*.xml"))
    site.article("b.md")
    assert main(["build", str(site.content), "--out", str(site.out)]) == 0


def test_a_first_build_that_is_only_tried_says_it_too(site: SiteOnDisk) -> None:
    with pytest.raises(FeedsError, match="nothing-found"):
        site.build(dry_run=True)


def test_a_first_build_of_an_engines_pages_alone_finds_no_article(site: SiteOnDisk) -> None:
    (site.root / "_config.yml").write_text("title: A\n")
    site.write("about.md", "---\nlayout: page\ntitle: About\n---\nText\n")
    (site.content / "_posts").mkdir()
    with pytest.raises(FeedsError, match="nothing-found"):
        site.build()


def test_a_first_build_whose_articles_are_all_held_back_is_done(site: SiteOnDisk) -> None:
    site.article("a.md", draft="true").article("b.md", date="2199-01-01")
    assert site.build().exit_code == 0
    assert site.titles() == []


# --- addresses that nobody can reach ---


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://localhost:1313/",
            "http://127.0.0.1/",
            "http://[::1]/",
            "http://10.0.0.7/",
            "http://192.168.1.5:4000/",
        ),
        *("https://172.16.0.1/", "http://nas/", "http://nas.local/", "https://blog.test/", "https://x.invalid/"),
        *("https://example.org/", "https://www.example.com/blog/", "http://example.net/", "http://blog.lan/"),
        *("http://169.254.1.1/", "http://[fd00::1]/", "http://0.0.0.0:4000/", "http://blog.localhost/"),
    ],
)
def test_a_url_that_no_reader_can_reach_is_warned_of_at_each_build_and_in_status(
    site: SiteOnDisk, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    site.configure(site=f'title = "Tides"\nurl = "{url}"\nauthority = "tides.example"\n').article("a.md").article(
        "b.md"
    )
    for command in (["build", "--out", str(site.out)], ["build", "--out", str(site.out)], ["status"]):
        assert main([command[0], str(site.content), *command[1:]]) == 0
        printed = capsys.readouterr()
        assert printed.err.count("[url-unreachable]") == 1
        assert f"{site.content}/site.toml:2: url: {url}" in printed.err
    assert "all is well" not in printed.out


def test_a_feeds_url_that_is_nobodys_is_warned_of_but_not_one_behind_another_server(site: SiteOnDisk) -> None:
    site.configure(site=f'{SITE}feeds_url = "https://feeds.example.org/"\n').article("a.md")
    (problem,) = site.build().problems
    assert (problem.code, problem.key, problem.line) == ("url-unreachable", "feeds_url", 3)
    site.configure(site=f'{SITE}feeds_url = "http://127.0.0.1:8000/"\n')
    assert site.build(allow_relink=True).problems == ()


@pytest.mark.parametrize(
    "url",
    [
        *("https://tides.com/", "https://examples.org/", "https://example.org.uk/", "https://myexample.com/"),
        *(
            "https://8.8.8.8/",
            "https://[2606:4700::1]/",
            "https://localhost.run/",
            "https://test.org/",
            "https://tides.example/",
        ),
    ],
)
def test_a_url_on_the_web_is_not_warned_of(site: SiteOnDisk, url: str) -> None:
    site.configure(site=f'title = "Tides"\nurl = "{url}"\nauthority = "tides.example"\n').article("a.md")
    assert site.build().problems == ()
