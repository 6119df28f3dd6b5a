"""The world, compiled before the first command runs: none of them has to say that it does so."""

import pytest

from geo.gazetteer import open_gazetteer


@pytest.fixture(scope="session", autouse=True)
def _world() -> None:
    open_gazetteer(None)
