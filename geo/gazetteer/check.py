"""Check the gazetteer of an atlas: what is wrong, and what may be."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from geo.crs import distance_m
from geo.gazetteer.fields import inside
from geo.gazetteer.kinds import compatible
from geo.gazetteer.names import bare, fold
from geo.gazetteer.problems import Problem
from geo.gazetteer.sources import Sources, read_sources
from geo.model import Place
from geo.settings import Atlas, Theatre

_BESIDE_M = 10_000.0
_FAR_REACHING = frozenset({"country", "region", "continent", "sea", "admin1", "border", "river", "mountain"})


def check(atlas: Atlas) -> tuple[int, tuple[Problem, ...]]:
    """Check the gazetteer of an atlas.

    Parameters
    ----------
    atlas
        The atlas.

    Returns
    -------
    tuple
        How many entries are right, and all problems in the order of files and lines. Warnings among them: a name that
        two entries share which may be one place and lie within 10 km; a point outside the theatre's window.
    """
    sources = read_sources(atlas)
    problems = [*sources.problems, *_shared_names(sources), *_outside(sources, atlas.theatre)]
    files = {path: number for number, path in enumerate(dict.fromkeys(path for path, _ in sources.lines.values()))}
    problems.sort(key=lambda problem: (files.get(problem.path, len(files)), problem.line or 0))
    return len(sources.entries), tuple(problems)


def _shared_names(sources: Sources) -> Iterator[Problem]:
    by_key: dict[str, dict[str, tuple[str, Place]]] = defaultdict(dict)
    for entry in sources.entries:
        for name in entry.names:
            by_key[bare(fold(name))].setdefault(entry.place.id, (name, entry.place))
    told: set[tuple[str, str]] = set()
    for group in by_key.values():
        for (_, one), (name, other) in combinations(group.values(), 2):
            away = distance_m(one.lon, one.lat, other.lon, other.lat)
            if (one.id, other.id) in told or not compatible(one.kind, other.kind) or away > _BESIDE_M:
                continue
            told.add((one.id, other.id))
            path, line = sources.lines[other.id]
            earlier, at = sources.lines[one.id]
            yield Problem(
                path,
                line,
                f"{name!r} is also a name of {_bare_id(one)} ({earlier.name}:{at}), {away / 1000:.1f} km away",
                "If both are one place, join them; else leave the name to one of them",
                warning=True,
            )


def _outside(sources: Sources, theatre: Theatre) -> Iterator[Problem]:
    for entry in sources.entries:
        place = entry.place
        if place.kind not in _FAR_REACHING and not inside(place.lon, place.lat, theatre):
            path, line = sources.lines[place.id]
            yield Problem(
                path,
                line,
                f"{place.name} at lon {place.lon:g}, lat {place.lat:g} lies outside the theatre's window",
                "Check the coordinates, or widen theatre.bbox in atlas.toml",
                warning=True,
            )


def _bare_id(place: Place) -> str:
    return place.id.partition(":")[2]
