"""Draw the pictures of docs/maps.md, docs/pictures.md and docs/style.md anew, from the maps as they are built now.

    sitmap build
    python tools/make_map_pictures.py [ATLAS [OUT]]

Those of pages are photographed in Chromium (Debian's package, driven by playwright of the test extra); the others are
drawn by `sitmap map` with the options that stand below.
"""

import io
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
PHONE = {"width": 360, "height": 740}
DRAWN = {
    "days.png": "--view multiples --size 1400x960 --dpi 120",
    "strip.png": "--view timeline --size 1400x1000 --dpi 120",
    "style.png": "--view style",
}


def main(atlas: Path, out: Path) -> None:
    """Write the pictures to a folder."""
    for name, options in DRAWN.items():
        command = ["sitmap", "map", "--atlas", str(atlas), *options.split(), "--out", str(out / name)]
        subprocess.run(command, check=True)  # noqa: S603 - our own command
    with Image.open(out / "style.png") as image:
        save(image.convert("RGB"), out / "style.png")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        index = (atlas / "maps" / "index.html").resolve().as_uri()
        page = opened(browser, f"{index}#day=2016-08-10")
        page.locator("#list button", has_text="Siege broken").first.click()
        page.locator(".leaflet-popup [data-read]").first.click()
        save(shot(page), out / "page.png")
        page = opened(browser, f"{index}#day=2016-09-05&with=2016-08-10&how=swipe")
        page.locator("#changes button.chip", has_text="changed").click()
        save(shot(page), out / "page-compare.png")
        save(phones(browser, index), out / "page-phone.png")
        browser.close()


def phones(browser: Browser, index: str) -> Image.Image:
    """Three phones side by side: the map, the filters, two dates in the dark."""
    plain = opened(browser, f"{index}#day=2016-09-05", viewport=PHONE)
    filters = opened(browser, f"{index}#day=2016-09-05", viewport=PHONE)
    filters.click("#sheet")
    filters.click("#filters summary")
    dark = opened(browser, f"{index}#day=2016-09-05&with=2016-08-10", viewport=PHONE, color_scheme="dark")
    sheet = Image.new("RGB", (3 * PHONE["width"] + 40, PHONE["height"]), "white")
    for number, page in enumerate((plain, filters, dark)):
        sheet.paste(shot(page), (number * (PHONE["width"] + 20), 0))
    return sheet


def opened(browser: Browser, address: str, **options: object) -> Page:
    """Open a page in a window of its own, without a network."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "offline": True, **options})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.wait_for_timeout(500)
    return page


def shot(page: Page) -> Image.Image:
    """Photograph a page."""
    page.wait_for_timeout(500)
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def save(image: Image.Image, path: Path) -> None:
    """Write a PNG of few colours, which these pictures have."""
    image.quantize(200).save(path, optimize=True)
    print(path)  # noqa: T201


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    main(given[0] if given else ROOT, given[1] if len(given) > 1 else ROOT / "docs")
