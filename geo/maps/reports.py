"""Several reports of one event as a page and a picture show them: side by side, with what they disagree on."""

from collections.abc import Mapping
from typing import Any

from geo.maps.words import distance_words, edtf_words, figures_words

_KEPT = ("article", "source", "known", "quote", "quote_start", "quote_end", "modality", "attribution", "confidence")


def report_cards(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a page shows of the reports of an event.

    Parameters
    ----------
    properties
        Of a feature of the events layer.

    Returns
    -------
    dict
        ``sources``, ``contested`` and ``reports``: for each the source, the quote, and in words the time, place, toll
        and actors that it tells; empty where a single report tells it, or the layer has none.
    """
    reports = [report for report in properties.get("reports") or () if isinstance(report, Mapping)]
    if len(reports) < 2:
        return {}
    return {
        "sources": properties.get("sources") or 1,
        "contested": list(properties.get("contested") or ()),
        "reports": [_card(report) for report in reports],
    }


def _card(report: Mapping[str, Any]) -> dict[str, Any]:
    near = distance_words(report.get("precision_m"))
    told = {
        "type": str(report.get("type") or "").replace("_", " "),
        "time": edtf_words(report.get("edtf")),
        "place": ", ".join(part for part in (report.get("place"), near) if part),
        "actors": _initiators(report),
        "toll": figures_words(report.get("figures")),
    }
    kept = {key: report[key] for key in _KEPT if report.get(key) not in (None, "")}
    return kept | {"told": {name: words for name, words in told.items() if words}}


def _initiators(report: Mapping[str, Any]) -> str:
    actors = [a for a in report.get("actors") or () if isinstance(a, Mapping) and a.get("role") == "initiator"]
    names = ", ".join(str(actor["name"]) for actor in actors if actor.get("name"))
    return f"by {names}" if names else ""


def sources_words(properties: Mapping[str, Any]) -> str:
    """Say by how many independent sources an event is told, if by more than one, and whether they disagree."""
    sources, contested = properties.get("sources") or 1, properties.get("contested")
    parts = (
        f"{sources} sources" if sources > 1 else "",
        "contested" if contested is not None and len(contested) else "",
    )
    return ", ".join(part for part in parts if part)
