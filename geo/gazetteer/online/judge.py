"""Which answer of an online geocoder is the place that a report names, if any is.

A geocoder answers addresses typed by people who know that they exist; it gives its best guess, somewhere in the world,
be it a shop. So an answer must earn its place: it is a place, its name is like the one asked for, it lies in the
theatre, and no other answer has as good a claim elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from geo.crs import distance_m
from geo.gazetteer.fields import inside
from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.names import bare, fold, skeleton, sounded
from geo.gazetteer.online.answers import Answer
from geo.model import Place
from geo.settings import Theatre

# rapidfuzz ratios, as geo.gazetteer.search has them for spellings; a slip of the pen leaves 85 of 100 in a name of
# seven letters. A name of two consonants says little, so that the whole of it must be more alike.
_ALIKE, _ALIKE_FEW, _SLIP, _FEW = 70.0, 85.0, 85.0, 2
_SHORTEST = 5
_ONE_PLACE_M = 25_000.0
_NEAR_M = 100_000.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer, weighed.

    Attributes
    ----------
    answer
        The answer.
    likeness
        Of its name to the one asked for, 0 to 1; 1 is the same.
    refused
        Why it is not the place; empty where it may be.
    """

    answer: Answer
    likeness: float
    refused: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of the answers.

    Attributes
    ----------
    candidates
        Those that may be the place first, then the refused ones; each in the service's order.
    chosen
        The place, or None.
    why
        Why it was chosen, or why none was.
    """

    candidates: tuple[Candidate, ...]
    chosen: Candidate | None
    why: str


def judge(query: str, answers: Sequence[Answer], *, theatre: Theatre, near: Sequence[Point] = ()) -> Verdict:
    """Choose among answers.

    Parameters
    ----------
    query
        The name as a report writes it, with what it says of it ("village of Umm Sardin").
    answers
        In the service's order; may be empty.
    theatre
        An answer in none of its countries and outside its window is refused; without either, none is.
    near
        Longitude and latitude of the other places of the report: they decide between places of one name.

    Returns
    -------
    Verdict
        None is chosen where answers of equal claim lie more than 25 km apart and `near` does not decide.
    """
    weighed = [_weigh(query, answer, theatre) for answer in answers]
    fit = sorted((c for c in weighed if not c.refused), key=lambda c: _claim(c, theatre))
    candidates = (*fit, *(c for c in weighed if c.refused))
    if not answers:
        return Verdict((), None, "knows no such name")
    if not fit:
        more = f" ({len(weighed) - 1} more do not fit either)" if len(weighed) > 1 else ""
        return Verdict(candidates, None, f"knows none that fits: {weighed[0].refused}{more}")
    rivals = [c for c in fit if _claim(c, theatre) == _claim(fit[0], theatre) and not _same_place(fit[0], c)]
    if not rivals:
        return Verdict(candidates, fit[0], _praise(fit[0], theatre))
    chosen = _nearest([fit[0], *rivals], near)
    if chosen is not None:
        return Verdict(candidates, chosen, f"{_praise(chosen, theatre)}, near other places of the article")
    away = max(_apart_m(fit[0].answer.place, c.answer.place) for c in rivals)
    places = f"{len(rivals) + 1} places of that name, up to {away / 1000:.0f} km apart"
    return Verdict(candidates, None, f"knows {places}, and nothing tells which is meant")


def _weigh(query: str, answer: Answer, theatre: Theatre) -> Candidate:
    like, place = likeness(query, answer), answer.place
    if not place.kind:
        refused = f"{place.name!r} is no place but {answer.feature}"
    elif not like:
        refused = f"the name {place.name!r} is not like {query!r}"
    elif not within(place, theatre):
        refused = f"{place.name!r} ({place.country or 'in no country'}) lies outside the theatre"
    else:
        refused = ""
    return Candidate(answer, like, refused)


def within(place: Place, theatre: Theatre) -> bool:
    """Whether a place lies in one of the theatre's countries or in its window; True where it has neither."""
    if place.country in theatre.countries:
        return True
    if theatre.bbox is not None:
        return inside(place.lon, place.lat, theatre)
    return not theatre.countries


