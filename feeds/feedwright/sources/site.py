"""A site as somebody names it: its content folder, which must be there, and its configuration."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from stat import S_ISDIR

from feedwright.config import Config, load_config
from feedwright.config.loader import names_content
from feedwright.errors import ConfigError, Problem
from feedwright.text.suggest import likest

FILE = "site.toml"
CONTENT = Path("content")
"""The folder of articles where none is named, and the one that we are in is no site."""
_SHOWN = 5
_DEEPEST = 3
_LOOKED_INTO = 100


def usual(file: Path | None = None) -> Path:
    """The folder that is meant where none is named: the one we are in, where a `site.toml` makes it a site's.

    Args:
        file: a configuration that is named; what is meant is then its own folder, where it names those of articles.
    """
    if file is not None:
        return file.parent if names_content(file) else CONTENT
    here = _is_site(Path()) and (not _is_site(CONTENT) or names_content(Path(FILE)))
    return Path() if here else CONTENT


def usual_articles() -> tuple[Path, Path]:
    """The site that is meant where none is named, and the folder that a new article of it goes into.

    Raises:
        ConfigError: its configuration is wrong.
    """
    site = usual()
    return site, site if site == CONTENT else site / load_config(site).content[0]


def load_site(content: Path, file: Path | None = None, state: Path | None = None) -> Config:
    """Read the configuration of a site.

    Args:
        content, file, state: as `load_config` takes them.

    Raises:
        ConfigError: the folder is not there or no folder, or its configuration is missing or wrong; it says what was
            probably meant.
    """
    look_for_folder(content, configured=file is not None)
    if file is not None and not os.path.isfile(file):  # noqa: PTH113
        raise ConfigError(_no_file(file))
    own = content / FILE
    if file is None and not os.path.isfile(own):  # noqa: PTH113
        raise ConfigError(_no_file(own) if os.path.lexists(own) else _unconfigured(content))
    if state is not None:
        _look_for_state(state)
    return load_config(content, file, state)


def load_to_build(content: Path, file: Path | None = None, state: Path | None = None) -> Config:
    """As `load_site`; but where configuration and state stand beside the content folder, that may be gone.

    The build then finds that out, and notes it in the state.
    """
    if file is None or not file.is_file():
        return load_site(content, file, state)
    config = load_config(content, file, state)
    if config.state.is_relative_to(content):
        look_for_folder(content, configured=True)
    if state is not None:
        _look_for_state(state)
    return config


def _look_for_state(state: Path) -> None:
    look_for_room(state, "state-no-folder", "Name the state folder; it is made where it is missing.")


def look_for_folder(content: Path, *, configured: bool = False) -> None:
    """Make sure that a content folder is there.

    Args:
        configured: its configuration is another's than its own `site.toml`, so that no other site can be meant.

    Raises:
        ConfigError: it is not, or is no folder; it says what was probably meant.
    """
    try:
        if S_ISDIR(content.stat().st_mode):
            return
        what, hint = "is a file, not a folder", _folder_of(content)
    except (FileNotFoundError, NotADirectoryError):
        if content.is_symlink():
            what, hint = "is a link that leads nowhere", f"It leads to {content.readlink()}."
        else:
            what, hint = "there is no such folder", _meant(content, configured)
    except (OSError, ValueError) as error:
        code = errno.errorcode.get(getattr(error, "errno", 0) or 0, "no name that a folder can have")
        what, hint = f"cannot be looked into ({code})", "Name the folder of articles."
    code = "folder-unreadable" if configured else "content-missing"
    raise ConfigError(Problem("error", code, str(content), what, hint))


def look_for_room(folder: Path, code: str, hint: str) -> None:
    """Make sure that a folder is there or can be made.

    Args:
        code, hint: of the problem.

    Raises:
        ConfigError: it, or one above it, is there and is no folder.
    """
    there = next((way for way in (folder, *folder.parents) if os.path.lexists(way)), None)
    if there is None or os.path.isdir(there):  # noqa: PTH112
        return
    what = "is a link that leads nowhere" if not os.path.exists(there) else "is a file, not a folder"  # noqa: PTH110
    raise ConfigError(Problem("error", code, str(there), what, hint))


def nearest(path: Path) -> Path | None:
    """The path of something that is there which is most like one that is not; None where nothing is."""
    base = next((way for way in path.parents if os.path.isdir(way)), None)  # noqa: PTH112
    if base is None:
        return None
    missing = path.relative_to(base).parts
    for name in likest(missing[0], _names(base), _SHOWN) if missing else ():
        for near in (base.joinpath(name, *missing[1:]), base / name):
            if os.path.exists(near):  # noqa: PTH110
                return near
    return None


def _folder_of(file: Path) -> str:
    """What was meant by a file: the site that it belongs to."""
    folder = next((way for way in file.parents if _is_site(way)), file.parent)
    is_configuration = file.name == FILE and folder == file.parent
    head = f"It is the configuration of {folder}" if is_configuration else f"It stands in {folder}"
    return f"{head}: name that folder, {_as_in(folder)}."


def _meant(content: Path, configured: bool) -> str:
    """What was probably meant by a folder that is not there."""
    base = next((way for way in content.parents if os.path.lexists(way)), Path())
    if not os.path.isdir(base):  # noqa: PTH112
        return f"{base} is a file. {_folder_of(base)}"
    itself = f"{_shown(base)} has a {FILE} itself: name it, {_as_in(base)}."
    if content == CONTENT and _is_site(base) and not configured:
        return itself
    near = nearest(content)
    if near and os.path.isdir(near):  # noqa: PTH112
        return f"Did you mean {near}?"
    if configured:
        return "Is it the right folder, and is its disk there?"
    if _is_site(base):
        return itself
    if sites := _sites_below(base):
        return f"There is a {FILE} in {_listed(list(map(str, sites)))}: name that folder, {_as_in(sites[0])}."
    if advice := _of_engine(base):
        return advice
    if content == CONTENT:
        return "Begin a site with `feeds init content`, or name the folder of articles."
    folders = _folders(base)
    if base.anchor and base == Path(base.anchor):
        return "Name the folder of articles."
    return f"{_shown(base)} holds {_listed(folders)}." if folders else f"{_shown(base)} holds no folder."


def _unconfigured(content: Path) -> Problem:
    """What is said of a folder without a configuration."""
    start = Path(os.path.realpath(content))
    above = next((way for way in start.parents[:_DEEPEST] if _is_site(way)), None)
    if above is not None:
        folder = relative(above, content)
        hint = f"{folder} has one: name that folder, {_as_in(folder)}."
    elif sites := _sites_below(content):
        hint = f"There is one in {_listed(list(map(str, sites)))}: name that folder, {_as_in(sites[0])}."
    else:
        new = f"Write one with `feeds init {_quoted(content)}`, or name another with --config."
        hint = _of_engine(content) or new
    return Problem("error", "config-missing", str(content / FILE), "there is no such file", hint)


def _of_engine(folder: Path) -> str:
    """What is to be done in the site of an engine; empty where none is seen."""
    from feedwright.sources.engines.find import configuration_above

    above = configuration_above(folder)
    if above is None:
        return ""
    root, found = above
    named = _quoted(relative(root, folder))
    return f"This is a site of {found.engine}: `feeds init --from {named}` writes one from its configuration."


def _no_file(file: Path) -> Problem:
    """What is said of a configuration that is named and not there."""
    if os.path.isdir(file):  # noqa: PTH112
        hint = f"Did you mean {file / FILE}?" if _is_site(file) else "Name the file itself."
        return Problem("error", "config-unreadable", str(file), "is a folder, not a file", hint)
    if os.path.exists(file):  # noqa: PTH110
        return Problem("error", "config-unreadable", str(file), "is not a file that can be read", "Name another.")
    if os.path.islink(file):  # noqa: PTH114
        what, hint = "is a link that leads nowhere", f"It leads to {file.readlink()}."
    else:
        near = nearest(file)
        what, hint = "there is no such file", f"Did you mean {near}?" if near else "Name one that is there."
    return Problem("error", "config-missing", str(file), what, hint)


def _is_site(folder: Path) -> bool:
    return os.path.isfile(folder / FILE)  # noqa: PTH113


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))[:_LOOKED_INTO]  # noqa: PTH208
    except OSError:
        return []


def _folders(base: Path) -> list[str]:
    return [name for name in _names(base) if name[0] != "." and os.path.isdir(base / name)]  # noqa: PTH112


def _sites_below(folder: Path) -> list[Path]:
    """Folders with a configuration, those that stand highest first; some levels down, and not all of a large tree.

    The root of a file system is no folder of sites: processes' and other users' folders are below it.
    """
    found: list[Path] = []
    ways = [] if folder.resolve() == Path(folder.resolve().anchor) else [folder]
    for _ in range(_DEEPEST):
        ways = [way / name for way in ways[:_LOOKED_INTO] for name in _folders(way) if name != "node_modules"]
        found += [way for way in ways if _is_site(way)]
        ways = [way for way in ways if way not in found and not way.is_symlink()]
    return found


def relative(path: Path, like: Path) -> Path:
    """A path without links, written as another is: relative or not."""
    return path if like.is_absolute() else Path(os.path.relpath(path))


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _shown(folder: Path) -> str:
    return "This folder" if folder == Path() else str(folder)


def _as_in(folder: Path) -> str:
    return f"as in `feeds build {_quoted(folder)}`"


def _quoted(path: Path) -> str:
    import shlex  # few runs give advice

    return shlex.quote(str(path))
