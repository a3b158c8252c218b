"""Small sites of each engine, read as they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedwright.config import Config
from feedwright.model import NEVER, Article, Site
from feedwright.sources.folder.site_data import look
from feedwright.sources.folder.walk import listings
from tests.conftest import folders_of
from tests.unit.sources.folder.reading import read, walked

SITE = Site(
    title="Sea", url="https://example.org/", feeds_url="https://example.org/", authority="example.org", language="en"
)


def articles(content: Path, files: dict[str, str]) -> dict[str, Article]:
    """What a folder of these files holds, and nothing is wrong with it but what cannot be rendered."""
    for key, text in files.items():
        path = content / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    config = Config(content, content / "site.toml", content / ".feeds", SITE)
    keys, wrong = walked(config)
    assert wrong == []
    around = look(config, folders_of(keys))
    readings = {key: read(config, key, around) for key in keys}
    problems = [problem for reading in readings.values() for problem in reading.problems]
    assert [str(problem) for problem in problems if not problem.code.endswith("-unrendered")] == []
    return {key: reading.article for key, reading in readings.items() if reading.article}


def said(article: Article) -> tuple[str, str, list[str], list[str]]:
    """Title, time in UTC, authors, tags."""
    names = [person.name for person in article.authors]
    published = article.published.astimezone(UTC)
    return article.title, f"{published:%Y-%m-%d %H:%M}", names, [tag.term for tag in article.tags]


TIDES = ("Tides: the sea", "2020-01-02 10:11", ["Ann Sea"], ["sea", "moon"])

NIKOLA_REST = """\
.. title: Tides: the sea
.. slug: tides
.. date: 2020-01-02 12:11:00 UTC+02:00
.. tags: sea, moon
.. category: news
.. author: Ann Sea
.. link:
.. description: High and low
.. type: text

The *sea* rises.

Part
----

.. TEASER_END

