"""Resolution: recognised names to places on the ground, with a confidence and a reason."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from geo.gazetteer.names import fold
from geo.model import Location, Place
from geo.toponyms.rank import Context, Name, Ranked, probability, resolve_all
from geo.toponyms.recognize import Evidence
from geo.toponyms.spans import Span

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

_SPEAKS_MENTIONS = 2.0  # mentions of a country at which an article speaks of it to the full 1 - 1/e


def spoken_countries(spans: Iterable[Span], demonyms: Iterable[str]) -> dict[str, float]:
    """Tell how much an article speaks of each country.

    Parameters
    ----------
    spans
        Runs of words that the gazetteer knows.
    demonyms
        Country codes, one for each demonym in the text.

    Returns
    -------
    dict
        Code to a number from 0 to 1: ``1 - exp(-n / 2)`` for n mentions; a country and a demonym count once, an admin-1
        unit by its own name half.
    """
    counts: dict[str, float] = {}
    for code in demonyms:
        counts[code] = counts.get(code, 0.0) + 1.0
    for span in spans:
        key = fold(span.name)
        states = {p.country for p in span.places if p.kind == "country"}
        units = {p.country for p in span.places if p.kind == "admin1" and fold(p.name) == key}
        for code in states or units:
            if len(states or units) == 1:
                counts[code] = counts.get(code, 0.0) + (1.0 if states else 0.5)
    return {code: 1 - math.exp(-n / _SPEAKS_MENTIONS) for code, n in sorted(counts.items())}


def resolve(
    accepted: Sequence[Evidence], containers: Mapping[int, tuple[Place, ...]], context: Context
) -> list[tuple[Ranked, ...]]:
    """Rank the entries of each recognised name, one sense of a name for the whole article.

    Parameters
    ----------
    accepted
        Recognised names with at least one entry each.
    containers
        Entries named right after a name and a comma, by the first word of the name.
    context
        What the article and the atlas speak of.

    Returns
    -------
    list
        Ranked entries for each of ``accepted``.
    """
    names: dict[tuple[str, tuple[str, ...]], Name] = {}
    keys = []
    for evidence in accepted:
        span = evidence.span
        kinds = evidence.kinds if any(p.kind in evidence.kinds for p in span.places) else ()
        key = (fold(span.name), kinds)
        keys.append(key)
        known = names.get(key)
        outer = (*(known.containers if known else ()), *containers.get(span.first, ()))
        names[key] = Name(key[0], kinds, span.places, tuple(dict.fromkeys(outer)))
    ranked = resolve_all(list(names.values()), context)
    return [ranked[names[key]] for key in keys]


def locate(place: Place, gazetteer: "Gazetteer", *, written: str = "") -> Location:
    """Give the location of an entry; its line or polygon comes along where the atlas drew one.

    It bears the name as written where that is a plain spelling of a name with marks ("Hama" for "Ḩamāh").
    """
    geometry = gazetteer.geometry(place.id) if place.id.startswith("atlas:") else None
    return Location(
        name=written if _is_plain_for(written, place) else place.name,
        kind=place.kind,
        lon=place.lon,
        lat=place.lat,
        precision_m=place.precision_m,
        place_id=place.id,
        geometry=geometry,
        rule="gazetteer entry",
    )


def _is_plain_for(written: str, place: Place) -> bool:
    if place.name.isascii() or not written.isascii() or not written[:1].isupper() or written.isupper():
        return False
    return fold(written) in map(fold, (place.name, *place.aliases))


def confidence(evidence: Evidence, ranked: Sequence[Ranked]) -> float:
    """Multiply how sure it is a place by how sure it is this one, two decimals."""
    return round(probability(ranked) / (1 + math.exp(-evidence.score)), 2)


def reason(ranked: Sequence[Ranked]) -> str:
    """Say in words why the first entry won."""
    best = ranked[0]
    why = ", ".join(_FEATURE_WORDS[k] for k, v in best.features if v > 0 and k in _FEATURE_WORDS)
    if len(ranked) == 1:
        return "the only entry of that name" + (f": {why}" if why else "")
    second = ranked[1]
    other = f"{second.place.name} ({second.place.kind}{', ' + second.place.country if second.place.country else ''})"
    return f"likeliest of {len(ranked)} entries: {why or 'by population'}; next {other}"


_FEATURE_WORDS = {
    "primary_name": "its own name",
    "population": "population",
    "country": "a country",
    "atlas": "in the atlas",
    "theatre_country": "in the theatre",
    "theatre_window": "in the theatre's window",
    "country_spoken_of": "in a country that the article speaks of",
    "container": "in the place named after the comma",
    "noun": "of the kind that the noun says",
    "near": "near other places of the article",
    "same_admin1": "in the province of other places",
}
