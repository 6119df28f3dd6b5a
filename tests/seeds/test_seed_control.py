"""Who held what around Aleppo in 2016: the tables, what they make of the ground, and who could reach whom."""

import csv
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from seed_files import SEEDS

from geo.access import ask, via
from geo.control.measure import front_distance_m, part_at, zone_parts
from geo.control.scene import Scene, scene_on
from geo.model import Records
from geo.pipeline import draw_scenes, read
from geo.routes.access import find_access
from geo.settings import read_atlas

G, O, K, I = "government", "opposition", "sdf", "isis"  # noqa: E741
FIRST, LAST = "2016-01-01", "2016-09-30"


def table(name: str) -> list[dict[str, str]]:
    lines = (SEEDS / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.fixture(scope="module")
def records() -> Records:
    return read(SEEDS.parent).records


@pytest.fixture(scope="module")
def scenes(records: Records) -> tuple[Scene, ...]:
    return draw_scenes(read_atlas(SEEDS.parent), records)


def holder(scenes: tuple[Scene, ...], place: str, day: str) -> str:
    scene = scene_on(scenes, date.fromisoformat(day))
    assert scene is not None
    hold = scene.holds.get(f"atlas:{place}")
    return hold.holder if hold else ""


def ground(scenes: tuple[Scene, ...], day: str) -> Any:
    """Give the function that tells which piece of ground a place lies on that day: a number, and whose it is."""
    scene = scene_on(scenes, date.fromisoformat(day))
    assert scene is not None
    parts = zone_parts(scene.zones)

    def of(place: str) -> tuple[int, str]:
        point = scene.holds[f"atlas:{place}"].point
        part = part_at(parts, point.lon, point.lat)
        assert part is not None
        return parts.index(part), part.holder

    return of


def test_at_least_150_places_each_with_source_and_certainty() -> None:
    rows = table("control.csv")
    assert len({row["place"] for row in rows}) >= 150
    assert {row["holder"] for row in rows} == {G, O, K, I}
    assert min(Counter(row["certainty"] for row in rows).values()) > 40
    assert all(row["source"] and FIRST <= row["from"] <= LAST for row in rows)
    assert all(bool(row["to"]) != (row["as_of"] == LAST) for row in rows)


def test_the_intervals_of_a_place_leave_no_day_with_two_holders() -> None:
    rows = sorted(table("control.csv"), key=lambda row: (row["place"], row["from"]))
    for before, after in pairwise(rows):
        if before["place"] == after["place"]:
            assert before["to"] == after["from"], before["place"]


def test_every_route_has_its_history() -> None:
    rows = table("route_states.csv")
    assert len({row["route"] for row in rows}) == 14
    assert all(row["source"] and row["certainty"] in ("high", "medium", "low") for row in rows)


# --- five facts -----------------------------------------------------------------------------------------------------


def test_the_government_reaches_nubl_on_3_february_and_splits_the_opposition(scenes: tuple[Scene, ...]) -> None:
    chain = ("bashkoy", "duwayr_zaytun", "tell_jibbin", "hardatin", "maarasat_khan", "nubl")
    before, after = ground(scenes, "2016-02-02"), ground(scenes, "2016-02-03")
    assert {after(place) for place in chain} == {after("nubl")}
    assert after("nubl")[1] == G
    assert before("nubl") != before("bashkoy")
    assert before("azaz") == before("anadan")
    assert (after("azaz")[1], after("anadan")[1]) == (O, O)
    assert after("azaz") != after("anadan")


@pytest.mark.parametrize(
    ("day", "joined_to"),
    [
        ("2016-07-06", "kafr_hamra"),
        ("2016-07-16", "kafr_hamra"),
        ("2016-07-20", None),
        ("2016-07-30", None),
        ("2016-08-05", None),
        ("2016-08-07", "khan_tuman"),
        ("2016-08-10", "khan_tuman"),
        ("2016-09-03", "khan_tuman"),
        ("2016-09-04", None),
        ("2016-09-10", None),
        ("2016-09-30", None),
    ],
)
def test_east_aleppo_is_an_island_or_is_not(scenes: tuple[Scene, ...], day: str, joined_to: str | None) -> None:
    of = ground(scenes, day)
    assert {of(place)[1] for place in ("sukkari", "hanano", "kafr_hamra", "khan_tuman")} == {O}
    assert of("sukkari") == of("hanano")
    assert (of("sukkari") == of("kafr_hamra")) == bool(joined_to)
    assert joined_to is None or of("sukkari") == of(joined_to)


def test_july(scenes: tuple[Scene, ...]) -> None:
    for place in ("castello_road_mid", "layramoun", "mallah", "kafr_hamra", "jandoul_rbt"):
        assert holder(scenes, place, "2016-07-06") == O
    for place in ("castello_road_mid", "layramoun", "bani_zaid", "mallah", "ramouseh", "castello_complex"):
        assert holder(scenes, place, "2016-07-30") == G
    assert holder(scenes, "youth_housing", "2016-07-30") == K


def test_the_corridor_of_august_cuts_the_road_of_the_government(scenes: tuple[Scene, ...]) -> None:
    for day, west_and_airport in (
        ("2016-08-05", True),
        ("2016-08-10", False),
        ("2016-09-03", False),
        ("2016-09-10", True),
    ):
        of = ground(scenes, day)
        assert (of("hamdaniyeh_1")[1], of("airport")[1]) == (G, G)
        # By the south: round the north the government's ground hangs together all the time.
        assert (holder(scenes, "ramouseh", day) == G) == west_and_airport
    for place in ("armament_college", "artillery_college", "airforce_tech_college"):
        held = [holder(scenes, place, day) for day in ("2016-07-31", "2016-08-07", "2016-09-03", "2016-09-04")]
        assert held == [G, O, O, G]
    assert [holder(scenes, "ramouseh", day) for day in ("2016-08-05", "2016-08-07", "2016-09-07", "2016-09-08")] == [
        G,
        O,
        O,
        G,
    ]


def test_four_holders_along_the_azaz_road_on_16_february(scenes: tuple[Scene, ...]) -> None:
    of = ground(scenes, "2016-02-16")
    road = ("bayanoun", "kiffin", "kafr_naya", "tell_rifaat", "menagh", "azaz", "suran")
    assert [of(place)[1] for place in road] == [O, G, K, K, K, O, I]
    assert of("kafr_naya") == of("tell_rifaat") == of("menagh")
    assert of("bayanoun") != of("azaz")


@pytest.mark.parametrize(
    ("day", "island"), [("2016-05-26", False), ("2016-05-27", True), ("2016-06-07", True), ("2016-06-08", False)]
)
def test_mare_is_an_island_from_27_may_to_8_june(scenes: tuple[Scene, ...], day: str, island: bool) -> None:
    of = ground(scenes, day)
    assert (of("mare")[1], of("azaz")[1]) == (O, O)
    assert (of("mare") != of("azaz")) == island


def test_the_south(scenes: tuple[Scene, ...]) -> None:
    for place, taken, before in (("khan_tuman", "2016-05-06", "2016-05-05"), ("khalsah", "2016-06-18", "2016-06-17")):
        assert [holder(scenes, place, day) for day in (before, taken, LAST)] == [G, O, O]
    assert [holder(scenes, place, LAST) for place in ("hader", "hikmah_school", "project_1070_south")] == [G, O, O]


def test_a_front_line_runs_between_neighbours_of_two_sides(scenes: tuple[Scene, ...]) -> None:
    scene = scene_on(scenes, date(2016, 7, 30))
    assert scene is not None
    pairs = {front.sides for front in scene.fronts}
    assert {(G, O), (G, K), (O, K), (G, I), (I, O)} <= {tuple(sorted(p)) for p in pairs}
    points = {i: scene.holds[f"atlas:{i}"].point for i in ("masharqa", "bustan_qasr", "idlib")}
    city = [f for f in scene.fronts if f.sides == (G, O)]
    assert front_distance_m(city, points["masharqa"].lon, points["masharqa"].lat) < 1500
    assert front_distance_m(city, points["idlib"].lon, points["idlib"].lat) > 20_000


# --- who could reach the opposition districts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "origin", "reachable", "secure", "by"),
    [
        ("2016-01-31", "Azaz", True, True, "Castello Road"),
        ("2016-01-31", "Bab al-Salam", True, True, "Castello Road"),
        ("2016-01-31", "Bab al-Hawa", True, True, "Castello Road"),
        ("2016-02-10", "Bab al-Hawa", True, True, "Castello Road"),
        ("2016-02-10", "Azaz", False, False, ""),
        ("2016-07-10", "Bab al-Hawa", True, False, "Castello Road"),
        ("2016-07-20", "Bab al-Hawa", False, False, ""),
        ("2016-08-10", "Bab al-Hawa", True, False, "Ramouseh corridor"),
        ("2016-09-10", "Bab al-Hawa", False, False, ""),
    ],
)
def test_access_to_the_opposition_districts(
    day: str, origin: str, reachable: bool, secure: bool, by: str, records: Records
) -> None:
    on = date.fromisoformat(day)
    question = ask(read_atlas(SEEDS.parent), origin, "eastern Aleppo", on=on, records=records)
    assert question.side == O
    found = find_access(question.roads, question.origin, question.goal, side=O, day=on)
    assert (found.reachable, found.secure) == (reachable, secure)
    assert not by or by in via(question, found)
    assert bool(found.blocked) != reachable


