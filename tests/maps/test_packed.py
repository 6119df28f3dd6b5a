"""Events as columns of bits: what goes in comes out, in few bytes."""

import base64
import json
import re
import zlib
from datetime import date, timedelta
from typing import Any

import geopandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from many_events import BBOX, many_events
from shapely.geometry import Point

from geo.maps import packed as module
from geo.maps.packed import OPEN, STEP, Packed, pack_events, packed_days, packed_values
from geo.maps.page import render_index
from geo.maps.quotes import most_bytes, pack_quotes

DAY = date(2031, 3, 1)


def unpacked(packed: Packed) -> list[dict[str, Any]]:
    """Read the columns back, bit by bit, as the header says."""
    header, data, at = packed.header, base64.b64decode(packed.text), 0
    rows: list[dict[str, Any]] = [{} for _ in range(header["count"])]
    for column in header["columns"]:
        bits, size = column["bits"], -(-header["count"] * column["bits"] // 8)
        stream = "".join(f"{byte:08b}" for byte in data[at : at + size])
        at += size
        for number, row in enumerate(rows):
            code = int(stream[number * bits : (number + 1) * bits] or "0", 2)
            row[column["name"]] = column["values"][code] if column["values"] is not None else code
    assert at == len(data)
    west, south, east, north = header["box"]
    day, places = date.fromisoformat(header["first"]), iter(rows)
    for gap, count in zip(header["runs"][::2], header["runs"][1::2], strict=True):
        day += timedelta(gap)
        for row in (next(places) for _ in range(count)):
            row |= {"first": day, "lon": west + row.pop("east") * east, "lat": south + row.pop("north") * north}
    return rows


texts = st.text(max_size=8)
EVENTS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["shelling", "clash", "</script>"]),
        "source": st.none() | texts,
        "place": st.none() | texts,
        "modality": st.sampled_from(["happened", "ongoing", "claimed"]),
        "confidence": st.none() | st.floats(0, 1),
        "precision_m": st.none() | st.floats(1, 5e5),
        "from": st.integers(0, 4000),
        "lasts": st.none() | st.integers(0, 900),
        "lon": st.floats(-180, 180),
        "lat": st.floats(-85, 85),
    }
)


@settings(deadline=None, max_examples=60)
@given(st.lists(EVENTS, min_size=1, max_size=20))
def test_what_goes_in_comes_out(events: list[dict[str, Any]]) -> None:
    features = []
    for event in events:
        start = DAY + timedelta(event["from"])
        end = None if event["lasts"] is None else start + timedelta(event["lasts"])
        properties = {key: event[key] for key in ("type", "source", "place", "modality", "confidence", "precision_m")}
        properties |= {"start": str(start), "end": end and str(end), "known": str(DAY)}
        features.append(
            {"geometry": {"type": "Point", "coordinates": [event["lon"], event["lat"]]}, "properties": properties}
        )
    rows = unpacked(pack_events({"features": features}))
    assert [row["first"] for row in rows] == sorted(DAY + timedelta(event["from"]) for event in events)
    for row, event in zip(rows, sorted(events, key=lambda event: event["from"]), strict=True):
        assert row["lon"] == pytest.approx(event["lon"], abs=STEP)
        assert row["lat"] == pytest.approx(event["lat"], abs=STEP)
        assert row["days"] == (OPEN if event["lasts"] is None else event["lasts"])
        assert (row["type"], row["modality"]) == (event["type"], event["modality"])
        assert (row["source"], row["place"]) == (event["source"] or "", event["place"] or "")
        if event["confidence"] is not None:
            assert row["confidence"] == pytest.approx(event["confidence"], abs=0.005)
        if event["precision_m"] is not None:
            assert row["precision_m"] == pytest.approx(event["precision_m"], rel=0.051)


def test_a_table_and_a_collection_pack_alike() -> None:
    frame = many_events(300)
    assert pack_events(frame) == pack_events(frame.__geo_interface__)


