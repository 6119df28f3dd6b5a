"""The order of the stages: articles in, records out; records in, layers and maps out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import ArticleError, SeedError
from geo.model import Article, Event, Mention, Records
from geo.settings import Atlas, read_atlas

if TYPE_CHECKING:
    from geo.control.scene import Scene
    from geo.corrections import Corrected, Outcome
    from geo.gazetteer import Gazetteer
    from geo.gazetteer.online import Geocoder
    from geo.llm import LanguageModel
    from geo.toponyms.rank import Ranked

Progress = Callable[[str, int, int], None]
"""Told what is being worked on, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of the articles of an atlas.

    Attributes
    ----------
    records
        All that was read.
    errors
        Of the articles that could not be read.
    corrected
        What people changed of the events, and what they changed of what is drawn.
    """

    records: Records
    errors: tuple[ArticleError, ...] = ()
    corrected: Corrected | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made.

    Attributes
    ----------
    root
        The folder that holds ``layers/`` and ``maps/``.
    files
        POSIX paths relative to it, in the order in which they were written.
    features
        How many features each layer holds.
    unplaced
        How many events are nowhere on the map (``layers/unplaced.json``).
    articles
        How many articles were read.
    dates
        The days that have a map.
    errors
        Of the articles that could not be read and are left out.
    model
        The language model that read the articles, with what came of it; None where the rules did.
    corrections
        What came of the corrections under ``seeds/corrections``.
    """

    root: Path
    files: tuple[str, ...]
    features: dict[str, int]
    unplaced: int
    articles: int
    dates: tuple[date, ...]
    errors: tuple[ArticleError, ...]
    model: LanguageModel | None = None
    corrections: Outcome | None = None


def _silent(_stage: str, _done: int, _total: int) -> None:
    pass


def open_atlas(atlas: Atlas | Path | str) -> Atlas:
    """Give the atlas of a folder; an atlas is given back as it is."""
    return atlas if isinstance(atlas, Atlas) else read_atlas(Path(atlas))


def explain_mentions(
    articles: Iterable[Article], gazetteer: Gazetteer, geocoder: Geocoder | None = None
) -> Iterator[tuple[Article, tuple[tuple[Mention, tuple[Ranked, ...]], ...]]]:
    """Find the mentions of articles with the ranked entries of their names, and ask a geocoder, where one is given.

    It is asked for the names that are not resolved.
    """
    from geo.toponyms import explain_together
    from geo.toponyms.online import resolve_online

    for article, found in explain_together(articles, gazetteer):
        if geocoder is None:
            yield article, found
            continue
        mentions = resolve_online(tuple(mention for mention, _ in found), geocoder)
        yield article, tuple((mention, ranked) for mention, (_, ranked) in zip(mentions, found, strict=True))


def extract(
    articles: Iterable[Article],
    atlas: Atlas | None,
    gazetteer: Gazetteer,
    *,
    geocoder: Geocoder | None = None,
    model: LanguageModel | None = None,
) -> Iterator[tuple[Article, tuple[Mention, ...], tuple[Event, ...]]]:
    """Find the mentions and the events of articles, one article after the other, with the actors of the atlas.

    A geocoder is asked for names that are in no gazetteer; a build gives none, so that it stays the same everywhere.
    A language model, where one is given, reads the events; what it says is checked against what the rules find.
    """
    from geo.events import find_events, read_actors

    book = atlas.seeds / "actors.toml" if atlas else None
    actors = read_actors(book if book and book.is_file() else None)

    for article, explained in explain_mentions(articles, gazetteer, geocoder):
        mentions = tuple(mention for mention, _ in explained)
        found = find_events(article, mentions, actors)
        yield article, mentions, model.read(article, mentions, found, actors, gazetteer) if model else found


def read(atlas: Atlas | Path | str, *, progress: Progress = _silent) -> Reading:
    """Read all articles of an atlas.

    Parameters
    ----------
    atlas
        The atlas or its folder.
    progress
        Told after each article.

    Returns
    -------
    Reading
        The records in order of publication, then of the articles' ids, and the errors of articles that cannot be read.

    Raises
    ------
    SeedError
        Where a seed file is not right, or there is no article at all.
    """
    from geo.gazetteer import open_gazetteer

    atlas = open_atlas(atlas)
    return _read(atlas, open_gazetteer(atlas), progress, kept_model(atlas))


def _read(atlas: Atlas, gazetteer: Gazetteer, progress: Progress, model: LanguageModel | None = None) -> Reading:
    from geo.control.holders import find_holds
    from geo.control.readers import read_control_tables
    from geo.corrections import authors, correct_incidents, read_corrections
    from geo.events import read_actors
    from geo.events.across import merge_reports
    from geo.exchange.records import read_imported
    from geo.routes import derive_states
    from geo.routes.readers import ROUTE_STATES, read_route_states, with_links

    articles, errors = read_seed_articles(atlas)
    sides = read_actors(atlas.seeds / "actors.toml").sides
    mentions: list[Mention] = []
    events: list[Event] = []
    for done, (_, found, told) in enumerate(extract(articles, atlas, gazetteer, model=model), 1):
        mentions += found
        events += told
        progress("Reading articles", done, len(articles))
    imported, reports = read_imported(atlas, articles, events)
    events += imported
    known = (*reports, *articles)
    corrections = read_corrections(atlas.seeds)
    corrected = correct_incidents(merge_reports(events, known), corrections)
    incidents = corrected.incidents
    facts = [incident.event for incident in incidents]
    table = read_control_tables(atlas.seeds, gazetteer, sides=sides)
    routes = with_links(gazetteer.routes(), atlas.seeds / "gazetteer" / "routes.geojson")
    rows, file = read_route_states(atlas.seeds / ROUTE_STATES, routes, sides=sides)
    named = {m.location.place_id for m in mentions if m.location}
    named |= {event.location.place_id for event in imported if event.location}
    places = (gazetteer.get(place_id) for place_id in sorted(named))
    records = Records(
        articles=articles,
        mentions=tuple(mentions),
        places=tuple(place for place in places if place),
        events=tuple(events),
        routes=routes,
        states=derive_states(facts, known, routes, rows),
        governments=tuple(side.id for side in sides.values() if side.government),
        reports=(*reports, *authors(corrections), *table.files, *((file,) if file else ())),
        incidents=incidents,
        route_reports=rows,
        holds=find_holds(table.reports, {point.place_id: point for point in table.points}, facts, known),
    )
    return Reading(records, errors, corrected)


