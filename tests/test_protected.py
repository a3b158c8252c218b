"""Nothing that its own tool keeps from the public is published, and what was before leaves."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from feedwright.articles import protection
from feedwright.cli import main
from feedwright.commands.explain import explain
from feedwright.commands.status import status
from feedwright.text import private_parts
from tests.conftest import NOW, SiteOnDisk

ALL = ("stylesheet = true\n",)
DOCS = Path(__file__).parents[1] / "docs" / "protected.md"


def published(site: SiteOnDisk) -> bytes:
    """All that the world can read, and what archive documents are made of again."""
    kept = [gzip.decompress(path.read_bytes()) for path in sorted((site.content / ".feeds").rglob("archive/**/*.gz"))]
    return b"\n".join((*site.tree().values(), *kept))


def test_a_protected_article_is_in_no_document_and_every_command_says_why(
    site: SiteOnDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    site.configure(alone=ALL).article("open.md").article("shut.md", "hidden words", password="1234", tags="[shut]")
    report = site.build()
    assert report.hidden == {"shut.md": "protected (password)"}
    assert report.protected == 1
    assert b"hidden words" not in published(site)
    assert b"shut" not in b"".join(site.tree().values())
    assert "  is in no feed: protected (password)" in explain("shut.md", site.content, now=NOW).lines
    assert status(site.content).protected == 1
    main(["build", str(site.content), "--out", str(site.out)])
    assert "protected" in capsys.readouterr().out


def test_what_was_published_before_leaves_open_feeds_and_closed_archives(site: SiteOnDisk) -> None:
    site.configure("archive = 2\nlimit = 1\n", alone=ALL)
    for day in range(1, 8):
        site.article(f"a{day}.md", f"words of {day}.", date=f"2024-01-0{day}")
    site.build()
    assert b"words of 1." in (site.out / "archive/1/atom.xml").read_bytes()
    closed = (site.out / "archive/2/atom.xml").read_bytes()
    site.article("a1.md", "words of 1.", date="2024-01-01", password="x").article(
        "a7.md", "words of 7.", date="2024-01-07", visibility="members"
    )
    report = site.build()
    assert b"words of 1." not in published(site)
    assert b"words of 7." not in published(site)
    assert (site.out / "archive/2/atom.xml").read_bytes() == closed
    said = [one.what for one in report.problems if one.code == "article-withdrawn"]
    assert said == [
        "is protected (password): what was published of it left the feeds and 3 archive documents",
        "is protected (visibility): what was published of it left the feeds",
    ]
    assert report.exit_code == 0
    assert [one for one in site.build().problems if one.code == "article-withdrawn"] == []


def test_an_archive_document_of_that_article_alone_is_emptied_too(site: SiteOnDisk) -> None:
    site.configure("archive = 1\nlimit = 1\n")
    for day in range(1, 5):
        site.article(f"a{day}.md", f"words of {day}.", date=f"2024-01-0{day}")
    site.build()
    site.article("a1.md", "words of 1.", date="2024-01-01", password="x").build()
    assert b"words of 1." not in published(site)


def test_a_part_that_becomes_private_leaves_archives_and_the_rest_comes_again(site: SiteOnDisk) -> None:
    site.configure("archive = 2\nlimit = 1\n")
    for day in range(1, 8):
        site.article(f"a{day}.md", f"words of {day}. more of {day}.", date=f"2024-01-0{day}")
    site.build()
    site.article("a1.md", "words of 1. {{% encrypt %}}more of 1.{{% /encrypt %}}", date="2024-01-01").build()
    assert b"more of 1." not in published(site)
    assert b"words of 1." in (site.out / "atom.xml").read_bytes()
    before = published(site)
    site.build()
    assert published(site) == before


def test_by_title_an_article_is_shown_without_its_text_from_anywhere(site: SiteOnDisk) -> None:
    site.configure("archive = 2\nlimit = 1\n")
    for day in range(1, 6):
        site.article(f"a{day}.md", f"words of {day}.", date=f"2024-01-0{day}")
    site.build()
    site.configure('archive = 2\nlimit = 1\nprotected = "title"\n')
    site.article("a1.md", "words of 1.", date="2024-01-01", password="x", description="words of 1.")
    site.article("a5.md", "words of 5.", date="2024-01-05", encrypted="true", image="/hidden.png")
    site.build()
    assert b"words of 1." not in published(site)
    assert b"words of 5." not in published(site)
    assert b"hidden.png" not in published(site)
    assert set(site.titles()) >= {"a1", "a5"}
    assert "  protected (password): title and link alone are shown" in explain("a1", site.content, now=NOW).lines
    (item,) = [one for one in json.loads((site.out / "feed.json").read_bytes())["items"] if one["title"] == "a5"]
    assert (item["url"], item["content_text"]) == ("https://tides.example/a5/", "a5")
    assert "summary" not in item


def test_a_value_that_is_neither_out_nor_title_is_refused(site: SiteOnDisk, capsys: pytest.CaptureFixture[str]) -> None:
    site.configure('protected = "link"\n').article("a.md")
    assert main(["build", str(site.content), "--out", str(site.out)]) == 2
    assert "protected" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "text", "front", "why"),
    [
        ("_config.yml", "encrypt:\n  tags:\n    - {name: Shut, password: x}\n", "tags: [Shut]", "tag Shut"),
        ("_config.yml", "defaults:\n- scope: {path: ''}\n  values: {password: x}\n", "", "password"),
        ("mkdocs.yml", "docs_dir: content\nplugins:\n- encryptcontent:\n    global_password: x\n", "",
         "global_password"),
        ("conf.py", "BLOG_TITLE = 'x'\n", "tags: [private]", "tag private"),
        ("content/logseq/config.edn", "{:publishing/all-pages-public? false}", "", "without public: true"),
        ("quartz.config.ts", "filters: [Plugin.ExplicitPublish()]", "", "without publish: true"),
        ("content/.obsidian/plugins/digitalgarden/main.js", "", "", "without dg-publish: true"),
        ("content/.vuepress/config.ts", 'encrypt: { config: { "/shut": "x" } }', "", "encrypt.config"),
        ("content/.vuepress/theme.ts", 'encrypt: { global: true, admin: "x" }', "", "encrypt.global"),
        ("hugo.toml", "[[cascade]]\npassword = 'x'\n", "", "password"),
        ("content/_index.md", "---\ncascade: {password: x}\ndate: 2024-01-01\n---\n", "", "password"),
        ("content/content.json", '{"password": "x"}', "", "password"),
        ("dendron.yml", "vaults:\n- {fsPath: content, visibility: private}\n", "", "visibility"),
    ],
)  # fmt: skip
def test_the_configuration_of_an_engine_is_honoured_as_soon_as_it_changes(
    site: SiteOnDisk, file: str, text: str, front: str, why: str
) -> None:
    site.write("shut.md", f"---\ntitle: Shut\ndate: 2024-01-01\n{front}\n---\nhidden words\n")
    assert "shut.md" not in site.build().hidden
    assert b"hidden words" in published(site)
    site.write(f"../{file}", text)
    assert site.build().hidden["shut.md"] == f"protected ({why})"
    assert b"hidden words" not in published(site)


def test_a_broken_date_beside_a_password_keeps_nothing_published(site: SiteOnDisk) -> None:
    site.article("a.md", "hidden words").article("b.md").build()
    site.article("a.md", "hidden words", date="never", password="x").build()
    assert b"hidden words" not in published(site)


def test_no_mail_address_of_front_matter_is_published(site: SiteOnDisk) -> None:
    site.configure("[authors.ann]\nname = 'Ann'\nemail = 'ann@shown.example'\n", alone=ALL)
    writers = [
        "{login: bob, email: bob@hidden.example, display_name: Bob}", "Bob <bob@hidden.example>",
        "bob@hidden.example (Bob)", "bob@hidden.example", "[Bob <bob@hidden.example>, {email: bob@hidden.example}]",
        "{name: bob@hidden.example}", "{name: Bob, url: 'mailto:bob@hidden.example'}", "carl",
        "ann@shown.example", "ann",
    ]  # fmt: skip
    for number, writer in enumerate(writers):
        site.article(f"a{number}.md", author=f"'{writer}'" if writer[0] not in "{[" else writer)
    site.article("b.md", contributors="[Bob <bob@hidden.example>]", rights="© Bob <bob@hidden.example>")
    site.write("c.rst", "Cee\n===\n\n:date: 2024-01-01\n:author: Bob <bob@hidden.example>\n\nText.\n")
    site.write("d.adoc", "= D\nBob Sea <bob@hidden.example>\n:revdate: 2024-01-01\n\nText.\n")
    head = '<meta name="author" content="Bob &lt;bob@hidden.example&gt;"><meta name="date" content="2024-01-01">'
    site.write("e.html", f"<html><head><title>E</title>{head}</head><body><p>Text.</p></body></html>")
    site.write("_data/authors.yml", "carl: {name: Carl, email: carl@hidden.example}\n")
    report = site.build()
    assert not [one for one in report.problems if one.severity == "error"]
    assert b"hidden.example" not in b"".join((*site.tree().values(), *(name.encode() for name in site.tree())))
    assert b"ann@shown.example" in (site.out / "atom.xml").read_bytes()
    assert {"Bob", "Carl", "Ann"} <= {entry.get("author") for entry in site.feed("rss.xml").entries} | {
        name.get("name") for entry in site.feed().entries for name in entry.authors
    }


def test_the_documentation_lists_every_spelling_and_no_other() -> None:
    text = DOCS.read_text()
    for module, names in (
        (protection, "PASSWORDS FLAGS LEVELS WORDS PUBLIC CLOSED DENIED NEVER_SHOWN LAYOUTS"),
        (private_parts, "NAMES PLAIN_NAMES BRACKETS PLAIN_BRACKETS COMMENTS TO_THE_END CLASSES"),
    ):
        for name in names.split():
            listed = re.search(rf"<!-- {name} -->\n(.*)\n<!-- /{name} -->", text)
            assert listed, name
            assert tuple(re.findall(r"`([^`]+)`", listed[1])) == getattr(module, name), name
