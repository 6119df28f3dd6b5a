"""Care for people on the ground: what a public export makes coarse, and what it holds back.

The data responsibility guidelines of OCHA (2021, section 3.2) and of the ICRC's *Handbook on Data Protection in
Humanitarian Action* (2020) ask that what helps to find protected people and sites be aggregated or delayed. So, in the
profile ``public``:

- what lies at a place of a kind that ``place_kinds.toml`` calls sensitive (hospital, school, camp, shelter) is moved to
  the middle of its cell of `CELL_DEGREES`, its precision widened to the whole cell. The same place always falls into
  the same cell; a random shift would average out over repeated exports.
- the names of such places give way to their kind, ``[hospital or clinic]``, in every text of every feature.
- what is younger than a delay is left out: what was published, or happened, fewer days ago. A day that is still to come
  is no young one: nobody can have published on it.

``internal`` keeps all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from geo.crs import EARTH_RADIUS_M
from geo.gazetteer.kinds import place_kinds
from geo.layers.frames import make_frame
from geo.layers.schema import read_schema

if TYPE_CHECKING:
    import geopandas as gpd
    import shapely

PROFILES = ("public", "internal")
CELL_DEGREES = 0.1
DELAY_DAYS = 3
SPANS = ("quote_start", "quote_end")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Care:
    """What a profile did.

    Attributes
    ----------
    profile
        One of `PROFILES`.
    coarse
        How many features were made coarse, or had a name taken out.
    held_back
        How many were left out as too recent.
    since
        First day that is held back; None where nothing is.
    """

    profile: str
    coarse: int = 0
    held_back: int = 0
    since: date | None = None

    @property
    def words(self) -> str:
        """What a reader of the export must know."""
        if self.profile != "public":
            return "Profile internal: everything as it is known. Not for publication."
        held = "nothing is so recent that it is held back"
        if self.held_back:
            held = f"what is known since {self.since} is held back ({self.held_back:,} features)"
        return (
            f"Profile public: positions at protected places are given to {CELL_DEGREES:g} degrees and their names left "
            f"out ({self.coarse:,} features); {held}."
        )


def public(
    layers: Mapping[str, gpd.GeoDataFrame], *, today: date, delay_days: int = DELAY_DAYS
) -> tuple[dict[str, gpd.GeoDataFrame], Care]:
    """Make layers fit to be published, as `publish` does where there are no unplaced events."""
    made, _, care = publish(layers, (), today=today, delay_days=delay_days)
    return made, care


def publish(
    layers: Mapping[str, gpd.GeoDataFrame], unplaced: Iterable[Row], *, today: date, delay_days: int = DELAY_DAYS
) -> tuple[dict[str, gpd.GeoDataFrame], list[Row], Care]:
    """Make layers, and the events that are nowhere on the map, fit to be published.

    Parameters
    ----------
    layers
        By name, as `geo.layers.read_layers` gives them, all features, with the places.
    unplaced
        As `geo.layers.read_unplaced` gives them.
    today
        The day of the export.
    delay_days
        What was published or began fewer days ago than these, today included, is left out; 0 leaves out nothing.

    Returns
    -------
    tuple
        The layers, the unplaced events, and what was done to the layers. The input stays as it is.
    """
    since, young = _recent(today, delay_days)
    rows = {name: list(_rows(frame)) for name, frame in layers.items()}
    hidden = _hidden_places(rows.get("places", []))
    clean = _cleaner(hidden)
    held = {row["id"] for row in rows.get("events", []) if young(row)}
    told = {row["id"]: _is_at(row, hidden) for row in rows.get("events", [])}
    made: dict[str, gpd.GeoDataFrame] = {}
    coarse = left = 0
    for name, all_rows in rows.items():
        kept = [row for row in all_rows if not (young(row) or row.get("event") in held)]
        left += len(all_rows) - len(kept)
        seen = [_coarse(row, clean, at=_is_at(row, hidden) or told.get(row.get("event", ""), False)) for row in kept]
        coarse += sum(after is not before for after, before in zip(seen, kept, strict=True))
        changed = len(kept) != len(all_rows) or any(a is not b for a, b in zip(seen, kept, strict=True))
        made[name] = make_frame(read_schema()[name], seen) if changed else layers[name]
    return made, [clean(row) for row in unplaced if not young(row)], Care("public", coarse, left, since)


def _rows(frame: gpd.GeoDataFrame) -> Iterable[Row]:
    names = [name for name in frame.columns if name != frame.geometry.name]
    columns = [frame[name].tolist() for name in names]
    for *values, shape in zip(*columns, frame.geometry.tolist(), strict=True):
        yield {**dict(zip(names, values, strict=True)), "geometry": shape}


def _recent(today: date, delay_days: int) -> tuple[date, Callable[[Mapping[str, Any]], bool]]:
    """Give the first day that is held back, and what tells whether a feature is of such a day."""
    since = today - timedelta(days=delay_days - 1)
    first, last = since.isoformat(), (today + timedelta(days=1)).isoformat()  # somewhere it is tomorrow already

    def young(row: Mapping[str, Any]) -> bool:
        if delay_days <= 0:
            return False
        return any(first <= (row.get(name) or "") <= last for name in ("known", "start"))

    return since, young


def _hidden_places(places: Iterable[Row]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Give label and names of each place of a sensitive kind, by id."""
    kinds = place_kinds()
    return {
        row["place_id"]: (kinds[row["kind"]].label.lower(), (row["name"], *row["aliases"], row["name_ar"] or ""))
        for row in places
        if row["kind"] in kinds and kinds[row["kind"]].sensitive
    }


