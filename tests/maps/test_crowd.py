"""Pictures of days with very many events: rings count what stands together, symbols stay near their points."""

from datetime import date

import pytest
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st
from many_events import BBOX, many_events

from geo.maps.picture import render_picture
from geo.maps.picture.canvas import Box
from geo.maps.picture.crowd import ALONE, APART, gather, is_crowded, middle
from geo.maps.picture.day import features_of
from geo.maps.style import read_style

FRAME = Box(0, 0, 700, 600)
COORDINATE = st.floats(0, 600, allow_nan=False)


@given(st.lists(st.tuples(COORDINATE, COORDINATE), max_size=120))
def test_each_event_stands_alone_or_in_one_ring(points: list[tuple[float, float]]) -> None:
    alone, groups = gather(points)
    assert sorted([*alone, *(number for group in groups for number in group)]) == list(range(len(points)))
    assert all(len(group) > ALONE for group in groups)
    assert (alone, groups) == gather(points)


def test_rings_close_to_each_other_become_one() -> None:
    left, right, far = [(43.0, 20.0)] * 3, [(45.0, 20.0)] * 3, [(300.0, 20.0)] * 3
    _, groups = gather([*left, *right, *far])
    assert groups == [[0, 1, 2, 3, 4, 5], [6, 7, 8]]
    assert abs(middle([*left, *right], groups[0])[0] - 44) < APART


@pytest.mark.parametrize(("count", "crowded"), [(0, False), (13, False), (35, False), (60, True), (214, True)])
def test_a_map_is_crowded_where_symbols_would_hide_it(count: int, crowded: bool) -> None:
    assert is_crowded(count, FRAME, 22) is crowded


def drawn(count: int) -> bytes:
    events = many_events(count, days=1)
    return render_picture({"events": events}, as_of=date(2012, 1, 1), title="x", bbox=BBOX, format="svg")


def test_a_crowded_picture_draws_rings_in_place_of_symbols() -> None:
    # a symbol takes several paths; three hundred of them would take ten times as many as thirty
    assert drawn(300).count(b"<path") < 3 * drawn(30).count(b"<path")


def test_a_crowded_picture_is_the_same_each_time() -> None:
    assert drawn(200) == drawn(200)


def test_an_event_without_a_label_is_listed_by_its_type() -> None:
    event = {
        "geometry": {"type": "Point", "coordinates": [38, 35]},
        "properties": {"id": "a", "type": "protest", "label": "", "start": "2012-01-01", "end": "2012-01-01"},
    }
    layers = {"events": GeoDataFrame.from_features([event], crs="EPSG:4326")}
    features = features_of(layers, date(2012, 1, 1), read_style())
    assert [feature.label for feature in features["events"]] == ["Protest"]
