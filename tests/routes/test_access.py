"""Who can get where in an invented valley: networks, conditions of roads, ways and what blocks them."""

from dataclasses import replace
from datetime import date

import pytest
from shapely import LineString
from valley_roads import ARTICLE, MILL_ROAD, PLACES, RIDGE_TRACK, ROUTES, SHORE_ROAD, Gazetteer, day, event, route, says

from geo.errors import InputError, SeedError
from geo.routes.access import access_over, find_access
from geo.routes.ends import find_end
from geo.routes.network import build_network, length_km
from geo.routes.passing import make_roads
from geo.routes.states import stretches

GAZETTEER = Gazetteer()


def roads(*rows, events=(), held=None, routes=ROUTES):
    network = build_network(routes, GAZETTEER)
    holder_of = lambda node, on: (held or {}).get(node, "")  # noqa: E731
    return make_roads(network, stretches(events, [ARTICLE], routes, rows), routes, holder_of)


def ask(known, *, on=5, side="red", origin="Harbour", goal="Northtown"):
    start, network = find_end(origin, known.network, GAZETTEER)
    end, network = find_end(goal, network, GAZETTEER)
    return find_access(replace(known, network=network), start, end, side=side, day=day(on))


def told(answer):
    """Which routes it goes by, whether it is safe, and what is weakest; or what blocks it."""
    if not answer.reachable:
        return tuple(f"{c.edge.route.id}: {c.why}" for c in answer.blocked)
    by = "+".join(dict.fromkeys(c.edge.route.id for c in answer.way))
    return by, "safe" if answer.secure else "at a risk", f"{answer.weakest.edge.route.id}: {answer.weakest.why}"


OPEN = says("mill_road", "open", "red", 1)
ROUND = (says("shore_road", "open", "red", 1), says("ridge_track", "open", "red", 1))
BOTH = "shore_road+ridge_track"
CASES = [
    ("open to its holder", [OPEN], {}, ("mill_road", "safe", "mill_road: open")),
    ("and to nobody else", [says("mill_road", "open", "blue", 1)], {}, ("mill_road: held by blue",)),
    (
        "fought over",
        [says("mill_road", "contested", "red", 1)],
        {},
        ("mill_road", "at a risk", "mill_road: fought over"),
    ),
    ("cut", [says("mill_road", "cut", "blue", 1)], {}, ("mill_road: cut by blue",)),
    ("closed even by one's own side", [says("mill_road", "closed", "red", 1)], {}, ("mill_road: closed by red",)),
    (
        "under fire is not held",
        [says("mill_road", "open", "red", 1, 3), says("mill_road", "fire_control", "blue", 4)],
        {},
        ("mill_road", "at a risk", "mill_road: under fire by blue, not held"),
    ),
    (
        "fire of a third side over what others hold lets nobody pass",
        [says("mill_road", "open", "green", 1, 3), says("mill_road", "fire_control", "blue", 4)],
        {},
        ("mill_road: under fire by blue, the ground held by green",),
    ),
    (
        "own fire is no way",
        [says("mill_road", "open", "blue", 1, 3), says("mill_road", "fire_control", "red", 4)],
        {},
        ("mill_road: covered by own fire, not held",),
    ),
    (
        "not secure",
        [says("mill_road", "open", "red", 1, flags=("not secure",))],
        {},
        ("mill_road", "at a risk", "mill_road: open, not secure"),
    ),
    (
        "the long way where it is safer",
        [says("mill_road", "contested", "red", 1), *ROUND],
        {},
        (BOTH, "safe", "shore_road: open"),
    ),
    ("the short way where both are safe", [OPEN, *ROUND], {}, ("mill_road", "safe", "mill_road: open")),
    (
        "the other way where one is cut",
        [says("mill_road", "cut", "blue", 1), *ROUND],
        {},
        (BOTH, "safe", "shore_road: open"),
    ),
    (
        "all that blocks the goal, the newest first",
        [says("mill_road", "cut", "blue", 3), ROUND[0], says("ridge_track", "closed", "blue", 1)],
        {},
        ("mill_road: cut by blue", "ridge_track: closed by blue"),
    ),
    (
        "one stretch is cut",
        [OPEN, says("mill_road", "cut", "blue", 2, between=("millbridge", "northtown"), certainty="high")],
        {},
        ("mill_road: cut by blue",),
    ),
    ("nothing reported", [], {}, ("mill_road: nothing is reported of it", "ridge_track: nothing is reported of it")),
    (
        "nothing reported between places of the side",
        [],
        {"harbour": "red", "millbridge": "red", "northtown": "red"},
        ("mill_road", "safe", "mill_road: nothing reported; both ends are held by the side"),
    ),
    (
        "a place that others hold is not passed on a road that is fought over",
        [says("mill_road", "contested", "red", 1)],
        {"millbridge": "blue"},
        ("mill_road: Millbridge is held by blue",),
    ),
    ("but on one that is reported open", [OPEN], {"millbridge": "blue"}, ("mill_road", "safe", "mill_road: open")),
]


