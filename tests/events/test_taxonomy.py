"""The taxonomy file: complete, right, and in the words of ACLED, CAMEO and PLOVER."""

import copy

import pytest

from geo.data import read_toml
from geo.errors import InputError
from geo.events.crosswalk import (
    GOVERNMENT,
    acled_disorder_of,
    acled_of,
    cameo_of,
    from_acled,
    from_cameo,
    from_ucdp,
    plover_of,
)
from geo.events.taxonomy import class_kinds, describe, event_types, subtypes, triggers, word_class
from geo.events.taxonomy_file import check, taxonomy_file

# ACLED Codebook 2023, table 2
ACLED = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
}
PAIRS = [(event, sub) for event, subs in ACLED.items() for sub in sorted(subs)]
TYPES = (
    "airstrike shelling bombing chemical_attack clash offensive capture withdrawal siege_imposed siege_broken route_opened "
    "route_closed displacement aid aid_blocked ceasefire talks visit killing attack_on_civilians detention protest other"
)
CODES = [(name, sub) for name in event_types() for sub in ("", *subtypes(name))]


def test_the_types_are_those_of_the_contract():
    assert sorted(event_types()) == sorted(TYPES.split())


def test_the_file_names_each_sub_event_type_of_acled():
    table = taxonomy_file()["acled"]
    assert {event: set(subs) - {"disorder", "default"} for event, subs in table.items()} == ACLED


@pytest.mark.parametrize(("name", "sub"), CODES)
def test_every_code_is_one_of_its_scheme(name, sub):
    for side in ("", GOVERNMENT):
        event_type, sub_event_type = acled_of(name, sub, side)
        assert sub_event_type in ACLED[event_type]
    assert 1 <= int(cameo_of(name, sub)[:2]) <= 20
    assert plover_of(name, sub)[0].isupper()
    assert describe(name, sub).definition.endswith(".")


@pytest.mark.parametrize(("event_type", "sub_event_type"), PAIRS)
def test_acled_comes_back_as_itself(event_type, sub_event_type):
    name, sub = from_acled(event_type, sub_event_type)
    assert (event_type, sub_event_type) in {acled_of(name, sub), acled_of(name, sub, GOVERNMENT)}
    assert from_acled(event_type.upper(), f" {sub_event_type.lower()} ") == (name, sub)
    assert acled_disorder_of(sub_event_type)


# as exports write them: what it is read as
READ = {
    ("Battles", ""): ("clash", ""),
    ("Battles", "Something new"): ("clash", ""),
    ("Battle-Non-state actor overtakes territory", ""): ("capture", ""),
    ("Remote violence", ""): ("shelling", ""),
    ("Riots/Protests", ""): ("protest", ""),
    ("Strategic developments", "Looting"): ("other", "looting"),
    ("Weather", "Rain"): ("other", ""),
    ("", ""): ("other", ""),
}


@pytest.mark.parametrize(("event_type", "sub_event_type"), READ)
def test_acled_of_any_year_is_read(event_type, sub_event_type):
    assert from_acled(event_type, sub_event_type) == READ[event_type, sub_event_type]


@pytest.mark.parametrize(
    ("code", "read"),
    {
        "195": ("airstrike", ""),
        "1952": ("airstrike", "drone_strike"),
        "1951": ("airstrike", ""),
        "190": ("clash", ""),
        "1834": ("bombing", ""),
        "0871": ("ceasefire", ""),
        "1411": ("protest", ""),
        "042": ("visit", ""),
        "99": ("other", ""),
        "": ("other", ""),
    }.items(),
)
def test_cameo_is_read_by_the_longest_code_known(code, read):
    assert from_cameo(code) == read


def test_ucdp_is_read():
    assert [from_ucdp(n) for n in (1, "2", 3, 4)] == [
        ("clash", ""),
        ("clash", ""),
        ("attack_on_civilians", ""),
        ("other", ""),
    ]


def test_a_capture_is_named_by_who_took_the_place():
    assert acled_of("capture", "recapture", GOVERNMENT)[1] == "Government regains territory"
    assert acled_of("capture", "recapture", "other")[1] == "Non-state actor overtakes territory"
    assert acled_of("capture")[1] == "Non-state actor overtakes territory"
    assert acled_of("clash", "", GOVERNMENT)[1] == "Armed clash"


def test_disorder_types():
    assert acled_disorder_of("Armed clash") == "Political violence"
    assert acled_disorder_of("Excessive force against protesters") == "Political violence; Demonstrations"
    assert acled_disorder_of("Mob violence") == "Political violence"
    assert acled_disorder_of("Violent demonstration") == "Demonstrations"


