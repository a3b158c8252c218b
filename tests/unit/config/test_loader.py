"""Reading site.toml."""

from __future__ import annotations

import os
import time
import tomllib
from pathlib import Path

import pytest

from feedwright.commands.init import configuration
from feedwright.config import Config, load_config
from feedwright.errors import ConfigError
from feedwright.model import Person

TWO = 'title = "Tides"\nurl = "https://tides.example"\n'


def read(folder: Path, text: str) -> Config:
    (folder / "site.toml").write_text(text)
    return load_config(folder)


def refused(folder: Path, text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        read(folder, text)
    return caught.value


def test_a_site_needs_only_a_title_and_an_address(tmp_path: Path) -> None:
    config = read(tmp_path, TWO)
    assert config.site.title == "Tides"
    assert config.site.url == config.site.feeds_url == "https://tides.example/"
    assert config.site.authority == "tides.example"
    assert (config.limit, config.body, config.formats) == (20, "full", ("rss", "atom", "json"))
    assert config.state == tmp_path / ".feeds"


def test_everything_that_can_be_set_arrives(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        TWO
        + """
feeds_url = "https://feeds.tides.example/f"
language = "de-AT"
timezone = "Europe/Vienna"
author = "jane"
logo = "/logo.png"
permalink = "{year}/{slug}/"
[related]
auto = 3
in_body = true
[kinds.tag]
only = ["Sea"]
except = ["Land"]
limit = 0
path = { rss = "t/{term}.xml" }
[authors.jane]
name = "Jane Doe"
email = "jane@tides.example"
[[feed]]
name = "both"
include = { category = ["News"], path = ["posts/**"] }
exclude = { tag = "Land" }
""",
    )
    assert config.site.feeds_url == "https://feeds.tides.example/f/"
    assert config.site.authors == (Person("Jane Doe", "jane@tides.example"),)
    assert config.site.logo == "https://tides.example/logo.png"
    assert config.permalink == "/{year}/{slug}/"
    assert (config.related.auto, config.related.in_body) == (3, True)
    tag = config.kinds["tag"]
    assert (tag.only, tag.excepted, tag.limit, dict(tag.paths)) == (("Sea",), ("Land",), 0, {"rss": "t/{term}.xml"})
    (feed,) = config.feeds
    assert (feed.name, feed.include.terms, feed.include.paths) == ("both", {"category": ("News",)}, ("posts/**",))
    assert feed.exclude.terms == {"tag": ("Land",)}


@pytest.mark.parametrize(
    ("more", "line", "key", "says"),
    [
        ('tilte = "x"', 3, "tilte", "Did you mean title?"),
        ("[kinds.tags]\nlimit = 3", 3, "kinds.tags", "tag"),
        ("[kinds.tag]\nlimt = 3", 4, "kinds.tag.limt", "Did you mean limit?"),
        ('[kinds.tag]\nfeeds_url = "https://a.example/"', 4, "kinds.tag.feeds_url", "above the first line in brackets"),
        ('limit = "many"', 3, "limit", "whole number"),
        ("limit = true", 3, "limit", "whole number"),
        ('timezone = "Europe/Berln"', 3, "timezone", "Europe/Berlin"),
        ('language = "en_GB"', 3, "language", "en-GB"),
        ('body = "all"', 3, "body", "full, summary"),
        ('formats = ["rss", "xml"]', 3, "formats", "rss, atom, json"),
        ('permalink = "/{yaer}/{slug}/"', 3, "permalink", "{year}"),
        ('permalink = "/{year}/"', 3, "permalink", "{slug}"),
        ('feed_path = "{kind}/{format}"', 3, "feed_path", "{term}"),
        ('feed_path = "../{kind}/{term}/{format}"', 3, "feed_path", "without dots"),
        ('authority = "Tides.example"', 3, "authority", "lower case"),
        ('[authors.jane]\nemail = "jane"', 4, "authors.jane.email", "name@example.org"),
        ('[[feed]]\nname = "a"\n[[feed]]\ntitle = "b"', 5, "feed.1.name", "required"),
        ('[[feed]]\nname = "a"\n[[feed]]\nname = "A"', 6, "feed.1.name", "another name"),
        ('[[feed]]\nname = "a"\ninclude = { tga = ["x"] }', 5, "feed.0.include.tga", "Did you mean tag?"),
        ('[[feed]]\nname = "a"\n[feed.include]\ntga = ["x"]', 6, "feed.0.include.tga", "Did you mean tag?"),
        ('[kinds.tag]\npath = { rss = "tag.xml" }', 4, "kinds.tag.path", "{term}"),
        ('[kinds.site]\npath = { rss = "feed.xml", atom = "feed.xml" }', 4, "kinds.site.path", "same path"),
        ('hubs = ["hub.example"]', 3, "hubs", "https://hub.example"),
        ('hubs = ["ftp://hub.example/"]', 3, "hubs", "whole URL"),
        ("limit = 99999999999999999999", 3, "limit", "from 0 to"),
        ("retracted_for = 100000000", 3, "retracted_for", "days"),
        ("ttl = 1000000", 3, "ttl", "minutes"),
        ('state = "/etc/x"', 3, "state", "--state"),
        ('state = "../x"', 3, "state", "--state"),
        ('state = "."', 3, "state", "--state"),
        ('state = "~/x"', 3, "state", "--state"),
        ("include = []", 3, "include", "at least one"),
        ('include = ["../**/*.md"]', 3, "include", "content folder down"),
        ('exclude = ["a\\\\b"]', 3, "exclude", "content folder down"),
        ('embed_hosts = ["https://player.example.org/"]', 3, "embed_hosts", "hosts alone"),
        ('embed_hosts = ["org"]', 3, "embed_hosts", "hosts alone"),
        ('embed_hosts = ["*.example.org"]', 3, "embed_hosts", "hosts alone"),
        ('timezone = "localtime"', 3, "timezone", "zone's name"),
        ('feed_path = "/{kind}/{term}/{format}"', 3, "feed_path", "slash or a drive"),
        ('feed_path = "C:/{kind}/{term}/{format}"', 3, "feed_path", "slash or a drive"),
        ('[kinds.site]\npath = { rss = "C:/x.xml" }', 4, "kinds.site.path", "slash or a drive"),
        ('[kinds.site]\npath = { rss = "/etc/x.xml" }', 4, "kinds.site.path", "slash or a drive"),
        ('[kinds.site]\npath = { rss = "//x.xml" }', 4, "kinds.site.path", "slash or a drive"),
        ('[kinds.site]\npath = { rss = "a//x.xml" }', 4, "kinds.site.path", "empty parts"),
        ('[kinds.site]\npath = { rss = "x\\u0000.xml" }', 4, "kinds.site.path", "control"),
        (f'[kinds.site]\npath = {{ rss = "{"x" * 300}.xml" }}', 4, "kinds.site.path", "shorter"),
        ('[kinds.tag]\ntitle = "{name}"', 4, "kinds.tag.title", "means nothing"),
        ('[[feed]]\nname = "x"\ninclude = { path = ["../x"] }', 5, "feed.0.include.path", "content folder down"),
        ('hubs = ["https://me:secret@hub.example/"]', 3, "hubs", "user and password"),
        ('hubs = ["https://hub.example/#a"]', 3, "hubs", "#"),
        ("hubs = 3", 3, "hubs", "list of texts"),
        ('description = ""', 3, "description", "empty"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_what_would_be_right(
    tmp_path: Path, more: str, line: int, key: str, says: str
) -> None:
    (problem,) = refused(tmp_path, TWO + more + "\n").problems
    assert (problem.line, problem.key) == (line, key)
    assert says in problem.hint
    assert problem.file == str(tmp_path / "site.toml")


def test_all_wrong_keys_are_named_at_once(tmp_path: Path) -> None:
    problems = refused(tmp_path, 'url = "tides.example"\nlimit = -1\n').problems
    assert sorted(problem.key for problem in problems) == ["limit", "title", "url"]


def test_an_address_without_a_scheme_is_told_with_one(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path, 'title = "x"\nurl = "tides.example"\n').problems
    assert "https://tides.example" in problem.hint


def test_hubs_are_whole_addresses_each_once_in_order(tmp_path: Path) -> None:
    config = read(tmp_path, TWO + 'hubs = ["https://b.example/ü", "http://a.example", "https://b.example/ü"]\n')
    assert config.site.hubs == ("https://b.example/%C3%BC", "http://a.example")


@pytest.mark.parametrize("text", ["title = ", 'title = "a\nurl = "b"', "[[[", "= 3", '"\\ud800" = 1'])
def test_what_is_no_toml_is_named_with_its_line(tmp_path: Path, text: str) -> None:
    (problem,) = refused(tmp_path, text).problems
    assert problem.code == "config-syntax"
    assert problem.line >= 1


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="feeds init"):
        load_config(tmp_path)


def test_a_file_that_is_no_text_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path)


def test_the_file_that_init_writes_means_the_same_as_an_empty_one(tmp_path: Path) -> None:
    written = read(tmp_path, configuration('A "site"', "https://tides.example/"))
    plain = read(tmp_path, 'title = "A \\"site\\""\nurl = "https://tides.example/"\n')
    assert written.site == plain.site
    assert (written.kinds, written.feeds, written.permalink) == (plain.kinds, plain.feeds, plain.permalink)


def test_every_sample_in_the_commented_file_is_accepted(tmp_path: Path) -> None:
    text = configuration("Tides", "https://tides.example/")
    head, _, filters = text.partition("# What include and exclude")
    uncommented = "\n".join(
        line.removeprefix("# ") if "=" in line or line.startswith("# [") else line for line in head.splitlines()
    )
    config = read(tmp_path, uncommented)
    assert [feed.name for feed in config.feeds] == ["podcast"]
    assert tomllib.loads("\n".join(line.removeprefix("# ") for line in filters.splitlines()[1:]))


# --- what is no usual file ---


def test_a_configuration_that_is_too_large_or_no_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text(TWO + "#" * (2**20 - len(TWO)))
    assert load_config(tmp_path).site.title == "Tides"
    file.write_text(TWO + "#" * 2**20)
    assert "more than 1048576 bytes" in str(refused_in(tmp_path))
    file.unlink()
    os.mkfifo(file)
    assert "not a regular file" in str(refused_in(tmp_path))
    file.unlink()
    file.mkdir()
    assert "[config-unreadable]" in str(refused_in(tmp_path))


def refused_in(folder: Path, file: Path | None = None) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load_config(folder, file)
    return caught.value


def test_a_configuration_that_is_named_may_be_a_pipe_and_has_a_limit_too(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.write(writer, TWO.encode())
    os.close(writer)
    assert load_config(tmp_path, Path(f"/dev/fd/{reader}")).site.title == "Tides"
    os.close(reader)
    assert "more than 1048576 bytes" in str(refused_in(tmp_path, Path("/dev/zero")))
    assert "[config-unreadable]" in str(refused_in(tmp_path, Path("a\0b")))


@pytest.mark.parametrize("line", ["[" + " " * 100_000 + "x", " " * 100_000 + "x", "[[" * 50_000, "a " * 50_000])
def test_a_long_line_costs_no_more_than_its_length(tmp_path: Path, line: str) -> None:
    began = time.monotonic()
    assert "[config-" in str(refused(tmp_path, f"{TWO}{line}\nsize = 3\n"))
    assert time.monotonic() - began < 1
