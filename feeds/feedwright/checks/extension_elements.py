"""The extensions' own elements: where each may stand, how often, and which attributes it may have."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

_PARENTS = {
    "H": ("channel", "feed", "source"),
    "I": ("item", "entry"),
    "M": ("media:content", "media:group"),
    "*": (),
}
_DC = (
    "contributor coverage creator date description format identifier language publisher relation rights source subject"
    " title type"
)
_TERMS = (
    "abstract accessRights accrualMethod accrualPeriodicity accrualPolicy alternative audience available"
    " bibliographicCitation conformsTo contributor coverage created creator date dateAccepted dateCopyrighted"
    " dateSubmitted description educationLevel extent format hasFormat hasPart hasVersion identifier"
    " instructionalMethod isFormatOf isPartOf isReferencedBy isReplacedBy isRequiredBy issued isVersionOf"
    " language license mediator medium modified provenance publisher references relation replaces requires rights"
    " rightsHolder source spatial subject tableOfContents temporal title type valid"
)
# name | parents: H head, I entry, M media:content and media:group, * any, or names | "1": at most one | attributes
_TABLE = """
content:encoded | I | 1 |
fh:complete fh:archive | H | 1 |
thr:in-reply-to | H I | * | ref href source type
thr:total | I | 1 |
at:deleted-entry | H | * | ref when
at:by | at:deleted-entry | 1 |
at:comment | at:deleted-entry | 1 | type
slash:comments slash:section slash:department slash:hit_parade | I | 1 |
sy:updatePeriod sy:updateFrequency sy:updateBase | H | 1 |
wfw:comment wfw:commentRss wfw:commentRSS | I | 1 |
creativeCommons:license | H I | * |
admin:generatorAgent admin:errorReportsTo | H | 1 |
blogChannel:blogRoll blogChannel:mySubscriptions blogChannel:blink blogChannel:changes | H | 1 |
trackback:ping | I | 1 |
trackback:about | I | * |
opensearch:totalResults opensearch:startIndex opensearch:itemsPerPage | H | 1 |
opensearch:Query | H | * |\
 role title totalResults searchTerms count startIndex startPage language inputEncoding outputEncoding
geo:lat geo:long geo:alt | * | 1 |
geo:Point | * | * |
georss:point georss:line georss:polygon georss:box georss:circle georss:where | * | * |\
 elev floor radius relationshiptag featuretypetag featurename
georss:elev georss:floor georss:radius georss:featuretypetag georss:relationshiptag georss:featurename | * | * |
georss:featureTypeTag georss:relationshipTag georss:featureName | * | * |
itunes:author itunes:block itunes:explicit itunes:keywords itunes:subtitle itunes:summary itunes:title | H I | 1 |
itunes:image | H I | 1 | href
itunes:category | H I itunes:category | * | text
itunes:complete itunes:new-feed-url itunes:type itunes:owner itunes:applepodcastsverify | H | 1 |
itunes:name itunes:email | itunes:owner | 1 |
itunes:duration itunes:episode itunes:episodeType itunes:isClosedCaptioned itunes:order itunes:season | I | 1 |
media:group | I | * |
media:content | I media:group | * |\
 url fileSize type medium isDefault expression bitrate framerate samplingrate channels duration height width lang
media:adult | H I M | 1 |
media:rating | H I M | * | scheme
media:title media:description | H I M | 1 | type
media:keywords | H I M | 1 |
media:thumbnail | H I M | * | url height width time
media:category | H I M | * | scheme label
media:hash | H I M | * | algo
media:player | H I M | 1 | url height width
media:credit | H I M | * | role scheme
media:copyright | H I M | 1 | url
media:text | H I M | * | type lang start end
media:restriction | H I M | * | relationship type
media:community | H I M | 1 |
media:starRating | media:community | 1 | average count min max
media:statistics | media:community | 1 | views favorites
media:tags | media:community | 1 |
media:comments | H I M | 1 |
media:comment | media:comments | * |
media:embed | H I M | 1 | url height width
media:param | media:embed | * | name
media:responses | H I M | 1 |
media:response | media:responses | * |
media:backLinks | H I M | 1 |
media:backLink | media:backLinks | * |
media:status | H I M | 1 | state reason
media:price | H I M | * | type price currency info
media:license | H I M | * | type href
media:subTitle | H I M | * | type lang href
media:peerLink | H I M | * | type href
media:location | H I M | * | description start end
media:rights | H I M | 1 | status
media:scenes | H I M | 1 |
media:scene | media:scenes | * |
media:sceneTitle media:sceneDescription media:sceneStartTime media:sceneEndTime | media:scene | 1 |
app:edited app:control | I | 1 |
app:draft | app:control | 1 |
"""


class Module(NamedTuple):
    """One element of an extension.

    Args:
        parents: the names of those that it may stand in; empty where it may stand anywhere.
        once: whether an element holds it once at most.
        attributes: its own; None where they are not judged.
    """

    parents: frozenset[str]
    once: bool
    attributes: frozenset[str]


@cache
def elements() -> dict[str, Module]:
    """The elements of the extensions that are judged, by name."""
    found = {}
    rows = [row.split("|") for row in _TABLE.strip().splitlines()]
    rows.append([" ".join(f"dc:{name}" for name in _DC.split()), "*", "*", ""])
    rows.append([" ".join(f"dcterms:{name}" for name in _TERMS.split()), "*", "*", ""])
    for names, parents, times, attributes in rows:
        above = frozenset(name for word in parents.split() for name in _PARENTS.get(word, (word,)))
        module = Module(above, times.strip() == "1", frozenset(attributes.split()))
        found.update(dict.fromkeys(names.split(), module))
    return found


@cache
def prefixes() -> tuple[str, ...]:
    """The prefixes of the extensions that are judged, in order."""
    return tuple(sorted({name.partition(":")[0] for name in elements()}))
