"""Plain-text news pages become articles, and nothing of them is lost unseen."""

from __future__ import annotations

import html
import re
import textwrap
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pyromark
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from feedwright.articles.frontmatter.split import split_front_matter
from feedwright.commands.importers.news_page.escape import one_line
from feedwright.commands.importers.news_page.lines import key
from feedwright.commands.importers.news_page.parse import Page, PageError, parse, slug, to_markdown
from feedwright.errors import FeedsError
from feedwright.text.characters import xml_safe

PAGES = Path(__file__).parent / "pages"

EXPECTED = {
    "twice": Page(
        title="Harbour town opens its new sea wall, asks neighbours to follow before winter storms",
        place="Port Ellen",
        paragraphs=(
            "PORT ELLEN: The U.K. engineer Mary Grant opened a wall of granite on Monday, and called it the town's "
            "best answer to the sea.",
            'In her speech at the quay, Grant thanked the masons. "We could have built higher, but we chose to build '
            'wider," she said, pointing at the terraces behind the wall.',
            "The wall took four years. It is 900 metres long.",
            'Now is the time to build. The sea will not wait for any of us," Grant said. "We are ready to lend our '
            'plans to every town on this coast."',
        ),
        related=(
            "Ferry company lowers its fares for islanders under 25",
            "Lighthouse keeper finds a letter from 1911 behind a panel",
            "Council approves GBP 3 mn for boats, nets and smokehouses",
        ),
        dropped=("Join CoastTrack Whatsapp group", "Related News"),
    ),
    "wrapped": Page(
        title="Two Towns On The River Agree To Share The Bridge That Has Divided Them Since The Flood Of 1953",
        place="Paris",
        paragraphs=(
            "PARIS, March 3 (AP) — The mayors of two towns that have quarrelled for sixty-eight years over a bridge "
            "shook hands in the middle of it on Wednesday, and said that both would pay for its paint.",
            "The bridge was closed after the flood of 1953. Neither town wanted to mend it alone, and for sixty-eight "
            "years a ferry and its crew-members have carried children, bread and post across the river.",
            "A quarrel about paint",
            "Green was the colour of one town and blue that of the other. It will be grey.",
            '"Grey is nobody\'s colour," the older of the mayors said. "So nobody has lost."',
            "The work begins in May.",
        ),
        related=("Ferry makes its last trip with a brass band on board",),
        dropped=(
            "By Jane Doe and John Roe | March 3, 2021",
            "ALSO READ:",
            "Copyright 2021 The River Gazette. All rights reserved.",
        ),
        author="Jane Doe and John Roe",
        date="March 3, 2021",
        agency="AP",
        subheadings=(2,),
    ),
    "lines": Page(
        title="Probe lands on a comet and hears it crackle",
        place="",
        paragraphs=(
            "A probe the size of a washing machine has come to rest on a comet, ten years after it left the Earth.",
            "Its harpoons did not fire. It bounced twice and came to rest in the shadow of a cliff.",
            '"It sings," the woman at the desk said.',
            "The magnetometer heard a crackle that nobody can explain yet. It was made audible by speeding it up ten "
            "thousand times.",
        ),
        related=(
            "Eclipse crosses the ocean with nobody to see it",
            "Why is the night dark?",
            "Telescope on the mountain opens after nine years of works",
        ),
        dropped=(
            "Skip to main content",
            "Home > Science > Space",
            "| The Night Sky",
            "By Dr. Amina El Sayed",
            "Published: 12 November 2014, 17:35 UTC",
            "3 min read",
            "Photo: Night Sky / Amina El Sayed",
            "Advertisement",
            "Most Read",
            "Follow us on Facebook",
            "© 2014 The Night Sky",
        ),
        author="Dr. Amina El Sayed",
        date="12 November 2014, 17:35 UTC",
    ),
    "suffix": Page(
        title="“We won't sell the island”",
        place="London",
        paragraphs=(
            "Two families have owned it since 1640",
            "London - The owners of an island in the Channel have refused the largest offer that was ever made for it.",
            "A bank had offered them forty million. They said that they would rather keep the puffins.",
        ),
        related=(
            "Puffins return to the cliffs after twenty years",
            "Channel ferry rescues a swimmer and her dog",
        ),
        dropped=(
            *("Log in", "Subscribe", "World", "Politics", "- The Harbour Post", "Home", "World", "The Harbour Post"),
            *("16 April 2021", "Share this:", "Facebook Twitter WhatsApp", "You may also like"),
            *("• “We won't sell the island”", "2 hours ago", "Puffins return to the cliffs after twenty years"),
            "Subscribe to our newsletter",
            "This website uses cookies to make your visit better.",
            "© The Harbour Post. All rights reserved.",
        ),
        date="16 April 2021",
    ),
    "chinese": Page(
        title="海边小镇建成新堤坝 居民盼平安过冬",
        place="青岛",
        paragraphs=(
            "新华社青岛4月16日电 海边小镇的新堤坝十六日正式建成。堤坝全长九百米，历时四年完工。",
            "镇长在仪式上说：“大海不会等我们。”",
            "堤坝如何建成",
            "石匠们从山上运来花岗岩，每一块重约两吨，工程一共用去三万块石头。",
        ),
        related=("渡轮公司下调岛民票价 学生半价", "灯塔墙板后发现百年前的书信"),
        dropped=(*("- 海岸日报", "来源： 新华社", "2021年4月16日 09:30", "分享到微信", "相关新闻", "责任编辑：李海"),),
        date="2021-04-16 09:30",
        agency="新华社",
        subheadings=(2,),
    ),
    "russian": Page(
        title="Город у моря открыл новую дамбу — Береговые вести",
        place="Калининград",
        paragraphs=(
            "КАЛИНИНГРАД, 16 апреля — В городе у моря в пятницу открыли дамбу из гранита, которую строили четыре года.",
            "«Море ждать не будет», — сказала инженер.",
            "Длина дамбы девятьсот метров. Её высота, по словам инженера, не главное: «Мы строили шире, а не выше».",
        ),
        related=("Смотритель маяка нашёл письмо 1911 года",),
        dropped=("Автор: Анна Смирнова", "Читайте также:", "Реклама"),
        author="Анна Смирнова",
    ),
    "boxes": Page(
        title="The last typewriter shop in the valley closes its door",
        place="",
        paragraphs=(
            "The man who mended ten thousand machines keeps one for himself.",
            "For fifty-one years Emil Novak opened his shop at seven in the morning and closed it when the last "
            "customer had gone.",
            "On Saturday he closed it at noon, and hung the key on a nail inside the door of the church.",
            "What he kept",
            "- an Olivetti with a Czech keyboard",
            "- the sign",
            "- a drawer full of the letter e",
            '"Nobody comes in to say goodbye to a computer," he said, and laughed about it.',
            "Will he write his memoirs?",
            "He will not say. The machine on his kitchen table has paper in it.",
            "Novak Machines, Bridge Street, 1970 to 2021",
            "The Valley Herald is printed every Thursday and belongs to its four hundred readers.",
        ),
        related=(
            "Baker of the old mill sells his oven",
            "School children plant a hedge of hazel and sloe",
            "Cinema in the valley shows its last film for free",
        ),
        dropped=("More from Valley Life", "Read Also -", "Story continues below advertisement"),
        subheadings=(10,),
    ),
    "question": Page(
        title="Is this the end of the paper ticket?",
        place="",
        paragraphs=(
            "The railway will sell its last paper ticket on Sunday. After that, a telephone or a card is needed on all "
            "its trains.",
            "Passengers without either may ask the guard. He will write their names into a book.",
            '"A book made of paper," said the guard.',
            "Is that progress?",
        ),
        dropped=(
            "By Ada Lind, Staff Writer",
            "Updated: 2 May 2023 | Travel",
            "— Reuters",
            "Tags: railways, paper, tickets",
            "Back to top",
        ),
        author="Ada Lind",
        date="2 May 2023",
        agency="Reuters",
    ),
    "french": Page(
        title="La digue est ouverte\u00a0: un village respire",
        place="Saint-Malo",
        paragraphs=(
            "SAINT-MALO\u00a0: Après quatre ans de travaux, la digue de 10\u00a0000 pierres a été ouverte lundi par la "
            "maire du village.",
            "«\u00a0La mer n'attend pas\u00a0», a-t-elle dit. Et qui dira le contraire\u00a0?",
        ),
        related=(
            "Le gardien du phare a trouvé une lettre de 1911",
            "Le bac baisse ses tarifs pour les îliens",
        ),
        dropped=("Publié le 16 avril 2021 à 9 h", "Lire aussi\u00a0:", "À lire aussi"),
    ),
    "interview": Page(
        title="'I never wanted to win': the chess teacher of the north",
        place="",
        paragraphs=(
            "Berg: You ask how it began. It began with a board that had lost its white queen in the war.",
            "And who won the first game?",
            "Berg: My sister did. She took a cork from a bottle for the queen, and nobody has beaten that cork since.",
            "Berg: No. I teach children to lose first, so that they are not afraid of it.",
            "(Reporting by Ada Lind; editing by Jon Vik)",
        ),
    ),
    "hindi": Page(
        title="बंदरगाह में नई दीवार तैयार, सर्दियों से पहले राहत",
        place="नई दिल्ली",
        paragraphs=(
            "नई दिल्ली: समुद्र के किनारे बसे शहर में सोमवार को नई दीवार का उद्घाटन हुआ।",
            "दीवार नौ सौ मीटर लंबी है और इसे बनाने में चार साल लगे।",
        ),
        related=("प्रकाशस्तंभ में मिली सौ साल पुरानी चिट्ठी",),
        dropped=("यह भी पढ़ें:",),
    ),
}


