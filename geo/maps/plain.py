"""What a page shows as a plain list, for readers without scripts: the map's equal, in escaped HTML."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from geo.model import UNREAL

MOST = 500  # features of a section: a page without scripts is read, not searched


def plain_list(data: Mapping[str, Any]) -> str:
    """Write the features of a page as headings and lists.

    Parameters
    ----------
    data
        What the page's script reads.

    Returns
    -------
    str
        HTML in which every text is escaped.
    """
    events = [f for f in data["features"] if f["layer"] == "events"]
    sections = (
        ("Events", [f for f in events if f.get("modality") not in UNREAL]),
        ("Proposed, planned, threatened or denied", [f for f in events if f.get("modality") in UNREAL]),
        ("Routes", [f for f in data["features"] if f["layer"] == "routes"]),
        ("Sieges and areas", [f for f in data["features"] if f["layer"] == "areas" and f.get("type") == "siege"]),
        ("Front lines", [f for f in data["features"] if f["layer"] == "front_lines"]),
        ("Control", [f for f in data["features"] if f["layer"] == "control"]),
        ("Movements", [f for f in data["features"] if f["layer"] == "flows"]),
    )
    titles = {article["id"]: article for article in data["articles"]}
    parts = [f"<h2>{escape(data['title'])}</h2>", "<p>The map needs JavaScript. This is what it shows, as a list.</p>"]
    for heading, features in sections:
        if features:
            parts += [f"<h3>{heading} ({len(features)})</h3>", *_items(features[:MOST], titles)]
        if len(features) > MOST:
            parts.append(f"<p>and {len(features) - MOST:,} more: the pages of single days have them.</p>")
    return "\n".join([*parts, f"<p>{escape(data['style']['text']['caution'])}</p>"])


def _items(features: Iterable[Mapping[str, Any]], articles: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return ["<ul>", *(f"<li>{_item(feature, articles)}</li>" for feature in features), "</ul>"]


def _item(feature: Mapping[str, Any], articles: Mapping[str, Mapping[str, Any]]) -> str:
    named = feature.get("name") or feature.get("holder") or " – ".join(feature.get("sides", ()))
    name = feature.get("label") or " ".join(filter(None, (named, _words(feature.get("state", "")))))
    article = articles.get(feature.get("article", ""), {})
    modality = feature.get("modality", "")
    parts = [
        f"<b>{escape(name or feature['layer'])}</b>",
        escape(feature["when"]),
        escape(" ".join(filter(None, (feature.get("place"), feature["near"])))),
        escape(f"{modality}{', says ' + feature['attribution'] if feature.get('attribution') else ''}"),
        f"<q>{escape(feature['quote'])}</q>" if feature.get("quote") else "",
        _source(feature, article),
        *(f"also <q>{escape(r.get('quote', ''))}</q> {_source(r, {})}" for r in feature.get("reports", ())[1:]),
        escape(f"contested: {', '.join(feature['contested'])}") if feature.get("contested") else "",
    ]
    return "; ".join(part for part in parts if part)


def _source(told: Mapping[str, Any], article: Mapping[str, Any]) -> str:
    return escape(", ".join(filter(None, (told.get("source"), article.get("title"), told.get("known")))))


def _words(name: str) -> str:
    return name.replace("_", " ")
