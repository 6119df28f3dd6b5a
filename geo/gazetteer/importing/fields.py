"""From the fields of a row or feature of an import to an entry of the gazetteer."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from geo.crs import distance_m
from geo.data import read_csv, read_toml
from geo.gazetteer.entries import Entry, clean, distinct, is_acronym, is_name, script
from geo.gazetteer.importing.columns import plain
from geo.gazetteer.importing.known import Index
from geo.gazetteer.importing.options import Options
from geo.gazetteer.importing.problems import Sink
from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.names import fold
from geo.gazetteer.towns import arabic_countries, read_countries
from geo.ids import content_id
from geo.model import Place

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_WKT = re.compile(r"POINT\s*Z?\s*\(\s*([-+.\deE]+)\s+([-+.\deE]+)", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*[|;]\s*")
_PCODE = re.compile(r"[A-Z]{2}(\d\d|\d{4}|\d{6})")
_MOST_M, _WIDE_M, _POLE = 20_000_000.0, 10_000.0, 90.0
_SLUG = 40


@dataclass(frozen=True, slots=True)
class Maker:
    """What the making of entries needs to know.

    Attributes
    ----------
    name
        Of the gazetteer; the first part of the ids.
    options
        What the import was told.
    index
        The countries and divisions of the world.
    """

    name: str
    options: Options
    index: Index


def make_entry(
    fields: Mapping[str, str],
    line: int | None,
    sink: Sink,
    maker: Maker,
    *,
    more_names: Iterable[str] = (),
    geometry: bytes | None = None,
    point: tuple[float, float] | None = None,
    extent_m: float = 0.0,
    shape: str = "point",
) -> Entry | None:
    """Make an entry.

    Parameters
    ----------
    fields
        Text by field (see `geo.gazetteer.importing.columns.FIELDS`).
    line
        Where they stand, for messages.
    sink
        Takes what is wrong.
    maker
        What else is needed.
    more_names
        Further names.
    geometry
        Line or polygon as WKB.
    point
        Longitude and latitude, WGS 84 degrees, where no field tells them.
    extent_m
        How far the place reaches from its point.
    shape
        ``"point"``, ``"line"`` or ``"area"``.

    Returns
    -------
    Entry or None
        None where a name or a point is missing, which the sink is told. The radius is ``precision_m``, else that of the
        kind; with a line or polygon at least what it reaches. A kind that nothing tells is guessed: by the last words
        of the name ("Handarat Camp"), else a line is a road, a polygon a region or an area, a point a village.
    """
    get = {field: text for field, value in fields.items() if (text := clean(value or ""))}
    listed = (get.get("name", ""), *_SEPARATORS.split(get.get("aliases", "")), get.get("name_ar", ""), *more_names)
    names = tuple(n for n in distinct(map(clean, listed)) if is_name(n) or n == get.get("name"))
    if not names or not script(names[0]):
        sink.bad(line, f"the name {get.get('name', '')!r} is none", "Give the place a name")
        return None
    country = read_country(get.get("country", "")) or maker.options.country
    where = point or read_point(get)
    wrong = _wrong_point(where, get, maker.index.by_id.get(f"country:{country}"))
    if wrong or where is None:
        sink.bad(line, *wrong)
        return None
    kind = read_kind(get.get("kind", "")) or maker.options.kind or _pcode_kind(get.get("id", ""))
    if not kind:
        kind = _guess_kind(get.get("name", ""), extent_m=extent_m, shape=shape)
        sink.counts.guess(kind)
    shown = next((name for name in names if script(name) == "latin"), names[0])
    in_arabic = next((n for n in (get.get("name_ar", ""), *names) if script(n) == "arabic"), "")
    place = Place(
        id=_id(maker.name, get.get("id", ""), shown, where),
        name=shown,
        kind=kind,
        lon=round(where[0], 6),
        lat=round(where[1], 6),
        precision_m=_radius(get.get("precision_m", ""), kind, extent_m),
        aliases=tuple(n for n in names if n != shown and script(n) == "latin" and not is_acronym(n)),
        name_ar=in_arabic,
        country=country,
        admin1=read_admin1(get.get("admin1", ""), country, maker.index),
        population=max(0, int(_number(get.get("population", "")) or 0)),
        source=get.get("source") or maker.options.source or maker.name,
    )
    return Entry(place, names, arabic=bool(in_arabic) or country in arabic(), geometry=geometry)


def _wrong_point(
    where: tuple[float, float] | None, get: Mapping[str, str], country: Place | None
) -> tuple[str, str] | tuple[()]:
    """Say what is wrong with a point, and what to do about it; nothing where it may be right."""
    if where is None or not (-180 <= where[0] <= 180 and -90 <= where[1] <= 90):
        told = ", ".join(f"{field} {get[field]!r}" for field in ("lon", "lat", "point") if field in get) or "nothing"
        return f"{told} is no point on the Earth", "Write decimal degrees, WGS 84: lon -180 to 180, lat -90 to 90"
    lon, lat = where
    if lon == lat == 0:
        return "lon 0, lat 0 stands for a point that is not known", "Write the point, or delete the row"
    if country and abs(lon) <= _POLE and _far(lon, lat, country) and not _far(lat, lon, country):
        return f"lon {lon:g}, lat {lat:g} lies in {country.name} only when swapped", f"Write lon {lat:g}, lat {lon:g}"
    return ()


def _far(lon: float, lat: float, country: Place) -> bool:
    """Whether a point cannot lie in a country, by the country's radius and as much again."""
    return distance_m(lon, lat, country.lon, country.lat) > 2 * country.precision_m


