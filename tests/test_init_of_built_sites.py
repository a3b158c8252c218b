"""feeds init --from, where the engine has built the site: whose each page is, and which addresses lead nowhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from feedwright.cli import main
from feedwright.commands.engines import built, content_folders, recognise
from feedwright.commands.init import init_from
from feedwright.config import load_config
from tests.conftest import NOW

WORDS = (
    "ebb",
    "flood",
    "shore",
    "gull",
    "mast",
    "hull",
    "keel",
    "reef",
    "sand",
    "rope",
    "knot",
    "sail",
    "wind",
    "wave",
)


def text(number: int) -> str:
    """Words of an article that no other one has in this order."""
    picked = [
        WORDS[(number * 7 + place * (number + 3)) % len(WORDS)] + str((number * place) % 17) for place in range(150)
    ]
    return " ".join(picked)


def page(title: str, body: str, canonical: str = "", more: str = "") -> str:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    half = body[:300].rfind(" ")
    paragraphs = f"<p>{body[:half]}</p><p>{body[half:]}</p>"
    return (
        f'<!doctype html><html lang="en"><head><title>{title} | Sea</title>{link}</head><body><header>Sea, all news'
        f'</header><main><h1>{title}</h1><p class="meta">1 January</p><div class="text">{paragraphs}</div>{more}'
        "</main></body></html>"
    )


class Site:
    """A site of an engine, with its pages."""

    def __init__(self, root: Path, out: str, url: str = "https://sea.example/") -> None:
        self.root, self.out, self.url = root, root / out, url
        self.home: list[str] = []
        self.count = 0

    def write(self, name: str, content: str) -> Site:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))
        return self

    def article(self, name: str, address: str, head: str = "", *, canonical: bool = True, host: str = "") -> Site:
        """An article and its page; no page without an address."""
        self.count += 1
        title, body = f"Tide number {self.count}", text(self.count)
        day = f"2024-01-{self.count:02}"
        self.write(name, f"---\ntitle: {title}\ndate: {day}\n{head}---\n{body}\n")
        if address:
            own = f"{host or self.url}{address}" if canonical else ""
            file = self.out / (f"{address}index.html" if address.endswith("/") else address)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page(title, body, own))
            self.home.append(f'<a href="/{address}">{title}</a>')
        return self

    def built(self) -> Site:
        self.out.mkdir(parents=True, exist_ok=True)
        (self.out / "index.html").write_text(page("Home", " ".join(self.home), self.url))
        return self


def hugo(root: Path, more: str = "") -> Site:
    site = Site(root, "public")
    return site.write("hugo.toml", f'baseURL = "https://sea.example"\ntitle = "Sea"\n{more}')


def printed(capsys: pytest.CaptureFixture[str], root: Path, *args: str) -> str:
    assert main(["init", "--from", str(root), *args]) == 0
    return capsys.readouterr().out


def test_a_whole_site_gets_its_addresses_and_texts_from_its_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = hugo(tmp_path)
    for number in range(12):
        site.article(f"content/posts/{number}.md", f"posts/{number}/")
    said = printed(capsys, site.built().root)
    assert "public: the built site, as Hugo is told to, or does by itself" in said
    assert "12 of 12 articles have their page; by formula 12" in said
    assert said.count(": public/posts/") == 3
    config = load_config(tmp_path)
    assert config.content == ("content/posts",)
    assert config.pages and config.pages.folder == tmp_path / "public"
    assert config.pages.bodies == {"": "div.text"}


def test_what_the_formula_gets_wrong_is_counted_with_three_examples(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = hugo(tmp_path)
    for number in range(12):
        site.article(f"content/posts/{number}.md", f"posts/{number}/" if number < 8 else f"news/sea-{number}/")
    said = printed(capsys, site.built().root)
    assert "12 of 12 articles have their page; by formula 8" in said
    assert "8 of 12 URLs by formula have a page in public; 4 do not:" in said
    assert said.count(": https://sea.example/posts/") == 3
    assert "# 12 of 12 articles have their page" in (tmp_path / "site.toml").read_text()


@pytest.mark.parametrize(
    ("missing", "reason"),
    [(4, "8 of 12 articles have a page that is surely theirs, which is too few"), (12, "0 of 12")],
)
def test_a_folder_that_is_not_the_whole_site_is_not_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: int, reason: str
) -> None:
    site = hugo(tmp_path)
    for number in range(12):
        site.article(f"content/posts/{number}.md", f"posts/{number}/" if number >= missing else "")
    said = printed(capsys, site.built().root)
    assert f"[pages] is not written: {reason}" in said
    assert f"{missing} do not:" in said
    assert load_config(tmp_path).pages is None


def test_pages_that_were_built_for_another_host_are_not_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = hugo(tmp_path)
    for number in range(6):
        site.article(f"content/posts/{number}.md", f"posts/{number}/", host="http://localhost:1313/")
    said = printed(capsys, site.built().root)
    assert "[pages] is not written: its pages name localhost:1313 as their site, not https://sea.example/" in said


def test_a_site_that_was_changed_after_it_was_built_is_not_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = hugo(tmp_path)
    for number in range(6):
        site.article(f"content/posts/{number}.md", f"posts/{number}/")
    for path in site.built().out.rglob("*.html"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    said = printed(capsys, tmp_path)
    assert "[pages] is not written: an article was saved after it was built: run the engine" in said


def test_without_a_built_site_it_says_that_nothing_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hugo(tmp_path).article("content/posts/a.md", "")
    assert "no built site was found" in printed(capsys, tmp_path)


def test_drafts_have_no_page_and_are_not_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = hugo(tmp_path)
    for number in range(6):
        site.article(f"content/posts/{number}.md", f"posts/{number}/")
    site.article("content/posts/draft.md", "", "draft: true\n").article(
        "content/posts/far.md", "", "publishDate: 2999-01-01\n"
    )
    assert "6 of 6 articles have their page" in printed(capsys, site.built().root)


def test_all_folders_and_languages_are_taken_and_others_named_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = '[languages.en]\ncontentDir = "content/en"\n[languages.pl]\ncontentDir = "content/pl"\n'
    site = hugo(tmp_path, more)
    for number in range(6):
        site.article(f"content/en/posts/{number}.md", f"posts/{number}/")
        site.article(f"content/pl/posts/p{number}.md", f"pl/posts/p{number}/")
        site.article(f"content/en/notes/n{number}.md", f"notes/n{number}/")
    site.write("content/en/help/a.md", "---\ntitle: Help\n---\nHelp\n")
    said = printed(capsys, site.built().root)
    assert "18 of 18 articles have their page; by formula 18" in said
    assert "content/en/help: not taken: 0 of 1 files there have a date" in said
    assert load_config(tmp_path).content == ("content/en/posts", "content/en/notes", "content/pl/posts")


@pytest.mark.parametrize("more", ['[languages.en]\ncontentDir = "content/en"\n', 'contentDir = "content/en"\n', ""])
def test_the_only_section_of_a_language_is_once_in_its_addresses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: str
) -> None:
    site = hugo(tmp_path, more)
    for number in range(6):
        site.article(f"content/en/posts/{number}.md", f"posts/{number}/")
    assert "6 of 6 articles have their page; by formula 6" in printed(capsys, site.built().root)
    assert load_config(tmp_path).content == ("content/en/posts",)


def test_without_pages_a_folder_whose_addresses_do_not_exist_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = hugo(tmp_path)
    for number in range(9):
        site.article(f"content/posts/{number}.md", f"posts/{number}/", host="http://localhost/")
        site.article(f"content/notes/n{number}.md", f"elsewhere/{number}/", host="http://localhost/")
    said = printed(capsys, site.built().root)
    assert "content/notes: not taken: 0 of 9 URLs by formula have a page" in said
    assert load_config(tmp_path).content == ("content/posts",)


def test_our_page_and_sitemap_are_left_out_where_the_engine_makes_them(tmp_path: Path) -> None:
    site = Site(tmp_path, "_site").write("_config.yml", "title: Sea\nurl: https://sea.example\nmarkdown: x\n")
    site.article("_posts/2024-01-01-a.md", "2024/01/01/a.html").built()
    config = load_config(init_from(tmp_path, now=NOW).content)
    assert config.extras == ("opml", "sitemap", "news")
    (tmp_path / "_posts/site.toml").unlink()
    (tmp_path / "_site/sitemap.xml").write_text("<urlset/>")
    config = load_config(init_from(tmp_path, now=NOW).content)
    assert config.extras == ("opml", "news")


def test_jekyll_is_given_no_file_to_publish(tmp_path: Path) -> None:
    site = Site(tmp_path, "_site").write("_config.yml", "title: Sea\nurl: https://sea.example\nmarkdown: x\n")
    for number in range(6):
        site.article(f"_posts/2024-01-01-{number}.md", f"2024/01/0{number + 1}/{number}.html")
    begun = init_from(site.built().root, now=NOW)
    assert begun.content == tmp_path / "_posts"
    pages = load_config(begun.content).pages
    assert pages and os.path.realpath(pages.folder) == str(tmp_path / "_site")


SITES = {
    "astro": (
        {
            "astro.config.mjs": "export default {site: 'https://sea.example', outDir: './out'}",
            "src/consts.ts": "export const SITE_TITLE = 'Sea';",
        },
        *("Astro", "src/content/blog", "out", "/blog/{astro_path}/"),
    ),
    "vitepress": (
        {".vitepress/config.mts": "export default {title: 'Sea', cleanUrls: true, hostname: 'https://sea.example'}"},
        *("VitePress", "posts", ".vitepress/dist", "/posts/{path}"),
    ),
    "mkdocs": (
        {"mkdocs.yml": "site_name: Sea\nsite_url: https://sea.example/\nplugins: [blog]\nx: !!python/name:a.b\n"},
        *("MkDocs", "docs/blog/posts", "site", "/blog/{year}/{month}/{day}/{mkdocs_slug}/"),
    ),
    "gatsby": (
        {"gatsby-config.js": "module.exports = {siteMetadata: {title: `Sea`, siteUrl: `https://sea.example`}}"},
        *("Gatsby", "content/blog", "public", "/{path}/"),
    ),
    "metalsmith": (
        {
            "metalsmith.json": '{"destination": "./www", "metadata": {"sitename": "Sea", "siteurl": "https://sea.example"}}'
        },
        *("Metalsmith", "src/posts", "www", "/posts/{path}/"),
    ),
    "quartz": (
        {"quartz.config.ts": 'export default { configuration: { pageTitle: "Sea", baseUrl: "sea.example" } }'},
        *("Quartz", "content", "public", "/{path}"),
    ),
    "unknown": ({}, *("an unknown engine", "content/posts", "public", "/posts/{path}/")),
}


@pytest.mark.parametrize("name", SITES)
def test_sites_of_further_engines_are_known_with_their_folders(name: str, tmp_path: Path) -> None:
    files, engine, content, out, permalink = SITES[name]
    site = Site(tmp_path, out)
    for file, written in files.items():
        site.write(file, written)
    for number in range(6):
        site.article(f"{content}/{number}.md", f"some/where/{number}/")
    begun = init_from(site.built().root, now=NOW)
    assert begun.found and begun.found.engine == engine
    config = load_config(begun.content)
    assert (config.content, config.permalink) == ((content,), permalink)
    assert config.site.url == "https://sea.example/"
    assert config.site.title == ("Home | Sea" if name == "unknown" else "Sea")
    assert config.pages and os.path.realpath(config.pages.folder) == str(tmp_path / out)
    assert "6 of 6 articles have their page; by formula 0" in "\n".join(begun.lines)


def test_articles_that_an_engine_does_not_publish_do_not_keep_the_others_from_their_pages(tmp_path: Path) -> None:
    site = hugo(tmp_path)
    for number in range(10):
        site.article(f"content/posts/{number}.md", "" if number == 5 else f"posts/{number}/")
    begun = init_from(site.built().root, now=NOW)
    assert load_config(begun.content).pages
    assert "9 of 10 articles have their page" in "\n".join(begun.lines)


@pytest.mark.parametrize(
    ("configuration", "url"),
    [("", "https://www.example.org/below/"), ("baseURL = 'https://sea.example'\n", "https://sea.example/below/")],
)
def test_a_site_whose_pages_link_below_a_path_stands_there(tmp_path: Path, configuration: str, url: str) -> None:
    site = Site(tmp_path, "public").write("hugo.toml", f"title = 'Sea'\n{configuration}")
    for number in range(6):
        site.article(f"content/posts/{number}.md", f"posts/{number}/", canonical=False)
    home = " ".join(link.replace('href="/', 'href="/below/') for link in site.home)
    (site.out / "index.html").write_text(page("Home", home))
    begun = init_from(tmp_path, now=NOW)
    assert load_config(begun.content).site.url == url
    assert "6 of 6 articles have their page" in "\n".join(begun.lines)


def test_a_vault_of_obsidian_is_its_own_folder_of_articles(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    Site(tmp_path, "public").article("a.md", "")
    begun = init_from(tmp_path, now=NOW)
    assert begun.found and begun.found.engine == "Obsidian"
    assert begun.content == tmp_path
    assert load_config(tmp_path).content == ("",)


def test_markdown_alone_is_no_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Site(tmp_path, "public").article("content/posts/a.md", "")
    assert main(["init", "--from", str(tmp_path)]) == 2
    assert "Markdown beside the site that was built of it" in capsys.readouterr().err


@pytest.mark.parametrize("named", ["../../elsewhere", "/etc", "..", ".", "content", "nothing", "a\0b"])
def test_a_built_folder_that_cannot_be_one_is_not_looked_into(tmp_path: Path, named: str) -> None:
    root = tmp_path / "a/b"
    root.mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/index.html").write_text("x")
    hugo(root).article("content/posts/a.md", "")
    found = recognise(root)
    assert found
    assert built.find(type(found)(found.engine, found.root, found.content, (), built=named)) is None


def test_a_page_outside_the_built_folder_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = hugo(tmp_path / "site")
    for number in range(6):
        site.article(f"content/posts/{number}.md", f"posts/{number}/")
    page_ = site.built().out / "posts/3/index.html"
    page_.rename(tmp_path / "outside.html")
    page_.symlink_to(tmp_path / "outside.html")
    assert "5 of 6 articles have their page; by formula 5" in printed(capsys, site.root)


def test_hostile_pages_end_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = hugo(tmp_path)
    for number in range(6):
        site.article(f"content/posts/{number}.md", f"posts/{number}/")
    site.built()
    for name, content in {
        "nul": b"\0" * 9_999,
        "cut": b"<html><p>" * 9,
        "deep": b"<div>" * 50_000,
        "empty": b"",
    }.items():
        (site.out / f"{name}.html").write_bytes(content)
    (site.out / "loop").symlink_to(site.out)
    (site.out / "gone.html").symlink_to("nowhere")
    assert "6 of 6 articles have their page" in printed(capsys, tmp_path)


def test_a_file_that_is_there_stays_and_is_held_against_the_pages_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = hugo(tmp_path)
    for number in range(6):
        site.article(f"content/posts/{number}.md", f"posts/{number}/")
    own = 'title = "Mine"\nurl = "https://sea.example/"\ncontent = ["content/posts"]\npermalink = "/{slug}/"\n'
    site.built().write("site.toml", own)
    said = printed(capsys, tmp_path)
    assert "already exists, left as it is" in said
    assert "6 of 6 articles have their page; by formula 0" in said
    assert (tmp_path / "site.toml").read_text() == own


def test_folders_of_categories_of_jekyll_are_all_taken(tmp_path: Path) -> None:
    site = Site(tmp_path, "_site").write("_config.yml", "title: Sea\nurl: https://sea.example\nmarkdown: x\n")
    site.article("_posts/2024-01-01-a.md", "").article("sport/_posts/2024-01-01-b.md", "")
    found = recognise(tmp_path)
    assert found and content_folders.of_site(found, None).taken == ("_posts", "sport/_posts")
