"""First- and second-level subdivisions: ISO 3166-2, from the package iso3166-2 and ``subdivisions.csv``."""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from typing import Any
from unicodedata import combining, normalize

import orjson
from rapidfuzz.fuzz import ratio

from geo.data import read_toml
from geo.gazetteer.divisions import Division, divisions, used_names
from geo.gazetteer.entries import Entry, distinct, is_name, script
from geo.gazetteer.features import split_cell
from geo.gazetteer.names import fold
from geo.model import Place

Subdivisions = Mapping[str, Mapping[str, Any]]

_TAG = re.compile(r"\s*\((?P<lang>[a-z]{3}\d*)\)$")
_ALIKE = 60  # rapidfuzz ratio: Bayern and Bavaria have 61
_ISLET_M = 1_000.0  # an atoll is more than its dry land
_LEAST_M, _MOST_M = 3_000.0, 400_000.0


def read_subdivisions() -> dict[str, Subdivisions]:
    """Read ISO 3166-2: by country code, then by subdivision code."""
    raw: dict[str, Subdivisions] = orjson.loads(files("iso3166_2").joinpath("iso3166-2.json").read_bytes())
    return raw


def first_level(subdivisions: Subdivisions) -> dict[str, Mapping[str, Any]]:
    """Give the first-level subdivisions of a country.

    These have no parent, or are of a type of which others have none (the governorates of Iraq, of which four lie in the
    Kurdistan region).
    """
    types = {entry["type"] for entry in subdivisions.values() if not entry["parentCode"]}
    return {code: entry for code, entry in subdivisions.items() if not entry["parentCode"] or entry["type"] in types}


def subdivision_entries(
    iso: Mapping[str, Subdivisions],
    *,
    area_km2: Mapping[str, float],
    arabic: Collection[str],
    english: Collection[str],
    towns: Mapping[str, Collection[str]],
    population: Mapping[str, int],
) -> Iterator[Entry]:
    """Give the subdivisions of all countries, but for those that are a country of ISO 3166-1 too (Puerto Rico).

    Parameters
    ----------
    iso
        What `read_subdivisions` gave.
    area_km2
        Area by country code; a subdivision of unknown extent has the radius of a disc with its share of it.
    arabic
        Codes of the countries that name their places in Arabic.
    english
        Codes of the countries that name them in English: other English names there are bynames ("Peach State").
    towns
        Folded names of the larger towns by country code; a subdivision called like a town of its country, and
        every one of an Arabic country, is shown with its type ("Aleppo Governorate").
    population
        Inhabitants by ISO 3166-2 code: at least those of its towns.
    """
    table = divisions()
    for country, subdivisions in sorted(iso.items()):
        first = first_level(subdivisions)
        second = [code for code in subdivisions if code not in first]
        for code, entry in sorted(subdivisions.items()):
            division = table.get(code)
            if division and division.country:
                continue
            count = len(first) if code in first else len(second)
            radius = math.sqrt(max(area_km2.get(country, 0.0), 1.0) / count / math.pi) * 1000
            found = _entry(
                code,
                entry,
                kind="admin1" if code in first else "admin2",
                precision_m=round(min(max(radius, _LEAST_M), _MOST_M), -3),
                arabic=country in arabic,
                english=country in english,
                towns=towns.get(country, ()),
            )
            yield _placed(found, division, population.get(code, 0))


def _entry(
    code: str,
    entry: Mapping[str, Any],
    *,
    kind: str,
    precision_m: float,
    arabic: bool,
    english: bool,
    towns: Collection[str],
) -> Entry:
    country = code.partition("-")[0]
    local = local_names(entry.get("localOtherName") or "")
    division, used = divisions().get(code), used_names().get(code, {})
    names = _names(country, entry, division, used, english=() if english else local["eng"], typed=arabic, towns=towns)
    ours = division.name_ar if division and not local["ara"] else ""
    name_ar = next(iter((*local["ara"], ours)), "")
    latin = [name for tongue, group in local.items() if tongue != "eng" for name in group if script(name) == "latin"]
    around = read_toml("admin_words.toml")["arabic"].get(entry["type"], "") if arabic else ""
    aliases = distinct((*names, *latin))
    others = [name for tongue, group in local.items() if tongue != "eng" for name in group]
    shown = names[0]
    lat, lon = entry["latLng"]
    place = Place(
        id=f"iso:{code}",
        name=shown,
        kind=kind,
        lon=float(lon),
        lat=float(lat),
        precision_m=precision_m,
        aliases=tuple(name for name in aliases if name != shown),
        name_ar=name_ar,
        country=country,
        admin1=code if kind == "admin1" else entry["parentCode"] or "",
        source="ISO 3166-2, iso3166-2",
    )
    arabic_names = tuple(around.format(name) for name in local["ara"]) if around else ()
    found = distinct(name for name in (*aliases, *others, ours, *arabic_names) if is_name(name))
    return Entry(place, found, arabic=arabic)


