"""Atom's elements in RSS: what holds of them in Atom holds there too."""

from __future__ import annotations

from feedwright.checks import addresses, values
from feedwright.checks.node import Node
from feedwright.checks.rule import RSS, ElementRule, Rule, attributes, needs, one_of, text_as_is, words
from feedwright.checks.rules_atom import AS_DATE, AS_ID, AS_IRI, unknown_relation

_ELEMENTS = words(
    "author category content contributor entry feed generator icon id link logo name published rights source subtitle"
    " summary title updated uri email"
)


def _unknown(node: Node) -> str | None:
    local = node.name.removeprefix("atom:")
    if local in _ELEMENTS:
        return None
    near = f": meant is atom:{local.lower()}" if local.lower() in _ELEMENTS else ""
    return f"there is no element {node.name}{near}"


def _name_missing(person: Node) -> str | None:
    return None if person.has("atom:name") else f"{person.name} has no atom:name"


def _link_attribute(link: Node) -> str | None:
    extra = [name for name in link.attributes if name not in _LINK_ATTRIBUTES and ":" not in name and name[0] != "{"]
    return f"{extra[0]} is not an attribute of atom:link" if extra else None


_LINK_ATTRIBUTES = words("href rel type hreflang title length")
_PERSONS = ("*/atom:author", "*/atom:contributor")
_LINK = ("*/atom:link",)

RULES: tuple[Rule, ...] = (
    ElementRule(
        "extension-element-unknown",
        "error",
        "the extension's specification",
        RSS,
        ("*/atom:*",),
        "Spell it as its specification does, or use a namespace of your own.",
        _unknown,
    ),
    ElementRule(
        "extension-attribute-unknown",
        "error",
        "the extension's specification",
        RSS,
        ("*/atom:link@*",),
        "Leave it out, or give it a namespace.",
        _link_attribute,
        by_name=True,
    ),
    ElementRule("atom-attribute-missing", "error", "RFC 4287 §4.2.7.1", RSS, _LINK, "Give its URL.", needs("href")),
    ElementRule(
        "atom-attribute-missing", "error", "RFC 4287 §4.2.2.1", RSS, ("*/atom:category",), "Say it.", needs("term")
    ),
    ElementRule("atom-element-missing", "error", "RFC 4287 §3.2.1", RSS, _PERSONS, "Name the person.", _name_missing),
    ElementRule("atom-id", "error", "RFC 4287 §4.2.6", RSS, ("*/atom:id",), AS_ID, text_as_is(addresses.absolute_iri)),
    ElementRule(
        "atom-date",
        "error",
        "RFC 4287 §3.3",
        RSS,
        ("*/atom:updated", "*/atom:published"),
        AS_DATE,
        text_as_is(values.rfc3339),
    ),
    *attributes(RSS, "atom-iri", "RFC 4287 §2", AS_IRI, "*/atom:link@href", addresses.iri_reference),
    ElementRule(
        "atom-link-relation",
        "warning",
        "RFC 4287 §4.2.7.2, RFC 8288 §2.1",
        RSS,
        _LINK,
        "Readers leave the link out; use a registered name or an absolute IRI.",
        unknown_relation,
    ),
    *attributes(RSS, "atom-link-type", "RFC 4287 §4.2.7.3", "Write text/html.", "*/atom:link@type", values.mime),
    *attributes(
        RSS,
        "atom-link-language",
        "RFC 4287 §4.2.7.4",
        "Write a tag such as en or pt-BR.",
        "*/atom:link@hreflang",
        values.language,
    ),
    *attributes(
        RSS, "atom-link-length", "RFC 4287 §4.2.7.6", "Write the size in bytes.", "*/atom:link@length", values.digits
    ),
    *attributes(
        RSS,
        "atom-text-type",
        "RFC 4287 §3.1.1",
        "Write text, html or xhtml, or leave it out.",
        "*/atom:title@type */atom:subtitle@type */atom:summary@type */atom:rights@type",
        one_of("text", "html", "xhtml"),
    ),
)
