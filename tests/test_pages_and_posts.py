"""Files without a date in a git clone: which of them are articles, and which are pages of the site's engine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedwright import Report
from feedwright.cli import main
from feedwright.pipeline import build
from feedwright.state.catalog import Catalog, facts
from feedwright.state.sqlite import opened
from tests.conftest import NOW, SITE

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
FIRST = datetime(2020, 1, 2, tzinfo=UTC)
UNDATED = "---\ntitle: {}\n---\nText.\n"


def git(folder: Path, *arguments: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    dates = {"GIT_AUTHOR_DATE": FIRST.isoformat(), "GIT_COMMITTER_DATE": FIRST.isoformat()}
    author = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *author, *arguments], cwd=folder, env={**kept, **dates}, check=True, capture_output=True)


@dataclass
class Clone:
    """An engine's site, all of it committed."""

    root: Path
    content: Path

    def write(self, files: dict[str, str]) -> Clone:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return self

    def commit(self) -> Clone:
        if not (self.root / ".git").exists():
            git(self.root, "init", "--quiet")
        git(self.root, "add", "--all", ".")
        git(self.root, "commit", "--quiet", "--message", "x")
        return self

    def build(self, more: str = "") -> Report:
        (self.content / "site.toml").write_text(f"{SITE}extras = []\nstylesheet = false\nlimit = 0\n{more}")
        return build(self.content, self.root.parent / "out", now=NOW)

    @property
    def titles(self) -> list[str]:
        items = json.loads((self.root.parent / "out/feed.json").read_text())["items"]
        return sorted(item["title"] for item in items)


def clone(tmp_path: Path, files: dict[str, str], content: str = ".") -> Clone:
    site = Clone(tmp_path / "site", tmp_path / "site" / content)
    undated = {name: text or UNDATED.format(Path(name).stem) for name, text in files.items()}
    return site.write(undated).commit()


JEKYLL = {
    "_config.yml": "title: Tides\nmarkdown: kramdown\ncollections: {news: {output: true}, docs: {output: true}}\n"
    "feed: {collections: [news]}\n",
    "_posts/ebb.md": "",
    "sea/_posts/flow.md": "",
    "_news/spring.md": "",
    "404.md": "",
    "about/index.md": "",
    "downloads/x.html": "",
    "_docs/faq.md": "",
    "raw.html": "<p>No front matter</p>",
}
ENGINES: dict[str, tuple[dict[str, str], str, list[str]]] = {
    "jekyll": (JEKYLL, ".", ["ebb", "flow", "spring"]),
    "jekyll-collection-in-its-template": (
        {
            "_config.yml": "markdown: kramdown\ncollections:\n  essays: {output: true}\n  docs: {output: true}\n",
            "feed.xml": "---\n---\n{% for post in site.essays %}{% endfor %}",
            "_essays/ebb.md": "",
            "_docs/faq.md": "",
        },
        ".",
        ["ebb"],
    ),
    "jekyll-one-collection": (
        {"_config.yml": "markdown: x\ncollections: [recipes]\n", "_recipes/soup.md": ""},
        "_recipes",
        ["soup"],
    ),
    "octopress": (
        {"_config.yml": "category_dir: blog\nmarkdown: x\n", "source/_posts/ebb.md": "", "source/about/index.md": ""},
        "source",
        ["ebb"],
    ),
    "hexo": (
        {
            "_config.yml": "new_post_name: :title.md\nper_page: 1\n",
            "scaffolds/post.md": "x",
            "source/_posts/ebb.md": "",
            "source/_posts/bare.md": "# bare\n\nText.\n",
            "source/about/index.md": "",
            "source/tags/index.md": "",
        },
        "source",
        ["bare", "ebb"],
    ),
    "hugo-blog": (
        {
            "hugo.toml": 'baseURL = "https://x.example"\n',
            "content/blog/ebb.md": "",
            "content/blog/tide/index.md": "---\ntitle: tide\n---\n",
            "content/blog/tide/notes.md": "",
            "content/blog/tide/deep/more.md": "",
            "content/en/news/flow.md": "",
            "content/docs/manual.md": "",
            "content/about.md": "",
            "content/contact/index.md": "",
        },
        "content",
        ["ebb", "flow", "tide"],
    ),
    "hugo-main-sections": (
        {
            "config/_default/hugo.yaml": "baseURL: https://x.example\n",
            "config/_default/params.yaml": "mainSections: [tales]\n",
            "content/tales/ebb/index.md": "---\ntitle: ebb\n---\n",
            "content/blog/flow.md": "",
            "content/about.md": "",
        },
        "content",
        ["ebb"],
    ),
    "hugo-other-sections": (
        {
            "config.toml": 'baseURL = "https://x.example"\n',
            "content/tales/ebb.md": "",
            "content/about.md": "",
            "content/contact/index.md": "",
        },
        "content",
        ["ebb"],
    ),
    "hugo-one-section": (
        {"hugo.toml": 'baseURL = "x"\n[params]\nmainSections = ["blog"]\n', "content/docs/manual.md": ""},
        "content/docs",
        ["manual"],
    ),
    "pelican-default-date": (
        {
            "pelicanconf.py": 'PATH = "content"\nDEFAULT_DATE = "fs"\n',
            "content/ebb.md": "Title: ebb\nCategory: sea\n\nText.\n",
            "content/pages/about.md": "Title: about\nCategory: sea\n\nText.\n",
        },
        "content",
        ["ebb"],
    ),
    "nikola": (
        {
            "conf.py": 'BLOG_TITLE = "x"\nPOSTS = (("texts/*.md", "posts", "post.tmpl"),)\n',
            "texts/ebb.md": "",
            "pages/about.md": "",
        },
        ".",
        ["ebb"],
    ),
    "eleventy": (
        {
            "eleventy.config.js": "module.exports = {}\n",
            "src/blog/ebb.md": "",
            "src/thoughts/thoughts.json": '{"tags": "posts"}',
            "src/thoughts/2021/flow.md": "",
            "src/tagged.md": "---\ntitle: tagged\ntags: [posts]\n---\n",
            "src/nav.md": "---\ntitle: nav\ntags: nav\n---\n",
            "src/about.md": "",
        },
        "src",
        ["ebb", "flow", "tagged"],
    ),
    "docusaurus": (
        {
            "docusaurus.config.js": "module.exports = {presets: [['classic', {blog: {path: './diary'}}]]}",
            "diary/ebb.md": "# ebb\n\nText.\n",
            "i18n/fr/docusaurus-plugin-content-blog/flow.mdx": "",
            "docs/manual.md": "",
            "src/pages/help.md": "",
        },
        ".",
        ["ebb", "flow"],
    ),
}


