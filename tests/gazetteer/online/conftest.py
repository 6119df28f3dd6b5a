"""A geocoder on this machine, and clients of it whose cache is their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from geocoder_server import Server, serving

from geo.gazetteer.online import Geocoder
from geo.settings import OnlineSettings, Theatre

PAUSE_S = 0.01
NONE = Theatre()


@pytest.fixture(autouse=True)
def _straight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask this machine without a proxy."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def client(server: Server, tmp_path: Path) -> Callable[..., Geocoder]:
    """Make a client; what is given in other words than the settings' goes to `Geocoder`."""

    def make(
        service: str = "nominatim", *, theatre: Theatre = NONE, offline: bool = False, today=None, **options
    ) -> Geocoder:
        known = {"url": server.url, "user": "me", "timeout_s": 5.0, "pause_s": PAUSE_S} | options
        settings = OnlineSettings(service, **known)
        return Geocoder(settings, theatre=theatre, cache=tmp_path, offline=offline, today=today)

    return make
