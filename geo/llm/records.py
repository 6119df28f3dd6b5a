"""What models answered, kept as files: the same article is asked for once, and a build reads what was answered then.

A file an answer, named by the hash of all that it hangs on: model, task, text and schema. Failures are never kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geo.errors import InputError
from geo.gazetteer.files import replace_text


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer.

    Attributes
    ----------
    article
        Id of the article that it was first asked for.
    model, answered_by
        The model as it was asked for, and what the endpoint calls it.
    answer
        What it sent, word by word; it is checked each time that it is read.
    """

    article: str
    model: str
    answered_by: str
    answer: str


def get(folder: Path, key: str) -> Kept | None:
    """Give a kept answer, or None where there is none.

    Raises
    ------
    InputError
        Where the file is no answer.
    """
    import orjson

    path = _path(folder, key)
    if not path.is_file():
        return None
    try:
        table = orjson.loads(path.read_bytes())
        if set(table) == set(Kept.__slots__) and all(isinstance(value, str) for value in table.values()):
            return Kept(**table)
        what = "its members are others"
    except (orjson.JSONDecodeError, TypeError) as error:
        what = str(error)
    do = "Delete it; the article can be asked for again"
    raise InputError(f"this is no kept answer of a language model ({what})", do=do, path=path)


def put(folder: Path, key: str, kept: Kept) -> None:
    """Keep an answer."""
    import orjson

    table = {name: getattr(kept, name) for name in Kept.__slots__}
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    replace_text(_path(folder, key), orjson.dumps(table, option=options).decode("utf-8"))


def _path(folder: Path, key: str) -> Path:
    return folder / f"{key}.json"