def test_the_side_is_that_of_who_acts() -> None:
    actors = [{"role": "target", "side": "un"}, {"role": "initiator", "side": "opposition"}]
    rows = [
        {"actors": actors, "start": "2031-03-01", "geometry": Point(1, 2)},
        {"actors": '[{"role": "initiator", "side": "government"}]', "start": "2031-03-02", "geometry": Point(1, 2)},
        {"actors": None, "start": "2031-03-03", "geometry": Point(1, 2)},
    ]
    packed = pack_events(geopandas.GeoDataFrame(rows, crs="EPSG:4326"))
    assert [row["side"] for row in unpacked(packed)] == ["opposition", "government", "other"]
    assert set(packed_values(packed.header, "side")) == {"opposition", "government", "other"}
    assert packed_days(packed.header) == ["2031-03-01", "2031-03-02", "2031-03-03"]


def test_what_the_report_does_not_date_stands_on_its_day() -> None:
    row = {"start": None, "end": None, "known": "2031-03-09", "geometry": Point(1, 2)}
    (event,) = unpacked(pack_events(geopandas.GeoDataFrame([row], crs="EPSG:4326")))
    assert (event["first"], event["days"], event["undated"]) == (date(2031, 3, 9), 0, 1)


def test_events_without_a_point_are_left_to_others_and_infinite_ones_refused() -> None:
    rows = [{"start": "2031-03-01", "geometry": point} for point in (Point(1, 2), Point(), None)]
    assert pack_events(geopandas.GeoDataFrame(rows, crs="EPSG:4326")).header["count"] == 1
    rows[0]["geometry"] = Point(float("inf"), 2)
    with pytest.raises(ValueError, match="not finite"):
        pack_events(geopandas.GeoDataFrame(rows, crs="EPSG:4326"))


def test_a_page_packs_only_what_is_too_much_for_records(monkeypatch: pytest.MonkeyPatch) -> None:
    events = many_events(50)
    assert 'id="sitmap-packed"' not in render_index({"events": events}, title="x", bbox=BBOX)
    monkeypatch.setattr("geo.maps.page.PACKED_ABOVE", 49)
    page = render_index({"events": events}, title="x", bbox=BBOX)
    assert 'id="sitmap-packed"' in page
    assert "e0000001" not in page
    assert page == render_index({"events": many_events(50)}, title="x", bbox=BBOX)


def words(text: str) -> dict[int, str]:
    """Read the quotes back: by the number of their event."""
    told = json.loads(zlib.decompress(base64.b64decode(text), -zlib.MAX_WBITS)) if text else {"first": 0, "of": []}
    return {told["first"] + i: told["texts"][number] for i, number in enumerate(told["of"])}


@given(st.lists(st.text(max_size=40), max_size=60), st.integers(0, 4000))
def test_quotes_come_out_as_they_went_in_the_newest_first(quotes: list[str], room: int) -> None:
    text = pack_quotes(quotes, room)
    assert len(text) <= room
    held = words(text)
    assert list(held) == list(range(len(quotes) - len(held), len(quotes)))
    assert all(quote.encode("utf-8", "replace").decode() == held[number] for number, quote in enumerate(quotes) if number in held)  # fmt: skip
    if any(quotes) and room == 4000 > 60 * 40:
        assert len(held) == len(quotes)


@pytest.mark.parametrize(("count", "megabytes"), [(20_001, 1.95), (100_000, 1.95), (550_000, 8.375), (1_000_000, 14.8)])
def test_a_page_may_grow_with_its_events(count: int, megabytes: float) -> None:
    assert most_bytes(count) / 1e6 == pytest.approx(megabytes, abs=1e-3)


def test_a_page_takes_as_many_quotes_as_it_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    events, block = many_events(21_000), re.compile('id="sitmap-quotes">"([^"]*)"')

    def held(room: int) -> int:
        monkeypatch.setattr("geo.maps.page.most_bytes", lambda count: room)
        page = render_index({"events": events}, title="x", bbox=BBOX)
        assert len(page.encode()) <= max(room, 800_000)
        found = block.search(page)
        return len(words(found[1])) if found else 0

    assert held(1000) == 0
    assert 0 < held(900_000) < 21_000
    assert held(10**7) == 21_000


def test_an_event_takes_ten_bytes() -> None:
    assert module.PACKED_ABOVE < 100_000
    assert len(base64.b64decode(pack_events(many_events(30_000)).text)) / 30_000 < 10.5
