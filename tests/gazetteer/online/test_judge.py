"""What becomes of answers: their kind and precision, and which of them is the place."""

import pytest
from geocoder_server import geonames, nominatim, photon

from geo.data import read_toml
from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.online import judge
from geo.gazetteer.online.answers import read_answers
from geo.settings import Theatre

SYRIA = Theatre(countries=("SY",), bbox=(36.0, 35.0, 38.0, 37.0))
NO_WINDOW = Theatre(countries=("SY",))
ANYWHERE = Theatre()


def answer(service, raw):
    (one,) = read_answers(service, [raw])
    return one


KINDS = [
    ("nominatim", nominatim("A", 37, 36, feature="place=hamlet"), "village", 1000),
    ("nominatim", nominatim("A", 37, 36, feature="place=city", box=(35.9, 36.1, 36.9, 37.1)), "city", 6000),
    ("nominatim", nominatim("A", 37, 36, feature="place=suburb", osm="way/2", box=(35.99, 36.01, 36.98, 37.01)), "neighbourhood", 2116),
    ("nominatim", nominatim("A", 37, 36, feature="boundary=administrative", osm="relation/2", addresstype="state", box=(35, 37, 36, 38)), "admin1", 143383),
    ("nominatim", nominatim("A", 37, 36, feature="boundary=administrative", addresstype="city"), "city", 6000),
    ("nominatim", nominatim("A", 37, 36, feature="boundary=administrative", addresstype="", place_rank=8), "admin1", 60000),
    ("nominatim", nominatim("A", 37, 36, feature="boundary=administrative", addresstype="", place_rank=12), "admin2", 20000),
    ("nominatim", nominatim("A", 37, 36, feature="boundary=administrative", addresstype="", place_rank=16), "town", 2000),
    ("nominatim", nominatim("A", 37, 36, feature="boundary=administrative", addresstype="", place_rank=None), "", 0),
    ("nominatim", nominatim("A", 37, 36, feature="military=airfield"), "airbase", 2000),
    ("nominatim", nominatim("A", 37, 36, feature="military=obstacle_course"), "military_base", 1500),
    ("nominatim", nominatim("A", 37, 36, feature="highway=trunk", osm="way/3", box=(36, 36, 37, 37)), "road", 50),
    ("nominatim", nominatim("A", 37, 36, feature="highway=bus_stop"), "", 0),
    ("nominatim", nominatim("A", 37, 36, feature="shop=bakery"), "", 0),
    ("nominatim", nominatim("A", 37, 36, feature="amenity=restaurant"), "", 0),
    ("nominatim", nominatim("A", 37, 36, feature="amenity=hospital"), "hospital", 300),
    ("photon", photon("A", 37, 36), "village", 1000),
    ("photon", photon("A", 37, 36, osm="R5", extent=[36.98, 36.01, 37.02, 35.99]), "village", 2116),
    ("photon", photon("A", 37, 36, feature="boundary=administrative", type="county"), "admin2", 20000),
    ("photon", photon("A", 37, 36, feature="boundary=administrative", type="city"), "town", 2000),
    ("photon", photon("A", 37, 36, feature="amenity=fuel"), "", 0),
    ("geonames", geonames("A", 37, 36), "village", 1000),
    ("geonames", geonames("A", 37, 36, population=7000), "town", 2000),
    ("geonames", geonames("A", 37, 36, population=2_000_000), "city", 6000),
    ("geonames", geonames("A", 37, 36, feature="P.PPLC", population=50), "city", 6000),
    ("geonames", geonames("A", 37, 36, feature="A.ADM1"), "admin1", 60000),
    ("geonames", geonames("A", 37, 36, feature="S.REST"), "", 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("service", "raw", "kind", "precision_m"),
    KINDS,
    ids=[f"{s}-{k or 'no place'}-{n}" for n, (s, _, k, _) in enumerate(KINDS)],
)
def test_kind_and_precision(service, raw, kind, precision_m):
    place = answer(service, raw).place
    assert (place.kind, place.precision_m) == (kind, precision_m)


def test_every_kind_of_the_table_is_one():
    table = read_toml("online_kinds.toml")
    kinds = [kind for values in table["osm"].values() for kind in values.values()]
    for name in ("level", "layer", "rank"):
        kinds += table[name].values()
    assert set(kinds) <= set(place_kinds())


def test_names_country_and_source():
    details = {"name": "أم سردين", "name:en": "Umm Sardin", "alt_name": "Sardin;Sirdin", "name:tr": "Ümmü Serdin"}
    raw = nominatim(
        "Umm Sardin",
        37,
        36,
        osm="node/12",
        namedetails=details,
        address={"country_code": "sy", "ISO3166-2-lvl4": "SY-HL", "ISO3166-2-lvl6": "SY-HL-1"},
    )
    one = answer("nominatim", raw)
    assert (one.place.id, one.place.name, one.place.name_ar) == ("osm:node/12", "Umm Sardin", "أم سردين")
    assert one.place.aliases == ("Sardin", "Sirdin")
    assert one.names == ("Umm Sardin", "أم سردين", "Sardin", "Sirdin", "Ümmü Serdin")
    assert (one.place.country, one.place.admin1) == ("SY", "SY-HL")
    assert one.place.source == "Nominatim: osm:node/12, © OpenStreetMap contributors, ODbL 1.0"
    assert answer("photon", photon("A", 1, 2, osm="R7")).place.id == "osm:relation/7"
    assert answer("geonames", geonames("A", 1, 2, id=9)).place.source == "GeoNames: geonames:9, GeoNames, CC BY 4.0"


ODD = [
    ("nominatim", {}), ("nominatim", {"lat": "1"}), ("nominatim", nominatim("A", 181, 2)), ("nominatim", nominatim("A", 1, 2) | {"lon": "nan"}),
    ("nominatim", nominatim("", 1, 2, display_name="", namedetails={})), ("nominatim", nominatim("A", 1, 2) | {"boundingbox": ["1", "2"]}),
    ("nominatim", nominatim("A", 1, 2) | {"namedetails": ["A", {}]}), ("photon", {"type": "Feature"}), ("photon", photon("A", 1, 2, extent=[1, "x", 3, 4])),
    ("geonames", {"name": "A"}), ("geonames", geonames("A", 1, 2, alternateNames=[7])),
]  # fmt: skip


@pytest.mark.parametrize(("service", "raw"), ODD, ids=range(len(ODD)))
def test_one_odd_record_does_not_spoil_the_others(service, raw):
    good = {"nominatim": nominatim, "photon": photon, "geonames": geonames}[service]("Good", 37, 36)
    assert [one.place.name for one in read_answers(service, [raw, good])] == ["Good"]


LIKE = [
    ("Umm Sardin", "Umm Sardin", "place=village", True),
    ("umm sardin", "Umm-Sardin", "place=village", True),
    ("Ramouseh", "Ramusa", "place=suburb", True),
    ("al-Hadher", "Hadher", "place=town", True),
    ("Umm Sardin", "أم سردين", "place=village", True),
    ("Umm Sardin village", "Umm Sardin", "place=village", True),
    ("Umm Sardin village", "Umm Sardin", "place=town", True),
    ("village of Umm Sardin", "Umm Sardin", "place=hamlet", True),
    ("Umm Sardin", "Umm Sardin Village", "place=village", True),
    ("Khanaser district", "Khanaser", "boundary=administrative", True),
    ("Castello Road", "Castello Road", "highway=trunk", True),
    ("Castello Street", "Castello", "highway=residential", True),
    ("Aleppo Street", "Aleppo", "place=city", False),
    ("Umm Sardin", "Umm al-Qura", "place=village", False),
    ("Umm Sardin", "Sardin", "place=village", False),
    ("Tal Rifaat", "Tel Rifat", "place=town", True),
    ("Kafr", "Kfar Hamra", "place=village", False),
    ("Taba", "Tibu", "place=village", False),
    ("Qurzghal", "Qurzghul", "place=village", True),
    ("Homs", "Hims", "place=city", True),
]  # fmt: skip


@pytest.mark.parametrize(("query", "name", "feature", "fits"), LIKE, ids=[f"{q}-{n}-{f}" for q, n, f, _ in LIKE])
def test_a_name_must_be_like_the_one_asked_for(query, name, feature, fits):
    more = {"addresstype": "district"} if feature.startswith("boundary") else {}
    one = answer("nominatim", nominatim(name, 37, 36, feature=feature, display_name=f"{name}, Syria", **more))
    verdict = judge(query, [one], theatre=ANYWHERE)
    assert (verdict.chosen is not None) == fits, verdict.why
    if not fits:
        assert verdict.why == f"knows none that fits: the name {one.place.name!r} is not like {query!r}"


def spots(*points, **more):
    """Answers of one name: longitude, latitude, country."""
    raw = [
        nominatim("Salhiya", lon, lat, country=country, osm=f"node/{n}", **more)
        for n, (lon, lat, country) in enumerate(points)
    ]
    return read_answers("nominatim", raw)


CHOICES = [
    ("none", [], SYRIA, (), None, "knows no such name"),
    ("alone in the window", [(37, 36, "sy")], SYRIA, (), 0, "knows place=village of the same name, in the theatre's window"),
    ("in the country", [(40, 36, "sy")], SYRIA, (), 0, "knows place=village of the same name, in the theatre"),
    ("over the border, in the window", [(37, 36.9, "tr")], SYRIA, (), 0, "knows place=village of the same name, in the theatre's window"),
    ("abroad", [(47, 36, "iq")], SYRIA, (), None, "knows none that fits: 'Salhiya' (IQ) lies outside the theatre"),
    ("abroad, no window", [(37, 36, "iq")], NO_WINDOW, (), None, "knows none that fits: 'Salhiya' (IQ) lies outside the theatre"),
    ("in no country", [(37, 36, "")], NO_WINDOW, (), None, "knows none that fits: 'Salhiya' (in no country) lies outside the theatre"),
    ("no theatre", [(47, 36, "iq")], ANYWHERE, (), 0, "knows place=village of the same name"),
    ("the window decides", [(40, 36, "sy"), (37, 36, "sy")], SYRIA, (), 1, "knows place=village of the same name, in the theatre's window"),
    ("abroad does not count", [(47, 36, "iq"), (37, 36, "sy")], SYRIA, (), 1, "knows place=village of the same name, in the theatre's window"),
    ("one place twice", [(37, 36, "sy"), (37.01, 36, "sy")], SYRIA, (), 0, "knows place=village of the same name, in the theatre's window"),
    ("two places", [(36.5, 36, "sy"), (37.5, 36, "sy")], SYRIA, (), None, "knows 2 places of that name, up to 90 km apart, and nothing tells which is meant"),
    ("three places", [(36, 36, "sy"), (38, 36, "sy"), (47, 36, "iq")], ANYWHERE, (), None, "knows 3 places of that name, up to 989 km apart, and nothing tells which is meant"),
    ("the article decides", [(36, 36, "sy"), (47, 36, "iq")], ANYWHERE, ((47.1, 36.1), (10, 10)), 1, "knows place=village of the same name, near other places of the article"),
    ("the article does not", [(36, 36, "sy"), (47, 36, "iq")], ANYWHERE, ((36, 36), (47, 36.1)), 0, "knows place=village of the same name, near other places of the article"),
    ("both are near", [(36.5, 36, "sy"), (37.5, 36, "sy")], SYRIA, ((37, 36),), None, "knows 2 places of that name, up to 90 km apart, and nothing tells which is meant"),
    ("the article is elsewhere", [(36, 36, "sy"), (47, 36, "iq")], ANYWHERE, ((10, 10),), None, "knows 2 places of that name, up to 989 km apart, and nothing tells which is meant"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("points", "theatre", "near", "chosen", "why"), [c[1:] for c in CHOICES], ids=[c[0] for c in CHOICES]
)
def test_which_is_meant(points, theatre, near, chosen, why):
    answers = spots(*points)
    verdict = judge("Salhiya", answers, theatre=theatre, near=near)
    assert verdict.why == why
    assert (verdict.chosen and verdict.chosen.answer) == (None if chosen is None else answers[chosen])


def test_the_same_name_goes_before_a_likeness():
    raw = [
        nominatim("Salhiyeh", 36.5, 36, osm="node/1"),
        nominatim("Salihiya", 36.4, 36, osm="node/2"),
        nominatim("Salhiya Café", 37, 36, feature="amenity=cafe", osm="node/3"),
        nominatim("Salhiya", 37.5, 36, osm="node/4"),
    ]
    verdict = judge("Salhiya", read_answers("nominatim", raw), theatre=SYRIA)
    assert verdict.chosen.answer.place.id == "osm:node/4"
    assert [c.answer.place.id for c in verdict.candidates] == ["osm:node/4", "osm:node/1", "osm:node/2", "osm:node/3"]
    assert [c.refused for c in verdict.candidates] == ["", "", "", "'Salhiya Café' is no place but amenity=cafe"]
    spelt = judge("Salhiya", read_answers("nominatim", raw[:1]), theatre=SYRIA)
    assert spelt.why == "knows place=village of the name 'Salhiyeh', 91% alike, in the theatre's window"


def test_all_refused():
    raw = [
        nominatim("Salhiya", 37, 36, feature="shop=mall", osm="node/1"),
        nominatim("Salhiya", 47, 36, country="iq", osm="node/2"),
        nominatim("Aleppo", 37, 36, osm="node/3"),
    ]
    verdict = judge("Salhiya", read_answers("nominatim", raw), theatre=SYRIA)
    assert verdict.why == "knows none that fits: 'Salhiya' is no place but shop=mall (2 more do not fit either)"
