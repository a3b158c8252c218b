"""What the configuration of a site's engine keeps from the public, read anew at each run.

Only files that an engine is known by are looked for, in the content folder and in those above it that belong to the
same site; they are read as data, never run. Nothing of them is taken but what is kept from the public, and the
categories that folders give their articles, which stand in Jekyll's addresses.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from feedwright.articles.engine_rules import NO_RULES, Defaults, EngineRules, PathRule
from feedwright.config.folders import is_below

ABOVE = 3
"""Folders above the content folder that are looked into; none above the root of a repository."""

LARGEST = 512 * 1024

_RELEVANT = re.compile(
    r"pass|protect|privat|privacy|encrypt|secret|visib|access|members?|premium|paywall|publish|draft|hid|unlisted"
    r"|layout|permalink|headless|build|eleventyexclude|categor",
    re.IGNORECASE,
)


class At(NamedTuple):
    """A configuration file, and where the content folder is from there.

    Args:
        root: the folder that it is in.
        within: `root` below the content folder, ending in "/"; empty where it is that or above.
        above: the content folder below `root`, likewise.
        text: what it holds, without comments that are lines of their own.
    """

    root: str
    within: str
    above: str
    name: str
    text: str


def of_site(content: Path, folders: Iterable[str], site: Path | None = None) -> EngineRules:
    """What the engine of a site keeps from the public.

    Args:
        content: a folder of articles.
        folders: that hold some, below it.
        site: the site's folder, which is looked into in any case; None where it is that of articles.
    """
    # Paths as text: this is done in each run, also where there is nothing to do.
    start = os.path.realpath(content)
    rules = NO_RULES
    for root in _roots(start, os.path.realpath(site or content)):
        for name, read in _READERS.items():
            path = f"{root}/{name}"
            if os.path.exists(path):  # noqa: PTH110
                rules = rules.joined(read(_at(root, start, name)))
    defaults = tuple(_of_folders(start, folders))
    return rules.joined(EngineRules(defaults=defaults)) if defaults else rules


def _roots(start: str, site: str) -> Iterator[str]:
    yield from (f"{start}/{name}" for name in ("docs", "src") if os.path.isdir(f"{start}/{name}"))  # noqa: PTH112
    root = start
    for number in count():
        yield root
        above = os.path.dirname(root)  # noqa: PTH120
        is_inside = root != site and is_below(root, site)
        if above == root or (not is_inside and (number >= ABOVE or os.path.exists(f"{root}/.git"))):  # noqa: PTH110
            return
        root = above


def _at(root: str, start: str, name: str) -> At:
    within = f"{os.path.relpath(root, start)}/" if root != start and root.startswith(f"{start}/") else ""
    above = f"{os.path.relpath(start, root)}/" if root != start and not within else ""
    return At(root, within, above, name, _text(f"{root}/{name}"))


def _text(path: str) -> str:
    try:
        if not os.path.isfile(path):  # noqa: PTH113
            return ""
        with open(path, "rb") as file:  # noqa: PTH123
            text = file.read(LARGEST).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return ""
    return re.sub(r"(?m)^[ \t]*(?:#|//).*$", "", text)


def _table(at: At) -> dict[str, object]:
    """What a file of data says; nothing where it cannot be read, which is for its engine to say."""
    return _loaded(at.name, at.text)


def _loaded(name: str, text: str) -> dict[str, object]:
    from feedwright.articles.frontmatter import toml, yaml  # few sites need them for this

    try:
        tree: object = toml.load(text)[0] if name.endswith(".toml") else yaml.load(text).value
    except (ValueError, RecursionError):
        return {}
    tree = tree[0] if isinstance(tree, list) and tree else tree
    return {str(key): value for key, value in tree.items()} if isinstance(tree, dict) else {}


def _relevant(values: object) -> dict[str, object]:
    """Of front matter, what may keep an article from the public."""
    found = values.items() if isinstance(values, dict) else ()
    return {str(key): value for key, value in found if _RELEVANT.search(str(key)) or isinstance(value, dict)}


# --- Hexo and Jekyll, whose configuration has the same name ---


def _config_yml(at: At) -> EngineRules:
    if not any(word in at.text for word in ("encrypt", "hide_posts", "defaults")):
        return NO_RULES
    values = _table(at)
    rules = EngineRules(defaults=tuple(_jekylls_defaults(at, values.get("defaults"))))
    encrypt = values.get("encrypt")
    if isinstance(encrypt, dict):
        tags, blogs = encrypt.get("tags"), encrypt.get("blogs")
        rules = rules.joined(EngineRules(tags=tuple(_locked(tags, "name")), titles=tuple(_locked(blogs, "title"))))
    hide = values.get("hide_posts")
    if isinstance(hide, dict) and hide.get("enable") is not False:
        filter_ = _plain(str(hide.get("filter") or "hidden"))
        allowed = {str(one) for one in hide.get("allowlist_generators") or () if isinstance(one, str)}
        if allowed.isdisjoint(("feed", "rss2", "atom", "*")):
            rules = rules.joined(EngineRules(hiding_keys=(filter_,)))
    return rules


def _locked(entries: object, key: str) -> Iterator[str]:
    """What has a password in a list of maps; in a map, its keys."""
    if isinstance(entries, dict):
        yield from (str(name) for name, password in entries.items() if password not in (None, ""))
    for one in entries if isinstance(entries, list) else ():
        if isinstance(one, dict) and one.get(key) is not None and one.get("password") not in (None, ""):
            yield str(one[key])


def _jekylls_defaults(at: At, entries: object) -> Iterator[Defaults]:
    """Source: Jekyll's documentation, "Front Matter Defaults"."""
    for one in entries if isinstance(entries, list) else ():
        scope, values = (one.get("scope"), _relevant(one.get("values"))) if isinstance(one, dict) else (None, {})
        if not values or not isinstance(scope, dict):
            continue
        path = str(scope.get("path") or "").strip("/")
        kind = str(scope.get("type") or "")
        folder = {"": "", "posts": "_posts/", "drafts": "_drafts/", "pages": ""}.get(kind, f"_{kind}/")
        below = _below(at, path)
        if below is None:
            continue
        inside = folder and f"/{at.above}{below}/".find(f"/{folder}") < 0
        start = f"{below}/" if below else ""
        yield Defaults((f"{start}**/{folder}**" if inside else f"{start}**", below), values)