def written(name: str) -> str:
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8")


def lines_of(page: Page) -> tuple[str, ...]:
    return (page.title, *page.paragraphs, *page.related, *page.dropped)


# --- Pages ---


def test_every_page_has_what_is_expected_of_it() -> None:
    assert sorted(EXPECTED) == sorted(path.stem for path in PAGES.glob("*.txt"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_is_understood(name: str) -> None:
    assert parse(written(name)) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_line_ends_a_byte_order_mark_and_stray_spaces_change_nothing(name: str) -> None:
    text = written(name)
    assert parse("\ufeff" + text.replace("\n", "\r\n")) == EXPECTED[name]
    assert parse(text.replace("\n", "\r")) == EXPECTED[name]
    assert parse(text.replace("\n", " \t\n\u00a0 ")) == EXPECTED[name]
    assert parse(re.sub(r"(?<=\w) (?=\w)", " \u00a0\t ", text)) == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED.keys() - {"wrapped"}))
def test_pages_without_blank_lines_are_understood(name: str) -> None:
    assert parse(re.sub(r"\n\s*\n", "\n", written(name))) == EXPECTED[name]


@pytest.mark.parametrize("width", [60, 72, 79])
@pytest.mark.parametrize("name", sorted(EXPECTED.keys() - {"wrapped", "chinese", "hindi", "french"}))
def test_hard_wrapped_paragraphs_are_joined(name: str, width: int) -> None:
    lines = (textwrap.fill(line, width, break_on_hyphens=False) for line in written(name).split("\n"))
    assert parse("\n\n".join(lines)) == EXPECTED[name]


