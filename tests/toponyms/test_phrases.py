"""What words around a name make of it: sentences of our own with the names marked, the words of the region, its name, and towns in and out of it."""

import re
from dataclasses import replace

import pytest
from shapely import Point

from geo.gazetteer.names import fold
from geo.toponyms.borders import find_borders
from geo.toponyms.found import Found, Reading
from geo.toponyms.lexicon import lexicon
from geo.toponyms.references import find_references
from geo.toponyms.relative import add_regions
from geo.toponyms.resolve import locate
from geo.toponyms.roads import find_roads
from geo.toponyms.tokens import tokenize

# Points of towns, degrees, to one or two decimals: far exacter than any of the regions.
AT = {
    "Aleppo": (37.16, 36.20), "Damascus": (36.29, 33.51), "Homs": (36.72, 34.73), "Hama": (36.75, 35.13), "Azaz": (37.05, 36.59),
    "Raqqa": (39.01, 35.95), "Qamishli": (41.23, 37.05), "Daraa": (36.10, 32.62), "Palmyra": (38.27, 34.56), "Hasaka": (40.75, 36.50),
    "Manbij": (37.95, 36.53), "Kilis": (37.11, 36.72), "Latakia": (35.78, 35.53), "Khan Tuman": (37.04, 36.11), "Atarib": (36.83, 36.14),
    "Douma": (36.40, 33.57), "Mosul": (43.13, 36.34), "Tal Afar": (42.45, 36.38), "Kirkuk": (44.39, 35.47), "Basra": (47.78, 30.51),
    "Baghdad": (44.39, 33.34), "Erbil": (44.01, 36.19), "Kyiv": (30.52, 50.45), "Bucha": (30.21, 50.55), "Kharkiv": (36.23, 49.99),
    "Lviv": (24.03, 49.84), "Donetsk": (37.80, 48.02), "Mariupol": (37.54, 47.10), "Odesa": (30.73, 46.48), "Poltava": (34.55, 49.59),
    "Kherson": (32.62, 46.64), "Melitopol": (35.37, 46.84), "Zaporizhzhia": (35.14, 47.84), "Beirut": (35.50, 33.89), "Tyre": (35.20, 33.27),
    "Tripoli": (35.84, 34.44), "Sidon": (35.37, 33.56), "Gaza": (34.47, 31.50), "Rafah": (34.25, 31.29), "Khan Yunis": (34.31, 31.34),
    "Sanaa": (44.21, 15.35), "Aden": (45.04, 12.78), "Hodeidah": (42.95, 14.80), "Taiz": (44.02, 13.58), "Saada": (43.76, 16.94),
    "Mogadishu": (45.34, 2.04), "Afgooye": (45.12, 2.14), "Kabul": (69.17, 34.53), "Kandahar": (65.71, 31.61), "Kunduz": (68.86, 36.73),
    "Maiduguri": (13.16, 11.85), "Lagos": (3.39, 6.45), "Kano": (8.52, 12.00), "Bamako": (-8.0, 12.65), "Gao": (-0.04, 16.27),
    "Mopti": (-4.19, 14.49), "Timbuktu": (-3.01, 16.77), "Goma": (29.22, -1.68), "Bukavu": (28.86, -2.51), "Kinshasa": (15.31, -4.33),
    "Khartoum": (32.53, 15.55), "Benghazi": (20.07, 32.12), "Sabha": (14.43, 27.04), "Milan": (9.19, 45.46), "Palermo": (13.36, 38.12),
    "Rome": (12.48, 41.89), "Turin": (7.69, 45.07), "Seattle": (-122.33, 47.61), "Miami": (-80.19, 25.77), "Yangon": (96.16, 16.81),
    "Myitkyina": (97.40, 25.38), "Medellin": (-75.56, 6.25), "Suva": (178.44, -18.14), "Tromso": (18.96, 69.65), "Alta": (23.27, 69.97),
    "Longyearbyen": (15.64, 78.22), "Gaziantep": (37.38, 37.07), "Ankara": (32.85, 39.92), "Sea off Tripoli": (13.2, 33.3),
    "Sea off Beirut": (35.3, 33.95), "Peshawar": (71.58, 34.01), "Quetta": (67.0, 30.2), "Grozny": (45.69, 43.31), "Stepanakert": (46.75, 39.82),
}  # fmt: skip

