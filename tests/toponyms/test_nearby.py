"""Names that the places around settle."""

from datetime import date

import pytest

from geo.gazetteer import open_gazetteer
from geo.model import Article
from geo.settings import read_atlas
from geo.toponyms import find_mentions

PLACES = """id,name,kind,lon,lat,precision_m,aliases,name_ar,country,admin1,source
harn,Harnfors,town,15.20,63.20,1500,,,SE,,invented
near,Ustrigal,village,15.30,63.10,800,,,SE,,invented
far,Ustregil,village,15.30,56.90,800,,,SE,,invented
"""


@pytest.fixture(scope="module")
def land(tmp_path_factory):
    root = tmp_path_factory.mktemp("harn")
    folder = root / "seeds" / "gazetteer"
    folder.mkdir(parents=True)
    (root / "seeds" / "atlas.toml").write_text('title = "Harn"\n[theatre]\ncountries = ["SE"]\n', encoding="utf-8")
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    return open_gazetteer(read_atlas(root))


# text: the name and where it is taken for, or None
CASES = {
    # spelt nearly so, and beside what else is named
    "Shells fell on the village of Ostergal, south of Harnfors in Sweden.": ("Ostergal", "Ustrigal"),
    # nothing else is named: how alike it is says too little
    "Shells fell on the village of Ostergal.": ("Ostergal", None),
    # a quarter of a town, whatever else has its name
    "Shells fell on the Paris and Oxbrodal districts of Harnfors.": ("Paris", "Paris, Harnfors"),
    "Shells fell on the Lyon and Paris districts of Harnfors.": ("Lyon", "Lyon, Harnfors"),
    "Shells fell on the neighbourhoods of Paris and Oxbrodal in Harnfors.": ("Oxbrodal", "Oxbrodal, Harnfors"),
    "Shells fell on Harnfors's Paris district.": ("Paris", "Paris, Harnfors"),
    # the other way round
    "Shells fell on the Stockholm suburb of Oxbrodal.": ("Oxbrodal", "Oxbrodal, Stockholm"),
    "Shells fell on the Stockholm suburb of Solna.": ("Stockholm", "Stockholm"),
    # a list
    "Shells fell on the villages of Harnfors and Oxbrodal.": ("Oxbrodal", None),
    # nothing near is spelt so
    "Shells fell on the village of Oxbrodal. Others died in Harnfors in Sweden.": ("Oxbrodal", None),
    # nearly an American town's name, but nothing else is there
    "US jets struck the towns of Harnfors, Kiruna and Dubuk in Sweden, US officials said.": ("Dubuk", None),
}


@pytest.mark.parametrize("text", CASES)
def test_unknown_names(text, land):
    name, place = CASES[text]
    (mention,) = [m for m in find_mentions(Article("a", text, date(2021, 5, 4)), land) if m.text == name]
    assert (mention.location.name if mention.location else None) == place


def test_a_village_far_from_all_else_counts_half(land):
    text = "Shells fell on the village of Hara, said residents of Harnfors, Kiruna and Lulea in Sweden."
    mentions = find_mentions(Article("a", text, date(2021, 5, 4)), land)
    (stray,) = [m for m in mentions if m.text == "Hara"]
    assert stray.confidence < 0.5 < max(m.confidence for m in mentions)


# spelt otherwise, in the world alone: text, name, where each mention of it lies
RESPELT = [
    # a city of a named country, once it is told as one
    ("Raids on the city of Nyyala killed ten. Gunmen left Nyyala for Chad, Sudan said.", "Nyyala", ["Nyala"] * 2),
    # known to be a place by its letters alone
    ("The Iraqi army fought on in Kerkook. Iraq said no more.", "Kerkook", ["Kirkuk"]),
    # only countries beside it
    ("Fighting was heavy near Afrine. Turkey and Syria sent troops.", "Afrine", ["Afrin"]),
    ("Fighting was heavy in the village of Dabuq. Syria and the United States sent troops.", "Dabuq", [None]),
    # Rushden, in England
    (
        "Shells hit the Reshidin area of Aleppo, the Britain-based monitor said. British aid goes on.",
        "Reshidin",
        [None],
    ),
    # no "Haa's": that is in Bhutan
    ("The jets that hit Haas village were Syrian, residents in Syria said.", "Haas", [None]),
]


@pytest.mark.parametrize(("text", "name", "places"), RESPELT, ids=[case[1] for case in RESPELT])
def test_names_spelt_otherwise(text, name, places, world):
    mentions = [m for m in find_mentions(Article("a", text), world) if m.text == name]
    assert [m.location.name if m.location else None for m in mentions] == places
