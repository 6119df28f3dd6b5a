"""Wait for a page whose policy forbids ``eval``: Playwright's ``wait_for_function`` needs it from its second look on."""

import time
from typing import Any

from playwright.sync_api import Page

# How long a page may take at most, on a machine that does other things too; no test waits that long where all is well.
PATIENCE_MS = 20_000


def wait_until(page: Page, told: str, arg: Any = None) -> None:
    """Look again and again until a function in the page says yes."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(told, arg):
        assert time.monotonic() < end, f"{told} did not come true in {PATIENCE_MS} ms"
        page.wait_for_timeout(50)
