"""The few questions that event extraction asks of a parse tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from geo.events.taxonomy import irregular, words

if TYPE_CHECKING:
    from spacy.tokens import Token

DIRECTIONS = frozenset(
    ["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "near", "outside"]
)


def lemma(token: Token) -> str:
    """Give the dictionary form in lower case, by our list of irregular forms and then the lemmatiser."""
    word = token.text.casefold()
    return irregular().get(word) or str(token.lemma_).casefold()


def children(token: Token, *labels: str) -> list[Token]:
    """Give the direct dependents with one of the labels, in text order."""
    return [c for c in token.children if c.dep_ in labels]


def conjuncts(token: Token) -> list[Token]:
    """Give the token and what is joined to it by "and", "or" or commas, in text order."""
    found = [token]
    for conj in children(token, "conj"):
        found += conjuncts(conj)
    return found


def first_conjunct(token: Token) -> Token:
    """Give the first of the words that a word is joined to."""
    while token.dep_ == "conj":
        token = token.head
    return token


def governor(token: Token) -> Token | None:
    """Give the verb or adjective that a clause hangs on, or None for a main clause."""
    if token.dep_ in ("xcomp", "ccomp", "advcl", "conj", "pcomp", "acl", "relcl", "parataxis", "dep", "prep", "acomp"):
        return token.head if token.head != token else None
    return None


def antecedent(verb: Token) -> Token | None:
    """Give the noun that a relative or participle clause describes, as the parser has it."""
    return next(iter(antecedents(verb)), None)


def antecedents(verb: Token) -> list[Token]:
    """Give the nouns that a relative or participle clause may describe, the nearest first.

    In "the siege of the districts, established a month earlier" a parser cannot know which noun was established.
    """
    clause = verb
    while clause.dep_ == "conj":
        clause = clause.head
    described = clause.head if clause.dep_ in ("relcl", "acl") else _trailed(clause)
    if described is None:
        return []
    found = [described]
    while found[-1].dep_ in ("pobj", "appos") and len(found) < 5:
        node = found[-1].head
        found.append(node.head if node.dep_ == "prep" else node)
    between = verb.doc[described.i + 1 : clause.left_edge.i] if described.i < clause.left_edge.i else ()
    found += [t for t in reversed(list(between)) if t not in found]
    return [t for t in found if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM")]


def is_passive(verb: Token) -> bool:
    """Tell a passive verb, also a bare participle ("areas captured by rebels")."""
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not children(verb, "nsubj", "aux"):
        return is_passive(verb.head)
    if verb.tag_ in ("VBN", "VBD") and verb.dep_ == "acl":
        return True
    if verb.tag_ == "VBN" and verb.dep_ in ("xcomp", "oprd", "ccomp") and not children(verb, "nsubj", "aux"):
        return children(verb.head, "nsubjpass") != []  # "were reported killed"
    return _described(verb) is not None or _trailed(verb) is not None


def _trailed(verb: Token) -> Token | None:
    """Give the noun before the comma in "broke the siege, imposed by the army", which a parser may hang on the verb."""
    bare = verb.tag_ == "VBN" and verb.dep_ == "advcl" and verb.head.i < verb.i
    if not bare or children(verb, "mark", "nsubj", "nsubjpass", "aux", "auxpass"):
        return None
    return _before_comma(verb)


def is_relative(verb: Token) -> bool:
    """Tell a clause that describes a noun: what governs the noun does not govern it."""
    return verb.dep_ in ("relcl", "acl") or _described(verb) is not None or _trailed(verb) is not None


def is_purpose(verb: Token) -> bool:
    """Tell a clause that says what for: "to allow aid in", "so that aid could enter"."""
    if any(c.dep_ == "aux" and c.text.casefold() == "to" for c in verb.children):
        return True
    marks = [c for c in verb.children if c.dep_ == "mark"]
    return any(m.text.casefold() == "that" and m.i and m.nbor(-1).text.casefold() == "so" for m in marks)


def _described(verb: Token) -> Token | None:
    """Give the noun that a misread participle describes: "the road, the route north of the city seized in July".

    A parser may take the participle for a finite verb: it then has a subject behind a comma, no object, and hangs on
    something before it.
    """
    who = children(verb, "nsubj")
    if (
        verb.tag_ != "VBD"
        or verb.dep_ not in ("ccomp", "advcl", "conj")
        or verb.head.i > verb.i
        or children(verb, "dobj")
    ):
        return None
    if not who or any(c.dep_ == "mark" for c in verb.children):
        return None
    return _before_comma(who[0])


def _before_comma(noun: Token) -> Token | None:
    """Give the noun that another one follows after a comma, as its second name: "the Castello Road alone, a route"."""
    edge = noun.left_edge.i
    if edge < 2 or noun.doc[edge - 1].text != ",":
        return None
    before = noun.doc[edge - 2]
    while before.pos_ == "ADV" and before.i > 0:
        before = before.nbor(-1)
    return before if before.pos_ in ("NOUN", "PROPN") else None


def apposed(noun: Token) -> list[Token]:
    """Give the nouns that stand beside a noun as other names of the same thing."""
    before = _before_comma(noun)
    found = [*children(noun, "appos"), *([noun.head] if noun.dep_ == "appos" else []), *([before] if before else [])]
    return list({t.i: t for t in found}.values())


def counted(token: Token) -> Token:
    """Give what a number is of: "fighters" for the head of "dozens of fighters"; else the word itself."""
    if lemma(token) not in words("quantity") and token.pos_ != "NUM":
        return token
    return next((t for p in children(token, "prep") if p.text == "of" for t in children(p, "pobj")), token)


def agents(verb: Token) -> list[Token]:
    """Give the heads of "by …" phrases of a verb or noun."""
    found = []
    for by in children(verb, "agent", "prep"):
        if by.text.casefold() == "by":
            found += [p for o in children(by, "pobj") for p in conjuncts(o)]
    return found


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Give the heads of the subject, also where it is shared with another verb or stands before a relative clause."""
    own = children(verb, "nsubj", "nsubjpass", "csubj")
    if own:
        noun = antecedent(verb)
        who = [noun if noun is not None and s.tag_ in ("WDT", "WP") else s for s in own]
        return [c for s in who for c in conjuncts(s)]
    if depth > 6:
        return []
    beside = [c for c in verb.head.children if c.dep_ == verb.dep_ == "ccomp" and c.i < verb.i and c.tag_ == "VBG"]
    if beside:  # "said 15,000 people fleeing the city had arrived"
        return subjects(beside[-1], depth + 1)
    if verb.dep_ == "acl":
        return conjuncts(verb.head) if verb.head.pos_ in ("NOUN", "PROPN", "PRON") else []
    accused = _accused(verb)
    if accused:
        return accused
    up = governor(verb)
    if up is None or up.pos_ not in ("VERB", "AUX", "ADP", "ADJ", "NOUN"):
        return []
    if verb.dep_ == "xcomp":
        objects = children(up, "dobj")
        if objects and lemma(up) not in ("try", "begin", "start", "continue", "vow", "promise"):
            return [c for o in objects for c in conjuncts(o)]
    return subjects(up, depth + 1) if up.pos_ != "NOUN" else []