def test_hard_wrapped_chinese_is_joined_without_spaces() -> None:
    paragraph = "石匠们从山上运来花岗岩，每一块重约两吨，工程一共用去三万块石头，堤坝全长九百米，历时四年完工。"
    wrapped = "\n".join(paragraph[start : start + 16] for start in range(0, len(paragraph), 16))
    assert parse(f"海边小镇建成新堤坝\n\n{wrapped}\n\n{wrapped}\n").paragraphs == (paragraph, paragraph)


def test_a_list_that_an_article_ends_with_stays_its_own() -> None:
    text = "Who plays on Sunday\n\nThe town band plays on Sunday at noon, with these guests.\n\n"
    listed = "- Anna Berg on the small organ\n- Jon Vik on the large drum\n"
    assert parse(text + listed).paragraphs[1:] == ("- Anna Berg on the small organ", "- Jon Vik on the large drum")
    assert parse(f"{text}Related\n{listed}").related == ("Anna Berg on the small organ", "Jon Vik on the large drum")


def test_one_line_after_the_text_stays_where_nothing_says_that_it_is_another_story() -> None:
    text = "Who plays on Sunday\n\nThe town band plays on Sunday at noon, with many guests.\n\n"
    line = "Anna Berg plays the small organ"
    assert parse(text + line).paragraphs[-1] == line
    assert parse(f"{text}{line}\n\nRelated News").related == (line,)


