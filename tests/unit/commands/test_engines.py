"""Sites of other engines: what is recognised of them, and that nothing of theirs is trusted."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedwright.commands.engines import Recognised, recognise, site_toml
from feedwright.config import Config, load_config
from feedwright.sources.engines.files import LARGEST
from feedwright.sources.engines.literals import LONGEST

SITES = Path(__file__).parent / "engines"
BY_NAME = sorted(path.name for path in SITES.iterdir() if path.is_dir())


def of(folder: Path) -> Recognised:
    found = recognise(folder)
    assert found is not None
    return found


def values(found: Recognised) -> dict[str, object]:
    return {finding.key: finding.value for finding in found.findings if finding.certainty != "missing"}


def certainty(found: Recognised, key: str) -> str:
    return next(finding.certainty for finding in found.findings if finding.key == key)


def reasons(found: Recognised) -> str:
    return "\n".join(f"{finding.key}: {finding.where}" for finding in found.findings if finding.certainty == "missing")


def loaded(found: Recognised, tmp_path: Path) -> Config:
    file = tmp_path / "site.toml"
    file.write_text(site_toml(found), encoding="utf-8")
    return load_config(found.content, file)


def wrote(folder: Path, **files: str | bytes) -> Path:
    """A folder with these files; `__` stands for "/" and `_DOT_` for "."."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


EXPECTED: dict[str, tuple[str, str, str, str, str, str, int]] = {
    # engine, content, url, time zone, permalink, path of its feed, limit
    "docusaurus": (
        *("Docusaurus", "website/blog", "https://dino.example/sea/", "UTC", "/news/{docusaurus_path}"),
        *("news/atom.xml", 5),
    ),
    "eleventy": (
        *("Eleventy", "content/blog", "https://eleven.example/", "UTC", "/{year}/{month}/{slug}/"),
        *("feed/feed.xml", 20),
    ),
    "hexo": (
        *("Hexo", "source/_posts", "https://hexo.example/meer/", "Europe/Berlin", "/{year}/{month}/{day}/{path}/"),
        *("atom.xml", 25),
    ),
    "hugo": (
        *("Hugo", "content/posts", "https://hugo.example/", "Europe/London", "/posts/{year}/{month}/{hugo_slug}/"),
        *("index.xml", 30),
    ),
    "hugo-folder": (
        *("Hugo", "content", "https://folder.example/", "UTC", "/{section}/{year}/{title}/", "index.xml", 0),
    ),
    "jekyll": (
        *("Jekyll", "blog/_posts", "https://courier.example/sea/", "Europe/London"),
        *("/blog/{categories}/{year}/{month}/{day}/{jekyll_slug}/", "atom.xml", 15),
    ),
    "jekyll-template": (
        *("Jekyll", "_posts", "https://tides.example/", "UTC", "/{year}/{i_month}/{i_day}/{jekyll_slug}/"),
        *("feed/index.xml", 12),
    ),
    "nikola": (
        *("Nikola", "posts", "https://nikola.example/", "Europe/Vienna", "/articles/{slug}/", "feeds/rss.xml", 8),
    ),
    "octopress": (
        *("Octopress", "source/_posts", "http://octo.example/", "UTC", "/blog/{year}/{month}/{day}/{jekyll_slug}/"),
        *("atom.xml", 10),
    ),
    "pelican": (
        *("Pelican", "content/blog", "https://pelican.example/", "Europe/Rome", "/{year}/{month}/{slug}/"),
        *("feeds/all.atom.xml", 40),
    ),
    "zola": ("Zola", "content/blog", "https://zola.example/", "UTC", "/blog/{slug}/", "feed.xml", 12),
}


@pytest.mark.parametrize("name", BY_NAME)
def test_a_site_is_recognised_with_its_address_zone_permalink_and_feed(name: str, tmp_path: Path) -> None:
    engine, content, url, zone, permalink, path, limit = EXPECTED[name]
    found = of(SITES / name)
    config = loaded(found, tmp_path)
    assert found.engine == engine
    assert found.content == (SITES / name / content).resolve()
    assert (config.site.url, config.site.timezone, config.permalink) == (url, zone, permalink)
    assert path in config.kinds["site"].paths.values()
    assert config.limit == limit


