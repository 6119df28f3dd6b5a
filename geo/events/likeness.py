"""How much speaks for two tellings of different articles being of one event, in bits."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from geo.crs import distance_m
from geo.data import read_toml
from geo.events.same import one_side
from geo.events.taxonomy import event_types, with_trait
from geo.model import Actor, Event, Figure, Location, When

_WORD = re.compile(r"[^\W\d_]{4,}|\d+")
_AHEAD = frozenset(["planned", "proposed", "threatened"])
_NAME_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Telling:
    """An event of one article with what is compared again and again.

    Attributes
    ----------
    event
        The event.
    within
        What never tells one event twice: its article, or the data set of its row.
    known
        Publication day, None if unknown.
    span
        First and last day, both inclusive; None where it is not dated, or open at one end.
    words
        Beginnings of the words of the quote, without common ones and those of the place's name.
    said, place
        Beginnings of all words of the quote, and of those of the place's name.
    """

    event: Event
    within: str
    known: date | None
    span: tuple[date, date] | None
    words: frozenset[str]
    said: frozenset[str]
    place: frozenset[str]


def make_telling(event: Event, known: date | None) -> Telling:
    """Prepare an event of an article that was published on a day for comparison."""
    imported = event.quote_start < 0  # an article-less row: "data set:row", and a data set tells each event once
    within = event.article.partition(":")[0] if imported else event.article
    said, place = _stems(event.quote), _stems(event.location.name if event.location else "")
    return Telling(event, within, known, _span(event), said - place - _common(), said, place)


def _span(event: Event) -> tuple[date, date] | None:
    when = event.when
    if when is None or when.first is None:
        return None
    if when.last is None:  # "besieged since Tuesday": it was laid on Tuesday
        return (when.first, when.first) if event.type in with_trait("one_off") else None
    return when.first, when.last


def _stems(text: str) -> frozenset[str]:
    size = _rules("words")["stem"]
    return frozenset(w[:size] for w in _WORD.findall(text.casefold()))


@cache
def _common() -> frozenset[str]:
    return _stems(" ".join(_rules("words")["common"]))


def _rules(table: str) -> Mapping[str, Any]:
    return read_toml("merging.toml")[table]  # type: ignore[no-any-return]  # a table of TOML


def days_of(telling: Telling) -> Iterable[date]:
    """Give the days under which an event is looked up: two that share none are not compared."""
    time = _rules("time")
    if telling.span is not None:
        first, last, pad = *telling.span, time["gap_days_once"]
    elif telling.known is not None:
        first, last, pad = telling.known, telling.known, time["undated_days"]
    else:
        return ()
    if (last - first).days >= time["longest_days"]:
        return ()
    return (first + timedelta(days=n) for n in range(-pad, (last - first).days + pad + 1))


def kinship(kind: str) -> str:
    """Give what types share of which two reports may tell one event: attacks and their tolls; else the type itself."""
    return "attack" if event_types()[kind].family in ("attack", "casualties") else kind


def evidence(a: Telling, b: Telling) -> dict[str, float] | None:
    """Weigh what two tellings have in common.

    Parameters
    ----------
    a, b
        Of different articles; the order does not matter.

    Returns
    -------
    dict of str to float or None
        Bits by what was compared, those that either leaves open left out; their sum is the weight of Fellegi and Sunter
        (1969). None where they cannot be one event: another kind of event, too far apart in time or space, not placed,
        or of one article or data set.
    """
    if a.within == b.within or kinship(a.event.type) != kinship(b.event.type):
        return None
    time, place = _time(a, b), _place(a, b)
    if time is None or place is None:
        return None
    bits = {"type": _type(a.event.type, b.event.type), "time": time, "place": place}
    for role, share in (("initiator", 1.0), ("target", _rules("actor")["target"])):
        bits[role] = share * _actors(*(tuple(x for x in t.event.actors if x.role == role) for t in (a, b)))
    one, other = ({f.kind: f for f in reversed(t.event.figures)} for t in (a, b))
    for kind in sorted(one.keys() & other.keys()):
        bits[kind] = _figure(one[kind], other[kind], rises=_rises(a, b, kind))
    bits["words"], bits["modality"] = _overlap(a.words, b.words), _modality(a.event, b.event)
    return {what: round(value, 3) for what, value in bits.items() if value}


def _type(a: str, b: str) -> float:
    rules = _rules("type")
    if a == b:
        return float(rules["same"] + (rules["once"] if a in with_trait("one_off") else 0))
    return float(rules["general"] if {a, b} & set(rules["general_types"]) else rules["weapon"])


def _time(a: Telling, b: Telling) -> float | None:
    rules = _rules("time")
    if a.span is None or b.span is None:
        days = [telling.span or (telling.known, telling.known) for telling in (a, b)]
        if any(day is None for span in days for day in span):
            return None
        width = _width(*days)  # type: ignore[arg-type]  # no day is None
        return math.log2(rules["horizon_days"] / width) + rules["undated"] if width <= rules["undated_days"] else None
    width = _width(a.span, b.span)
    gap = (max(a.span[0], b.span[0]) - min(a.span[1], b.span[1])).days
    once = a.event.type == b.event.type and a.event.type in with_trait("one_off")
    if width > rules["longest_days"] or gap > rules["gap_days_once" if once else "gap_days"]:
        return None
    return float(math.log2(rules["horizon_days"] / width) - rules["per_gap_day"] * max(0, gap))


def _width(a: tuple[date, date], b: tuple[date, date]) -> int:
    return (max(a[1], b[1]) - min(a[0], b[0])).days + 1


def _place(a: Telling, b: Telling) -> float | None:
    one, two = a.event.location, b.event.location
    if one is None or two is None:
        return None
    rules = _rules("place")
    apart, wider = distance_m(one.lon, one.lat, two.lon, two.lat), max(one.precision_m, two.precision_m)
    if apart > max(rules["near_m"], rules["reach"] * wider):
        return None
    if _names_it(a, b) or _names_it(b, a):
        return float(rules["named"])
    bits = 2 * math.log2(rules["horizon_m"] / max(wider, apart, rules["floor_m"]))
    return float(max(rules["least"], min(rules["most"], bits)) + (rules["apart"] if are_apart(one, two) else 0))


def _names_it(wide: Telling, fine: Telling) -> bool:
    """Tell a report that is placed in a city and names the quarter that another one is placed in."""
    widely, finely = wide.event.location, fine.event.location
    if widely is None or finely is None or finely.precision_m >= min(widely.precision_m, _rules("place")["named_m"]):
        return False
    name = fine.place - wide.place
    return bool(name) and name <= wide.said


def are_apart(a: Location, b: Location) -> bool:
    """Tell two places neither of which lies in the other's radius, and which no gazetteer entry makes one."""
    if a.place_id == b.place_id and a.name == b.name:
        return False
    return distance_m(a.lon, a.lat, b.lon, b.lat) > max(a.precision_m, b.precision_m)


