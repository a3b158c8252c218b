"""What keeps an article from the public: passwords, levels of access and the like, of every engine.

The tables are those of `docs/protected.md`. Letter case, hyphens, underscores and spaces in keys do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from feedwright.articles.context import Place, as_list
from feedwright.articles.engine_rules import NO_RULES, EngineRules


class Protection(NamedTuple):
    """Why an article is not for all.

    Args:
        why: the key that says so, as its author wrote it; empty where the article is for all.
        is_private: whether not even its title is for all.
    """

    why: str = ""
    is_private: bool = False


OPEN = Protection()

PASSWORDS = (
    *("password", "passwords", "passwd", "pwd", "passphrase", "passcode", "post_password", "page_password"),
    *("enc_pwd", "encrypt_password", "encryption_password", "password_hash", "use_secret"),
)
"""Keys that hold a password: whatever is not empty protects, numbers too."""

FLAGS = (
    *("encrypt", "encrypted", "encryption", "is_encrypted", "protected", "protect", "is_protected"),
    *("password_protected", "secret", "is_secret", "private", "is_private", "obfuscate"),
    *("members_only", "member_only", "for_members", "subscribers_only", "subscriber_only", "paid_only"),
    *("premium", "is_premium", "paywall", "paywalled", "gated", "restricted"),
    *("login_required", "require_login", "requires_login", "requires_auth", "email_only"),
    *("_jetpack_memberships_contains_paid_content", "_jetpack_memberships_contains_paywalled_content"),
)
"""Keys that say it with true, a password, or the name of a level; a list is one of people."""

LEVELS = (
    *("visibility", "privacy", "access", "access_level", "membership", "membership_level"),
    *("_jetpack_newsletter_access", "_members_access_role"),
    *("rcp_access_level", "rcp_subscription_level", "rcp_user_level", "um_content_restriction"),
)
"""Keys that say for whom an article is: whatever level is not public protects."""

WORDS = ("audience", "level", "members", "subscribers", "status", "post_status")
"""Keys that say much besides: only the levels of `CLOSED` protect."""

PUBLIC = (
    *("public", "everyone", "everybody", "anyone", "anybody", "all", "any", "world", "open", "open access", "free"),
    *("none", "published", "publish", "visible", "unrestricted", "default", "null"),
)
"""Values that mean for all."""

CLOSED = (
    *("members", "member", "members only", "paid", "paid members", "paid subscribers", "only paid", "only free"),
    *("paid_subscribers_all_tiers", "founding", "premium", "subscribers", "subscriber", "subscribers only", "tiers"),
    *("private", "secret", "protected", "password", "encrypted", "restricted", "confidential", "internal", "closed"),
    *("registered", "registered users", "logged in", "login", "authenticated", "admin", "admins", "staff", "vip"),
    *("patrons", "supporters", "sponsors", "paywall", "gated"),
)
"""Values that mean for some."""

NEVER_SHOWN = ("private", "is_private")
"""Flags of articles whose titles are not for all either."""

DENIED = ("public", "dg_publish")
"""Keys that keep an article back where they say false, with its title."""

LAYOUTS = ("encrypted", "protected", "secret_post", "secret", "password_protected", "private", "members_only")
"""Layouts whose pages are encrypted."""

NESTED = (
    *("extra", "params", "meta", "metadata", "custom", "custom_fields", "encrypt", "encryption", "protection"),
    *("content", "excerpt"),
)
"""Tables in which these keys count as well."""

_MD5 = re.compile(r"[0-9a-fA-F]{32}")
_SPACED = re.compile(r"[\s_-]+")
_LOGSEQ = re.compile(r"(?:[ \t]*-[ \t])?[ \t]*([A-Za-z][\w-]*)::[ \t]*([^\n]*)\n?")
_ON = frozenset(("true", "yes", "on", "1", "y"))
_OFF = frozenset(("", "false", "no", "off", "0", "n"))


def _plain(key: str) -> str:
    return key.lower().replace("-", "").replace("_", "").replace(" ", "")


_KINDS = {
    **{_plain(key): "word" for key in WORDS},
    **{_plain(key): "level" for key in LEVELS},
    **{_plain(key): "flag" for key in FLAGS},
    **{_plain(key): "password" for key in PASSWORDS},
    **{_plain(key): "denied" for key in DENIED},
    **dict.fromkeys(("layout", "template"), "layout"),
    "keys": "keys",
}
_TABLES = frozenset(map(_plain, NESTED))
_NEVER_SHOWN = frozenset(map(_plain, NEVER_SHOWN))
_PUBLIC = frozenset(map(_plain, PUBLIC)) | _OFF
_CLOSED = frozenset(map(_plain, CLOSED))
_LAYOUTS = frozenset(map(_plain, LAYOUTS))


@lru_cache(maxsize=4096)
def _kind_of(key: str) -> str:
    plain = _plain(key)
    return _KINDS.get(plain) or ("table" if plain in _TABLES else "")


def protection(values: Mapping[str, object], place: Place) -> Protection:
    """Whether front matter, or the configuration of the site's engine, keeps an article from the public.

    Args:
        values: of the front matter, with what its folders give it.
    """
    found = _of_values(values)
    if found.why or place.around.rules is NO_RULES:
        return found
    return _of_engine(values, place, place.around.rules)


def _of_values(values: Mapping[str, object]) -> Protection:
    found = OPEN
    for key, value in values.items():
        kind = _kind_of(key)
        if not kind or value is None:
            continue
        if isinstance(value, dict) and (kind in ("table", "flag")):
            inner = _in_table(key, value)
            found = inner if inner.is_private or not found.why else found
        if kind != "table" and _protects(kind, value):
            is_private = _is_private(key, kind, value)
            if is_private or not found.why:
                found = Protection(key, is_private)
    return found


def _in_table(key: str, table: dict[object, object]) -> Protection:
    """What is said one level further down; a table may be switched off as a whole."""
    named = {str(name): value for name, value in table.items()}
    enabled = next((value for name, value in named.items() if _plain(name) in ("enable", "enabled")), None)
    if enabled is not None and _flag(enabled) is False:
        return OPEN
    if enabled is not None and _kind_of(key) == "flag" and _flag(enabled):
        return Protection(key)
    for name, value in named.items():
        kind = _kind_of(name)
        if kind not in ("", "table") and not (kind == "denied" and _kind_of(key) == "flag") and _protects(kind, value):
            return Protection(name, _is_private(name, kind, value))
    return OPEN


def _is_private(key: str, kind: str, value: object) -> bool:
    """Whether the title is not for all either."""
    if kind == "denied" or _plain(key) in _NEVER_SHOWN:
        return True
    return kind in ("level", "word") and any(_word(one) == "private" for one in as_list(value))


def _protects(kind: str, value: object) -> bool:
    match kind:
        case "password":
            return _is_password(value)
        case "flag":
            return _is_flagged(value)
        case "level":
            return _is_level(value)
        case "layout":
            return isinstance(value, str) and _plain(value.rpartition("/")[2].partition(".")[0]) in _LAYOUTS
        case "keys":
            texts = as_list(value)
            return bool(texts) and all(isinstance(one, str) and _MD5.fullmatch(one) for one in texts)
        case "denied":
            return _flag(value) is False
    return _is_closed(value)


def _is_password(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return value is True
    if isinstance(value, (list, tuple, dict)):
        return any(_is_password(one) for one in (value.values() if isinstance(value, dict) else value))
    text = str(value).strip()
    return text != "" and text.lower() != "false"


def _is_flagged(value: object) -> bool:
    if value is None or isinstance(value, (bool, dict)):
        return value is True
    if isinstance(value, (list, tuple, set)):
        return _is_closed(value)
    return _word(value) not in _PUBLIC


def _is_level(value: object) -> bool:
    if value is None or isinstance(value, (bool, dict)):
        return value is True
    if isinstance(value, (list, tuple, set)):
        return _is_closed(value)
    return not _is_date(value) and not set(map(_word, str(value).split(","))) <= _PUBLIC


def _is_date(value: object) -> bool:
    return re.match(r"\d{4}-\d\d", str(value)) is not None


def _is_closed(value: object) -> bool:
    if isinstance(value, dict):
        return False
    if isinstance(value, bool):
        return False
    return any(_word(one) in _CLOSED for one in as_list(value) if not isinstance(one, dict))


def _word(value: object) -> str:
    return _SPACED.sub("", str(value).strip().lower())


def _flag(value: object) -> bool | None:
    text = str(value).strip().lower()
    return True if text in _ON else False if text in _OFF and text else None


def _of_engine(values: Mapping[str, object], place: Place, rules: EngineRules) -> Protection:
    """What the engine's configuration says of an article."""
    plain = {_plain(key): value for key, value in values.items()}
    for key in rules.password_keys:
        if _is_password(plain.get(key)):
            return Protection(key)
    if rules.empty_protects and "password" in plain and plain["password"] is None:
        return Protection("password")
    if rules.levels and _is_password(plain.get("level")):
        return Protection("level")
    if rules.allowed_by and not any(_flag(plain.get(_plain(key))) for key in rules.allowed_by):
        return Protection(f"without {rules.allowed_by[0]}: true", is_private=True)
    terms = set(_terms(plain))
    if rules.tag_marks and "private" in terms:
        return Protection("tag private", is_private=True)
    if str(plain.get("title")) in rules.titles:
        return Protection("encrypt.blogs")
    address = str(plain.get("permalink") or plain.get("url") or "")
    if covering := next((rule.why for rule in rules.paths if rule.covers(place.below, address)), ""):
        return Protection(covering)
    if plain.get("password") == "":
        # How an author says that this one is for all, whatever its tags.
        return OPEN
    if named := next((tag for tag in rules.tags if tag in terms), None):
        return Protection(f"tag {named}")
    return Protection(rules.everything)


def _terms(plain: Mapping[str, object]) -> Iterator[str]:
    for key in ("tags", "tag"):
        value = plain.get(key)
        parts: Iterable[object] = value.split(",") if isinstance(value, str) else as_list(value)
        yield from (str(part).strip() for part in parts)


def page_properties(body: str) -> dict[str, object]:
    """What Logseq has at the head of a page: `public:: true`."""
    found: dict[str, object] = {}
    position = 0
    while match := _LOGSEQ.match(body, position):
        if match.end() == position:
            break
        position = match.end()
        found[match[1]] = match[2].strip()
    return found
