"""GeoNames dumps: the files of countries, ``allCountries.txt``, and ``alternateNamesV2.txt`` beside them.

Format: https://download.geonames.org/export/dump/readme.txt. Licence: CC BY 4.0, so name GeoNames where you publish
what comes from it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from geo.data import read_csv
from geo.gazetteer.divisions import divisions
from geo.gazetteer.entries import Entry, clean, is_name
from geo.gazetteer.importing.alternate import Names, names_of, read_alternates, set_bit
from geo.gazetteer.importing.inputs import Input, open_input
from geo.gazetteer.importing.known import Index, adopt, find_own
from geo.gazetteer.importing.problems import Sink
from geo.gazetteer.importing.stage import Stage
from geo.gazetteer.importing.tell import Tell
from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.towns import arabic_countries, read_countries
from geo.model import Place

COLUMNS = 19
_BATCH = 20_000
_CITY, _TOWN, _LEAST_M = 100_000, 5_000, 800.0
_CAPITAL, _SEATS = "P.PPLC", frozenset({"P.PPLA", "P.PPLA2"})
_FIRST_LEVEL = frozenset({"A.ADM1"})
_OF_COUNTRIES = frozenset({"country", "settlement", "neighbourhood"})


@dataclass(frozen=True, slots=True)
class Tables:
    """What the reading of a dump needs to know.

    Attributes
    ----------
    features
        Kind and radius in metres by class and code (``"P.PPL"``).
    divisions
        ISO 3166-2 code by GeoNames' code (``"SY.09"``).
    countries
        The GeoNames ids of the countries themselves, by alpha-2 code.
    languages
        By alpha-2 code.
    arabic
        Codes of the countries that name their places in Arabic.
    index
        What the world has under ids of its own.
    taken
        Those of these ids that rows of this import have.
    """

    features: Mapping[str, tuple[str, float]]
    divisions: Mapping[str, str]
    countries: Mapping[str, int]
    languages: Mapping[str, frozenset[str]]
    arabic: frozenset[str]
    index: Index
    taken: set[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a dump that is kept."""

    id: int
    name: str
    ascii: str
    alternates: str
    lat: float
    lon: float
    feature: str
    country: str
    admin1: str
    admin2: str
    population: int


def read_tables(index: Index) -> Tables:
    """Read what the reading of a dump needs to know."""
    kinds = place_kinds()
    countries = read_countries()
    features = {}
    for row in read_csv("geonames_features.csv"):
        kind = row["kind"]
        usual = kinds[kind].precision_m if kind in kinds else 0.0
        features[row["feature"]] = (kind, float(row["precision_m"]) if row["precision_m"] else usual)
    return Tables(
        features=features,
        divisions={d.geonames: code for code, d in divisions().items() if d.geonames},
        countries={code: int(entry["geonameid"]) for code, entry in countries.items()},
        languages={
            code: frozenset(language.partition("-")[0] for language in entry["languages"].split(","))
            for code, entry in countries.items()
        },
        arabic=arabic_countries(countries),
        index=index,
        taken=set(),
    )


def import_geonames(
    sources: Sequence[Input],
    alternates: Sequence[Input],
    stage: Stage,
    tables: Tables,
    *,
    strict: bool = False,
    tell: Tell,
) -> None:
    """Read dumps into the scratch file of an import.

    Parameters
    ----------
    sources
        Files of features, with 19 columns.
    alternates
        Files of alternate names; their names are taken in place of those of the features' fourth column.
    stage
        Where entries are kept; a reading that was interrupted goes on after its last batch.
    tables
        What `read_tables` gave.
    strict
        Whether the first bad row ends the import.
    tell
        Told how far it is.

    Notes
    -----
    A settlement's radius is 4 m times the square root of its population, 800 m at least: a disc of 20,000 people to the
    square kilometre, as for the towns of the world. Other features have the radius of ``geonames_features.csv``. The
    country itself, its first-level divisions and what else the world's file keeps under an id of its own take that id
    (``country:SY``, ``iso:SY-HL``), with its name, point and radius, and add their names to it; all other ids are
    ``geonames:NNN``.
    """
    if alternates and not all((stage.get(f"alternate {i}") or {}).get("done") for i in range(len(alternates))):
        ids = _ids(sources, tell)
        for i, source in enumerate(alternates):
            sink = Sink(source.path, stage.counts, strict)
            read_alternates(source, stage, sink, ids=ids, key=f"alternate {i}", tell=tell)
    if alternates and not stage.get("sorted"):
        stage.sort_names(state={"sorted": True})
    tables.taken.update(id_ for (id_,) in stage.db.execute("SELECT id FROM places WHERE id NOT LIKE 'geonames:%'"))
    at = stage.get("read") or {"file": 0, "offset": 0, "line": 0}
    for i, source in enumerate(sources):
        if i >= at["file"]:
            start = at if i == at["file"] else {"offset": 0, "line": 0}
            _read_file(source, i, stage, tables, Sink(source.path, stage.counts, strict), start, bool(alternates), tell)