# sentence | words of the region | its name | towns in it | towns out of it
DIRECTIONS = """
Jets struck villages southwest of [Aleppo]. | southwest of Aleppo | southwest of Aleppo | Khan Tuman | Aleppo, Azaz
Fighting went on south-west of [Aleppo]. | south-west of Aleppo | southwest of Aleppo | Khan Tuman | Aleppo
Troops dug in just to the west of [Aleppo]. | just to the west of Aleppo | west of Aleppo |  | Aleppo, Azaz
They hold a hill due east of the city of [Homs]. | due east of the city of Homs | east of Homs |  | Homs, Hama
A drone fell north west of [Kyiv] overnight. | north west of Kyiv | northwest of Kyiv | Bucha | Kyiv, Poltava
Rebels moved north-north-east of [Goma]. | north-north-east of Goma | north-northeast of Goma |  | Goma, Bukavu
Snow fell to the south of [Tromsø]. | to the south of Tromsø | south of Tromsø |  | Tromso, Alta
Militants camped immediately west of [Mogadishu]. | immediately west of Mogadishu | west of Mogadishu |  | Mogadishu
A convoy was hit southeast of the besieged town of [Khan Yunis]. | southeast of the besieged town of Khan Yunis | southeast of Khan Yunis |  | Khan Yunis, Gaza
Bombs fell north and east of [Aleppo]. | north and east of Aleppo | north and east of Aleppo |  | Aleppo, Khan Tuman
Militants hid south of the Afghan capital [Kabul]. | south of the Afghan capital Kabul | south of Kabul |  | Kabul
Militants hid south of rebel-held [Taiz]. | south of rebel-held Taiz | south of Taiz |  | Taiz, Aden
"""
DISTANCES = """
A convoy stopped 30 km east of [Homs]. | 30 km east of Homs | 30 km east of Homs |  | Homs, Palmyra
Shells landed some 12 miles southwest of [Aleppo]. | some 12 miles southwest of Aleppo | 19.3 km southwest of Aleppo |  | Aleppo, Azaz
The town lies 75 km to the west of [Mosul]. | 75 km to the west of Mosul | 75 km west of Mosul | Tal Afar | Mosul, Erbil
The blast was 40 kilometres (25 miles) north of [Aleppo]. | 40 kilometres (25 miles) north of Aleppo | 40 km north of Aleppo | Azaz | Aleppo, Manbij
They were stopped about 25km north-west of [Mogadishu]. | about 25km north-west of Mogadishu | 25 km northwest of Mogadishu | Afgooye | Mogadishu
The patrol hit a mine 20 km from [Gao]. | 20 km from Gao | 20 km from Gao |  | Gao, Timbuktu
They fought a few kilometres from [Taiz]. | a few kilometres from Taiz | 3.16 km from Taiz |  | Aden
The front is several miles outside [Kharkiv]. | several miles outside Kharkiv | 8.81 km from Kharkiv |  | Poltava
Guns stood less than 30 miles from [Sanaa]. | less than 30 miles from Sanaa | up to 48.3 km from Sanaa |  | Hodeidah, Saada
Anyone within 50 km of [Kharkiv] was told to leave. | within 50 km of Kharkiv | within 50 km of Kharkiv | Kharkiv | Poltava
Residents in a 20-mile radius of [Kherson] lost power. | a 20-mile radius of Kherson | within 32.2 km of Kherson | Kherson | Melitopol
The camp lies two hours' drive from [Kabul]. | two hours' drive from Kabul | 86 km from Kabul |  | Kabul, Kandahar
It is a three-hour drive north of [Bamako]. | three-hour drive north of Bamako | 129 km north of Bamako |  | Bamako, Gao
The airstrip is 10 to 15 km south of [Maiduguri]. | 10 to 15 km south of Maiduguri | 12.2 km south of Maiduguri |  | Maiduguri, Kano
The ambush took place dozens of kilometres south of [Timbuktu]. | dozens of kilometres south of Timbuktu | 48 km south of Timbuktu |  | Timbuktu, Mopti
A bus burned more than 100 km north of [Medellín]. | more than 100 km north of Medellín | over 100 km north of Medellín |  | Medellin
A mine went off 15 km from [Goma] on the road to [Bukavu]. | 15 km from Goma on the road to Bukavu | 15 km from Goma towards Bukavu |  | Goma, Bukavu
"""
PARTS = """
Snow fell in northern [Italy]. | northern Italy | northern Italy | Milan, Turin | Rome, Palermo
Strikes went on in southern [Syria]. | southern Syria | southern Syria | Daraa, Damascus | Aleppo, Hama
Jets bombed northern [Syria] again. | northern Syria | northern Syria | Qamishli, Raqqa, Azaz | Homs, Damascus
Clashes spread across north-east [Syria]. | north-east Syria | northeastern Syria | Qamishli, Hasaka | Damascus, Latakia
Missiles hit eastern [Ukraine]. | eastern Ukraine | eastern Ukraine | Kharkiv, Donetsk, Mariupol | Kyiv, Lviv
Missiles hit southern and eastern [Ukraine]. | southern and eastern Ukraine | southern and eastern Ukraine | Kharkiv, Donetsk, Melitopol | Lviv, Kyiv
The governor of [Lviv] spoke of the far west of [Ukraine]. | the far west of Ukraine | far western Ukraine | Lviv | Kyiv
Bandits raided northern [Nigeria]. | northern Nigeria | northern Nigeria | Kano, Maiduguri | Lagos
Rebels hold much of eastern [Congo]. | eastern Congo | eastern Congo | Goma, Bukavu | Kinshasa
Fighting spread in the north of [Mali]. | in the north of Mali | northern Mali |  | Bamako
Fighting eased in [Ukraine]'s east. | Ukraine's east | eastern Ukraine | Donetsk | Lviv
Militias fight in central [Mali]. | central Mali | central Mali |  | Bamako
The army holds southern [Lebanon]. | southern Lebanon | southern Lebanon | Tyre | Beirut, Tripoli
They hold the northern half of [Yemen]. | northern half of Yemen | northern Yemen | Saada | Aden
The northern tip of [Myanmar] stayed calm. | northern tip of Myanmar | northern Myanmar |  | Yangon, Myitkyina
It rained in the western [United States]. | western United States | western United States | Seattle | Miami
Shells fell on eastern [Aleppo]. | eastern Aleppo | eastern Aleppo |  | Azaz, Khan Tuman
Shells fell on the western districts of [Mosul]. | western districts of Mosul | western Mosul |  | Erbil
Shells fell on [Donetsk]'s northern districts. | Donetsk's northern districts | northern Donetsk |  | Mariupol
The eastern half of the city of [Hodeidah] is mined. | eastern half of the city of Hodeidah | eastern Hodeidah |  | Sanaa
A bomb went off in central [Baghdad]. | central Baghdad | centre of Baghdad |  | Basra
A bomb went off in the heart of [Kabul]. | heart of Kabul | centre of Kabul | Kabul | Kandahar
Crowds filled [Beirut]'s city centre. | Beirut's city centre | centre of Beirut |  | Sidon
Gunmen roam northern [Kandahar Province:admin1] province. | northern Kandahar Province province | northern Kandahar Province |  | Kabul
A market in the rebel-held east of [Aleppo] was hit. | in the rebel-held east of Aleppo | eastern Aleppo |  | Azaz
Wine comes from the south of [Italy]. | from the south of Italy | southern Italy | Palermo | Milan
Troops hold the northern countryside of the province of [Homs:admin1]. | northern countryside of the province of Homs | northern Homs |  | Daraa
"""
EDGES = """
They camped on the outskirts of [Aleppo]. | outskirts of Aleppo | outskirts of Aleppo |  | Aleppo, Azaz
Rockets hit the western outskirts of [Kyiv]. | western outskirts of Kyiv | western outskirts of Kyiv |  | Kyiv, Poltava
A raid hit the southern suburbs of [Beirut]. | southern suburbs of Beirut | southern suburbs of Beirut |  | Beirut, Sidon, Tripoli
A raid hit [Beirut]'s southern suburbs. | Beirut's southern suburbs | southern suburbs of Beirut |  | Beirut, Sidon
Families left the [Damascus] suburbs. | Damascus suburbs | suburbs of Damascus | Douma | Damascus, Homs
Tanks stand at the northern entrance of [Aden]. | northern entrance of Aden | northern outskirts of Aden |  | Taiz
They reached the gates of [Tripoli]. | gates of Tripoli | outskirts of Tripoli |  | Benghazi
Troops hold the countryside north of [Aleppo]. | countryside north of Aleppo | countryside north of Aleppo |  | Aleppo, Khan Tuman
Troops hold the northern [Aleppo] countryside. | northern Aleppo countryside | countryside north of Aleppo |  | Khan Tuman
Shelling hit the western countryside of [Aleppo]. | western countryside of Aleppo | countryside west of Aleppo | Atarib | Azaz
Shelling hit [Hama]'s northern countryside. | Hama's northern countryside | countryside north of Hama |  | Homs
Raids hit rural [Homs]. | rural Homs | countryside of Homs |  | Homs, Damascus
Raids hit eastern rural [Raqqa]. | eastern rural Raqqa | countryside east of Raqqa |  | Aleppo
"""
NEAR = """
Fighters fell near [Palmyra]. | near Palmyra | near Palmyra | Palmyra | Homs
Clashes broke out around [Taiz]. | around Taiz | around Taiz | Taiz | Aden
Refugees sleep outside [Goma]. | outside Goma | around Goma |  | Goma, Bukavu
They cleared mines close to [Kherson]. | close to Kherson | near Kherson | Kherson | Melitopol
They stopped in the vicinity of [Sabha]. | in the vicinity of Sabha | near Sabha | Sabha | Benghazi
Checkpoints ringing [Mosul] were attacked. | ringing Mosul | around Mosul |  | Mosul, Tal Afar
They hold towns surrounding [Maiduguri]. | surrounding Maiduguri | around Maiduguri |  | Kano
A convoy burned on the road to [Kandahar]. | on the road to Kandahar | on the road to Kandahar |  | Kabul, Quetta
"""
BETWEEN = """
The road between [Aleppo] and [Azaz] was shelled. | between Aleppo and Azaz | between Aleppo and Azaz |  | Khan Tuman, Manbij
They met halfway between [Homs] and [Hama]. | halfway between Homs and Hama | halfway between Homs and Hama |  | Homs, Hama
They met midway between the towns of [Homs] and [Hama]. | midway between the towns of Homs and Hama | halfway between Homs and Hama |  | Homs, Hama
They hold the triangle between [Raqqa], [Hasaka] and [Palmyra]. | between Raqqa, Hasaka and Palmyra | between Raqqa, Hasaka and Palmyra |  | Aleppo, Damascus
They hold a front stretching from [Kherson] to [Zaporizhzhia]. | stretching from Kherson to Zaporizhzhia | between Kherson and Zaporizhzhia |  | Odesa, Donetsk
"""
COASTS = """
A boat sank off the coast of [Libya]. | off the coast of Libya | off the coast of Libya | Sea off Tripoli | Benghazi, Sabha
A warship stood off the coast of [Beirut]. | off the coast of Beirut | off the coast of Beirut | Sea off Beirut | Beirut
They drill off [Libya]'s shores. | off Libya's shores | off the coast of Libya | Sea off Tripoli | Benghazi
A tanker was hit 30 miles off the coast of [Yemen]. | 30 miles off the coast of Yemen | 48.3 km off the coast of Yemen |  | Aden, Sanaa
Drones fell on the coast of [Syria]. | coast of Syria | coast of Syria | Latakia | Homs, Aleppo
Drones fell on [Yemen]'s western coast. | Yemen's western coast | western coast of Yemen | Hodeidah | Sanaa, Aden
"""
BORDERS = """
Smugglers cross the [Syrian]-[Turkish] border at night. | Syrian-Turkish border | border of Syria and Turkey |  | Aleppo, Ankara
Guards closed the [Afghanistan]-[Pakistan] border. | Afghanistan-Pakistan border | border of Afghanistan and Pakistan |  | Kabul
They live along the border between [Lebanon] and [Syria]. | border between Lebanon and Syria | border of Lebanon and Syria |  | Beirut
Troops moved along [Ukraine]'s border with [Poland]. | Ukraine's border with Poland | border of Poland and Ukraine |  | Kyiv
[Aleppo] was bombed and thousands wait at the [Turkish] border. | Turkish border | border of Syria and Turkey |  | Aleppo, Ankara
[Aleppo] was bombed; tents rose on the [Turkish] side of the border. | Turkish side of the border | Turkish side of the border with Syria |  | Aleppo, Azaz
"""
PARTS_OF_THE_LAST_CITY = """
They shelled [Mosul]. Later the eastern districts were quiet. | eastern districts | eastern Mosul |  | Erbil
Rebels left [Homs] last. The government-held west was quiet. | west | western Homs |  | Hama
Snipers left [Donetsk] but its outskirts were shelled. | outskirts | outskirts of Donetsk |  | Mariupol
"""
NONE = """
Troops moved from [Homs] along the road.
They rode 109 miles from [Homs] to Palmyra.
Clashes went on north of the capital of [Mali].
They hold the coastal province of [Tripoli].
Bombs fell north [US]-backed fighters said.
Rebels left [Homs] for the east.
Talks between [Syria] and [Turkey] began.
Relations between [Moscow] and [Kyiv] are cold.
They drove from [Homs] to [Hama].
North Korea spoke.
South Sudan is at war.
Northern Ireland voted.
They entered [Homs].
[Aleppo] was hit and the [Turkish] border guards fired.
Gunmen roam northern [Aleppo:admin1] province.
Fighting goes on in southern [Daraa:admin1] province.
They rule the [Middle East].
"""
CASES = [
    pytest.param(*(cell.strip() for cell in line.split("|")), id=line.split("|")[1].strip())
    for table in (DIRECTIONS, DISTANCES, PARTS, EDGES, NEAR, BETWEEN, COASTS, BORDERS, PARTS_OF_THE_LAST_CITY)
    for line in table.strip().splitlines()
]
_NAME = re.compile(r"\[([^\]:]+)(?::(\w+))?\]")


