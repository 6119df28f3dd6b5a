"""The taxonomy file: complete, and in the words of ACLED."""

from geo.events import event_types
from geo.events.taxonomy import class_kinds, instruments, triggers, with_trait, word_class

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
TYPES = (
    "airstrike shelling bombing chemical_attack clash offensive capture withdrawal siege_imposed siege_broken route_opened "
    "route_closed displacement aid aid_blocked ceasefire talks visit killing attack_on_civilians detention protest other"
)


def test_the_types_are_those_of_the_contract():
    assert sorted(event_types()) == sorted(TYPES.split())


def test_every_type_maps_to_acled():
    for event_type in event_types().values():
        assert event_type.acled_sub_event_type in ACLED[event_type.acled_event_type], event_type.name


def test_every_type_has_a_trigger_and_every_trigger_its_classes():
    told = {t.type for found in triggers().values() for t in found}
    assert told == set(event_types())
    for found in triggers().values():
        for trigger in found:
            for name in filter(None, (trigger.object, trigger.subject, trigger.of, trigger.into)):
                assert word_class(name) or class_kinds(name), (trigger, name)


def test_instruments_and_traits_name_types():
    named = {name for name, _ in instruments()}
    for trait in ("struck", "place_object", "listed", "moves", "on_route", "venue", "from_loser", "one_off"):
        named |= with_trait(trait)
    assert named <= set(event_types())
