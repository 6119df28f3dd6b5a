"""Read what the seeds say of routes: what they join, and ``seeds/route_states.csv``, one interval a row."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from geo.errors import SeedError
from geo.model import NOT_SECURE, STATES, Article, Route, RouteReport
from geo.temporal.rows import DatedRow, Problems, file_article, read_rows, read_text

ROUTE_STATES = "route_states.csv"
NEEDED = ("route", "state", "holder")
OPTIONAL = ("between", "and", "flags")
COLUMNS = ("route", "between", "and", "state", "holder", "from", "to", "as_of", "certainty", "source", "flags")
FLAGS = (NOT_SECURE,)


def with_links(routes: Sequence[Route], path: Path) -> tuple[Route, ...]:
    """Give routes with what they join.

    Parameters
    ----------
    routes
        Of the gazetteer of the atlas.
    path
        ``seeds/gazetteer/routes.geojson``; each feature may have ``links``, the ids of the places that it joins in the
        order of its course, and ``part_of``, the id of the route that it is a part of.

    Raises
    ------
    SeedError
        Where one of these is not right.
    """
    if not path.is_file():
        return tuple(routes)
    told: dict[str, Mapping[str, Any]] = {
        str(feature["properties"]["id"]): feature["properties"]
        for feature in json.loads(path.read_text(encoding="utf-8-sig"))["features"]
    }
    known = {route.id for route in routes}
    return tuple(_with_links(route, told.get(route.id, {}), known, path) for route in routes)


def _with_links(route: Route, properties: Mapping[str, Any], known: Collection[str], path: Path) -> Route:
    links, part_of = properties.get("links") or [], properties.get("part_of") or ""
    if not isinstance(links, list) or not all(isinstance(one, str) for one in links):
        what = f"route {route.id!r}: links {links!r} is not a list of ids"
        raise SeedError(what, do='Write "links": ["azaz", "bab_salam"], in the order of the course', path=path)
    if len(set(links)) < len(links):
        twice = next(one for one in links if links.count(one) > 1)
        raise SeedError(f"route {route.id!r}: links names {twice!r} twice", do="Name each place once", path=path)
    if part_of and part_of not in known:
        what = f"route {route.id!r}: part_of {part_of!r} is no route of this file"
        raise SeedError(what, do="Write the id of the route that it is a part of", path=path)
    return replace(route, links=tuple(links), part_of=part_of)


def read_route_states(
    path: Path, routes: Sequence[Route], *, sides: Collection[str] = ()
) -> tuple[tuple[RouteReport, ...], Article | None]:
    """Read the table of the states of routes.

    Parameters
    ----------
    path
        ``seeds/route_states.csv``; nothing is read where there is no such file.
    routes
        With their links.
    sides
        Ids of the sides that may hold a route; any if empty.

    Returns
    -------
    tuple
        The reports in the order of the file, and the file as an article, None where there is none.

    Raises
    ------
    SeedError
        That tells every wrong row with its line.
    """
    if not path.is_file():
        return (), None
    text, problems = read_text(path), Problems(path)
    known = {route.id: route for route in routes}
    rows = read_rows(text, problems, needed=NEEDED, optional=OPTIONAL)
    reports = [_report(row) for row in rows if _is_right(row, known, sides, problems)]
    problems.raise_any()
    return tuple(reports), file_article(path, text)


def _report(row: DatedRow) -> RouteReport:
    cells = row.cells
    between, and_ = cells.get("between", ""), cells.get("and", "")
    return RouteReport(
        route=cells["route"],
        section=(between, and_) if between else (),
        state=cells["state"],
        holder=cells["holder"],
        first=row.first,
        latest=row.first,
        last=row.last,
        seen=row.seen,
        confidence=row.confidence,
        certainty=row.certainty,
        basis=row.basis,
        flags=(cells["flags"],) if cells.get("flags") else (),
    )


def _is_right(row: DatedRow, known: Mapping[str, Route], sides: Collection[str], problems: Problems) -> bool:
    cells, before = row.cells, len(problems.found)
    name, state, holder, flag = cells["route"], cells["state"], cells["holder"], cells.get("flags", "")
    if name not in known:
        near = get_close_matches(name, known, n=1)
        do = f"Perhaps {near[0]!r} is meant" if near else "Add it to seeds/gazetteer/routes.geojson"
        problems.add(row.line, f"route {name!r} is not in seeds/gazetteer/routes.geojson", do)
    else:
        _check_section(row, known[name], problems)
    if state not in STATES:
        problems.add(row.line, f"state = {state!r} is not known here", f"Use one of {', '.join(STATES)}")
    if holder and sides and holder not in sides:
        do = f"Use one of {', '.join(sorted(sides))}, or add the side to seeds/actors.toml"
        problems.add(row.line, f"holder {holder!r} is no side of this atlas", do)
    if not holder and state == "fire_control":
        problems.add(row.line, "holder is empty", "Name the side whose fire covers the route")
    if flag and flag not in FLAGS:
        problems.add(row.line, f"flags = {flag!r} is not known here", f"Leave it empty, or write {', '.join(FLAGS)}")
    return len(problems.found) == before


def _check_section(row: DatedRow, route: Route, problems: Problems) -> None:
    ends = (row.cells.get("between", ""), row.cells.get("and", ""))
    if not any(ends):
        return
    for end in ends:
        if end not in route.links:
            do = f"Use two of its links: {', '.join(route.links)}" if route.links else "Give the route links first"
            problems.add(row.line, f"{route.id} does not link {end!r}", do)
            return
    if ends[0] == ends[1]:
        problems.add(row.line, f"between and and are both {ends[0]!r}", "Name the two ends of the stretch")
