import json
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_atlas import ARTICLES, BBOX, DATES, sample_layers

from geo.maps.basemap import basemap
from geo.maps.csp import TILE_HOST, content_security_policy
from geo.maps.datablock import data_block
from geo.maps.frame import counted_ids, make_frame
from geo.maps.inline import leaflet_script, leaflet_style, page_script, page_style
from geo.maps.page import render_index, render_page
from geo.maps.payload import change_days, layer_features, positions, safe_url, view_box, widened

OPTIONS: dict[str, Any] = {
    "title": "Aleppo 2016",
    "dates": DATES,
    "articles": ARTICLES,
    "bbox": BBOX,
    "countries": ("SY",),
}


class Elements(HTMLParser):
    """The tags of a page with their attributes, and what stands in scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self.open = ""
        self.feed(html)

    def handle_endtag(self, tag: str) -> None:
        self.open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open = tag
        if tag in self.inside:
            self.inside[tag].append("")

    def handle_data(self, data: str) -> None:
        if self.open in self.inside:
            self.inside[self.open][-1] += data


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    layers = sample_layers()
    return {
        "index": render_index(layers, **OPTIONS),
        **{str(day): render_page(layers, as_of=day, **OPTIONS) for day in DATES},
    }


def data_of(html: str) -> dict[str, Any]:
    match = re.search(r'<script type="application/json" id="sitmap-data">(.*?)</script>', html, re.DOTALL)
    assert match
    data: dict[str, Any] = json.loads(match[1])
    return data


def test_the_same_input_gives_the_same_bytes(pages: dict[str, str]) -> None:
    layers = sample_layers()
    assert render_index(layers, **OPTIONS) == pages["index"]
    assert render_page(layers, as_of=DATES[0], **OPTIONS) == pages[str(DATES[0])]


def test_the_input_is_left_as_it_was() -> None:
    layers, untouched = sample_layers(), sample_layers()
    render_index(layers, **OPTIONS)
    assert {k: v.to_json() for k, v in layers.items()} == {k: v.to_json() for k, v in untouched.items()}


def test_branca_names_things_as_before_afterwards() -> None:
    from branca.element import Element

    make_frame((37.1, 36.2), start="sitmap.start")
    assert Element().get_name() != Element().get_name()
    with counted_ids():
        assert Element().get_name() == "element_0001"


def test_a_page_asks_no_other_host_for_anything(pages: dict[str, str]) -> None:
    for html in pages.values():
        found = Elements(html)
        loads = [
            (tag, name, value)
            for tag, attributes in found.tags
            for name, value in attributes.items()
            if name in ("src", "srcset", "data", "poster", "action") or (tag == "link" and name == "href")
        ]
        assert loads == []
        styles = "".join(found.inside["style"])
        assert "@import" not in styles
        assert "url(" not in styles
        assert not any(name == "style" or name.startswith("on") for _, attributes in found.tags for name in attributes)


def test_the_policy_allows_what_stands_in_the_page_and_nothing_else(pages: dict[str, str]) -> None:
    for html in pages.values():
        found = Elements(html)
        policies = [
            a["content"] for tag, a in found.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"
        ]
        kinds = [a.get("type") for tag, a in found.tags if tag == "script"]
        scripts = [text for text, kind in zip(found.inside["script"], kinds, strict=True) if kind is None]
        assert len(scripts) == 3
        assert policies == [content_security_policy(scripts, found.inside["style"])]
        assert "unsafe" not in policies[0]


def test_the_policy_as_a_whole() -> None:
    # the hashes are those that openssl dgst -sha256 -binary | base64 gives
    assert content_security_policy(["let a = 1;"], ["a{}"]) == (
        "default-src 'none'; script-src 'sha256-xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck='; "
        "style-src 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='; "
        f"img-src data: {TILE_HOST}; base-uri 'none'; form-action 'none'"
    )


def test_nothing_inlined_can_end_its_element() -> None:
    for script in (leaflet_script(), page_script()):
        assert "</script" not in script.lower()
        assert "<!--" not in script
        assert "sourceMappingURL" not in script
    for style in (leaflet_style(), page_style()):
        assert "</style" not in style.lower()
        assert "url(" not in style


def test_our_script_never_writes_markup() -> None:
    sinks = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", 'setTimeout("')
    assert [sink for sink in sinks if sink in page_script()] == []


def test_a_page_is_well_under_a_megabyte(pages: dict[str, str]) -> None:
    assert max(len(html.encode("utf-8")) for html in pages.values()) < 500_000


@pytest.mark.parametrize(
    ("day", "events"),
    [
        ("2016-02-05", ["f1", "f2", "f3"]),
        ("2016-07-20", ["s7"]),
        ("2016-08-08", ["s5", "s6", "s7"]),
        ("2016-08-27", ["s1"]),
        ("2016-09-04", ["s1", "s2", "s3", "s4"]),
        ("2016-09-05", ["s1", "s2", "s3", "s4", "s8", "s9", "s10", "s11"]),
    ],
)
def test_a_dated_page_holds_the_events_of_its_day_and_of_two_weeks_before(
    pages: dict[str, str], day: str, events: list[str]
) -> None:
    data = data_of(pages[day])
    assert [f["id"] for f in data["features"] if f["layer"] == "events"] == events
    assert (data["as_of"], data["fixed"], data["span"]) == (day, True, [day, day])


def test_the_index_spans_all_days_and_knows_when_something_changes(pages: dict[str, str]) -> None:
    data = data_of(pages["index"])
    assert data["span"] == ["2016-02-04", "2016-09-05"]
    assert data["as_of"] == "2016-09-05"
    assert data["changes"] == [
        "2016-02-04", "2016-02-06", "2016-07-01", "2016-08-01", "2016-08-11", "2016-08-27", "2016-09-03", "2016-09-04", "2016-09-05",
    ]  # fmt: skip


def test_an_index_opens_on_the_day_that_is_asked_for() -> None:
    assert data_of(render_index(sample_layers(), as_of=date(2016, 8, 8), **OPTIONS))["as_of"] == "2016-08-08"


def test_an_atlas_without_features_makes_pages() -> None:
    empty = {"type": "FeatureCollection", "features": []}
    data = data_of(render_index({"events": empty}, title="Nothing"))
    assert (data["features"], data["span"], data["changes"], data["view"]) == ([], ["", ""], [], None)
    assert "Nothing" in render_page({"events": empty}, title="Nothing", as_of=date(2020, 1, 1))


def test_events_without_a_place_are_in_the_page() -> None:
    event = {
        "id": "u1",
        "type": "killing",
        "label": "Killing",
        "modality": "happened",
        "start": None,
        "end": None,
        "known": "2016-09-05",
    }
    data = data_of(render_page(sample_layers(), as_of=date(2016, 9, 5), unplaced=[event], **OPTIONS))
    assert [f["geometry"] for f in data["features"] if f["id"] == "u1"] == [None]


def test_what_a_driver_hands_over_as_json_text_becomes_data() -> None:
    collection = {
        "type": "FeatureCollection",
        "features": [
            {
                "geometry": {"type": "Point", "coordinates": [37.123456789, 36.0, 400.0]},
                "properties": {"id": "a", "actors": '[{"role": "initiator", "name": "x", "side": "y"}]', "figures": '{"killed": 2}', "flags": "odd",
                               "precision_m": float("nan"), "start": date(2016, 1, 2), "end": "2016-01-02"},
            }
        ],
    }  # fmt: skip
    (feature,) = layer_features("events", collection)
    assert feature == {
        "id": "a", "layer": "events", "geometry": {"type": "Point", "coordinates": [37.12346, 36.0]}, "flags": ["odd"],
        "actors": [{"role": "initiator", "name": "x", "side": "y"}], "figures": "2 killed", "shown": ["2016-01-02", "2016-01-02"],
        "when": "date not reported", "phrase": "", "near": "",
    }  # fmt: skip


def test_a_number_that_is_not_finite_is_refused() -> None:
    point = {"geometry": {"type": "Point", "coordinates": [float("inf"), 36.0]}, "properties": {"id": "a"}}
    with pytest.raises(ValueError, match="not JSON compliant"):
        render_index({"events": {"type": "FeatureCollection", "features": [point]}}, title="x")


def test_the_view_is_what_is_placed_well_in_the_theatre() -> None:
    features = layer_features("events", sample_layers()["events"])
    assert view_box(features, BBOX) == [37.05, 36.14, 37.18, 36.634]
    assert view_box([], BBOX) == list(BBOX)
    assert view_box([], None) is None


def test_land_goes_on_beyond_the_theatre() -> None:
    base = basemap(BBOX)
    wide = widened(base, BBOX)
    assert set(wide) == set(base)
    west, south, east, north = wide["countries"].total_bounds
    assert west < BBOX[0] - 3
    assert south < BBOX[1] - 3
    assert east > BBOX[2] + 3
    assert north > BBOX[3] + 3
    assert wide["roads"] is base["roads"]
    assert widened({}, BBOX) == {}
    assert widened(base, None) == base


def test_a_change_is_the_first_day_or_the_day_after_the_last_of_what_lasts() -> None:
    features = [
        {"shown": ["2016-02-28", "2016-02-29"], "lasting": True},
        {"shown": ["2016-03-05", "2016-03-07"]},
        {"shown": [None, None]},
    ]
    assert change_days(features, ("2016-01-01", "2016-12-31")) == ["2016-02-28", "2016-03-01", "2016-03-05"]
    assert change_days(features, ("2016-03-01", "2016-03-01")) == ["2016-03-01"]


def test_positions_of_any_depth() -> None:
    assert list(positions([[[1, 2, 3], [4, 5]], [[6, 7]]])) == [(1, 2), (4, 5), (6, 7)]
    assert list(positions([])) == []


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" http://example.org ", "http://example.org"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org", ""),
        ("https:", ""),
        ("http://[", ""),
        ("file:///etc/passwd", ""),
        ("", ""),
    ],
)
def test_only_http_addresses_become_links(url: str, safe: str) -> None:
    assert safe_url(url) == safe


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_data_comes_out_of_its_block_as_it_went_in(data: Any) -> None:
    block = data_block(data, name="d")
    inner = block.removeprefix('<script type="application/json" id="d">').removesuffix("</script>")
    assert json.loads(inner) == data
    assert not set(inner) & set("<>&\u2028\u2029")


def test_a_lone_surrogate_does_not_stop_the_page() -> None:
    assert data_block("a\ud800b", name="d").encode("utf-8") == b'<script type="application/json" id="d">"a?b"</script>'
