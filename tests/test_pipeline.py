"""The stages in their order, from Python."""

from datetime import date

import pytest

import geo
from geo.export.lines import EVENT_COLUMNS, PLACE_COLUMNS

REPORT = "Police detained 12 protesters in Reykjavik on Sunday."


def test_places_of_a_text():
    found = geo.places(REPORT)
    assert tuple(found.columns) == (*PLACE_COLUMNS, "geometry")
    assert found["text"].tolist() == ["Reykjavik"]
    assert found.crs.to_epsg() == 4326
    assert found.geometry.iloc[0].distance(found.geometry.iloc[0]) == 0
    assert (round(found.geometry.iloc[0].x, 1), round(found.geometry.iloc[0].y, 1)) == (-21.9, 64.1)


def test_events_of_a_text():
    found = geo.events(REPORT, date=date(2024, 3, 11))
    assert tuple(found.columns) == EVENT_COLUMNS
    assert found[["type", "start", "end"]].values.tolist()[0] == ["detention", "2024-03-10", "2024-03-10"]
    assert found["figures"].iloc[0]["detained"] == 12


@pytest.mark.parametrize("call", [geo.places, geo.events])
def test_nothing_found(call):
    assert len(call("")) == 0
