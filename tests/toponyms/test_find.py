import pytest

from geo.model import Article
from geo.toponyms import find_mentions


def mentions(text, gazetteer, roles=("place", "metonym")):
    return [m for m in find_mentions(Article("a", text), gazetteer) if m.role in roles]


def names(text, gazetteer, roles=("place", "metonym")):
    return [(m.text, m.location.place_id if m.location else None) for m in mentions(text, gazetteer, roles)]


WORLD = [
    # names, possessives, brackets, capitals
    ("Two ships left Odesa for Varna.", [("Odesa", "geonames:698740"), ("Varna", "geonames:726050")]),
    ("Norway's coast guard answered.", [("Norway", "country:NO")]),
    ("MINISTER IN KENYA 12-03-19", [("KENYA", "country:KE")]),
    ("A ferry from Isle of Wight sank.", [("Isle of Wight", "iso:GB-IOW")]),
    ("Floods hit the Netherlands and the UK.", [("Netherlands", "country:NL"), ("UK", "country:GB")]),
    # a sea is no province that is called after it, unless it says so
    ("A tanker burned in the Red Sea.", [("Red Sea", "region:red_sea")]),
    ("A school burned in Red Sea State, Sudan.", [("Red Sea", "iso:SD-RS"), ("Sudan", "country:SD")]),
    # people, by title, first name, initial, age, and by surname afterwards
    ("President Lincoln met Gen. Houston.", []),
    ("The award went to Charlotte Madison. Madison smiled.", []),
    ("Police named J. Jackson, who fled.", []),
    ("Pressure grew on Vladimir Putin, whom they met.", []),
    ("They arrested Orlando Paris, 34, at home.", []),
    ("Florence Nightingale worked in Scutari.", [("Scutari", "geonames:738329")]),
    # organisations
    ("The New York Times and Amnesty International asked.", []),
    ("Fighters of the Islamic State fled.", []),
    # ordinary words that are places somewhere
    ("March was cold. Going was hard. Said he would come. Base was shelled.", []),
    ("The Mobile phone was off on Sunday.", []),
    # demonyms are no places, nor their parts of compounds
    ("Polish troops and a Danish-led mission met Ghanaians.", []),
    # "X, Y"
    ("A fire broke out in Paris, Texas.", [("Paris", "geonames:4717560"), ("Texas", "iso:US-TX")]),
    ("He lives in Lebanon, Ky., with his wife.", [("Lebanon", "geonames:4297653"), ("Ky", "iso:US-KY")]),
    # a seat bears the name of its province
    ("Protests began in Idlib.", [("Idlib", "geonames:169389")]),
    # by form alone
    ("They met on Elmgrove Street near Lake Tavish.", [("Elmgrove Street", None), ("Lake Tavish", None)]),
    ("She walked through the village of Qulzariya.", [("Qulzariya", None)]),
]


@pytest.mark.parametrize(("text", "expected"), WORLD, ids=[case[0] for case in WORLD])
def test_names_over_the_world(world, text, expected):
    assert names(text, world) == expected


