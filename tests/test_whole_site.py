"""One `site.toml` for a whole site: it stands at the site's root, and names the folders of articles."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from feedwright.cli import main
from feedwright.errors import FeedsError
from feedwright.pipeline import Options, build
from feedwright.publish.report import Report
from tests.conftest import FEEDS_ALONE, SITE, SiteOnDisk

CONTENT = 'content = ["content/posts", "content/notes"]\n'


class WholeSite(SiteOnDisk):
    """A site whose `site.toml` stands beside its folder `content`."""

    def configure(self, more: str = CONTENT, site: str = SITE, alone: tuple[str, ...] = FEEDS_ALONE) -> WholeSite:
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / "site.toml").write_text(site + "".join(alone) + more)
        return self

    def build(self, now: Any = None, **options: Any) -> Report:
        return build(self.root, self.out, now=now or self.now, options=Options(**options))

    def ids(self) -> dict[str, str]:
        """Title -> id."""
        return {entry.title: entry.id for entry in self.feed().entries}


@pytest.fixture
def whole(tmp_path: Path) -> WholeSite:
    site = WholeSite(tmp_path / "whole").configure()
    filled(site)
    return site


def filled(site: SiteOnDisk) -> None:
    site.article("posts/tides.md", "See [b](../notes/b.md) and [c](/notes/c.md).", related="[notes/c]", tags="[sea]")
    site.article("posts/2023/ebb.md", date="2023-05-01", categories="[News]")
    site.article("posts/wind/index.md", date="2023-06-01")
    site.article("notes/b.md", date="2024-02-01")
    site.article("notes/c.md", date="2024-02-02")
    site.article("pages/about.md")


def test_keys_and_ids_are_from_the_site_s_folder_and_addresses_from_the_article_s_own(whole: WholeSite) -> None:
    report = whole.build()
    assert not report.problems
    links = {entry.title: entry.link for entry in whole.feed().entries}
    assert links == {
        "tides": "https://tides.example/tides/",
        "ebb": "https://tides.example/2023/ebb/",
        "index": "https://tides.example/wind/",
        "b": "https://tides.example/b/",
        "c": "https://tides.example/c/",
    }
    assert whole.ids()["tides"] == "tag:tides.example,2024-01-01:content/posts/tides"
    assert (whole.root / ".feeds/ledger.db").is_file()
    assert not (whole.content / ".feeds").exists()


def test_the_feeds_are_those_of_today_s_form_but_for_ids(whole: WholeSite, tmp_path: Path) -> None:
    one = SiteOnDisk(tmp_path / "one").configure('permalink = "/{section}/{slug}/"\nexclude = ["pages/**"]\n')
    filled(one)
    whole.configure(f'{CONTENT}permalink = "/{{section}}/{{slug}}/"\n')
    assert not one.build().problems
    assert not whole.build().problems
    theirs = {path: re.sub(rb"(?<=-\d\d:)content/", b"", document) for path, document in whole.tree().items()}
    ours = one.tree()
    assert theirs.keys() == ours.keys() >= {"section/posts/rss.xml", "section/notes/rss.xml", "tag/sea/atom.xml"}
    assert theirs == ours


def test_one_folder_has_the_sections_of_a_content_folder(whole: WholeSite) -> None:
    whole.configure('content = ["content"]\nexclude = ["content/pages/**"]\n')
    assert not whole.build().problems
    assert {"section/posts/atom.xml", "section/notes/atom.xml"} <= whole.tree().keys()


def test_a_folder_of_its_own_is_a_section_before_the_name_of_the_content_folder(whole: WholeSite) -> None:
    whole.article("posts/sailing/race.md")
    whole.build()
    sections = {path.split("/")[1] for path in whole.tree() if path.startswith("section/")}
    assert sections == {"posts", "notes", "sailing"}


def test_an_article_that_moves_to_the_other_folder_keeps_its_id(whole: WholeSite) -> None:
    whole.build()
    before = whole.ids()
    (whole.content / "posts/tides.md").rename(whole.content / "notes/tides.md")
    whole.article("posts/other.md")
    report = whole.build()
    assert report.exit_code == 0
    assert {**before, "other": whole.ids()["other"]} == whole.ids()


def test_today_s_form_becomes_a_whole_site_without_new_entries(whole: WholeSite) -> None:
    shutil.move(whole.root / "site.toml", whole.root / "aside.toml")
    one = SiteOnDisk(whole.root).configure('exclude = ["pages/**"]\n')
    one.build()
    before = {entry.title: entry.id for entry in one.feed().entries}
    (one.content / "site.toml").unlink()
    shutil.move(one.content / ".feeds", whole.root / ".feeds")
    shutil.move(whole.root / "aside.toml", whole.root / "site.toml")
    assert whole.build().exit_code == 0
    assert whole.ids() == before


def test_dot_names_what_needs_no_name(tmp_path: Path) -> None:
    site = SiteOnDisk(tmp_path).configure()
    filled(site)
    site.build()
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in site.out.rglob("*.xml")}
    site.configure('content = ["."]\n')
    report = site.build()
    assert not report.written
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in site.out.rglob("*.xml")} == before


def test_nothing_is_made_again_where_nothing_changed(whole: WholeSite) -> None:
    whole.build()
    assert not whole.build().written
    whole.article("notes/b.md", "Another text.", date="2024-02-01")
    report = whole.build()
    assert report.changed == 1


def test_what_is_in_no_named_folder_is_no_article(whole: WholeSite) -> None:
    whole.article("posts/out/y.md")
    (whole.root / "README.md").write_text("# Read me\n")
    (whole.root / "node_modules").mkdir()
    (whole.root / "node_modules/a.md").write_text("---\ndate: 2024-01-01\n---\nx\n")
    assert whole.build().exit_code == 0
    assert "about" not in whole.titles()


def test_globs_and_filters_are_from_the_site_s_folder(whole: WholeSite) -> None:
    whole.configure(
        f'{CONTENT}exclude = ["content/posts/2023/**"]\n[[feed]]\nname = "notes"\n'
        'include = { path = ["content/notes/**"] }\n'
    )
    assert not whole.build().problems
    assert "ebb" not in whole.titles()
    assert sorted(whole.titles("feed/notes/atom.xml")) == ["b", "c"]


def test_a_link_into_another_content_folder_is_followed_and_one_beside_them_is_not(whole: WholeSite) -> None:
    (whole.content / "posts/c.md").symlink_to("../notes/c.md")
    (whole.content / "posts/about.md").symlink_to("../pages/about.md")
    report = whole.build()
    codes = {problem.code: problem.file for problem in report.problems}
    assert codes["link-outside"].endswith("content/posts/about.md")
    assert "about" not in whole.titles()


def test_a_folder_that_is_missing_publishes_nothing(whole: WholeSite) -> None:
    whole.build()
    before = whole.tree()
    shutil.move(whole.content / "notes", whole.root / "notes")
    with pytest.raises(FeedsError) as refused:
        whole.build()
    assert refused.value.problems[0].file.endswith("content/notes")
    assert whole.tree() == before


def test_a_folder_above_the_site_s_is_read_as_one_below(tmp_path: Path) -> None:
    whole = WholeSite(tmp_path / "site").configure('content = ["../vault"]\n')
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "tides.md").write_text("---\ntitle: tides\ndate: 2024-01-01\n---\n[ebb](sea/ebb.md)\n")
    (vault / "sea").mkdir()
    (vault / "sea/ebb.md").write_text("---\ntitle: ebb\ndate: 2024-01-02\n---\nText\n")
    assert not whole.build().problems
    assert sorted(whole.titles()) == ["ebb", "tides"]
    assert 'href="https://tides.example/sea/ebb/"' in whole.feed().entries[1].content[0].value
    assert not whole.build().written
    os.chmod(vault / "sea", 0)  # noqa: PTH101
    try:
        report = whole.build()
    finally:
        os.chmod(vault / "sea", 0o755)  # noqa: PTH101
    assert sorted(whole.titles()) == ["ebb", "tides"], report.problems


def test_languages_are_told_by_the_names_of_content_folders_and_by_folders_in_them(tmp_path: Path) -> None:
    whole = WholeSite(tmp_path).configure('content = ["content/en", "content/de"]\nlanguage = "en"\n')
    whole.article("en/tides.md").article("de/gezeiten.md").article("de/posts/ebbe.md")
    assert not whole.build().problems
    assert sorted(whole.titles("language/de/atom.xml")) == ["ebbe", "gezeiten"]
    assert {path for path in whole.tree() if path.startswith("section/")} == {
        f"section/posts/{name}" for name in ("rss.xml", "atom.xml", "feed.json")
    }
    inside = WholeSite(tmp_path / "inside").configure('content = ["a", "b"]\nlanguage = "en"\n')
    for name in ("a/en/x.md", "a/de/y.md", "b/z.md"):
        SiteOnDisk.article(inside, f"../{name}")
    assert not inside.build().problems
    assert inside.titles("language/de/atom.xml") == ["y"]


def test_what_an_engine_keeps_from_the_public_is_kept_in_each_folder(tmp_path: Path) -> None:
    whole = WholeSite(tmp_path).configure('content = ["blog/content/posts", "vault"]\n')
    for name in ("blog/content/posts/secret/a.md", "blog/content/posts/b.md", "vault/c.md", "vault/private/d.md"):
        SiteOnDisk.article(whole, f"../{name}")
    (tmp_path / "blog/content/posts/secret/_index.md").write_text("---\ncascade:\n  draft: true\n---\n")
    (tmp_path / "vault/.obsidian").mkdir()
    (tmp_path / "vault/.obsidian/publish.json").write_text('{"excluded": ["private"]}')
    whole.build()
    assert sorted(whole.titles()) == ["b", "c"]


def test_pages_without_a_date_are_told_by_an_engine_between_site_and_articles(tmp_path: Path) -> None:
    whole = WholeSite(tmp_path).configure('content = ["web/content", "notes"]\nundated = "last"\n')
    (tmp_path / "web").mkdir()
    (tmp_path / "web/hugo.toml").write_text('baseURL = "https://tides.example/"\n[params]\nmainSections = ["posts"]\n')
    SiteOnDisk.article(whole, "../web/content/posts/a.md", date=None)
    SiteOnDisk.article(whole, "../web/content/docs/b.md", date=None)
    SiteOnDisk.article(whole, "../web/content/docs/c.md")
    SiteOnDisk.article(whole, "../notes/d.md", date=None)
    whole.build()
    assert sorted(whole.titles()) == ["a", "c", "d"]
    assert not whole.build().written


def test_authors_are_those_of_the_site_and_of_the_folder(whole: WholeSite) -> None:
    (whole.root / "data").mkdir()
    (whole.root / "data/authors.yml").write_text("jane:\n  name: Jane Doe\nbob:\n  name: Bob\n")
    (whole.content / "notes/authors.yml").write_text("bob:\n  name: Bob of Notes\n")
    whole.article("posts/x.md", authors="[jane, bob]").article("notes/y.md", authors="[jane, bob]")
    whole.build()
    found = {entry.title: [one.name for one in entry.authors] for entry in whole.feed().entries}
    assert (found["x"], found["y"]) == (["Jane Doe", "Bob"], ["Jane Doe", "Bob of Notes"])


def test_ids_stand_beside_the_configuration(whole: WholeSite) -> None:
    (whole.root / "ids.tsv").touch()
    whole.build()
    assert "content/notes/b.md" in (whole.root / "ids.tsv").read_text()
    shutil.rmtree(whole.root / ".feeds")
    before = whole.tree()
    whole.build()
    assert whole.tree() == before


COMMANDS = (
    *("build", "build --dry-run", "list", "explain", "explain content/posts/tides.md", "ids", "ids --export ids.txt"),
    *("status", "schedule", "snippets html", "snippets nginx", "prune", "announce", "preview --to page"),
)


@pytest.mark.parametrize("line", COMMANDS)
def test_without_arguments_the_site_is_the_one_we_are_in(
    whole: WholeSite, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(whole.root)
    assert main(["build"]) == 0
    assert main(line.split()) == 0, capsys.readouterr()
    assert not (whole.root / "content/.feeds").exists()


def test_without_arguments_an_article_is_taken_back_and_ids_are_set(
    whole: WholeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(whole.root)
    assert main(["build"]) == 0
    assert main(["ids", "--set", "content/notes/b.md", "tag:tides.example,2024:b"]) == 0
    Path("content/notes/c.md").unlink()
    assert main(["retract", "content/notes/c.md"]) == 0
    assert main(["build"]) == 0
    assert whole.ids()["b"] == "tag:tides.example,2024:b"
    assert "c" not in whole.titles()


def test_content_is_what_is_meant_where_the_folder_is_no_site(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.article("tides.md")
    monkeypatch.chdir(site.root)
    assert main(["build"]) == 0
    assert (site.content / ".feeds").is_dir()


def test_content_is_still_what_is_meant_where_both_are_sites_and_none_names_folders(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.article("tides.md")
    (site.root / "site.toml").write_text(SITE)
    monkeypatch.chdir(site.root)
    assert main(["build"]) == 0
    assert (site.content / ".feeds").is_dir()
    assert not (site.root / ".feeds").exists()


def test_a_configuration_that_is_named_means_its_own_folder_where_it_names_those_of_articles(
    whole: WholeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert main(["build", "--config", "../whole/site.toml", "--out", "../out"]) == 0
    assert (whole.root / ".feeds").is_dir()


def test_what_another_tool_s_configuration_is_called_after_stays_as_it_was(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.article("tides.md")
    shutil.move(site.content / "site.toml", site.root / "ours.toml")
    monkeypatch.chdir(site.root)
    assert main(["build", "--config", "ours.toml"]) == 0
    assert (site.content / ".feeds").is_dir()
    assert "2024-01-01:tides<" in (site.out / "rss.xml").read_text()


def test_an_imported_page_goes_into_the_first_folder_of_the_site(
    whole: WholeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Tides turn\n\nBy Jane Doe\n\nWater comes and goes, and it has done so for a long time.\n")
    monkeypatch.chdir(whole.root)
    assert main(["import", "page", str(page), "--date", "2024-03-01"]) == 0
    assert list((whole.content / "posts/2024").glob("*.md"))


def test_a_site_without_folders_of_its_own_is_meant_where_it_was_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site.toml").write_text(SITE)
    (tmp_path / "tides.md").write_text("---\ndate: 2024-01-01\n---\nWater\n")
    assert [main(["build"]), main(["build"]), main(["list"]), main(["status"])] == [0, 0, 0, 0]
    assert (tmp_path / ".feeds").is_dir()


def test_a_content_folder_is_not_built_into_another_place_by_a_slip(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site.article("tides.md").build()
    monkeypatch.chdir(site.content)
    assert main(["build"]) == 2
    assert "`feeds build .`" in capsys.readouterr().err
    assert main(["build", "--out", "../out"]) == 0
    assert not (site.content / "out").exists()


def test_an_article_above_the_site_is_named_as_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = WholeSite(tmp_path / "site").configure('content = ["../vault"]\n')
    SiteOnDisk.article(whole, "../../vault/a.md")
    SiteOnDisk.article(whole, "../../vault/b.md")
    monkeypatch.chdir(whole.root)
    assert main(["build"]) == 0
    monkeypatch.chdir(tmp_path)
    for way in ("vault/a.md", str(tmp_path / "vault/a.md"), "../vault/a.md"):
        assert main(["explain", way, "site"]) == 0, capsys.readouterr()
    assert main(["ids", "site", "--set", "vault/a.md", "tag:tides.example,2024:a"]) == 0
    (tmp_path / "vault/b.md").unlink()
    assert main(["retract", "vault/b.md", "site"]) == 0


def test_the_state_is_never_in_the_folder_of_the_built_site(whole: WholeSite) -> None:
    whole.configure(f'{CONTENT}state = "public/.feeds"\n[pages]\nfolder = "public"\n')
    with pytest.raises(FeedsError) as refused:
        whole.build()
    (problem,) = refused.value.problems
    assert (problem.code, problem.what) == ("state-public", "is below the folder of the built site")


def test_the_same_site_named_in_another_way_is_the_same(whole: WholeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    whole.configure(f'{CONTENT}[pages]\nfolder = "public"\nmissing = "formula"\n')
    (whole.root / "public").mkdir()
    (whole.root / "public/index.html").write_text("<html><body>Nothing yet</body></html>")
    whole.build()
    monkeypatch.chdir(whole.root)
    report = build(Path(), Path("out"), now=whole.now)
    assert (report.changed, report.written) == (0, ())