def read(marked, gazetteer):
    """The text without brackets, and what the words make of the names in them, each being the largest place called so.

    ``[Aleppo:admin1]`` is the largest of that kind. Recognition has tests of its own.
    """
    parts, spans, at = [], [], 0
    for match in _NAME.finditer(marked):
        parts += [marked[at : match.start()], match[1]]
        end = sum(map(len, parts))
        spans.append((end - len(match[1]), end, match[1], match[2]))
        at = match.end()
    text = "".join([*parts, marked[at:]])
    reading = Reading(text, tokenize(text), lexicon(), gazetteer)
    found = [_found(reading, *span) for span in spans]
    found += find_borders(reading, found)
    found.sort(key=lambda f: f.first)
    found += find_references(reading, found)
    return text, add_regions(reading, find_roads(reading, sorted(found, key=lambda f: f.first)))


def _found(reading, start, end, name, kind):
    first = next(k for k, t in enumerate(reading.tokens) if t.start == start)
    last = next(k for k, t in enumerate(reading.tokens) if t.end >= end) + 1
    if kind == "unlisted":
        return Found(first, last, "place", None, 0.5, "no gazetteer entry has this name")
    demonym = reading.gazetteer.demonyms().get(fold(name))
    if demonym:
        place = reading.gazetteer.get(demonym)
        return Found(first, last, "demonym", locate(place, reading.gazetteer), 1.0, "", place=place)
    places = reading.gazetteer.lookup([name])[name]
    wanted = [kind] if kind else ["country", "region", "city", "town", "village"]
    place = next(p for k in wanted for p in places if p.kind == k)
    location = replace(locate(place, reading.gazetteer), name=name)
    return Found(first, last, "place", location, 1.0, "", place=place)