@pytest.mark.parametrize(
    "line",
    (
        *("Join us on Telegram", "Share this", "Read more", "Advertisement", "Subscribe to our newsletter"),
        *("Follow us on Twitter", "Follow @tidewater on Instagram", "Click here for more news", "We use cookies."),
        *("© 2024 Tidewater Courier", "Copyright 2024", "All rights reserved", "Leave a comment", "Image 1 of 3"),
        *("Photo: Jane Doe", "Download our app", "Anzeige", "Публикация", "5 hours ago", "Related stories:", "* * *"),
    ),
)
def test_furniture_is_left_out_and_listed(line: str) -> None:
    text = "A headline of five words\n\nA first paragraph of the story that is long enough.\n\n{}\n\nA second one.\n"
    page = parse(text.format(line))
    assert (line in page.dropped) != (line == "Публикация")
    assert (line in page.paragraphs) == (line == "Публикация")


@pytest.mark.parametrize(
    "paragraph",
    (
        "Share prices fell by a third on Monday, and nobody could say why.",
        "Read by candlelight, the letter from 1911 seemed to move.",
        "Join the dots, the teacher said.",
        "Follow us, the sailors cried.",
        "Advertisements were banned from the bridge.",
        "By noon the square was full.",
        "Copyright was the subject of the debate.",
        "More than half of the town came.",
        "(c) the third of the conditions was never met.",
    ),
)
def test_a_sentence_that_begins_like_furniture_stays(paragraph: str) -> None:
    text = f"A headline of five words\n\nA first paragraph of the story that is long enough.\n\n{paragraph}\n\nAn end."
    assert paragraph in parse(text).paragraphs


@pytest.mark.parametrize(
    ("begin", "place"),
    [
        ("WASHINGTON: ", "Washington"),
        ("NEW DELHI: ", "New Delhi"),
        ("RIO DE JANEIRO, Brazil (AP) — ", "Rio de Janeiro, Brazil"),
        ("STRATFORD-UPON-AVON, March 3 -- ", "Stratford-upon-Avon"),
        ("WASHINGTON D.C.: ", "Washington D.C."),
        ("London - ", "London"),
        ("St. John's: ", "St. John's"),
        ("MOSCOW (Reuters) - ", "Moscow"),
        ("BEIJING, Oct. 3 (Xinhua) -- ", "Beijing"),
        ("Zürich, 3. März 2021 – ", "Zürich"),
        ("UPDATE: ", ""),
        ("Note: ", ""),
        ("The wall - ", ""),
        ("One thing is certain: ", ""),
        ("", ""),
    ],
)
def test_a_dateline_names_the_place_and_stays_in_the_text(begin: str, place: str) -> None:
    text = f"A headline of five words\n\n{begin}The sea wall was opened on Monday by its builders.\n"
    page = parse(text)
    assert page.place == place
    assert page.paragraphs == (f"{begin}The sea wall was opened on Monday by its builders.",)


