"""A small atlas for the tests of maps and pages: Aleppo 2016, made by hand in the form that the layers have.

Its sentences are ours. Coordinates are facts, rounded; they are here to be looked at, not to be relied on.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.crs import destination
from geo.model import Article

BBOX = (36.3, 35.6, 38.2, 36.95)
DATES = (date(2016, 2, 5), date(2016, 7, 20), date(2016, 8, 8), date(2016, 8, 27), date(2016, 9, 4), date(2016, 9, 5))

FEBRUARY = Article(
    id="february",
    title="The road north is cut",
    source="Sample Wire",
    url="https://example.org/february",
    published=date(2016, 2, 6),
    text="Government troops cut the road from Aleppo to Azaz over the last two days. They now ring the countryside north of the "
    "city. The prime minister of Turkey said that 15,000 people had come to the border. Forces advance in the province.",
)
SEPTEMBER = Article(
    id="september",
    title="The corridor closes again",
    source="Sample Daily",
    url="https://example.org/september",
    published=date(2016, 9, 5),
    text="An airstrike hit Bab al-Nairab on August 27. Over the weekend jets struck southwest of Aleppo. On Sunday the army and "
    "Hezbollah retook the air force college and the artillery base. Rebels had opened the Ramouseh corridor in early August "
    "and so broken the siege, laid a month before when the Castello Road was taken. Russia proposes that aid go by the "
    "Castello Road only; the opposition asks for Ramouseh. A 48-hour ceasefire is on the table. Envoys met in Geneva.",
)
ARTICLES = (FEBRUARY, SEPTEMBER)

CASTELLO = [(37.1728, 36.2491), (37.1589, 36.2547), (37.1443, 36.2574), (37.1300, 36.2480), (37.1152, 36.2352)]
RAMOUSEH = [(37.051, 36.117), (37.08, 36.14), (37.1085, 36.153), (37.117, 36.16), (37.126, 36.171), (37.1425, 36.175)]
AZAZ = [(37.083, 36.29), (37.053, 36.343), (37.049, 36.386), (37.07, 36.45), (37.046, 36.587), (37.086, 36.634)]
EAST = [
    (37.158, 36.192),
    (37.16, 36.232),
    (37.19, 36.243),
    (37.212, 36.222),
    (37.205, 36.19),
    (37.175, 36.178),
    (37.142, 36.172),
]


def sample_layers() -> dict[str, geopandas.GeoDataFrame]:
    """The layers of the sample atlas."""
    events = _events()
    rows: dict[str, list[dict[str, Any]]] = {
        "places": _places(),
        "events": events,
        "areas": _areas(events),
        "routes": _routes(),
        "flows": _flows(),
    }
    return {
        name: geopandas.GeoDataFrame(features, geometry="geometry", crs="EPSG:4326") for name, features in rows.items()
    }


def circle(lon: float, lat: float, metres: float) -> Polygon:
    return Polygon([destination(lon, lat, bearing, metres) for bearing in range(0, 360, 10)])


def _common(
    number: str, article: Article, quote: str, start: str | None, end: str | None, edtf: str | None
) -> dict[str, Any]:
    at = article.text.index(quote)
    return {
        "id": number,
        "start": start,
        "end": end,
        "edtf": edtf,
        "known": str(article.published),
        "source": article.source,
        "article": article.id,
        "quote": quote,
        "quote_start": at,
        "quote_end": at + len(quote),
        "confidence": 0.8,
    }


def _event(
    common: dict[str, Any],
    kind: str,
    place: str,
    place_id: str,
    at: tuple[float, float],
    near: float,
    modality: str = "happened",
    **more: Any,
) -> dict[str, Any]:
    return (
        common
        | {
            "type": kind,
            "label": f"{kind.replace('_', ' ').capitalize()}: {place}",
            "actors": [],
            "modality": modality,
            "attribution": None,
            "figures": {},
            "precision_m": near,
            "acled_event_type": None,
            "acled_sub_event_type": None,
            "place": place,
            "place_id": place_id,
            "rule": None,
            "when": None,
            "flags": [],
            "geometry": Point(at),
        }
        | more
    )


def _by(*sides: tuple[str, str]) -> list[dict[str, str]]:
    return [{"role": "initiator", "name": name, "side": side} for name, side in sides]


def _events() -> list[dict[str, Any]]:
    army, russia, rebels = ("the army", "government"), ("Russia", "government"), ("rebels", "opposition")
    f, s = FEBRUARY, SEPTEMBER
    last_two = ("2016-02-04", "2016-02-06", "2016-02-04/2016-02-06")
    early_august = ("2016-08-01", "2016-08-10", "2016-08-01/2016-08-10")
    day, none = ("2016-09-04", "2016-09-04", "2016-09-04"), (None, None, None)
    return [
        _event(
            _common("f1", f, "Government troops cut the road from Aleppo to Azaz over the last two days", *last_two),
            "route_closed",
            "Aleppo–Azaz road",
            "atlas:azaz_road",
            (37.05, 36.386),
            4000,
            actors=_by(army),
            when="over the last two days",
        ),
        _event(
            _common("f2", f, "They now ring the countryside north of the city", *last_two),
            "siege_imposed",
            "countryside north of Aleppo",
            "atlas:aleppo",
            (37.08, 36.4),
            15000,
            actors=_by(army),
            rule="north of Aleppo, 6 to 30 km away",
        ),
        _event(
            _common("f3", f, "15,000 people had come to the border", None, "2016-02-06", "../2016-02-06"),
            "displacement",
            "Turkish border",
            "atlas:bab_salam",
            (37.086, 36.634),
            1200,
            "claimed",
            attribution="The prime minister of Turkey",
            figures={"displaced": 15000},
        ),
        _event(
            _common("f4", f, "Forces advance in the province", *none),
            "offensive",
            "Aleppo Governorate",
            "atlas:governorate",
            (37.6, 36.25),
            60000,
            "ongoing",
            actors=_by(army),
        ),
        _event(
            _common("s1", s, "An airstrike hit Bab al-Nairab on August 27", "2016-08-27", "2016-08-27", "2016-08-27"),
            "airstrike",
            "Bab al-Nairab",
            "atlas:bab_nairab",
            (37.1715, 36.192),
            700,
            actors=_by(russia),
            when="on August 27",
        ),
        _event(
            _common(
                "s2",
                s,
                "Over the weekend jets struck southwest of Aleppo",
                "2016-09-03",
                "2016-09-04",
                "2016-09-03/2016-09-04",
            ),
            "airstrike",
            "southwest of Aleppo",
            "atlas:aleppo",
            (37.08, 36.14),
            6000,
            actors=_by(russia),
            when="Over the weekend",
        ),
        _event(
            _common("s3", s, "On Sunday the army and Hezbollah retook the air force college", *day),
            "capture",
            "air force college",
            "atlas:air_college",
            (37.1175, 36.16),
            2500,
            actors=_by(army, ("Hezbollah", "government")),
            when="On Sunday",
        ),
        _event(
            _common("s4", s, "and the artillery base", *day),
            "capture",
            "artillery base",
            "atlas:artillery",
            (37.1175, 36.16),
            2500,
            actors=_by(army),
            flags=["which of the compounds is meant is not known"],
        ),
        _event(
            _common("s5", s, "Rebels had opened the Ramouseh corridor in early August", *early_august),
            "route_opened",
            "Ramouseh corridor",
            "atlas:ramouseh",
            (37.117, 36.16),
            1000,
            actors=_by(rebels),
            when="in early August",
        ),
        _event(
            _common("s6", s, "and so broken the siege", *early_august),
            "siege_broken",
            "opposition districts of Aleppo",
            "atlas:east",
            (37.18, 36.21),
            3500,
            actors=_by(rebels),
        ),
        _event(
            _common("s7", s, "laid a month before", "2016-07-01", "2016-07-31", "2016-07"),
            "siege_imposed",
            "opposition districts of Aleppo",
            "atlas:east",
            (37.18, 36.21),
            3500,
            actors=_by(army),
            when="a month before",
        ),
        _event(
            _common("s8", s, "Russia proposes that aid go by the Castello Road only", *none),
            "aid",
            "Castello Road",
            "atlas:castello",
            (37.1443, 36.2574),
            200,
            "proposed",
            actors=_by(russia),
            attribution="Russia",
        ),
        _event(
            _common("s9", s, "the opposition asks for Ramouseh", *none),
            "aid",
            "Ramouseh corridor",
            "atlas:ramouseh",
            (37.117, 36.16),
            1000,
            "proposed",
            actors=_by(rebels),
        ),
        _event(
            _common("s10", s, "A 48-hour ceasefire is on the table", *none),
            "ceasefire",
            "Aleppo",
            "atlas:aleppo",
            (37.161, 36.201),
            6000,
            "proposed",
        ),
        _event(
            _common("s11", s, "Envoys met in Geneva", *none),
            "talks",
            "Geneva",
            "geonames:geneva",
            (6.146, 46.202),
            4000,
        ),
    ]


def _areas(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    common = (
        "id",
        "start",
        "end",
        "edtf",
        "known",
        "source",
        "article",
        "quote",
        "quote_start",
        "quote_end",
        "confidence",
    )
    rows = []
    for event in events:
        kind = "region" if event["precision_m"] >= 6000 else "uncertainty"
        if event["place"] == "Geneva":
            continue
        rows.append(
            {key: event[key] for key in common}
            | {
                "id": f"{event['id']}-area",
                "event": event["id"],
                "type": kind,
                "label": event["place"],
                "holder": None,
                "precision_m": event["precision_m"],
                "rule": event["rule"],
                "geometry": circle(event["geometry"].x, event["geometry"].y, event["precision_m"]),
            }
        )
    siege = _common(
        "siege", SEPTEMBER, "the siege, laid a month before", "2016-07-01", "2016-08-10", "2016-07-01/2016-08-10"
    )
    rows.append(
        siege
        | {
            "event": "s7",
            "type": "siege",
            "label": "Siege of the opposition districts",
            "holder": "opposition",
            "precision_m": 600,
            "rule": None,
            "geometry": Polygon(EAST),
        }
    )
    return rows


def _routes() -> list[dict[str, Any]]:
    def state(
        number: str, article: Article, quote: str, start: str, end: str | None, course: BaseGeometry, **more: Any
    ) -> dict[str, Any]:
        return _common(number, article, quote, start, end, start) | {"geometry": course, **more}

    castello = {"route": "castello_road", "name": "Castello Road", "precision_m": 200}
    corridor = {"route": "ramouseh_corridor", "name": "Ramouseh corridor", "precision_m": 1000}
    azaz = {"route": "azaz_road", "name": "Aleppo–Azaz road", "precision_m": 1500}
    s = SEPTEMBER
    return [
        state(
            "r1",
            FEBRUARY,
            "cut the road",
            "2016-02-04",
            None,
            LineString(AZAZ),
            state="cut",
            holder="government",
            event="f1",
            **azaz,
        ),
        state(
            "r2",
            s,
            "the Castello Road was taken",
            "2016-07-01",
            None,
            LineString(CASTELLO),
            state="closed",
            holder="government",
            event="s7",
            **castello,
        ),
        state(
            "r3",
            s,
            "opened the Ramouseh corridor",
            "2016-08-01",
            "2016-09-03",
            LineString(RAMOUSEH),
            state="open",
            holder="opposition",
            event="s5",
            **corridor,
        ),
        state(
            "r4",
            s,
            "retook the air force college",
            "2016-09-04",
            None,
            LineString(RAMOUSEH),
            state="contested",
            holder="opposition",
            event="s3",
            **corridor,
        ),
    ]


def _flows() -> list[dict[str, Any]]:
    flow = _common("flow", FEBRUARY, "15,000 people had come to the border", None, "2016-02-06", "../2016-02-06")
    more = {
        "type": "displacement",
        "label": "15,000 people to the border",
        "figures": {"displaced": 15000},
        "precision_m": 15000,
        "event": "f3",
    }
    return [flow | more | {"geometry": LineString([(37.08, 36.4), (37.086, 36.62)])}]


def _places() -> list[dict[str, Any]]:
    table = [
        ("atlas:aleppo", "Aleppo", "city", 37.161, 36.201, 6000, "حلب"),
        ("atlas:bab_nairab", "Bab al-Nairab", "neighbourhood", 37.1715, 36.192, 700, "باب النيرب"),
        ("atlas:ramouseh", "Ramouseh", "neighbourhood", 37.13, 36.153, 1800, "الراموسة"),
        ("atlas:air_college", "Air Force Technical College", "base", 37.114, 36.159, 2500, "الكلية الفنية الجوية"),
        ("atlas:bab_salam", "Bab al-Salam", "crossing", 37.0858, 36.6344, 1200, "باب السلامة"),
        ("atlas:azaz", "Azaz", "town", 37.0463, 36.5866, 1000, "أعزاز"),
        ("atlas:governorate", "Aleppo Governorate", "admin1", 37.6, 36.25, 60000, "محافظة حلب"),
        ("geonames:geneva", "Geneva", "city", 6.146, 46.202, 4000, ""),
    ]
    quote = _common("", SEPTEMBER, "Bab al-Nairab", None, None, None)
    return [
        quote
        | {
            "id": f"p{i}",
            "place_id": pid,
            "name": name,
            "kind": kind,
            "aliases": [],
            "name_ar": arabic or None,
            "precision_m": near,
            "place_source": None,
            "mentions": 1,
            "geometry": Point(lon, lat),
        }
        for i, (pid, name, kind, lon, lat, near, arabic) in enumerate(table)
    ]
