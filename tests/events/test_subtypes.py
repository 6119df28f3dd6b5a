"""What kind of event within its type a sentence tells, and the types that only a weapon, a doer or a victim decides."""

from datetime import date

import pytest

from geo.events import find_events
from geo.events.prefilter import may_tell
from geo.events.taxonomy import subtypes
from geo.model import Article
from geo.toponyms import find_mentions

# sentence: "type/subtype" of each event, in text order
CASES = {
    # from the air
    "Drones struck a fuel depot in Ostmere on Sunday.": "airstrike/drone_strike",
    "A drone strike on Ostmere killed four people on Sunday.": "airstrike/drone_strike",
    "Helicopters dropped barrel bombs on Brunnholt on Sunday.": "airstrike/barrel_bomb",
    "Helicopters fired on Brunnholt on Sunday.": "airstrike/helicopter_strike",
    "Jets dropped cluster bombs on Brunnholt on Sunday.": "airstrike/cluster_munition",
    "A glide bomb hit Brunnholt on Sunday.": "airstrike/guided_bomb",
    "Jets bombed Brunnholt on Sunday.": "airstrike/",
    # from the ground and the sea
    "Rebels fired mortars at Ostmere on Sunday.": "shelling/mortar",
    "A ballistic missile hit Ostmere on Sunday.": "shelling/missile",
    "The Crown army fired Grad rockets at Kellvik on Sunday.": "shelling/rocket",
    "Howitzers shelled Kellvik on Sunday.": "shelling/artillery",
    "Warships shelled Ostmere on Sunday.": "shelling/naval_gunfire",
    "The army fired cluster munitions at Kellvik on Sunday.": "shelling/cluster_munition",
    "Militants attacked Kellvik with anti-aircraft guns and mortars on Sunday.": "shelling/mortar",
    "Two farmers were killed by a rocket in Kellvik on Sunday.": "shelling/rocket",
    # explosives
    "A suicide bomber blew himself up in Ostmere on Sunday.": "bombing/suicide_bombing",
    "A car bomb exploded in Ostmere on Sunday.": "bombing/car_bomb",
    "A roadside bomb killed two soldiers near Kellvik on Sunday.": "bombing/ied",
    "A bus hit a landmine near Kellvik on Sunday.": "bombing/landmine",
    "Attackers threw a grenade at a bar in Ostmere on Sunday.": "bombing/grenade",
    # poison
    "A chlorine attack on Brunnholt killed nine people on Sunday.": "chemical_attack/chlorine",
    "Sarin was used in Brunnholt on Sunday.": "chemical_attack/nerve_agent",
    # fighting
    "Rebels ambushed a patrol near Kellvik on Sunday.": "clash/ambush",
    "The Crown army repelled an attack on Kellvik on Sunday.": "clash/repelled_attack",
    "A sniper killed a soldier in Kellvik on Sunday.": "clash/sniper_fire",
    "Estvar invaded the Torv valley on Sunday.": "offensive/invasion",
    "The Grey Guard launched a counteroffensive near Kellvik on Sunday.": "offensive/counteroffensive",
    "Marines began an amphibious landing near Ostmere on Sunday.": "offensive/amphibious_landing",
    "Rebels recaptured Ostmere on Sunday.": "capture/recapture",
    "Rebels captured Ostmere on Sunday.": "capture/",
    "Rebels retreated from Ostmere on Sunday.": "withdrawal/retreat",
    "The Grey Guard handed over Ostmere to the Crown army on Sunday.": "withdrawal/handover",
    # people
    "Gunmen opened fire on villagers in Kellvik on Sunday.": "attack_on_civilians/shooting",
    "Pirates attacked a village near Ostmere on Sunday.": "attack_on_civilians/",
    "A mob lynched two men in Kellvik on Sunday.": "attack_on_civilians/mob_violence",
    "Soldiers raped three women in Kellvik on Sunday.": "attack_on_civilians/sexual_violence",
    "Gunmen abducted 30 students in Kellvik on Sunday.": "detention/abduction",
    "Police arrested 30 people in Vellmark on Sunday.": "detention/",
    "Police raided a house in Vellmark and arrested two men on Sunday.": "detention/",
    "A general was assassinated in Vellmark on Sunday.": "killing/assassination",
    "Rebels executed five captives in Kellvik on Sunday.": "killing/execution",
    "Some 4,000 people were evacuated from Harnfors on Sunday.": "displacement/evacuation",
    "Hundreds of refugees returned to Harnfors on Sunday.": "displacement/return",
    "The Crown army deported 90 villagers from Kellvik on Sunday.": "displacement/expulsion",
    # crowds
    "Police fired tear gas at protesters in Vellmark on Sunday.": "protest/intervention",
    "Protesters hurled stones at police in Vellmark on Sunday.": "protest/riot",
    "Police opened fire on protesters in Vellmark on Sunday.": "protest/excessive_force",
    "Teachers staged a sit-in in Vellmark on Sunday.": "protest/obstruction",
    "Police detained two activists at a rally in Vellmark on Sunday.": "protest/intervention",
    "Clashes erupted between police and protesters in Vellmark on Sunday.": "protest/riot",
    # agreements
    "The two sides exchanged prisoners near Kellvik on Sunday.": "talks/prisoner_exchange",
    "Ten rebels surrendered to the Crown army in Kellvik on Sunday.": "talks/surrender",
    "Estvar withdrew from the Vellmark treaty on Sunday.": "talks/agreement_ended",
    "The Grey Guard violated the ceasefire in Kellvik on Sunday.": "ceasefire/violation",
    "The two sides extended a ceasefire in Kellvik on Sunday.": "ceasefire/extension",
    # what belongs to no other type
    "Rebels shot down a drone over Kellvik on Sunday.": "other/interception",
    "Rebels shot down a warplane over Kellvik on Sunday.": "other/aircraft_downed",
    "The army sank a patrol boat off Ostmere on Sunday.": "other/ship_attacked",
    "Rebels destroyed a bridge near Kellvik on Sunday.": "other/bridge_destroyed",
    "The army defused a car bomb in Ostmere on Sunday.": "other/weapons_disrupted",
    "Militants laid mines near Kellvik on Sunday.": "other/minefield_laid",
    "Estvar set up a base near Kellvik on Sunday.": "other/base_established",
    "Estvar deployed 300 soldiers to Ostmere on Sunday.": "other/deployment",
    "Fighters looted shops in Kellvik on Sunday.": "other/looting",
    "Soldiers torched houses in Kellvik on Sunday.": "other/property_destroyed",
    "Settlers torched houses in Kellvik on Sunday.": "attack_on_civilians/mob_violence",
}  # fmt: skip


