"""Roles: names of countries and capitals that stand for their governments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from geo.data import read_toml
from geo.gazetteer.entries import is_acronym
from geo.model import Place
from geo.toponyms.candidates import is_capital
from geo.toponyms.found import Found, Reading
from geo.toponyms.lexicon import word_set
from geo.toponyms.spans import adjacent


def metonyms(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """Mark the names that stand for a government: they keep their place, since a reader may still want to see it.

    What is short for a country and stands before its forces or government ("US warplanes") is its demonym.

    A country or a capital does so as the subject of a verb of speech or of state action ("Ankara said", "Russia has
    proposed"), as what is accused or dealt with ("support for Ankara"), in a compound ("Moscow-backed"), with its
    government or what that has ("the regime in Ankara", "Ankara's allies"), and beside one that does ("Tehran along
    with Moscow"). Such a capital may lie anywhere in its country: its name says nothing of where.

    Parameters
    ----------
    reading
        The article.
    found
        Mentions in text order.

    Returns
    -------
    list of Found
        The same, some with role ``"metonym"`` or ``"demonym"``.
    """
    found = [replace(f, role="demonym") if _is_adjective(reading, f) else f for f in found]
    marked = [replace(f, role="metonym") if _acts(reading, f) else f for f in found]
    actors = {position: f for f in marked if f.role == "metonym" for position in (f.first, f.last)}
    return [_anywhere(reading, _beside(reading, f, actors)) for f in marked]


def _anywhere(reading: Reading, found: Found) -> Found:
    """Widen the place of a capital that stands for its government to the country, of which it is told."""
    place, location = found.place, found.location
    if found.role != "metonym" or place is None or location is None or place.kind == "country":
        return found
    country = reading.gazetteer.countries().get(place.country)
    if country is None or country.precision_m <= location.precision_m:
        return found
    rule = f"{location.rule}; stands for the government of {country.name}"
    return replace(found, location=replace(location, precision_m=country.precision_m, rule=rule))


def is_state(place: Place | None) -> bool:
    """Tell a country or a capital, whose name may stand for its government."""
    if place is None:
        return False
    return place.kind == "country" or is_capital(place)


def _acts(reading: Reading, found: Found) -> bool:
    tokens, words = reading.tokens, reading.words
    if found.role != "place" or not is_state(found.place):
        return False
    if _agent(reading, found) or _dealt_with(reading, found) or _has(reading, found):
        return True
    if found.last >= len(tokens):
        return False
    last, after = tokens[found.last - 1], tokens[found.last]
    if after.gap == "-" and after.lower in word_set("roles.compounds"):
        return True
    if last.possessive or after.gap != " " or is_placed(reading, found):
        return False
    k = found.last
    while (
        k < len(tokens) and tokens[k].gap == " " and tokens[k].lower in word_set("roles.adverbs") and k - found.last < 3
    ):
        k += 1
    if k == len(tokens) or tokens[k].gap != " ":
        return False
    if _leads(reading, found) or (k == found.last and tokens[k].lower in word_set("roles.state_nouns")):
        return True
    verb = tokens[k].lower
    return verb in words.speech_verbs or verb in words.act_verbs or (k > found.last and tokens[k].lower.endswith("ed"))


def _is_adjective(reading: Reading, found: Found) -> bool:
    """Whether a short form of a country tells whose forces or government it is: "US warplanes", "U.S.-led"."""
    tokens = reading.tokens
    if found.role != "place" or found.location is None or found.location.kind != "country":
        return False
    name = reading.text[tokens[found.first].start : tokens[found.last - 1].end]
    if found.last >= len(tokens) or not is_acronym(name) or tokens[found.last - 1].possessive:
        return False
    after = tokens[found.last]
    return after.gap in (" ", ". ", "-") and not after.first and after.lower in word_set("roles.of_states")


def _agent(reading: Reading, found: Found) -> bool:
    """Whether the name is the doer of a passive: "established by Russia"."""
    tokens, k = reading.tokens, found.first - 1
    return (
        k > 0
        and tokens[k].lower == "by"
        and adjacent(tokens[found.first])
        and tokens[k - 1].lower.endswith(("ed", "en"))
    )


def _dealt_with(reading: Reading, found: Found) -> bool:
    """Whether a government is accused, dealt with or told: "accused X", "support for X", "the regime in X", "pro-X"."""
    tokens, k = reading.tokens, found.first - 1
    if k < 0 or not adjacent(tokens[found.first], tokens[k]):
        return False
    before = tokens[k].lower
    if tokens[found.first].gap == "-":
        return before in word_set("roles.compounds_before")
    if before in word_set("roles.objects"):
        return True
    if k == 0 or not adjacent(tokens[k], tokens[k - 1]):
        return False
    noun = tokens[k - 1].lower
    return noun in _dealings(before) or (before == "in" and noun in word_set("roles.governments"))


def _has(reading: Reading, found: Found) -> bool:
    """Whether the government or what it has is told right after the name: "the X regime", "X's main allies"."""
    tokens, k = reading.tokens, found.last
    if k >= len(tokens) or tokens[k].gap != " ":
        return False
    if not tokens[k - 1].possessive:
        return tokens[k].lower in word_set("roles.governments")
    own = word_set("roles.own")
    return any(t.lower in own for t in tokens[k : k + 2] if t.gap == " " and not t.first)


@cache
def _dealings(preposition: str) -> frozenset[str]:
    """Give the words that tell of dealings with a state before a preposition."""
    return frozenset(str(read_toml("toponym_lexicon.toml")["roles"]["dealings"].get(preposition, "")).split())


def _leads(reading: Reading, found: Found) -> bool:
    """Whether the name begins a sentence as the first of several subjects: "Russia and the regime are trying"."""
    tokens, k = reading.tokens, found.last
    if not tokens[found.first].first or tokens[k].lower != "and":
        return False
    verbs = reading.words.speech_verbs | reading.words.act_verbs | {"are"}
    return any(t.lower in verbs for t in tokens[k + 1 : k + 7] if not t.first)


def is_placed(reading: Reading, found: Found) -> bool:
    """Whether a preposition of place stands before the name, so that it is no subject: "in the Syrian capital X"."""
    tokens, words, k = reading.tokens, reading.words, found.first
    if not k or not adjacent(tokens[k], tokens[k - 1]):
        return False
    k -= 1
    if tokens[k].lower in words.heads_of:
        k -= 2 if tokens[k - 1].capital else 1
    elif tokens[k].lower in words.directions:
        k -= 1
    if k > 0 and tokens[k].lower == "the":
        k -= 1
    return k >= 0 and tokens[k].lower in word_set("roles.place_prepositions")


def _beside(reading: Reading, found: Found, actors: dict[int, Found]) -> Found:
    """Mark the name after "A along with", "A and" where A acts."""
    tokens = reading.tokens
    if found.role != "place" or not is_state(found.place):
        return found
    for ahead in (1, 2):
        following = tokens[found.last : found.last + ahead]
        linked = len(following) == ahead and following[-1].lower in word_set("roles.alongside")
        if linked and found.last + ahead in actors and not is_placed(reading, found) and following[0].gap == " ":
            return replace(found, role="metonym")
    for back in (1, 2):
        k = found.first - back
        if k > 0 and tokens[found.first - 1].lower in word_set("roles.alongside"):
            subject = actors.get(k)
            between = tokens[k : found.first]
            if subject is not None and all(t.gap == " " for t in (*between, tokens[found.first])):
                return replace(found, role="metonym")
            if "along" in {t.lower for t in between} and _state_before(reading, found.first):
                return replace(found, role="metonym")
    return found


def _state_before(reading: Reading, first: int) -> bool:
    """Whether words of a government's doings stand shortly before: "the role Tehran is playing along with …"."""
    return any(
        t.lower in ("role", "playing", "government", "governments") for t in reading.tokens[max(0, first - 6) : first]
    )
