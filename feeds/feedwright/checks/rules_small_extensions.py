"""Small extensions: comments, update times, licences, trackback, search results, publishing, scripting's source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from feedwright.checks import addresses, values
from feedwright.checks.node import Node
from feedwright.checks.rule import BOTH, DocumentRule, ElementRule, Rule, attributes, needs, one_of, shown, text
from feedwright.errors import Severity

_UNSPECIFIED = "http://purl.org/atompub/license#unspecified"
_HITS = re.compile(r"\d+(?:\s*,\s*\d+)*", re.ASCII)


def _hit_parade(value: str) -> str | None:
    return None if _HITS.fullmatch(value) else f"{shown(value)} is not a list of numbers"


def _comment_rss(node: Node) -> str | None:
    return "wfw:commentRSS was a slip of the specification for wfw:commentRss"


def _slash_date(channel: Node) -> str | None:
    counted = any(item.has("slash:comments") for item in channel.all("item"))
    lacks = counted and not channel.has("lastBuildDate")
    return "the comments are counted, but there is no lastBuildDate" if lacks else None


def _licences(node: Node) -> Iterator[tuple[Node, str]]:
    links = [link for link in (*node.all("link"), *node.all("atom:link")) if link.attributes.get("rel") == "license"]
    seen = set()
    for link in links:
        mark = link.attributes.get("href", ""), link.attributes.get("type", "").lower()
        if mark in seen:
            yield link, f"{node.name} names the same licence twice"
        elif mark[0] == _UNSPECIFIED and len(links) > 1:
            yield link, f"{node.name} leaves its licence open, and names one"
        seen.add(mark)


def _law(
    code: str, source: str, at: str, hint: str, find: Callable[[Node], str | None], severity: Severity = "error"
) -> ElementRule:
    return ElementRule(code, severity, source, BOTH, tuple(at.split()), hint, find)


_SLASH, _SY, _WFW = "RSS 1.0 module slash", "RSS 1.0 module syndication", "wfw, commentRss"
_TERMS = "Dublin Core terms"
_AS_URL = "Write the whole URL."

RULES: tuple[Rule, ...] = (
    _law("slash-value", _SLASH, "*/slash:comments", "Count them.", text(values.digits)),
    _law("slash-value", _SLASH, "*/slash:hit_parade", "Write numbers and commas.", text(_hit_parade)),
    ElementRule(
        "slash-date",
        "warning",
        "RSS Best Practices Profile, slash:comments",
        ("rss",),
        ("rss/channel",),
        "Add it: without it nobody knows when they were counted.",
        _slash_date,
    ),
    _law(
        "sy-value",
        _SY,
        "*/sy:updatePeriod",
        "Leave it out if none fits.",
        text(one_of("hourly", "daily", "weekly", "monthly", "yearly")),
    ),
    _law("sy-value", _SY, "*/sy:updateFrequency", "Say how often in a period.", text(values.positive)),
    _law("sy-value", _SY, "*/sy:updateBase", "Write it as 2026-03-01T00:00Z.", text(values.w3cdtf)),
    _law(
        "licence-iri",
        "creativeCommons RSS module, license",
        "*/creativeCommons:license",
        "Write the licence's whole URL.",
        text(addresses.absolute_iri),
    ),
    DocumentRule(
        "licence-repeated",
        "error",
        "RFC 4946 §2",
        BOTH,
        tuple(f"*/{name}" for name in ("feed", "entry", "source", "channel", "item")),
        "Leave one.",
        _licences,
    ),
    _law(
        "wfw-comments", _WFW, "*/wfw:commentRss */wfw:commentRSS */wfw:comment", _AS_URL, text(addresses.absolute_uri)
    ),
    _law("wfw-spelling", _WFW, "*/wfw:commentRSS", "Write wfw:commentRss.", _comment_rss, "warning"),
    _law(
        "dcterms-date",
        _TERMS,
        "*/dcterms:created */dcterms:modified */dcterms:issued",
        "Write it as 2026-03-01.",
        text(values.w3cdtf),
    ),
    _law(
        "trackback-address",
        "TrackBack module of RSS",
        "*/trackback:ping */trackback:about",
        _AS_URL,
        text(addresses.absolute_uri),
    ),
    _law(
        "blogchannel-address",
        "blogChannel module of RSS",
        "*/blogChannel:blogRoll */blogChannel:mySubscriptions */blogChannel:blink */blogChannel:changes",
        _AS_URL,
        text(addresses.absolute_uri),
    ),
    _law(
        "opensearch-count",
        "OpenSearch 1.1, response elements",
        "*/opensearch:totalResults */opensearch:startIndex */opensearch:itemsPerPage",
        "Write a whole number.",
        text(values.digits),
    ),
    _law(
        "opensearch-role",
        "OpenSearch 1.1, Query",
        "*/opensearch:Query",
        "Write role, one of request, example, related, correction, subset and superset.",
        needs("role"),
    ),
    _law(
        "rdf-resource",
        "RSS 1.0 modules admin and cc",
        "*/admin:generatorAgent */admin:errorReportsTo */cc:license",
        "Name it in rdf:resource.",
        needs("rdf:resource"),
    ),
    *attributes(
        BOTH,
        "rdf-resource",
        "RSS 1.0 modules admin and cc",
        _AS_URL,
        "*/admin:generatorAgent@rdf:resource */admin:errorReportsTo@rdf:resource */cc:license@rdf:resource",
        addresses.absolute_uri,
    ),
    _law("app-date", "RFC 5023 §10.2", "*/app:edited", "Write it as 2026-03-01T09:30:00Z.", text(values.rfc3339)),
    _law("app-draft", "RFC 5023 §13.1.1", "*/app:draft", "Write yes or no.", text(one_of("yes", "no"))),
    _law(
        "source-value",
        "source.scripting.com",
        "*/source:self */source:blogroll */source:linkShort",
        _AS_URL,
        text(addresses.absolute_uri),
    ),
    _law("source-value", "source.scripting.com", "*/source:account", "Name the service.", needs("service")),
)
