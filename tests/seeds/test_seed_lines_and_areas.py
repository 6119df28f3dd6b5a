"""The routes and areas of the atlas: form, geometry, and agreement with the places."""

import math
from typing import Any

import pytest
from shapely import LineString, Point, Polygon
from shapely.geometry import shape

from geo.data import read_toml

ROUTE_PROPERTIES = ["id", "name", "kind", "aliases", "name_ar", "precision_m", "country", "purpose", "links", "source"]
AREA_PROPERTIES = [
    "id",
    "name",
    "kind",
    "aliases",
    "name_ar",
    "lon",
    "lat",
    "precision_m",
    "country",
    "admin1",
    "source",
]
ALEPPO, TURKEY = "geonames:170063", "country:TR"

# Quarters held in July 2016, from which the two halves of the city are drawn (see seeds/README.md).
OPPOSITION = [
    "hanano", "jabal_badro", "haydariyeh", "sakhour", "ayn_tal", "baaideen", "hellok", "bustan_basha",
    "sheikh_kheder", "sheikh_fares", "suleiman_halabi", "tariq_bab", "helwaniyeh", "jazmati", "maasaraniyeh",
    "karm_tarrab", "myassar", "dahret_awwad", "jouret_awwad", "qaterji", "qadi_askar", "karm_jabal",
    "karm_homad", "shaar", "aghyor", "bab_nairab", "maadi", "marjeh", "maqar_anbiya", "salheen", "bab_maqam",
    "fardos", "karm_daada", "kallaseh", "jalloum", "bustan_qasr", "zebdiyeh", "ansari_sharqi", "mashhad",
    "sukkari", "tal_zarazir", "amiriyeh", "sheikh_saeed", "asileh", "hamidiyeh_old", "farafra", "owaija",
    "jandoul_rbt", "ramouseh_old", "bayyada", "bab_hadid", "bab_qinnasrin", "qalat_sharif", "sahet_bizzeh",
    "ballat", "ajam", "sheikh_abu_bakr", "arqoub",
]  # fmt: skip
GOVERNMENT = [
    "aziziyeh", "midan", "suleimaniyeh", "siryan", "masharqa", "jamiliyeh", "muhafaza", "sabil", "furqan",
    "azamiyeh", "university", "shahba", "andalus", "nile_street", "new_aleppo", "hamdaniyeh_1", "hamdaniyeh_4",
    "hamdaniyeh_5", "khaldiyeh", "zahraa_aleppo", "tareq_ziad", "assad_academy", "dahiyat_assad", "minyan",
    "project_3000", "ashrafiyeh", "ghazali", "faid", "kawakibi", "shuhada", "hamidiyeh", "ourubeh",
    "sheikh_taha", "zuhour", "jabriyeh",
]  # fmt: skip
NEITHER = ["sheikh_maqsoud", "bani_zaid", "airport", "nayrab_village", "layramoun_rbt", "artillery_college", "handarat"]


def kilometres(geometry: Any) -> Any:
    """Flatten near Aleppo: a degree is 89.8 km east and 111.0 km north."""
    from shapely import transform

    return transform(geometry, lambda xy: xy * [89.8, 111.0])


