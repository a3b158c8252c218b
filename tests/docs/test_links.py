"""No link within the documentation, or from the source's own pages into it, leads nowhere."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
import yaml

from tests.docs.pages import DOCS, ROOT, pages

ALL = [*pages(), ROOT / "SECURITY.md", ROOT / "CHANGELOG.md"]


def without_code(text: str) -> str:
    """A page's text, without what stands in code."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?ms)^(```+).*?^\1$", "", text))


@pytest.mark.parametrize("page", ALL, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_element_in_a_text_is_taken_for_one_of_the_page(page: Path) -> None:
    text = without_code(page.read_text(encoding="utf-8"))
    assert re.findall(r"<(?!!--|https?:)[^<>]+>", text) == []


def links(page: Path) -> list[str]:
    """What a page links to in the checkout, pictures too."""
    text = without_code(page.read_text(encoding="utf-8"))
    found = re.findall(r"\]\(([^)\s]+)(?: \"[^\"]*\")?\)", text) + re.findall(r"(?:src|href)=\"([^\"]+)\"", text)
    return [link for link in found if link != "..." and not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    """The headings of a page, as Python-Markdown and GitHub name them."""
    text = re.sub(r"(?ms)^(```+).*?^\1$", "", page.read_text(encoding="utf-8"))
    found: set[str] = set()
    for heading in re.findall(r"(?m)^#{1,6} (.+)$", text):
        plain = re.sub(r"\]\([^)]*\)", "", heading)
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
        github = re.sub(r"[^\w\s-]", "", plain).strip().lower().replace(" ", "-")
        found |= {github, re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())}
    return found


@pytest.mark.parametrize("page", ALL, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            dead.append(link)
    assert dead == []


def test_no_page_is_left_out_of_the_site_and_none_is_missing() -> None:
    class Loader(yaml.SafeLoader):
        pass

    found: list[str] = []
    todo = [yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader)["nav"]]
    while todo:
        entry = todo.pop()
        if isinstance(entry, str):
            found.append(entry)
        else:
            todo += entry.values() if isinstance(entry, dict) else entry
    assert sorted(found) == sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def test_no_page_of_the_site_links_out_of_it() -> None:
    outside = {
        (page.name, link)
        for page in DOCS.rglob("*.md")
        for link in links(page)
        if link.partition("#")[0] and DOCS not in (page.parent / link.partition("#")[0]).resolve().parents
    }
    assert outside == set()
