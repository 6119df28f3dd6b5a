"""Wait for a page whose policy forbids ``eval``: Playwright's ``wait_for_function`` needs it from its second look on."""

import time
from typing import Any

from playwright.sync_api import Page

PATIENCE_S = 20.0


def wait_until(page: Page, told: str, arg: Any = None) -> None:
    """Look again and again until a function in the page says yes."""
    end = time.monotonic() + PATIENCE_S
    while not page.evaluate(told, arg):
        assert time.monotonic() < end, f"{told} did not come true in {PATIENCE_S:.0f} s"
        page.wait_for_timeout(50)
