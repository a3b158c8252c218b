"""What can hardly be meant is refused in words, every feed stays as it was, and what was meant can be said."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.newsroom import Newsroom, documents

ARTICLES = 15


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """A site whose state and configuration lie outside the content folder, so that this may vanish whole."""
    newsroom = Newsroom(tmp_path)
    newsroom.apart = True
    return newsroom.found(ARTICLES)


def assert_refused(newsroom: Newsroom, code: str, injected: str, *flags: str) -> None:
    """The build is refused for a reason, and nothing is touched."""
    before = documents(newsroom.out)
    stamps = {path: (newsroom.out / path).stat().st_mtime_ns for path in before}
    outcome = newsroom.run(*flags)
    assert "Traceback" not in outcome.err, f"{injected}: {outcome.err}"
    assert outcome.code == 2, f"{injected}: {outcome}"
    assert f"[{code}]" in outcome.err, f"{injected}: {outcome.err}"
    assert documents(newsroom.out) == before, f"{injected}: it was refused, and feeds were written"
    assert {path: (newsroom.out / path).stat().st_mtime_ns for path in before} == stamps, injected


def assert_as_before(newsroom: Newsroom, injected: str) -> None:
    """Once it is put right, a build does what an undisturbed one would."""
    newsroom.build_twin()
    newsroom.assert_heals(documents(newsroom.twin / "out"), injected)
    idle = newsroom.run()
    assert (idle.code, idle.err) == (0, ""), f"{injected}: a run that has nothing to do: {idle}"


def test_an_unmounted_content_folder_empties_no_feed(newsroom: Newsroom) -> None:
    away = newsroom.content.rename(newsroom.root / "away")
    assert_refused(newsroom, "folder-unreadable", "content folder is gone")
    newsroom.content.mkdir()
    assert_refused(newsroom, "content-vanished", "content folder is empty, as an unmounted disk's")
    newsroom.content.rmdir()
    away.rename(newsroom.content)
    assert_as_before(newsroom, "mounted again")


def test_an_unmounted_content_folder_with_all_that_is_in_it_empties_no_feed(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path).found(ARTICLES)
    away = newsroom.content.rename(newsroom.root / "away")
    newsroom.content.mkdir()
    before = documents(newsroom.out)
    outcome = newsroom.run()
    assert outcome.code == 2, f"content folder is empty, state and configuration too: {outcome}"
    assert "Traceback" not in outcome.err
    assert documents(newsroom.out) == before
    shutil.rmtree(newsroom.content)
    away.rename(newsroom.content)
    assert_as_before(newsroom, "mounted again")


@pytest.mark.longer
def test_the_wrong_folder_empties_no_feed(newsroom: Newsroom) -> None:
    wrong = newsroom.root / "wrong"
    (wrong / "deep").mkdir(parents=True)
    (wrong / "deep/other.md").write_text("---\ntitle: Other\ndate: 2024-01-01\n---\nOther.\n")
    content, newsroom.place = newsroom.place, "wrong"
    assert_refused(newsroom, "content-vanished", "another folder was named")
    newsroom.place = content
    assert_as_before(newsroom, "the right folder was named again")


def test_a_glob_that_leaves_out_nearly_all_empties_no_feed(newsroom: Newsroom) -> None:
    one = sorted(newsroom.articles)[0]
    good = newsroom.settings.read_text()
    newsroom.settings.write_text(f'include = ["{one}"]\n{good}')
    assert_refused(newsroom, "content-vanished", "a glob that leaves out nearly all")
    newsroom.settings.write_text(f'exclude = ["**"]\n{good}')
    assert_refused(newsroom, "content-vanished", "a glob that leaves out all")
    newsroom.settings.write_text(good)
    assert_as_before(newsroom, "the glob is gone")


@pytest.mark.longer
@pytest.mark.parametrize(("broken", "refused"), [(6, True), pytest.param(5, False, marks=pytest.mark.slow)])
def test_a_third_that_breaks_at_once_is_not_published(newsroom: Newsroom, broken: int, refused: bool) -> None:
    before = documents(newsroom.out)
    names = sorted(newsroom.articles)[:broken]
    for name in names:
        (newsroom.content / name).write_text("---\ntitle: [half\n")
    injected = f"{broken} of {ARTICLES} articles broken"
    if refused:
        assert_refused(newsroom, "content-broken", injected)
    else:
        outcome = newsroom.run()
        assert outcome.code == 1, f"{injected}: {outcome}"
        assert documents(newsroom.out) == before, f"{injected}: they did not stay as they were last good"
    for name in names:
        (newsroom.content / name).write_text(newsroom.articles[name])
    assert_as_before(newsroom, f"{injected}, and mended")


HALF = {
    "saved to the middle of its head": lambda text: text[: text.index("tags: [") + 10],
    "saved to the end of a line of its head": lambda text: text[: text.index("tags: [")],
    "empty": lambda text: "",
    "merge conflict": lambda text: f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> other\n",
    "merge conflict in the head": lambda text: text.replace(
        "title:", "<<<<<<< HEAD\ntitle: Mine\n=======\ntitle: Theirs\n>>>>>>> other\nauthor:", 1
    ),
    "YAML slip": lambda text: text.replace("tags: [", "tags: [[", 1),
    "binary": lambda text: "\0\1\2" * 1000,
}


MARKS = {
    **{how: [pytest.mark.slow] for how in ("empty", "merge conflict", "YAML slip", "binary")},
}


@pytest.mark.longer
@pytest.mark.parametrize("how", [pytest.param(how, marks=MARKS.get(how, ())) for how in HALF])
def test_an_article_that_breaks_stays_as_it_was(newsroom: Newsroom, how: str) -> None:
    before = documents(newsroom.out)
    name = sorted(newsroom.articles)[3]
    (newsroom.content / name).write_text(HALF[how](newsroom.articles[name]))
    for flags in ((), ("--full",), ()):
        outcome = newsroom.run(*flags)
        injected = f"{name}: {how}, {flags or 'ordinary run'}"
        assert "Traceback" not in outcome.err, f"{injected}: {outcome.err}"
        assert outcome.code == 1, f"{injected}: {outcome}"
        assert str(newsroom.content / name) in outcome.err, f"{injected}: it is not named: {outcome.err}"
        assert documents(newsroom.out) == before, f"{injected}: it did not stay as it was last good"
    (newsroom.content / name).write_text(newsroom.articles[name])
    assert_as_before(newsroom, f"{name}: {how}, and mended")


@pytest.mark.longer
@pytest.mark.parametrize(
    ("slip", "by"),
    [
        ('url = "https://tides.example/"', 'url = "http://localhost:8000/"'),
        ("[related]", 'permalink = "/{slug}.html"\n[related]'),
    ],
)
def test_a_slip_that_alters_every_link_is_not_published(newsroom: Newsroom, slip: str, by: str) -> None:
    good = newsroom.settings.read_text()
    newsroom.settings.write_text(good.replace(slip, by))
    assert_refused(newsroom, "links-changed", by)
    assert_refused(newsroom, "links-changed", f"{by}, once more", "--full")
    newsroom.settings.write_text(good)
    assert_as_before(newsroom, f"{by}, and back")


def test_what_is_meant_can_be_said(newsroom: Newsroom) -> None:
    for name in sorted(newsroom.articles)[:10]:
        newsroom.remove(name)
    assert_refused(newsroom, "content-vanished", "10 of 15 articles deleted")
    newsroom.build_twin(allow_shrink=True)
    assert newsroom.run("--allow-shrink").code == 0
    newsroom.assert_right(documents(newsroom.twin / "out"), "10 of 15 articles deleted, and meant")


@pytest.mark.longer
@pytest.mark.parametrize(
    "clock", [pytest.param(datetime(1970, 1, 1, tzinfo=UTC), marks=pytest.mark.slow), datetime(2023, 1, 1, tzinfo=UTC)]
)
def test_a_clock_that_is_back_decides_nothing(newsroom: Newsroom, clock: datetime) -> None:
    newsroom.write("later.md", "---\ntitle: Later\ndate: 2031-06-02\n---\nLater.\n")
    newsroom.write("gone.md", "---\ntitle: Gone\ndate: 2024-06-02\nexpires: 2031-05-01\n---\nGone.\n")
    assert_as_before(newsroom, "an article to come and one that has expired")
    before = documents(newsroom.out)
    right, newsroom.now = newsroom.now, clock
    outcome = newsroom.run()
    assert outcome.code == 0, f"the clock says {clock}: {outcome}"
    assert "[clock-behind]" in outcome.err
    assert documents(newsroom.out) == before, f"the clock says {clock}: feeds were written"
    newsroom.now = right
    assert_as_before(newsroom, f"the clock said {clock}, and is right again")
    newsroom.now = right + timedelta(days=2)
    assert_as_before(newsroom, "two days later")
    assert b"Later" in documents(newsroom.out)["atom.xml"]


@pytest.mark.longer
def test_a_feed_without_a_source_stays(newsroom: Newsroom) -> None:
    newsroom.write("only.md", "---\ntitle: Only one\ndate: 2024-06-02\ntags: [lonely]\n---\nOnly.\n")
    assert_as_before(newsroom, "a new tag")
    newsroom.write("only.md", "---\ntitle: Only one\ndate: 2024-06-02\n---\nOnly.\n")
    assert_as_before(newsroom, "no article has the tag")
    assert b"Only one" in documents(newsroom.out)["tag/lonely/atom.xml"]
    newsroom.remove("only.md")
    assert_as_before(newsroom, "the article is gone")
    assert b"Only one" not in documents(newsroom.out)["tag/lonely/atom.xml"]


def test_an_empty_folder_that_is_no_site_of_ours_does_not_empty_the_feeds_of_another(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path).found(ARTICLES)
    before = documents(newsroom.out)
    (newsroom.root / "wrong").mkdir()
    shutil.copy(newsroom.settings, newsroom.root / "wrong/site.toml")
    newsroom.place = "wrong"
    outcome = newsroom.run()
    assert documents(newsroom.out) == before, f"another folder, without articles: feeds were emptied: {outcome}"
    assert outcome.code == 2, f"another folder, without articles: {outcome}"