More.
"""


def test_a_nikola_site(tmp_path: Path) -> None:
    pytest.importorskip("docutils")
    markdown = f"<!--\n{NIKOLA_REST.partition('type: text')[0]}type: text\n-->\n\nThe *sea* rises.\n"
    meta = NIKOLA_REST.partition("\n\n")[0] + "\n"
    draft = ".. title: Later\n.. date: 2020-01-02\n.. tags: draft, sea\n\nText.\n"
    found = articles(
        tmp_path,
        {
            "posts/tides.rst": NIKOLA_REST,
            "posts/markdown.md": markdown,
            "posts/two-files.md": "The *sea* rises.\n",
            "posts/two-files.meta": meta,
            "posts/later.rst": draft,
        },
    )
    assert [said(found[f"posts/{name}"]) for name in ("tides.rst", "markdown.md", "two-files.md")] == [TIDES] * 3
    assert found["posts/tides.rst"].body.type == "html"
    assert "<p>The <em>sea</em> rises.</p>" in found["posts/tides.rst"].body.text
    assert "<h2>Part</h2>" in found["posts/tides.rst"].body.text
    assert {one.slug for one in found.values()} == {"tides", "later"}
    assert {one.summary for one in found.values() if not one.draft} == {"High and low"}
    assert [key for key, one in found.items() if one.draft] == ["posts/later.rst"]


def test_a_changed_meta_file_changes_its_article(tmp_path: Path) -> None:
    articles(tmp_path, {"a.md": "Text.\n", "a.meta": ".. title: A\n.. date: 2020-01-02\n"})
    config = Config(tmp_path, tmp_path / "site.toml", tmp_path / ".feeds", SITE)
    before = list(listings(config))
    (tmp_path / "a.meta").write_text(".. title: Another\n.. date: 2020-01-02\n")
    assert list(listings(config)) != before


def test_an_eleventy_site(tmp_path: Path) -> None:
    found = articles(
        tmp_path,
        {
            "src/_data/authors.json": '{"ann": {"name": "Ann Sea", "url": "https://example.org/ann/"}}',
            "src/blog/2020-01-02-tides.md": "---\ntitle: 'Tides: the sea'\ndate: 2020-01-02T10:11:00.000Z\n"
            "authors: [ann]\ntags:\n  - sea\n  - moon\npermalink: /blog/tides/index.html\n---\nText\n",
            "src/blog/2020-02-03-created.md": "---\ntitle: Created\ndate: git Created\n---\nText\n",
            "src/blog/2020-02-04-template.md": "---\ntitle: No page\npermalink: false\n---\nText\n",
            "src/blog/2020-02-05-json.md": '---json\n{"title": "JSON", "tags": "sea"}\n---\nText\n',
        },
    )
    tides = found["src/blog/2020-01-02-tides.md"]
    assert said(tides) == TIDES
    assert (tides.url, tides.authors[0].url) == ("https://example.org/blog/tides/", "https://example.org/ann/")
    assert f"{found['src/blog/2020-02-03-created.md'].published:%m-%d}" == "02-03"
    assert found["src/blog/2020-02-04-template.md"].draft
    assert found["src/blog/2020-02-05-json.md"].title == "JSON"
    assert found["src/blog/2020-02-05-json.md"].body.text == "Text\n"


def test_a_docusaurus_site(tmp_path: Path) -> None:
    found = articles(
        tmp_path,
        {
            "blog/authors.yml": "ann:\n  name: Ann Sea\n  title: Sailor\n  url: https://example.org/ann/\n",
            "blog/2020-01-02-tides/index.mdx": "---\ntitle: 'Tides: the sea'\ndate: 2020-01-02T10:11\nauthors: ann\n"
            "tags: [{label: sea, permalink: /sea}, moon]\nslug: tides\nhide_table_of_contents: true\n---\n"
            "import X from './x';\n\nText\n",
            "blog/2020/01/02-across.md": "---\ntitle: Across\nauthors:\n  - ann\n  - {name: Bob, url: /bob/}\n---\nX\n",
            "blog/2020-01-02-old.md": "---\ntitle: Old\nauthor: Bob\nauthor_url: https://example.org/bob\n---\nText\n",
            "blog/2020-01-02-hidden.md": "---\ntitle: Hidden\nunlisted: true\n---\nText\n",
            "i18n/fr/docusaurus-plugin-content-blog/2020-01-02-tides/index.mdx": "---\ntitle: Marées\n---\nTexte\n",
        },
    )
    tides = found["blog/2020-01-02-tides/index.mdx"]
    assert said(tides) == TIDES
    assert (tides.slug, tides.body.type, tides.authors[0].url) == ("tides", "markdown", "https://example.org/ann/")
    assert said(found["blog/2020/01/02-across.md"])[1:3] == ("2020-01-02 00:00", ["Ann Sea", "Bob"])
    assert found["blog/2020-01-02-old.md"].authors[0].url == "https://example.org/bob"
    assert [one.title for one in found.values() if one.draft] == ["Hidden"]
    assert {one.title: one.language for one in found.values()}["Marées"] == "fr"


def test_a_multimarkdown_site(tmp_path: Path) -> None:
    text = (
        "Title:   Tides: the sea  \nAuthor:  Ann Sea\nDate:    January 2, 2020 10:11 AM\nKeywords: sea, moon\n"
        "Base Header Level: 2\nCSS: style.css\n\n# The sea\n\nIt rises.\n"
    )
    fenced = "---\nTitle: Sea\nDate: 2020-01-02\n---\nText\n"
    found = articles(tmp_path, {"tides.md": text, "fenced.md": fenced})
    assert found["fenced.md"].title == "Sea"
    assert said(found["tides.md"]) == TIDES
    assert found["tides.md"].body.text.strip().startswith("# The sea")


def test_a_pelican_site(tmp_path: Path) -> None:
    pytest.importorskip("docutils")
    head = "Title: Tides: the sea\nDate: 2020-01-02 10:11\nModified: 2020-01-03\nAuthors: Ann Sea\nTags: sea, moon\n"
    fields = ":date: 2020-01-02 10:11\n:modified: 2020-01-03\n:authors: Ann Sea\n:tags: sea, moon\n"
    found = articles(
        tmp_path,
        {
            "content/tides.md": f"{head}Category: News\nSlug: high-tide\nLang: en\nStatus: published\n\nText\n",
            "content/tides.rst": f"Tides: the sea\n##############\n\n{fields}\nText\n",
            "content/hidden.md": f"{head}Status: hidden\n\nText\n",
        },
    )
    assert said(found["content/tides.md"]) == said(found["content/tides.rst"]) == TIDES
    assert found["content/tides.md"].slug == "high-tide"
    assert f"{found['content/tides.rst'].updated:%Y-%m-%d}" == "2020-01-03"
    assert found["content/hidden.md"].draft


def test_an_asciidoc_site(tmp_path: Path) -> None:
    header = "= Tides: the sea\nAnn Sea <ann@example.org>\nv1.2, 2020-01-02\n:keywords: sea, moon\n\nThe sea rises.\n"
    attributes = "= Tides: the sea\n:jbake-date: 2020-01-02T10:11\n:jbake-tags: sea, moon\n:author: Ann Sea\n\nText.\n"
    yaml = "---\ndate: 2020-01-02 10:11\nauthor: Ann Sea\ntags: [sea, moon]\n---\n= Tides: the sea\n:toc:\n\nText.\n"
    found = articles(tmp_path, {"a.adoc": header, "b.asciidoc": attributes, "c.adoc": yaml})
    assert said(found["a.adoc"]) == (TIDES[0], "2020-01-02 00:00", *TIDES[2:])
    assert said(found["b.asciidoc"]) == said(found["c.adoc"]) == TIDES
    assert {one.body.type for one in found.values()} == {"html"}
    assert found["c.adoc"].body.text == "<p>Text.</p>\n"


def test_a_hugo_site(tmp_path: Path) -> None:
    found = articles(
        tmp_path,
        {
            "content/authors/ann-sea/_index.md": "---\nname: Ann Sea\nlink: https://example.org/ann/\n---\n",
            "content/en/post/tides/index.md": "---\ntitle: 'Tides: the sea'\npublishDate: 2020-01-02T10:11:00Z\n"
            "date: 2019-01-01\nauthors: [ann-sea]\nparams:\n  tags: [sea, moon]\n"
            "resources:\n- {name: cover, src: sea.jpg}\n---\nText\n",
            "content/de/post/tides/index.md": "---\ntitle: Gezeiten\ndate: 2020-01-02\ndescription:\n---\nText\n",
            "content/en/post/_index.md": "---\ntitle: Posts\n---\n",
        },
    )
    tides = found["content/en/post/tides/index.md"]
    assert said(tides) == TIDES
    assert tides.image and tides.image.href.endswith("/tides/sea.jpg")
    assert {one.title: one.language for one in found.values()} == {"Tides: the sea": "en", "Gezeiten": "de"}


def test_a_zola_site(tmp_path: Path) -> None:
    text = (
        '+++\ntitle = "Tides: the sea"\npath = "2020/01/02/tides"\nauthors = ["Ann Sea"]\n'
        '[taxonomies]\ntags = ["sea", "moon"]\n[extra]\nteam = "x"\n+++\nText\n'
    )
    found = articles(tmp_path, {"content/tides.md": text, "content/dated.md": "+++\ndate = 2020-01-02\n+++\n# Sea\n"})
    assert said(found["content/tides.md"]) == (TIDES[0], "2020-01-02 00:00", *TIDES[2:])
    assert found["content/tides.md"].url == "https://example.org/2020/01/02/tides/"
    assert found["content/dated.md"].title == "Sea"


def test_a_hexo_site(tmp_path: Path) -> None:
    found = articles(
        tmp_path,
        {
            "source/_posts/tides.md": "title: 'Tides: the sea'\ndate: 2020/1/2 10:11:00\nauthor: Ann Sea\n"
            "tags:\n- sea\n- moon\n---\nText\n",
            "source/_posts/2020-01-02-named.md": "---\ntitle: Named\ncategories:\n- [Sea, Tides]\n---\nText\n",
            "source/_drafts/later.md": "title: Later\ntags:\n---\nText\n",
        },
    )
    assert said(found["source/_posts/tides.md"]) == TIDES
    assert [one.term for one in found["source/_posts/2020-01-02-named.md"].categories] == ["Sea", "Tides"]
    assert found["source/_drafts/later.md"].draft


def test_a_jekyll_site(tmp_path: Path) -> None:
    found = articles(
        tmp_path,
        {
            "_data/authors.yml": "ann:\n  name: Ann Sea\n",
            "_posts/2019-12-31-tides.md": "---\ntitle: 'Tides: the sea'\ndate: 2020-01-02 12:11:00 +0200\nauthor: ann\n"
            "tags: sea moon\nredirect_from: /old/\n---\nText\n",
            "sport/_posts/2020-01-02-race.md": "---\ntitle: Race\ncategories: sailing\npublished: false\n---\nText\n",
            "_drafts/later.md": "---\ntitle: Later\n---\nText\n",
        },
    )
    assert said(found["_posts/2019-12-31-tides.md"]) == TIDES
    race = found["sport/_posts/2020-01-02-race.md"]
    assert ([one.term for one in race.categories], race.draft) == (["sport", "sailing"], True)
    assert found["_drafts/later.md"].published == NEVER


def test_a_folder_without_any_metadata(tmp_path: Path) -> None:
    found = articles(tmp_path, {"2020-01-02-tides.md": "# Tides\n\nText\n", "2020/01/02/moon.md": "Text\n"})
    assert {(one.title, one.published) for one in found.values()} == {
        ("Tides", datetime(2020, 1, 2, tzinfo=UTC)),
        ("", datetime(2020, 1, 2, tzinfo=UTC)),
    }
    assert replace(found["2020-01-02-tides.md"]).body.text == "\nText\n"
