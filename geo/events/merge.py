"""Join the tellings of one event within an article, and make events of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.crs import distance_m
from geo.events.draft import Draft
from geo.events.passage import dated_as_before, led_as_before
from geo.events.same import WIDE, is_vaguer, one_side, one_time, same, told
from geo.events.taxonomy import event_types, with_trait, words
from geo.ids import content_id
from geo.model import UNREAL, Article, Event, Figure, When


def merge(article: Article, drafts: Sequence[Draft]) -> tuple[Event, ...]:
    """Join the tellings of one event and give the events in text order.

    Parameters
    ----------
    article
        The article.
    drafts
        Its tellings, in text order.

    Returns
    -------
    tuple of Event
        What only points back at an event told nowhere is left out, and so is what has neither place nor actor.
    """
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.weak, not d.own_place, d.at)):
        tellings = [i for i, other in enumerate(kept) if same(other, draft)]
        if tellings:
            best = min(tellings, key=lambda i: (_distance(kept[i], draft), i))
            kept[best] = _joined(kept[best], draft)
        elif not _is_empty(draft):
            kept.append(draft)
    told = sorted(_flagged(kept), key=lambda d: (d.at, d.type))
    return tuple(_event(article, d) for d in led_as_before(dated_as_before(told, article.published)))


def _flagged(drafts: Sequence[Draft]) -> list[Draft]:
    """Flag what one side did once at one place and the article dates twice."""
    found = []
    for a in drafts:
        others = [b for b in drafts if b is not a and _excludes(a, b)]
        notes = [f"the article also dates this “{b.when.phrase}”" for b in others if b.when]
        found.append(replace(a, flags=(*a.flags, *(n for n in dict.fromkeys(notes) if n not in a.flags))))
    return found


_FAR_M = 10_000


def _excludes(a: Draft, b: Draft) -> bool:
    if a.type != b.type or a.type not in with_trait("one_off") or a.modality in UNREAL or b.modality in UNREAL:
        return False
    if a.again or b.again or not (a.initiators and b.initiators and a.location and b.location):
        return False
    if not one_side(a.initiators, b.initiators) or one_time(a.when, b.when):
        return False
    apart = distance_m(a.location.lon, a.location.lat, b.location.lon, b.location.lat)
    return apart <= min(_FAR_M, a.location.precision_m + b.location.precision_m)


def _distance(a: Draft, b: Draft) -> tuple[bool, bool, bool, int]:
    """Order the events that a telling may be of: of its type, not at another time, by the same people, near by."""
    names = {x.name.casefold() for x in a.initiators} & {x.name.casefold() for x in b.initiators}
    return a.type != b.type, not one_time(told(a), told(b)), not names, abs(a.sentence - b.sentence)


def _is_empty(draft: Draft) -> bool:
    if draft.weak and not (draft.own_place or draft.figures):
        return True
    if draft.type == "killing" and draft.lemma in words("toll") and not (draft.own_place or draft.figures):
        return True
    if draft.sentence == 0 and not draft.weak:
        return False  # a lead tells what the report is about, even where it names nobody
    bare = not (draft.own_place or draft.own_time or draft.figures)
    if bare and event_types()[draft.type].family in ("attack", "casualties", "displacement", "siege"):
        return True
    return draft.location is None and not (draft.actors or draft.figures or draft.own_time)


def _joined(a: Draft, b: Draft) -> Draft:
    """Join two tellings: the fuller one is quoted, the other fills its gaps; times that exclude each other are told."""
    main, other = (b, a) if _says(b) > _says(a) else (a, b)
    place = _finer(main, other)
    if place is other and main.own_place:  # the words that are quoted must be those that name the place
        main, other = other, main
    flags = [*main.flags, *(f for f in other.flags if f not in main.flags)]
    if place is other and other.own_place:
        flags.append("placed by another sentence of the article")
    if other.own_time and not main.own_time and other.when:
        flags.append(f"dated by another sentence of the article, “{other.when.phrase}”")
    if not one_time(told(a), told(b)) and a.when and b.when:
        flags.append(f"the article also dates this “{other.when.phrase if other.when else ''}”")
    return replace(
        main,
        type=other.type if is_vaguer(main, other) else main.type,
        subtype=_subtype(main, other),
        when=_when(main, other),
        own_time=main.own_time or other.own_time,
        location=place.location or other.location,
        certainty=place.certainty,
        own_place=place.own_place,
        origin=main.origin or other.origin,
        actors=(main.initiators or other.initiators) + (main.targets or other.targets),
        figures=_figures(main.figures, other.figures),
        weak=a.weak and b.weak,
        flags=tuple(flags),
    )


def _subtype(main: Draft, other: Draft) -> str:
    """Give the subtype of the fuller telling, or where it has none that of the other, if both are of one type."""
    if is_vaguer(main, other):
        return other.subtype
    return main.subtype or (other.subtype if other.type == main.type else "")


def _when(main: Draft, other: Draft) -> When | None:
    """Give the time of the fuller telling, unless it was taken from elsewhere and the other one has its own."""
    return other.when if other.own_time and not main.own_time else main.when or other.when


def _finer(main: Draft, other: Draft) -> Draft:
    """Give the telling whose place is its own, and of two the one that is known more closely."""
    if main.own_place and other.own_place and main.headline != other.headline and _is_point(main, other):
        return other if main.headline else main  # a headline names a town for what is told of a village later
    if main.own_place != other.own_place:
        return main if main.own_place else other
    if main.location and other.location and other.location.precision_m < main.location.precision_m:
        return other
    return main


def _is_point(a: Draft, b: Draft) -> bool:
    """Tell two places neither of which is a region."""
    return all(d.location is not None and d.location.kind not in WIDE for d in (a, b))


def _says(draft: Draft) -> tuple[bool, int, int]:
    return not draft.weak, draft.own_place + draft.own_time + bool(draft.initiators), len(draft.figures)


def _figures(a: Sequence[Figure], b: Sequence[Figure]) -> tuple[Figure, ...]:
    kinds = {f.kind for f in a}
    return tuple(sorted([*a, *(f for f in b if f.kind not in kinds)], key=lambda f: f.kind))


def _event(article: Article, draft: Draft) -> Event:
    location = draft.location
    return Event(
        id=content_id(
            article.id,
            draft.type,
            draft.at,
            article.text[draft.start : draft.end],
            location.place_id if location else "",
        ),
        article=article.id,
        type=draft.type,
        when=draft.when,
        location=location,
        origin=draft.origin,
        actors=draft.actors,
        modality=draft.modality,
        attribution=draft.attribution,
        figures=draft.figures,
        quote=article.text[draft.start : draft.end],
        quote_start=draft.start,
        quote_end=draft.end,
        trigger=draft.trigger,
        confidence=_confidence(draft),
        flags=draft.flags if draft.own_place or not location else (*draft.flags, "place taken from the text before"),
        subtype=draft.subtype,
    )


def _confidence(draft: Draft) -> float:
    """Give a confidence: less where the place is uncertain or inferred, the time missing or nobody is named."""
    score = 0.9 * (0.6 + 0.4 * draft.certainty) * draft.salience
    score *= 1.0 if draft.own_place else 0.85 if draft.location else 0.8
    score *= 1.0 if draft.own_time else 0.9
    return round(score * (1.0 if draft.initiators else 0.95), 2)