@pytest.mark.parametrize(
    ("line", "author", "date"),
    [
        ("By Jane Doe", "Jane Doe", ""),
        ("BY JANE DOE, Reuters", "JANE DOE", ""),
        ("Written by: Ludwig van der Berg in Oslo", "Ludwig van der Berg", ""),
        ("Von Anna Berg", "Anna Berg", ""),
        ("记者：张三", "张三", ""),
        ("Published: 2021-04-16T09:00:00+05:30", "", "2021-04-16T09:00:00+05:30"),
        ("Apr 16, 2021 · 5 min read", "", "Apr 16, 2021"),
        ("Posted on: yesterday", "", ""),
        ("2021년 4월 16일", "", "2021-04-16"),
    ],
)
def test_credits_under_the_headline_are_read_and_left_out(line: str, author: str, date: str) -> None:
    text = f"A headline of five words\n\n{line}\n\nThe sea wall was opened on Monday by its builders.\n"
    page = parse(text)
    assert (page.author, page.date) == (author, date)
    assert page.dropped == (line,)


def test_the_day_of_publication_counts_before_that_of_an_update() -> None:
    dates = "Updated: 2 May 2021\nPublished: 1 May 2021"
    text = f"A headline of five words\n{dates}\nThe sea wall was opened on Monday at noon."
    assert parse(text).date == "1 May 2021"


def test_a_headline_that_begins_like_a_byline_is_a_headline() -> None:
    title = "Von Kiel bis Emden"
    assert parse(f"{title}\n\nDie Küste ist lang, und sie wird jedes Jahr ein wenig kürzer.\n").title == title


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff \n\t\n",
        "Only a headline",
        "A headline\nAnother headline",
        "Advertisement\n\nRelated News\n",
        "...",
        "\0",
    ],
)
def test_a_page_without_a_story_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(PageError) as refused:
        parse(text)
    assert refused.value.problems[0].code == "page-not-understood"
    assert isinstance(refused.value, FeedsError)


SCRAPS = st.sampled_from(
    (
        *("A headline of five words", "A headline of five words | The Site", "© 2021 The Site", "Home", "- an item"),
        *("By Jane Doe", "April 3, 2021", "Related News", "Also read: Another headline", "1. Another headline", "Why?"),
        *(
            "PARIS: The wall was opened on Monday, and the sea has not come since.",
            '"Never," he said.',
            "Advertisement",
        ),
        *(
            "A paragraph that goes on and on until the line is full, where it",
            "breaks off, and ends here.",
            "2 hours ago",
        ),
        *(
            "海边小镇建成新堤坝",
            "堤坝全长九百米，历时四年完工，石匠们从山上运来花岗岩。",
            "相关新闻",
            "",
            "",
            "Share this",
        ),
    )
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(SCRAPS, SCRAPS, st.text(max_size=60)), max_size=25).map("\n".join))


@given(TEXTS)
def test_no_text_raises_anything_else_and_nothing_is_lost(text: str) -> None:
    try:
        page = parse(text)
    except PageError:
        return
    bullet = re.compile(r"^\s*\W*\s*\(?\d{1,2}(?:[.)]\s|、|\s)")
    lines = [xml_safe(line) for line in re.split(r"[\r\n\x0b\x0c\u2028\u2029]", text)]
    said = Counter("".join(key(bullet.sub("", line)) for line in lines))
    kept = Counter("".join(key(line) for line in lines_of(page)))
    repeats = "".join(key(line) for line in lines).count(key(page.title)) - 1
    for char, times in Counter(key(page.title)).items():
        kept[char] += repeats * times
    said = Counter({char: times for char, times in said.items() if char.isalnum()})
    assert not said - kept
    assert page.title and page.paragraphs
    assert all(line == one_line(line) != "" for line in lines_of(page))


# --- Articles ---

