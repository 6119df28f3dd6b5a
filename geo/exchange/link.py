"""Places of a data set that the gazetteer knows: their id, and how wide they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.crs import distance_m
from geo.exchange.line import Line, tidy_line
from geo.gazetteer.importing.events import names_in
from geo.gazetteer.importing.fields import read_country
from geo.gazetteer.kinds import compatible, place_kinds

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.model import Place

_BESIDE_M, _POLE = 5_000.0, 90.0
_MANY = 200_000
_GROUPS = ("settlement", "facility")
"""What a name without a word for its kind may be."""


@dataclass(frozen=True, slots=True)
class Linker:
    """Finds the entry of a gazetteer that a data set's place is, each place once.

    Attributes
    ----------
    gazetteer
        Of the atlas.
    """

    gazetteer: Gazetteer
    _seen: dict[tuple[str, float, float], tuple[str, float]] = field(default_factory=dict, repr=False)
    _countries: dict[str, Place | None] = field(default_factory=dict, repr=False)

    def doubt(self, line: Line) -> tuple[str, str] | None:
        """Say what is wrong with a point that lies in its country only when swapped, and what to do about it."""
        code = read_country(line.get("row", {}).get("country", ""))
        country = self._country(code) if code and "lon" in line else None
        if country is None:
            return None
        lon, lat = line["lon"], line["lat"]
        if abs(lon) > _POLE or not _is_far(lon, lat, country) or _is_far(lat, lon, country):
            return None
        what = f"longitude {lon:g}, latitude {lat:g} lies in {country.name} only when swapped"
        return what, f"Write longitude {lat:g}, latitude {lon:g}"

    def _country(self, code: str) -> Place | None:
        if code not in self._countries:
            self._countries[code] = self.gazetteer.get(f"country:{code}")
        return self._countries[code]

    def link(self, line: Line) -> Line:
        """Give a line with the id of its place, and a radius that is no smaller than the place.

        Two are one place where a name agrees, the kinds may be one place's, the countries do not differ, and the points
        lie within the entry's radius and 5 km; the nearest of several. The point stays the data set's.
        """
        if "lon" not in line or "place" not in line or "place_id" in line:
            return line
        key = (line["place"], line["lon"], line["lat"])
        if key not in self._seen:
            if len(self._seen) >= _MANY:
                self._seen.clear()
            found = _find(self.gazetteer, *key, country=read_country(line.get("row", {}).get("country", "")))
            self._seen[key] = (found.id, found.precision_m) if found else ("", 0.0)
        place_id, radius = self._seen[key]
        if not place_id:
            return line
        return tidy_line({**line, "place_id": place_id, "precision_m": max(line["precision_m"], radius)})


def _find(gazetteer: Gazetteer, name: str, lon: float, lat: float, *, country: str) -> Place | None:
    shown, others, kind = names_in(name)
    found: dict[tuple[float, str], Place] = {}
    for places in gazetteer.lookup((shown, *others)).values():
        for place in places:
            away = distance_m(lon, lat, place.lon, place.lat)
            agree = not (country and place.country) or country == place.country
            if agree and away <= place.precision_m + _BESIDE_M and _may_be(kind, place.kind):
                found[away, place.id] = place
    return found[min(found)] if found else None


def _may_be(kind: str, other: str) -> bool:
    return compatible(kind, other) if kind else place_kinds()[other].group in _GROUPS


def _is_far(lon: float, lat: float, country: Place) -> bool:
    """Tell whether a point cannot lie in a country, by the country's radius and as much again."""
    return distance_m(lon, lat, country.lon, country.lat) > 2 * country.precision_m
