"""Large JSON files, item by item: memory holds one item at a time."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from geo.errors import GazetteerError

_CHUNK, _LONGEST = 1 << 20, 64
_SPACE = " \t\r\n\x1e\ufeff"  # a record separator stands before each feature of a GeoJSON text sequence (RFC 8142)


class JsonItems:
    """The items of an array within a JSON file, or of a file with an object a line.

    Parameters
    ----------
    file
        The file, in UTF-8.
    array
        The keys that lead to the array, from the outermost; a file that is an array itself, or several objects one
        after the other, is read as that.
    path
        As it is told in messages.

    Attributes
    ----------
    head
        The members of the outermost object beside the array; whole once the items are read.
    """

    def __init__(self, file: IO[bytes], array: tuple[str, ...], *, path: Path) -> None:
        self.head: dict[str, Any] = {}
        self._file, self._array, self._path = file, array, path
        self._text, self._at, self._line, self._ended = "", 0, 1, False
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self._decoder = json.JSONDecoder()

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        """Give the items with the lines on which they begin.

        Raises
        ------
        GazetteerError
            Where the file is not JSON in UTF-8.
        """
        first = self._peek()
        if first == "[":
            yield from self._items()
        elif first == "{":
            yield from self._object(self._array, outermost=True)
            if not self._array_found:
                yield 1, self.head
                while self._peek():
                    yield self._line, self._value()
                return
        if self._peek():
            self._fail(f"{self._peek()!r} stands after the end")

    _array_found = False

    def _object(self, array: tuple[str, ...], *, outermost: bool) -> Iterator[tuple[int, Any]]:
        self._take("{")
        while self._peek() != "}":
            key = self._value()
            self._take(":")
            if key == array[0] and self._peek() in ("[" if len(array) == 1 else "{"):
                self._array_found = self._array_found or len(array) == 1
                yield from self._items() if len(array) == 1 else self._object(array[1:], outermost=False)
            else:
                value = self._value()
                if outermost:
                    self.head[key] = value
            if self._peek() != ",":
                break
            self._take(",")
        self._take("}")

    def _items(self) -> Iterator[tuple[int, Any]]:
        self._take("[")
        while self._peek() != "]":
            line = self._line
            yield line, self._value()
            if self._peek() != ",":
                break
            self._take(",")
        self._take("]")

    def _peek(self) -> str:
        """Give the next character that is no white space, empty at the end."""
        while True:
            while self._at < len(self._text):
                c = self._text[self._at]
                if c not in _SPACE:
                    return c
                self._line += c == "\n"
                self._at += 1
            if not self._more():
                return ""

    def _take(self, wanted: str) -> None:
        found = self._peek()
        if found != wanted:
            self._fail(f"{wanted!r} is missing" + (f" before {found!r}" if found else " at the end"))
        self._at += 1

    def _value(self) -> Any:
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if not self._more():
                    line = self._line + self._text.count("\n", self._at, error.pos)
                    self._fail(f"this is not JSON: {error.msg}", line)
                continue
            # A number that ends where the text in memory does may go on ("1." is read as 1).
            tail = self._text[end : end + _LONGEST]
            if len(tail) < _LONGEST and not tail.strip("0123456789.eE+-") and self._more():
                continue
            self._line += self._text.count("\n", self._at, end)
            self._at = end
            return value

    def _more(self) -> bool:
        if self._ended:
            return False
        # As much again as there is, so that a value of any size is tried again a few times only.
        data = self._file.read(max(_CHUNK, len(self._text) - self._at))
        try:
            text = self._utf8.decode(data, final=not data)
        except UnicodeDecodeError as error:
            self._fail(f"this is not UTF-8: {error.reason}")
        self._text, self._at = self._text[self._at :] + text, 0
        self._ended = not data
        return not self._ended

    def _fail(self, what: str, line: int | None = None) -> None:
        raise GazetteerError(what, do="Mend the file, or get it again", path=self._path, line=line or self._line)