LINES = st.text(max_size=80).map(one_line).filter(bool)
MARKED = st.lists(
    st.sampled_from(
        (
            *(
                "*",
                "_",
                "`",
                "#",
                "1.",
                "12)",
                "-",
                "+",
                ">",
                "|",
                "[a]",
                "(b)",
                "<b>",
                "</b>",
                "&amp;",
                "&",
                "~~",
                "$",
            ),
            *("\\", "!", "[^1]", ":", "===", "---", "{#x}", "<!--more-->", "http://a.b", "<http://a.b>", "^", "word"),
            *(" ", " ", "\u00a0", "\t", "a@b.c", "[[x]]", "$$", "`` ` ``", "%}", "é", "海", "- [ ] ", "[x]: y", "\n"),
        )
    ),
    min_size=1,
).map("".join)


def page_of(*paragraphs: str, subheadings: tuple[int, ...] = ()) -> Page:
    return Page("A headline", "", paragraphs, subheadings=subheadings)


def front_of(markdown: str) -> dict[str, object]:
    front = yaml.safe_load(markdown.split("---\n")[1])
    assert isinstance(front, dict)
    return front


def rendered(markdown: str) -> list[str]:
    """The blocks of an article's body as a reader sees them, with every extension but typographic quotes."""
    chosen = pyromark.Options(0)
    for name in dir(pyromark.Options):
        if name.startswith("ENABLE_") and name != "ENABLE_SMART_PUNCTUATION":
            chosen |= getattr(pyromark.Options, name)
    body = pyromark.html(markdown.split("---\n", 2)[2], options=chosen)
    assert set(re.findall(r"<(\w+)", body)) <= {"p", "h2"}
    blocks = re.findall(r"<(?:p|h2)>(.*?)</(?:p|h2)>", body, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]*>", "", block)) for block in blocks]


@given(st.one_of(LINES, MARKED), LINES, st.lists(LINES, max_size=4), LINES)
def test_front_matter_reads_back_as_it_was(title: str, place: str, related: list[str], category: str) -> None:
    page = Page(title, place, ("Text.",), tuple(related))
    front = front_of(to_markdown(page, url="https://a.example/?a=1&b=2", date=None, categories=[category]))
    assert front == {
        "title": one_line(title),
        "url": "https://a.example/?a=1&b=2",
        "categories": [category],
        "place": place,
        **({"related": [{"title": headline} for headline in related]} if related else {}),
    }


@given(st.one_of(LINES, MARKED))
def test_our_own_reader_reads_the_front_matter_alike(title: str) -> None:
    article = to_markdown(Page(title, "", ("Text.",)), url=None, date=None, categories=[])
    front = split_front_matter(article)
    assert (front.values, front.problems) == ({"title": one_line(title)}, ())
    assert front.body.strip() == "Text."


@given(st.lists(st.one_of(st.text(), MARKED), min_size=1, max_size=3))
def test_paragraphs_come_out_of_the_markdown_literally(paragraphs: list[str]) -> None:
    markdown = to_markdown(page_of(*paragraphs), url=None, date=None, categories=[])
    assert rendered(markdown) == [line for paragraph in paragraphs if (line := one_line(paragraph))]


@given(st.one_of(LINES, MARKED.filter(one_line)))
def test_subheadings_come_out_of_the_markdown_literally(heading: str) -> None:
    markdown = to_markdown(page_of("One.", heading, subheadings=(1,)), url=None, date=None, categories=[])
    assert rendered(markdown) == ["One.", one_line(heading)]
    assert "\n## " in markdown


def test_an_article_is_written_as_people_would_write_it() -> None:
    page = parse(written("wrapped"))
    date = datetime(2021, 3, 3, 18, 30, tzinfo=timezone(timedelta(hours=1)))
    article = to_markdown(page, url="https://river.example/bridge", date=date, categories=["Towns", "Rivers"])
    head, body = article.split("\n---\n\n")
    assert head.split("\n") == [
        "---",
        f'title: "{page.title}"',
        "date: 2021-03-03T18:30:00+01:00",
        'url: "https://river.example/bridge"',
        'categories: ["Towns", "Rivers"]',
        'authors: ["Jane Doe", "John Roe"]',
        'place: "Paris"',
        'agency: "AP"',
        "related:",
        '  - title: "Ferry makes its last trip with a brass band on board"',
    ]
    assert body.startswith("PARIS, March 3 (AP) — The mayors of two towns")
    assert "\n\n## A quarrel about paint\n\nGreen was" in body
    assert body.endswith("The work begins in May.\n")


