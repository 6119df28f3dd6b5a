"""Several reports of one event side by side in the pop-up of a page."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect
from sample_records import GAZETTEER
from told_events import QUOTE, three_reports

from geo.events.across import merge_reports
from geo.layers import build_layers
from geo.maps.page import render_page
from geo.model import Records

pytestmark = pytest.mark.browser


def test_what_each_report_says_stands_side_by_side(open_page: Callable[..., Any]) -> None:
    articles, events = three_reports()
    records = Records(articles=articles, events=events, incidents=merge_reports(events, articles))
    html = render_page(build_layers(records, GAZETTEER), title="Varrow", as_of=date(2031, 3, 4), articles=articles)
    page = open_page(html).page
    expect(page.locator("#list .item-facts")).to_have_text("4 March 2031 · within 800 m · 2 sources · contested")
    page.click("#list button[data-id]")
    card = page.locator(".leaflet-popup .detail")
    expect(card.locator("h3")).to_have_text("3 reports, 2 independent sources")
    expect(card.locator(".flags")).to_have_text("reports disagree on place, toll, whether it happened")
    assert card.locator(".claims").all_text_contents() == [
        "4 March 2031 · Varrow, within 800 m · by Estvarian jets · 15 killed",
        "4 March 2031 · Lower Varrow, within 800 m · by Estvarian jets · 23 killed · Claimed; according to residents",
        "4 March 2031 · Varrow, within 800 m · by Estvarian jets · Denied; according to Estvaria",
    ]
    assert card.locator(".claims em").all_text_contents()[-2:] == [
        "Varrow, within 800 m",
        "Denied; according to Estvaria",
    ]
    assert card.locator("blockquote").all_text_contents() == [f"“{event.quote}”" for event in events]
    expect(card.locator(".reports .source").nth(2)).to_have_text(
        "Source: <b>League</b>, published 6 March 2031. Reading confidence 80 %."
    )
    expect(card.locator(".source").last).to_have_text("Confidence of all together 54 %.")
    card.locator(".reports button").first.click()
    expect(page.locator("#reader mark")).to_have_text(QUOTE)
    expect(card.locator("blockquote")).to_have_count(3)
    expect(page.locator("#about")).not_to_contain_text("null")
