"""The table of control points of an atlas, and the errors in it."""

import pytest
import shapely
from valley_roads import Gazetteer, day

from geo.control import ControlPoint
from geo.control.readers import read_control, read_control_tables
from geo.control.scene import draw, read_outlines
from geo.errors import SeedError

HEAD = "place,holder,from,to,as_of,certainty,source,note,name,lon,lat,precision_m"


def written(tmp_path, *rows, name="control.csv"):
    path = tmp_path / "seeds" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    return path


def test_rows_become_reports(tmp_path):
    path = written(
        tmp_path,
        "millbridge,red,2031-05-01,2031-05-09,,high,a diary,by the weir,,,,",
        "the_weir,blue,2031-05-01,,2031-05-31,low,judgement: seen from afar,,The Weir,10.12,50.01,400",
    )
    table = read_control(path, Gazetteer(), sides=["red", "blue"])
    one, two = table.reports
    assert (one.place_id, one.holder, one.first, one.last, one.note) == (
        "atlas:millbridge",
        "red",
        day(1),
        day(8),
        "by the weir",
    )
    assert (two.place_id, two.last, two.seen, two.confidence) == ("control:the_weir", None, day(31), 0.5)
    assert [(p.name, p.lon, p.lat, p.precision_m) for p in table.points] == [
        ("Millbridge", 10.1, 50.0, 500.0),
        ("The Weir", 10.12, 50.01, 400.0),
    ]
    (file,) = table.files
    assert file.id == "control.csv"
    assert file.text[one.basis.quote_start : one.basis.quote_end] == "a diary"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("millbrigde,red,2031-05-01,,,high,a diary,,,,,", ":2: place 'millbrigde' is not in the gazetteer. Perhaps 'millbridge' is meant"),
        ("weir,red,2031-05-01,,,high,a diary,,,500,50,", ":2: lon 500, lat 50 with precision_m is no point on the Earth."),
        (",red,2031-05-01,,,high,a diary,,,,,", ":2: place is empty."),
        ("millbridge,,2031-05-01,,,high,a diary,,,,,", ":2: holder is empty."),
        ("millbridge,green,2031-05-01,,,high,a diary,,,,,", ":2: holder 'green' is no side of this atlas. Use one of blue, red"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(row, message, tmp_path):
    with pytest.raises(SeedError) as error:
        read_control(written(tmp_path, row), Gazetteer(), sides=["red", "blue"])
    assert message in str(error.value)


def test_a_row_twice_is_refused_and_two_sources_are_not(tmp_path):
    row = "millbridge,red,2031-05-01,,2031-05-31,high,{},,,,,"
    assert len(read_control(written(tmp_path, row.format("a diary"), row.format("a letter")), Gazetteer()).reports) == 2
    with pytest.raises(SeedError, match=":3: millbridge is held by red in these days in line 2 already"):
        read_control(written(tmp_path, row.format("a diary"), row.format("a diary")), Gazetteer())


def test_imported_tables_are_read_beside_the_one_of_the_atlas(tmp_path):
    written(tmp_path, "millbridge,red,2031-05-01,,,high,a diary,,,,,")
    written(tmp_path, "eastham,blue,2031-05-01,,,high,a map,,,,,", name="control/map.csv")
    table = read_control_tables(tmp_path / "seeds", Gazetteer())
    assert [(r.place_id, r.basis.words) for r in table.reports] == [
        ("atlas:millbridge", "seeds/control.csv, line 2"),
        ("atlas:eastham", "seeds/control/map.csv, line 2"),
    ]
    assert [file.id for file in table.files] == ["control.csv", "control/map.csv"]


def test_no_table_is_no_error(tmp_path):
    assert read_control_tables(tmp_path, Gazetteer()).reports == ()
    assert read_outlines(tmp_path / "grounds.geojson", []) == ()


SQUARE = '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "this is no GeoJSON FeatureCollection"),
        ('{"features": [{"properties": {"place": "weir", "source": "s"}, "geometry": SQUARE}]}'.replace("SQUARE", SQUARE), "feature 1: 'weir' is no control point"),
        ('{"features": [{"properties": {"place": "harbour"}, "geometry": SQUARE}]}'.replace("SQUARE", SQUARE), "feature 1: source is empty"),
        ('{"features": [{"properties": {"place": "harbour", "source": "s"}, "geometry": null}]}', "feature 1: the geometry cannot be read"),
        ('{"features": [{"properties": {"place": "harbour", "source": "s"}, "geometry": {"type": "Point", "coordinates": [0, 0]}}]}',
         "feature 1: the geometry is no polygon that is valid"),
        ('{"features": [{"properties": {"barrier": true}, "geometry": SQUARE}]}'.replace("SQUARE", SQUARE), "feature 1: source is empty"),
        ('{"features": [{"properties": {"barrier": true, "source": "s"}, "geometry": {"type": "Point", "coordinates": [0, 0]}}]}',
         "Draw one line, or one polygon that does not cross itself"),
    ],
)  # fmt: skip
def test_errors_in_outlines(text, message, tmp_path):
    path = tmp_path / "grounds.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SeedError, match=message):
        read_outlines(path, ["atlas:harbour"])


def test_a_river_among_the_outlines_is_a_barrier(tmp_path):
    """Ground beyond it goes to nobody, where nobody is known to hold a place there."""
    line = '{"type": "LineString", "coordinates": [[10.02, 49.8], [10.02, 50.2]]}'
    path = tmp_path / "grounds.geojson"
    path.write_text(
        f'{{"features": [{{"properties": {{"barrier": true, "source": "a survey"}}, "geometry": {line}}}]}}',
        encoding="utf-8",
    )
    outlines = read_outlines(path, [])
    assert [(outline.place_id, outline.geometry.geom_type) for outline in outlines] == [("", "LineString")]
    points = [ControlPoint("west", 10.0, 50.0, "red")]
    for given, east in (((), True), (outlines, False)):
        ((zone,), _) = draw(points, {}, given, reach_m=5000)
        assert shapely.intersects_xy(zone.geometry, 10.03, 50.0) == east