def test_the_date_is_kept_to_the_second() -> None:
    article = to_markdown(page_of("Text."), url=None, date=datetime(2021, 4, 16, 9, tzinfo=UTC), categories=())
    assert front_of(article)["date"] == datetime(2021, 4, 16, 9, tzinfo=UTC)


# --- Slugs ---


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Biden's plan: 50% more?", "biden-s-plan-50-more"),
        ("Às vezes, Łódź & Straße", "as-vezes-lodz-strasse"),
        ("Город у моря", "город-у-моря"),
        ("海边小镇 建成", "海边小镇-建成"),
        ("नई दिल्ली", "नई-दिल्ली"),
        ("?!", "article"),
        ("Index", "index-article"),
        ("word " * 30, "-".join(["word"] * 16)),
    ],
)
def test_a_slug_keeps_what_can_be_read(title: str, expected: str) -> None:
    assert slug(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A " + "ferry" * 20, "a"),
        (
            "The council of the harbour votes for more than half of the fares and for de-escalation",
            "the-council-of-the-harbour-votes-for-more-than-half-of-the-fares-and-for",
        ),
        ("Rain—" + "wind" * 30, "rain"),
        ("ferry" * 20, ("ferry" * 20)[:80]),
        ("x" * 79 + "म" + "ी", "x" * 79),
    ],
)
def test_a_long_slug_ends_with_a_whole_word(title: str, expected: str) -> None:
    assert slug(title) == expected


@given(st.text(max_size=200))
def test_a_slug_is_a_file_name_for_any_title(title: str) -> None:
    name = slug(title)
    assert 0 < len(name) <= 80 and len(name.encode()) <= 240
    assert name == name.strip("-") and not set(name) & set("/\\. \0:?#\n")
    assert slug(name) == name


# --- The page that the project began from ---


@pytest.mark.corpora
def test_the_first_page_of_all_is_understood(shared: Path) -> None:
    (file,) = sorted((shared / "seed").glob("*.txt"))
    page = parse(file.read_text(encoding="utf-8"))
    assert (page.title.split()[0], page.title.split()[-1], len(page.title.split())) == ("Biden", "sanctions", 12)
    assert (page.place, page.author, page.date, page.subheadings) == ("Washington", "", "", ())
    ends = [(paragraph.split()[0], paragraph.split()[-1]) for paragraph in page.paragraphs]
    assert ends == [
        ("WASHINGTON:", "summer."),
        ("In", "authorized."),
        ("The", "activities."),
        ("On", 'relationship."'),
        ("Biden", "change."),
        ("Now", "meeting."),
    ]
    assert page.paragraphs[0].split()[:4] == ["WASHINGTON:", "The", "U.S.", "President"]
    assert [(line.split()[0], line.split()[-1]) for line in page.related] == [
        ("California", "above"),
        ("New", "driving"),
        ("Italian", "households"),
    ]
    assert page.dropped == ("Join NewsTrack Whatsapp group", "Related News")
    assert not any("  " in line or "\u00a0" in line for line in lines_of(page))


@pytest.mark.corpora
def test_no_saved_page_raises_anything_else(shared: Path) -> None:
    files = sorted((shared / "pages").glob("*/*/page.txt"))
    understood = 0
    for file in files[::8]:
        try:
            understood += bool(parse(file.read_text(encoding="utf-8", errors="replace")).paragraphs)
        except PageError:
            continue
    assert understood > len(files[::8]) // 2