@pytest.mark.parametrize("name", ENGINES)
def test_of_files_without_a_date_only_an_engines_posts_are_articles(name: str, tmp_path: Path) -> None:
    files, content, expected = ENGINES[name]
    report = clone(tmp_path, files, content).build("all_languages = true\n")
    items = json.loads((tmp_path / "out/feed.json").read_text())["items"]
    assert sorted(item["title"] for item in items) == expected
    assert {item["date_published"][:10] for item in items} == {"2020-01-02"}
    assert (report.problems, report.left_out, report.hidden) == ((), (), {})
    assert report.articles == report.by_commit[0] == len(expected)


def test_an_article_of_zola_or_pelican_that_lacks_its_date_is_named(tmp_path: Path) -> None:
    zola = {"config.toml": 'base_url = "https://x.example"\n', "content/blog/ebb.md": "", "content/about.md": ""}
    report = clone(tmp_path / "a", {**zola, "content/2020-01-01-a.md": ""}, "content").build()
    assert [(problem.code, Path(problem.file).name) for problem in report.problems] == [("date-missing", "ebb.md")]
    pelican = {"pelicanconf.py": "", "content/ebb.md": "", "content/pages/about.md": "", "content/2020-01-01-a.md": ""}
    report = clone(tmp_path / "b", pelican, "content").build()
    assert [(problem.code, Path(problem.file).name) for problem in report.problems] == [("date-missing", "ebb.md")]


@pytest.mark.parametrize("undated", ["first-seen", "last"])
def test_pages_are_no_articles_whatever_becomes_of_what_has_no_date(undated: str, tmp_path: Path) -> None:
    site = clone(tmp_path, JEKYLL)
    shutil.rmtree(site.root / ".git")
    site.build(f'undated = "{undated}"\n')
    assert site.titles == ["ebb", "flow", "spring"]


def test_a_date_of_its_own_makes_an_article_of_a_page(tmp_path: Path) -> None:
    dated = {"about.md": "---\ntitle: about\ndate: 2021-01-01\n---\n", "2022-01-01-named.md": ""}
    site = clone(tmp_path, {**JEKYLL, **dated})
    site.build()
    assert set(site.titles) >= {"about", "2022-01-01-named"}


def test_where_no_engine_is_known_front_matter_makes_an_article(tmp_path: Path) -> None:
    files = {
        "ebb.md": "",
        "bare.md": "# bare\n\nText.\n",
        "page.html": "<html><title>page</title><body>x</body></html>",
    }
    site = clone(tmp_path, {**files, "raw.md": '{ "title": "raw", }\n', "deep/flow.html": ""})
    report = site.build()
    assert site.titles == ["ebb", "flow"]
    named = {Path(problem.file).name: problem.code for problem in report.problems}
    assert named == {"bare.md": "date-missing", "page.html": "date-missing", "raw.md": "front-matter-invalid"}
    site.build('undated = "first-seen"\n')
    assert site.titles == ["bare", "ebb", "flow", "page"]


