"""Drawing: from what words say of a place to ground with a size, by the table in `geo.toponyms.relative`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import shapely

from geo.errors import InputError
from geo.gazetteer.kinds import place_kinds
from geo.model import Location
from geo.toponyms import outlines, regions
from geo.toponyms.distances import Distance
from geo.toponyms.globe import reach_m
from geo.toponyms.phrase_patterns import compass
from geo.toponyms.phrases import Phrase
from geo.toponyms.regions import Region

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

REACHES = {
    "settlement": (15_000.0, 15_000.0, 30_000.0),
    "area": (1_000.0, 2_000.0, 5_000.0),
    "facility": (2_000.0, 5_000.0, 5_000.0),
}
"""N ("near"), D ("north of") and C ("countryside of") in metres, by the group of the anchor's kind.

Those of settlements after what reports mean: 20 pairs of places in the training halves of our corpora are told by
"north of" and the like; their distance is 16 km in the median, 54 at most, and for 14 of them less than R + 15 km or
4 R. 11 pairs are told by "near": 16 km in the median, 43 at most, 5 within R + 15 km, and what happens "near" a town
happens nearer to it than the next town lies; the UCDP's codebook calls "near" what lies within about 25 km (Sundberg
and Melander 2013, Journal of Peace Research 50(4); variable where_prec, code 2). A neighbourhood counts as an area;
what has no group here reaches as far as it is wide.
"""
_SMALL = ("neighbourhood",)
_LEAST_R = 500.0
_SHORE_M = {"country": 100_000.0, "admin1": 100_000.0}
_TOWN_SHORE_M = 30_000.0
_COAST_M = 20_000.0
_ALONG_M = 5_000.0
_SEEN_M = 5_000.0  # smaller than this, a region is no finer than the coast of the basemap
_LEAST_DRY, _MOST_DRY = 0.2, 0.98


def half_angle(bearing: float) -> float:
    """Degrees to either side of a direction: 45 for cardinal, 22.5 for intercardinal, 11.25 for secondary ones."""
    if bearing % 90 == 0:
        return 45.0
    return 22.5 if bearing % 45 == 0 else 11.25


def draw(phrase: Phrase, anchor: Location, outline: BaseGeometry | None = None) -> tuple[Region, str]:
    """Draw the region of a phrase by the table at the head of `geo.toponyms.relative`.

    Parameters
    ----------
    phrase
        What is told.
    anchor
        The place that it is told of.
    outline
        Its polygon in degrees, if known; else it is the disc of its ``precision_m``.

    Returns
    -------
    tuple
        The region, and how it was drawn in words.

    Raises
    ------
    InputError
        Where the region would reach half round the Earth, or there is no sea for a coast.
    """
    if phrase.relation in ("part", "core"):
        return _inside(phrase, anchor, outline)
    if phrase.relation in ("offshore", "coast"):
        return _by_the_sea(phrase, anchor, outline)
    if phrase.relation == "along":
        if anchor.geometry is None:
            raise InputError(f"the course of {anchor.name} is not known", do="Draw it in the atlas")
        drawn = regions.band(anchor.geometry, half_width_m=_ALONG_M, lon=anchor.lon, lat=anchor.lat)
        return drawn, "the ground within 5 km of its course"
    inner, outer, rule = _radii(phrase, anchor)
    region = _cones(anchor, phrase.bearings, inner, outer)
    rule = f"{_shape_words(phrase.bearings, inner)} {rule}"
    if outline is not None and phrase.relation != "within":
        return regions.without(region, outline), f"{rule}, without {anchor.name} itself"
    if phrase.distance is None and outer >= _SEEN_M:
        return _on_land(region, rule)
    return region, rule


def _on_land(region: Region, rule: str) -> tuple[Region, str]:
    """Leave out the sea, unless there is little else: what is told of a town is on land, or it were "off" it."""
    west, south, east, north = region.geometry.bounds
    land = outlines.land((west - 0.1, south - 0.1, east + 0.1, north + 0.1))
    dry = regions.within(region, land)
    share = dry.geometry.area / region.geometry.area
    if not _LEAST_DRY <= share < _MOST_DRY:
        return region, rule
    if not region.geometry.contains(shapely.Point(region.lon, region.lat)):
        # a ring points at its middle, on land or not
        dry = Region(dry.geometry, region.lon, region.lat, reach_m(dry.geometry, region.lon, region.lat))
    return dry, f"{rule}, on land"


def _shape_words(bearings: Sequence[float], inner: float) -> str:
    if bearings:
        return f"a cone to the {' and '.join(compass(b) for b in bearings)}"
    return "a ring" if inner else "a disc"


def _cones(anchor: Location, bearings: Sequence[float], inner: float, outer: float) -> Region:
    if not bearings:
        return regions.ring(anchor.lon, anchor.lat, inner_m=inner, outer_m=outer)
    drawn = [
        regions.sector(anchor.lon, anchor.lat, bearing=b, half_angle=half_angle(b), inner_m=inner, outer_m=outer)
        for b in bearings
    ]
    return drawn[0] if len(drawn) == 1 else regions.of_outline(shapely.union_all([d.geometry for d in drawn]))


def _radii(phrase: Phrase, anchor: Location) -> tuple[float, float, str]:
    """Give the radii of a ring or cone, and how they were chosen."""
    r = max(anchor.precision_m, _LEAST_R)
    near, deep, country = reaches(anchor)
    if phrase.distance is not None:
        return _told_radii(phrase, phrase.distance, r)
    if phrase.relation in ("countryside", "approach"):
        return r, r + max(5 * r, country), f"from the edge to {_km(r + max(5 * r, country))}"
    if phrase.relation == "edge":
        return 0.7 * r, 2 * r, "about the edge, from 0.7 to 2 of the radius"
    if phrase.relation == "suburbs":
        return 0.7 * r, 3 * r, "about the edge, from 0.7 to 3 of the radius"
    if phrase.relation in ("near", "outside"):
        outer = r + max(r, near)
        return (0.0 if phrase.relation == "near" else r), outer, f"as far as {_km(outer)}"
    outer = r + max(3 * r, deep)
    return r, outer, f"from the edge to {_km(outer)}"


def _told_radii(phrase: Phrase, distance: Distance, r: float) -> tuple[float, float, str]:
    edge = r if distance.metres < r else 0.0  # what lies nearer than the place is wide is told from its edge
    blur = 0.0 if edge else r
    least = (
        0.0
        if distance.least == 0
        else max(edge, distance.metres + edge - math.hypot(distance.metres - distance.least, blur))
    )
    most = distance.metres + edge + math.hypot(distance.most - distance.metres, blur)
    if phrase.relation == "within":
        return 0.0, distance.metres + edge, "of that radius"
    if most - least < 1:
        least = 0.0
    return max(0.0, least), most, f"at that distance, from {_km(max(0.0, least))} to {_km(most)}"


def reaches(anchor: Location) -> tuple[float, float, float]:
    """Give how far "near", "north of" and "countryside of" reach at the least, see `REACHES`; metres."""
    kind = place_kinds().get(anchor.kind)
    group = "area" if anchor.kind in _SMALL else kind.group if kind is not None else ""
    r = max(anchor.precision_m, _LEAST_R)
    return REACHES.get(group, (r, r, r))


def _inside(phrase: Phrase, anchor: Location, outline: BaseGeometry | None) -> tuple[Region, str]:
    unit = is_unit(anchor)
    radius = max(anchor.precision_m, _LEAST_R)
    if phrase.relation == "core" and not (unit and outline is not None):
        share = math.sqrt(1 / 3) if unit else 0.5
        return regions.disc(anchor.lon, anchor.lat, radius_m=share * radius), f"a disc of {_km(share * radius)}"
    where = "within its outline" if outline is not None else "within the disc of its radius"
    ground = outline if outline is not None else regions.disc(anchor.lon, anchor.lat, radius_m=radius).geometry
    ground = (
        outlines.coarse(ground, anchor.place_id.removeprefix("country:")) if outline is not None and unit else ground
    )
    if phrase.relation == "core":
        return regions.core(ground, share=1 / 3), f"the third of it about its middle, {where}"
    share = phrase.share or (2 / 5 if unit else 1 / 2)
    cuts = [regions.part(ground, bearing=b, share=share) for b in phrase.bearings]
    region = cuts[0] if len(cuts) == 1 else regions.of_outline(shapely.union_all([c.geometry for c in cuts]))
    side = " and ".join(compass(b) for b in phrase.bearings)
    return region, f"the {round(100 * share)} % of its area farthest to the {side}, {where}"


def _by_the_sea(phrase: Phrase, anchor: Location, outline: BaseGeometry | None) -> tuple[Region, str]:
    """Draw the sea off a place, or the land of a place by the sea."""
    shore = _SHORE_M.get(anchor.kind, _TOWN_SHORE_M)
    least, most = 0.0, shore
    if phrase.distance is not None:
        least, most = phrase.distance.least, phrase.distance.most
    r = max(anchor.precision_m, _LEAST_R)
    ground = outline if outline is not None else regions.disc(anchor.lon, anchor.lat, radius_m=r).geometry
    middle = regions.of_outline(ground)
    about = regions.band(ground, half_width_m=max(most, _COAST_M), lon=middle.lon, lat=middle.lat).geometry
    west, south, east, north = about.bounds
    land = outlines.land((west - 1, south - 1, east + 1, north + 1))
    sea = about.difference(land)
    if sea.is_empty or sea.area < 0.01 * about.area:
        raise InputError(f"{anchor.name} does not lie by the sea", do="Look whether the place is the one meant")
    reach = ground if outline is not None else about
    if phrase.bearings:
        # a western coast has the sea to its west
        reach = reach.intersection(
            regions.moved(sea, bearing=phrase.bearings[0] + 180, metres=_COAST_M, lon=middle.lon, lat=middle.lat)
        )
    if phrase.relation == "coast":
        wet = regions.of_outline(sea)
        strip = regions.band(sea, half_width_m=_COAST_M, lon=wet.lon, lat=wet.lat).geometry.intersection(land)
        return regions.of_outline(
            _large(strip.intersection(reach))
        ), f"the land of it within {_km(_COAST_M)} of the sea"
    if phrase.bearings:
        sea = sea.intersection(regions.band(reach, half_width_m=most, lon=middle.lon, lat=middle.lat).geometry)
    if least:
        sea = sea.difference(regions.band(ground, half_width_m=least, lon=middle.lon, lat=middle.lat).geometry)
    return regions.of_outline(sea), f"the sea from {_km(least)} to {_km(most)} off it"


def _large(shape: BaseGeometry) -> BaseGeometry:
    """Leave out the islets and capes: parts of less than a twentieth of the largest."""
    parts = shapely.get_parts(shape)
    most = max((p.area for p in parts), default=0.0)
    return shapely.union_all([p for p in parts if p.area >= most / 20])


def is_unit(location: Location) -> bool:
    """Whether a place is a country, a province or a region of the world."""
    kind = place_kinds().get(location.kind)
    return kind is not None and kind.group in ("admin", "country", "region")


def _km(metres: float) -> str:
    return f"{metres / 1000:.3g} km"