@pytest.mark.parametrize("name", [name for name in BY_NAME if name not in ("jekyll-template", "hugo-folder")])
def test_who_wrote_what_names_no_author_is_taken_from_the_engine(name: str, tmp_path: Path) -> None:
    config = loaded(of(SITES / name), tmp_path)
    names = [person.name for person in (*config.site.authors, *config.authors.values())]
    assert names[0] == ("Otto" if name == "octopress" else "Jane Doe")
    assert all(person.email is None for person in (*config.site.authors, *config.authors.values()))


@pytest.mark.parametrize("name", BY_NAME)
def test_every_finding_says_where_it_came_from(name: str) -> None:
    found = of(SITES / name)
    assert len(found.findings) > 4
    for finding in found.findings:
        file = finding.where.partition(": ")[0]
        assert (found.root / file).exists() or file.endswith("does not say"), finding


@pytest.mark.parametrize("name", BY_NAME)
def test_its_folder_of_posts_may_be_named_instead_of_the_site(name: str) -> None:
    whole = of(SITES / name)
    assert of(whole.content) == whole


def test_the_comment_of_a_guess_says_so() -> None:
    lines = site_toml(of(SITES / "docusaurus")).splitlines()
    assert next(line for line in lines if line.startswith("title = ")).endswith(
        "# a guess from docusaurus.config.ts: title"
    )


def test_what_was_published_over_the_settings_of_pelican_holds() -> None:
    found = of(SITES / "pelican")
    assert next(finding.where for finding in found.findings if finding.key == "url") == "publishconf.py: SITEURL"
    assert values(found)["title"] == "Pelican's tides"


def test_sections_of_hugo_with_one_pattern_are_read_together(tmp_path: Path) -> None:
    config = loaded(of(SITES / "hugo-folder"), tmp_path)
    assert {"blog/**/*.md", "notes/**/*.md"} <= set(config.include)


def test_sections_of_hugo_with_two_patterns_are_one_folder_and_a_word_about_the_other(tmp_path: Path) -> None:
    configuration = 'baseURL = "https://a.example"\n[permalinks]\nblog = "/b/:filename/"\nnews = "/n/:year/:filename"\n'
    site = wrote(tmp_path, hugo_DOT_toml=configuration, content__blog__a_DOT_md="a", content__news__a_DOT_md="a")
    found = of(site)
    assert found.content.name == "blog"
    assert values(found)["permalink"] == "/b/{name}/"
    assert "permalinks of news differ" in reasons(found)


@pytest.mark.parametrize(
    ("pattern", "ours", "sure"),
    [
        ("date", "/{categories}/{year}/{month}/{day}/{jekyll_slug}.html", "sure"),
        ("pretty", "/{categories}/{year}/{month}/{day}/{jekyll_slug}/", "sure"),
        ("none", "/{categories}/{jekyll_slug}.html", "sure"),
        ("/:slugified_categories/:title", "/{categories}/{jekyll_slug}", "guess"),
        ("/:year-:month/:title", "/{year}-{month}/{jekyll_slug}", "sure"),
        ("/:year/:i_month/:i_day/:title:output_ext", "/{year}/{i_month}/{i_day}/{jekyll_slug}.html", "sure"),
    ],
)
def test_permalinks_of_jekyll_are_translated(pattern: str, ours: str, sure: str, tmp_path: Path) -> None:
    found = of(wrote(tmp_path, _config_DOT_yml=f"url: https://a.example\nmarkdown: kramdown\npermalink: {pattern}\n"))
    assert values(found)["permalink"] == ours
    assert certainty(found, "permalink") == sure


@pytest.mark.parametrize("pattern", ["ordinal", "weekdate", "/:short_year/:title/"])
def test_a_permalink_that_we_have_no_word_for_is_not_taken_and_the_word_is_named(pattern: str, tmp_path: Path) -> None:
    found = of(wrote(tmp_path, _config_DOT_yml=f"url: https://a.example\nmarkdown: x\npermalink: {pattern}\n"))
    assert "permalink" not in values(found)
    assert "nothing here stands for :" in reasons(found)
    assert loaded(found, tmp_path).permalink == "/{path}/"