def test_the_report_says_in_a_line_how_many_articles_are_dated_by_their_commit_and_how_many_files_are_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = clone(tmp_path, JEKYLL)
    (site.root / "site.toml").write_text(SITE)
    monkeypatch.chdir(site.root)
    for _ in range(2):
        assert main(["build", ".", "--out", "../out"]) == 0
        printed = capsys.readouterr().out
        assert "3 articles have no date but that of their first commit, such as _news/spring.md\n" in printed
        assert "5 files without a date are pages of Jekyll's, no posts, such as 404.md\n" in printed
        assert "3 articles: 3 published, 0 held back" in printed
    assert main(["build", ".", "--out", "../out", "--format", "json"]) == 0
    summary = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (summary["by_commit"], summary["pages"]) == (3, 5)
    assert main(["explain", "404.md", "."]) == 0
    assert "no article: it has no date, and is not a post of Jekyll's" in capsys.readouterr().out
    assert main(["explain", "ebb", "."]) == 0
    assert "2020-01-02 00:00 UTC, of its first commit" in capsys.readouterr().out


def test_which_articles_are_dated_by_their_commit_is_known_after_the_catalog_was_lost(tmp_path: Path) -> None:
    site = clone(tmp_path, {"ebb.md": "", "2020-01-01-own.md": ""})
    assert site.build('undated = "first-seen"\n').by_commit == (1, "ebb.md")
    site.write({"new.md": UNDATED.format("new")})
    assert site.build('undated = "first-seen"\n').by_commit == (1, "ebb.md")
    (site.content / ".feeds/catalog.db").unlink()
    assert site.build('undated = "first-seen"\n').by_commit == (1, "ebb.md")


def test_pages_that_were_published_leave_in_one_run_and_are_said_once(tmp_path: Path) -> None:
    site = clone(tmp_path, {name: text for name, text in JEKYLL.items() if name not in ("_config.yml", "raw.html")})
    assert site.build().articles == 7
    site.write({"_config.yml": JEKYLL["_config.yml"]})
    report = site.build()
    assert site.titles == ["ebb", "flow", "spring"]
    left = [(problem.code, Path(problem.file).name) for problem in report.problems]
    assert left == [("no-article", name) for name in ("404.md", "faq.md", "index.md", "x.html")]
    assert report.exit_code == 0
    report = site.build()
    assert (report.problems, report.changed) == ((), 0)


def test_files_without_front_matter_that_were_published_leave_without_regard_to_their_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"bare-{number}.md": f"# bare {number}\n" for number in range(9)}
    site = clone(tmp_path, {**files, "ebb.md": ""})
    with monkeypatch.context() as before:
        before.setattr("feedwright.articles.compose._has_front_matter", lambda place: True)
        assert site.build().by_commit[0] == 10
    before_ids = (tmp_path / "out/feed.json").read_text()
    assert "bare 8" in before_ids
    with opened(Catalog, site.content / ".feeds") as catalog:
        catalog.note(facts.VERSIONS, "of another release")
        catalog.commit()
    report = site.build()
    assert site.titles == ["ebb"]
    codes = [problem.code for problem in report.problems]
    assert (codes.count("no-article"), codes.count("date-missing")) == (9, 9)
    assert [problem.code for problem in site.build().problems] == ["date-missing"] * 9


def test_an_article_that_loses_its_own_date_stays_as_it_was_last_good(tmp_path: Path) -> None:
    site = clone(
        tmp_path, {"ebb.md": "---\ntitle: ebb\ndate: 2021-01-01\n---\n", "flow.md": "", "a.md": "", "b.md": ""}
    )
    site.build()
    site.write({"ebb.md": "No front matter\n", "flow.md": "Nor here\n"})
    report = site.build()
    assert site.titles == ["a", "b", "ebb", "flow"]
    assert [problem.code for problem in report.problems] == ["date-missing"] * 2


def test_a_page_with_a_date_of_its_own_stays_wherever_its_file_is_cut_off(tmp_path: Path) -> None:
    own = "---\ntitle: about\ndate: 2021-01-01\n---\n"
    site = clone(tmp_path, {**JEKYLL, "about.md": own})
    site.build()
    for cut in range(1, len(own)):
        site.write({"about.md": own[:cut]}).build()
        assert "about" in site.titles, own[:cut]


def test_a_configuration_that_is_as_it_was_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = clone(tmp_path, JEKYLL)
    site.build()
    monkeypatch.setattr("feedwright.sources.engines.find.of_folder", lambda root: 1 / 0)
    assert site.build().changed == 0
    monkeypatch.undo()
    site.write({"_config.yml": JEKYLL["_config.yml"].replace("[news]", "[news, docs]")})
    site.build()
    assert site.titles == ["ebb", "faq", "flow", "spring"]


def test_the_engine_of_a_site_that_only_lies_above_the_repository_is_not_asked(tmp_path: Path) -> None:
    site = clone(tmp_path, {"about.md": ""})
    (tmp_path / "_config.yml").write_text("markdown: kramdown\n")
    site.build()
    assert site.titles == ["about"]