def _regions(marked, gazetteer):
    """Each region of a text, or border: its words, its name, its shape."""
    text, found = read(marked, gazetteer)
    tokens, regions = tokenize(text), {}
    for f in found:
        if f.region is not None:
            regions[text[tokens[f.region_first].start : tokens[f.region_last - 1].end]] = f.region
        elif f.location is not None and f.location.kind == "border":
            regions[text[tokens[f.first].start : tokens[f.last - 1].end]] = f.location
    return regions


@pytest.mark.parametrize(("text", "words", "name", "holds", "leaves_out"), CASES)
def test_phrases(world, text, words, name, holds, leaves_out):
    found = _regions(text, world)
    assert {k: v.name for k, v in found.items()} == {words: name}
    region = found[words]
    assert region.geometry.is_valid
    assert [t for t in _towns(holds) if not region.geometry.intersects(Point(AT[t]))] == []
    assert [t for t in _towns(leaves_out) if region.geometry.intersects(Point(AT[t]))] == []


def _towns(cell):
    return [town.strip() for town in cell.split(",") if town.strip()]


ROADS = [
    ("Shells cut the [Damascus]-[Homs]-[Aleppo] highway.", "road from Damascus to Homs to Aleppo", "Homs"),
    ("Shells cut the [Kabul]-[Kandahar] road.", "road from Kabul to Kandahar", "Kandahar"),
    ("Shells cut the road linking [Sanaa] to [Taiz].", "road from Sanaa to Taiz", "Taiz"),
]


@pytest.mark.parametrize(("text", "name", "stop"), ROADS)
def test_roads_by_their_towns(world, text, name, stop):
    _, found = read(text, world)
    (road,) = [f for f in found if f.location.kind == "road"]
    assert (road.role, road.location.name) == ("reference", name)
    assert road.location.geometry.distance(Point(AT[stop])) < 0.1


def test_a_place_of_no_gazetteer_is_where_its_description_says(world):
    _, found = read("Shells fell on the village of [Umm Sardin:unlisted], 12 km north of [Homs].", world)
    assert (found[0].location, found[0].where.name) == (None, "12 km north of Homs")
    assert found[0].where.geometry.intersects(Point(AT["Homs"][0], AT["Homs"][1] + 12 / 111.2))
    _, found = read("Shells fell on [Umm Sardin:unlisted]. They came from 12 km north of [Homs].", world)
    assert found[0].where is None


@pytest.mark.parametrize("text", NONE.strip().splitlines())
def test_no_region_where_none_is_told(world, text):
    assert _regions(text, world) == {}
