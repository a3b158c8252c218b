"""Where in a site's pages the text is, and what of that is none: learnt from articles whose source is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from feedwright.pages.body import BodyRules
from feedwright.pages.furniture import drop_furniture, drop_selected
from feedwright.pages.layout import Layout
from feedwright.pages.tree import UnreadablePage, tree_of
from feedwright.pages.words import RUN, hashes_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

SAMPLE = 24
"""Articles that are enough to learn a site from."""

_FEWEST_WORDS = 120
_FEWEST_PAGES = 3
_LEAST_SHARE = 0.5
_LEAST_RECALL = 0.9
_ANCESTORS = 3
_MOST_SELECTORS = 80
_AS_GOOD = 0.002
_FOREIGN_ON = 0.4
_TEXT_ON = 0.1
_MANY_WORDS = 12
_LAYOUTS = 3
_NEAR_THE_EDGE = 3
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# What tools that scope styles make of a name: another at each build. `title_f1Hy`, `css-1x2y3z`, `svelte-abc123`.
_HASHED = re.compile(
    r"(?:css|sc|jsx|svelte|astro)-|.*(?:_(?=[a-z]*[0-9A-Z])[A-Za-z0-9]{4,8}|-(?=[A-Za-z]*[0-9])[A-Za-z0-9]{4,8})\Z"
)
_META = re.compile(r"meta|date|time|author|byline|tags?\b|categor|reading")
_NEVER_DROPPED = re.compile(r"footnote|(?:^|\s)fn|katex|math|highlight|code|admonition|callout|alert|lang")
# fmt: off
_PARTS = frozenset((
    "header", "footer", "div", "section", "ul", "ol", "dl", "p", "address", "time", "small", "aside", "h1", "h2",
    "h3", "h4", "h5", "h6", "a", "span", "hgroup", "menu",
))
# fmt: on
_MEDIA = "img, picture, video, audio, iframe, object, math"
_UNLESS_NAMED = frozenset(("a", "span"))


class Sample(NamedTuple):
    """An article to learn from.

    Args:
        title: plain text.
        words: of its source, `words_of_source`.
        html: its page.
    """

    title: str
    words: Sequence[str]
    html: bytes


class Learnt(NamedTuple):
    """What was learnt.

    Args:
        rules: empty where nothing was.
        pages: how many pages that rests on.
        recall: of what the pages have of the sources, the share that stands in the element.
        precision: of what stands in the element after drops, the share that is of the sources.
        reason: why nothing was learnt, as a sentence without full stop; empty where something was.
    """

    rules: BodyRules
    pages: int
    recall: float
    precision: float
    reason: str = ""


class _Specimen(NamedTuple):
    sample: Sample
    runs: frozenset[int]
    tree: LexborHTMLParser
    layout: Layout
    hashes: list[int]
    indexes: dict[int, int]


def chosen(keys: Iterable[str], most: int = 2 * SAMPLE) -> list[str]:
    """The articles to learn from: the same of the same site at each run, and spread over all of it.

    Args:
        most: twice as many as are needed, since some are short.
    """
    return sorted(keys, key=lambda key: (crc32(key.encode("utf-8", "surrogatepass")), key))[:most]


def learn(samples: Iterable[Sample]) -> Learnt:
    """Learn where the text is.

    Args:
        samples: of `chosen` articles; of these the first that are long enough are used.
    """
    specimens = list(_specimens(samples))
    if len(specimens) < _FEWEST_PAGES:
        return _nothing(len(specimens), f"only {len(specimens)} pages hold the text of an article of some length")
    selectors: list[str] = []
    left = specimens
    while len(left) >= _FEWEST_PAGES and len(selectors) < _LAYOUTS:
        best = _best_selector(left)
        if best is None:
            break
        selectors.append(best)
        left = [one for one in left if one.tree.css_first(best) is None]
    if not selectors:
        return _nothing(len(specimens), "no element holds the text on most pages")
    whole = _quality(specimens, selectors, ())[0]
    drops = _drops(specimens, selectors)
    recall, precision = _quality(specimens, selectors, drops)
    if recall < whole - _AS_GOOD:
        drops = tuple(drop for drop in drops if _quality(specimens, selectors, [drop])[0] >= whole - _AS_GOOD)
        recall, precision = _quality(specimens, selectors, drops)
    return Learnt(BodyRules(tuple(selectors), drops), len(specimens), recall, precision)


def _nothing(pages: int, reason: str) -> Learnt:
    return Learnt(BodyRules(), pages, 0.0, 0.0, reason)


def _specimens(samples: Iterable[Sample]) -> Iterator[_Specimen]:
    """The pages that can be learnt from."""
    count = 0
    for sample in samples:
        runs = frozenset(hashes_of(sample.words))
        if len(sample.words) < _FEWEST_WORDS or count == SAMPLE:
            continue
        try:
            tree = tree_of(sample.html)
        except UnreadablePage:
            continue
        if tree.body is None:
            continue
        layout = Layout(tree.body)
        hashes = hashes_of(layout.words)
        if len(runs & set(hashes)) >= _LEAST_SHARE * len(runs):
            count += 1
            indexes = {node.mem_id: index for index, node in enumerate(layout.nodes)}
            yield _Specimen(sample, runs, tree, layout, hashes, indexes)


def _best_selector(specimens: Sequence[_Specimen]) -> str | None:
    votes: Counter[str] = Counter()
    for one in specimens:
        index = one.layout.smallest_index(one.runs)
        found: dict[str, None] = {}
        for _ in range(_ANCESTORS + 1):
            if index <= 0:
                break
            found |= dict.fromkeys(_selectors(one.layout.nodes[index]))
            index = one.layout.parents[index]
        votes.update(list(found))
    scored = []
    for selector, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:_MOST_SELECTORS]:
        recall, precision = _mean([_fit(one, selector) for one in specimens])
        scored.append((2 * recall * precision / (recall + precision) if recall else 0.0, selector))
    top = max((score for score, _ in scored), default=0.0)
    good = [selector for score, selector in scored if score >= top - _AS_GOOD and score > 0]
    # Of elements that hold the same the innermost: what stands around the text is then fewer parts of it.
    return min(good, key=lambda selector: (-_depth(specimens, selector), len(selector), selector)) if good else None


def _depth(specimens: Sequence[_Specimen], selector: str) -> int:
    """How deep an element is, over all pages."""
    depth = 0
    for one in specimens:
        node = one.tree.css_first(selector)
        index = one.indexes.get(node.mem_id, -1) if node is not None else -1
        while index > 0:
            depth += 1
            index = one.layout.parents[index]
    return depth


def _selectors(node: LexborNode) -> Iterator[str]:
    """The ways to name an element that other pages may have, too."""
    known, tag = node.attributes, node.tag or ""
    if "articleBody" in (known.get("itemprop") or "").split():
        yield '[itemprop~="articleBody"]'
    if _NAME.fullmatch(known.get("id") or ""):
        yield f"#{known['id']}"
    names = [f"{tag}.{name}" for name in _classes(node)]
    yield from names
    if tag in ("article", "main"):
        yield tag
    around = node.parent
    if around is not None and around.tag:
        outer = [around.tag] if around.tag != "div" else []
        outer += [f"{around.tag}.{name}" for name in _classes(around)]
        yield from (f"{one} > {tag}" for one in outer)


def _classes(node: LexborNode) -> list[str]:
    names = (node.attributes.get("class") or "").split()
    return [name for name in names if _NAME.fullmatch(name) and not _HASHED.match(name)]


def _fit(one: _Specimen, selector: str) -> tuple[float, float]:
    """Recall and precision of an element, by distinct runs: of what the page has of the source, of the element."""
    node = one.tree.css_first(selector)
    index = one.indexes.get(node.mem_id, -1) if node is not None else -1
    if index < 0:
        return 0.0, 0.0
    inside = set(one.hashes[one.layout.starts[index] : max(0, one.layout.ends[index] - RUN + 1)])
    return _agreement(inside, one.runs & set(one.hashes))


def _agreement(inside: set[int], wanted: set[int] | frozenset[int]) -> tuple[float, float]:
    common = len(inside & wanted)
    return (common / len(wanted), common / len(inside)) if common else (0.0, 0.0)


def _mean(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    count = max(1, len(pairs))
    return sum(recall for recall, _ in pairs) / count, sum(precision for _, precision in pairs) / count


def _cleared(one: _Specimen, selectors: Sequence[str]) -> LexborNode | None:
    """The element of a page as it is when the learnt drops come."""
    tree = tree_of(one.sample.html)
    node = next((found for found in map(tree.css_first, selectors) if found is not None), None)
    if node is not None:
        drop_furniture(node, one.sample.title, one.runs, 1)
    return node


def _drops(specimens: Sequence[_Specimen], selectors: Sequence[str]) -> tuple[str, ...]:
    """Parts of the element that hold none of the text on many pages, and on hardly any hold some."""
    foreign: Counter[str] = Counter()
    of_text: Counter[str] = Counter()
    pages: list[list[_Part]] = []
    for one in specimens:
        node = _cleared(one, selectors)
        if node is not None:
            parts = _parts(Layout(node), one.runs)
            pages.append(parts)
            foreign.update({name for part in parts if not part.is_text for name in part.names})
            of_text.update({name for part in parts if part.is_text for name in part.names})
    wanted = {
        name
        for name, count in foreign.items()
        if count >= max(2, _FOREIGN_ON * len(pages)) and of_text[name] <= _TEXT_ON * len(pages)
    }
    # What only stands within what goes anyway need not be said.
    return tuple(sorted({name for parts in pages for part in parts for name in _needed(part, parts, wanted)}))


class _Part(NamedTuple):
    """An element of the body: what may name it, whether it holds some of the text, and the part around it (or -1)."""

    names: tuple[str, ...]
    is_text: bool
    around: int


def _needed(part: _Part, parts: Sequence[_Part], wanted: set[str]) -> list[str]:
    """The one name by which a part is dropped, if it is: rather what it is called than where it stands."""
    around = part.around
    while around >= 0:
        if not wanted.isdisjoint(parts[around].names):
            return []
        around = parts[around].around
    names = sorted(wanted & set(part.names), key=lambda name: (">" in name, ":" in name, len(name), name))
    return [] if part.is_text else names[:1]


def _parts(layout: Layout, runs: frozenset[int]) -> list[_Part]:
    sums = list(accumulate(layout.covered(runs), initial=0))
    children = layout.children().get(0, [])
    places = {index: place for place, index in enumerate(children)}
    parts: list[_Part] = []
    of_index: dict[int, int] = {}
    for index in range(1, len(layout.nodes)):
        node, parent = layout.nodes[index], layout.parents[index]
        words = layout.ends[index] - layout.starts[index]
        covered = sums[layout.ends[index]] - sums[layout.starts[index]]
        # What is not to be dropped counts as text for all that have its name.
        is_text = covered >= _MANY_WORDS or covered * 2 >= max(words, 1) or _is_kept(node)
        if words or node.css_first(_MEDIA) is not None:
            of_index[index] = len(parts)
            names = tuple(_names(node, places.get(index, -1), len(children)))
            parts.append(_Part(names, is_text or not words, of_index.get(parent, -1)))
    return parts


def _is_kept(node: LexborNode) -> bool:
    """Whether an element is a note, code or the like, which sources write in other words than pages show."""
    around = node.parent
    known = " ".join(filter(None, (node.attributes.get("class"), node.attributes.get("id"))))
    return _NEVER_DROPPED.search(known) is not None or (around is not None and around.tag in ("pre", "code"))


def _names(node: LexborNode, place: int, children: int) -> Iterator[str]:
    """The selectors of a part that may be learnt as a drop.

    Args:
        place: among the element's children, from 0; -1 for what stands deeper.
    """
    tag = node.tag or ""
    if tag not in _PARTS:
        return
    classes = _classes(node)
    if tag == "span":
        classes = [name for name in classes if _META.search(name)]
    yield from (f"{tag}.{name}" for name in classes)
    if place >= 0 and tag not in _UNLESS_NAMED:
        yield f"> {tag}"
        if (node.attributes.get("class") or "").strip():
            return
        if place < _NEAR_THE_EDGE:
            yield f"> {tag}:nth-child({place + 1})"
        if children - place <= _NEAR_THE_EDGE:
            yield f"> {tag}:nth-last-child({children - place})"


def _quality(specimens: Sequence[_Specimen], selectors: Sequence[str], drops: Sequence[str]) -> tuple[float, float]:
    fits = []
    for one in specimens:
        node = _cleared(one, selectors)
        if node is not None:
            drop_selected(node, drops)
            inside = set(hashes_of(Layout(node).words))
            fits.append(_agreement(inside, one.runs & set(one.hashes)))
    recall, precision = _mean(fits)
    return round(recall, 3), round(precision, 3)