def _sensitive_words() -> frozenset[str]:
    """Give the nouns that name a protected place and nothing else."""
    kinds = place_kinds().values()
    others = {noun for kind in kinds if not kind.sensitive for noun in kind.nouns}
    return frozenset(noun for kind in kinds if kind.sensitive for noun in kind.nouns) - others


def _is_at(row: Row, hidden: Mapping[str, Any]) -> bool:
    """Tell whether a feature lies at a protected place: by its gazetteer entry, or by the words of its place."""
    if row.get("place_id") in hidden:
        return True
    words = f" {' '.join(re.findall(r'[a-z]+', str(row.get('place') or '').lower()))} "
    return any(f" {noun} " in words for noun in _sensitive_words())


def _cleaner(hidden: Mapping[str, tuple[str, tuple[str, ...]]]) -> Callable[[Any], Any]:
    """Give what replaces the names of protected places in texts, however deep they lie."""
    labels = {name.casefold(): label for label, names in hidden.values() for name in names if name}
    if not labels:
        return lambda value: value
    # The longest first, so that no rest of a name stays behind.
    names = "|".join(map(re.escape, sorted(labels, key=lambda n: (-len(n), n))))
    found = re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return found.sub(lambda match: f"[{labels.get(match[0].casefold(), 'place')}]", value)
        if isinstance(value, Mapping):
            return {key: clean(inner) for key, inner in value.items()}
        return [clean(inner) for inner in value] if isinstance(value, list | tuple) else value

    return clean


def _coarse(row: Row, clean: Callable[[Any], Any], *, at: bool) -> Row:
    shape, rest = row["geometry"], {key: value for key, value in row.items() if key != "geometry"}
    told = clean(rest)
    if told == rest and not at:
        return row
    if told.get("quote") != rest.get("quote"):
        told |= dict.fromkeys(SPANS)
    if at:
        told["reports"] = [_coarse_report(report) for report in told["reports"]] if "reports" in told else None
        told = {key: value for key, value in told.items() if key in rest}
        if "precision_m" in told:
            told["precision_m"] = _widened(told["precision_m"], shape)
        if "place_id" in told and told["place_id"] is not None:
            told["place_id"] = "withheld"
        if told.get("aliases"):
            told["aliases"] = []
        shape = coarse_shape(shape)
    return {**told, "geometry": shape}


def _coarse_report(report: Mapping[str, Any]) -> Row:
    if report.get("lon") is None:
        return dict(report)
    lon, lat = coarse_point(report["lon"], report["lat"])
    wide = max(report.get("precision_m") or 0.0, cell_radius_m(lat))
    return {**report, "lon": lon, "lat": lat, "precision_m": wide, "place_id": "withheld"}


def _widened(precision: float, shape: shapely.Geometry | None) -> float:
    return max(precision, cell_radius_m(shape.centroid.y)) if shape is not None else precision


def coarse_point(lon: float, lat: float) -> tuple[float, float]:
    """Give the middle of the cell that a point lies in, in degrees; the last cells end at the poles and at 180."""
    x = (math.floor(min(lon, 179.999999) / CELL_DEGREES) + 0.5) * CELL_DEGREES
    y = (math.floor(min(lat, 89.999999) / CELL_DEGREES) + 0.5) * CELL_DEGREES
    return round(x, 6), round(y, 6)


def cell_radius_m(lat: float) -> float:
    """Give the distance from the middle of a cell at a latitude to its corners, in metres, up to the next hundred."""
    half = math.radians(CELL_DEGREES / 2) * EARTH_RADIUS_M
    nearest = max(abs(lat) - CELL_DEGREES / 2, 0.0)  # the edge towards the equator is the longer one
    return math.ceil(math.hypot(half, half * math.cos(math.radians(nearest))) / 100) * 100.0


def coarse_shape(shape: shapely.Geometry) -> shapely.Geometry:
    """Move a shape with its middle to the middle of the cell; a circle about a protected place would tell it else."""
    import shapely.affinity

    middle = shape.centroid
    lon, lat = coarse_point(middle.x, middle.y)
    if shape.geom_type == "Point":
        return shapely.Point(lon, lat)
    if shape.geom_type in {"Polygon", "MultiPolygon"}:
        half = CELL_DEGREES / 2
        cell = shapely.box(lon - half, lat - half, lon + half, lat + half)
        return cell if shape.geom_type == "Polygon" else shapely.MultiPolygon([cell])
    return shapely.affinity.translate(shape, lon - middle.x, lat - middle.y)
