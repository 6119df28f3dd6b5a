"""The table of states of routes, and the links of routes, with the errors in them."""

import json

import pytest
from valley_roads import MILL_ROAD, ROUTES, day

from geo.errors import SeedError
from geo.routes.readers import read_route_states, with_links

HEAD = "route,between,and,state,holder,from,to,as_of,certainty,source,flags"


def read(tmp_path, *rows):
    path = tmp_path / "seeds" / "route_states.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    return read_route_states(path, ROUTES, sides=["red", "blue"])


def test_rows_become_reports(tmp_path):
    (one, two), file = read(
        tmp_path,
        "mill_road,,,open,red,2031-05-01,2031-05-09,,high,a diary,not secure",
        "mill_road,millbridge,northtown,closed,,2031-05-09,,2031-05-31,low,judgement: both fire at it,",
    )
    assert (one.state, one.holder, one.section, one.first, one.last, one.flags) == (
        "open",
        "red",
        (),
        day(1),
        day(8),
        ("not secure",),
    )
    assert (two.section, two.last, two.seen, two.holder) == (("millbridge", "northtown"), None, day(31), "")
    assert (file.id, file.text[two.basis.quote_start : two.basis.quote_end]) == ("route_states.csv", two.basis.quote)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("mil_road,,,open,red,2031-05-01,,,high,a diary,", ":2: route 'mil_road' is not in seeds/gazetteer/routes.geojson. Perhaps 'mill_road' is meant"),
        ("mill_road,,,shut,red,2031-05-01,,,high,a diary,", ":2: state = 'shut' is not known here. Use one of open, contested"),
        ("mill_road,,,open,green,2031-05-01,,,high,a diary,", ":2: holder 'green' is no side of this atlas."),
        ("mill_road,,,fire_control,,2031-05-01,,,high,a diary,", ":2: holder is empty. Name the side whose fire covers the route"),
        ("mill_road,eastham,northtown,open,red,2031-05-01,,,high,a diary,", ":2: mill_road does not link 'eastham'. Use two of its links"),
        ("mill_road,harbour,,open,red,2031-05-01,,,high,a diary,", ":2: mill_road does not link ''."),
        ("mill_road,harbour,harbour,open,red,2031-05-01,,,high,a diary,", ":2: between and and are both 'harbour'."),
        ("mill_road,,,open,red,2031-05-01,,,high,a diary,rough", ":2: flags = 'rough' is not known here."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(row, message, tmp_path):
    with pytest.raises(SeedError) as error:
        read(tmp_path, row)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"links": "harbour"}, "links 'harbour' is not a list of ids"),
        ({"links": ["harbour", "harbour"]}, "links names 'harbour' twice"),
        ({"part_of": "long_road"}, "part_of 'long_road' is no route of this file"),
    ],
)
def test_errors_in_links(properties, message, tmp_path):
    path = tmp_path / "routes.geojson"
    path.write_text(json.dumps({"features": [{"properties": {"id": "mill_road", **properties}}]}), encoding="utf-8")
    with pytest.raises(SeedError, match=message):
        with_links([MILL_ROAD], path)


def test_links_are_taken_from_the_file(tmp_path):
    path = tmp_path / "routes.geojson"
    assert with_links([MILL_ROAD], path) == (MILL_ROAD,)
    path.write_text(
        json.dumps({"features": [{"properties": {"id": "mill_road", "links": ["eastham", "northtown"]}}]}),
        encoding="utf-8",
    )
    assert with_links([MILL_ROAD], path)[0].links == ("eastham", "northtown")
