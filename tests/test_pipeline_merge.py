"""Several articles of an atlas that tell one event: one feature, one state of a route, whatever their names."""

import pytest

from geo.gazetteer import open_gazetteer
from geo.layers import build_layers, validate_layers
from geo.pipeline import read
from geo.settings import read_atlas

ARTICLES = {
    "wire": ("2024-03-11", "Invented Wire", "A car bomb killed 12 people on a quay in Reykjavik on Sunday."),
    "post": ("2024-03-12", "Invented Post", "A car bomb on a quay in Reykjavik killed 14 people on Sunday."),
    "calm": ("2024-03-12", "Invented Post", "Police detained 12 protesters in Akureyri on Monday."),
}


@pytest.fixture
def atlas(tmp_path):
    folder = tmp_path / "seeds" / "articles"
    folder.mkdir(parents=True)
    (tmp_path / "seeds" / "atlas.toml").write_text('title = "Reykjavik"\n')
    for name, (day, source, text) in ARTICLES.items():
        (folder / f"{name}.md").write_text(f"---\npublished: {day}\nsource: {source}\n---\n{text}\n")
    return read_atlas(tmp_path)


def test_a_build_joins_what_its_articles_tell(atlas):
    records = read(atlas).records
    assert [len(i.reports) for i in records.incidents] == [2, 1]
    assert len(records.events) == 3
    layers = build_layers(records, open_gazetteer(atlas))
    validate_layers(layers, records.articles)
    events = layers["events"].set_index("place")
    assert events.loc["Reykjavik", ["sources", "contested", "known", "article"]].tolist() == [
        2,
        ["toll"],
        "2024-03-11",
        "wire",
    ]
    assert events.loc["Akureyri", ["sources", "contested"]].tolist() == [1, []]
    assert set(layers["areas"]["event"]) <= set(events["id"])
