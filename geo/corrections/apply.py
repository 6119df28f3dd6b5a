"""Apply corrections at a build: events before anything is derived from them, everything else when it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.corrections.records import GEOMETRY, Correction
from geo.corrections.rows import as_event, completed, dated, same, told_value
from geo.events.incident import make_incident
from geo.layers.frames import make_frame
from geo.layers.incidents import read_report, told_by
from geo.layers.schema import read_schema
from geo.model import Incident

if TYPE_CHECKING:
    import geopandas as gpd

EVENTS = "events"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A correction that was not applied, since what it corrects is not there as it was.

    Attributes
    ----------
    correction
        It stays where it is written.
    what
        What does not fit.
    """

    correction: Correction
    what: str

    @property
    def message(self) -> str:
        """The whole message: file, line, what is wrong, what to do."""
        one = self.correction
        where = f"{one.path}:{one.line}: " if one.path else ""
        return f"{where}{self.what}. Look at it again: change the correction, or take it out."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of corrections.

    Attributes
    ----------
    applied
        Those that hold.
    conflicts
        Those that were not applied.
    """

    applied: tuple[Correction, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """Events as corrected, and what is left to be done when layers are there.

    Attributes
    ----------
    incidents
        The events, corrected.
    outcome
        Of the corrections of events.
    marks
        By id of an event: the properties to set in its feature, ``corrected`` among them.
    rest
        The corrections of other layers.
    """

    incidents: tuple[Incident, ...]
    outcome: Outcome = Outcome()
    marks: Mapping[str, Row] = field(default_factory=dict)
    rest: tuple[Correction, ...] = ()


def correct_incidents(incidents: Sequence[Incident], corrections: Sequence[Correction]) -> Corrected:
    """Correct events, so that sieges, states of routes and areas follow from them as corrected.

    Parameters
    ----------
    incidents
        As merged from the reports; their reports stay as they are.
    corrections
        All of an atlas; those of other layers are kept for `correct_layers`.
    """
    own = [c for c in corrections if c.layer == EVENTS]
    rest = tuple(c for c in corrections if c.layer != EVENTS)
    if not own:
        return Corrected(tuple(incidents), rest=rest)
    rows = [told_by(incident) for incident in incidents]
    placed = {row["id"]: row for row in rows if row[GEOMETRY] is not None}
    whole = {row["id"]: incident for row, incident in zip(rows, incidents, strict=True)}
    state = _State(dict(placed))
    for one in own:
        state.apply(one)
    found, marks = [], {}
    for id, incident in whole.items():
        if id in placed and id not in state.rows:
            continue
        changed = state.changed.get(id)
        if changed:
            incident = replace(incident, event=as_event(incident.event, state.rows[id], changed))
            marks[id] = {k: v for k, v in changed.items() if k != GEOMETRY} | _marked(state.rows[id])
        found.append(incident)
    for id, row in state.rows.items():
        if id not in whole:
            found.append(make_incident([read_report(_as_report(row))]))
            marks[id] = {**({"label": row["label"]} if row["label"] else {}), **_marked(row)}
    return Corrected(tuple(found), state.outcome, marks, rest)


def _marked(row: Row) -> Row:
    return {"corrected": row["corrected"]}


def _as_report(row: Row) -> Row:
    point = row[GEOMETRY]
    words = {"row": None, "when": None, "root": row["article"], "lon": point.x, "lat": point.y}
    return {**row, **{key: words[key] for key in words if not row.get(key)}}


def correct_layers(
    layers: Mapping[str, gpd.GeoDataFrame], corrected: Corrected
) -> tuple[dict[str, gpd.GeoDataFrame], Outcome]:
    """Correct what is drawn, and mark what was corrected.

    Parameters
    ----------
    layers
        As built from the corrected events.
    corrected
        From `correct_incidents`.

    Returns
    -------
    tuple
        The layers, in which ``corrected`` of a feature tells who changed it, when and why, and what was there before;
        and what came of all corrections.
    """
    made = dict(layers)
    outcome = corrected.outcome
    if corrected.marks:
        rows = [{**row, **corrected.marks.get(row["id"], {})} for row in _rows(layers[EVENTS])]
        made[EVENTS] = make_frame(read_schema()[EVENTS], rows)
    for name in dict.fromkeys(one.layer for one in corrected.rest):
        state = _State({row["id"]: row for row in _rows(layers[name])})
        for one in corrected.rest:
            if one.layer == name:
                state.apply(one)
        made[name] = make_frame(read_schema()[name], state.rows.values())
        outcome = Outcome(outcome.applied + state.outcome.applied, outcome.conflicts + state.outcome.conflicts)
    return made, outcome


def _rows(frame: gpd.GeoDataFrame) -> Iterable[Row]:
    shapes = frame.geometry.tolist()
    for row, shape in zip(frame.drop(columns=frame.geometry.name).to_dict("records"), shapes, strict=True):
        yield {**{str(key): value for key, value in row.items()}, GEOMETRY: shape}


class _State:
    """The rows of a layer while corrections are applied to them, one after the other."""

    def __init__(self, rows: dict[str, Row]) -> None:
        self.built, self.rows = dict(rows), rows
        self.changed: dict[str, Row] = {}
        self.applied: list[Correction] = []
        self.conflicts: list[Conflict] = []

    @property
    def outcome(self) -> Outcome:
        return Outcome(tuple(self.applied), tuple(self.conflicts))

    def apply(self, one: Correction) -> None:
        if one.action == "add":
            self._add(one)
            return
        id = self._find(one)
        if isinstance(id, Conflict):
            self.conflicts.append(id)
            return
        wrong = self._differing(one, id)
        if wrong:
            self.conflicts.append(Conflict(one, wrong))
        elif one.action == "delete":
            del self.rows[id]
            self.changed.pop(id, None)
            self.applied.append(one)
        else:
            now = dated(one.now, self.rows[id])
            self.changed[id] = {**self.changed.get(id, {}), **now}
            self.rows[id] = {**self.rows[id], **now, "corrected": _mark(one, self.built[id])}
            self.applied.append(one)

    def _add(self, one: Correction) -> None:
        if one.feature in self.rows:
            self.conflicts.append(Conflict(one, f"the feature {one.feature} is there already"))
            return
        self.rows[one.feature] = {**completed(one), "corrected": _mark(one, None)}
        self.applied.append(one)

    def _find(self, one: Correction) -> str | Conflict:
        """Find the feature of a correction, by its id or, where the reading changed it, by what it rests on."""
        if one.feature in self.rows:
            return one.feature
        if one.feature in self.built:
            return Conflict(one, f"the feature {one.feature} was deleted by an earlier correction")
        like = [row for row in self.rows.values() if all(str(row.get(k) or "") == v for k, v in one.rests_on.items())]
        if one.rests_on and len(like) == 1:
            return str(like[0]["id"])
        article = one.rests_on.get("article", "")
        there = any(row["article"] == article for row in self.rows.values())
        why = "its article has changed" if there else "nothing rests on its article any more"
        return Conflict(one, f"the {one.layer} feature {one.feature} ({_naming(one)}) is not built any more: {why}")

    def _differing(self, one: Correction, id: str) -> str:
        """Say which value is neither as it was when somebody corrected it, nor as another correction left it."""
        if one.action == "delete" and id == one.feature:
            return ""
        row, built = self.rows[id], self.built[id]
        for name, was in one.was.items():
            pairs = ((was, row.get(name)), (was, built.get(name)), (one.now.get(name), built.get(name)))
            if not any(same(a, b) for a, b in pairs):
                told, before = told_value(built.get(name)), told_value(was)
                what = f"{name} of the {one.layer} feature {id} is {told} now"
                return f"{what}, and was {before} when {one.who} corrected it"
        return ""


def _naming(one: Correction) -> str:
    names = (one.rests_on.get(key, "") for key in ("label", "name", "place", "route", "type", "state"))
    return next((name for name in names if name), one.rests_on.get("quote", "")[:60])


def _mark(one: Correction, built: Row | None) -> Row:
    """Tell who changed a feature, when and why, and what was there before, as JSON can hold it."""
    before = {name: told_value(built.get(name), plain=True) for name in one.now} if built else None
    return {"who": one.who, "when": _iso(one.when), "why": one.why, "action": one.action, "was": before}


def _iso(day: date) -> str:
    return day.isoformat()