@pytest.mark.parametrize(("rows", "held", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_ways_and_blocks(rows, held, expected):
    found = told(ask(roads(*rows, held=held)))
    assert found[: len(expected)] == expected


def test_since_when():
    known = roads(
        says("mill_road", "open", "red", 1, 3),
        says("mill_road", "contested", "red", 4, 8),
        says("mill_road", "cut", "blue", 9),
    )
    for on, since, from_start in ((3, 1, True), (6, 1, True), (9, 9, False), (20, 9, False)):
        answer = ask(known, on=on)
        assert (answer.since, answer.from_start) == (day(since), from_start)
    assert [(a.day.day, a.reachable, a.secure) for a in access_over(
        known, *(find_end(n, known.network, GAZETTEER)[0] for n in ("Harbour", "Northtown")), side="red", first=day(2), last=day(30)
    )] == [(2, True, True), (4, True, False), (9, False, False)]  # fmt: skip


def test_a_sentence_changes_the_way_and_a_state_gets_stale():
    cut = event("route_closed", "millbridge", 6, side="blue", place_id="atlas:mill_road")
    known = roads(says("mill_road", "open", "red", 1, 5), events=[cut])
    assert ask(known, on=5).reachable
    assert told(ask(known, on=6)) == ("mill_road: cut by blue", "ridge_track: nothing is reported of it")
    opened = replace(cut, type="route_opened", actors=(replace(cut.actors[0], side="red"),))
    (stretch,) = stretches([opened], [ARTICLE], ROUTES)
    assert [(s.first.isoformat(), s.stale) for s in stretch.standings] == [("2031-05-06", False), ("2031-06-06", True)]


def test_a_block_stands_since_it_was_first_told_however_stale():
    known = roads(
        says("mill_road", "open", "red", 1, 5),
        events=[event("route_closed", "millbridge", 6, side="blue", place_id="atlas:mill_road")],
    )
    start, end = (find_end(name, known.network, GAZETTEER)[0] for name in ("Harbour", "Northtown"))
    late = find_access(known, start, end, side="red", day=date(2032, 1, 1))
    block = next(one for one in late.blocked if one.edge.route.id == "mill_road")
    assert block.standing.stale
    assert (block.since, late.since) == (day(6), day(6))


def test_what_is_told_of_a_whole_route_counts_for_parts_of_which_nothing_is_told():
    whole = route("long_road", "harbour", "millbridge", "northtown")
    parts = (
        route("west_part", "harbour", "millbridge", part_of="long_road"),
        route("east_part", "millbridge", "northtown", part_of="long_road"),
    )
    routes = (whole, *parts)
    assert told(ask(roads(says("long_road", "open", "red", 1), routes=routes))) == (
        "west_part+east_part",
        "safe",
        "west_part: open",
    )
    known = roads(says("long_road", "open", "red", 1), says("east_part", "cut", "blue", 1), routes=routes)
    assert told(ask(known)) == ("east_part: cut by blue",)


def test_no_way_leads_through_a_country_but_one_may_lead_there():
    routes = (route("a_road", "harbour", "country:XX"), route("b_road", "country:XX", "northtown"))
    courses = [LineString([(10.0, 50.0), (9.5, 50.0)]), LineString([(9.5, 50.0), (10.2, 50.0)])]
    routes = tuple(replace(one, course=course) for one, course in zip(routes, courses, strict=True))
    known = roads(says("a_road", "open", "red", 1), says("b_road", "open", "red", 1), routes=routes)
    assert not ask(known).reachable
    assert ask(known, goal="Xland").reachable


def test_a_place_by_a_road_is_joined_to_it():
    known = roads(OPEN)
    answer = ask(known, origin="Long Farm")
    assert told(answer) == ("mill_road", "safe", "mill_road: open")
    assert sum(c.edge.km for c in answer.way) == pytest.approx(
        length_km(LineString([(10.05, 50.0), (10.2, 50.0)])), abs=0.05
    )
    assert ask(known, goal="Northtown, lower quarter").goal.nodes == ("northtown",)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "Far Mill",
            r"Far Mill lies by no road of this atlas: the nearest, Mill Road, is \d+ km off. Ask for a place that a route links",
        ),
        ("Nowhere", "no place is called 'Nowhere'. Look it up with: sitmap gazetteer search"),
        (" ", "no place is called ' '"),
    ],
)
def test_places_that_no_road_comes_to(name, message):
    with pytest.raises(InputError, match=message):
        find_end(name, build_network(ROUTES, GAZETTEER), GAZETTEER)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (replace(MILL_ROAD, links=("harbour", "milbridge")), "route 'mill_road' links 'milbridge', which is no place"),
        (
            replace(MILL_ROAD, links=("harbour", "far", "northtown")),
            r"route 'mill_road' links 'far', which lies \d+ km from its course",
        ),
        (
            replace(MILL_ROAD, links=("northtown", "millbridge", "harbour")),
            "route 'mill_road' comes to 'millbridge' before 'northtown'",
        ),
    ],
)
def test_errors_in_links(wrong, message):
    with pytest.raises(SeedError, match=message):
        build_network([wrong], GAZETTEER)


def test_routes_meet_at_links_alone():
    crossing = replace(
        route("crossing", "harbour", "eastham"), course=LineString([(10.0, 50.0), (10.15, 50.0), (10.2, 49.9)])
    )
    network = build_network([crossing, RIDGE_TRACK], GAZETTEER)
    assert sorted(network.graph.edges()) == [("eastham", "harbour"), ("eastham", "northtown")]
    assert {e.route.id: e.km for e in build_network([SHORE_ROAD], GAZETTEER).edges} == {
        "shore_road": pytest.approx(18.1, abs=0.1)
    }
    assert network.places["harbour"] is PLACES["harbour"]
