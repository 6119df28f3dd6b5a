"""The states of a route over time, from what articles and the rows of the seeds say of it, side by side."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo.events.basis import certainty_of, event_basis, event_days
from geo.model import NOT_SECURE, UNREAL, Article, Event, Records, Route, RouteReport, RouteState
from geo.temporal.standing import ONE_DAY, Claim, Standing, standings

STALE_DAYS = 30
"""After so many days without a report the state of a road is told as stale: at a front roads change within weeks."""
CLAIMED = 0.6
"""What a claim counts for, beside what is told as a fact."""

# What an event does to the route it names. Taking a road closes it to the other side until it is reported open.
_STATES = {"route_opened": "open", "route_closed": "cut", "capture": "closed"}
_UNDER_FIRE = ("fire control", "under fire", "by fire", "within range")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a route of which the same reports speak from end to end.

    Attributes
    ----------
    route
        Id of the route.
    section
        Ids of the places at its ends; empty for the whole route.
    standings
        What stands when.
    """

    route: str
    section: tuple[str, str] | tuple[()]
    standings: tuple[Standing, ...]

    def on(self, day: date) -> Standing | None:
        """Give what stands on a day; None where no report speaks of it."""
        return next((one for one in self.standings if one.holds_on(day)), None)

    def since(self, standing: Standing) -> date:
        """Give the first day since which what stands has stood without a break, by whatever report and however old."""
        first = standing.first
        for before in sorted(self.standings, key=lambda one: one.first, reverse=True):
            if before.last == first - ONE_DAY and before.leading.value == standing.leading.value:
                first = before.first
        return first

    def covers(self, links: Sequence[str], ends: Sequence[str]) -> bool:
        """Tell whether the way between two links of its route lies within it."""
        if not self.section:
            return True
        first, last = sorted(links.index(end) for end in self.section)
        return first <= links.index(ends[0]) and links.index(ends[1]) <= last


def derive_states(
    events: Iterable[Event], articles: Sequence[Article], routes: Sequence[Route], rows: Sequence[RouteReport] = ()
) -> tuple[RouteState, ...]:
    """Derive the states of routes from events and from the rows of the seeds.

    Parameters
    ----------
    events
        Events of every type; those that are not facts change nothing.
    articles
        Their articles: an undated event counts from the day its article was published.
    routes
        The routes of the atlas.
    rows
        What ``seeds/route_states.csv`` says.

    Returns
    -------
    tuple of RouteState
        By route, stretch, then first day; one for each report and how it stands: one that leads, others that agree with
        it or differ from it. A state that tells no end lasts until the day before the next report, both inclusive; the
        last one is open. What is told of a whole route whose parts have states of their own agrees with or differs from
        these.
    """
    whole = {part.part_of for part in routes if part.part_of}
    found: dict[str, list[RouteState]] = {}
    for stretch in stretches(events, articles, routes, rows):
        found.setdefault(stretch.route, []).extend(_states_of(stretch))
    for route in sorted(whole & set(found)):
        parts = [s for part in routes if part.part_of == route for s in found.get(part.id, ())]
        found[route] = [piece for state in found[route] for piece in _beside_parts(state, parts)]
    return tuple(state for route in sorted(found) for state in found[route])


def stretches(
    events: Iterable[Event], articles: Sequence[Article], routes: Sequence[Route], rows: Sequence[RouteReport] = ()
) -> tuple[Stretch, ...]:
    """Give each stretch of each route with what stands on it when; see `derive_states`."""
    told = [*rows, *event_reports(events, articles, routes)]
    by_route: dict[str, list[RouteReport]] = {}
    for report in told:
        by_route.setdefault(report.route, []).append(report)
    known = {route.id: route for route in routes}
    return tuple(
        Stretch(name, section, standings([_claim(r) for r in reports], stale_days=STALE_DAYS))
        for name in sorted(by_route)
        for section, reports in _sections(known.get(name), by_route[name])
    )


def stretches_of(records: Records) -> tuple[Stretch, ...]:
    """Give the stretches of the routes of an atlas, from all that was read of it."""
    facts = [incident.event for incident in records.incidents] or list(records.events)
    return stretches(facts, (*records.reports, *records.articles), records.routes, records.route_reports)


def event_reports(
    events: Iterable[Event], articles: Sequence[Article], routes: Sequence[Route]
) -> tuple[RouteReport, ...]:
    """Give what events say of routes, in order of days; a road that is fought over stays with who held it."""
    published = {a.id: a for a in articles}
    by_place = {f"atlas:{r.id}": r.id for r in routes}
    found = []
    for event in events:
        route = by_place.get(event.location.place_id) if event.location else None
        report = _report(route, event, published) if route else None
        if report is not None:
            found.append(report)
    held: dict[str, str] = {}
    result = []
    for report in sorted(found, key=lambda r: r.first):
        if report.state == "contested" and held.get(report.route):
            report = replace(report, holder=held[report.route])
        held[report.route] = report.holder
        result.append(report)
    return tuple(result)