def _names(
    country: str,
    entry: Mapping[str, Any],
    division: Division | None,
    used: Mapping[str, str],
    *,
    english: Collection[str],
    typed: bool,
    towns: Collection[str],
) -> tuple[str, ...]:
    """Give the Latin names of a subdivision, the one that is shown first.

    Shown is the name that newspapers use, else the one that Wikidata has in English, else what `base_names` chooses;
    with its type where it is a town's too or ``typed`` is true. English names that are like neither the one in ISO
    3166-2 nor Wikidata's are translations that nobody uses ("Hot Waters"), and left out where Wikidata has one.
    """
    written = re.sub(r"\s*\[.*?\]", "", entry["name"]).strip()
    known = plain(division.name) if division else ""
    bare = _bare(known)
    words = frozenset(read_toml("admin_words.toml")["plain"])
    english = [name for name in english if not set(fold(name).split()) <= words]
    if known:
        english = [name for name in english if ratio(fold(name), fold(bare)) >= _ALIKE]
    bases = distinct((bare, *base_names(written, english, towns=towns)))
    forms = _forms(country, entry["type"])
    full = [form.format(base) for base in bases for form in forms if not _has_type(base)]
    if used.get("name"):
        shown = used["name"]
    elif known and _has_type(known):
        shown = known
    elif full and (typed or _is_shown(country, entry["type"]) or fold(bases[0]) in towns) and not _has_type(bases[0]):
        shown = full[0]
    else:
        shown = bases[0]
    return distinct((shown, *split_cell(used.get("aliases", "")), known, *bases, *full, written))


def _is_shown(country: str, type_: str) -> bool:
    return not {type_, f"{country} {type_}"}.isdisjoint(read_toml("admin_words.toml")["shown"])


def plain(name: str) -> str:
    """Give a name without the marks that English newspapers do not print: Quảng Trị is Quang Tri, Łódź is itself.

    That is where a letter lies beyond Latin Extended-B (Vietnamese, transliterated Arabic).
    """
    if all(letter < "\u0250" or letter > "\u1eff" for letter in name):
        return name
    return "".join(
        letter for letter in normalize("NFKD", name.replace("đ", "d").replace("Đ", "D")) if not combining(letter)
    )


def _bare(name: str) -> str:
    """Give a name without the word for its type: "Emirate of Dubai" is Dubai, "Luhansk Oblast" is Luhansk."""
    kept = proper_names(name)[0] if name else ""
    return kept.removeprefix("of ").removeprefix("the ")


def _placed(entry: Entry, division: Division | None, population: int) -> Entry:
    """Put an entry where the table has it; a code that is newer than the table keeps the package's point."""
    place = replace(entry.place, population=population)
    if division:
        radius = max(division.precision_m, _ISLET_M) if division.precision_m else place.precision_m
        place = replace(place, lon=division.lon, lat=division.lat, precision_m=radius)
    return replace(entry, place=place)


def local_names(text: str) -> defaultdict[str, tuple[str, ...]]:
    """Take apart ``"حلب (ara), Aleppo (eng)"`` to the names by language; a language without names gives ()."""
    names: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for part in re.split(r"(?<=\)),\s*|'\s*,\s*'", text):
        found = _TAG.search(part.strip().strip("'"))
        if found:
            name = part.strip().strip("'")[: found.start()].strip()
            names[found["lang"]] = (*names[found["lang"]], *((name,) if name else ()))
    return names


def proper_names(written: str) -> tuple[str, ...]:
    """Give a subdivision's ISO name without its generic words: ``Luhanska oblast`` is ``Luhanska``."""
    generic = frozenset(read_toml("admin_words.toml")["generic"])
    parts = written.replace(",", " ").replace("(", " ").replace(")", " ").split()
    kept = " ".join(part for part in parts if fold(part) not in generic)
    return (kept,) if kept else (written.strip(),)


def base_names(written: str, english: Collection[str], *, towns: Collection[str] = ()) -> tuple[str, ...]:
    """Give the names proper of a subdivision, the one in use in English first.

    Parameters
    ----------
    written
        The name in ISO 3166-2, in the country's own language.
    english
        The English names that are told beside it, bynames among them ("The Lone Star State"), which are left out.
    towns
        Folded names of the country's towns.

    Notes
    -----
    First comes the English name that is a town's too, or is most like the written one; failing that, an English name
    that stands alone, or any where the written one is not plain ASCII; failing that, the written one.
    """
    own = distinct(name for part in written.split("/") for name in proper_names(part))
    known = [name for name in english if not name.startswith("The ") and not {"of", "the"} & set(name.split())]
    alike = max(known, key=lambda name: (fold(name) in towns, ratio(fold(name), fold(own[0]))), default="")
    if alike and (ratio(fold(alike), fold(own[0])) >= _ALIKE or len(known) == 1 or not own[0].isascii()):
        return distinct((alike, *own, *known))
    return distinct((*own, *known))


def _forms(country: str, type_: str) -> tuple[str, ...]:
    words = read_toml("admin_words.toml")
    own = words["country"].get(country, {})
    return tuple(own.get(type_) or words["forms"].get(type_, ()))


def _has_type(name: str) -> bool:
    generic = frozenset(read_toml("admin_words.toml")["generic"])
    return any(part in generic for part in fold(name).split())
