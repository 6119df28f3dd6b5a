"""One headless Chromium for all browser tests; pages are opened with the network shut and must stay silent."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from page_waiting import PATIENCE_MS
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
expect.set_options(timeout=PATIENCE_MS)
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


@dataclass
class Watched:
    """An open page, and what it said and asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


Open = Callable[..., Watched]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed, and CI must run the browser tests")
        pytest.skip("Chromium is not installed (Debian's package chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def findings() -> Callable[[Page], list[str]]:
    """Let axe-core look at a page; it comes with axe-playwright-python."""
    if os.environ.get("CI"):  # where a skip would hide that nothing was looked at
        import axe_playwright_python.sync_playwright as axe
    else:
        why = "axe-playwright-python is not installed (it is in the test extra)"
        axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason=why)

    def look(page: Page) -> list[str]:
        violations = axe.Axe().run(page).response["violations"]
        return [f"{v['impact']} {v['id']}: {v['nodes'][0]['html'][:120]}" for v in violations]

    return look


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open HTML from a file of its own; at the end, nothing may have been said on the console or asked of the network."""
    watched: list[Watched] = []

    def open_one(html: str, *, address: str = "", silent: bool = True, **options: Any) -> Watched:
        path = tmp_path / f"page-{len(watched)}.html"
        path.write_text(html, encoding="utf-8")
        context = chromium.new_context(**{"viewport": DESKTOP, "timezone_id": "Pacific/Kiritimati", **options})
        one = Watched(context.new_page())
        if silent:
            watched.append(one)

        def refuse(route: Route) -> None:
            if route.request.url.startswith("file:"):
                route.continue_()
            else:
                one.asked.append(route.request.url)
                route.abort()

        context.route("**/*", refuse)
        one.page.on("console", lambda message: one.said.append(f"{message.type}: {message.text}"))
        one.page.on("pageerror", lambda error: one.said.append(f"error: {error.message}"))
        one.page.on("dialog", lambda dialog: (one.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        one.page.goto(path.as_uri() + address)
        one.page.set_default_timeout(PATIENCE_MS)
        return one

    yield open_one
    for one in watched:
        assert (one.said, one.asked) == ([], [])
        one.page.context.close()