def _below(at: At, path: str) -> str | None:
    """A path from the engine's root as one from the content folder; None where it is elsewhere."""
    if not path:
        return at.within.rstrip("/")
    if at.above:
        folder = at.above.rstrip("/")
        if folder == path or folder.startswith(f"{path}/"):
            return ""
        return path[len(at.above) :] if path.startswith(at.above) else None
    return at.within + path


# --- MkDocs, Nikola, Pelican ---


def _mkdocs(at: At) -> EngineRules:
    """Source: mkdocs-encryptcontent-plugin, `global_password` and `password_inventory`; mkdocs-publisher."""
    docs = re.search(r"(?m)^docs_dir:[ \t]*[\"']?([^\"'\n#]+)", at.text)
    folder = f"{(docs[1].strip() if docs else 'docs').strip('./')}/"
    if at.above and not at.above.startswith(folder):
        return NO_RULES
    rules = NO_RULES
    if "encryptcontent" in at.text:
        rules = EngineRules(empty_protects=True, levels=True)
        if re.search(r"(?m)^[ \t-]*global_password:[ \t]*(?![\"']{2}[ \t]*$)\S", at.text):
            rules = rules.joined(EngineRules(everything="global_password"))
        if re.search(r"(?m)^[ \t-]*[\"']?_global[\"']?:", at.text):
            rules = rules.joined(EngineRules(everything="password_inventory"))
    if re.search(r"(?m)^[ \t]*-[ \t]*[\"']?pub-meta", at.text) and not re.search(r"\bfile_default:[ \t]*true", at.text):
        rules = rules.joined(EngineRules(allowed_by=("publish",)))
    return rules


def _nikola(at: At) -> EngineRules:
    """Source: Nikola 8.3, `USE_TAG_METADATA`, which holds where `conf.py` does not say otherwise."""
    if not re.search(r"(?m)^(?:BLOG_TITLE|SITE_URL|POSTS)[ \t]*=", at.text):
        return NO_RULES
    said = re.findall(r"(?m)^USE_TAG_METADATA[ \t]*=[ \t]*(\w+)", at.text)
    return EngineRules(tag_marks=not said or said[-1] != "False")


def _pelican(at: At) -> EngineRules:
    return EngineRules(empty_protects=True) if "encrypt_content" in at.text else NO_RULES


# --- Note tools ---


