"""What the columns of ACLED mean.

Source of the rules: ACLED Codebook (2023 and after), "Temporal precision" and "Spatial precision", and the columns of
its exports. ACLED's terms of use allow no redistribution of the data.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from geo.events.crosswalk import from_acled
from geo.exchange.cells import Cells, count, day, fail, names_of, need, plain_code, point
from geo.exchange.line import Line, figures, tidy_line
from geo.exchange.places import radius_of, told_precision
from geo.ids import content_id
from geo.temporal.edtf import edtf_of

TITLE = "ACLED"
WEEK, MONTH = "2", "3"
_HALF_WEEK = timedelta(days=3)
_CODES = ("", "1", WEEK, MONTH)
_TAGS = "tags"


def decode(cells: Cells, tags: str) -> Line:
    """Read a row by what its columns mean.

    ``time_precision`` 1 is the day; 2 is a week, of which the day stands in the middle; 3 is the month of the day.
    ``geo_precision`` gives the least radius. ``fatalities`` of 0 tell no figure, since ACLED writes 0 where none are
    reported. The actors' associates act with them.

    Parameters
    ----------
    cells
        Of an export of any year.
    tags
        Its tags, without those that are ours.

    Raises
    ------
    CellError
        Where a cell cannot be read.
    """
    number = plain_code(need(cells, "id", "Give the row its event_id_cnty"))
    if not cells.get("event_type"):
        need(cells, "type", "Write the sub-event type of the ACLED codebook")
    type_, subtype = _our_type(cells.get("event_type"), cells.get("type"))
    first, last, edtf = _time(cells)
    where, name = point(cells), cells.get("place")
    what, least, _ = told_precision(cells, "acled")
    killed = count(cells, "killed")
    known = _known(cells)
    others = {column: text for column, text in cells.others.items() if text}
    return tidy_line(
        {
            "id": content_id("acled", number),
            "article": f"acled:{number}",
            "source": cells.get("source"),
            "known": known and known.isoformat(),
            "type": type_,
            "subtype": subtype,
            "start": first and first.isoformat(),
            "end": last and last.isoformat(),
            "edtf": edtf,
            "place": name,
            "lon": where and where[0],
            "lat": where and where[1],
            "precision_m": radius_of(name, least) if where else None,
            "rule": f"{TITLE}: {what}" if where else None,
            "actors": _actors(cells),
            "modality": "happened",
            "figures": {**figures("killed", killed), "words": f"fatalities {killed}"} if killed else {},
            "quote": cells.get("quote"),
            "confidence": 1.0,
            "row": {**others, **({_TAGS: tags} if tags else {})},
        }
    )


@lru_cache
def _our_type(event_type: str, sub_event_type: str) -> tuple[str, str]:
    return from_acled(event_type, sub_event_type)


def _time(cells: Cells) -> tuple[date | None, date | None, str | None]:
    told, code = day(cells, "date"), plain_code(cells.get("date_code"))
    if code not in _CODES:
        fail(cells, "date_code", f"{code!r} is no code of precision", "Write 1, 2 or 3")
    return span_of(told, code)


def span_of(told: date | None, code: str) -> tuple[date | None, date | None, str | None]:
    """Give first day, last day and EDTF of a day and its ``time_precision``; all None without a day."""
    if told is None:
        return None, None, None
    if code == WEEK:
        first, last = told - _HALF_WEEK, told + _HALF_WEEK
        return first, last, edtf_of(first, last, approximate=True)
    if code == MONTH:
        first = told.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return first, last, edtf_of(first, last, unit="month")
    return told, told, edtf_of(told, told)


def _known(cells: Cells) -> date | None:
    """Give the day of ``timestamp``, seconds since 1970 (UTC), on which ACLED published the row."""
    text = plain_code(cells.get("known"))
    if not text:
        return None
    if not text.isascii() or not text.lstrip("-").isdigit():
        return day(cells, "known")
    try:
        return datetime.fromtimestamp(int(text), UTC).date()
    except (ValueError, OverflowError, OSError):
        fail(cells, "known", f"{text!r} is no time", "Write seconds since 1970, or leave the cell empty")


def _actors(cells: Cells) -> list[dict[str, str]]:
    return [
        {"role": role, "name": name, "side": ""}
        for role, field, more in (("initiator", "initiator", "initiators"), ("target", "target", "targets"))
        for name in (cells.get(field), *names_of(cells.get(more)))
        if name
    ]
