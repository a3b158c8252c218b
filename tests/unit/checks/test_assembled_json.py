"""An assembled JSON Feed is refused for what the complete check refuses it for, and seen to be right at little cost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.checks import assembled, assembled_json, gate, refused

HEAD = (
    '{\n  "version": "https://jsonfeed.org/version/1.1",\n  "title": "Sea",\n  "home_page_url": "https://example.org/",\n'
    '  "feed_url": "https://example.org/feed.json",\n  "_feedwright": {"generator": "Feedwright"},\n  "items": ['
)
TAIL = "]\n}\n"


def item(name: str, **more: object) -> bytes:
    return json.dumps({"id": f"urn:example:{name}", "content_html": "<p>b</p>", **more}).encode()


ENTRIES = (
    item("a"),
    item("b", title='[{"id": "]}"}, {', tags=["sea"]),
    item("c", attachments=[{"url": "https://example.org/a.mp3", "mime_type": "audio/mpeg"}]),
    item("d", _feedwright={"links": [{"rel": "related", "href": "https://example.org/"}]}),
    item("a", summary="the same id"),
)
GOOD = ENTRIES[:4]


@pytest.fixture(autouse=True)
def _nothing_is_known() -> Iterator[None]:
    assembled_json.forget()
    yield
    assembled_json.forget()


def whole(*entries: bytes, head: str = HEAD, tail: str = TAIL, between: bytes = b",\n    ") -> bytes:
    return head.encode() + between.join(entries) + tail.encode()


def is_seen_at_once(data: bytes, entries: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch) -> bool:
    complete = gate.refused

    def watched(looked_at: bytes, *rest: object) -> list[object]:
        assert looked_at != data
        return complete(looked_at, *rest)  # type: ignore[arg-type,return-value]

    monkeypatch.setattr(gate, "refused", watched)
    try:
        return assembled(data, entries) == []
    except AssertionError:
        return False
    finally:
        monkeypatch.undo()


def test_a_document_without_a_fault_is_not_checked_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(whole(*GOOD)) == []
    for between in (b",\n    ", b",", b" , "):
        assert is_seen_at_once(whole(*GOOD, between=between), GOOD, monkeypatch)
    assert is_seen_at_once(b"\xef\xbb\xbf" + whole(*GOOD), GOOD, monkeypatch)
    assert not is_seen_at_once(whole(*GOOD), GOOD[:3], monkeypatch)


def test_an_entry_that_was_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert assembled(whole(*GOOD), GOOD) == []
    read: list[bytes] = []
    once = assembled_json._read

    def noted(document: bytes) -> object:
        read.append(document)
        return once(document)

    monkeypatch.setattr(assembled_json, "_read", noted)
    assert assembled(whole(*reversed(GOOD)), GOOD[::-1]) == []
    assert len(read) == 1


def test_an_entry_that_was_checked_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(whole(*GOOD), GOOD) == []
    assert [name for _, name in assembled_json._known.values()] == [f"urn:example:{letter}" for letter in "abcd"]
    assert refused(whole(ENTRIES[0], ENTRIES[4]), (ENTRIES[0], ENTRIES[4]))
    assert ENTRIES[4] not in [entry for entry, _ in assembled_json._known.values()]


def test_no_more_entries_are_remembered_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembled_json, "_KEPT", 3)
    entries = tuple(item(str(number)) for number in range(9))
    assert assembled(whole(*entries), entries) == []
    assert len(assembled_json._known) == 3


def test_two_entries_of_one_id_are_refused() -> None:
    entries = (ENTRIES[0], ENTRIES[4])
    assert [problem.code for problem in assembled(whole(*entries), entries)] == ["jsonfeed-id-repeated"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data, one, two: data.replace(one, one + one),
        lambda data, one, two: data.replace(one, one + b"," + one),
        lambda data, one, two: data.replace(one, b""),
        lambda data, one, two: data.replace(one, b"null"),
        lambda data, one, two: data.replace(one, b"[" + one + b"]"),
        lambda data, one, two: data.replace(one, one[:-3]),
        lambda data, one, two: data.replace(one, one[3:]),
        lambda data, one, two: data.replace(one, one.replace(b"urn:example:a", b"")),
        lambda data, one, two: data.replace(one, one.replace(b"urn:example:a", b"urn:example:b")),
        lambda data, one, two: data.replace(b"],", b"],,"),
        lambda data, one, two: data.replace(b"]\n}", b",]\n}"),
        lambda data, one, two: data.replace(b"]\n}", b'], "items": []}'),
        lambda data, one, two: data.replace(b"]\n}", b'], "title": ""}'),
        lambda data, one, two: data.replace(b"]\n}", b'], "_x": {"items": []}}'),
        lambda data, one, two: data.replace(b'"items": [', b'"items": [[').replace(b"]\n}", b"]]\n}"),
        lambda data, one, two: data.replace(b'"items": [', b'"_items": {"items": [').replace(b"]\n}", b"]}\n}"),
        lambda data, one, two: data.replace(b'"items": [', b'"title": "').replace(b"]\n}", b'"\n}'),
        lambda data, one, two: data.replace(b'"title": "Sea",', b""),
        lambda data, one, two: data.replace(b'"Sea"', b"9"),
        lambda data, one, two: data.replace(b'"Sea"', b'"Sea\xff"'),
        lambda data, one, two: data.replace(b'"Sea"', b'"Sea\x00"'),
        lambda data, one, two: data.replace(b'"https://example.org/"', b'"/"'),
        lambda data, one, two: data.replace(b"version/1.1", b"version/2"),
        lambda data, one, two: data.replace(b'{"generator": "Feedwright"}', b'{"generator": 1}'),
        lambda data, one, two: data.decode().encode("utf-16"),
        lambda data, one, two: data[:-4],
        lambda data, one, two: data + b"{}",
        lambda data, one, two: b"\n" * 300 + data,
        lambda data, one, two: b"[" + data + b"]",
        lambda data, one, two: data[: data.index(one)] + data[data.index(two) :],
        lambda data, one, two: b"",
        lambda data, one, two: one + b"," + two,
        lambda data, one, two: b"<" + data,
    ],
)
def test_a_damaged_document_is_refused_for_what_the_complete_check_finds(
    damage: Callable[[bytes, bytes, bytes], bytes],
) -> None:
    damaged = damage(whole(*GOOD), *GOOD[:2])
    for _ in range(2):
        assert assembled(damaged, GOOD, file="a") == refused(damaged, file="a")
        assert assembled(whole(*GOOD), GOOD) == []


@pytest.mark.parametrize(
    "entries",
    [
        (b'{"id": "a", "content_text": "b"}, {"id": "c", "content_text": "d"}',),
        (b'{"id": "a", "content_text": "b"}], "_x": [{"id": "c"}',),
        (b'{"id": "a", "content_text": "b"', b'"x": {}}'),
        (b'{"id": "a", "content_text": "b"}],"items": [{"id": "c"}',),
    ],
)
def test_pieces_that_are_no_entries_are_not_taken_for_some(entries: tuple[bytes, ...]) -> None:
    for shown in (entries, (*entries, *entries)):
        data = whole(*shown)
        assert assembled(data, shown, file="a") == refused(data, file="a")
        assert refused(data, shown, file="a") == refused(data, file="a")
    assert assembled_json._known == {}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_is_done_to_a_document_both_checks_say_the_same(chance: st.DataObject) -> None:
    if chance.draw(st.booleans()):
        assembled_json.forget()
    entries = chance.draw(st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=5))
    shown = chance.draw(st.one_of(st.just(entries), st.lists(st.sampled_from(ENTRIES), max_size=5)))
    between = chance.draw(st.sampled_from([b",", b",\n  ", b" , ", b",,", b"\xc2\xa0,", b""]))
    data = whole(*shown, between=between)
    for _ in range(chance.draw(st.integers(0, 2))):
        start = chance.draw(st.integers(0, len(data)))
        end = start + chance.draw(st.integers(0, 40))
        new = chance.draw(
            st.binary(max_size=3) | st.sampled_from([b'"', b"}", b"]", b"[{", b",", b'"items": [', b'\\"'])
        )
        data = data[:start] + new + data[end:]
    assert assembled(data, entries, file="a") == refused(data, file="a")
    assert refused(data, entries, file="a") == refused(data, file="a")