def read_seed_articles(atlas: Atlas) -> tuple[tuple[Article, ...], tuple[ArticleError, ...]]:
    """Read the articles of an atlas, in order of publication, then id, and the errors of those that cannot be read."""
    from geo.articles import read_articles
    from geo.exchange.store import has_imports

    folder = atlas.seeds / "articles"
    read = list(read_articles([str(folder)])) if folder.is_dir() else []
    articles = [article for article in read if isinstance(article, Article)]
    # Of the folder itself it is said below what may be done.
    errors = tuple(e for e in read if isinstance(e, ArticleError) and str(e.path) != str(folder))
    if not articles and errors:
        raise errors[0]
    if not articles and not has_imports(atlas):
        do = "Put a report there as a .md, .txt or .html file, or import events: sitmap import"
        raise SeedError("there is no article here", do=do, path=folder)
    return tuple(sorted(articles, key=lambda a: (a.published or date.max, a.id))), errors


def kept_model(atlas: Atlas) -> LanguageModel | None:
    """Give the language model of ``atlas.toml`` with its kept answers alone; None where it names none."""
    if not atlas.llm.model:
        return None
    from geo.llm import RECORDS, LanguageModel

    return LanguageModel(atlas.llm, folder=atlas.seeds / RECORDS, offline=True)


def build(
    atlas: Atlas | Path | str,
    *,
    out: Path | None = None,
    progress: Progress = _silent,
    fresh: bool = False,
    model: LanguageModel | None = None,
) -> Built:
    """Build the layers and the maps of an atlas.

    Everything is made and validated in memory before the first file is touched; the files then take their places one by
    one, each whole, ``layers/manifest.json`` last. The same seeds give the same bytes.

    Parameters
    ----------
    atlas
        The atlas or its folder.
    out
        The folder that gets ``layers/`` and ``maps/``; the atlas itself if None.
    progress
        Told after each article and each map.
    fresh
        Draw all maps, also those that an earlier build of the same content has drawn and kept in the cache.
    model
        The language model of the atlas, to be asked for articles of which ``seeds/llm/`` keeps no answer; by default
        only kept answers count.

    Returns
    -------
    Built

    Raises
    ------
    SeedError
        Where a seed file is not right, or there is no article at all.
    LayerError
        Where the layers break their schema; nothing was written.
    LockedError
        Where another process is building there.
    """
    from geo.corrections import correct_layers
    from geo.exchange.records import credited
    from geo.gazetteer import open_gazetteer
    from geo.layers import build_layers, key_dates, layer_files, unplaced_events, validate_layers
    from geo.layers.files import locked, write_files
    from geo.layers.manifest import MANIFEST, earlier_manifest, hash_inputs, make_manifest, stale_outputs
    from geo.maps.files import make_sheet, map_files

    atlas = open_atlas(atlas)
    model, root = model or kept_model(atlas), out or atlas.root
    with locked(root / "layers"):
        inputs, gazetteer = hash_inputs(atlas.seeds), open_gazetteer(atlas, notify=lambda what: progress(what, 0, 1))
        reading = _read(atlas, gazetteer, progress, model)
        if model is not None:  # it may have been asked, and its answers kept
            inputs = hash_inputs(atlas.seeds)
        ground = draw_scenes(atlas, reading.records)
        layers, unplaced = build_layers(reading.records, gazetteer, scenes=ground), unplaced_events(reading.records)
        layers, corrections = correct_layers(layers, reading.corrected) if reading.corrected else (layers, None)
        validate_layers(layers, (*reading.records.reports, *reading.records.articles))
        dates = atlas.dates or key_dates(layers)
        files = {f"layers/{name}": content for name, content in layer_files(layers, unplaced).items()}
        articles = reading.records.articles
        told = (*articles, *credited(atlas))
        sheet = make_sheet(atlas, layers, gazetteer, dates=dates, articles=told, unplaced=unplaced)
        for name, content in map_files(sheet, progress=progress, fresh=fresh).items():
            files[f"maps/{name}"] = content
        stale = stale_outputs(earlier_manifest(root), files)
        manifest = make_manifest(inputs, files, gazetteer=gazetteer.version)
        write_files(root, {**files, MANIFEST: manifest}, stale=stale)
    return Built(
        root=root,
        files=(*files, MANIFEST),
        features={name: len(frame) for name, frame in layers.items()},
        unplaced=len(unplaced),
        articles=len(articles),
        dates=dates,
        errors=reading.errors,
        model=model,
        corrections=corrections,
    )


def draw_scenes(atlas: Atlas, records: Records) -> tuple[Scene, ...]:
    """Draw who holds the ground over time, from the records of an atlas and its known outlines."""
    from geo.control.scene import GROUNDS, read_outlines, scenes

    outlines = read_outlines(atlas.seeds / GROUNDS, {hold.point.place_id for hold in records.holds})
    return scenes(records.holds, reach_m=atlas.reach_m, outlines=outlines)