def likeness(query: str, answer: Answer) -> float:
    """How alike a name is to the most alike name of an answer, 0 to 1; 0 where it is another name.

    A noun that says what the answer is does not count: "Umm Sardin village" is like the village Umm Sardin, and "Aleppo
    Street" is not like the city of Aleppo.
    """
    nouns = _nouns(answer.place.kind)
    asked = _forms(query, nouns)
    others = {form for name in answer.names for form in _forms(name, nouns)}
    return max((_alike(one, other) for other in others for one in asked), default=0.0)


_ALTERNATIVES = (("city", "town", "village"), ("admin1", "admin2"))
"""What one map calls a town, another calls a village."""


def _nouns(kind: str) -> tuple[str, ...]:
    """Give the nouns that say no more of a place than its kind does, the longest first."""
    known = place_kinds()
    kinds = next((group for group in _ALTERNATIVES if kind in group), (kind,))
    return tuple(sorted({n for k in kinds if k in known for n in known[k].nouns}, key=lambda noun: (-len(noun), noun)))


def _forms(name: str, nouns: Iterable[str]) -> set[str]:
    folded = fold(name)
    forms = {bare(folded)}
    for noun in nouns:
        if folded.endswith(f" {noun}"):
            forms.add(bare(folded.removesuffix(f" {noun}")))
        for head in (f"{noun} of ", f"{noun} "):
            if folded.startswith(head):
                forms.add(bare(folded.removeprefix(head)))
    return forms - {""}


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    key = skeleton(one)
    consonants = len(key.lstrip("A"))
    if consonants >= _FEW and key == skeleton(other):
        ratio = fuzz.ratio(sounded(one), sounded(other))
        return ratio / 100 if ratio >= (_ALIKE_FEW if consonants == _FEW else _ALIKE) else 0.0
    ratio = fuzz.ratio(one, other)
    return ratio / 100 if ratio >= _SLIP and min(len(one), len(other)) >= _SHORTEST else 0.0


def _claim(candidate: Candidate, theatre: Theatre) -> tuple[bool, bool]:
    """Less is better: another spelling, outside the window."""
    place = candidate.answer.place
    return candidate.likeness < 1, theatre.bbox is not None and not inside(place.lon, place.lat, theatre)


def _same_place(one: Candidate, other: Candidate) -> bool:
    """Whether two answers may be one place: a village and its boundary, the parts of a road."""
    a, b = one.answer.place, other.answer.place
    return _apart_m(a, b) <= max(_ONE_PLACE_M, a.precision_m, b.precision_m)


def _apart_m(a: Place, b: Place) -> float:
    return distance_m(a.lon, a.lat, b.lon, b.lat)


def _nearest(rivals: Sequence[Candidate], near: Sequence[Point]) -> Candidate | None:
    """Give the one near other places of the report, where the next is more than twice as far from them."""
    if not near:
        return None
    away = [min(distance_m(c.answer.place.lon, c.answer.place.lat, *point) for point in near) for c in rivals]
    order = sorted(range(len(rivals)), key=lambda n: (away[n], n))
    first, second = away[order[0]], away[order[1]]
    return rivals[order[0]] if first <= _NEAR_M and second > 2 * first else None


def _praise(candidate: Candidate, theatre: Theatre) -> str:
    place = candidate.answer.place
    name = "the same name" if candidate.likeness == 1 else f"the name {place.name!r}, {candidate.likeness:.0%} alike"
    if theatre.bbox is not None and inside(place.lon, place.lat, theatre):
        where = ", in the theatre's window"
    else:
        where = ", in the theatre" if place.country in theatre.countries else ""
    return f"knows {candidate.answer.feature} of {name}{where}"
