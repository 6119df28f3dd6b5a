"""``sitmap gazetteer``: search, show and check; its other commands have modules of their own."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from geo.cli.importing import import_, list_, remove
from geo.cli.online import online_geocoder, online_options
from geo.cli.options import atlas_option, atlas_required_option, country_option, json_option
from geo.cli.output import note, print_json, print_table
from geo.cli.resolve import answer_row, candidate_line, resolve
from geo.settings import Atlas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.gazetteer import Gazetteer, Hit
    from geo.gazetteer.online import Geocoder
    from geo.model import Place

_FAILURE = 1
_HOW = {"exact": "exact", "spelling": "spelling variant", "one edit": "one letter apart", "similar": "similar"}

EPILOG = """\b
Examples:
  sitmap gazetteer search "Dayr az Zawr"
  sitmap gazetteer search "Umm Sardin" --online nominatim
  sitmap gazetteer show geonames:170063
  sitmap gazetteer check --atlas my-atlas
  sitmap gazetteer import geonames SY,TR
  sitmap gazetteer resolve --online nominatim
"""


@click.group(epilog=EPILOG)
def gazetteer() -> None:
    """Look places up, check an atlas's gazetteer, import others.

    The embedded gazetteer holds countries, regions, subdivisions and towns of the world with 500 inhabitants and more;
    what you import adds to it, and an atlas adds its own entries, which win.
    """


@gazetteer.command(short_help="Find places by name, in any script and spelling.")
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="How many places at most.")
@country_option
@atlas_option
@online_options
@json_option
def search(query: tuple[str, ...], limit: int, countries: tuple[str, ...], atlas: Atlas | None, as_json: bool) -> None:
    """Find places by a name, in any script and spelling, the best first."""
    from geo.gazetteer import open_gazetteer

    text = " ".join(query)
    if not text.strip():
        raise click.UsageError("The name is empty. Write the one that you look for.")
    opened = open_gazetteer(atlas, countries=countries, notify=note)
    with online_geocoder(atlas, opened.theatre) as geocoder:
        _show_hits(text, opened.search(text, limit=limit), as_json=as_json)
        if geocoder is not None:
            _show_answers(text, geocoder, as_json=as_json)


def _show_hits(text: str, hits: Sequence[Hit], *, as_json: bool) -> None:
    if as_json:
        for hit in hits:
            print_json({**asdict(hit.place), "score": hit.score, "how": hit.how})
        return
    if not hits:
        note(f"No place is called {text!r} or anything like it.")
        return
    rows = [
        (
            _HOW[hit.how],
            hit.place.name,
            hit.place.name_ar,
            hit.place.kind,
            _where(hit.place),
            _point(hit.place),
            hit.place.id,
        )
        for hit in hits
    ]
    print_table(("match", "name", "Arabic", "kind", "in", "lon, lat", "id"), rows)


def _show_answers(text: str, geocoder: Geocoder, *, as_json: bool) -> None:
    from geo.gazetteer.online import judge
    from geo.toponyms.online import outcome

    finding = geocoder.look_up(text)
    verdict = judge(text, finding.answers, theatre=geocoder.theatre)
    geocoder.tally[outcome(finding, verdict)] += 1
    if as_json:
        for candidate in verdict.candidates:
            print_json({**candidate_line(candidate, taken=candidate is verdict.chosen), "how": geocoder.service.name})
    elif verdict.candidates:
        rows = [answer_row(c, taken=c is verdict.chosen) for c in verdict.candidates]
        print_table((geocoder.service.name, "name", "kind", "in", "lon, lat", "within", "id"), rows)


@gazetteer.command(short_help="Show all that is known of a place.")
@click.argument("id")
@atlas_option
@json_option
def show(id: str, atlas: Atlas | None, as_json: bool) -> None:
    """Show all that is known of the place with an ID, as search gives it.

    The prefix "atlas:" may be left out.
    """
    from geo.errors import GazetteerError
    from geo.gazetteer import open_gazetteer

    opened = open_gazetteer(atlas, notify=note)
    place = opened.get(id) or opened.get(f"atlas:{id}")
    if place is None:
        raise GazetteerError(f"there is no place {id!r}", do="Look for its id with 'sitmap gazetteer search NAME'")
    if as_json:
        print_json({**asdict(place), "geometry": _geometry(opened, place)})
        return
    shape = _geometry(opened, place)
    rows = [(key, _text(value)) for key, value in asdict(place).items() if value not in ("", (), 0)]
    rows += [("geometry", f"{shape['type']} of {_count(shape['coordinates'])} points")] if shape else []
    print_table(("field", "value"), rows)


@gazetteer.command(short_help="Print what is wrong with an atlas's gazetteer.")
@atlas_required_option
@json_option
@click.pass_context
def check(ctx: click.Context, atlas: Atlas, as_json: bool) -> None:
    """Print all that is wrong with the gazetteer of an atlas; exit code 1 if anything is, warnings aside."""
    from geo.gazetteer.check import check as check_atlas

    entries, problems = check_atlas(atlas)
    errors = [problem for problem in problems if not problem.warning]
    for problem in problems:
        kind = "warning" if problem.warning else "error"
        if as_json:
            place = {"path": str(problem.path), "line": problem.line}
            print_json({"kind": kind, **place, "what": problem.what, "do": problem.do})
        else:
            click.echo(f"{click.style(kind, fg='yellow' if problem.warning else 'red')}: {problem.message}")
    warnings = len(problems) - len(errors)
    note(f"{_number(entries, 'entry')}, {_number(len(errors), 'error')}, {_number(warnings, 'warning')}.")
    if errors:
        ctx.exit(_FAILURE)


def _number(count: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{count} {noun if count == 1 else plural}"


def _where(place: Place) -> str:
    return place.admin1 or place.country


def _point(place: Place) -> str:
    return f"{place.lon:.4f}, {place.lat:.4f}"


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _geometry(opened: Gazetteer, place: Place) -> dict[str, Any] | None:
    geometry = opened.geometry(place.id)
    return None if geometry is None else dict(geometry.__geo_interface__)


def _count(coordinates: Any) -> int:
    """How many points there are in nested lists of coordinates."""
    return 1 if isinstance(coordinates[0], float | int) else sum(map(_count, coordinates))


for command in (import_, list_, remove, resolve):
    gazetteer.add_command(command)