def _accused(verb: Token) -> list[Token]:
    """Give those who are said to do something in "accused the army of shelling", "blamed rebels for shelling"."""
    prep = verb.head
    if verb.dep_ != "pcomp" or prep.text.casefold() not in ("of", "for") or lemma(prep.head) not in words("accusing"):
        return []
    return objects(prep.head)


def objects(verb: Token) -> list[Token]:
    """Give the heads of what a verb acts on: objects, passive subjects, or the noun before a participle or relative."""
    own = children(verb, "dobj", "dative", "attr")
    noun = antecedent(verb)
    if is_passive(verb):
        passive = [s for s in (*subjects(verb), _described(verb)) if s is not None and s.tag_ not in ("WDT", "WP")]
        return passive or ([noun] if noun is not None else [])
    if own and all(o.tag_ in ("WDT", "WP") for o in own) and noun is not None:
        return [noun]
    if not own and noun is not None and verb.dep_ == "relcl" and children(verb, "nsubj") and not _own_relative(verb):
        return [noun]
    shared = verb.head if verb.dep_ != "conj" and verb.head != verb else None
    if not own and shared is not None and any(c.dep_ == "conj" and c == verb for c in shared.children):
        own = children(shared, "dobj")
    if not own and verb.pos_ == "VERB":  # "raped and abused women"
        joined = [v for v in children(verb, "conj") if v.tag_ == verb.tag_ and not children(v, "nsubj", "aux")]
        own = [o for v in joined[:1] for o in children(v, "dobj")]
    return [c for o in own for c in conjuncts(o)]


def _own_relative(verb: Token) -> bool:
    return any(s.tag_ in ("WDT", "WP") for s in children(verb, "nsubj"))


def prepositions(token: Token, *words: str) -> Iterator[tuple[str, Token]]:
    """Yield each prepositional object of a token with its preposition, nested ones too ("out of", "north of")."""
    for prep in children(token, "prep", "agent", "dative", "advmod", "prt"):
        word = prep.text.casefold()
        for inner in children(prep, "pobj", "pcomp"):
            if not words or word in words:
                for one in conjuncts(inner):
                    yield word, one
        if prep.dep_ in ("prep", "advmod", "prt"):
            yield from prepositions(prep, *words)


def path(token: Token, other: Token) -> int:
    """Count the edges between two tokens of one tree."""
    ups = {token.i: 0}
    node, steps = token, 0
    while node.head != node:
        node, steps = node.head, steps + 1
        ups[node.i] = steps
    node, steps = other, 0
    while node.i not in ups:
        if node.head == node:
            return 99
        node, steps = node.head, steps + 1
    return ups[node.i] + steps


def within(token: Token, ancestor: Token) -> bool:
    """Tell whether a token is the other one or lies below it in the tree."""
    return token == ancestor or ancestor.is_ancestor(token)


def phrase(head: Token) -> list[Token]:
    """Give the tokens of a noun phrase up to its head, without what is hung on behind it, in text order."""
    found = [head]
    for child in head.lefts:
        if child.dep_ not in ("relcl", "advcl", "cc", "conj") and not (
            child.dep_ == "punct" and child.text not in "-–"
        ):
            found += list(child.subtree)
    return sorted(found, key=lambda t: t.i)
