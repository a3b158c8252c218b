"""The articles that every engine builds: our own, with what is hard for somebody who looks for the text of a page."""

from __future__ import annotations

from typing import NamedTuple


class Post(NamedTuple):
    """An article before an engine's own way of writing has been given to it.

    Args:
        slug: the file's name without date and suffix; where there is a folder in front, "folder/name".
        title: plain text.
        day: of its publication, ISO 8601.
        body: Markdown that all engines read; `MATHS`, `CALLOUT` and the like stand for what each writes another way.
        language: "" for the site's own.
    """

    slug: str
    title: str
    day: str
    body: str
    tags: tuple[str, ...] = ()
    draft: bool = False
    language: str = ""


MATHS = "{{maths}}"
CALLOUT = "{{callout}}"
NOTES = "{{footnotes}}"
TERMS = "{{definitions}}"

_SURVEY = f"""The harbour of Dunwich was measured again, quay by quay, and this page holds all that is known of it.

## The formula of the tide

{MATHS}

{CALLOUT}

## A program

```python
def moor(ship):
    # make fast fore and aft
    return [bollard for bollard in quay if bollard.free][:2]
```

{NOTES}

<img src="/lazy.gif" data-src="/pictures/quay.jpg" alt="The quay at low water" loading="lazy" class="lazyload">

<figure><img src="/pictures/boat.jpg" alt="A boat"><figcaption>A boat before noon.</figcaption></figure>

<details>
<summary>More for the curious</summary>

The depth was taken with a lead line of forty fathoms.

</details>

## Lists and tables

| Quay | Depth |
|------|------:|
| North | 4.2 m |
| South | 6.1 m |

- [x] measure the north quay
- [ ] measure the south quay

{TERMS}

The last sentence of the survey: nothing is moored that was not tied by hand.
"""

_TIDE = """That night the water reached the old mark on the quay wall, and the men who keep the ledger wrote it down
twice, once in ink and once in chalk. Nobody had seen it so high since the flood, and nobody has seen it since.

What followed was dull: sandbags, pumps, a dinner.
"""

_WEEKLY = """Hello and welcome to another issue of *This week in Dunwich*! We collect what happened at the quays, in the
fish market and in the council, and hand it on as it was told to us.

## Arrivals

The {ship} came in with {cargo}.

## How to take part

Write to the harbour office. Every ship is welcome, and no question is too small for an answer on Friday.
"""

_LONG = """{first} That was in the year when the lighthouse had no keeper, and the council paid a boy to climb the
stairs each evening. {second} The boy became a captain, the captain a councillor, and the lamp still burns.

> {quote}

1. The stairs were counted.
2. The lamp was cleaned.
3. {third}

## What became of the {ship}

Some say that the {ship} was broken up for her timber, and that half of the roofs in Dunwich rest upon her beams. Others
have it from an aunt that she lies off the bar, {number} fathoms deep, with her bell still in its place. {fate} Both
tales are told at the same table in the same inn, and whoever asks which of them is true has to pay the next round.

After that came the winter, and *nobody* climbed anything; `lamp --off` would have been the word for it, had there been
one.
"""

_LISTING = """Four texts of this year are worth another look.

- The tide of the eleventh
- A survey of the harbour
- Version 1.4.0 of the tide table
- This week in Dunwich

The first of them begins so: that night the water reached the old mark on the quay wall, and the men who keep the ledger
wrote it down twice, once in ink and once in chalk.
"""


def _tale(number: int, ship: str, quote: str, fate: str) -> Post:
    body = _LONG.format(
        ship=ship,
        number=number,
        fate=fate,
        first=f"Of all that is told of the {ship}, the shortest tale is the truest.",
        second=f"It was he who saw the {ship} first, {number} miles out, with her foremast gone.",
        quote=quote,
        third=f"The log of the {ship} was read aloud, all {number * 7} pages of it.",
    )
    return Post(
        f"the-{ship.lower()}", f"What is told of the {ship}", f"2023-{number:02}-1{number % 10}", body, ("ships",)
    )