def are_others(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    """Tell actors who cannot be the same: sides or proper names that exclude each other, or an army and rebels."""
    return not one_side(a, b) or _camp(a) | _camp(b) == {"state", "armed"}


def _camp(actors: Sequence[Actor]) -> frozenset[str]:
    """Tell whether the actors without a side are called a state's or against one; nothing where both are."""
    heads = {w.casefold().removesuffix("s") for x in actors if not x.side for w in x.name.split()}
    camps = [camp for camp in ("state", "armed") if heads & set(_rules("actor")[camp])]
    return frozenset(camps if len(camps) == 1 else ())


def _actors(a: Sequence[Actor], b: Sequence[Actor]) -> float:
    if not a or not b:
        return 0.0
    rules = _rules("actor")
    if are_others(a, b):
        return float(rules["other"])
    if {x.side for x in a if x.side} & {x.side for x in b if x.side} or _names(a) & _names(b):
        return float(rules["same"])
    return float(rules["alike"] if {x.name.casefold() for x in a} & {x.name.casefold() for x in b} else 0)


def _names(actors: Sequence[Actor]) -> set[str]:
    """Give the beginnings of proper names, and acronyms: "Estvari jets" and "Estvar" begin alike, "U.N." is "UN"."""
    told = {w.replace(".", "") for x in actors for w in x.name.split() if w[:1].isupper()}
    return {w[:_NAME_LETTERS].casefold() for w in told if len(w) >= _NAME_LETTERS or (w.isupper() and len(w) > 1)}


def _rises(a: Telling, b: Telling, kind: str) -> bool:
    """Tell whether the report that was published later has the greater number."""
    if a.known is None or b.known is None or a.known == b.known:
        return False
    first, last = (next(f.stated for f in t.event.figures if f.kind == kind) for t in sorted((a, b), key=_published))
    return last > first


def _published(telling: Telling) -> date:
    return telling.known or date.max


def _figure(a: Figure, b: Figure, *, rises: bool) -> float:
    rules = _rules("figure")
    low, high = sorted(max(1, f.stated) for f in (a, b))
    if low > rules["largest"]:
        return 0.0
    if a.stated == b.stated:
        return float(min(rules["same_most"], rules["same_least"] + math.log2(high + 1)))
    if high - low <= 2 or high <= low * 4 / 3:
        return float(rules["near"])
    return float((rules["farthest"] if high > low * 2.5 else rules["far"]) * (rules["rising"] if rises else 1.0))


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    rules = _rules("words")
    fewer = min(len(a), len(b))
    if fewer < rules["least_words"]:
        return 0.0
    return next(float(bits) for share, bits in rules["steps"] if len(a & b) / fewer >= share)


def _modality(a: Event, b: Event) -> float:
    rules = _rules("modality")
    if (a.modality == "denied") != (b.modality == "denied"):
        return float(rules["denied"])
    return float(rules["ahead"] if (a.modality in _AHEAD) != (b.modality in _AHEAD) else 0)


def share_a_day(a: When | None, b: When | None) -> bool:
    """Tell whether two times may share a day; an open end and a time that is not known share any."""
    if a is None or b is None:
        return True
    late = a.last is None or b.first is None or b.first <= a.last
    return late and (b.last is None or a.first is None or a.first <= b.last)
