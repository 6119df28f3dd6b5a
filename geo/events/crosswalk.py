"""The types of event in the words of ACLED, CAMEO, PLOVER and UCDP, and back: geo/data/taxonomy.toml read both ways."""

from geo.events.taxonomy import describe, event_types, subtypes
from geo.events.taxonomy_file import NOT_SUB_EVENTS, taxonomy_file

GOVERNMENT = "government"
"""The kind of side that is the government of the country where an event is, or fights with it (see `acled_of`)."""


def acled_event_type_of(sub_event_type: str) -> str:
    """Give the ACLED event type that a sub-event type belongs to."""
    events: dict[str, dict[str, str]] = taxonomy_file()["acled"]
    return next(event for event, subs in events.items() if sub_event_type in subs)


def acled_of(name: str, subtype: str = "", side_kind: str = "") -> tuple[str, str]:
    """Give ACLED's event type and sub-event type.

    Parameters
    ----------
    name, subtype
        Of our event; the subtype may be empty.
    side_kind
        `GOVERNMENT` where the initiator is the government of the country or on its side; `geo.events.sides` tells.
        ACLED names a capture by who took the place: "Government regains territory", else "Non-state actor overtakes
        territory", which is also that of foreign states.
    """
    coded = describe(name, subtype)
    sub_event = coded.acled_sub_event_type
    if side_kind == GOVERNMENT and coded.acled_by_government:
        sub_event = coded.acled_by_government
    return acled_event_type_of(sub_event), sub_event


def acled_disorder_of(sub_event_type: str) -> str:
    """Give ACLED's disorder type of a sub-event type."""
    table = taxonomy_file()
    found: str = (
        table["acled_disorder"].get(sub_event_type) or table["acled"][acled_event_type_of(sub_event_type)]["disorder"]
    )
    return found


def cameo_of(name: str, subtype: str = "") -> str:
    """Give the CAMEO code, two to four digits; the first two are the root."""
    return describe(name, subtype).cameo


def plover_of(name: str, subtype: str = "") -> tuple[str, str]:
    """Give PLOVER's event type and mode; the mode may be empty."""
    coded = describe(name, subtype)
    return coded.plover, coded.mode


def from_acled(event_type: str, sub_event_type: str = "") -> tuple[str, str]:
    """Give our type and subtype of what ACLED codes so.

    Parameters
    ----------
    event_type, sub_event_type
        As ACLED exports write them, of any year; exports from before 2019 have no sub-event type, or other words.

    Returns
    -------
    tuple of str
        ``("other", "")`` for what is not known.
    """
    table = taxonomy_file()
    known = {
        _plain(sub): to for subs in table["acled"].values() for sub, to in subs.items() if sub not in NOT_SUB_EVENTS
    }
    former = {_plain(name): _plain(to) for name, to in table["acled_former"].items()}
    defaults = {_plain(event): subs["default"] for event, subs in table["acled"].items()}
    for said in map(_plain, (sub_event_type, event_type)):
        to = known.get(former.get(said, said))
        if to:
            return _pair(to)
    return _pair(defaults.get(_plain(event_type), "other"))


def from_ucdp(type_of_violence: int | str) -> tuple[str, str]:
    """Give our type and subtype of UCDP GED's ``type_of_violence``; ``("other", "")`` for what is not known."""
    return _pair(taxonomy_file()["ucdp"].get(str(type_of_violence).strip(), "other"))


def from_cameo(code: str) -> tuple[str, str]:
    """Give our type and subtype of a CAMEO code: those of the longest code known that begins it."""
    known = {t.cameo: (t.name, "") for t in reversed(event_types().values())}
    for name in reversed(event_types()):
        known |= {s.cameo: (name, s.name) for s in reversed(subtypes(name).values()) if s.cameo not in known}
    known |= {key: _pair(to) for key, to in taxonomy_file()["cameo"].items()}
    return next((known[code[:n]] for n in range(len(code), 1, -1) if code[:n] in known), ("other", ""))


def _pair(to: str) -> tuple[str, str]:
    name, _, subtype = to.partition("/")
    return name, subtype


def _plain(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())