POSTS = (
    Post("survey", "A survey of the harbour", "2024-05-06", _SURVEY, ("harbour", "survey")),
    Post("tide-one", "The tide of the eleventh", "2023-03-01", _TIDE, ("harbour",)),
    Post("again/tide-two", "The tide of the eleventh", "2023-03-01", _TIDE),
    Post("week-18", "This week in Dunwich", "2024-05-03", _WEEKLY.format(ship="Aurora", cargo="salt"), ("weekly",)),
    Post("week-19", "This week in Dunwich", "2024-05-10", _WEEKLY.format(ship="Meridian", cargo="timber"), ("weekly",)),
    Post(
        "version-1.4.0",
        "Version 1.4.0 of the tide table",
        "2024-02-29",
        "The tide table has a new version. It counts leap days now, and nobody has to add them by hand any more.\n",
    ),
    Post(
        "salt",
        "Salt & light: a “story” of 3 < 4",
        "2024-01-02",
        "Salt was dear, light was dearer, and three were fewer than four at every quay.\n",
    ),
    Post("short", "Short", "2023-04-02", "Done.\n"),
    Post("picture", "A picture alone", "2023-04-03", "![The quay](/pictures/quay.jpg)\n"),
    Post("reading", "Worth another look", "2024-05-20", _LISTING, ("weekly",)),
    Post(
        "minato",
        "港の測量",
        "2024-03-03",
        "港をもう一度測りました。北の岸壁は深く、南の岸壁はさらに深いのです。誰もが手で船をつなぎます。\n",
    ),
    _tale(
        1,
        "Albatross",
        "She answered the helm like a thought.",
        "A diver went down once, came up pale, and opened a bakery instead.",
    ),
    _tale(
        2,
        "Petrel",
        "No storm ever asked for her name.",
        "Her figurehead hangs in the school, where it frightens every new child.",
    ),
    _tale(
        3,
        "Cormorant",
        "Black sails, white lies, green water.",
        "The customs men kept her flag, and use it as a tablecloth on holidays.",
    ),
    _tale(
        4,
        "Kittiwake",
        "She carried letters and nothing else.",
        "Eleven of her letters were delivered last year, each a hundred years late.",
    ),
    _tale(
        5,
        "Fulmar",
        "All hands were lost but one, and he could not write.",
        "His drawings of the wreck were found behind a stove, rolled up in oilcloth.",
    ),
    Post(
        "secret",
        "A secret draft",
        "2023-04-01",
        "Nobody may read this before noon, says the editor, who wrote it in one go.\n",
        draft=True,
    ),
)
"""What each site has."""

TRANSLATED = Post(
    "survey",
    "Der Hafen, vermessen",
    "2024-05-06",
    "Der Hafen von Dunwich wurde wieder vermessen, Kai um Kai, und hier steht alles, was man davon wissen muss.\n",
    language="de",
)
COPIED = Post("the-petrel", POSTS[12].title, POSTS[12].day, POSTS[12].body, POSTS[12].tags, language="de")
"""In the folder of another language, and never translated."""


def body_of(post: Post, dialect: dict[str, str]) -> str:
    """An article's text as an engine wants it."""
    text = post.body
    for mark, own in dialect.items():
        text = text.replace(mark, own)
    return text


def front_matter(post: Post, **more: str) -> str:
    """YAML that most engines read."""
    title = post.title.replace('"', '\\"')
    lines = [f'title: "{title}"', f"date: {post.day}"]
    lines += [f"tags: [{', '.join(post.tags)}]"] if post.tags else []
    lines += ["draft: true"] if post.draft else []
    return "\n".join(["---", *lines, *(f"{key}: {value}" for key, value in more.items()), "---", "", ""])


DOLLARS = "$$\nE = \\sum_{i=0}^{n} \\frac{x_i^2}{2}\n$$\n\nIn the line \\(a^2 + b^2 = c^2\\) is said, too."
FOOTNOTES = """A claim that needs a source.[^1] And a second one, for good measure.[^second]

[^1]: The ledger of the harbour master, folio nine.
[^second]: The same ledger, on its last leaf."""
DEFINITIONS = "Bollard\n:   A short post by the quay to which ships are tied."
CALLOUTS = {
    "github": "> [!NOTE]\n> Mind the bollards, they are painted at night.",
    "admonition": '!!! note "Mind"\n    Mind the bollards, they are painted at night.',
    "colons": ":::note\n\nMind the bollards, they are painted at night.\n\n:::",
    "html": '<div class="callout"><p>Mind the bollards, they are painted at night.</p></div>',
}


def dialect(callout: str, maths: str = DOLLARS, notes: str = FOOTNOTES, terms: str = DEFINITIONS) -> dict[str, str]:
    """What the marks in bodies stand for with one engine."""
    return {MATHS: maths, CALLOUT: CALLOUTS[callout], NOTES: notes, TERMS: terms}
