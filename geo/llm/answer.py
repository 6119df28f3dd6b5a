"""From the text that a model sends to items of the right form; of what is not, why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from geo.errors import InputError, OnlineError
from geo.llm.prompt import item_schema

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

MOST_ITEMS = 200
_SHOWN = 80
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"```[\w-]*[ \t]*\n(.*?)```", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that a model said and that does not count.

    Attributes
    ----------
    article
        Id of the article.
    part
        ``"event"`` where the whole item is left out, else the member that is.
    why
        What is wrong with it.
    words
        What the model said, shortened and quoted: nothing of it may reach a terminal or a page as it is.
    """

    article: str
    part: str
    why: str
    words: str

    @property
    def message(self) -> str:
        """The whole on one line."""
        return f"{self.article}: {self.part} left out: {self.why}: {self.words}"


@dataclass(frozen=True, slots=True)
class Item:
    """One event as a model tells it, of the right form; whether it is true of the text is not known yet.

    Attributes
    ----------
    type, modality
        As in `geo.model.Event`.
    quote, place, origin, time, attribution
        Words; empty where there are none.
    initiators, targets
        Names.
    figures
        Kind and words.
    """

    type: str
    modality: str
    quote: str
    place: str
    origin: str
    time: str
    attribution: str
    initiators: tuple[str, ...]
    targets: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]


def shown(words: object) -> str:
    """Give the beginning of what a model said, on one line, quoted, with escapes for what a terminal must not get."""
    line = " ".join(str(words).split())
    return repr(line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…")


def read_answer(content: str) -> list[Any]:
    """Find the list of events in what a model sent.

    Parameters
    ----------
    content
        A JSON object ``{"events": [...]}``, alone, in a fenced block or amid other words; a bare list counts too.

    Raises
    ------
    OnlineError
        Where there is none.
    """
    import orjson

    for candidate in _candidates(content):
        try:
            value = orjson.loads(candidate)
        except orjson.JSONDecodeError:
            continue
        events = value.get("events") if isinstance(value, Mapping) else value
        if isinstance(events, list):
            return events
    raise OnlineError(f"its answer is no JSON object with a list of events: {shown(content)}", again=True, wait_s=0.0)


def _candidates(content: str) -> Iterator[str]:
    text = _THOUGHT.sub("", content)
    yield text
    yield from _FENCE.findall(text)
    opening = next((sign for sign in text if sign in "{["), "")
    if opening:
        yield text[text.index(opening) : text.rfind("}" if opening == "{" else "]") + 1]


def read_items(events: list[Any], article: str) -> tuple[list[Item], list[Refusal]]:
    """Check the form of each event against the schema, and leave out those that break it."""
    validator, items, refused = _validator(), [], []
    for event in map(_filled, events[:MOST_ITEMS]):
        wrong = next(iter(validator.iter_errors(event)), None)
        if wrong is None:
            items.append(_item(event))
        else:
            member = ".".join(map(str, wrong.absolute_path))
            why = "it breaks the schema" + (f" at {shown(member)}" if member else "")
            refused.append(Refusal(article, "event", why, shown(wrong.message)))
    if len(events) > MOST_ITEMS:
        refused.append(
            Refusal(article, "event", f"more than {MOST_ITEMS} in one answer", str(len(events) - MOST_ITEMS))
        )
    return items, refused


_NOTHING: Mapping[str, Any] = {
    "origin": None,
    "time": None,
    "initiators": [],
    "targets": [],
    "attribution": None,
    "figures": [],
}


def _filled(event: Any) -> Any:
    """Fill in what may be left empty: a server without structured output lets models leave members out."""
    if not isinstance(event, Mapping):
        return event
    return {**_NOTHING, **{name: value for name, value in event.items() if value is not None or name not in _NOTHING}}


def _validator() -> Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(item_schema())


def require_extra() -> None:
    """Refuse to go on without the libraries of the extra ``llm``.

    Raises
    ------
    InputError
        Where one is not installed.
    """
    missing = [name for name in ("jsonschema", "requests") if find_spec(name) is None]
    if missing:
        do = "Install it: pip install 'sitmap[llm]'"
        raise InputError(f"reading with a language model needs {' and '.join(missing)}", do=do)


def _item(event: Mapping[str, Any]) -> Item:
    words = {
        name: " ".join((event[name] or "").split()) for name in ("quote", "place", "origin", "time", "attribution")
    }
    return Item(
        type=event["type"],
        modality=event["modality"],
        initiators=tuple(event["initiators"]),
        targets=tuple(event["targets"]),
        figures=tuple((figure["kind"], figure["words"]) for figure in event["figures"]),
        **words,
    )
