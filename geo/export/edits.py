"""What somebody changed in an exported file, as corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geo.corrections.records import GEOMETRY, Correction
from geo.corrections.rows import completed, same
from geo.errors import LayerError
from geo.export.edited import Sheet, files_of, read_edited
from geo.export.flat import EDIT_FIELDS, FIXED
from geo.ids import content_id
from geo.layers.frames import make_frame
from geo.layers.schema import LayerSchema
from geo.layers.validate import validate_layers
from geo.model import Article

if TYPE_CHECKING:
    import geopandas as gpd

NAMING = ("article", "quote", "type", "state", "route", "name", "place", "place_id", "holder", "side")
"""What tells a feature where its id changes with the reading."""

NEEDED = frozenset({"type", "state"})
"""What nobody but the editor can say of a new feature."""

WITHHELD = "withheld"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Edits:
    """What was found in an edited file.

    Attributes
    ----------
    corrections
        In the order of layers and features.
    problems
        Edits that cannot be taken, in words.
    profile
        Of the export.
    """

    corrections: tuple[Correction, ...]
    problems: tuple[str, ...]
    profile: str


@dataclass(frozen=True, slots=True)
class Author:
    """Who edited, when and why; ``edit_who`` and ``edit_why`` of a feature go before."""

    who: str
    when: date
    why: str


def read_edits(path: Path, author: Author, layers: Mapping[str, gpd.GeoDataFrame]) -> Edits:
    """Compare an edited file, or all of the folder of an export, with what was exported.

    Parameters
    ----------
    path
        A GeoPackage or a GeoJSON file of one layer that ``sitmap export`` wrote, the folder of its files, or the QGIS
        project in it.
    author
        Who edited it.
    layers
        The built layers: with them a GeoJSON file is compared that does not say what it held, as one that another
        program saved anew; of its features none counts as deleted.

    Returns
    -------
    Edits

    Raises
    ------
    InputError
        Where the file is no export.
    """
    corrections: list[Correction] = []
    problems: list[str] = []
    profiles = set()
    for file in files_of(path):
        edited = read_edited(file, layers)
        problems += edited.problems
        profiles.add(edited.profile)
        for sheet in edited.sheets:
            for one in _compared(sheet, author, edited.profile):
                if isinstance(one, str):
                    problems.append(one)
                elif told := _told_twice(one, corrections):
                    problems += [f"{told}, and {file.name} says otherwise"] if told != ALIKE else []
                else:
                    corrections.append(one)
    return Edits(tuple(corrections), tuple(problems), "".join(sorted(profiles)) if len(profiles) == 1 else "")


ALIKE = "alike"


def _told_twice(one: Correction, others: Sequence[Correction]) -> str:
    """Say what another file of the folder says of a feature: `ALIKE`, what else, or nothing."""
    for other in others:
        if (one.layer, one.feature) != (other.layer, other.feature):
            continue
        if (
            one.action == other.action
            and one.now.keys() <= other.now.keys()
            and all(same(value, other.now[name]) for name, value in one.now.items())
        ):
            return ALIKE
        if one.action != other.action or any(
            not same(value, other.now[name]) for name, value in one.now.items() if name in other.now
        ):
            return f"the {one.layer} feature {one.feature} is edited in another file of the folder, which is taken"
    return ""


def _compared(sheet: Sheet, author: Author, profile: str) -> Iterator[Correction | str]:
    """Give a correction, or what is wrong, for each feature that differs; deletions last."""
    schema, old, fids = sheet.schema, sheet.old, sheet.fids
    seen: set[str] = set()
    for raw, new in sheet.rows:
        by = _author(raw, author)
        id = new["id"]
        kept = id in old and id not in seen and fids.get(id, raw.get("fid")) == raw.get("fid")
        if not kept:
            yield from _added(schema, new, by)
            continue
        seen.add(id)
        yield from _changed(schema, old[id], new, raw, by)
    if sheet.whole:
        for id, row in old.items():
            if id not in seen:
                yield Correction(
                    schema.name,
                    "delete",
                    id,
                    author.who,
                    author.when,
                    author.why,
                    was=_told(row),
                    rests_on=_naming(row),
                )


def _author(raw: Row, author: Author) -> Author:
    who, why = (str(raw.get(field.name) or "").strip() for field in reversed(EDIT_FIELDS))
    return Author(who or author.who, author.when, why or author.why)


def _changed(schema: LayerSchema, old: Row, new: Row, raw: Row, by: Author) -> Iterator[Correction | str]:
    here = f"{schema.name} {old['id']} ({_title(old)})"
    names = [name for name in (*schema.columns, GEOMETRY) if not same(old.get(name), new.get(name))]
    for name in [name for name in names if name in FIXED]:
        yield f"{here}: {name} says what the report holds; it stays"
    names = [name for name in names if name not in FIXED]
    if not names:
        return
    if old.get("place_id") == WITHHELD:
        yield f"{here}: the public profile withholds it; edit an export with --profile internal"
        return
    made = Correction(
        schema.name,
        "change",
        old["id"],
        by.who,
        by.when,
        by.why,
        was={name: old.get(name) for name in names},
        now={name: new.get(name) for name in names},
        rests_on=_naming(old),
    )
    wrong = _wrong(schema, {**old, **made.now})
    if wrong:
        yield f"{here}: {wrong}"
    else:
        yield made


def _added(schema: LayerSchema, new: Row, by: Author) -> Iterator[Correction | str]:
    given = {k: v for k, v in new.items() if v is not None and v != "" and k not in FIXED}
    drawn = shapely.to_wkt(new[GEOMETRY], rounding_precision=6) if new[GEOMETRY] else ""
    id = content_id("correction", schema.name, drawn, {k: v for k, v in given.items() if k != GEOMETRY})
    made = Correction(schema.name, "add", id, by.who, by.when, by.why, now=given)
    missing = [p.name for p in schema.properties if p.name in NEEDED and p.values and p.name not in given]
    wrong = _wrong(schema, completed(made)) if GEOMETRY in given else "it has no geometry"
    wrong = f"say its {' and '.join(missing)}" if missing else wrong
    if wrong:
        yield f"a new feature of {schema.name}: {wrong}"
    else:
        yield made


def _wrong(schema: LayerSchema, row: Row) -> str:
    """Say what of a feature breaks the schema; empty where nothing does."""
    if row.get(GEOMETRY) is None:
        return "it has no geometry"
    wrong = [
        f"{p.name} is no JSON"
        for p in schema.properties
        if p.type in {"list", "object"} and isinstance(row.get(p.name), str)
    ]
    if wrong:
        return "; ".join(wrong)
    try:
        validate_layers({schema.name: make_frame(schema, [row])}, [Article(id=row["article"], text="")])
    except LayerError as error:
        lines = [line.partition("]: ")[2] for line in error.what.splitlines() if "]: " in line]
        return "; ".join(lines) or error.what
    return ""


def _naming(row: Row) -> dict[str, str]:
    return {name: str(row[name]) for name in NAMING if row.get(name)}


def _told(row: Row) -> Row:
    """Give what a reader of a deletion wants to see of the feature."""
    names = ("label", "name", "start", "end", GEOMETRY)
    return {name: row[name] for name in names if row.get(name) is not None}


def _title(row: Row) -> str:
    return str(next((row[n] for n in ("label", "name", "place", "route") if row.get(n)), row.get("quote", ""))[:60])