def _report(route: str, event: Event, published: Mapping[str, Article]) -> RouteReport | None:
    days = event_days(event, published)
    if event.type not in _STATES or event.modality in UNREAL or days is None:
        return None
    state = _STATES[event.type]
    if event.modality == "ongoing" and state != "open":
        state = "contested"
    elif state == "cut" and any(words in event.quote for words in _UNDER_FIRE):
        state = "fire_control"
    confidence = round(event.confidence * (CLAIMED if event.modality == "claimed" else 1.0), 3)
    return RouteReport(
        route=route,
        section=(),
        state=state,
        holder=next((a.side for a in event.actors if a.role == "initiator" and a.side), ""),
        first=days[0],
        latest=days[1],
        last=None,
        seen=days[1],
        confidence=confidence,
        certainty=certainty_of(confidence),
        basis=event_basis(event, published),
        flags=event.flags,
    )


def _claim(report: RouteReport) -> Claim:
    return Claim(
        value=(report.state, report.holder),
        first=report.first,
        latest=report.latest,
        last=report.last,
        seen=report.seen,
        confidence=report.confidence,
        item=report,
        quoted=bool(report.basis.event),
    )


def _sections(
    route: Route | None, reports: Sequence[RouteReport]
) -> Iterator[tuple[tuple[str, str] | tuple[()], list[RouteReport]]]:
    """Cut a route where the reports that speak of it change."""
    links = route.links if route else ()
    if not any(report.section for report in reports):
        yield (), list(reports)
        return
    spans = [(min(ends), max(ends)) for r in reports for ends in [_ends(r, links)]]
    start = 0
    for at in range(1, len(links)):
        covering = [k for k, (a, b) in enumerate(spans) if a <= at - 1 and at <= b]
        following = [k for k, (a, b) in enumerate(spans) if a <= at and at + 1 <= b] if at + 1 < len(links) else None
        if covering != following:
            if covering:
                whole = start == 0 and at == len(links) - 1
                yield (() if whole else (links[start], links[at])), [reports[k] for k in covering]
            start = at


def _ends(report: RouteReport, links: Sequence[str]) -> tuple[int, int]:
    if not report.section:
        return 0, len(links) - 1
    return links.index(report.section[0]), links.index(report.section[1])


def _states_of(stretch: Stretch) -> list[RouteState]:
    """Give each report of a stretch with how it stands, joined over the days where that is the same."""
    found: list[RouteState] = []
    for standing in stretch.standings:
        sides = [("leads", standing.leading)]
        sides += [("agrees", claim) for claim in standing.agreeing]
        sides += [("differs", claim) for claim in standing.differing]
        for how, claim in sides:
            state = _state(stretch, standing, claim, how)
            before = next((n for n, s in enumerate(found) if _goes_on(s, state)), None)
            if before is None:
                found.append(state)
            else:
                stale_from = found[before].stale_from or state.stale_from
                found[before] = replace(found[before], last=state.last, stale_from=stale_from)
    return sorted(found, key=lambda s: (s.first, s.standing != "leads"))


def _state(stretch: Stretch, standing: Standing, claim: Claim, how: str) -> RouteState:
    report: RouteReport = claim.item
    return RouteState(
        route=stretch.route,
        state=report.state,
        holder=report.holder,
        first=standing.first,
        last=standing.last,
        event=report.basis.event,
        section=stretch.section,
        standing=how,
        stale_from=standing.first if standing.stale and how == "leads" else None,
        report=report,
    )


def _goes_on(before: RouteState, state: RouteState) -> bool:
    return (
        before.last is not None
        and before.last + ONE_DAY == state.first
        and (before.report, before.standing) == (state.report, state.standing)
    )


def _beside_parts(state: RouteState, parts: Sequence[RouteState]) -> Iterator[RouteState]:
    """Say of a state of a whole route, day by day, whether a part of it is so too."""
    leading = [part for part in parts if part.standing == "leads"]
    later = [part.first for part in leading if state.report and part.first > state.report.seen]
    if later and state.report and state.report.last is None:  # what is told of a part is a later report of the whole
        end = min(later) - ONE_DAY
        if end < state.first:
            return
        state = replace(state, last=end if state.last is None else min(end, state.last))
    days = {state.first}
    for part in leading:
        days |= {part.first} | ({part.last + ONE_DAY} if part.last else set())
    turns = sorted(d for d in days if state.first <= d and (state.last is None or d <= state.last))
    pieces: list[RouteState] = []
    for first, after in zip(turns, [*turns, None][1:], strict=True):
        now = [part for part in leading if part.first <= first and (part.last is None or first <= part.last)]
        same = any((part.state, part.holder) == (state.state, state.holder) for part in now)
        how = state.standing if not now else "agrees" if same else "differs"
        last = after - ONE_DAY if after else state.last
        stale_from = state.stale_from
        if stale_from:
            stale_from = max(stale_from, first) if last is None or stale_from <= last else None
        piece = replace(state, first=first, last=last, standing=how, stale_from=stale_from)
        if pieces and _goes_on(pieces[-1], piece):
            pieces[-1] = replace(pieces[-1], last=piece.last, stale_from=pieces[-1].stale_from or piece.stale_from)
        else:
            pieces.append(piece)
    yield from pieces


def is_secure(standing: Standing) -> bool:
    """Tell whether none of the reports that lead or agree calls the way unsafe."""
    return all(NOT_SECURE not in claim.item.flags for claim in (standing.leading, *standing.agreeing))
