"""Whether the words around an expression speak of what is still to come.

News English marks it before the time ("will meet again on Monday", "is due to open on Friday") or, where the time
begins the sentence, after it ("On Monday, ministers will meet"). The nearest mark decides, so that "a truce would
begin, he said on Sunday" looks back. Words are those of ``geo/data/time.toml``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from geo.data import read_toml
from geo.temporal.tokens import Tokens, classes, codes

_REACH = 40  # words looked back at; a sentence seldom has more before a time
_AHEAD = 12
_INFINITIVES = ("INFINITIVE", "BE", "START", "END", "LAST")  # "due to begin", "to start", "to last"
_LEAD = 3  # words of a sentence that may stand before a time that begins it


def is_future(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether the expression of the words ``start`` to ``end`` (half open) is told as still to come."""
    at = start - 1
    while at >= 0 and start - at <= _REACH and not ends_sentence(tokens, at):
        mark = _mark(tokens, at, start)
        if mark:
            return mark > 0
        at -= 1
    return start - at - 1 <= _LEAD and _is_announced(tokens, end)


def _is_announced(tokens: Tokens, end: int) -> bool:
    for at in range(end, min(end + _AHEAD, len(tokens.codes))):
        if ends_sentence(tokens, at):
            return False
        mark = _mark(tokens, at, len(tokens.codes))
        if mark or tokens.word(at).endswith("ed"):  # "On Tuesday, trustees approved a plan for …"
            return mark > 0
    return False


def _mark(tokens: Tokens, at: int, start: int) -> int:
    """Give 1 for a mark of the future at a word, -1 for one of the past, else 0."""
    name = _marks().get(tokens.codes[at])
    if name is None:
        return 0
    following = tokens.codes[at + 1] if at + 1 < start else ""
    return _JUDGES[name](tokens, at, following, at + 1 >= start - 1)


def _due(tokens: Tokens, at: int, following: str, is_beside: bool) -> int:
    code = classes()
    if following == code["TO"]:  # "is due to meet", "talks due to start", but not "deaths due to airstrikes"
        return int(tokens.code(at - 1) in (code["BE"], code["WAS"]) or tokens.code(at + 2) in codes(*_INFINITIVES))
    return int(is_beside)


def _governs(tokens: Tokens, at: int, following: str, is_beside: bool) -> int:
    code = classes()
    return int(is_beside or following in (code["TO"], code["FOR"]))


def _was(tokens: Tokens, at: int, following: str, is_beside: bool) -> int:
    """Read "were to meet" as future and "were killed" as past; "were expected to" has met its mark before."""
    return 1 if following == classes()["TO"] else -1


def _have(tokens: Tokens, at: int, following: str, is_beside: bool) -> int:
    """Read "has taken" as past, but neither "has to leave" nor "will have left"."""
    return 0 if following == classes()["TO"] or tokens.code(at - 1) in codes("FUTURE", "TO") else -1


_JUDGES: dict[str, Callable[[Tokens, int, str, bool], int]] = {
    "FUTURE": lambda tokens, at, following, is_beside: 1,
    "MONTH_VERB": lambda tokens, at, following, is_beside: int(tokens.word(at) == "may"),
    "FUTURE_TO": _governs,
    "DUE": _due,
    "AHEAD": lambda tokens, at, following, is_beside: int(following == classes()["OF"] and is_beside),
    "BE": lambda tokens, at, following, is_beside: int(following == classes()["TO"]),
    "WAS": _was,
    "HAVE": _have,
    "SAID": lambda tokens, at, following, is_beside: -1,
    "AFTER": lambda tokens, at, following, is_beside: 0 if is_beside else -1,
    "SINCE": lambda tokens, at, following, is_beside: 0 if is_beside else -1,
}


@cache
def _marks() -> dict[str, str]:
    return {classes()[name]: name for name in _JUDGES}


def ends_sentence(tokens: Tokens, at: int) -> bool:
    """Tell whether a word is a mark that ends a sentence."""
    code = classes()
    if tokens.codes[at] == code["BREAK"]:
        return True
    if tokens.codes[at] == code["STOP"]:
        return tokens.word(at) != ":"
    if tokens.codes[at] != code["DOT"]:
        return False
    before, after = tokens.word(at - 1), tokens.word(at + 1)
    is_short = len(before) <= 1 or before.lower() in _titles() or tokens.code(at - 1) == code["MONTH_ABBR"]
    return not is_short and not after[:1].islower()


@cache
def _titles() -> frozenset[str]:
    return frozenset(read_toml("time.toml")["names"]["titles"])