THEATRE = [
    ("Shells fell on Bab al-Dhib in Tellun Province.", [("Bab al-Dhib", "bab_dhib"), ("Tellun Province", "tellun_gov")]),
    ("Dhib was quiet.", [("Dhib", "qasr")]),
    ("Rebels hold Tellun.", [("Tellun", "tellun")]),
    ("Troops crossed the northern province of Tellun.", [("northern province of Tellun", "tellun_gov")]),
    ("Aid came by the Dhib corridor and the Coast Road.", [("Dhib corridor", "dhib_corridor"), ("Coast Road", "tellun_gate_road")]),
    ("Hundreds wait at the Umsaad crossing.", [("Umsaad crossing", "gate")]),
    # another spelling, where the words around speak for a place
    ("They fled the town of Ghureiba.", [("Ghureiba", "ghurab")]),
    # facilities by description
    ("The army took a naval college and the large armoured depot.", [("naval college", "signals"), ("armoured depot", "armour")]),
    ("Jets bombed Qasr Dhib air base and Sheikh Tufan.", [("Qasr Dhib air base", "north_base"), ("Sheikh Tufan", "sheikh")]),
    ("They spoke of a college, a depot and an old base.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), THEATRE, ids=[case[0] for case in THEATRE])
def test_names_in_a_theatre(theatre, text, expected):
    assert names(text, theatre) == [(name, f"atlas:{id_}") for name, id_ in expected]


ROLES = [
    ("Nairobi said it would wait.", [("Nairobi", "metonym")]),
    ("The plane landed in Nairobi.", [("Nairobi", "place")]),
    ("Peru has proposed a truce.", [("Peru", "metonym")]),
    ("Lisbon-backed groups left.", [("Lisbon", "metonym")]),
    ("Kenya along with Uganda sent aid.", [("Kenya", "metonym"), ("Uganda", "metonym")]),
    ("Kenya said it agreed with Uganda.", [("Kenya", "metonym"), ("Uganda", "place")]),
    ("The siege was imposed by Chad.", [("Chad", "metonym")]),
    ("UK officials left.", [("UK", "metonym")]),
    ("A Kenyan pilot and two Peruvians sang.", [("Kenyan", "demonym"), ("Peruvians", "demonym")]),
]


@pytest.mark.parametrize(("text", "expected"), ROLES, ids=[case[0] for case in ROLES])
def test_roles(world, text, expected):
    found = mentions(text, world, roles=("place", "metonym", "demonym"))
    assert [(m.text, m.role) for m in found] == expected


REFERENCES = [
    ("Rebels hold Tellun. They shelled the city.", "city", "tellun"),
    ("The Dhib corridor opened. The corridor was narrow.", "corridor", "dhib_corridor"),
    ("The state's second-largest city Tellun fell.", "second-largest city", "tellun"),
    ("They left Tellun by the main supply route linking the city to Egypt.", "main supply route", "tellun_gate_road"),
]


@pytest.mark.parametrize(("text", "words", "place"), REFERENCES, ids=[case[0] for case in REFERENCES])
def test_references_point_back(theatre, text, words, place):
    found = {m.text: m.location.place_id for m in mentions(text, theatre, roles=("reference",))}
    assert found[words] == f"atlas:{place}"


def test_a_reference_without_an_antecedent_is_left_out(theatre):
    assert names("They shelled the city.", theatre, roles=("reference",)) == []


def test_a_road_without_a_route_is_the_line_between_its_ends(theatre):
    (road,) = mentions("They cut the Tellun-Ghuraybah road.", theatre, roles=("reference",))
    assert road.text == "Tellun-Ghuraybah road"
    assert road.location.geometry.geom_type == "LineString"
    assert road.location.precision_m == pytest.approx(30_400, rel=0.05)


def test_borders_are_where_the_article_is(theatre, world):
    (border,) = [m for m in mentions("From Ghuraybah they fled to the Egyptian border.", theatre) if "border" in m.text]
    assert border.location.kind == "border"
    assert (border.location.lon, border.location.lat) == (25.04, 31.58)
    assert names("They fled to the Egyptian border.", theatre, roles=("demonym",)) == []
    (turkey,) = mentions("Ten thousand came to Turkey's border from Azaz.", world)[:1]
    assert (turkey.text, turkey.location.place_id, turkey.region.kind) == ("Turkey", "country:TR", "border")
    assert 36.5 < turkey.region.lat < 37


def test_an_atlas_entry_wins_over_the_world(theatre, world):
    assert {where for _, where in names("They drove to Tellun.", world)} <= {None}
    assert names("They drove to Tellun.", theatre) == [("Tellun", "atlas:tellun")]


def test_offsets_count_code_points_and_give_the_text(theatre):
    text = "😀 Ä‑Ö… “Tellun’s” gate — at Qasr Dhib, Libya."
    found = find_mentions(Article("a", text), theatre)
    assert [m.text for m in found if m.role == "place"] == ["Tellun", "Qasr Dhib", "Libya"]
    assert all(text[m.start : m.end] == m.text for m in found)


def test_what_is_unresolved_says_why(world):
    (mention,) = mentions("They met on Elmgrove Street.", world)
    assert mention.location is None
    assert mention.reason == 'named like a place by "Street", but no gazetteer entry has this name'


def test_two_runs_agree_and_mentions_come_in_text_order(theatre):
    text = " ".join(case[0] for case in THEATRE) + " " + " ".join(case[0] for case in WORLD)
    first, second = (find_mentions(Article("a", text), theatre) for _ in range(2))
    assert first == second
    assert [m.start for m in first] == sorted(m.start for m in first)


@pytest.mark.parametrize(
    "text", ["", " \n\n", "...", "12 34", "the of and", "’s", "A", "Å.Ä.Ö.", "al-", "\u200f\u202e"]
)
def test_odd_texts_give_nothing_and_no_error(world, text):
    assert find_mentions(Article("a", text), world) == ()


def test_a_government_is_no_city_to_point_back_at(world):
    assert names("They accused Moscow of it. Troops entered the city.", world, roles=("reference",)) == []
    assert names("They fought in Odesa. Troops entered the city.", world, roles=("reference",)) != []


def test_a_name_that_lost_its_apostrophe_is_no_other_name(theatre):
    assert names("Many were hurt in Libyas long war.", theatre) == [("Libya", "country:LY")]


def test_a_place_is_called_as_it_is_written_where_its_entry_has_marks(world):
    (mention,) = mentions("Shells fell on Hama.", world)
    assert mention.location.name == "Hama"
