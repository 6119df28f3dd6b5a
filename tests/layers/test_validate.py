"""Everything that can be wrong with a layer, and the whole message."""

import math

import pytest
import shapely
from sample_records import ARTICLE, GAZETTEER, RECORDS

from geo.errors import LayerError
from geo.layers import build_layers, validate_layers

POINT = shapely.Point


def broken(layer, column, value, row=0):
    layers = build_layers(RECORDS, GAZETTEER)
    frame = layers[layer].copy()
    values = frame[column].tolist()
    values[row] = value
    frame[column] = values if column == "geometry" else type(frame[column])(values, dtype=object)
    return layers | {layer: frame}


BOW_TIE = shapely.Polygon([(10, 50), (11, 51), (11, 50), (10, 51)])
CASES = [
    ("events", "geometry", POINT(50.1, 137.2), "events[e5]: the coordinates 50.1, 137.2 are not on the Earth (longitude comes first: are they swapped?)"),
    ("events", "geometry", POINT(250.1, 237.2), "events[e5]: the coordinates 250.1, 237.2 are not on the Earth"),
    ("events", "geometry", POINT(math.inf, 50), "events[e5]: a coordinate is NaN or infinite"),
    ("events", "geometry", shapely.LineString([(1, 2), (3, 4)]), "events[e5]: the geometry is a LineString, not a Point"),
    ("events", "geometry", None, "events[e5]: there is no geometry"),
    ("events", "geometry", POINT(), "events[e5]: there is no geometry"),
    ("areas", "geometry", BOW_TIE, "areas[{id}]: the shape is not simple: Self-intersection[10.5 50.5]"),
    ("events", "id", "e6", "events[e6]: the id stands twice"),
    ("events", "type", "party", "events[e5]: type = 'party' is none of "),
    ("events", "modality", "maybe", "events[e5]: modality = 'maybe' is none of happened, ongoing, claimed, planned, proposed, threatened, denied"),
    ("events", "label", None, "events[e5]: label is null"),
    ("events", "actors", "rebels", "events[e5]: actors = 'rebels' is not of type list"),
    ("events", "quote_start", True, "events[e5]: quote_start = True is not of type integer"),
    ("events", "start", "2020-02-30", "events[e5]: start = '2020-02-30' is not a day YYYY-MM-DD"),
    ("events", "start", "20200201", "events[e5]: start = '20200201' is not a day YYYY-MM-DD"),
    ("events", "start", "2020-02", "events[e5]: start = '2020-02' is not a day YYYY-MM-DD"),
    ("events", "confidence", 1.2, "events[e5]: confidence = 1.2 is above 1"),
    ("events", "confidence", -0.1, "events[e5]: confidence = -0.1 is below 0"),
    ("events", "precision_m", math.nan, "events[e5]: precision_m holds NaN or infinity"),
    ("events", "figures", {"killed": math.inf}, "events[e5]: figures holds NaN or infinity"),
    ("events", "quote", "Nobody said so.", "events[e5]: the quote 'Nobody said so.' does not stand at 158:205 of article 'valley'"),
    ("events", "quote_end", 200, "events[e5]: the quote 'Some 3,000 people fled from Eastham to Northtown.' does not stand at 157:200 of article 'valley'"),
    ("events", "article", "hill", "events[e5]: there is no article 'hill'"),
    ("routes", "state", "muddy", "routes[{id}]: state = 'muddy' is none of open, contested, fire_control, cut, closed"),
    ("places", "mentions", 0, "places[{id}]: mentions = 0 is below 1"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("layer", "column", "value", "message"), CASES, ids=[f"{c[1]}-{i}" for i, c in enumerate(CASES)]
)
def test_what_is_wrong_is_named(layer, column, value, message):
    layers = broken(layer, column, value)
    with pytest.raises(LayerError) as caught:
        validate_layers(layers, [ARTICLE])
    start = layers["events"]["quote_start"].iloc[0]
    end = layers["events"]["quote_end"].iloc[0]
    expected = (
        message.format(id=layers[layer]["id"].iloc[0]).replace("158:205", f"{start}:{end}").replace("157:", f"{start}:")
    )
    assert expected in caught.value.message


def test_days_in_the_wrong_order():
    layers = broken("events", "end", "2020-06-30", row=2)
    with pytest.raises(LayerError, match=r"events\[e1\]: start 2020-07-01 is after end 2020-06-30"):
        validate_layers(layers, [ARTICLE])


def test_all_that_is_wrong_is_told_at_once():
    layers = broken("events", "confidence", 2.0)
    layers["events"].loc[1, "label"] = None
    layers["places"] = layers["places"].set_crs("EPSG:3857", allow_override=True)
    with pytest.raises(LayerError) as caught:
        validate_layers(layers, [ARTICLE])
    assert caught.value.message == (
        "3 things are wrong in the layers, so nothing was written:\n"
        "  places: the coordinates are not WGS 84 (EPSG:4326)\n"
        "  events[e5]: confidence = 2 is above 1\n"
        "  events[e6]: label is null\n"
        ". Mend the seeds it comes from; if they are right, report this as a fault of sitmap."
    )


def test_properties_that_the_schema_does_not_know():
    layers = build_layers(RECORDS, GAZETTEER)
    layers["routes"] = layers["routes"].drop(columns="holder")
    with pytest.raises(LayerError, match=r"routes: the properties are id, start, .*, and not id, start, "):
        validate_layers(layers, [ARTICLE])
    with pytest.raises(LayerError, match="rivers: no such layer in the schema"):
        validate_layers({"rivers": layers["routes"]}, [ARTICLE])