def test_access_agrees_with_the_ground(scenes: tuple[Scene, ...], records: Records) -> None:
    """Where roads lead to the east, its ground is joined to that of the west; where none does, it is an island."""
    question = ask(
        read_atlas(SEEDS.parent), "Bab al-Hawa", "eastern Aleppo", on=date(2016, 7, 20), side=O, records=records
    )
    for day in ("2016-07-06", "2016-07-20", "2016-07-30", "2016-08-10", "2016-09-03", "2016-09-10", "2016-09-30"):
        found = find_access(question.roads, question.origin, question.goal, side=O, day=date.fromisoformat(day))
        of = ground(scenes, day)
        assert found.reachable == (of("sukkari") == of("khan_asal")), day


# --- what others published of the line, from which no point was taken --------------------------------------------------

# Center for Spatial Research, "Creation of Borders in Wartime Aleppo": a crossing on the line, the two sides of the
# no man's land some 200 m apart; a square that the government fortified against the east; the southern end of the Kurdish
# quarter. The line within the city stayed what it was for years.
KARAJ_AL_HAJEZ, AL_JABIRI_SQUARE, SOUTH_OF_SHEIKH_MAQSOUD = (37.1427, 36.1971), (37.1475, 36.2070), (37.1598, 36.2260)
AIRPORT = (37.2244, 36.1807)


