import json

import pytest

from geo.data import read_toml
from geo.gazetteer.kinds import place_kinds


def claim(value, rank: str = "normal") -> dict:
    return {"mainsnak": {"snaktype": "value", "datavalue": {"value": value}}, "rank": rank}


def coordinates(lon: float, lat: float, globe: str = "Q2") -> dict:
    return {"longitude": lon, "latitude": lat, "precision": 0.001, "globe": f"http://www.wikidata.org/entity/{globe}"}


def entity(id_: str, label: str, **claims) -> dict:
    return {
        "type": "item",
        "id": id_,
        "labels": {"en": {"language": "en", "value": label}, "ar": {"language": "ar", "value": "خربة"}},
        "aliases": {"en": [{"language": "en", "value": f"Kherbet {id_}"}]},
        "claims": claims,
    }


NOWHERE = entity(
    "Q900000001", "Khirbat Nowhere",
    P625=[claim(coordinates(0, 0), "deprecated"), claim(coordinates(37.9, 36.6))],
    P31=[claim({"id": "Q486972"}), claim({"id": "Q515"})],
    P1082=[claim({"amount": "+12000"}, "preferred"), claim({"amount": "+9"})],
)  # fmt: skip
AZAZ = entity(
    "Q900000002",
    "Azaz",
    P625=[claim(coordinates(37.0476, 36.5863))],
    P31=[claim({"id": "Q3957"})],
    P1566=[claim("172082")],
)
MOON = entity("Q900000003", "Mare Nowhere", P625=[claim(coordinates(37.9, 36.6, "Q405"))])
NOBODY = entity("Q900000004", "Nobody")
ENTITIES = [NOWHERE, AZAZ, MOON, NOBODY]

SHAPES = {
    "a dump": "[\n" + ",\n".join(json.dumps(one) for one in ENTITIES) + "\n]\n",
    "an entity a line": "\n".join(json.dumps(one) for one in ENTITIES),
    "Special:EntityData": json.dumps({"entities": {one["id"]: one for one in ENTITIES}}),
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_entities(imported, text: str) -> None:
    result, opened = imported("wikidata.json", text)
    assert (result.meta["format"], result.meta["licence"], result.meta["places"]) == ("wikidata", "CC0", "2")
    assert result.counts.skipped == {"not on Earth": 1, "without coordinates (P625)": 1}
    place = opened.get("wikidata:q900000001")
    assert (place.name, place.kind, place.lon, place.lat, place.population) == (
        "Khirbat Nowhere",
        "city",
        37.9,
        36.6,
        12000,
    )
    assert (place.name_ar, place.aliases, place.source) == ("خربة", ("Kherbet Q900000001",), "Wikidata")
    # The link to GeoNames makes them one.
    assert opened.get("geonames:172082").id == "wikidata:q900000002"
    assert [p.id for p in opened.lookup(["Azaz"])["Azaz"]] == ["wikidata:q900000002"]


def cell(value: str, type_: str = "literal") -> dict:
    return {"type": type_, "value": value}


def row(number: int, **more) -> dict:
    item = cell(f"http://www.wikidata.org/entity/Q90000000{number}", "uri")
    return {"item": item, "itemLabel": cell("Khirbat Nowhere"), "coord": cell("Point(37.9 36.6)"), **more}


BINDINGS = [
    row(1, itemAltLabel=cell("Kherbet, Khirba"), population=cell("1200"), instanceOf=cell("http://www.wikidata.org/entity/Q532", "uri")),
    row(1, itemAltLabel=cell("Khirbet")),
    row(2, coord=cell("<http://www.wikidata.org/entity/Q405> Point(37.9 36.6)")),
]  # fmt: skip


@pytest.mark.parametrize("plain", [False, True], ids=["SPARQL 1.1 results", "plain list"])
def test_results_of_a_query(imported, plain: bool) -> None:
    flat = [{name: cell_["value"] for name, cell_ in one.items()} for one in BINDINGS]
    text = flat if plain else {"head": {"vars": ["item"]}, "results": {"bindings": BINDINGS}}
    result, opened = imported("query.json", text)
    assert (result.meta["places"], result.counts.rows, result.counts.skipped) == ("1", 3, {"not on Earth": 1})
    place = opened.get("query:q900000001")
    assert (place.kind, place.population, place.lon, place.country) == ("village", 1200, 37.9, "SY")
    assert place.aliases == ("Kherbet", "Khirba", "Khirbet")


def test_the_table_of_kinds() -> None:
    table = read_toml("wikidata_kinds.toml")
    assert set(table) <= set(place_kinds())
    items = [item for group in table.values() for item in group]
    assert len(items) == len(set(items))
    assert all(item[0] == "Q" and item[1:].isdigit() for item in items)
