"""What a map of a day says, in words: what, when, by whom, from which sources, and what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.maps.picture.day import Feature, all_sides, features_of, unplaced_features
from geo.maps.style import OTHER, Style, read_style
from geo.maps.words import day_words, distance_words

MOST_NAMED = 6  # of routes, sieges and labels; more would be a list, which stands beside the map
ALT_LENGTH = 400  # characters, so that a screen reader is done before its listener is


@dataclass(frozen=True, slots=True)
class Caption:
    """A map in words.

    Attributes
    ----------
    title
        Title and day.
    what, whom, sources, unknown
        A sentence each, empty where there is nothing to say.
    caution
        As on every map.
    alt
        In short, for those who do not see it.
    """

    title: str
    what: str
    whom: str
    sources: str
    unknown: str
    caution: str
    alt: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it, in order."""
        parts = (f"{self.title}, as reported.", self.what, self.whom, self.sources, self.unknown, self.caution)
        return tuple(part for part in parts if part)

    @property
    def text(self) -> str:
        """All of it in one paragraph."""
        return " ".join(self.sentences)


def caption(
    layers: Mapping[str, Any],
    *,
    as_of: date,
    title: str,
    style: Style | None = None,
    credits: Sequence[str] = (),
    unplaced: Sequence[Mapping[str, Any]] = (),
) -> Caption:
    """Describe the map of a day.

    Parameters
    ----------
    layers, as_of, title, style, credits, unplaced
        As of `geo.maps.picture.render_picture`, which shows the same features.

    Returns
    -------
    Caption
    """
    style = style or read_style(sides=all_sides(layers))
    features = features_of(layers, as_of, style)
    nowhere = unplaced_features(unplaced, as_of, style)
    events = [*features["events"], *nowhere]
    heading = f"{_plain(title)}, {day_words(as_of.isoformat())}"
    sources = sorted({f.source for layer in ({**features, "events": events}).values() for f in layer if f.source})
    named = [*credits, *sources]
    return Caption(
        title=heading,
        what=_what(features, events, style),
        whom=_whom(events, features, style),
        sources=f"Sources: {'; '.join(map(_plain, named))}." if named else "",
        unknown=_unknown(events, nowhere, features),
        caution=style.text.caution,
        alt=_alt(heading, features, events),
    )


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _what(features: Mapping[str, list[Feature]], events: Sequence[Feature], style: Style) -> str:
    parts = []
    real = Counter(style.type(f.kind).label.lower() for f in events if not f.unreal)
    unreal = Counter(f.modality.label.lower() for f in events if f.unreal and f.modality)
    if real:
        parts.append(f"{_count(sum(real.values()), 'event')} ({_counts(real)})")
    if unreal:
        parts.append(f"{sum(unreal.values())} told of but not done ({_counts(unreal)})")
    if features["routes"]:
        parts.append(_some("route", [f"{f.label} {_route_state(f, style)}" for f in _routes(features)]))
    if sieges := [f.label.rpartition(": ")[2] for f in features["areas"] if f.kind == "siege"]:
        parts.append(_some("siege", sieges))
    if features["flows"]:
        parts.append(_some("movement", [f.label for f in features["flows"]]))
    if features["control"]:
        parts.append(f"ground held by {_list(sorted({_plain(f.side.label) for f in features['control']}))}")
    if features["front_lines"]:
        parts.append("the front lines between them")
    return f"Shows {'; '.join(parts)}." if parts else "Nothing was reported of this day."


def _routes(features: Mapping[str, list[Feature]]) -> list[Feature]:
    """Give the routes, what is new first, then those where nothing passes."""
    return sorted(features["routes"], key=lambda f: (not f.fresh, f.kind == "open", f.label))


def _route_state(feature: Feature, style: Style) -> str:
    state = style.states.get(feature.kind)
    return state.label.removeprefix("Route ") if state else feature.kind


def _whom(events: Sequence[Feature], features: Mapping[str, list[Feature]], style: Style) -> str:
    acting = Counter(f.side.label for f in events if not f.unreal and f.side.id != OTHER)
    holding = Counter(f.side.label for f in features["routes"] if f.side.id != OTHER)
    parts = []
    if acting:
        parts.append(f"acted: {_counts(acting)}")
    if holding:
        parts.append(f"holds routes: {_counts(holding)}")
    return f"Who, as reported, {'; '.join(parts)}." if parts else ""


def _unknown(events: Sequence[Feature], nowhere: Sequence[Feature], features: Mapping[str, list[Feature]]) -> str:
    parts = []
    if undated := sum(f.undated for f in events):
        parts.append(f"the day of {_count(undated, 'event')}")
    if nameless := sum(f.side.id == OTHER for f in events if not f.unreal):
        parts.append(f"who did {_count(nameless, 'event')}")
    if radii := sorted(f.precision_m for f in events if f.precision_m > 0):
        parts.append(f"the exact places ({_precision(radii)})")
    if nowhere:
        parts.append(f"the place of {_count(len(nowhere), 'event')}")
    if disputed := sum("contested" in f.sources for f in events):
        parts.append(f"which report is right on {_count(disputed, 'event')}")
    if unsure := sum(f.kind not in ("", "held") for f in features["control"]):
        parts.append(f"who holds {_count(unsure, 'piece')} of ground for sure")
    told = f"Not known: {_list(parts)}. " if parts else ""
    return f"{told}What nobody reported is not shown."


def _precision(radii: Sequence[float]) -> str:
    best, middle = distance_words(radii[0]), distance_words(radii[len(radii) // 2])
    return best if best == middle else f"{best} at best, half of them no better than {middle.removeprefix('within ')}"


def _alt(heading: str, features: Mapping[str, list[Feature]], events: Sequence[Feature]) -> str:
    now = [f for f in events if not f.past and not f.unreal] or list(events)
    labels = list(dict.fromkeys(_plain(f.label) for f in now))
    labels += [f"{_plain(f.label)} {f.note or f.kind}".strip() for f in _routes(features)]
    words = f"Map: {heading}."
    for i, label in enumerate(labels):
        if len(words) + len(label) > ALT_LENGTH:
            return f"{words} And {len(labels) - i} more."
        words += f" {label}."
    return words


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _counts(counts: Mapping[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} {number}" for name, number in ordered)


def _some(noun: str, names: Iterable[str]) -> str:
    known = list(dict.fromkeys(_plain(name) for name in names))
    shown = known[:MOST_NAMED] + ([f"{len(known) - MOST_NAMED} more"] if len(known) > MOST_NAMED else [])
    return f"{_count(len(known), noun)} ({'; '.join(shown)})"


def _list(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