def _read_file(
    source: Input,
    number: int,
    stage: Stage,
    tables: Tables,
    sink: Sink,
    start: Mapping[str, int],
    flagged: bool,
    tell: Tell,
) -> None:
    offset, line = start["offset"], start["line"]
    with open_input(source, offset=offset) as (file, told):
        while chunk := list(islice(file, _BATCH)):
            rows = [row for n, raw in enumerate(chunk, line + 1) if (row := read_row(raw, n, sink, tables))]
            known = stage.names_of(row.id for row in rows) if flagged else None
            first = stage.counts.rows
            entries = [make_entry(row, tables, None if known is None else known.get(row.id, ())) for row in rows]
            stage.counts.rows += len(chunk)
            offset, line = offset + sum(map(len, chunk)), line + len(chunk)
            batch = list(enumerate(entries, first))
            stage.add(batch, state={"read": {"file": number, "offset": offset, "line": line}})
            tell(f"Reading {source.name}", told(), source.size)


def _ids(sources: Sequence[Input], tell: Tell) -> bytearray:
    bits = bytearray()
    for source in sources:
        with open_input(source) as (file, told):
            for number, raw in enumerate(file):
                cell = raw.partition(b"\t")[0]
                if cell.isdigit() and len(cell) < 10:
                    set_bit(bits, int(cell))
                if number % _BATCH == 0:
                    tell(f"Counting {source.name}", told(), source.size)
    return bits


def read_row(raw: bytes, line: int, sink: Sink, tables: Tables) -> Row | None:
    """Read a row; None where it is bad or its feature is not wanted, which the sink is told."""
    do = "Get the file again; with a spreadsheet between, save it as text with tabs, in UTF-8"
    try:
        cells = raw.decode("utf-8").rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        sink.bad(line, f"this is not UTF-8: byte 0x{raw[error.start]:02x}", do)
        return None
    if len(cells) != COLUMNS:
        sink.bad(line, f"the row has {len(cells)} columns; a dump of GeoNames has {COLUMNS}", do)
        return None
    feature = f"{cells[6]}.{cells[7]}"
    if feature not in tables.features:
        sink.skip(feature if cells[7] else "without a feature code")
        return None
    try:
        id_, lat, lon, population = int(cells[0]), float(cells[4]), float(cells[5]), int(cells[14] or 0)
    except ValueError as error:
        sink.bad(line, f"a number is none: {error}", do)
        return None
    name = clean(cells[1])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180) or id_ < 1 or not name:
        what = f"id {id_}, name {name!r}, latitude {lat:g}, longitude {lon:g} is no place on the Earth"
        sink.bad(line, what, "Mend or delete the row")
        return None
    return Row(
        id_, name, clean(cells[2]), cells[3], lat, lon, feature, cells[8], cells[10], cells[11], max(population, 0),
    )  # fmt: skip


def make_entry(row: Row, tables: Tables, alternates: Sequence[tuple[str, int, str]] | None) -> Entry:
    """Make the entry of a row.

    Parameters
    ----------
    row
        What `read_row` gave.
    tables
        What `read_tables` gave.
    alternates
        Language, flags and name of its alternate names; None to take those of its fourth column.
    """
    if alternates is None:
        alternates = [("", 0, name) for text in row.alternates.split(",") if is_name(name := clean(text))]
    arabic = row.country in tables.arabic
    names = names_of(row.name, alternates, languages=tables.languages.get(row.country, frozenset()), arabic=arabic)
    kind, precision_m = tables.features[row.feature]
    if kind == "settlement":
        kind, precision_m = _settlement(row)
    first = tables.divisions.get(f"{row.country}.{row.admin1}", "")
    place = Place(
        id=f"geonames:{row.id}",
        name=names.shown,
        kind=kind,
        lon=row.lon,
        lat=row.lat,
        precision_m=precision_m,
        aliases=names.aliases,
        name_ar=names.name_ar,
        country=row.country,
        admin1=first,
        population=row.population,
        source="GeoNames",
    )
    found = names.found if row.name.isascii() or not row.ascii else (*names.found, row.ascii)
    entry = Entry(place, found, arabic=arabic)
    own = _own(row, entry, names, tables)
    if own is None or own.id in tables.taken:
        return entry
    tables.taken.add(own.id)
    return adopt(replace(entry, place=replace(place, source=f"GeoNames {row.id}")), own)


def _settlement(row: Row) -> tuple[str, float]:
    """Kind and radius by inhabitants: as for the towns of the world, but a seat of government is a town at least."""
    radius = max(_LEAST_M, round(4.0 * math.sqrt(row.population), -2))
    if row.population >= _CITY or row.feature == _CAPITAL:
        return "city", radius
    return "town" if row.population >= _TOWN or row.feature in _SEATS else "village", radius


def _own(row: Row, entry: Entry, names: Names, tables: Tables) -> Place | None:
    """Give the world's own entry of a country, a division or a region."""
    if row.feature[0] in "PS":
        return None
    if tables.countries.get(row.country) == row.id:
        return tables.index.by_id.get(f"country:{row.country}")
    code = {
        "A.ADM1": tables.divisions.get(f"{row.country}.{row.admin1}"),
        "A.ADM2": tables.divisions.get(f"{row.country}.{row.admin1}.{row.admin2}"),
    }.get(row.feature)
    if code:
        return tables.index.by_id.get(f"iso:{code}")
    return find_own(entry.place, (names.shown, row.name), tables.index)