def test_icons_and_groups_are_drawn():
    style, symbols = read_toml("style.toml"), read_toml("symbols.toml")
    for event_type in event_types().values():
        assert event_type.icon in symbols["symbols"], event_type.name
        assert event_type.group in style["groups"], event_type.name


def test_every_type_has_a_trigger_and_every_trigger_its_classes():
    told = {t.type for found in triggers().values() for t in found}
    assert told == set(event_types())
    for found in triggers().values():
        for trigger in found:
            for name in filter(
                None, (trigger.object, trigger.subject, trigger.of, trigger.into, trigger.at, trigger.out_of)
            ):
                assert word_class(name) or class_kinds(name), (trigger, name)


def test_no_two_triggers_of_different_types_ask_for_the_same():
    asked: dict[tuple[object, ...], str] = {}
    twice = []
    for found in triggers().values():
        for t in found:
            key = (
                t.lemma,
                t.beside,
                t.verb,
                t.object,
                t.subject,
                t.of,
                t.into,
                t.at,
                t.out_of,
                t.role,
                t.agent,
                t.plural,
            )
            if asked.setdefault(key, t.type) != t.type:
                twice.append((key[:3], asked[key], t.type))
    assert twice == []


def entry(path, **more):
    """Give a change of the file: what is laid over the table at a path."""

    def change(table):
        for key in path.split("."):
            table = table[key]
        table.update(more)

    return change


# what is written into the file: what the error says
WRONG = {
    "[type.clash] has no label": entry("type.clash", label=""),
    "[type.clash] has the unknown key 'colour'": entry("type.clash", colour="red"),
    "[type.clash] has acled = 'Fight', which is no sub-event type of [acled]": entry("type.clash", acled="Fight"),
    "[type.clash] has cameo = '21'; write a code of two to four digits from 01 to 20 in quotes": entry("type.clash", cameo="21"),
    "[type.clash] has cameo = 19; write a code of two to four digits from 01 to 20 in quotes": entry("type.clash", cameo=19),
    "[type.clash] has plover = 'FIGHT', which is none of ": entry("type.clash", plover="FIGHT"),
    "[type.clash.subtype.ambush] has no definition": entry("type.clash.subtype.ambush", definition=""),
    "[type.clash.subtype.ambush] has the unknown key 'group'": entry("type.clash.subtype.ambush", group="air"),
    "[type.clash.subtype.ambush] has neither words nor triggers, so nothing tells it": entry(
        "type.clash.subtype.ambush", words=[], triggers=[]
    ),
    "a trigger of [type.clash] has neither verbs nor nouns": entry("type.clash", triggers=[{"object": "place"}]),
    "a trigger of [type.clash] has the unknown key 'verb'": entry("type.clash", triggers=[{"verb": ["hit"], "nouns": ["a"]}]),
    "a trigger of [type.clash] has the word 'Hit'; write it small": entry("type.clash", triggers=[{"verbs": ["Hit"]}]),
    "a trigger of [type.clash] has verbs = 'hit', which is no list": entry("type.clash", triggers=[{"verbs": "hit"}]),
    "a trigger of [type.clash] has object = 'towns', but there is no [class.towns]": entry(
        "type.clash", triggers=[{"verbs": ["hit"], "object": "towns"}]
    ),
    "[ucdp] reads '1' as 'war', which is no type or type/subtype": entry("ucdp", **{"1": "war"}),
    "[cameo] reads '19' as 'clash/war', which is no type or type/subtype": entry("cameo", **{"19": "clash/war"}),
    "[traits] harms names 'war', which is no type": entry("traits", harms=["war"]),
    "[instruments] names 'war', which is no type": entry("instruments", war=["gun"]),
}  # fmt: skip


@pytest.mark.parametrize("says", WRONG)
def test_what_is_wrong_is_named(says):
    table = copy.deepcopy(read_toml("taxonomy.toml"))
    check(table)
    WRONG[says](table)
    with pytest.raises(InputError) as error:
        check(table)
    assert error.value.what.startswith(says)
    assert str(error.value).startswith("geo/data/taxonomy.toml: ")


def test_all_that_is_wrong_is_told_at_once():
    table = copy.deepcopy(read_toml("taxonomy.toml"))
    table["type"]["clash"]["label"] = ""
    table["traits"]["harms"] = ["war"]
    with pytest.raises(InputError, match=r"\[type\.clash\] has no label; \[traits\] harms names 'war'"):
        check(table)
