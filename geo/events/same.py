"""Whether two tellings are of one event."""

from __future__ import annotations

from collections.abc import Sequence

from geo.crs import distance_m
from geo.events.draft import Draft
from geo.events.taxonomy import event_types, with_trait, word_class, words
from geo.model import UNREAL, Actor, When

NEAR = 3  # sentences within which a toll is that of the attack
AROUND_M = 40_000  # a headline names the nearest town that readers know for a village near it
_STEM = 4
_TOWNS, _QUARTERS = frozenset(["city", "town"]), frozenset(["neighbourhood", "district"])

# Kinds so wide that an event "in" one and another in a town there may be one event.
_STATES = frozenset(["country", "continent"])
WIDE = frozenset(["country", "continent", "admin1", "admin2", "region"])


def same(a: Draft, b: Draft) -> bool:
    """Tell whether two tellings are of one event: one type (or family, if one only points back), place, time, side."""
    family, other = (event_types()[d.type].family for d in (a, b))
    points_back = any(_is_general(d, o) for d, o in ((a, b), (b, a)))
    kin = family == other and (points_back or family == "diplomacy")
    kin = kin or _are_listed(a, b) or _is_toll_of(a, b) or _is_toll_of(b, a)
    if a.again or b.again or not (a.type == b.type or kin):
        return False
    if (a.modality == "denied") != (b.modality == "denied") or _are_two_losses(a, b):
        return False
    weak = a.weak or b.weak
    if (a.modality in UNREAL) != (b.modality in UNREAL) and not (weak and a.type == b.type):
        return False
    if not _one_place(a, b) or not (family == "peace" or one_side(a.initiators, b.initiators)):
        return False
    return weak or (one_time(told(a), told(b)) and not _two_counts(a, b))


def _is_general(draft: Draft, other: Draft) -> bool:
    """Tell an attack told without its weapon, that points back or stands close to one told with it."""
    close = is_vaguer(draft, other) and abs(draft.sentence - other.sentence) <= NEAR
    return close or (draft.weak and draft.lemma in words("general"))


def told(draft: Draft) -> When | None:
    """Give the time that the sentence itself gives."""
    return draft.when if draft.own_time else None


def _are_two_losses(a: Draft, b: Draft) -> bool:
    """Tell the deaths of fighters from those of others."""
    if a.type != "killing" or b.type != "killing":
        return False
    fighters = [
        {t.name.split()[-1].casefold().removesuffix("s") in word_class("combatant") for t in d.targets} for d in (a, b)
    ]
    return bool(fighters[0] and fighters[1]) and fighters[0].isdisjoint(fighters[1])


def _are_listed(a: Draft, b: Draft) -> bool:
    """Tell attacks told in one breath ("shelling and airstrikes"): one event."""
    return a.sentence == b.sentence and a.list_of is not None and a.list_of == b.list_of


def _is_toll_of(toll: Draft, attack: Draft) -> bool:
    """Tell whether a draft only says what another one did to people: near it, and no other number than its own."""
    if toll.type != "killing" or toll.lemma not in words("toll") or attack.type not in with_trait("harms"):
        return False
    if toll.sentence == attack.sentence or abs(toll.sentence - attack.sentence) > NEAR:
        return False
    counts = [{f.stated for f in d.figures if f.kind == "killed"} for d in (toll, attack)]
    return not counts[1] or counts[0] <= counts[1] or (not toll.own_place and max(counts[0]) <= max(counts[1]))


def _two_counts(a: Draft, b: Draft) -> bool:
    """Tell two numbers of people on the move, by two sources, or of two groups of the dead: to stand side by side."""
    if not (a.figures and b.figures) or {f.stated for f in a.figures} & {f.stated for f in b.figures}:
        return False
    if a.type == b.type == "killing":
        return not {x.name.casefold() for x in a.targets} & {x.name.casefold() for x in b.targets}
    return a.type == "displacement" and a.attribution != b.attribution


def _one_place(a: Draft, b: Draft) -> bool:
    if not (a.own_place and b.own_place) or a.location is None or b.location is None:
        return True
    if (a.location.place_id, a.location.name) == (b.location.place_id, b.location.name):
        return True
    wide, fine = (
        (a.location, b.location) if a.location.precision_m > b.location.precision_m else (b.location, a.location)
    )
    apart = distance_m(wide.lon, wide.lat, fine.lon, fine.lat)
    if a.type in with_trait("harms") and a.headline != b.headline and apart <= AROUND_M:
        return True
    in_town = wide.kind in _TOWNS and fine.kind in _QUARTERS and apart <= wide.precision_m * 2
    if a.type in with_trait("harms") and in_town and a.own_time == b.own_time:
        return True
    if a.type == "displacement":  # people at the border and people at the crossing are told of for themselves
        return False
    kinds = WIDE if a.type in with_trait("harms") else _STATES
    return apart <= wide.precision_m and (wide.kind in kinds or wide.place_id == fine.place_id)


def one_side(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    """Tell whether those named may be the same: by side, by a name in common, or since one is named in no other way."""
    if not a or not b:
        return True
    sides = {x.side for x in a if x.side}, {x.side for x in b if x.side}
    if all(sides):
        return bool(sides[0] & sides[1])
    names = _names(a), _names(b)
    return not all(names) or bool(names[0] & names[1])


def _names(actors: Sequence[Actor]) -> set[str]:
    """Give the beginnings of the proper names in the names of actors: "Estvari jets" and "Estvar" begin alike."""
    return {w[:_STEM].casefold() for x in actors for w in x.name.split() if w[:1].isupper() and len(w) >= _STEM}


def one_time(a: When | None, b: When | None) -> bool:
    """Tell whether two times share a day; one that is not known shares any."""
    if a is None or b is None or None in (a.first, a.last, b.first, b.last):
        return True
    return bool(a.first <= b.last and b.first <= a.last)  # type: ignore[operator]  # None was ruled out above


def is_vaguer(a: Draft, b: Draft) -> bool:
    """Tell an attack told without its weapon from the same one told with it."""
    return a.type == "clash" and a.lemma in words("vague") and b.type in with_trait("harms") - {"protest"}
