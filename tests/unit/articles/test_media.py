"""Pictures and enclosures of an article."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from feedwright.articles.compose import compose
from feedwright.articles.frontmatter.split import split_front_matter
from feedwright.articles.media import seconds
from feedwright.articles.model import Reading
from feedwright.config import Config
from feedwright.model import Article, Enclosure, Image, Site

SITE = Site("Sea", "https://example.org/", "https://example.org/", "example.org")
CONFIG = Config(Path("nowhere"), Path("nowhere/site.toml"), Path("nowhere/.feeds"), SITE)


def reading(front: str, key: str = "posts/tides.md", **changes: Any) -> Reading:
    whole = front if "date:" in front else f"date: 2026-03-01\n{front}"
    return compose(dataclasses.replace(CONFIG, **changes), key, split_front_matter(f"---\n{whole}\n---\n"), "markdown")


def article(front: str, key: str = "posts/tides.md", **changes: Any) -> Article:
    """The article, where nothing was wrong with it."""
    read = reading(front, key, **changes)
    assert [str(problem) for problem in read.problems] == []
    assert read.article is not None
    return read.article


def warned(front: str, code: str) -> Article:
    """The article, where one warning was given."""
    read = reading(front)
    assert [(problem.code, problem.severity) for problem in read.problems] == [(code, "warning")]
    assert read.article is not None
    return read.article


def test_an_image_is_a_path_or_a_map() -> None:
    assert article("image: sea.jpg").image == Image("https://example.org/posts/tides/sea.jpg", "", "image/jpeg")
    assert article("cover: {image: /sea.png, alt: The sea, width: 640, height: 480px}").image == Image(
        "https://example.org/sea.png", "The sea", "image/png", 640, 480
    )
    assert article("image: sea.webp\nimage_alt: Waves").image == Image(
        "https://example.org/posts/tides/sea.webp", "Waves", "image/webp"
    )
    assert article("image: false").image is None
    assert warned("image: 'javascript:x'", "value-unusable").image is None


def test_a_path_of_the_site_stays_below_a_site_in_a_folder() -> None:
    site = dataclasses.replace(SITE, url="https://example.org/blog/")
    for written in ("/sea.jpg", "/blog/sea.jpg"):
        image = article(f"image: {written}", site=site).image
        assert image and image.href == "https://example.org/blog/sea.jpg"


def test_an_enclosure_is_a_url_or_a_map() -> None:
    assert article("audio: https://example.com/a.mp3").enclosures == (
        Enclosure("https://example.com/a.mp3", "audio/mpeg"),
    )
    front = "enclosure: {url: /a.m4a, type: audio/mp4, length: '1,024', duration: 1:02:05, title: One}"
    assert article(front).enclosures == (Enclosure("https://example.org/a.m4a", "audio/mp4", 1024, "One", 3725),)


def test_a_podcast_may_keep_its_length_beside_its_file() -> None:
    front = 'file: https://example.com/a.ogg\nlength: "67521792"\nduration: "35:10"'
    assert article(front).enclosures == (Enclosure("https://example.com/a.ogg", "audio/ogg", 67521792, None, 2110),)
    assert article("file: notes.doc").enclosures == ()


def test_an_enclosure_of_unknown_type_is_warned_of() -> None:
    (enclosure,) = warned("enclosure: https://example.com/a.xyz", "enclosure-type-unknown").enclosures
    assert enclosure.type == "application/octet-stream"


@pytest.mark.parametrize(
    ("written", "expected"), [(65, 65), ("65", 65), ("1:05", 65), ("1:01:05", 3665), ("PT1H1M5S", 3665)]
)
def test_a_duration_is_whole_seconds(written: object, expected: int) -> None:
    assert seconds(written) == expected


@pytest.mark.parametrize("written", ["", "long", "PT", "1:2:3:4", None, True, "-5"])
def test_what_is_no_duration_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="duration"):
        seconds(written)


EPISODE = Enclosure("https://example.org/ep.mp3", "audio/mpeg", 12345678)
PHP = 'a:2:{s:8:"duration";s:8:"00:45:10";s:8:"explicit";s:1:"2";}'


@pytest.mark.parametrize(
    ("front", "duration"),
    [
        ("enclosure: |\n  https://example.org/ep.mp3\n  12345678\n  audio/mpeg\n  " + PHP, 2710),
        ("enclosure:\n- |-\n  https://example.org/ep.mp3\n  12345678\n  audio/mpeg\n  " + PHP, 2710),
        ("enclosure:\n  https://example.org/ep.mp3\n  12345678\n  audio/mpeg", None),
        ('enclosure: "https://example.org/ep.mp3\\r\\n12345678\\r\\naudio/mpeg\\r\\n"', None),
        ("enclosure:\n- |\n  https://example.org/ep.mp3\n  12345678\n  audio/mpeg\n", None),
        ("enclosure: |\n  /ep.mp3\n  12345678\n  audio/mpeg\n", None),
        ("enclosure: |\n  https://example.org/ep.mp3\n  12345678\n", None),
        ("podcast: |\n  https://example.org/ep.mp3\n  12345678\n  audio/mpeg\n", None),
        ("enclosure: |\n  https://example.org/ep.mp3\n  12345678\n\n  " + PHP, 2710),
        ("audio_file: https://example.org/ep.mp3\nfilesize: 11.8M\nfilesize_raw: 12345678\nduration: '00:45:10'", 2710),
        (
            'podPressMedia: \'a:1:{i:0;a:4:{s:3:"URI";s:26:"https://example.org/ep.mp3";s:4:"type";s:9:"audio_mp3";'
            's:4:"size";i:12345678;s:8:"duration";s:5:"45:10";}}\'',
            2710,
        ),
    ],
)
def test_a_media_file_that_a_plugin_wrote_over_several_lines_is_read(front: str, duration: int | None) -> None:
    assert article(front).enclosures == (dataclasses.replace(EPISODE, duration=duration),)


def test_a_media_file_whose_length_a_plugin_did_not_know_is_read() -> None:
    (found,) = article("enclosure: |\n  https://example.org/ep.mp3\n\n  audio/mpeg\n").enclosures
    assert (found.href, found.length, found.type) == ("https://example.org/ep.mp3", 0, "audio/mpeg")


@pytest.mark.parametrize("key", ["tags", "categories"])
def test_terms_on_lines_of_their_own_are_several(key: str) -> None:
    read = article(f"{key}: |\n  sea\n  high tide, low tide\n")
    assert [one.term for one in getattr(read, key)] == ["sea", "high tide", "low tide"]


def test_authors_on_lines_of_their_own_are_several() -> None:
    assert [one.name for one in article("authors: |\n  Ann Sea\n  Bob Shore\n").authors] == ["Ann Sea", "Bob Shore"]
