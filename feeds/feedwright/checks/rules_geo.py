"""Places: GeoRSS, simple and as GML, and the W3C's geo."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from feedwright.checks import values
from feedwright.checks.node import Node
from feedwright.checks.rule import BOTH, ElementRule, Rule, shown, text

_SPEC = "GeoRSS Simple and GML"
_PARTS = re.compile(r"\s+")
_GEOMETRIES = ("gml:Point", "gml:LineString", "gml:Polygon", "gml:Envelope")
_INSIDE = {
    "gml:Point": ("gml:pos",),
    "gml:LineString": ("gml:posList",),
    "gml:Polygon": ("gml:exterior",),
    "gml:Envelope": ("gml:lowerCorner", "gml:upperCorner"),
    "gml:exterior": ("gml:LinearRing",),
    "gml:LinearRing": ("gml:posList",),
}


def _numbers(value: str) -> list[str]:
    return _PARTS.split(value.replace(",", " ").strip())


def _coordinates(least: int, most: int | None, closed: bool = False) -> Callable[[Node], str | None]:
    """Find text that is not so many pairs of latitude and longitude."""

    def find(node: Node) -> str | None:
        numbers = _numbers(node.value)
        if wrong := next((number for number in numbers if values.signed(number)), None):
            return f"{shown(wrong)} is not a coordinate" if wrong else f"{node.name} is empty"
        if len(numbers) % 2 or not least <= len(numbers) // 2 <= (most or len(numbers)):
            pairs = f"{least} pairs" if most == least else f"at least {least} pairs"
            return f"there are {len(numbers)} numbers, not {pairs} of latitude and longitude"
        if closed and numbers[:2] != numbers[-2:]:
            return "the last point is not the first one"
        return next((what for place, number in enumerate(numbers) if (what := _bounds(place, number, node))), None)

    return find


def _bounds(place: int, number: str, node: Node) -> str | None:
    # In GML another reference system may be named, whose coordinates are no degrees.
    if any("srsName" in above.attributes for above in (node, node.parent) if above):
        return None
    most = 180 if place % 2 else 90
    return values.decimal(-most, most, number)


def _circle(node: Node) -> str | None:
    numbers = _numbers(node.value)
    wrong = len(numbers) != 3 or any(values.signed(number) for number in numbers)
    return f"{shown(node.value)} is not a latitude, longitude and radius" if wrong else None


def _comma(node: Node) -> str | None:
    return "the coordinates are parted by commas" if "," in node.text else None


def _where(node: Node) -> str | None:
    held = sum(len(node.all(name)) for name in _GEOMETRIES)
    return None if held else f"georss:where holds none of {', '.join(_GEOMETRIES)}"


def _gml(node: Node) -> str | None:
    missing = [name for name in _INSIDE.get(node.name, ()) if not node.has(name)]
    return f"{node.name} has no {missing[0]}" if missing else None


def _point(node: Node) -> str | None:
    missing = [name for name in ("geo:lat", "geo:long") if not node.has(name)]
    return f"geo:Point has no {missing[0]}" if missing else None


_NUMBERS = tuple(f"*/georss:{name}" for name in ("elev", "radius", "floor"))
_NAMES = tuple(
    f"*/georss:{name}"
    for name in (
        "featuretypetag",
        "relationshiptag",
        "featurename",
        "featureTypeTag",
        "relationshipTag",
        "featureName",
    )
)
_PLACES: tuple[tuple[tuple[str, ...], Callable[[Node], str | None]], ...] = (
    (("*/georss:point", "*/gml:pos", "*/gml:lowerCorner", "*/gml:upperCorner"), _coordinates(1, 1)),
    (("*/georss:line", "gml:LineString/gml:posList"), _coordinates(2, None)),
    (("*/georss:polygon", "gml:LinearRing/gml:posList"), _coordinates(4, None, closed=True)),
    (("*/georss:box",), _coordinates(2, 2)),
    (("*/georss:circle",), _circle),
)
_COORDINATES = tuple(place for at, _ in _PLACES for place in at)
_AS_PAIRS = "Write degrees of latitude, a space, degrees of longitude: 45.256 -110.45."

RULES: tuple[Rule, ...] = (
    *(ElementRule("geo-coordinates", "error", _SPEC, BOTH, at, _AS_PAIRS, find) for at, find in _PLACES),
    ElementRule("geo-comma", "warning", _SPEC, BOTH, _COORDINATES, "Part them by spaces.", _comma),
    ElementRule("geo-where", "error", _SPEC, BOTH, ("*/georss:where",), "Put one of them into it.", _where),
    ElementRule("geo-where", "error", _SPEC, BOTH, ("*/gml:*",), "It is required.", _gml),
    ElementRule(
        "geo-number", "error", _SPEC, BOTH, _NUMBERS, "Write a number of metres, or of floors.", text(values.signed)
    ),
    ElementRule(
        "geo-name-empty",
        "warning",
        _SPEC,
        BOTH,
        _NAMES,
        "Write something, or leave it out.",
        lambda node: None if node.value else f"{node.name} is empty",
    ),
    ElementRule(
        "geo-degrees",
        "error",
        "W3C Basic Geo",
        BOTH,
        ("*/geo:lat",),
        "Write degrees from -90 to 90.",
        text(partial(values.decimal, -90, 90)),
    ),
    ElementRule(
        "geo-degrees",
        "error",
        "W3C Basic Geo",
        BOTH,
        ("*/geo:long",),
        "Write degrees from -180 to 180.",
        text(partial(values.decimal, -180, 180)),
    ),
    ElementRule("geo-degrees", "error", "W3C Basic Geo", BOTH, ("*/geo:Point",), "Say both.", _point),
)
