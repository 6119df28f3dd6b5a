"""In which country and division an event was, in words and codes, as exchange formats name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from geo.data import read_toml
from geo.exchange.line import Line
from geo.gazetteer.importing.fields import read_country
from geo.gazetteer.towns import read_countries

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.model import Place

_NEAR_M, _NEIGHBOURS = 30_000.0, 3
_SETTLEMENTS = ("city", "town", "village")
_WIDE_M = 200_000.0


@dataclass(frozen=True, slots=True)
class Ground:
    """Country and divisions, empty where not known.

    Attributes
    ----------
    code, iso
        ISO 3166-1 alpha-2 and numeric code of the country.
    country, region
        Its name, and the region of ACLED that it belongs to.
    admin1, admin2
        Names of the divisions.
    """

    code: str = ""
    iso: str = ""
    country: str = ""
    region: str = ""
    admin1: str = ""
    admin2: str = ""


@dataclass(frozen=True, slots=True)
class Divisions:
    """Finds countries and divisions, each place once.

    Attributes
    ----------
    gazetteer
        Of the atlas; None where only what a row says itself is told.
    """

    gazetteer: Gazetteer | None = None
    _seen: dict[tuple[str, float, float], tuple[str, str]] = field(default_factory=dict, repr=False)

    def of(self, line: Line, row: Mapping[str, str]) -> Ground:
        """Tell where an event was: by its row, else by its place in the gazetteer, else by the settlements about it.

        Of these the three nearest within 30 km must agree: near a border nothing is guessed at.
        """
        country, admin1 = row.get("country", ""), row.get("admin1") or row.get("adm_1", "")
        code = read_country(country)
        if not code and not country:
            code, division = self._codes(line)
            admin1 = admin1 or self._name(f"iso:{division}") if division else admin1
        return Ground(
            code=code,
            iso=str(read_countries()[code]["isonumeric"]) if code in read_countries() else "",
            country=country or self._name(f"country:{code}"),
            region=_regions().get(code, ""),
            admin1=admin1,
            admin2=row.get("admin2") or row.get("adm_2", ""),
        )

    def _codes(self, line: Line) -> tuple[str, str]:
        if self.gazetteer is None or "lon" not in line:
            return "", ""
        key = (line.get("place_id", ""), line["lon"], line["lat"])
        if key not in self._seen:
            self._seen[key] = _codes_of(self.gazetteer, *key, radius_m=line.get("precision_m", 0.0))
        return self._seen[key]

    def _name(self, id: str) -> str:
        place = self.gazetteer.get(id) if self.gazetteer is not None else None
        return place.name if place else ""


def _codes_of(gazetteer: Gazetteer, place_id: str, lon: float, lat: float, *, radius_m: float) -> tuple[str, str]:
    place = gazetteer.get(place_id) if place_id else None
    if place is not None and place.country and (place.admin1 or place.kind == "country"):
        return place.country, place.admin1
    around = gazetteer.nearby(lon, lat, _NEAR_M, kinds=_SETTLEMENTS) if radius_m <= _WIDE_M else ()
    nearest: tuple[Place, ...] = around[:_NEIGHBOURS]
    country = place.country if place is not None else ""
    countries, divisions = {p.country for p in nearest}, {p.admin1 for p in nearest}
    if len(nearest) < _NEIGHBOURS or len(countries) > 1 or (country and countries != {country}):
        return country, ""
    return countries.pop(), divisions.pop() if len(divisions) == 1 else ""


@cache
def _regions() -> Mapping[str, str]:
    table = read_toml("exchange.toml")["acled"]["region"]
    return {code: region for region, codes in table.items() for code in codes}
