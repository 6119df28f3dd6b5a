"""What a language model is asked: the task, the article as data, and the JSON schema of the answer."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from geo.data import read_toml
from geo.events import event_types
from geo.model import MODALITIES

SCHEMA_NAME = "events"
_MARKER = "=====REPORT {}====="
_MARKED = 16


def messages(text: str) -> list[dict[str, str]]:
    """Give the messages that ask for the events of a text.

    Parameters
    ----------
    text
        An article, or a part of one. It stands between two lines with a marker that it cannot hold, since that is made
        of its own hash; what it says cannot end the data early.
    """
    prompt = _file()["prompt"]
    marker = _marker(text)
    report = prompt["report"].format(marker=marker)
    return [
        {"role": "system", "content": _system()},
        {"role": "user", "content": f"{report}\n{marker}\n{text}\n{marker}"},
    ]


def reminder() -> dict[str, str]:
    """Give the message that is sent along after an answer that could not be read."""
    return {"role": "user", "content": _file()["prompt"]["again"]}


def _marker(text: str) -> str:
    marker = _MARKER.format(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_MARKED])
    while marker in text:
        marker = _MARKER.format(hashlib.sha256(marker.encode()).hexdigest()[:_MARKED])
    return marker


@cache
def _system() -> str:
    prompt, table = _file()["prompt"], _file()
    types = {name: type_.definition for name, type_ in event_types().items()}
    lists = (
        (prompt["types"], types),
        (prompt["modalities"], table["modalities"]),
        (prompt["figures"], table["figures"]),
    )
    told = ["\n".join([head, *(f"- {name}: {meaning}" for name, meaning in words.items())]) for head, words in lists]
    return "\n\n".join([prompt["system"].strip(), *told])


@cache
def answer_schema() -> dict[str, Any]:
    """Give the JSON schema of an answer, in the subset that OpenAI's strict mode and local grammars know."""
    return _object({"events": {"type": "array", "items": item_schema()}})


@cache
def item_schema() -> dict[str, Any]:
    """Give the JSON schema of one event of an answer."""
    words, perhaps = {"type": "string"}, {"type": ["string", "null"]}
    kind = {"type": "string", "enum": figure_kinds()}
    return _object(
        {
            "type": {"type": "string", "enum": list(event_types())},
            "quote": words,
            "place": words,
            "origin": perhaps,
            "time": perhaps,
            "initiators": {"type": "array", "items": words},
            "targets": {"type": "array", "items": words},
            "modality": {"type": "string", "enum": list(MODALITIES)},
            "attribution": perhaps,
            "figures": {"type": "array", "items": _object({"kind": kind, "words": words})},
        }
    )


def figure_kinds() -> list[str]:
    """Give the kinds of figures."""
    return list(_file()["figures"])


def request_key(model: str, text: str) -> str:
    """Hash all that an answer hangs on: the model, what it is told, the text and the schema.

    Returns
    -------
    str
        32 hexadecimal digits.
    """
    parts = [model, messages(text), answer_schema()]
    whole = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _object(members: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


def _file() -> dict[str, Any]:
    return read_toml("llm.toml")
