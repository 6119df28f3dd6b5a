from sample_atlas import sample_layers

from geo.maps.grounds import pooled, without_circles
from geo.maps.payload import layer_features


def test_circles_of_events_on_the_page_become_marks_on_them() -> None:
    layers = sample_layers()
    features = layer_features("areas", layers["areas"]) + layer_features("events", layers["events"])
    kept = without_circles(features)
    assert {f["type"] for f in kept if f["layer"] == "areas"} == {"region", "siege"}
    circled = {f["id"] for f in kept if f.get("circle")}
    circles = {f["event"] for f in features if f.get("type") == "uncertainty"}
    assert circled == circles
    assert all("circle" not in f for f in features)


def test_a_circle_without_its_event_stays() -> None:
    areas = layer_features("areas", sample_layers()["areas"])
    assert len(without_circles(areas)) == len(areas)


def test_events_alone_are_circled() -> None:
    events = layer_features("events", sample_layers()["events"])
    assert all(f["circle"] for f in without_circles(events))


def test_areas_of_one_ground_share_it() -> None:
    ring = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    areas = [{"layer": "areas", "geometry": dict(ring)} for _ in range(3)] + [{"layer": "areas", "geometry": None}]
    assert pooled(areas) == [ring]
    assert [f["geometry"] for f in areas] == [0, 0, 0, None]
