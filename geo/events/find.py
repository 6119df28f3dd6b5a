"""Find the words of a sentence that tell an event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.events import syntax
from geo.events.background import is_background, is_hypothetical
from geo.events.carried import without_carried
from geo.events.hit import Hit, MentionAt
from geo.events.parser import Sentence
from geo.events.taxonomy import Trigger, class_kinds, triggers, with_trait, word_class, words
from geo.events.weapons import subtype_of, type_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_INTO, _AT, _OUT_OF = (
    ("into", "through", "to", "on", "towards", "toward"),
    ("at", "on", "upon", "over", "towards", "toward", "near", "along", "outside"),
    ("from", "of"),
)


def find_hits(sentence: Sentence, mention_at: MentionAt) -> list[Hit]:
    """Find the words that tell an event, in text order.

    Parameters
    ----------
    sentence
        A parsed sentence.
    mention_at
        The place mention that covers a token, or None.

    Returns
    -------
    list of Hit
    """
    hits = []
    for token in sentence.doc:
        if not _may_tell(token):
            continue
        mention = mention_at(token)
        if token.pos_ != "VERB" and mention is not None and mention.role in ("place", "metonym"):
            continue
        trigger = _match(token, mention_at)
        if trigger is None or is_hypothetical(token) or (not trigger.verb and _only_qualifies(token)):
            continue
        if is_background(token) or (trigger.verb and token.dep_ == "amod" and token.tag_ == "VBN"):
            continue  # "displaced families" says who they are
        verb = token if trigger.verb else _light_verb(token)
        kind = type_of(trigger, token, verb)
        hits.append(_begun(Hit(kind, trigger, token, verb, subtype=subtype_of(kind, trigger, token, verb))))
    return without_carried(hits)


def _begun(hit: Hit) -> Hit:
    """Give "launched an operation to retake the town" as the offensive that was begun, not as what it is for."""
    noun = hit.token.head
    purpose = hit.token.dep_ in ("acl", "relcl", "advcl", "xcomp") and syntax.is_purpose(hit.token)
    if hit.type != "capture" or not hit.trigger.verb or not purpose:
        return hit
    if noun.pos_ == "VERB" and syntax.lemma(noun) in words("starting"):
        noun = next((o for o in syntax.objects(noun) if syntax.lemma(o) in words("undertaking")), noun)
    if syntax.lemma(noun) not in words("undertaking"):
        return hit
    verb = _light_verb(noun)
    return replace(hit, type="offensive", subtype="", verb=verb if verb is not None else hit.verb)


def _may_tell(token: Token) -> bool:
    """Tell a word that may name an event; a parser takes "Shelling" before a verb for an auxiliary."""
    if token.pos_ == "AUX":
        return token.text.casefold().endswith("ing") and (token.text.casefold(), False) in triggers()
    return token.pos_ in ("VERB", "NOUN", "PROPN", "ADJ")


def in_class(token: Token, name: str, mention_at: MentionAt) -> bool:
    """Tell whether a word belongs to a class: by its dictionary form, or as a place of a kind of that class."""
    if name == "aid" and any(syntax.lemma(c) in word_class(name) for c in syntax.children(token, "compound", "amod")):
        return True  # "aid trucks"
    if name == "displaced" and any(syntax.lemma(c) == "evacuation" for c in syntax.children(token, "compound")):
        return True  # "evacuation buses"
    token = syntax.counted(token)  # of "hundreds of demonstrators" the demonstrators
    if syntax.lemma(token) in word_class(name):
        return True
    kinds = class_kinds(name)
    if kinds:
        mention = mention_at(token)
        if mention is not None and mention.role != "demonym":
            return "*" in kinds or (mention.location is not None and mention.location.kind in kinds)
    if name in ("people", "force", "displaced") and token.pos_ == "NUM":
        return True
    if name == "displaced":
        return any(c.dep_ in ("acl", "relcl") and syntax.lemma(c) in ("flee", "displace") for c in token.children)
    return name in ("person", "force") and token.pos_ == "PROPN" and mention_at(token) is None


def _match(token: Token, mention_at: MentionAt) -> Trigger | None:
    verb = token.pos_ == "VERB"
    for trigger in triggers().get((syntax.lemma(token), verb), ()):
        if (_verb_fits if verb else _noun_fits)(trigger, token, mention_at):
            return trigger
    return None


def _verb_fits(trigger: Trigger, verb: Token, mention_at: MentionAt) -> bool:
    rest = verb
    for word in trigger.beside:
        found = next((c for c in rest.children if syntax.lemma(c) == word or c.text.casefold() == word), None)
        if found is None:
            return False
        rest = found if found.dep_ in ("dobj", "obj", "prep") else rest
    if trigger.object:
        own = syntax.children(verb, "dobj", "nsubjpass")
        described = [] if own and own[0].tag_ not in ("WDT", "WP") else syntax.antecedents(verb)
        things = [*syntax.objects(verb), *described, *(t for _, t in syntax.prepositions(rest, "of"))]
        if not any(_is(t, trigger.object, mention_at) for t in things):
            return False
    if trigger.subject:
        moved = syntax.objects(verb) if trigger.type in with_trait("moves") and not trigger.object else []
        who = [*syntax.agents(verb), *moved] if syntax.is_passive(verb) else syntax.subjects(verb)
        if not any(in_class(s, trigger.subject, mention_at) for s in who):
            return False
    return all(
        any(in_class(t, name, mention_at) for _, t in syntax.prepositions(verb, *prepositions))
        for name, prepositions in ((trigger.into, _INTO), (trigger.at, _AT), (trigger.out_of, _OUT_OF))
        if name
    )


def _is(token: Token, name: str, mention_at: MentionAt) -> bool:
    """Tell whether a word, or what it stands beside ("the road, the route north of …"), belongs to a class."""
    return in_class(token, name, mention_at) or any(
        in_class(a, name, mention_at) for a in syntax.children(token, "appos")
    )


def _noun_fits(trigger: Trigger, noun: Token, mention_at: MentionAt) -> bool:
    before = [t for t in noun.doc[max(0, noun.i - 6) : noun.i] if t.text not in "-–"]
    if trigger.beside and [w.casefold() for w in trigger.beside] != [
        syntax.lemma(t) if syntax.lemma(t) in trigger.beside else t.text.casefold()
        for t in before[-len(trigger.beside) :]
    ]:
        return False
    if trigger.agent and noun.dep_ not in ("nsubj", "agent", "ROOT"):
        return False
    if trigger.plural and noun.tag_ not in ("NNS", "NNPS"):
        return False
    if trigger.of:
        only = ("of",) if trigger.type == "capture" else ()
        things = [t for _, t in syntax.prepositions(noun, *only)] + syntax.children(noun, "compound", "poss")
        things += [t for _, t in syntax.prepositions(noun.head, "of")] if noun.dep_ == "compound" else []
        return any(in_class(t, trigger.of, mention_at) for t in things)
    if trigger.role == "started":
        return _is_started(noun)
    if trigger.role == "under":
        return noun.dep_ == "pobj" and noun.head.text.casefold() == "under"  # "has been under siege"
    return trigger.role != "delivered" or _is_moved(noun)


def _is_started(noun: Token) -> bool:
    """Tell an operation that somebody launches or begins, also "the start of the second phase"."""
    verb = _light_verb(noun)
    up = noun.head.head if noun.dep_ == "pobj" and noun.head.text.casefold() == "of" else noun.head
    begun = verb is not None and syntax.lemma(verb) in words("starting")
    return begun or (up.pos_ == "NOUN" and syntax.lemma(up) in ("start", "beginning", "launch"))


def _is_moved(noun: Token) -> bool:
    """Tell whether goods are on their way here: they hang on a verb of giving, sending or letting through."""
    node = noun
    for _ in range(3):
        node = node.head
        if syntax.lemma(node) in words("moved"):
            return True
        if node.pos_ == "VERB" or node.head == node:
            return False
    return False


def _only_qualifies(noun: Token) -> bool:
    if noun.dep_ not in ("compound", "nmod", "amod") or syntax.lemma(noun.head) in words("event_nouns"):
        return False
    return noun.head.text.casefold() not in syntax.DIRECTIONS  # "its airstrikes southwest of the city"


def _light_verb(noun: Token) -> Token | None:
    """Give the verb whose subject or object a noun is, also through "in", "of" or "by" ("killed in strikes")."""
    node = noun
    while node.dep_ in ("conj", "compound", "appos", "nmod") and node.head != node:
        node = node.head
    if node.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "oprd"):
        return node.head
    if node.dep_ != "pobj":
        return None
    up = node.head.head
    if up.pos_ == "ADV" and up.head.pos_ == "VERB":  # "pressed ahead with an attack"
        up = up.head
    phrasal = {f"{syntax.lemma(up)} {c.text.casefold()}" for c in up.children if c.dep_ in ("prt", "advmod")}
    phrasal.add(f"{syntax.lemma(up)} {node.head.text.casefold()}")  # "came under attack"
    light = ({syntax.lemma(up)} | phrasal) & words("light")
    carries = node.head.dep_ == "agent" or (light and (syntax.is_passive(up) or not syntax.children(up, "dobj")))
    return up if up.pos_ == "VERB" and carries else None