def _radius(text: str, kind: str, extent_m: float) -> float:
    told = _number(text)
    if told is None or not 0 < told <= _MOST_M:
        told = 0.0 if extent_m else place_kinds()[kind].precision_m
    return float(math.ceil(told + extent_m))


def _id(name: str, given: str, shown: str, where: tuple[float, float]) -> str:
    """Give the id that the row has, or one that follows from name and point."""
    own = plain(given) if given.isascii() else ""
    if own:
        return f"{name}:{own}"
    slug = plain("".join(c for c in fold(shown) if c.isascii()))[:_SLUG].strip("_")
    return f"{name}:{slug or 'place'}_{content_id(shown, round(where[0], 4), round(where[1], 4), length=6)}"


def read_point(get: Mapping[str, str]) -> tuple[float, float] | None:
    """Read longitude and latitude: of two fields, or of one that holds WKT, or latitude and longitude in this order."""
    if "lon" in get and "lat" in get:
        lon, lat = _number(get["lon"]), _number(get["lat"])
        return None if lon is None or lat is None else (lon, lat)
    text = get.get("point", "")
    wkt = _WKT.search(text)
    if wkt:
        return float(wkt[1]), float(wkt[2])
    numbers = [n for part in re.split(r"[\s,;()\[\]]+", text) if part and (n := _number(part)) is not None]
    return (numbers[1], numbers[0]) if len(numbers) == 2 else None


def read_kind(text: str) -> str:
    """Give the kind that a word of a table means ("hamlet", "Refugee camp"); empty where it is not known."""
    word = plain(text)
    return "" if not word else _kinds().get(word, "")


@cache
def _kinds() -> Mapping[str, str]:
    words: dict[str, str] = {kind: kind for kind in place_kinds()}
    for word, kind in read_toml("import_columns.toml")["kinds"].items():
        words.setdefault(plain(word), kind)
    for kind in place_kinds().values():
        for noun in kind.nouns:
            words.setdefault(plain(noun), kind.name)
    return words


def kind_of_name(name: str) -> str:
    """Give the kind that the last words of a name tell ("Handarat Camp"); empty where they tell none."""
    words = name.split()
    tails = (plain(" ".join(words[-n:])) for n in (3, 2, 1) if len(words) > n)
    return next((_kinds()[tail] for tail in tails if tail in _kinds()), "")


def _pcode_kind(code: str) -> str:
    """Give the kind that a place code of the United Nations tells: ``SY02`` is a first-level division."""
    found = _PCODE.fullmatch(code)
    return "" if not found else "admin1" if len(found[1]) == 2 else "admin2"


def _guess_kind(name: str, *, extent_m: float, shape: str) -> str:
    if shape == "line":
        return kind_of_name(name) or "road"
    if shape == "area":
        return kind_of_name(name) or ("region" if extent_m > _WIDE_M else "area")
    return kind_of_name(name) or "village"


def read_country(text: str) -> str:
    """Give the alpha-2 code of a country told by alpha-2, alpha-3 or numeric code, or by one of its names."""
    return _countries().get(fold(text), "") if text else ""


@cache
def _countries() -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for row in read_csv("countries.csv"):
        for name in (row["alpha2"], row["alpha3"], row["name"], *row["aliases"].split("|"), row["name_ar"]):
            codes.setdefault(fold(name), row["alpha2"])
    for code, entry in read_countries().items():
        codes.setdefault(str(entry["isonumeric"]), code)
        codes.setdefault(fold(entry["name"]), code)
    codes.pop("", None)
    return codes


@cache
def arabic() -> frozenset[str]:
    """Give the codes of the countries that name their places in Arabic."""
    return arabic_countries(read_countries())


def read_admin1(text: str, country: str, index: Index) -> str:
    """Give the ISO 3166-2 code of a first-level division told by its code or by one of its names."""
    if not text:
        return ""
    if f"iso:{text.upper()}" in index.by_id:
        return text.upper()
    found = index.by_name.get(fold(text), ())
    return next((p.admin1 for p in found if p.kind == "admin1" and p.country == country), "")


def _number(text: str) -> float | None:
    """Read a number, with a decimal comma too."""
    try:
        value = float(text.replace(",", ".") if _NUMBER.fullmatch(text) else text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def extent_of(lon: float, lat: float, coordinates: Iterable[Iterable[float]]) -> float:
    """Give the distance from a point to the farthest of others, in metres."""
    return max((distance_m(lon, lat, x, y) for x, y, *_ in coordinates), default=0.0)