def test_pelicans_dates_are_translated_and_a_month_in_words_is_named(tmp_path: Path) -> None:
    post = "Title: A\nSlug: a\n\nText"
    site = wrote(tmp_path, content__a_DOT_md=post, pelicanconf_DOT_py='ARTICLE_URL = "{date:%Y/%-m/%d}/{slug}"')
    assert values(of(site))["permalink"] == "/{year}/{i_month}/{day}/{slug}"
    wrote(tmp_path, pelicanconf_DOT_py='ARTICLE_URL = "{date:%b}/{slug}"')
    assert "{date:%b}" in reasons(of(site))


def test_hexo_and_jekyll_are_told_apart_by_their_keys(tmp_path: Path) -> None:
    common = "title: A\nurl: https://a.example\n"
    hexo = wrote(tmp_path / "a", _config_DOT_yml=common + "new_post_name: :title.md\nper_page: 10\n")
    jekyll = wrote(tmp_path / "b", _config_DOT_yml=common + "plugins: []\nkramdown: {}\n")
    package = wrote(tmp_path / "c", _config_DOT_yml=common, package_DOT_json='{"dependencies": {"hexo": "^7"}}')
    assert [of(site).engine for site in (hexo, jekyll, package)] == ["Hexo", "Jekyll", "Hexo"]


def test_a_domain_stands_in_for_an_address_that_jekyll_was_not_told(tmp_path: Path) -> None:
    found = of(wrote(tmp_path, _config_DOT_yml="markdown: kramdown\n", CNAME="tides.example\n"))
    assert (values(found)["url"], certainty(found, "url")) == ("https://tides.example/", "guess")


def test_a_value_that_cannot_be_used_is_missing_and_says_why(tmp_path: Path) -> None:
    found = of(wrote(tmp_path, _config_DOT_yml="title: A\nurl: localhost:4000\ntimezone: Mars/Base\nmarkdown: x\n"))
    assert "timezone: _config.yml: timezone: Write a zone's name" in reasons(found)
    assert "url: _config.yml: url: Write a whole URL" in reasons(found)
    assert loaded(found, tmp_path).site.url == "https://www.example.org/"


@pytest.mark.parametrize("name", ["empty", "sphinx", "cargo"])
def test_a_folder_without_an_engine_is_none(name: str, tmp_path: Path) -> None:
    site = tmp_path / "a/b" / name
    site.mkdir(parents=True)
    wrote(site, **{"sphinx": {"conf_DOT_py": "project = 'A'"}, "cargo": {"config_DOT_toml": "[build]"}}.get(name, {}))
    assert recognise(site) is None
    assert recognise(site / "nowhere") is None


BROKEN = {
    "syntax": b"title: [a\nurl: {: }\n\t- ]]",
    "binary": bytes(range(256)) * 8,
    "zero": b"\0" * 100,
    "empty": b"",
    "list": b"[1, 2]",
    "text": b'"only a text"',
    "huge": b"#" * (LARGEST + 1),
    "deep": b"a: " + b"[" * 100_000,
    "deep-toml": b"a = " + b"[" * 100_000,
    "deep-python": b"A = " + b"(" * 10_000 + b"1",
    "long-python": b"A = 1" + b"+1" * 50_000,
    "bomb": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (i, i, b",".join([b"*%c" % (i - 1)] * 9)) for i in range(98, 112)),
    "run": b"title: !!python/object/apply:os.abort []\n",
    "surrogate": b'title: "\\ud800"\nurl: "https://a.example/\\udfff"\nauthor: "\\udc00"\n',
}
FILES = (
    *("_config.yml", "hugo.toml", "hugo.json", "config.toml", "pelicanconf.py", "conf.py", "docusaurus.config.js"),
    *("config/_default/hugo.yaml", "_data/metadata.json", "_data/authors.yml", "content/blog/blog.json", "feed.xml"),
)


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("file", FILES)
def test_a_broken_file_is_a_finding_and_never_an_exception(file: str, kind: str, tmp_path: Path) -> None:
    site = tmp_path / "one/two/site"
    wrote(site, content__blog__a_DOT_md="# A", content__b_DOT_md="# B")
    if file.startswith(("_data", "content")):
        wrote(site, eleventy_DOT_config_DOT_js="throw 1")
    if file in ("feed.xml", "_data/authors.yml"):
        wrote(site, _config_DOT_yml="title: A\nmarkdown: x")
    (site / file).parent.mkdir(parents=True, exist_ok=True)
    (site / file).write_bytes(BROKEN[kind])
    found = recognise(site)
    if found:
        loaded(found, tmp_path)
        if kind in ("binary", "huge"):
            assert file in reasons(found)
    else:
        assert file in ("config.toml", "conf.py", "config/_default/hugo.yaml", "hugo.json", "hugo.toml")