def _logseq(at: At) -> EngineRules:
    """Source: Logseq, deps/publishing, `db.cljs`."""
    text = re.sub(r"(?m);.*$", "", at.text)
    everything = re.search(r":(?:publishing/)?all-pages-public\?\s+true\b", text)
    hidden = re.search(r":hidden\s*\[([^\]]*)\]", text)
    paths = re.findall(r'"/?([^"]+)"', hidden[1]) if hidden else []
    rules = tuple(PathRule(f"/{path}", ":hidden", at.within, at.above) for path in paths)
    return EngineRules(allowed_by=() if everything else ("public",), paths=rules)


def _quartz(at: At) -> EngineRules:
    """Source: Quartz, `quartz.config.ts`: the filter ExplicitPublish, and `ignorePatterns`."""
    if at.above and not at.above.startswith("content/"):
        return NO_RULES
    text = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", at.text, flags=re.DOTALL)
    allowed = ("publish",) if re.search(r"\bExplicitPublish\b\s*(?:\(|[\"'])", text) else ()
    field = re.search(r"\bpasswordField\s*:\s*[\"']([\w-]+)[\"']", text)
    ignored = re.search(r"\bignorePatterns\s*:\s*\[([^\]]*)\]", text)
    patterns = re.findall(r"[\"']([\w./-]+)[\"']", ignored[1]) if ignored else []
    below = (_below(at, f"content/{pattern}".rstrip("/")) for pattern in patterns)
    globs = tuple(glob for path in below if path for glob in (path, f"{path}/**"))
    # Such a folder is no part of the site.
    defaults = (Defaults(globs, {"private": True}),) if globs else ()
    keys = (_plain(field[1]),) if field else ()
    return EngineRules(allowed_by=allowed, password_keys=keys, is_vault=True, defaults=defaults)


def _vault(at: At) -> EngineRules:
    """An Obsidian vault: what Publish excludes; with Digital Garden, what is not named for it."""
    garden = os.path.isdir(f"{at.root}/.obsidian/plugins/digitalgarden")  # noqa: PTH112
    rules = EngineRules(is_vault=True, allowed_by=("dg-publish",) if garden else ())
    text = _text(f"{at.root}/.obsidian/publish.json")
    excluded = _loaded("publish.json", text).get("excluded") if text else None
    paths = [str(one).strip("/") for one in excluded if isinstance(one, str)] if isinstance(excluded, list) else []
    where = (PathRule(f"/{path}/", "excluded", at.within, at.above) for path in paths if path)
    return rules.joined(EngineRules(paths=tuple(where)))


def _dendron(at: At) -> EngineRules:
    """Source: Dendron, `SiteUtils.canPublish`: private vaults, and hierarchies that are not published by themselves."""
    values = _table(at)
    workspace, publishing = values.get("workspace"), values.get("publishing") or values.get("site")
    vaults = (workspace if isinstance(workspace, dict) else values).get("vaults")
    private = [
        str(one.get("fsPath") or "").strip("./")
        for one in (vaults if isinstance(vaults, list) else ())
        if isinstance(one, dict) and str(one.get("visibility")) == "private"
    ]
    paths = tuple(PathRule(f"/{path}/" if path else "/", "visibility", at.within, at.above) for path in private)
    explicit = "publishByDefault" in str(publishing) and re.search(r"'publishByDefault': False", str(publishing))
    return EngineRules(paths=paths, allowed_by=("published",) if explicit else ())


# --- Themes of VuePress and VitePress, whose configuration is a program ---


def _theme(at: At) -> EngineRules:
    """Source: vuepress-theme-hope, -plume and -reco, posts-encrypt and vitepress-theme-teek, `encrypt` and the like."""
    text = re.sub(r"/\*.*?\*/|(?<![:\"'\w])//[^\n]*", "", at.text, flags=re.DOTALL)
    rules = NO_RULES
    folder = os.path.basename(os.path.dirname(at.name)) or "config"  # noqa: PTH119, PTH120
    if re.search(r"\b(?:keyPage\s*:\s*\{|checkAll\s*:\s*true|siteLogin\s*:\s*true)", text):
        rules = EngineRules(everything=f"{folder}: whole site")
    for start in re.finditer(r"\bencrypt\s*:\s*\{", text):
        block = _braced(text, start.end() - 1)
        if re.search(r"\bglobal\s*:\s*true|\bstatus\s*:\s*[\"']global[\"']", block):
            rules = rules.joined(EngineRules(everything="encrypt.global"))
        for inner in re.finditer(r"\b(config|rules)\s*:\s*\{", block):
            keys = re.findall(r"(?:^|[{,])\s*[\"'`]([^\"'`\n]+)[\"'`]\s*:", _braced(block, inner.end() - 1))
            where = (PathRule(key, f"encrypt.{inner[1]}", at.within, at.above) for key in keys)
            rules = rules.joined(EngineRules(paths=tuple(where)))
    return rules