def tell(text, land):
    gazetteer, book = land
    article = Article("a", text, date(2021, 5, 3))
    return find_events(article, find_mentions(article, gazetteer), book)


@pytest.mark.parametrize("text", CASES)
def test_subtype(text, land):
    assert " ".join(f"{event.type}/{event.subtype}" for event in tell(text, land)) == CASES[text]


def test_the_cases_name_subtypes():
    for told in CASES.values():
        kind, _, subtype = told.partition("/")
        assert not subtype or subtype in subtypes(kind)


def test_a_second_telling_adds_the_subtype(land):
    (event,) = tell(
        "Kellvik was hit by air strikes on Sunday. The drone strikes on Kellvik on Sunday killed two people.", land
    )
    assert (event.type, event.subtype) == ("airstrike", "drone_strike")


@pytest.mark.parametrize("text", CASES)
def test_what_tells_an_event_is_read(text):
    assert may_tell(text)


@pytest.mark.parametrize(
    "text",
    {
        "": "nothing",
        "Vellmark woke to snow.": "no word of a trigger",
        "They shattered a vase.": "a verb without any of the things that it asks for",
        "The sessions went on.": "a verb without its particle",
    },
)
def test_what_cannot_tell_one_is_not_parsed(text):
    assert not may_tell(text)