@pytest.mark.parametrize("file", ["_config.yml", "hugo.toml", "pelicanconf.py", "docusaurus.config.js"])
def test_a_configuration_that_leads_out_of_the_site_is_not_read(file: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("title: secret\nSITENAME = 'secret'\n")
    site = wrote(tmp_path / "one/two/site", posts__a_DOT_md="a")
    (site / file).symlink_to(secret)
    found = of(site)
    assert "leads out of the site's folder" in reasons(found)
    assert "secret'" not in site_toml(found) and '"secret"' not in site_toml(found)


def test_a_folder_of_posts_that_leads_out_of_the_site_is_not_taken(tmp_path: Path) -> None:
    wrote(tmp_path / "outside", a_DOT_md="a")
    site = wrote(tmp_path / "one/two/site", _config_DOT_yml="markdown: x")
    (site / "_posts").symlink_to(tmp_path / "outside")
    assert of(site).content == site.resolve()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "_config.yml")
    assert "is not a file" in reasons(of(tmp_path))


def test_programs_are_not_run(tmp_path: Path) -> None:
    harm = f"open({str(tmp_path / 'ran')!r}, 'w')\n"
    program = f"{harm}SITENAME = 'A'\nSITEURL = {harm}AUTHOR = f\"{{{harm.strip()}}}\"\n"
    site = wrote(tmp_path / "site", pelicanconf_DOT_py=program)
    found = of(site)
    assert values(found)["title"] == "A"
    assert "url" not in values(found) and "author" not in values(found)
    assert not (tmp_path / "ran").exists()


def test_a_text_that_doubles_itself_stays_short(tmp_path: Path) -> None:
    program = "SITENAME = 'ab'\n" + "SITENAME = SITENAME + SITENAME\n" * 60
    found = of(wrote(tmp_path, pelicanconf_DOT_py=program))
    assert len(str(values(found).get("title", ""))) <= LONGEST


