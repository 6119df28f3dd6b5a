"""``sitmap gazetteer resolve``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from geo.cli.articles import given_articles
from geo.cli.online import online_geocoder, online_options
from geo.cli.options import (
    articles_argument,
    atlas_required_option,
    country_option,
    date_option,
    encoding_option,
    json_option,
    jsonl_option,
)
from geo.cli.output import note, print_json, print_table, show_error
from geo.settings import Atlas

if TYPE_CHECKING:
    from geo.gazetteer.online import Candidate, Finding, Geocoder, Verdict
    from geo.model import Article
    from geo.toponyms.online import Question

_SHOWN = 3
EPILOG = """\b
Examples:
  sitmap gazetteer resolve --online nominatim
  sitmap gazetteer resolve --online nominatim --write
  sitmap gazetteer resolve --online nominatim --only "Umm Sardin" --take osm:node/123 --write

\b
Looks for the names in the articles of the atlas that no gazetteer here has, asks for each once, and shows what the
service knows. --write adds the places marked "take" to seeds/gazetteer/online.csv, each with whom to credit, what was
asked for, and when; from then on they are places of the atlas, and a build knows them offline. Check them first.
"""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A name with what came of it."""

    question: Question
    finding: Finding
    verdict: Verdict
    taken: Candidate | None


@click.command(epilog=EPILOG, short_help="Ask online for names that are in no gazetteer.")
@articles_argument
@jsonl_option
@date_option
@encoding_option
@country_option
@atlas_required_option
@online_options
@click.option("--only", metavar="NAME", multiple=True, help="Only this name; may be repeated.")
@click.option("--take", metavar="ID", multiple=True, help="Take this answer, even if it was refused; may be repeated.")
@click.option("--write", is_flag=True, help="Add what is taken to seeds/gazetteer/online.csv.")
@json_option
def resolve(
    articles: tuple[str, ...],
    jsonl: str | None,
    published: date | None,
    encoding: str | None,
    countries: tuple[str, ...],
    atlas: Atlas,
    only: tuple[str, ...],
    take: tuple[str, ...],
    write: bool,
    as_json: bool,
) -> None:
    """Ask an online geocoder for names that are in no gazetteer.

    ARTICLE is a file, a folder or - for standard input; where none is named, the articles of the atlas are read.
    """
    from geo.gazetteer import open_gazetteer
    from geo.toponyms import find_mentions
    from geo.toponyms.online import open_questions

    gazetteer = open_gazetteer(atlas, countries=countries, notify=note)
    with online_geocoder(atlas, gazetteer.theatre, required=True) as geocoder:
        assert geocoder is not None  # noqa: S101  # it is required
        read = given_articles(articles, jsonl=jsonl, published=published, encoding=encoding)
        found = read if articles or jsonl else _seed_articles(atlas)
        questions = open_questions(find_mentions(article, gazetteer) for article in found)
        chosen = _only(questions, only)
        resolved = [_resolve(question, geocoder, take) for question in chosen]
        _check_taken(resolved, take)
        _show(resolved, geocoder, as_json=as_json)
        _write(resolved, atlas, write=write)


def _seed_articles(atlas: Atlas) -> Iterator[Article]:
    from geo.pipeline import read_seed_articles

    articles, errors = read_seed_articles(atlas)
    for error in errors:
        show_error(error)
    yield from articles


def _only(questions: Sequence[Question], only: Sequence[str]) -> list[Question]:
    from geo.gazetteer.names import fold

    wanted = {fold(name) for name in only}
    chosen = [q for q in questions if not wanted or fold(q.name) in wanted]
    missing = [name for name in only if fold(name) not in {fold(q.name) for q in questions}]
    if missing:
        raise click.BadParameter(f"{missing[0]!r} is no name that is in no gazetteer.", param_hint="--only")
    return chosen