def by_id(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {f["properties"]["id"]: shape(f["geometry"]) for f in features}


def coordinates(feature: dict[str, Any]) -> list[list[float]]:
    geometry = feature["geometry"]
    return list(geometry["coordinates"] if geometry["type"] == "LineString" else geometry["coordinates"][0])


def test_properties_kinds_and_decimals(routes: list[dict[str, Any]], areas: list[dict[str, Any]]) -> None:
    kinds = read_toml("place_kinds.toml")
    parts = {f["properties"]["id"] for f in routes if "part_of" in f["properties"]}
    assert parts == {"aleppo_azaz_south", "aleppo_azaz_north"}
    assert all(
        list(f["properties"]) == [*ROUTE_PROPERTIES, *(["part_of"] if f["properties"]["id"] in parts else [])]
        and f["properties"]["kind"] in ("road", "corridor")
        for f in routes
    )
    assert all(list(f["properties"]) == AREA_PROPERTIES and f["properties"]["kind"] in kinds for f in areas)
    assert all(f["properties"]["source"] and f["properties"]["precision_m"] >= 100 for f in (*routes, *areas))
    fine = [x for f in (*routes, *areas) for point in coordinates(f) for x in point if round(x, 5) != x]
    assert fine == []


def test_a_course_is_a_simple_line_and_an_area_a_valid_ring_that_runs_anticlockwise(
    routes: list[dict[str, Any]], areas: list[dict[str, Any]]
) -> None:
    for line in by_id(routes).values():
        assert isinstance(line, LineString)
        assert line.is_simple
    for feature in areas:
        area = shape(feature["geometry"])
        assert isinstance(area, Polygon)
        assert area.is_valid
        assert area.exterior.is_ccw
        assert area.contains(Point(feature["properties"]["lon"], feature["properties"]["lat"]))


def test_a_route_passes_by_what_it_links_in_that_order(
    routes: list[dict[str, Any]], points: dict[str, tuple[float, float]]
) -> None:
    for feature in routes:
        line, links = kilometres(shape(feature["geometry"])), feature["properties"]["links"]
        known = [kilometres(Point(points[i])) for i in links if ":" not in i]
        assert [i for i in links if ":" not in i and i not in points] == []
        assert len(known) + sum(i in (ALEPPO, TURKEY, "geonames:170654") for i in links) == len(links)
        along = [line.project(p) for p in known]
        assert along == sorted(along), feature["properties"]["id"]
        assert max(line.distance(p) for p in known) < 6.5, feature["properties"]["id"]


@pytest.mark.parametrize(
    ("route", "first", "last", "least_km", "most_km"),
    [
        ("aleppo_azaz_road", ALEPPO, TURKEY, 45, 55),
        ("atarib_road", "west_aleppo", TURKEY, 33, 45),
        ("castello_road", "east_aleppo", "layramoun_rbt", 6, 7),
        ("ramouseh_corridor", "khan_tuman", "east_aleppo", 9, 13),
        ("khanasir_road", "airport", "ithriya", 95, 120),
    ],
)
def test_what_the_routes_of_the_siege_join(
    route: str, first: str, last: str, least_km: float, most_km: float, routes: list[dict[str, Any]]
) -> None:
    feature = next(f for f in routes if f["properties"]["id"] == route)
    assert (feature["properties"]["links"][0], feature["properties"]["links"][-1]) == (first, last)
    assert feature["properties"]["purpose"] == "supply"
    assert least_km < kilometres(shape(feature["geometry"])).length < most_km


def test_the_halves_of_the_city_hold_their_quarters_and_do_not_overlap(
    areas: list[dict[str, Any]], points: dict[str, tuple[float, float]]
) -> None:
    shapes = by_id(areas)
    east, west, city = shapes["east_aleppo"], shapes["west_aleppo"], shapes["aleppo_city_outline"]
    inside = lambda area, ids: [i for i in ids if area.contains(Point(points[i]))]  # noqa: E731
    assert inside(east, OPPOSITION) == OPPOSITION
    assert inside(west, GOVERNMENT) == GOVERNMENT
    assert inside(east, GOVERNMENT + NEITHER) == []
    assert inside(west, OPPOSITION + NEITHER) == []
    assert inside(city, OPPOSITION) == OPPOSITION
    assert kilometres(east.intersection(west)).area < 0.1
    assert 40 < kilometres(east).area < 55


def test_the_city_has_no_name_of_its_own_in_the_areas(areas: list[dict[str, Any]]) -> None:
    outline = next(f["properties"] for f in areas if f["properties"]["id"] == "aleppo_city_outline")
    assert outline["aliases"] == []


def test_places_lie_in_their_governorate(areas: list[dict[str, Any]], rows: list[dict[str, str]]) -> None:
    shapes = by_id(areas)
    of = {"SY-HL": shapes["aleppo_governorate"], "SY-ID": shapes["idlib_governorate"]}
    assert math.isclose(of["SY-HL"].intersection(of["SY-ID"]).area, 0, abs_tol=1e-9)
    astray = [
        row["id"]
        for row in rows
        if row["admin1"] in of
        and kilometres(of[row["admin1"]]).distance(kilometres(Point(float(row["lon"]), float(row["lat"])))) > 2.5
    ]
    assert astray == []