@pytest.mark.parametrize("day", [FIRST, "2016-02-16", "2016-05-06", "2016-07-20", "2016-08-10", "2016-09-04", LAST])
def test_the_line_within_the_city_is_where_others_saw_it(scenes: tuple[Scene, ...], day: str) -> None:
    scene = scene_on(scenes, date.fromisoformat(day))
    assert scene is not None
    parts = zone_parts(scene.zones)

    def side(at: tuple[float, float]) -> str:
        part = part_at(parts, *at)
        return part.holder if part else ""

    between = [front for front in scene.fronts if set(front.sides) == {G, O}]
    assert front_distance_m(between, *KARAJ_AL_HAJEZ) < 300
    assert side(AL_JABIRI_SQUARE) == G
    assert front_distance_m(between, *AL_JABIRI_SQUARE) < 1000
    assert side(SOUTH_OF_SHEIKH_MAQSOUD) == K
    assert front_distance_m([f for f in scene.fronts if K in f.sides], *SOUTH_OF_SHEIKH_MAQSOUD) < 300


def test_a_newspaper_s_map_of_september(scenes: tuple[Scene, ...]) -> None:
    """The Guardian's map of September 2016: the rebels encircled; the way by Ramouseh closed again."""
    scene = scene_on(scenes, date(2016, 9, 20))
    assert scene is not None
    parts = zone_parts(scene.zones)
    of = ground(scenes, "2016-09-20")
    assert [of(place)[1] for place in ("sukkari", "citadel", "ramouseh", "castello_complex")] == [O, G, G, G]
    airport, east = part_at(parts, *AIRPORT), parts[of("sukkari")[0]]
    assert airport is not None
    assert airport.holder == G
    assert east.enclosed
    assert not east.main
    assert set(east.neighbours) <= {G, K}
