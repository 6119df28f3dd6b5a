"""What stands on each day, out of dated reports that may overlap, leave gaps and contradict one another.

The same rules serve who holds a place and how a road is. Nothing is averaged: on each day one report leads, and those
that say the same or something else stand beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one report says, and for which days.

    Attributes
    ----------
    value
        What it says; claims of equal values agree.
    first, latest
        The first day on which it may have begun, and the last; equal where it is dated to the day.
    last
        The last day, inclusive, where the report tells it; None where it says nothing of an end.
    seen
        The last day that the report vouches for: until then no later report is needed to believe it.
    confidence
        From 0 to 1.
    item
        The report itself.
    quoted
        Whether it rests on a sentence of an article; among claims that agree, such a one leads.
    """

    value: tuple[str, ...]
    first: date
    latest: date
    last: date | None
    seen: date
    confidence: float
    item: Any
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands from one day to another.

    Attributes
    ----------
    first, last
        Both inclusive; ``last`` is None while no later report says otherwise.
    leading
        The claim that leads.
    agreeing, differing
        The others of these days that say the same, and those that say something else; the surest first.
    stale
        Whether nobody has vouched for the leading claim for too long.
    """

    first: date
    last: date | None
    leading: Claim
    agreeing: tuple[Claim, ...] = ()
    differing: tuple[Claim, ...] = ()
    stale: bool = False

    def holds_on(self, day: date) -> bool:
        """Tell whether the day lies within it, both ends included."""
        return self.first <= day and (self.last is None or day <= self.last)


def standings(claims: Sequence[Claim], *, stale_days: int) -> tuple[Standing, ...]:
    """Work out what stands on each day.

    Parameters
    ----------
    claims
        Of one thing: one place, one stretch of road.
    stale_days
        So many days after the last day that a claim vouches for it is stale, unless it tells its own end.

    Returns
    -------
    tuple of Standing
        In order of days; gaps are left where no claim speaks. A claim that tells no end lasts until the day before the
        next report that begins after what it vouches for. On each day the leading claim is the one that has surely
        begun, is not stale, is the surest and began last. A claim that is dated vaguely is taken to begin with the
        closer dated one that says the same within its days.
    """
    dated = [_dated_closer(claim, claims) for claim in claims]
    ends = [_end(claim, dated) for claim in dated]
    days = {claim.first for claim in dated} | {claim.latest for claim in dated}
    days |= {end + ONE_DAY for end in ends if end} | {_stale_from(c, stale_days) for c in dated if c.last is None}
    turns = sorted(days)
    found: list[Standing] = []
    for first, after in zip(turns, [*turns, None][1:], strict=True):
        now = [c for c, end in zip(dated, ends, strict=True) if c.first <= first and (end is None or first <= end)]
        if now:
            last = after - ONE_DAY if after else None
            found.append(_standing(now, first, last, stale_days))
    return _joined(found)


def _dated_closer(claim: Claim, claims: Sequence[Claim]) -> Claim:
    if claim.first == claim.latest:
        return claim
    same = [
        c.first
        for c in claims
        if c.value == claim.value and c.first == c.latest and claim.first <= c.first <= claim.latest
    ]
    return replace(claim, first=min(same), latest=min(same)) if same else claim


def _end(claim: Claim, claims: Sequence[Claim]) -> date | None:
    if claim.last is not None:
        return claim.last
    vouched = max(claim.seen, claim.latest)
    later = [c.first for c in claims if c.first > vouched]
    return min(later) - ONE_DAY if later else None


def _stale_from(claim: Claim, stale_days: int) -> date:
    return claim.seen + timedelta(days=stale_days + 1)


def _standing(claims: Sequence[Claim], first: date, last: date | None, stale_days: int) -> Standing:
    def is_stale(claim: Claim) -> bool:
        return claim.last is None and first >= _stale_from(claim, stale_days)

    def rank(claim: Claim) -> tuple[Any, ...]:
        return first >= claim.latest, not is_stale(claim), claim.confidence, claim.first

    ordered = [claims[n] for n in sorted(range(len(claims)), key=lambda n: (*rank(claims[n]), n), reverse=True)]
    value = ordered[0].value
    same = [claim for claim in ordered if claim.value == value]
    fit = [claim for claim in same if rank(claim)[:2] == rank(same[0])[:2]]
    leading = next((claim for claim in fit if claim.quoted), same[0])
    return Standing(
        first=first,
        last=last,
        leading=leading,
        agreeing=tuple(claim for claim in same if claim is not leading),
        differing=tuple(claim for claim in ordered if claim.value != value),
        stale=is_stale(leading),
    )


def _joined(found: Sequence[Standing]) -> tuple[Standing, ...]:
    """Join what goes on without a change."""
    result: list[Standing] = []
    for one in found:
        before = result[-1] if result else None
        if before and before.last == one.first - ONE_DAY and _same(before, one):
            result[-1] = replace(before, last=one.last)
        else:
            result.append(one)
    return tuple(result)


def _same(a: Standing, b: Standing) -> bool:
    def parts(one: Standing) -> tuple[Any, ...]:
        return one.leading.item, {id(c.item) for c in one.agreeing}, {id(c.item) for c in one.differing}, one.stale

    return parts(a) == parts(b)