def _resolve(question: Question, geocoder: Geocoder, take: Sequence[str]) -> Resolved:
    from geo.gazetteer.online import judge
    from geo.toponyms.online import outcome

    finding = geocoder.look_up(question.name)
    verdict = judge(question.text, finding.answers, theatre=geocoder.theatre, near=question.near)
    geocoder.tally[outcome(finding, verdict)] += 1
    named = (c for c in verdict.candidates if c.answer.place.id in take and c.answer.place.kind)
    return Resolved(question, finding, verdict, next(named, verdict.chosen))


def _check_taken(resolved: Sequence[Resolved], take: Sequence[str]) -> None:
    known = {c.answer.place.id for one in resolved for c in one.verdict.candidates if c.answer.place.kind}
    for id_ in take:
        if id_ not in known:
            raise click.BadParameter(f"no place among the answers has the id {id_!r}.", param_hint="--take")


def _show(resolved: Sequence[Resolved], geocoder: Geocoder, *, as_json: bool) -> None:
    from geo.toponyms.online import outcome

    if as_json:
        for one in resolved:
            print_json(
                {
                    "name": one.question.name,
                    "mentions": one.question.mentions,
                    "outcome": outcome(one.finding, one.verdict),
                    "why": one.finding.failure or one.verdict.why,
                    "asked": one.finding.asked and one.finding.asked.isoformat(),
                    "candidates": [candidate_line(c, taken=c is one.taken) for c in one.verdict.candidates],
                }
            )
        return
    rows = [row for one in resolved for row in _rows(one, geocoder)]
    if rows:
        print_table(("name", "times", "", "answer", "kind", "in", "lon, lat", "within", "id"), rows)


def candidate_line(candidate: Candidate, *, taken: bool) -> dict[str, Any]:
    """Give an answer as JSON: its place, and what speaks for and against it."""
    answer = candidate.answer
    return {
        **asdict(answer.place),
        "feature": answer.feature,
        "likeness": round(candidate.likeness, 3),
        "refused": candidate.refused or None,
        "taken": taken,
    }


def _rows(one: Resolved, geocoder: Geocoder) -> Iterator[tuple[str, ...]]:
    name, times = one.question.name, str(one.question.mentions)
    if not one.verdict.candidates:
        why = one.finding.failure or f"{geocoder.service.label} {one.verdict.why}"
        yield name, times, "-", why, "", "", "", "", ""
        return
    order = sorted(one.verdict.candidates, key=lambda c: c is not one.taken)
    for candidate in order[:_SHOWN]:
        yield name, times, *answer_row(candidate, taken=candidate is one.taken)
        name = times = ""


def answer_row(candidate: Candidate, *, taken: bool) -> tuple[str, ...]:
    """Give an answer as cells: what becomes of it, name, kind, country, point, radius, id."""
    place = candidate.answer.place
    mark = "take" if taken else "no" if candidate.refused else "or"
    shown = f"{place.name}: {candidate.refused}" if candidate.refused and not taken else place.name
    point = f"{place.lon:.4f}, {place.lat:.4f}"
    return mark, shown, place.kind, place.admin1 or place.country, point, f"{place.precision_m:.0f} m", place.id


def _write(resolved: Sequence[Resolved], atlas: Atlas, *, write: bool) -> None:
    from geo.gazetteer.online.record import Accepted, add_answers

    taken = [
        Accepted(one.question.name, one.taken.answer, one.finding.asked)
        for one in resolved
        if one.taken is not None and one.finding.asked is not None
    ]
    if not resolved:
        note("Every name of these articles is in a gazetteer here.")
    elif not write:
        note(f"Nothing is written. Check the answers; --write adds {_places(len(taken))} to the atlas.")
    elif taken:
        path, ids = add_answers(atlas, taken)
        note(f"{path}: {_places(len(ids))} added ({', '.join(ids)}).")


def _places(count: int) -> str:
    return f"{count} {'place' if count == 1 else 'places'}"
