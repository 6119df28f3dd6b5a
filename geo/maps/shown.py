"""On which days a map shows a feature.

A map of a day shows what its reports place on that day: the features whose days hold it, both ends inclusive, an open
end without limit. Two kinds have no such day of their own and are shown by the day of their report instead:

- what the report does not date, flagged as "date not reported";
- what is only proposed, planned, threatened or denied, from the day of the report to the day that it is planned for.

Events, and what is drawn with them, stay on the map for a while after their last day, fading. Lasting things (routes,
sieges, control, front lines) do not: they hold or they do not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from geo.model import UNREAL

RECENT_DAYS = 14  # the longest time an event stays on the map, its own last day included
LASTING = frozenset({"routes", "control", "front_lines", "control_points"})


@dataclass(frozen=True, slots=True)
class Shown:
    """The days on which a feature shows.

    Attributes
    ----------
    first, last
        ISO days, both inclusive; None without limit.
    undated
        Whether they are the report's, since it does not date the feature.
    lasting
        Whether it vanishes with its last day, instead of fading.
    """

    first: str | None
    last: str | None
    undated: bool = False
    lasting: bool = False


def shown_days(layer: str, properties: Mapping[str, Any]) -> Shown:
    """Work out on which days a feature shows.

    Parameters
    ----------
    layer
        Name of its layer.
    properties
        Its properties, with ``start``, ``end`` and ``known`` as ISO days or None.

    Returns
    -------
    Shown
    """
    start, end, known = (properties.get(name) or None for name in ("start", "end", "known"))
    lasting = layer in LASTING or properties.get("type") == "siege"
    if properties.get("modality") in UNREAL and known:
        first = min(start or known, known)
        return Shown(first, max(end or first, known), undated=start is None and end is None, lasting=lasting)
    if start is None and end is None and known and layer != "places":
        return Shown(known, None if lasting else known, undated=True, lasting=lasting)
    return Shown(start, end, lasting=lasting)


def is_shown(shown: Shown, day: date, *, recent_days: int = RECENT_DAYS) -> bool:
    """Tell whether a feature shows on a day, fading ones included.

    Parameters
    ----------
    shown
        The days of the feature.
    day
        The day of the map.
    recent_days
        How many days, its own last one included, an event stays on the map.
    """
    if shown.first is not None and shown.first > day.isoformat():
        return False
    earliest = day if shown.lasting else day - timedelta(days=recent_days - 1)
    return shown.last is None or shown.last >= earliest.isoformat()
