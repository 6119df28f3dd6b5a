"""From what an online geocoder sends to a place: its names, kind, point and precision."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo.crs import distance_m
from geo.data import read_csv, read_toml
from geo.gazetteer.countries import country_codes
from geo.gazetteer.entries import distinct, script
from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.online.services import SERVICES
from geo.model import Place

_LEAST_M = 50.0
_OSM_TYPES = {"N": "node", "W": "way", "R": "relation"}
_NAMES = ("name", "official_name", "int_name", "alt_name", "loc_name", "short_name", "old_name")
"""OpenStreetMap's keys of names, as in its wiki's Names."""

_TOWN, _CITY = 5_000, 100_000  # as geo.gazetteer.towns has it


@dataclass(frozen=True, slots=True)
class Answer:
    """What an online geocoder knows under a name.

    Attributes
    ----------
    place
        As an entry of the gazetteer: id ``osm:node/123`` or ``geonames:123``; ``kind`` is empty where it is no place.
    names
        All its names, in any script.
    feature
        What the service calls it, for example ``place=village``.
    """

    place: Place
    names: tuple[str, ...]
    feature: str


def read_answers(service: str, raw: Iterable[Mapping[str, Any]]) -> tuple[Answer, ...]:
    """Read what a service sent, in its order; what has no name or no point on the Earth is left out.

    Parameters
    ----------
    service
        ``"nominatim"``, ``"photon"`` or ``"geonames"``.
    raw
        As it was sent.
    """
    read = {"nominatim": _nominatim, "photon": _photon, "geonames": _geonames}[service]
    answers: dict[str, Answer] = {}
    for one in raw:
        try:
            answer = read(one)
        except (AttributeError, KeyError, IndexError, TypeError, ValueError):
            continue  # one odd record does not spoil the others
        place = answer.place
        on_earth = -180 <= place.lon <= 180 and -90 <= place.lat <= 90
        if place.name and on_earth:
            answers.setdefault(place.id, answer)
    return tuple(answers.values())


def _nominatim(raw: Mapping[str, Any]) -> Answer:
    key, value = str(raw.get("class") or raw.get("category") or ""), str(raw.get("type") or "")
    if (key, value) == ("boundary", "administrative"):
        kind = _table("level").get(str(raw.get("addresstype") or "")) or _ranked(raw.get("place_rank"))
    else:
        kind = _osm_kind(key, value)
    address = raw.get("address") or {}
    details = raw.get("namedetails") or {}
    display = str(raw.get("display_name") or "").partition(",")[0]
    names = [str(raw.get("name") or ""), *(name for _, name in _osm_names(details)), display]
    south, north, west, east = map(float, raw["boundingbox"]) if raw.get("boundingbox") else (math.nan,) * 4
    osm_type = str(raw["osm_type"])
    return _answer(
        "nominatim",
        f"osm:{osm_type}/{int(raw['osm_id'])}",
        names,
        kind,
        f"{key}={value}",
        point=(float(raw["lon"]), float(raw["lat"])),
        # Nominatim gives a node a window of its own making.
        bbox=None if osm_type == "node" or math.isnan(west) else (west, south, east, north),
        country=str(address.get("country_code") or "").upper(),
        admin1=_admin1(address),
        english=[
            str(details.get("name:en") or ""),
            str(raw.get("name") or ""),  # in English where there is one, as asked for
            *(name for key, name in _osm_names(details) if ":" not in key or key.endswith(":en")),
        ],
    )


def _photon(raw: Mapping[str, Any]) -> Answer:
    properties = raw["properties"]
    lon, lat = raw["geometry"]["coordinates"][:2]
    key, value = str(properties.get("osm_key") or ""), str(properties.get("osm_value") or "")
    if (key, value) == ("boundary", "administrative"):
        kind = _table("layer").get(str(properties.get("type") or ""), "")
    else:
        kind = _osm_kind(key, value)
    extent = [float(number) for number in properties.get("extent") or ()]
    bbox = None
    if len(extent) == 4:  # west, north, east, south
        bbox = (extent[0], min(extent[1], extent[3]), extent[2], max(extent[1], extent[3]))
    osm_type = str(properties["osm_type"])
    name = str(properties.get("name") or "")
    return _answer(
        "photon",
        f"osm:{_OSM_TYPES.get(osm_type, osm_type.lower())}/{int(properties['osm_id'])}",
        [name],
        kind,
        f"{key}={value}",
        point=(float(lon), float(lat)),
        bbox=bbox,
        country=str(properties.get("countrycode") or "").upper(),
        english=(name,),
    )


def _geonames(raw: Mapping[str, Any]) -> Answer:
    feature = f"{raw.get('fcl') or ''}.{raw.get('fcode') or ''}"
    population = int(raw.get("population") or 0)
    kind, precision_m = _geonames_kinds().get(feature, ("", 0.0))
    if kind == "settlement":
        kind = "city" if population >= _CITY or feature == "P.PPLC" else "town" if population >= _TOWN else "village"
    name = str(raw.get("name") or raw.get("toponymName") or "")
    alternates = raw.get("alternateNames") or ()
    return _answer(
        "geonames",
        f"geonames:{int(raw['geonameId'])}",
        [name, str(raw.get("toponymName") or ""), *(str(one["name"]) for one in alternates)],
        kind,
        feature,
        point=(float(raw["lng"]), float(raw["lat"])),
        bbox=None,
        precision_m=precision_m,
        country=str(raw.get("countryCode") or "").upper(),
        english=(name,),
        population=population,
    )


def _answer(
    service: str,
    id_: str,
    names: Iterable[str],
    kind: str,
    feature: str,
    *,
    point: tuple[float, float],
    bbox: tuple[float, float, float, float] | None,
    country: str,
    english: Iterable[str],
    admin1: str = "",
    population: int = 0,
    precision_m: float = 0.0,
) -> Answer:
    every = distinct(" ".join(name.split()) for name in (*english, *names))
    latin = [name for name in distinct(english) if script(name) == "latin"]
    latin = latin or [name for name in every if script(name) == "latin"][:1]
    shown = (*latin, *every, "")[0]
    place = Place(
        id=id_,
        name=shown,
        kind=kind,
        lon=point[0],
        lat=point[1],
        precision_m=precision_m or _precision_m(point, bbox, kind),
        aliases=tuple(name for name in latin if name != shown),
        name_ar=next((name for name in every if script(name) == "arabic"), ""),
        country=country if country in country_codes() else "",
        admin1=admin1,
        population=population,
        source=f"{SERVICES[service].label}: {id_}, {SERVICES[service].credit}",
    )
    return Answer(place, every, feature)


def _precision_m(point: tuple[float, float], bbox: tuple[float, float, float, float] | None, kind: str) -> float:
    """How far the farthest corner lies from the point; the radius of the kind where no outline is known."""
    if bbox is None:
        return place_kinds()[kind].precision_m if kind else 0.0
    west, south, east, north = bbox
    reach = max(distance_m(*point, lon, lat) for lon in (west, east) for lat in (south, north))
    return float(math.ceil(max(reach, _LEAST_M)))


@cache
def _geonames_kinds() -> Mapping[str, tuple[str, float]]:
    rows = read_csv("geonames_features.csv")
    return {row["feature"]: (row["kind"], float(row["precision_m"] or 0)) for row in rows}


def _osm_kind(key: str, value: str) -> str:
    values = _table("osm").get(key, {})
    return str(values.get(value) or values.get("*") or "")


def _ranked(rank: object) -> str:
    number = int(str(rank or 0))
    kinds = [str(kind) for least, kind in _table("rank").items() if number >= int(least)]
    return kinds[-1] if kinds else ""


def _osm_names(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """All names of a feature with their keys, English ones first, then by what kind of name it is."""
    order = {name: n for n, name in enumerate(_NAMES)}
    keys = [key for key in details if key.partition(":")[0] in order]
    keys.sort(key=lambda key: (not key.endswith(":en"), order[key.partition(":")[0]], key))
    return [(key, " ".join(name.split())) for key in keys for name in str(details[key]).split(";")]


def _admin1(address: Mapping[str, Any]) -> str:
    """ISO 3166-2 code of the highest level that has one."""
    levels = sorted(key for key in address if key.startswith("ISO3166-2-lvl"))
    return str(address[levels[0]]) if levels else ""


def _table(name: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = read_toml("online_kinds.toml")[name]
    return table
