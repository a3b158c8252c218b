"""The `site.toml` of another engine's site: which folders it is for, and what the built site says of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from feedwright.commands.engines import built, content_folders, verify
from feedwright.commands.engines.built import Built
from feedwright.commands.engines.findings import Certainty, Finding, Recognised
from feedwright.commands.engines.verify import SHOWN, Figures, Read
from feedwright.commands.engines.write import Pages, site_toml
from feedwright.config import load_config
from feedwright.config.loader import config_of
from feedwright.config.model import EXTRAS
from feedwright.errors import FeedsError
from feedwright.sources.site import FILE

_OWN_SITEMAP = frozenset(("Hugo", "Zola", "Nikola", "MkDocs", "Docusaurus"))
"""Engines that make a sitemap unless they are told not to."""

_NO_PAGES = frozenset(("Obsidian",))
"""What is no engine, but a folder of articles in which another may be at work."""

_WHOLE, _PURE = 0.95, 0.8
"""What a learnt element has to hold of the texts, and of what it holds to be of these: the rest is what engines add."""


class Plan(NamedTuple):
    """A `site.toml` that is to be.

    Args:
        found: what it is made from.
        place: its folder.
        content: the folders of articles, from there; empty where that is the one.
        left: other folders that hold texts -> why they are not taken.
        site: the built site; None where there is none.
    """

    found: Recognised
    place: Path
    content: tuple[str, ...]
    left: dict[str, str]
    site: Built | None

    def text(self, pages: Pages | None = None, *, all_keys: bool = False) -> str:
        """The file; with every key, or with what was found alone."""
        return site_toml(self.found, self.content, pages, all_keys=all_keys)


def plan(found: Recognised, content: Path | None) -> Plan:
    """Where the `site.toml` of a site is to stand, and what it is for.

    Args:
        found: as `recognise` gives it.
        content: the folder that it is to stand in; None for the site's, or, where an engine would publish it there,
            that of articles.
    """
    site = built.find(found)
    found = _with_path(_completed(found, site), site)
    if content is not None:
        return Plan(found, content, (), {}, site)
    folders = content_folders.of_site(found, site.folder if site else None)
    if folders.taken == ("",):
        return Plan(found, found.root, (), folders.left, site)
    if found.engine == "Jekyll" and len(folders.taken) == 1:
        # What stands in Jekyll's own folder is published, but for names that begin with "_".
        return Plan(found, found.content, (), folders.left, site)
    if found.root / folders.taken[0] != found.content:
        # Its sections, which are named one by one.
        found = replace(found, findings=tuple(one for one in found.findings if one.key != "include"))
    return Plan(found, found.root, folders.taken, folders.left, site)


def _completed(found: Recognised, site: Built | None) -> Recognised:
    """With what the built site says where the configuration says nothing, and without what that has of its own.

    Feeds stand in the same web root: our page there would be another home page.
    """
    known = {one.key for one in found.findings if one.certainty != "missing"}
    more = [one for one in built.of_home_page(site) if one.key not in known]
    added = {one.key for one in more}
    makes = {
        "page": ("a home page", found.engine not in _NO_PAGES or (site is not None and built.has_home_page(site))),
        "sitemap": ("a sitemap", built.has_sitemap(site) or (site is None and found.engine in _OWN_SITEMAP)),
    }
    if own := {name: text for name, (text, is_made) in makes.items() if is_made}:
        kept = tuple(name for name in EXTRAS if name not in own)
        more.append(Finding("extras", kept, "sure", f"{found.engine} makes {' and '.join(own.values())} of its own"))
    return replace(found, findings=(*(one for one in found.findings if one.key not in added), *more))


def _with_path(found: Recognised, site: Built | None) -> Recognised:
    """With the path in its address below which the site's pages link one another, where the configuration has none."""
    url = next((one for one in found.findings if one.key == "url"), Finding("url", None, "missing", "it is not said"))
    is_known = url.certainty != "missing"
    if site is None or (is_known and urlsplit(str(url.value)).path not in ("", "/")):
        return found
    from feedwright.read.pages.folder import path_of_links

    path = path_of_links(site.folder, list(built.pages_below(site.folder)))
    if path in ("", "/"):
        return found
    value = str(url.value).rstrip("/") + path if is_known else path
    certainty: Certainty = "guess" if is_known else "missing"
    whole = Finding("url", value, certainty, f"{url.where}; {site.name} links its pages below {path}")
    return replace(found, findings=(*(one for one in found.findings if one.key != "url"), whole))


