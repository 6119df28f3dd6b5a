"""axe-core over every kind of page, each in its states: it finds nothing at all."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from many_events import BBOX as MANY_BBOX
from many_events import many_events
from playwright.sync_api import Page
from sample_atlas import ARTICLES, BBOX, DATES, sample_layers

from geo.maps.page import render_index, render_page
from geo.maps.picture.guide_page import render_guide_page

pytestmark = pytest.mark.browser
Findings = Callable[[Page], list[str]]
OPTIONS: dict[str, Any] = {"title": "Aleppo 2016", "dates": DATES, "articles": ARTICLES, "bbox": BBOX}
PHONE = {"viewport": {"width": 360, "height": 740}}


def nothing(page: Page) -> None: ...


def filters(page: Page) -> None:
    page.click("#filters summary")


def reading(page: Page) -> None:
    page.click('#list [data-id="s3"]')
    page.click(".leaflet-popup [data-read]")


def sheet(page: Page) -> None:
    page.click("#sheet")


def measuring(page: Page) -> None:
    page.click("#measure")
    page.click("#measured >> text=Add the middle")


STATES = [
    ("#day=2016-09-05", nothing, {}),
    ("#day=2016-09-05&type=airstrike&sure=20", filters, {}),
    ("#day=2016-09-05&labels=both", reading, {}),
    ("#search=ramouseh", nothing, {}),
    ("#day=2016-09-04&with=2016-08-08", nothing, {}),
    ("#day=2016-09-04&with=2016-08-08&how=swipe", nothing, {}),
    ("#day=2016-05-01", nothing, {}),
    ("#day=2016-02-06", measuring, {}),
    ("#day=2016-09-05", sheet, PHONE),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("address", "act", "options"), STATES)
def test_axe_finds_nothing(
    open_page: Callable[..., Any],
    findings: Findings,
    address: str,
    act: Callable[[Page], None],
    options: dict[str, Any],
    scheme: str,
) -> None:
    html = render_index(sample_layers(), **OPTIONS)
    page = open_page(html, address=address, color_scheme=scheme, **options).page
    act(page)
    assert findings(page) == []


def test_axe_finds_nothing_on_a_page_of_a_day(open_page: Callable[..., Any], findings: Findings) -> None:
    html = render_page(sample_layers(), as_of=date(2016, 8, 8), **OPTIONS)
    assert findings(open_page(html).page) == []


@pytest.mark.parametrize("address", ["", "#recent=36600", "#day=2012-02-01&event=no-5"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_packed_page(
    open_page: Callable[..., Any], findings: Findings, address: str, scheme: str
) -> None:
    html = render_index({"events": many_events(21_000, days=60)}, title="Very many", bbox=MANY_BBOX)
    assert findings(open_page(html, address=address, color_scheme=scheme).page) == []


def test_axe_finds_nothing_on_an_empty_page(open_page: Callable[..., Any], findings: Findings) -> None:
    assert findings(open_page(render_index({}, title="Nothing yet", bbox=BBOX)).page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_of_signs(open_page: Callable[..., Any], findings: Findings, scheme: str) -> None:
    page = open_page(render_guide_page(), color_scheme=scheme, **PHONE).page
    assert findings(page) == []
    shown = page.eval_on_selector_all("img", "images => images.every(i => i.naturalWidth > 20)")
    assert shown
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_axe_itself_finds_what_is_wrong(open_page: Callable[..., Any], findings: Findings) -> None:
    page = open_page("<!DOCTYPE html><html><title>x</title><button></button>").page
    assert any("button-name" in violation for violation in findings(page))