def _braced(text: str, start: int) -> str:
    """From a brace to the one that closes it; to the end where none does."""
    depth = 0
    for found in re.finditer(r"[{}]", text[start:]):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return text[start : start + found.end()]
    return text[start:]


# --- Hugo, and the data of folders ---


def _hugo(at: At) -> EngineRules:
    if "cascade" not in at.text and "hidden_from_feed" not in at.text:
        return NO_RULES
    values = _table(at)
    params = values.get("params")
    inverted = isinstance(params, dict) and params.get("hidden_from_feed") is True
    given = (Defaults(("**",), {"hidden_from_feed": True}),) if inverted else ()
    return EngineRules(defaults=(*given, *_cascaded(values.get("cascade"), "")))


def _cascaded(cascade: object, folder: str) -> Iterator[Defaults]:
    """Source: Hugo's documentation, "Cascade"."""
    for one in cascade if isinstance(cascade, list) else [cascade]:
        if not isinstance(one, dict):
            continue
        params = one.get("params")
        values = {**_relevant(one), **(_relevant(params) if isinstance(params, dict) else {})}
        values = {key: value for key, value in values.items() if key not in ("target", "_target", "params")}
        target = one.get("target") or one.get("_target")
        path = str(target.get("path") or "") if isinstance(target, dict) else ""
        start = f"{folder}/" if folder else ""
        globs = (f"**{path}", f"{path.lstrip('/')}", f"{path.lstrip('/')}.*") if path else (f"{start}**",)
        if values:
            yield Defaults(globs, values)


def _of_folders(start: str, folders: Iterable[str]) -> Iterator[Defaults]:
    """What stands beside articles for all of a folder: Hugo's cascades, Eleventy's data, Material's `.meta.yml`."""
    seen: set[str] = set()
    for folder in folders:
        parts = folder.split("/") if folder else []
        seen.update("/".join(parts[:depth]) for depth in range(len(parts) + 1))
    for folder in sorted(seen):
        name = (folder or start).rpartition("/")[2]
        beside = f"{start}/{folder}" if folder else start
        for file in (f"{name}.json", f"{name}.11tydata.json", ".meta.yml", "_index.md"):
            path = f"{beside}/{file}"
            if os.path.isfile(path) and _RELEVANT.search(text := _text_as_it_is(path)):  # noqa: PTH113
                yield from _beside(file, text, folder)


def _text_as_it_is(path: str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read(LARGEST).decode("utf-8", "replace")
    except OSError:
        return ""


def _beside(file: str, text: str, folder: str) -> Iterator[Defaults]:
    if not file.startswith("_index"):
        if values := _relevant(_loaded(file, text)):
            yield Defaults((f"{folder}/**" if folder else "**",), values)
    elif "cascade" in text:
        from feedwright.articles.frontmatter.split import split_front_matter  # few sections have one

        yield from _cascaded(split_front_matter(text).values.get("cascade"), folder)


def _plain(key: str) -> str:
    return key.lower().replace("-", "").replace("_", "").replace(" ", "")


_READERS: dict[str, Callable[[At], EngineRules]] = {
    **dict.fromkeys(("_config.yml", "_config.yaml"), _config_yml),
    **dict.fromkeys(("mkdocs.yml", "mkdocs.yaml"), _mkdocs),
    "conf.py": _nikola,
    "pelicanconf.py": _pelican,
    "logseq/config.edn": _logseq,
    **dict.fromkeys(("quartz.config.ts", "quartz.config.yaml"), _quartz),
    ".obsidian": _vault,
    "dendron.yml": _dendron,
    **dict.fromkeys((f"{name}.{end}" for name in ("hugo", "config") for end in ("toml", "yaml", "yml", "json")), _hugo),
    **dict.fromkeys(
        (
            *(f".vuepress/{name}.{end}" for name in ("config", "theme") for end in ("ts", "js", "mts", "mjs")),
            *(f".vuepress/plume.config.{end}" for end in ("ts", "js")),
            *(f".vitepress/config.{end}" for end in ("ts", "js", "mts", "mjs")),
        ),
        _theme,
    ),
}
"""Below a folder: a file that an engine is known by -> what reads it."""
