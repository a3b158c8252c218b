"""An assembled document is refused for what the complete check refuses it for, and seen to be right at little cost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.checks import assembled, assembled_xml, document, gate, refused, run_rules
from feedwright.checks.node import ATOM, Node
from feedwright.checks.rule import Bundle, Rule, Survey

NAMESPACES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
RSS = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {NAMESPACES}>\n  <channel>\n    <title>Sea</title>\n'
    "    <link>https://example.org/</link>\n    <description>On tides</description>\n"
)
ATOM_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="{ATOM}" {NAMESPACES} xml:lang="en">\n'
    "  <id>https://example.org/</id>\n  <title>Sea</title>\n  <updated>2026-03-01T09:30:00Z</updated>\n"
    "  <author><name>Ann</name></author>\n"
)
TAILS = {"rss": "  </channel>\n</rss>\n", "atom": "</feed>\n"}
HEADS = {"rss": RSS, "atom": ATOM_HEAD}
BODY = "<![CDATA[<p>a</p><!-- <item> --> <guid>no</guid> </item>]]>"


def item(name: str, more: str = "") -> bytes:
    return f'<item><title>a</title><guid isPermaLink="false">urn:example:{name}</guid>{more}</item>'.encode()


def entry(name: str, more: str = "") -> bytes:
    return (
        f"<entry><id>urn:example:{name}</id><title>a</title><updated>2026-03-01T09:30:00Z</updated>"
        f'<content type="html">&lt;p&gt;b&lt;/p&gt;</content>{more}</entry>'
    ).encode()


AUTHOR = "<author><name>Ann</name></author>"
SOURCE = f"<source><id>urn:example:s</id>{AUTHOR}</source>"
ENTRIES: dict[str, tuple[bytes, ...]] = {
    "rss": (
        item("a"),
        item("b", "<dc:creator>Ann</dc:creator>"),
        item("c", f"<content:encoded>{BODY}</content:encoded>"),
        item("a", "<description>the same guid</description>"),
        b"<item><title>no guid</title></item>",
        item("d", '<x:y xmlns:x="https://example.org/ns"/>'),
    ),
    "atom": (
        entry("a", AUTHOR),
        entry("b", "<dc:creator>Ann</dc:creator>"),
        entry("c", SOURCE),
        entry("a", f"{AUTHOR}<summary>the same id</summary>"),
        entry("a", AUTHOR).replace(b"2026", b"2025"),
        entry("d", f'{AUTHOR}<x:y xmlns:x="https://example.org/ns"/>'),
    ),
}
GOOD = {form: (kinds[0], kinds[1], kinds[2], kinds[5]) for form, kinds in ENTRIES.items()}


@pytest.fixture(autouse=True)
def _nothing_is_known() -> Iterator[None]:
    assembled_xml.forget()
    yield
    assembled_xml.forget()


def whole(form: str, *entries: bytes, head: str = "", tail: str = "", between: bytes = b"\n    ") -> bytes:
    inside = b"".join(between + one for one in entries)
    return (head or HEADS[form]).encode() + inside + b"\n" + (tail or TAILS[form]).encode()


def is_seen_at_once(data: bytes, entries: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch) -> bool:
    def complete(*_: object) -> list[object]:
        raise AssertionError

    monkeypatch.setattr(gate, "refused", complete)
    try:
        return assembled(data, entries) == []
    except AssertionError:
        return False
    finally:
        monkeypatch.undo()


@pytest.mark.parametrize("form", ["rss", "atom"])
@pytest.mark.parametrize("known", [True, False])
def test_a_document_without_a_fault_is_not_checked_as_a_whole(
    form: str, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = whole(form, *GOOD[form])
    assert refused(data, GOOD[form] if known else ()) == []
    assert is_seen_at_once(data, GOOD[form], monkeypatch)
    assert is_seen_at_once(data.replace(b"\n    <", b"<"), GOOD[form], monkeypatch)
    assert is_seen_at_once(b"\xef\xbb\xbf" + data, GOOD[form], monkeypatch)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_an_entry_that_was_found_right_is_not_read_again(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = GOOD[form][:2]
    assert refused(whole(form, *entries), entries) == []
    monkeypatch.setattr(assembled_xml, "_read_alone", lambda *_: None)
    assert is_seen_at_once(whole(form, *reversed(entries)), entries[::-1], monkeypatch)


def test_no_more_entries_are_remembered_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembled_xml, "_KEPT", 3)
    entries = tuple(item(str(number)) for number in range(9))
    assert assembled(whole("rss", *entries), entries) == []
    assert len(assembled_xml._known) == 3


@pytest.mark.parametrize("form", ["rss", "atom"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda data, one, two: data.replace(one, one + one),
        lambda data, one, two: data.replace(one, b""),
        lambda data, one, two: data.replace(one, two).replace(two, one, 1),
        lambda data, one, two: data.replace(one, one[:-3]),
        lambda data, one, two: data.replace(one, one[3:]),
        lambda data, one, two: data.replace(one, one.replace(b"urn:example:a", b"")),
        lambda data, one, two: data.replace(one, b"<!-- " + one).replace(two, two + b"-->"),
        lambda data, one, two: data.replace(one, b"<![CDATA[" + one).replace(two, two + b"]]>"),
        lambda data, one, two: data.replace(one, b"text" + one),
        lambda data, one, two: data.replace(one, b"<ttl>0</ttl>" + one),
        lambda data, one, two: data.replace(two, two + b"text"),
        lambda data, one, two: data.replace(two, two + b"<!-- a comment -->"),
        lambda data, one, two: data.replace(two, two + b"<title>b</title>"),
        lambda data, one, two: data.replace(b"xmlns:dc=", b"xmlns:dd="),
        lambda data, one, two: data.replace(b"xmlns:dc=", b"xmlns:content2="),
        lambda data, one, two: data.replace(b"dc/elements/1.1/", b"dc/elements/1.1"),
        lambda data, one, two: data.replace(b"dc/elements/1.1/", b"rss/1.0/modules/content/"),
        lambda data, one, two: data.replace(b"modules/content/", b"modules/slash/"),
        lambda data, one, two: data.replace(b'encoding="UTF-8"', b'encoding="ISO-8859-1"'),
        lambda data, one, two: data.replace(b'encoding="UTF-8"', b'encoding="UTF-16"'),
        lambda data, one, two: data.replace(b'version="1.0"', b'version="1.1"'),
        lambda data, one, two: data.replace(b"?>\n", b"?><!DOCTYPE a [<!ENTITY b 'c'>]>"),
        lambda data, one, two: data.replace(b"<channel>", b"").replace(b"</channel>", b""),
        lambda data, one, two: data.replace(b"<channel>", b"<channel/>").replace(b"</channel>", b""),
        lambda data, one, two: data.replace(b"<rss ", b"<channel ").replace(b"</rss>", b"</channel>"),
        lambda data, one, two: data.replace(b"2005/Atom", b"2005/atom"),
        lambda data, one, two: data.replace(b'version="2.0"', b'version="0.91"'),
        lambda data, one, two: data.replace(b"<title>Sea</title>", b"", 1),
        lambda data, one, two: data.replace(b"<title>Sea</title>", b"<title>Sea\x0b</title>", 1),
        lambda data, one, two: data.replace(b"<title>Sea</title>", b"<title>Sea\xff</title>", 1),
        lambda data, one, two: data.replace(b"https://example.org/", b"", 1),
        lambda data, one, two: data.replace(b"2026-03-01T09:30:00Z", b"2026-03-01", 1),
        lambda data, one, two: data.replace(b"2026-03-01T09:30:00Z", b"2020-03-01T09:30:00Z", 1),
        lambda data, one, two: data.replace(AUTHOR.encode(), b"", 1),
        lambda data, one, two: data[:-4],
        lambda data, one, two: data + b"<a/>",
        lambda data, one, two: b"\n" + data,
        lambda data, one, two: data[: data.index(one)] + data[data.index(two) :],
        lambda data, one, two: b"",
        lambda data, one, two: one + two,
        lambda data, one, two: b"{" + data,
    ],
)
def test_a_damaged_document_is_refused_for_what_the_complete_check_finds(form: str, damage: object) -> None:
    assert callable(damage)
    entries = GOOD[form]
    damaged = damage(whole(form, *entries), *entries[:2])
    assert assembled(damaged, entries, file="a") == refused(damaged, file="a")
    assert refused(whole(form, *entries), entries) == []
    assert assembled(damaged, entries, file="a") == refused(damaged, file="a")


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_two_entries_of_one_id_are_refused(form: str) -> None:
    entries = (ENTRIES[form][0], ENTRIES[form][3])
    data = whole(form, *entries)
    code = {"rss": "rss-guid-repeated", "atom": "atom-id-repeated"}[form]
    assert [problem.code for problem in assembled(data, entries)] == [code]


def test_an_entry_without_an_author_is_refused_where_the_feed_has_none() -> None:
    head = ATOM_HEAD.replace(f"  {AUTHOR}\n", "")
    with_author, without = ENTRIES["atom"][0], ENTRIES["atom"][1]
    assert assembled(whole("atom", with_author, head=head), [with_author]) == []
    told = assembled(whole("atom", with_author, without, head=head), [with_author, without])
    assert [problem.code for problem in told] == ["atom-author-missing"]


def test_a_prefix_that_the_head_does_not_declare_is_found_though_the_entry_was_right_elsewhere() -> None:
    entries = (ENTRIES["rss"][1],)
    assert refused(whole("rss", *entries), entries) == []
    data = whole("rss", *entries, head=RSS.replace("xmlns:dc", "xmlns:media"))
    assert [problem.code for problem in assembled(data, entries)] == ["not-well-formed"]


@pytest.mark.parametrize(
    "entries",
    [
        (b"<item><title>a</title></item><item><title>b</title><!--", b"<item>--></item>"),
        (b"<item><title>a</title></item><item><title>b<![CDATA[", b"<item>]]></title></item>"),
        (b"<item><title>a</title>", b"</item>"),
        (b"<item><title>a</title></item><ttl>5</ttl>",),
    ],
)
def test_pieces_that_are_no_entries_are_not_taken_for_some(entries: tuple[bytes, ...]) -> None:
    data = whole("rss", *entries, between=b"")
    assert refused(data, entries) == []
    assert assembled_xml._known == {}
    assert assembled(data, entries) == []
    twice = (*entries, *entries)
    assert assembled(whole("rss", *twice, between=b""), twice) == refused(whole("rss", *twice, between=b""))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_is_done_to_a_document_both_checks_say_the_same(chance: st.DataObject) -> None:
    if chance.draw(st.booleans()):
        assembled_xml.forget()
    form = chance.draw(st.sampled_from(["rss", "atom"]))
    entries = chance.draw(st.lists(st.sampled_from(ENTRIES[form]), min_size=1, max_size=5))
    shown = chance.draw(st.one_of(st.just(entries), st.lists(st.sampled_from(ENTRIES[form]), max_size=5)))
    between = chance.draw(st.sampled_from([b"", b"\n  ", b" ", b"\xc2\xa0", b"<!-- -->", b"a"]))
    data = whole(form, *shown, between=between)
    for _ in range(chance.draw(st.integers(0, 2))):
        start = chance.draw(st.integers(0, len(data)))
        end = start + chance.draw(st.integers(0, 40))
        data = data[:start] + chance.draw(st.binary(max_size=3)) + data[end:]
    if chance.draw(st.booleans()):
        assert refused(whole(form, shown[0] if shown else entries[0]), shown[:1] or entries[:1]) == []
    assert assembled(data, entries, file="a") == refused(data, file="a")


class Watched(Node):
    """An entry that notes which of its children it is asked for."""

    asked: set[str] = set()  # noqa: RUF012

    def all(self, name: str) -> list[Node]:
        Watched.asked.add(name)
        return super().all(name)

    def first(self, name: str) -> Node | None:
        Watched.asked.add(name)
        return super().first(name)

    def has(self, name: str) -> bool:
        Watched.asked.add(name)
        return super().has(name)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_the_laws_above_entries_ask_them_for_nothing_but_what_is_remembered(form: str) -> None:
    Watched.asked.clear()
    read = document.read(whole(form, *ENTRIES[form]), "")
    assert isinstance(read, document.Document)
    above = [read.root] if form == "atom" else [read.root, read.root.children[0]]
    above[-1].children[:] = [
        Watched(node.name, node.element, node.parent, node.attributes, node.text, node.children)
        if node.name in ("item", "entry")
        else node
        for node in above[-1].children
    ]
    for law in run_rules._patterns(form, run_rules.FOR_BUILD)[1]:  # type: ignore[arg-type]
        for node in above:
            parent = node.parent.name if node.parent else ""
            if not any(place in (f"{parent}/{node.name}", f"*/{node.name}", f"{parent}/*", "*/*") for place in law.at):
                continue
            if isinstance(law, Rule):
                law.find(node)
            elif isinstance(law, Survey):
                list(law.find(node))
            elif isinstance(law, Bundle):
                law.find(node)
    assert Watched.asked <= {"guid", "id", "updated", "author", "source"}
