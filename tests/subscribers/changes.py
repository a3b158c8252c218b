"""What happens to a site, one change after the other: at each `yield` it is published, and readers poll it.

At the first they subscribe; all that they get then counts as read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.subscribers.newsroom import Feedwright, Newsroom, body

Steps = Iterator[None]
AnyChange = Callable[[Newsroom], Steps]
Change = Callable[[Feedwright], Steps]

LONG = 330
"""Words of a text of 2.8 KB."""


def new_article(site: Newsroom) -> Steps:
    yield
    site.add("foxtrot")
    yield


def edited_body(site: Newsroom) -> Steps:
    yield
    site.edit("bravo", body=body("bravo", middle="A correction. "))
    yield


def edited_title(site: Newsroom) -> Steps:
    yield
    site.edit("bravo", title="On other bravo tides")
    yield


def said_to_be_updated(site: Newsroom) -> Steps:
    yield
    site.edit("bravo", updated="2024-04-01")
    yield


def renamed_file(site: Newsroom) -> Steps:
    yield
    site.edit("bravo", file="boats/other-bravo")
    yield


def other_slug(site: Newsroom) -> Steps:
    yield
    site.edit("bravo", slug="boats")
    yield


def other_category(site: Newsroom) -> Steps:
    yield
    site.edit("bravo", category="Land")
    yield


def out_of_a_category(site: Newsroom) -> Steps:
    yield from other_category(site)


def into_a_category(site: Newsroom) -> Steps:
    site.add("golf")
    site.edit("golf", category="Land")
    yield from other_category(site)


def deletion(site: Newsroom) -> Steps:
    yield
    site.remove("bravo")
    yield


def draft_and_back(site: Newsroom) -> Steps:
    yield
    site.edit("bravo", draft=True)
    yield
    site.edit("bravo", draft=False)
    yield


def deleted_and_back(site: Newsroom) -> Steps:
    yield
    bravo = site.posts.pop("bravo")
    yield
    site.posts["bravo"] = bravo
    yield


def old_date(site: Newsroom) -> Steps:
    yield
    site.add("foxtrot", date="2020-01-01")
    yield


def two_of_one_day(site: Newsroom) -> Steps:
    yield
    site.add("golf", date="2024-03-06")
    yield
    site.add("foxtrot", date="2024-03-06")
    yield


def author_renamed(site: Newsroom) -> Steps:
    yield
    site.author = "Jane Roe"
    yield


def other_host(site: Feedwright) -> Steps:
    yield
    site.host, site.allow_relink = "moved.example", True
    yield


def three_of_one_day_in_a_feed_of_two(site: Feedwright) -> Steps:
    site.settings = "limit = 2\n"
    yield
    for name in ("hotel", "golf", "foxtrot"):
        site.add(name, date="2024-03-06")
        yield


MOVED = """
feed_path = "feeds/{kind}/{term}.{format}"
[kinds.site]
path = { rss = "feeds/all.rss", atom = "feeds/all.atom", json = "feeds/all.json" }
"""


def other_feed_path(site: Feedwright) -> Steps:
    yield
    site.settings = MOVED
    yield
    site.add("foxtrot")
    yield


def formats_given_up(site: Feedwright) -> Steps:
    yield
    site.settings = 'formats = ["rss"]\n'
    yield
    site.add("foxtrot")
    yield


def lost_catalog(site: Feedwright) -> Steps:
    yield
    site.edit("bravo", file="other-bravo", slug="bravo")
    yield
    site.lose("content/.feeds/catalog.db")
    yield


def fresh_clone_with_the_kept_file(site: Feedwright) -> Steps:
    site.content.mkdir(parents=True)
    (site.content / "ids.tsv").touch()
    yield
    # What nobody can tell again from the articles: a file that was renamed, and where the feeds were.
    site.edit("bravo", file="other-bravo", slug="bravo")
    site.settings = MOVED
    yield
    site.lose("content/.feeds", "out")
    yield


def fresh_clone_after_all_that_moves_has_moved(site: Feedwright) -> Steps:
    site.content.mkdir(parents=True)
    (site.content / "ids.tsv").touch()
    yield from other_host(site)
    site.author, site.settings = "Jane Roe", MOVED
    yield
    site.lose("content/.feeds", "out")
    site.add("foxtrot")
    yield


def each_build_on_another_machine(site: Feedwright) -> Steps:
    site.content.mkdir(parents=True)
    (site.content / "ids.tsv").touch()
    yield
    site.lose("content/.feeds", "out")
    site.edit("bravo", file="other-bravo", slug="bravo")
    yield
    site.lose("content/.feeds", "out")
    site.add("foxtrot")
    yield
    site.lose("content/.feeds", "out")
    site.edit("charlie", body=body("charlie", middle="A correction. "))
    yield


def fresh_clone_without_it(site: Feedwright) -> Steps:
    yield
    site.edit("bravo", file="other-bravo", slug="bravo")
    yield
    site.lose("content/.feeds", "out")
    yield


def state_lost_beside_the_feeds(site: Feedwright) -> Steps:
    yield
    site.edit("bravo", file="other-bravo", slug="bravo")
    yield
    site.lose("content/.feeds")
    yield


def archives(site: Feedwright) -> Steps:
    site.settings = "limit = 3\n"
    yield
    site.settings = "limit = 3\narchive = 2\n"
    yield
    site.add("foxtrot")
    yield


def a_long_one_where_bytes_are_bound(site: Feedwright) -> Steps:
    site.settings = "max_bytes = 22000\n"
    for name in tuple(site.posts):
        site.add(name, words=LONG)
    yield
    site.add("foxtrot", words=3 * LONG)
    yield
    site.add("golf", words=LONG)
    yield


def one_that_is_too_long_alone(site: Feedwright) -> Steps:
    site.settings = "max_bytes = 22000\n"
    yield
    site.add("foxtrot", words=9 * LONG)
    yield


def section_renamed(site: Feedwright) -> Steps:
    for name in tuple(site.posts):
        site.edit(name, file=f"coast/{name}")
    yield
    for name in tuple(site.posts):
        site.edit(name, file=f"shore/{name}")
    yield
    site.add("foxtrot")
    site.edit("foxtrot", file="shore/foxtrot")
    yield


def category_spelt_otherwise(site: Feedwright) -> Steps:
    yield
    for name in tuple(site.posts):
        site.edit(name, category="SEA!")
    yield
    site.add("foxtrot")
    site.edit("foxtrot", category="SEA!")
    yield


def author_renamed_and_new_article(site: Feedwright) -> Steps:
    yield from author_renamed(site)
    site.add("foxtrot")
    yield


def summaries_of_authors(site: Feedwright) -> Steps:
    for name in tuple(site.posts):
        site.edit(name, summary=f"{name.capitalize()} begins, in short.")
    yield
    site.add("foxtrot")
    site.edit("foxtrot", summary="Foxtrot begins, in short.")
    yield


def summaries_alone(site: Feedwright) -> Steps:
    site.settings = 'body = "summary"\n'
    yield from new_article(site)
