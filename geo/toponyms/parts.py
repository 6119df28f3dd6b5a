"""Parts of a place that is not named again: "the rebel-held east", "the eastern districts", "its outskirts"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.model import Location
from geo.toponyms.distances import alternatives
from geo.toponyms.draw import draw
from geo.toponyms.found import Found, Reading
from geo.toponyms.phrase_patterns import HELD, adjective, bearing_of
from geo.toponyms.phrases import Phrase
from geo.toponyms.resolve import locate

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

_CITIES = ("city", "town")
_BACK = 80  # words that the city may stand before
_DIR = r"(?:north|south)[\s-]?(?:east|west)|north|south|east|west"


@cache
def _pattern() -> re.Pattern[str]:
    parts = alternatives("districts neighbourhoods neighborhoods quarters suburbs outskirts countryside edges parts")
    edges = alternatives("outskirts suburbs countryside")
    return re.compile(
        rf"\b(?:the|its|their)\s+(?P<held>{HELD}\s+)?"
        rf"(?:(?P<adj>(?:{_DIR})ern)\s+(?P<noun>{parts})|(?P<side>{_DIR})(?![\w-]|\s+(?:of|side|coast|bank|and)\b))"
        rf"(?!\s+of\b)|\bits\s+(?P<edge>{edges})\b(?!\s+of\b)",
        re.IGNORECASE,
    )


def find_parts(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """Find parts of the last city named before.

    "The eastern districts" and "its suburbs" are such; "the east" only where somebody holds it ("the rebel-held east"),
    since it may be the country's.

    Parameters
    ----------
    reading
        The article.
    found
        Mentions in text order.

    Returns
    -------
    list of Found
        Role reference, with their region.
    """
    starts, taken = [t.start for t in reading.tokens], {k for f in found for k in range(f.first, f.last)}
    parts = []
    for match in _pattern().finditer(reading.text):
        if match["side"] and not match["held"]:
            continue
        begin = match.start("edge") if match["edge"] else match.start("adj") if match["adj"] else match.start("side")
        first, last = bisect_left(starts, begin), bisect_left(starts, match.end())
        city = next(
            (f for f in reversed(found) if f.last <= first and f.location is not None and f.location.kind in _CITIES),
            None,
        )
        if (
            city is None
            or city.location is None
            or first - city.last > _BACK
            or not taken.isdisjoint(range(first, last))
        ):
            continue
        region = _region(reading.gazetteer, match, city.location)
        if region is not None:
            why = f"of the last city named before: {city.location.name}"
            sure = round(0.5 * city.confidence, 2)
            parts.append(
                Found(
                    first,
                    last,
                    "reference",
                    city.location,
                    sure,
                    why,
                    city.place,
                    region=region,
                    region_first=first,
                    region_last=last,
                )
            )
    return parts


def _region(gazetteer: Gazetteer, match: re.Match[str], city: Location) -> Location | None:
    noun = (match["edge"] or match["noun"] or "").lower()
    relation = {"outskirts": "edge", "edges": "edge", "suburbs": "suburbs", "countryside": "countryside"}.get(
        noun, "part"
    )
    side = match["adj"] or match["side"]
    bearings = (bearing_of(side),) if side else ()
    where = adjective(bearings[0]) if bearings else ""
    name = f"{where} {city.name}" if relation == "part" else f"{where} {noun} of {city.name}".strip()
    if relation == "part":
        drawn = next((p for p in gazetteer.lookup([name])[name] if p.id.startswith("atlas:")), None)
        if drawn is not None:
            return locate(drawn, gazetteer)
    try:
        region, rule = draw(Phrase(relation, 0, 1, "{}", bearings=bearings), city)
    except InputError:
        return None
    return Location(
        name=name,
        kind="region",
        lon=round(region.lon, 6),
        lat=round(region.lat, 6),
        precision_m=round(region.precision_m),
        place_id=city.place_id,
        geometry=region.geometry,
        rule=rule,
    )
