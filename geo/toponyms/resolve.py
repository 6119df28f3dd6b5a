"""Resolution: recognised names to places on the ground, with a confidence and a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.names import fold
from geo.model import Location, Place
from geo.toponyms.candidates import Context, Name
from geo.toponyms.found import Reading
from geo.toponyms.rank import Ranked, resolve_all
from geo.toponyms.spans import Span
from geo.toponyms.within import said_in

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.toponyms.named import Named

_UNITS = ("country", "admin1", "admin2")
_COUNTS = 0.2  # a feature that sets the first entry apart from the next by less is not told
_REASONS = 4


def resolve(reading: Reading, named: Sequence[Named], context: Context) -> list[tuple[Ranked, ...]]:
    """Rank the entries of each recognised name, one sense of a name for the whole article.

    Parameters
    ----------
    reading
        The article.
    named
        Recognised names with at least one entry each, in text order.
    context
        What the article and the atlas speak of.

    Returns
    -------
    list
        Ranked entries for each of ``named``.
    """
    names, keys = gather_names(reading, named)
    ranked = resolve_all(list(names.values()), context, reading.weights)
    return [ranked[names[key]] for key in keys]


NameKey = tuple[str, tuple[str, ...]]


def gather_names(reading: Reading, named: Sequence[Named]) -> tuple[dict[NameKey, Name], list[NameKey]]:
    """Give the names that an article uses, each in one sense, and for each of ``named`` the key of its name."""
    following = {n.span.first: n for n in named}
    names: dict[NameKey, Name] = {}
    keys = []
    for n in named:
        span = n.span
        kinds = n.kinds if any(p.kind in n.kinds for p in span.places) else ()
        key = (fold(span.name), kinds)
        keys.append(key)
        after = following.get(said_in(reading, span.last, following))
        outer = _containers(span, after.span) if after else ()
        known = names.get(key)
        names[key] = Name(
            key[0],
            kinds,
            span.places if _is_units(reading, span.last) else _as_it_says(key[0], kinds, span.places),
            tuple(dict.fromkeys((*(known.containers if known else ()), *outer))),
            (*(known.positions if known else ()), span.first),
        )
    return names, keys


def _is_units(reading: Reading, k: int) -> bool:
    """Whether "State" or its like stands right behind a name."""
    noun = reading.tokens[k] if k < len(reading.tokens) else None
    return noun is not None and noun.gap == " " and noun.lower in place_kinds()["admin1"].nouns


def _as_it_says(key: str, kinds: Collection[str], places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Leave out units that are called after a sea or a lake, where the name says that it is one: "in the Red Sea"."""
    noun = key.rpartition(" ")[2]
    said = {k.name for k in place_kinds().values() if k.group in ("water", "relief") and noun in k.nouns}
    own = any(p.kind in said and fold(p.name) == key for p in places)
    if not own or not said.issuperset(kinds):  # "Red Sea state" names the unit
        return places
    return tuple(p for p in places if p.kind not in _UNITS or fold(p.name) == key)


def _containers(inner: Span, outer: Span) -> tuple[Place, ...]:
    """Give the entries that "X, Y" may place X in: no country after a country, which is a list of them."""
    listed = any(p.kind == "country" for p in inner.places)
    return tuple(p for p in outer.places if not (listed and p.kind == "country"))


def locate(place: Place, gazetteer: Gazetteer, *, written: str = "") -> Location:
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


def confidence(named: Named, ranked: Sequence[Ranked]) -> float:
    """Multiply how sure it is a place by how sure it is this one, two decimals."""
    return round(ranked[0].share * named.sure, 2)


def reason(ranked: Sequence[Ranked]) -> str:
    """Say in words why the first entry won: what speaks more for it than for the next, the most telling first."""
    if len(ranked) == 1:
        return "the only entry of that name"
    best, second = ranked[0], ranked[1]
    against = dict(second.features)
    ahead = [(v - against.get(k, 0.0), _FEATURE_WORDS[k]) for k, v in best.features if k in _FEATURE_WORDS]
    told = sorted((d for d in ahead if d[0] > _COUNTS), key=lambda d: (-d[0], d[1]))
    why = ", ".join(dict.fromkeys(words for _, words in told[:_REASONS]))
    other = f"{second.place.name} ({second.place.kind}{', ' + second.place.country if second.place.country else ''})"
    return f"likeliest of {len(ranked)} entries: {why or 'by a little'}; next {other}"


_FEATURE_WORDS = {
    "primary_name": "its own name",
    "less_than_the_largest": "population",
    "population": "population",
    "kind_country": "a country",
    "kind_admin1": "a province",
    "others_in_country": "other places lie in it",
    "capital_of_named": "capital of a country that the article speaks of",
    "country_beside": "in the country of places beside it",
    "admin1_beside": "in the province of places beside it",
    "atlas": "in the atlas",
    "theatre_country": "in the theatre",
    "theatre_window": "in the theatre's window",
    "near_home": "where other reports of its source are of",
    "about_home": "where other reports of its source are of",
    "country_of_others": "in the country of other places",
    "country_named": "in a country that the article names",
    "unit_named": "in a province that the article names",
    "admin1_of_others": "in the province of other places",
    "in_container": "in the place that is said to hold it",
    "noun": "of the kind that the noun says",
    "near_25": "near other places of the article",
    "near_100": "near other places of the article",
    "near_beside": "near the places named beside it",
}
