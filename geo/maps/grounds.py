"""The ground of events on a page: circles that it draws itself, and areas that several events share."""

import json
from collections.abc import Iterable, Mapping
from typing import Any


def without_circles(features: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Leave out the circles of doubt around events that stand on the page: it draws them from the events themselves.

    Parameters
    ----------
    features
        From `layer_features`.

    Returns
    -------
    list of dict
        The others; an event that a circle was left out for, or any event where there are no areas, has ``circle`` set.
    """
    kept = list(features)
    points = {f.get("id") for f in kept if f["layer"] == "events" and f.get("precision_m") and f["geometry"]}
    areas = [f for f in kept if f["layer"] == "areas"]
    circles = {f.get("event") for f in areas if f.get("type") == "uncertainty"} if areas else points
    result = []
    for f in kept:
        if f["layer"] == "areas" and f.get("type") == "uncertainty" and f.get("event") in points:
            continue
        circled = f["layer"] == "events" and f.get("id") in points and f.get("id") in circles
        result.append({**f, "circle": True} if circled else dict(f))
    return result


def pooled(features: Iterable[dict[str, Any]]) -> list[Any]:
    """Let areas that hold the same ground share it: their geometry becomes its number in the list that this gives."""
    pool: dict[str, int] = {}
    shapes: list[Any] = []
    for feature in features:
        if feature["layer"] != "areas" or not feature["geometry"]:
            continue
        key = json.dumps(feature["geometry"])
        if key not in pool:
            pool[key] = len(shapes)
            shapes.append(feature["geometry"])
        feature["geometry"] = pool[key]
    return shapes
