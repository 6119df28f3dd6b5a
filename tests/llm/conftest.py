"""A land of our own with its actors, and a language model on this machine that reads articles of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from llm_server import Server, serving

from geo.events import ActorBook, read_actors
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.llm import LanguageModel
from geo.model import Article, Event
from geo.settings import LlmSettings, read_atlas
from geo.toponyms import find_mentions

ATLAS = """
title = "Vellmark"
[theatre]
countries = ["SE"]
bbox = [14.0, 62.0, 17.0, 64.0]
"""
PLACES = """id,name,kind,lon,lat,precision_m,aliases,name_ar,country,admin1,source
vellmark,Vellmark,city,15.50,63.00,5000,,,SE,,invented
ostmere,Ostmere,town,15.80,63.10,1500,,,SE,,invented
kell,Kellvik,village,15.30,62.90,800,,,SE,,invented
brunn,Brunnholt,village,15.60,62.80,800,,,SE,,invented
"""
ACTORS = """
[[side]]
id = "north"
name = "Crown army"
[[side]]
id = "league"
name = "The League"
[[actor]]
name = "Crown army"
side = "north"
kind = "state"
aliases = ["crown forces", "the army"]
[[actor]]
name = "League fighters"
side = "league"
kind = "armed_group"
aliases = ["rebels"]
"""


@dataclass(frozen=True)
class Land:
    """Its gazetteer and its actors."""

    gazetteer: Gazetteer
    book: ActorBook


@pytest.fixture(scope="session")
def land(tmp_path_factory: pytest.TempPathFactory) -> Land:
    root = tmp_path_factory.mktemp("vellmark")
    (root / "seeds" / "gazetteer").mkdir(parents=True)
    (root / "seeds" / "atlas.toml").write_text(ATLAS, encoding="utf-8")
    (root / "seeds" / "actors.toml").write_text(ACTORS, encoding="utf-8")
    (root / "seeds" / "gazetteer" / "places.csv").write_text(PLACES, encoding="utf-8")
    return Land(open_gazetteer(read_atlas(root)), read_actors(root / "seeds" / "actors.toml"))


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def model(server: Server, tmp_path: Path) -> Callable[..., LanguageModel]:
    """Make a model with kept answers of its own; what is given in other words than the settings' goes to it."""

    def make(*, offline: bool = False, notify: Callable[[str], None] = lambda _: None, **options) -> LanguageModel:
        known = {"url": server.url, "model": "tiny", "timeout_s": 5.0, "first_wait_s": 0.01} | options
        return LanguageModel(
            LlmSettings(**known), folder=tmp_path / "kept", cache=tmp_path, offline=offline, notify=notify
        )

    return make


@dataclass(frozen=True)
class Read:
    """What came of an article."""

    events: tuple[Event, ...]
    model: LanguageModel

    @property
    def left_out(self) -> list[str]:
        return [f"{r.part}: {r.why}: {r.words}" for r in self.model.refusals]

    @property
    def failures(self) -> list[str]:
        return [error.message for _, error in self.model.failures]


@pytest.fixture
def read(model: Callable[..., LanguageModel], land: Land) -> Callable[..., Read]:
    """Read a text; ``reader`` is a model that has read others before, ``rules`` what the rules find in it."""

    def run(text: str, *, reader: LanguageModel | None = None, rules: tuple[Event, ...] = (), **options) -> Read:
        article = Article("report", text, published=date(2021, 5, 3))
        reader = reader or model(**options)
        mentions = find_mentions(article, land.gazetteer)
        return Read(reader.read(article, mentions, rules, land.book, land.gazetteer), reader)

    return run
