"""Names: the decision which runs of words name places, by the tagger, and by the rules where an atlas is at stake."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from geo.toponyms.clues import Clues
from geo.toponyms.found import Reading
from geo.toponyms.lexicon import word_set
from geo.toponyms.listed import known_in_lists, unknown_in_lists
from geo.toponyms.named import FORM_SURE, UNKNOWN_SURE, Named, apart, by_rule, positions
from geo.toponyms.partial import find_partial, spoken_of
from geo.toponyms.recognize import weigh
from geo.toponyms.scripts import find_native
from geo.toponyms.spans import Span
from geo.toponyms.tagger import Tagged, Tagging, tag
from geo.toponyms.variants import find_variants

_CHANCE = 0.1  # of words that are tagged because the name is elsewhere; .2 to .4 are worse on halves not seen
_MUCH = 4.5  # score of the rules for which the tagger need not agree
_AGAIN_CHANCE = 0.05  # of words that "the city of" or its like tells elsewhere
_ORDINARY_SURE = 0.9  # from here on an ordinary word at the head of a sentence is a place: "Union", in Union


def find_names(reading: Reading, clues: Clues) -> list[Named]:
    """Find the names of places.

    The tagger decides; but what the atlas knows, and the rules accept, is a place whatever the tagger has learnt from
    news of elsewhere.

    Parameters
    ----------
    reading
        The article.
    clues
        What gazetteer and word lists say about it.

    Returns
    -------
    list of Named
        In text order, not overlapping.
    """
    own = [e for e in clues.evidence if e.score > 0 and any(p.id.startswith("atlas:") for p in e.span.places)]
    taken = positions(e.span for e in own)
    own += [e for e in find_native(reading) if taken.isdisjoint(range(e.span.first, e.span.last))]
    taken = positions(e.span for e in own)
    tagging = tag(clues, reading.weights)
    tagged = [t for t in in_one_sense(clues, tagging) if taken.isdisjoint(range(t.first, t.last))]
    names = [by_rule(e) for e in own] + _tagged_names(reading, clues, tagged)
    names += _by_evidence(clues, positions(n.span for n in names))
    names += known_in_lists(clues, tagging, names)
    names += _by_form(clues, positions(n.span for n in names))
    names += _again(clues, tagging, names)
    listed = unknown_in_lists(clues, tagging, names)
    names = apart(names, listed) + listed
    taken = positions(n.span for n in names if n.span.places) | set(clues.demonyms)
    spoken = spoken_of(reading, clues)
    spelt = find_variants(reading, clues.people, taken=taken, chance=tagging.chance, spoken=spoken)
    variants = [by_rule(e) for e in spelt]
    names = apart(names, variants) + variants
    names = [_with_site(reading, clues, n) for n in names if not _is_ordinary(clues, n)]
    names = [n if n.span.places else _in_part(reading, clues, n) for n in names]
    return sorted((n for n in names if n.span.places or _is_no_other(clues, n)), key=lambda n: n.span.first)


def _is_ordinary(clues: Clues, name: Named) -> bool:
    """Whether a name is likely but an ordinary word that begins a sentence, and small places have it: "Artillery"."""
    token = clues.tokens[name.span.first]
    if len(name.span) > 1 or not token.first or token.lower not in clues.words.common or name.sure >= _ORDINARY_SURE:
        return False
    return not name.kinds and all(p.kind == "village" and not p.id.startswith("atlas:") for p in name.span.places)


def _with_site(reading: Reading, clues: Clues, name: Named) -> Named:
    """Take in "Airport" or its like: a place of its own, other than a police or a court, which only sit in the town.

    In small letters only where the gazetteer has it: "Hama airport".
    """
    tokens, first, k = clues.tokens, name.span.first, name.span.last
    while k < len(tokens) and tokens[k].gap == " " and tokens[k].lower in word_set("proper.site_words"):
        k += 1
    if k == name.span.last or tokens[k - 1].lower not in word_set("proper.sites"):
        return name
    text = " ".join([name.span.name, *(t.text for t in tokens[name.span.last : k])])
    places = reading.gazetteer.lookup([text])[text]
    if not places and not all(t.capital for t in tokens[name.span.last : k]):
        return name
    return replace(name, span=Span(first, k, text, places), kinds=())


def _is_no_other(clues: Clues, name: Named) -> bool:
    """Whether a name of no entry is surely no person, group or office: those are unknown to the gazetteer as well.

    Nor is it a demonym with a noun: "the Iraqi city" describes a place and does not name it.
    """
    inside = range(name.span.first, name.span.last)
    if all(k in clues.demonyms or clues.tokens[k].case == "lower" for k in inside):
        return False
    if name.sure < UNKNOWN_SURE or any(k in clues.people.persons or k in clues.people.organisations for k in inside):
        return False
    small = sum(clues.tokens[k].case == "lower" for k in inside)
    if 2 * small >= len(inside):  # "Aftermath of a", "airstrike on"
        return False
    last = clues.tokens[name.span.last - 1].lower
    return last not in clues.words.organisation_last and last not in clues.words.unit_last


def in_one_sense(clues: Clues, tagging: Tagging) -> list[Tagged]:
    """Take a name one way throughout the article, where the tagger is not sure of the other.

    One sense per discourse: Gale, Church and Yarowsky (1992), *Speech and Natural Language*. What is tagged stays so
    where its own likelihood and the mean of all places where the name stands are at least a half together; what is not
    tagged becomes so where the best of them makes up for it.
    """
    tagged = {(t.first, t.last): t for t in tagging.names}
    forms = {_form(clues, first, last) for first, last in tagged}
    taken = {k for first, last in tagged for k in range(first, last)}
    kept: list[Tagged] = []
    stands: dict[str, list[int]] = {form[0]: [] for form in forms}
    for k, token in enumerate(clues.tokens):
        if token.lower in stands:
            stands[token.lower].append(k)
    for form in sorted(forms, key=lambda f: (-len(f), f)):
        spans = [(k, k + len(form)) for k in stands[form[0]] if _form(clues, k, k + len(form)) == form]
        chance = {at: min(tagging.chance[at[0] : at[1]]) for at in spans}
        mean, best = sum(chance.values()) / len(chance), max(chance.values())
        for at, own in chance.items():
            together = own + (mean if own >= 0.5 else best)
            if together < 1 or own < _CHANCE:
                continue
            if at in tagged:
                kept.append(tagged[at])
            elif taken.isdisjoint(range(*at)):
                kept.append(Tagged(*at, round(together / 2, 3)))
                taken.update(range(*at))
    return kept


def _form(clues: Clues, first: int, last: int) -> tuple[str, ...]:
    return tuple(t.lower for t in clues.tokens[first:last])


def _by_evidence(clues: Clues, taken: Collection[int]) -> list[Named]:
    """Give names for which the rules have so much evidence ("the city of Aleppo") that the tagger need not agree."""
    return [
        by_rule(e)
        for e in clues.evidence
        if e.score >= _MUCH and not any(k in taken for k in range(e.span.first, e.span.last))
    ]


def _by_form(clues: Clues, taken: Collection[int]) -> list[Named]:
    """Give names that "the village of" or its like tells, which a tagger taught by other news may not know."""
    return [
        Named(
            Span(u.first, u.last, " ".join(t.text for t in clues.tokens[u.first : u.last]), ()),
            FORM_SURE,
            u.kinds,
            u.why,
        )
        for u in clues.unlisted
        if u.kinds and not any(k in taken for k in range(u.first, u.last))
    ]


def _again(clues: Clues, tagging: Tagging, names: Sequence[Named]) -> list[Named]:
    """Give names once more where they stand without what told them: "the city of Raqa", then "strikes on Raqa"."""
    taken = positions(n.span for n in names)
    told = {_form(clues, n.span.first, n.span.last): n for n in names if n.why and n.kinds and not n.span.places}
    found = []
    for form, name in sorted(told.items(), key=lambda item: (-len(item[0]), item[0])):
        for first in range(len(clues.tokens) - len(form) + 1):
            at = range(first, first + len(form))
            if _form(clues, at.start, at.stop) != form or not taken.isdisjoint(at):
                continue
            if min(tagging.chance[at.start : at.stop]) >= _AGAIN_CHANCE and clues.tokens[first].capital:
                found.append(replace(name, span=replace(name.span, first=at.start, last=at.stop)))
                taken.update(at)
    return found


def _in_part(reading: Reading, clues: Clues, name: Named) -> Named:
    """Give a name of no entry the entries of what it is a part or an abbreviation of."""
    part = find_partial(reading, clues, name.span)
    if part is None:
        return name
    return replace(name, span=replace(name.span, places=part.places), why=part.why, around_m=part.around_m)


def _tagged_names(reading: Reading, clues: Clues, tagged: Iterable[Tagged]) -> list[Named]:
    """Give tagged names their entries and the kinds that nouns beside them speak of."""
    forms = {(u.first, u.last): u for u in clues.unlisted}
    told = {(e.span.first, e.span.last): e.kinds for e in clues.evidence}
    names = []
    tagged = [_trimmed(clues, t) for t in tagged]
    taken = {k for t in tagged for k in range(t.first, t.last)}
    whole = {(t.first, t.last): t for t in (_whole(clues, t, taken) for t in tagged)}
    for t in whole.values():
        span = clues.spans.get((t.first, t.last)) or Span(t.first, t.last, _text(reading, t), ())
        form = forms.get((t.first, t.last))
        kinds = told.get((t.first, t.last), form.kinds if form else None)
        if kinds is None:
            kinds = _kinds(clues, span)
        sure = max(t.sure, FORM_SURE) if form and form.kinds else t.sure
        names.append(Named(span, sure, kinds, form.why if form else "used like the name of a place"))
    return names


def _trimmed(clues: Clues, t: Tagged) -> Tagged:
    """Leave out what stands around a name: of "Syrian city of Aleppo" and "Aleppo elsewhere", "Aleppo" is the name.

    Of what no entry has, the noun that tells it is left out too: "Khuneida village".
    """
    first, last = t.first, _sentence_end(clues, t)
    if (first, last) not in clues.spans:
        first = next((k for k in range(first + 1, last) if _follows_noun(clues, k)), first)
    while (first, last) not in clues.spans and first < last - 1 and clues.tokens[first].case == "lower":
        first += 1
    end = last
    while (first, end) not in clues.spans and end > first + 1 and clues.tokens[end - 1].case == "lower":
        end -= 1
    last = end if (first, end) in clues.spans else last
    if (first, last) not in clues.spans:
        last = next((u.last for u in clues.unlisted if u.kinds and u.first == first and u.last < last), last)
    named = (first, last) in clues.spans or clues.tokens[first].case != "lower"
    return replace(t, first=first, last=last) if named else t


def _sentence_end(clues: Clues, t: Tagged) -> int:
    """Where a tagged name ends at the latest: with its sentence."""
    return next((k for k in range(t.first + 1, t.last) if clues.tokens[k].first), t.last)


def _whole(clues: Clues, t: Tagged, taken: Collection[int]) -> Tagged:
    """Take in the rest of a name that hyphens hold together ("Port" is none in "Port-au-Prince"), or that an entry has.

    "African Republic" has no entry, "Central African Republic" has. The rest is no name of its own.
    """
    for evidence in clues.evidence:
        span = evidence.span
        if not span.first <= t.first < t.last <= span.last:
            continue
        held = all(clues.tokens[k].gap == "-" for k in range(span.first + 1, span.last))
        rest = {*range(span.first, span.last)} - {*range(t.first, t.last)}
        unknown = (t.first, t.last) not in clues.spans and rest.isdisjoint(taken)
        if held or (unknown and evidence.score > 0):
            return replace(t, first=span.first, last=span.last)
    return t


def _follows_noun(clues: Clues, k: int) -> bool:
    """Whether "city of" or its like, in small letters, stands before word k, or "Syrian Capital"."""
    noun, of = clues.tokens[k - 2], clues.tokens[k - 1]
    if of.lower == "capital" and k - 2 in clues.demonyms:
        return True
    return k > 1 and of.lower == "of" and noun.case == "lower" and noun.lower in clues.words.heads_of


def _kinds(clues: Clues, span: Span) -> tuple[str, ...]:
    """Kinds that a noun beside a run of words speaks of, where the run is none of the longest."""
    if not span.places:
        return ()
    evidence = weigh(clues.tokens, [span], people=clues.people, words=clues.words, countries={}, theatre=())
    return evidence[0].kinds


def _text(reading: Reading, t: Tagged) -> str:
    return " ".join(reading.text[reading.tokens[t.first].start : reading.tokens[t.last - 1].end].split())
