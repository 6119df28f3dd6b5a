"""What a developer has imported for own use is no part of any test."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _no_imports_of_the_user(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITMAP_DATA", str(tmp_path_factory.mktemp("sitmap-data")))
        yield