class Verified(NamedTuple):
    """What was found out about a `site.toml` that is written.

    Args:
        plan: perhaps with less folders than before.
        pages: what it is to say of the built site; None for nothing.
        lines: what is to be told.
    """

    plan: Plan
    pages: Pages | None
    lines: tuple[str, ...]


def verified(plan: Plan, now: datetime) -> Verified:
    """Hold a site against its pages.

    Args:
        plan: whose file is not written yet, or is there, perhaps in another form by its owner.
        now: aware.
    """
    lines = [f"{folder}: not taken: {why}" for folder, why in sorted(plan.left.items())]
    if plan.site is None:
        return Verified(plan, None, (*lines, "no built site was found: nothing is known of whether URLs exist"))
    try:
        there = (plan.place / FILE).is_file()
        config = load_config(plan.place) if there else config_of(plan.text(), plan.place)
        read = verify.articles_of(config, now)
        figures = verify.by_pages(config, plan.site, read)
    except (FeedsError, OSError) as error:
        return Verified(plan, None, (*lines, f"{plan.site.name}: could not be looked through: {error}"))
    lines.append(f"{plan.site.name}: the built site, {plan.site.where}")
    lines += _figures(plan.site, read, figures)
    if figures.refusal:
        lines.append(f"[pages] is not written: {figures.refusal}")
        better = _with_good_folders(plan, figures)
        lines += [f"{folder}: not taken: {why}" for folder, why in better.left.items() if folder not in plan.left]
        return Verified(better, None, tuple(lines))
    pages, said = _pages(plan, plan.site, read, figures)
    return Verified(plan, pages, (*lines, *said))


def _pages(plan: Plan, site: Built, read: Read, figures: Figures) -> tuple[Pages, list[str]]:
    """What `site.toml` is to say of the built site, and what is to be told of that."""
    folder = Path(os.path.relpath(site.folder, os.path.realpath(plan.place))).as_posix()
    comment = f"{len(figures.pairs):,} of {figures.articles:,} articles have their page"
    try:
        learnt = verify.layout_of(site, read, figures.pairs)
    except OSError as error:
        return Pages(folder, take=("address",), comment=comment), [f"  texts stay those of the files: {error}"]
    if learnt.reason or learnt.recall < _WHOLE or learnt.precision < _PURE:
        why = learnt.reason or f"{_percent(learnt.recall)} of them, with {_percent(1 - learnt.precision)} of other text"
        return Pages(folder, take=("address",), comment=comment), [f"  texts stay those of the files: {why}"]
    body, drop = ", ".join(learnt.rules.selectors), tuple(learnt.rules.drops)
    said = [
        f"  texts: {body}, learnt from {learnt.pages} pages: it holds {_percent(learnt.recall)} of what the files say, "
        f"and {_percent(1 - learnt.precision)} besides",
        *([f"  left out of it: {', '.join(drop)}"] if drop else []),
    ]
    return Pages(folder, body, drop, comment=comment), said


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _figures(site: Built, read: Read, figures: Figures) -> list[str]:
    right = figures.articles - len(figures.dead)
    lines = [
        f"  {len(figures.pairs):,} of {figures.articles:,} articles have their page; by formula {right:,}",
        *(f"    {key}: {site.name}/{figures.pairs[key]}" for key in _spread(list(figures.pairs))),
    ]
    if figures.dead:
        lines.append(
            f"  {right:,} of {figures.articles:,} URLs by formula have a page in {site.name}; "
            f"{len(figures.dead):,} do not:"
        )
        lines += [f"    {key}: {figures.addresses[key]}" for key in _spread(figures.dead)]
    without = [key for key in read.public if key not in figures.pairs]
    if without:
        lines.append(f"  without a page that is surely theirs: {', '.join(without[:SHOWN])}")
    return lines


def _spread(keys: Sequence[str]) -> list[str]:
    """The first, the middle and the last."""
    places = sorted({0, len(keys) // 2, len(keys) - 1}) if keys else []
    return [keys[place] for place in places]


def _with_good_folders(plan: Plan, figures: Figures) -> Plan:
    """Without the folders, but for the first, whose addresses by formula have mostly no page."""
    if len(plan.content) < 2:
        return plan
    bad: dict[str, str] = {}
    for folder in plan.content[1:]:
        inside = [key for key in figures.addresses if key.startswith(f"{folder}/")]
        dead = sum(key.startswith(f"{folder}/") for key in figures.dead)
        if 2 * dead > len(inside):
            bad[folder] = f"{len(inside) - dead:,} of {len(inside):,} URLs by formula have a page"
    content = tuple(folder for folder in plan.content if folder not in bad)
    return plan._replace(content=content, left={**plan.left, **bad})
