"""Rows of the UCDP Georeferenced Event Dataset (GED) as events.

Source of the rules: Högbladh, UCDP GED Codebook (Uppsala University), sections on type_of_violence, where_prec,
date_prec, event_clarity and the estimates of deaths. Data licence CC BY 4.0: whoever shows it names UCDP.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from geo.events.crosswalk import from_ucdp
from geo.exchange.cells import CellError, Cells, count, day, fail, names_of, need, plain_code, point, read_day
from geo.exchange.line import Line, figures, tidy_line
from geo.exchange.places import radius_of, told_precision
from geo.ids import content_id
from geo.temporal.edtf import edtf_of

TITLE = "UCDP GED"
_OUTSIDE_BRACKETS = re.compile(r",\s*(?![^()]*\))")
_LOW_CLARITY = "2"
_VIOLENCE = ("1", "2", "3")


def read_ucdp(cells: Cells) -> Line:
    """Read a row.

    Type, place and time follow the codes of the data set (``geo/data/exchange.toml``): the radius is at least what
    ``where_prec`` leaves open, the time is the interval from ``date_start`` to ``date_end``, both inclusive. Side A is
    written as initiator and side B as target: for state-based and non-state violence (types 1 and 2) that is a place in
    the row and not a statement about who attacked. Known is the first day of a source that is not before the event.

    Raises
    ------
    CellError
        Where a cell cannot be read.
    """
    number = plain_code(need(cells, "id", "Give the row its UCDP id"))
    violence = plain_code(need(cells, "type", "Write 1, 2 or 3"))
    if violence not in _VIOLENCE:
        fail(cells, "type", f"{violence!r} is no type of violence", "Write 1, 2 or 3")
    type_, subtype = from_ucdp(violence)
    first, last, edtf = _time(cells)
    known, doubts = _known(cells, first)
    where = point(cells)
    name = cells.get("place") or cells.get("admin2") or cells.get("admin1") or cells.get("country")
    what, least, kind = told_precision(cells, "ucdp")
    deaths, contradiction = _deaths(cells)
    clarity = plain_code(cells.get("clarity"))
    flags = [
        *contradiction,
        *doubts,
        *(["coded with low clarity: it may sum up several incidents"] if clarity == _LOW_CLARITY else []),
    ]
    return tidy_line(
        {
            "id": content_id("ucdp", number),
            "article": f"ucdp:{number}",
            "source": "; ".join(dict.fromkeys(names_of(cells.get("source") or cells.get("original")))),
            "known": known and known.isoformat(),
            "type": type_,
            "subtype": subtype,
            "start": first.isoformat(),
            "end": last.isoformat(),
            "edtf": edtf,
            "place": name,
            "lon": where and where[0],
            "lat": where and where[1],
            "precision_m": radius_of(name, least, kind) if where else None,
            "rule": f"{TITLE}: {what}" if where else None,
            "actors": [*_sides(cells, "initiator"), *_sides(cells, "target")],
            "modality": "happened",
            "figures": deaths,
            "quote": cells.get("quote") or cells.get("article") or cells.get("where"),
            "confidence": 1.0,
            "flags": flags,
            "row": {column: plain_code(text) for column, text in cells.others.items()},
        }
    )


def _time(cells: Cells) -> tuple[date, date, str]:
    do = "Write the day as YYYY-MM-DD"
    need(cells, "start", do)
    first = day(cells, "start")
    last = day(cells, "end") or first
    if first is None or last is None:
        fail(cells, "start", "the cell is empty", do)
    if last < first:
        fail(cells, "end", f"{last} is before {first}", "Mend one of the two days")
    vague = first == last and plain_code(cells.get("date_code")) not in ("", "1")
    return first, last, edtf_of(first, last, approximate=vague)


def _known(cells: Cells, first: date) -> tuple[date | None, list[str]]:
    """Give the first day of a source, and what is to be said of days before the event, which are slips."""
    days = sorted(_days(cells))
    after = [one for one in days if one >= first]
    if after or not days:
        return (after[0] if after else None), []
    return None, [f"the source is dated {days[-1]}, before the event"]


def _days(cells: Cells) -> Iterator[date]:
    for part in cells.get("known").split(";"):
        try:
            if text := part.strip().strip('"'):
                yield read_day(cells, "known", text)
        except CellError:
            continue  # the day of publication is not worth an event


def _deaths(cells: Cells) -> tuple[dict[str, object], list[str]]:
    best, low, high = (count(cells, field) for field in ("best", "low", "high"))
    civilians = count(cells, "civilians")
    if best is None:
        best = low if low is not None else high
    told = [n for n in (best, low, high) if n is not None]
    if best is None or not any(told):
        return {}, []
    least, most = min(told), max(told)
    words = ", ".join(f"{name} {n}" for name, n in (("best", best), ("low", low), ("high", high)) if n is not None)
    wrong = (low is not None and low > best) or (high is not None and high < best)
    flags = [f"the estimates of deaths contradict each other: {words}"] if wrong else []
    table = figures("killed", best, least, most) | (figures("civilians_killed", civilians) if civilians else {})
    return {**table, "words": words}, flags


def _sides(cells: Cells, field: str) -> list[dict[str, str]]:
    return [{"role": field, "name": name, "side": ""} for name in actor_names(cells.get(field))]


@cache
def actor_names(text: str) -> tuple[str, ...]:
    """Take the parties of a side apart: UCDP joins them by commas ("HTS, Southern Front"), not within brackets."""
    return tuple(name for part in _OUTSIDE_BRACKETS.split(text) if (name := part.strip()))
