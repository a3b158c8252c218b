"""Which rules look at which element."""

from __future__ import annotations

import pytest

from feedwright.checks import document, run_rules
from feedwright.checks.node import Node
from feedwright.checks.rule import DocumentRule, ElementRule, RuleGroup

DOCUMENTS = {
    "rss": b"<rss><channel><title>a</title><item><guid>a</guid></item><item><guid>b</guid></item></channel></rss>",
    "atom": b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a</id></entry><entry><id>b</id></entry></feed>',
}


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
def test_the_laws_above_entries_ask_them_for_nothing_but_what_tells_them_apart_and_their_authors(form: str) -> None:
    # So a head and entries that were checked apart are right together: see `render.entries.render_documents`.
    Watched.asked.clear()
    read = document.read(DOCUMENTS[form], "")
    assert isinstance(read, document.Document)
    above = [read.root] if form == "atom" else [read.root, read.root.children[0]]
    above[-1].children[:] = [
        Watched(node.name, node.element, node.parent, node.attributes, node.text, node.children)
        if node.name in ("item", "entry")
        else node
        for node in above[-1].children
    ]
    for rule in run_rules._patterns(form, run_rules.FOR_BUILD)[1]:  # type: ignore[arg-type]
        for node in above:
            parent = node.parent.name if node.parent else ""
            if not any(place in (f"{parent}/{node.name}", f"*/{node.name}", f"{parent}/*", "*/*") for place in rule.at):
                continue
            if isinstance(rule, ElementRule):
                rule.find(node)
            elif isinstance(rule, DocumentRule):
                list(rule.find(node))
            elif isinstance(rule, RuleGroup):
                rule.find(node)
    assert Watched.asked <= {"guid", "id", "updated", "author", "source"}
