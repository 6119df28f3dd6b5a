"""From the fields of a row or feature to a place, with everything that is wrong with them."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from geo.gazetteer.countries import country_codes
from geo.gazetteer.entries import distinct, script
from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.problems import Report
from geo.model import Place
from geo.settings import Theatre

_ID = re.compile(r"[a-z0-9][a-z0-9_]*")
_MOST_M = 20_000_000.0  # half of the Earth's girth


@dataclass(frozen=True, slots=True)
class Reader:
    """What the reading of one file needs.

    Attributes
    ----------
    report
        Takes the problems.
    theatre
        Coordinates that fall into it only when swapped are told to be swapped.
    admin1
        All codes of ISO 3166-2.
    """

    report: Report
    theatre: Theatre
    admin1: frozenset[str]


def read_place(
    fields: Mapping[str, str],
    line: int,
    reader: Reader,
    *,
    point: tuple[float, float] | None = None,
    extent_m: float = 0,
) -> Place | None:
    """Make a place of text fields.

    Parameters
    ----------
    fields
        id, name, kind, lon, lat, precision_m, aliases (``|`` between several), name_ar, country, admin1, source.
    line
        Where they stand.
    reader
        Takes the problems.
    point
        Longitude and latitude to use where the fields give none.
    extent_m
        How far the place reaches from its point; counts on top of ``precision_m``.

    Returns
    -------
    Place or None
        None where a field that a place needs is not right.
    """
    found = len(reader.report.problems)
    get = {key: " ".join((fields.get(key) or "").split()) for key in _FIELDS}
    _check_words(get, line, reader)
    where = point if point and not get["lon"] and not get["lat"] else _coordinates(get, line, reader)
    precision = _precision(get, line, reader)
    _check_codes(get, line, reader)
    errors = [problem for problem in reader.report.problems[found:] if not problem.warning]
    if errors or where is None:
        return None
    return Place(
        id=f"atlas:{get['id']}",
        name=get["name"],
        kind=get["kind"],
        lon=where[0],
        lat=where[1],
        precision_m=float(math.ceil(precision + extent_m)),
        aliases=distinct(alias.strip() for alias in get["aliases"].split("|")),
        name_ar=get["name_ar"],
        country=get["country"],
        admin1=get["admin1"],
        source=get["source"],
    )


_FIELDS = ("id", "name", "kind", "lon", "lat", "precision_m", "aliases", "name_ar", "country", "admin1", "source")


def _check_words(get: Mapping[str, str], line: int, reader: Reader) -> None:
    report = reader.report
    if not _ID.fullmatch(get["id"]):
        report.add(
            line, f"id {get['id']!r} is not right", "Use lower-case letters, digits and _, for example bab_nairab"
        )
    for field in ("name", "source"):
        if not get[field]:
            do = "Name the entry" if field == "name" else "Say where the entry comes from"
            report.add(line, f"{field} is empty", do)
    if get["kind"] not in place_kinds():
        near = get_close_matches(get["kind"], place_kinds(), n=1)
        do = f"Perhaps {near[0]!r} is meant" if near else f"Use one of {', '.join(place_kinds())}"
        report.add(line, f"kind {get['kind']!r} is unknown", do)
    if get["name_ar"] and not any(script(c) == "arabic" for c in get["name_ar"]):
        report.add(line, f"name_ar {get['name_ar']!r} is not in Arabic script", "Put other names into aliases")


def _coordinates(get: Mapping[str, str], line: int, reader: Reader) -> tuple[float, float] | None:
    numbers = []
    for field in ("lon", "lat"):
        value = _number(get[field])
        if value is None:
            reader.report.add(
                line, f"{field} {get[field]!r} is not a number", "Write decimal degrees, for example 37.1612"
            )
        numbers.append(value)
    lon, lat = numbers
    if lon is None or lat is None:
        return None
    return (lon, lat) if check_point(lon, lat, line, reader) else None


def check_point(lon: float, lat: float, line: int, reader: Reader) -> bool:
    """Whether a point lies on the Earth and is not swapped; what is wrong is reported."""
    if swapped(lon, lat, reader.theatre):
        reader.report.add(
            line,
            f"lon {lon:g}, lat {lat:g} lies outside the theatre, and inside it when swapped",
            f"Write lon {lat:g}, lat {lon:g}",
        )
        return False
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        reader.report.add(line, f"lon {lon:g}, lat {lat:g} is not on the Earth", "lon is -180 to 180, lat -90 to 90")
        return False
    return True


def swapped(lon: float, lat: float, theatre: Theatre) -> bool:
    """Whether a point falls into the theatre's window only with longitude and latitude exchanged."""
    return not inside(lon, lat, theatre) and theatre.bbox is not None and inside(lat, lon, theatre)


def inside(lon: float, lat: float, theatre: Theatre) -> bool:
    """Whether a point lies in the theatre's window, its edges included; True where there is none."""
    if theatre.bbox is None:
        return True
    west, south, east, north = theatre.bbox
    return west <= lon <= east and south <= lat <= north


def _precision(get: Mapping[str, str], line: int, reader: Reader) -> float:
    kind = place_kinds().get(get["kind"])
    if not get["precision_m"]:
        return kind.precision_m if kind else 0.0
    value = _number(get["precision_m"])
    if value is None or not 0 < value <= _MOST_M:
        what = f"precision_m {get['precision_m']!r} is not a radius in metres"
        reader.report.add(line, what, "Write a number above 0, or leave it empty for that of the kind")
        return 0.0
    return value


def _check_codes(get: Mapping[str, str], line: int, reader: Reader) -> None:
    country, admin1 = get["country"], get["admin1"]
    if country and country not in country_codes():
        near = country.upper()
        do = (
            f"Perhaps {near!r} is meant"
            if near in country_codes()
            else "Use an ISO 3166-1 alpha-2 code, for example SY"
        )
        reader.report.add(line, f"country {country!r} is unknown", do)
    if not admin1:
        return
    if admin1 not in reader.admin1:
        near_codes = get_close_matches(admin1.upper(), sorted(reader.admin1), n=3)
        do = (
            f"Perhaps {' or '.join(near_codes)} is meant" if near_codes else "Use an ISO 3166-2 code, for example SY-HL"
        )
        reader.report.add(line, f"admin1 {admin1!r} is unknown", do)
    elif country and not admin1.startswith(f"{country}-"):
        reader.report.add(line, f"admin1 {admin1} does not lie in country {country}", "Mend one of the two")


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
