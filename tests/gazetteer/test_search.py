import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.gazetteer import open_gazetteer
from geo.gazetteer.search import edits

FOUND = {
    "Aleppo": ("geonames:170063", "exact"),
    "Alepo": ("geonames:170063", "exact"),  # a name in Spanish
    "حلب": ("geonames:170063", "exact"),
    "Deir ez-Zor": ("geonames:170794", "exact"),
    "Dayr az Zawr": ("geonames:170794", "exact"),
    "Dair el Zur": ("geonames:170794", "spelling"),
    "Kharkov": ("geonames:706483", "exact"),
    "Харьков": ("geonames:706483", "exact"),
    "Харків": ("geonames:706483", "exact"),
    "Charkiff": ("geonames:706483", "spelling"),
    "Бахмут": ("geonames:713174", "exact"),
    "Бакхмут": ("geonames:713174", "one edit"),
    "Deirezzor": ("geonames:170794", "spelling"),
    "Gamishly": ("geonames:173377", "spelling"),
    "Qamychli": ("geonames:173377", "spelling"),
    "Sarmin town": ("geonames:164782", "similar"),
    "uk": ("country:GB", "exact"),
    "Damascvs": ("geonames:170654", "one edit"),
    "Gaziatnep": ("geonames:314830", "one edit"),
    "Vladivostock": ("geonames:2013348", "spelling"),
    "Dnepropetrovskij": ("geonames:709930", "spelling"),
    "Новосибирск": ("geonames:1496747", "exact"),
    "Новосибрск": ("geonames:1496747", "spelling"),
}


@pytest.mark.parametrize(("query", "hit"), FOUND.items())
def test_search(world, query: str, hit: tuple[str, str]) -> None:
    assert hit in [(found.place.id, found.how) for found in world.search(query)]


def test_hits_come_best_first_and_once(world) -> None:
    hits = world.search("San Jose", limit=30)
    assert len(hits) == len({hit.place.id for hit in hits}) == 30
    exact = [hit.how == "exact" for hit in hits]
    assert exact == sorted(exact, reverse=True)
    assert all(0 < hit.score <= 1 for hit in hits)
    assert world.search("San Jose", limit=5) == hits[:5]


def test_the_atlas_comes_before_the_world(write_atlas) -> None:
    opened = open_gazetteer(write_atlas("ramouseh,Ramouseh,neighbourhood,37.13,36.153,1800,,الراموسة,SY,SY-HL,s"))
    for query in ("Ramusa", "Ramousah", "Ramuseh", "راموسه", "Ramouzehh"):
        assert opened.search(query)[0].place.id == "atlas:ramouseh", query


@pytest.mark.parametrize("query", ["", " ", "—", '"', 'a "b" OR c*', "NEAR(a b)", "x" * 300, "\ud800", "a\0b", "%_"])
def test_no_query_breaks_it(world, query: str) -> None:
    assert isinstance(world.search(query), list)
    assert world.search(query, limit=0) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=20))
def test_any_text_can_be_searched(world, query: str) -> None:
    hits = world.search(query, limit=5)
    assert len(hits) <= 5
    assert hits == world.search(query, limit=5)


def test_edits() -> None:
    found = edits("homs")
    assert {"homs x"[:5].strip(), "oms", "homs"[::-1]} & found == {"oms"}
    assert {"hims", "hom", "homss", "ohms", "ho ms", "ahoms"} <= found
    assert "homs" not in found
    assert "hmos" in found
    assert "حمصه" in edits("حمص")
    assert "львов" in edits("львів")


VARIANTS = {
    "Ramusa": "atlas:ramouseh",
    "Ramuseh": "atlas:ramouseh",
    "Raqa": "geonames:172955",
    "Dayrizzor": "geonames:170794",
    "Kobanee": "geonames:172256",
    "Haleb": "geonames:170063",
    "Rome": "",
    "Attack": "",
    "Ra": "",
}


@pytest.mark.parametrize(("word", "id_"), VARIANTS.items())
def test_variants_are_of_the_atlas_and_its_countries(write_atlas, word: str, id_: str) -> None:
    opened = open_gazetteer(write_atlas("ramouseh,Ramouseh,neighbourhood,37.13,36.153,1800,,الراموسة,SY,SY-HL,s"))
    found = [place.id for place in opened.lookup_variants([word])[word]]
    assert (id_ in found) if id_ else not found


def test_places_near_home_go_before_others_that_are_as_alike(world, write_atlas) -> None:
    opened = open_gazetteer(write_atlas())
    abroad = [hit.place.country for hit in world.search("Salqeen", limit=5)]
    assert abroad[0] == "SY" or "SY" in abroad
    assert opened.search("Salqeen", limit=5)[0].place.country == "SY"


def test_where_many_spellings_have_the_same_consonants_the_likeliest_come_first(write_atlas) -> None:
    names = [f"T{a}rm{b}sh{c}k" for a in "aeio" for b in "aeio" for c in "aeio"]
    rows = [f"p{n},{name},village,39.5,36.5,500,,,SY,,invented" for n, name in enumerate([*names, "Termeshakal"])]
    hits = open_gazetteer(write_atlas(*rows)).search("Tormoshok", limit=5)
    assert len(hits) == 5
    assert hits[0].place.name == "Tormoshok"
    assert {hit.how for hit in hits[1:]} <= {"spelling", "one edit"}