@pytest.mark.parametrize(
    "piece", ["/*", "\n", "{{", ",title:'", ":a", " ", "[", "{%for a in site.posts ", "a: b: c\n", "a."]
)
@pytest.mark.parametrize("file", ["docusaurus.config.js", "_config.yml", "feed.xml", "hugo.toml", "pelicanconf.py"])
def test_a_file_of_one_piece_over_and_over_takes_no_time(file: str, piece: str, tmp_path: Path) -> None:
    site = wrote(tmp_path / "one/two/site", _posts__a_DOT_md="a")
    if file == "feed.xml":
        wrote(site, _config_DOT_yml="markdown: x")
    (site / file).write_text(piece * (LARGEST // len(piece)))
    start = time.process_time()
    of(site)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("text", ["a." * 90_000 + "a = 1\n", ("a." * 499 + "a = 1\n") * 250])
def test_a_key_of_very_many_parts_is_refused_before_it_takes_memory(text: str, tmp_path: Path) -> None:
    assert "more than 64 parts" in reasons(of(wrote(tmp_path, hugo_DOT_toml=text)))


def test_a_plugin_that_only_the_gemfile_names_is_known(tmp_path: Path) -> None:
    gems = 'source \'https://rubygems.org\'\ngroup :jekyll_plugins do\n  gem "jekyll-feed", "~> 0.12"\nend\n'
    found = of(wrote(tmp_path, _config_DOT_yml="title: A\nurl: https://a.example", Gemfile=gems))
    assert (values(found)["kinds.site.path"], values(found)["limit"]) == ({"atom": "feed.xml"}, 10)


def test_the_same_site_gives_the_same_file(tmp_path: Path) -> None:
    for name in BY_NAME:
        shutil.copytree(SITES / name, tmp_path / name)
        assert site_toml(of(tmp_path / name)) == site_toml(of(SITES / name))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    (
        *("title", "name", "url", "baseurl", "root", "baseURL", "base_url", "lang", "languageCode", "timezone"),
        *("author", "authors", "permalink", "permalinks", "paginate", "feed", "plugins", "collections", "defaults"),
        *("exclude", "params", "languages", "services", "source", "source_dir", "contentDir", "per_page", "CNAME"),
    )
)


@pytest.mark.parametrize("file", ["_config.yml", "hugo.json", "hugo.yaml", "_data/metadata.json"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=st.dictionaries(KEYS, ANYTHING, max_size=6))
def test_whatever_a_configuration_holds_the_file_can_be_loaded(
    file: str, tree: dict[str, object], tmp_path: Path
) -> None:
    site = wrote(tmp_path / "one/two/site", **{"_DOT_eleventy_DOT_js": "throw 1"} if file.startswith("_data") else {})
    text = json.dumps(tree) if file.endswith("json") else yaml.safe_dump(tree, allow_unicode=True)
    (site / file).parent.mkdir(parents=True, exist_ok=True)
    (site / file).write_text(text, encoding="utf-8", errors="replace")
    loaded(of(site), tmp_path)


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("name", "engine", "content", "permalink"),
    [
        ("cedricporter-zh", "Octopress", "source/_posts", "/{jekyll_slug}.html"),
        ("cocoapods", "Jekyll", "_posts", "/{jekyll_slug}"),
        ("elixir", "Jekyll", "_posts", "/blog/{year}/{month}/{day}/{jekyll_slug}/"),
        ("hexo-site", "Hexo", "source/_posts", "/news/{year}/{month}/{day}/{slug}/"),
        ("mastodon", "Hugo", "content/posts", "/{other_lang_dir}/{year}/{month}/{hugo_slug}/"),
        ("ropensci", "Hugo", "content/blog", "/{other_lang_dir}/blog/{year}/{month}/{day}/{hugo_slug}/"),
        ("rust-blog", "Zola", "content", "/{slug}/"),
        ("rustacean-podcast", "Jekyll", "_episodes", "/episode/{jekyll_slug}/"),
        ("swift-org", "Jekyll", "_posts", "/blog/{jekyll_slug}/"),
        ("void", "Jekyll", "_posts", "/news/{year}/{month}/{jekyll_slug}.html"),
    ],
)
def test_a_real_site_is_recognised(
    name: str, engine: str, content: str, permalink: str, shared: Path, tmp_path: Path
) -> None:
    found = of(shared / "corpora" / name)
    assert (found.engine, found.content) == (engine, (shared / "corpora" / name / content).resolve())
    assert loaded(found, tmp_path).permalink == permalink


def test_without_a_permalink_eleventy_keeps_the_whole_name_of_a_file(tmp_path: Path) -> None:
    site = wrote(tmp_path, eleventy_DOT_config_DOT_js="", content__blog__x_DOT_md="---\ntitle: x\n---\n")
    assert values(of(site))["permalink"] == "/blog/{path}/"


def test_without_slugs_pelican_makes_them_of_titles(tmp_path: Path) -> None:
    site = wrote(tmp_path, pelicanconf_DOT_py="SITENAME = 'x'", content__x_DOT_md="Title: x\nDate: 2024-01-01\n\nx\n")
    assert values(of(site))["permalink"] == "/{pelican_slug}.html"


@pytest.mark.parametrize(
    ("more", "start"),
    [
        ("", ""),
        ("[languages.en]\n[languages.pl]\n", "/{other_lang_dir}"),
        ("defaultContentLanguageInSubdir = true\n[languages.en]\n[languages.pl]\n", "/{lang_dir}"),
    ],
)
def test_a_page_of_hugo_is_below_the_folder_of_its_language(tmp_path: Path, more: str, start: str) -> None:
    site = wrote(
        tmp_path,
        hugo_DOT_toml=f'baseURL = "https://x.example/"\nlanguageCode = "en-us"\n{more}',
        content__posts__x_DOT_md="---\ntitle: x\n---\n",
    )
    found = values(of(site))
    assert (found["permalink"], found["language"]) == (f"{start}/{{hugo_path}}/", "en" if more else "en-us")


def test_the_folder_that_eleventy_puts_in_front_is_in_the_address(tmp_path: Path) -> None:
    site = wrote(tmp_path, eleventy_DOT_config_DOT_js='module.exports = () => ({ pathPrefix: "/n/" })')
    wrote(site, _data__site_DOT_json='{"title": "Sea", "url": "https://sea.example"}', posts__a_DOT_md="x")
    assert values(of(site))["url"] == "https://sea.example/n/"
