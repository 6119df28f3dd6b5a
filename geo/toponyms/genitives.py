"""Genitives whose apostrophe is lost, as texts cleaned by careless hands have them: "Syrias north"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.toponyms.tokens import Token

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

_KEPT = re.compile(r"['’ʼ`]s\b")
_SHORTEST = 5  # letters with the s
_LARGE = 100_000  # inhabitants of a city that has something to call its own


def restore_genitives(text: str, tokens: Sequence[Token], gazetteer: Gazetteer) -> tuple[Token, ...]:
    """Read "Syrias" as the genitive of Syria, in a text that has not one apostrophe before an s.

    Only where no entry is called like the whole word, and a country or a large city like the rest of it.

    Parameters
    ----------
    text, tokens
        The article and its words.
    gazetteer
        Where to look.

    Returns
    -------
    tuple of Token
        The same words; those with a lost apostrophe are shorter by an s, and possessive.
    """
    if _KEPT.search(text):
        return tuple(tokens)
    able = {t.text: t.text[:-1] for t in tokens if t.case == "title" and t.text[-1] == "s" and len(t.text) >= _SHORTEST}
    found = gazetteer.lookup(dict.fromkeys((*able, *able.values()))) if able else {}
    cut = {
        whole
        for whole, owner in able.items()
        if not found[whole] and any(p.kind == "country" or p.population >= _LARGE for p in found[owner])
    }
    return tuple(_without_s(t) if t.text in cut else t for t in tokens)


def _without_s(token: Token) -> Token:
    return token._replace(end=token.end - 1, text=token.text[:-1], lower=token.lower[:-1], possessive=True)
