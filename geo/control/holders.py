"""Who holds a place from when to when: intervals of the seeds' table, and what articles tell on top of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from geo.model import UNREAL, Article, Basis, Event, HeldPlace, Hold, HoldReport, Location
from geo.temporal.standing import Claim, Standing, standings

STALE_DAYS = 60
"""After so many days without a report who holds a place is told as stale: villages are named once in a month or two."""
UNNAMED = "?"
"""Besieged by a side that the report does not name."""
MOST_PRECISE_M = 3000.0
"""An event that is placed less exactly than this says of no one place who holds it."""
CLAIMED = 0.6
"""What a claim counts for, beside what is told as a fact."""
_LEFT = 0.8
_HIGH, _MEDIUM = 0.85, 0.6
_NO_PLACES = frozenset(
    {"region", "continent", "country", "admin1", "admin2", "sea", "river", "lake", "border", "front", "zone",
     "road", "corridor", "railway", "mountain", "island"}
)  # fmt: skip


def find_holds(
    reports: Sequence[HoldReport],
    places: Mapping[str, HeldPlace],
    events: Iterable[Event] = (),
    articles: Sequence[Article] = (),
) -> tuple[Hold, ...]:
    """Work out who holds which place from when to when.

    Parameters
    ----------
    reports
        Rows of the table of control points.
    places
        The places of these rows, by id.
    events
        Of any type. A capture gives a place to the side that takes it, a withdrawal takes it from the side that leaves,
        a siege marks it until it is broken; those that are not facts change nothing, and claims count for less.
    articles
        Of the events: an undated one counts from the day its article was published.

    Returns
    -------
    tuple of Hold
        By place id, then day. Each rests on a row or a sentence; reports that name another holder stand beside the one
        that leads, by the rules of `geo.temporal.standing`.
    """
    published = {article.id: article for article in articles}
    told = [event for event in events if event.modality not in UNREAL and _place_of(event.location)]
    known = dict(places)
    found = [*reports, *_from_events(told, published)]
    for event in told:
        if event.location and event.location.place_id not in known:
            known[event.location.place_id] = _held_place(event.location)
    by_place: dict[str, list[HoldReport]] = {}
    for report in found:
        by_place.setdefault(report.place_id, []).append(report)
    sieges = _sieges(told, published)
    return tuple(
        hold
        for place_id in sorted(by_place)
        for hold in _holds(known[place_id], by_place[place_id], sieges.get(place_id, ()))
    )


def holders_on(holds: Iterable[Hold], day: date) -> dict[str, Hold]:
    """Give what stands on a day, by place id."""
    return {hold.point.place_id: hold for hold in holds if hold.holds_on(day)}


def _place_of(location: Location | None) -> bool:
    """Whether a location is one place that can be held: no region told relative to it, no road, and known well."""
    return (
        location is not None
        and bool(location.place_id)
        and not location.rule
        and location.kind not in _NO_PLACES
        and location.precision_m <= MOST_PRECISE_M
    )


def _held_place(location: Location) -> HeldPlace:
    return HeldPlace(location.place_id, location.name, location.kind, location.lon, location.lat, location.precision_m)


def _from_events(events: Sequence[Event], published: Mapping[str, Article]) -> list[HoldReport]:
    found = []
    for event in events:
        side = next((actor.side for actor in event.actors if actor.role == "initiator" and actor.side), "")
        days = _days(event, published)
        if event.type not in ("capture", "withdrawal") or not side or days is None or event.location is None:
            continue
        if event.modality == "ongoing" and event.type == "capture":
            continue  # being taken is not taken
        confidence = event.confidence * (CLAIMED if event.modality == "claimed" else 1.0)
        holder = side if event.type == "capture" else ""
        found.append(
            HoldReport(
                place_id=event.location.place_id,
                holder=holder,
                first=days[0],
                latest=days[1],
                last=None,
                seen=days[1],
                confidence=round(confidence * (1.0 if holder else _LEFT), 3),
                certainty=certainty_of(confidence),
                basis=event_basis(event, published),
            )
        )
    return found


def certainty_of(confidence: float) -> str:
    """Give the word for a confidence, one of `geo.model.CERTAINTIES`."""
    return "high" if confidence >= _HIGH else "medium" if confidence >= _MEDIUM else "low"


def event_basis(event: Event, published: Mapping[str, Article]) -> Basis:
    """Give the sentence that an event rests on."""
    article = published.get(event.article)
    return Basis(
        event.article,
        article.source if article else "",
        event.quote,
        event.quote_start,
        event.quote_end,
        article.published if article else None,
        event.id,
    )


def _days(event: Event, published: Mapping[str, Article]) -> tuple[date, date] | None:
    """Give the first and the last day on which it may have been."""
    when = event.when
    if when and (when.first or when.last):
        first = when.first or when.last
        last = when.last or when.first
        return (first, last) if first and last else None
    article = published.get(event.article)
    return (article.published, article.published) if article and article.published else None


def _sieges(events: Sequence[Event], published: Mapping[str, Article]) -> dict[str, tuple[tuple[date, str], ...]]:
    """Give the days on which a siege of a place begins (with the side that lays it) or ends (with nobody)."""
    turns: dict[str, set[tuple[date, str]]] = {}
    for event in events:
        days = _days(event, published)
        if event.type not in ("siege_imposed", "siege_broken") or days is None or event.location is None:
            continue
        side = next((actor.side for actor in event.actors if actor.role == "initiator" and actor.side), UNNAMED)
        by = side if event.type == "siege_imposed" else ""
        turns.setdefault(event.location.place_id, set()).add((days[0], by))
    return {place_id: tuple(sorted(found)) for place_id, found in turns.items()}


def _holds(point: HeldPlace, reports: Sequence[HoldReport], sieges: Sequence[tuple[date, str]]) -> list[Hold]:
    claims = [
        Claim(
            value=(report.holder,),
            first=report.first,
            latest=report.latest,
            last=report.last,
            seen=report.seen,
            confidence=report.confidence,
            item=report,
            quoted=bool(report.basis.event),
        )
        for report in reports
    ]
    found = []
    for standing in standings(claims, stale_days=STALE_DAYS):
        found += [_hold(point, part, by) for part, by in _besieged(standing, sieges)]
    return found


def _hold(point: HeldPlace, standing: Standing, besieged_by: str) -> Hold:
    leading: HoldReport = standing.leading.item
    return Hold(
        point=point,
        holder=leading.holder,
        first=standing.first,
        last=standing.last,
        leading=leading,
        agreeing=tuple(claim.item for claim in standing.agreeing),
        differing=tuple(claim.item for claim in standing.differing),
        stale=standing.stale,
        besieged_by=besieged_by if besieged_by != leading.holder else "",
    )


def _besieged(standing: Standing, sieges: Sequence[tuple[date, str]]) -> list[tuple[Standing, str]]:
    """Cut an interval where a siege begins or ends within it."""
    from dataclasses import replace
    from datetime import timedelta

    inside = [turn for turn in sieges if standing.holds_on(turn[0]) and turn[0] > standing.first]
    before = [by for day, by in sieges if day <= standing.first]
    parts, by, first = [], before[-1] if before else "", standing.first
    for day, next_by in inside:
        if day > first:
            parts.append((replace(standing, first=first, last=day - timedelta(days=1)), by))
        first, by = day, next_by
    return [*parts, (replace(standing, first=first), by)]
