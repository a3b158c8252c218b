"""Where the documents of a feed are: those of a local feed are files beside it, others are on the web."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from feedwright.checks.lint.inputs import regular
from feedwright.checks.lint.model import Document, Unread
from feedwright.commands.history.page import Page, page_of
from feedwright.errors import Problem
from feedwright.text.user_info import without_user
from feedwright.web.guard import Trust


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents that can be reached from one.

    What a document names, only its author has chosen: of files, it may be no others than those below a folder, and of
    addresses none in our own network but on the host that the user named.

    Args:
        source: path or address of the subscription document, as the user named it.
        root: the folder that files have to be below.
        is_own: whether that holds for the subscription document, too.
    """

    source: str
    root: str
    is_own: bool = False
    trust: Trust = field(default_factory=Trust)

    @property
    def name(self) -> str:
        """What the subscription document is called, for all to read."""
        return without_user(self.source) if is_address(self.source) else self.source

    def first(self) -> Page | Problem:
        """The subscription document; or why there is none."""
        if is_address(self.source):
            return self._from_the_web(self.source)
        self.trust.host = ""
        return _page(regular(self.source, self.root if self.is_own else ""))

    def before(self, name: str, page: Page, subscribed: str) -> str:
        """The path or address of the document before another one.

        Args:
            name: of that one.
            subscribed: the address that the subscription document says it has.

        Raises:
            ValueError: its link is no address.
        """
        link = urljoin(page.self_url or (name if is_address(name) else ""), page.before)
        here, there = urlsplit(subscribed), urlsplit(link)
        if not is_address(self.source) and (here.scheme, here.netloc) == (there.scheme, there.netloc):
            return self._beside(here.path, there.path)
        if not is_address(link):
            raise ValueError("it is not an http or https URL")
        return link

    def _beside(self, here: str, there: str) -> str:
        """The file that a path leads to, where the subscription document has another one."""
        path = posixpath.relpath(unquote(there) or "/", unquote(posixpath.dirname(here)) or "/")
        if there.endswith("/"):
            path += "/index.xml"
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.source), path))

    def read(self, target: str) -> Page | Problem:
        """What `before` says; or why it cannot be read."""
        if is_address(target):
            return self._from_the_web(target)
        found = _page(regular(target, self.root))
        if isinstance(found, Problem) and not self.is_own and not _is_below(target, self.root):
            return replace(found, hint="Name the folder of all its documents with --root.")
        return found

    def _from_the_web(self, address: str) -> Page | Problem:
        # httpx is slow to load.
        from feedwright.checks.lint.web import fetch

        return _page(fetch(address, self.trust), without_user(address))


def _is_below(path: str, root: str) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def is_address(source: str) -> bool:
    """Whether something is on the web."""
    return re.match(r"https?://", source, re.IGNORECASE) is not None


def _page(found: Document | Unread, name: str = "") -> Page | Problem:
    return found.problem if isinstance(found, Unread) else page_of(found.content, name or found.name)
