"""The commands: in which group each is, where it is defined, and what it does in a few words.

`feeds --help` is made from this table alone: no command's module is loaded for it.
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A command.

    Args:
        group: a key of `GROUPS`.
        module: the module here that has its arguments, as `NAME_arguments`.
        does: what it does, in a few words that begin with a small letter.
        example: a line for the shell.
    """

    group: str
    module: str
    does: str
    example: str


GROUPS = {
    "make": "make feeds",
    "look": "look at feeds and articles",
    "move": "move from other tools",
    "serve": "serve feeds",
    "keep": "keep feeds up to date",
    "help": "help",
}
"""Group -> its heading, in the order of `feeds --help`."""

COMMANDS = {
    "init": Command("make", "init", "write a site.toml for a folder of articles", "feeds init my-site"),
    "build": Command("make", "build", "make the feeds; rebuilds only what changed", "feeds build"),
    "list": Command("look", "listing", "list the feeds, with their URLs and newest entries", "feeds list"),
    "explain": Command(
        "look", "explain", "say which feeds an article is in, or why it is in none", "feeds explain posts/tides.md"
    ),
    "check": Command("look", "check", "find what is wrong with feeds, your own or anybody's", "feeds check out"),
    "preview": Command("look", "preview", "show a feed as readers show it", "feeds preview"),
    "history": Command(
        "look", "history", "read a feed's archives: is every article there, once?", "feeds history out/atom.xml"
    ),
    "import": Command(
        "move", "importing", "make articles from other tools' files", "feeds import page report.txt --date 2026-03-01"
    ),
    "ids": Command(
        "move", "ids", "list permanent ids, or take over those of another tool", "feeds ids --adopt old-feed.xml"
    ),
    "serve": Command("serve", "serve", "serve the feeds over HTTP", "feeds serve out"),
    "snippets": Command(
        "serve", "snippets", "print settings for web servers and hosts, or links for pages", "feeds snippets nginx"
    ),
    "schedule": Command("keep", "schedule", "print a cron line and a systemd unit", "feeds schedule"),
    "status": Command("keep", "status", "say how the last runs went, and what is wrong now", "feeds status"),
    "announce": Command(
        "keep", "announce", "tell hubs and after_publish commands what they missed", "feeds announce --dry-run"
    ),
    "retract": Command(
        "keep",
        "retract",
        "tell readers that a deleted article was retracted",
        'feeds retract posts/tides.md --reason "Not true"',
    ),
    "prune": Command("keep", "prune", "delete feeds that have no articles any more", "feeds prune --dry-run"),
    "help": Command("help", "help", "say more about a command", "feeds help build"),
    "completion": Command(
        "help", "completion", "print what makes a shell complete commands and options", "feeds completion bash"
    ),
}
"""Command -> what is known of it."""

MEANT = {
    "init": ("new", "create", "start", "setup"),
    "build": ("make", "run", "generate", "update"),
    "build --watch": ("watch",),
    "list": ("ls", "show"),
    "explain": ("why",),
    "check": ("lint", "validate", "verify", "test"),
    "preview": ("view", "open"),
    "ids": ("adopt", "migrate"),
    "snippets": ("nginx", "apache", "caddy", "netlify", "deploy"),
    "schedule": ("cron", "systemd"),
    "prune": ("clean", "delete", "remove"),
    "completion": ("completions",),
    "--version": ("version",),
}
"""What is meant -> what other tools call it, which is not alike."""
