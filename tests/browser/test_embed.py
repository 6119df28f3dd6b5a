"""The embedded map in Chromium, in a host whose policy allows next to nothing."""

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from picture_scene import BBOX, DAY, TITLE, scene
from playwright.sync_api import Browser, Page, expect

from geo.gazetteer import open_gazetteer
from geo.maps.embed import embed_files
from geo.maps.files import Sheet
from geo.maps.size import Size
from geo.settings import Atlas

pytestmark = pytest.mark.browser

STRICT = "default-src 'none'; frame-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
NO_FRAMES = "default-src 'none'; img-src 'self'"


class Host(SimpleHTTPRequestHandler):
    """Serves a folder; the policy of its own page stands in the query."""

    def end_headers(self) -> None:
        if self.path.startswith("/host"):
            self.send_header("Content-Security-Policy", NO_FRAMES if "none" in self.path else STRICT)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = Path(tmp_path_factory.mktemp("host"))
    sheet = Sheet(Atlas(Path(), TITLE), scene(), BBOX, open_gazetteer(None))
    (folder / "maps").mkdir()
    for name, content in embed_files(sheet, DAY, prefix="maps/", size=Size(640, 480, 96.0)).items():
        (folder / "maps" / name).write_bytes(content)
    snippet = (folder / "maps" / "2031-05-14.embed.html").read_text(encoding="utf-8")
    page = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Report</title></head><body><main><h1>Report</h1>{snippet}</main></body></html>'
    (folder / "host.html").write_text(page, encoding="utf-8")
    (folder / "favicon.ico").write_bytes(b"")  # browsers ask for it
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def opened(chromium: Browser, url: str, **options: Any) -> Any:
    context = chromium.new_context(viewport={"width": 1000, "height": 1400}, **options)
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: page.said.append(f"error: {error.message}"))
    page.goto(url)
    page.set_default_timeout(20_000)
    return page


def test_the_map_works_under_a_strict_policy(chromium: Browser, address: str) -> None:
    page = opened(chromium, f"{address}/host.html")
    frame = page.frame_locator("iframe")
    frame.locator(".marker").first.wait_for()
    assert page.locator("iframe").get_attribute("title") == "Ostmar 2031, 14 May 2031, map"
    # It is used, not only shown: a symbol opens what is told of it.
    frame.locator('.marker[aria-label^="Capture: Brack"]').first.click()
    frame.get_by_text("What is told of Brack.").first.wait_for()
    assert page.said == []
    page.context.close()


def test_the_picture_is_there_for_those_who_open_it(chromium: Browser, address: str) -> None:
    page = opened(chromium, f"{address}/host.html")
    page.get_by_text("The map as a picture").click()
    picture = page.locator("details img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 640)
    assert (picture.get_attribute("alt") or "").startswith("Map: Ostmar 2031, 14 May 2031. Airstrike: Harn.")
    page.context.close()


def test_where_frames_are_forbidden_the_picture_remains(chromium: Browser, address: str) -> None:
    page = opened(chromium, f"{address}/host.html?none")
    page.get_by_text("The map as a picture").click()
    expect(page.locator("details img")).to_have_js_property("naturalWidth", 640)
    assert page.get_by_text("Shows 4 events").is_visible()
    assert any("frame-src" in line or "default-src" in line for line in page.said)
    page.context.close()


def test_without_scripts_the_picture_stands_under_the_frame(chromium: Browser, address: str) -> None:
    page = opened(chromium, f"{address}/host.html", java_script_enabled=False)
    picture = page.locator("noscript img")
    picture.wait_for()
    assert picture.bounding_box()["width"] == 640
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_host(
    chromium: Browser, address: str, findings: Callable[[Page], list[str]], scheme: str
) -> None:
    page = opened(chromium, f"{address}/host.html", color_scheme=scheme)
    page.frame_locator("iframe").locator(".marker").first.wait_for()
    page.get_by_text("The map as a picture").click()
    assert findings(page) == []
    page.context.close()
