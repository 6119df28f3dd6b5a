"""What events of one passage share: the days that it tells of, and who leads the attacks that it lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from geo.crs import distance_m
from geo.data import read_toml
from geo.events.draft import Draft
from geo.events.same import AROUND_M, NEAR
from geo.events.taxonomy import event_types, with_trait
from geo.model import UNREAL, When

_LISTED = 6  # sentences within which a report that goes on with "also" or "meanwhile" is of the same days
_PASSAGE_DAYS = 7
_NEWS_DAYS = 7
_FIGHTING = ("attack", "casualties")


def adds(sentence: str) -> bool:
    """Tell whether a sentence says that it goes on with what was told before ("also", "meanwhile")."""
    folded = " ".join(sentence.casefold().split())
    return not _words("words").isdisjoint(folded.replace(",", " ").split()) or any(
        p in folded for p in _words("phrases")
    )


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(read_toml("discourse.toml")["adding"][key])


def dated_as_before(drafts: Sequence[Draft], published: date | None) -> list[Draft]:
    """Give what a passage tells undated the time of what it told just before, if that is news, and say so.

    Parameters
    ----------
    drafts
        The events of an article in text order.
    published
        Its day of publication.

    Returns
    -------
    list of Draft
        In the same order; what took its time over has a flag.
    """
    found: list[Draft] = []
    for draft in drafts:
        before = [d for d in found if _shares_passage(d, draft) and _is_news(d.when, published)]
        if draft.when is None and draft.modality not in UNREAL and before:
            note = "time taken from the text before"
            draft = replace(draft, when=before[-1].when, flags=(*draft.flags, note))
        found.append(draft)
    return found


def led_as_before(drafts: Sequence[Draft]) -> list[Draft]:
    """Give attacks of nobody the initiators of the article's others of their kind, where those are all of one side.

    Parameters
    ----------
    drafts
        The events of an article in text order.

    Returns
    -------
    list of Draft
        In the same order; what took its initiator over has a flag.
    """
    found = []
    for draft in drafts:
        if not draft.initiators and draft.type in with_trait("by_one_side") and draft.modality not in UNREAL:
            others = [d for d in drafts if d.type == draft.type and d.initiators and d.modality not in UNREAL]
            near = [d for d in others if abs(d.sentence - draft.sentence) <= _LISTED]
            if near and len({_leader(d) for d in others}) == 1:
                note = "initiator taken from the text around"
                draft = replace(draft, actors=near[0].initiators + draft.targets, flags=(*draft.flags, note))
        found.append(draft)
    return found


def _leader(draft: Draft) -> str:
    """Give the side of who leads an attack, or the name of who has none."""
    return next((a.side for a in draft.initiators if a.side), draft.initiators[0].name.casefold())


def _is_news(when: When | None, published: date | None) -> bool:
    """Tell a time in the days before publication; what a report recalls dates nothing but itself."""
    return published is None or (
        when is not None and when.last is not None and (published - when.last).days <= _NEWS_DAYS
    )


def _shares_passage(before: Draft, draft: Draft) -> bool:
    """Tell whether an event may lend its time: a day or a few of the fighting at that place, told of as fact."""
    if any(event_types()[d.type].family not in _FIGHTING for d in (before, draft)) or before.modality in UNREAL:
        return False
    when, apart = before.when, draft.sentence - before.sentence
    if not before.own_time or when is None or when.first is None or when.last is None:
        return False
    if (when.last - when.first).days > _PASSAGE_DAYS or draft.location is None or before.location is None:
        return False
    if draft.adds and apart <= _LISTED:
        return True
    a, b = before.location, draft.location
    near = distance_m(a.lon, a.lat, b.lon, b.lat) <= max(AROUND_M, a.precision_m, b.precision_m)
    return near and apart <= NEAR
