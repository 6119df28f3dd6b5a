"""Bytes to the text that the reader sees.

A byte order mark decides; without one the text is UTF-8, and where it is not, the encoding that the user or the page
names. Nothing is guessed: detectors read Arabic cp1256 as other alphabets, and a text read wrongly looks like a text.
"""

from __future__ import annotations

import codecs
import re

from geo.errors import ArticleError

_BOMS = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# White space, form feeds and escape sequences occur in text files; other control characters only in binary ones.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_KINDS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None, path: str = "") -> str:
    """Decode a text.

    Parameters
    ----------
    data
        The bytes of a file.
    encoding
        What the user says it is written in; used where there is no byte order mark and it is not UTF-8.
    declared
        What the file itself says (an HTML ``charset``); used after ``encoding``.
    path
        For the error.

    Returns
    -------
    str
        The text as it stands, line ends included, without the byte order mark.

    Raises
    ------
    ArticleError
        Where it is no text, or in an encoding that nobody names.
    """
    for start, kind in _KINDS.items():
        if data.startswith(start):
            raise ArticleError(f"this is {kind}, not a text", do="Extract its text first", path=path)
    for bom, name in _BOMS:
        if data.startswith(bom):
            return check_text(_decode_as(data[len(bom) :], name, path), path=path)
    names = [name for name in (encoding, declared) if name]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not names:
            raise _not_utf8(data, error, path) from error
        return check_text(_decode_as(data, names[0], path), path=path)
    if "\x00" in text and encoding:  # UTF-16 without a mark passes for UTF-8 full of NULs
        text = _decode_as(data, encoding, path)
    return check_text(text, path=path)


def _decode_as(data: bytes, encoding: str, path: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise ArticleError(
            f"{encoding!r} is no encoding that Python knows", do="Name it as in cp1256, cp1252 or utf-16", path=path
        ) from error
    except UnicodeError as error:
        raise ArticleError(
            f"this is not {encoding}: {error}", do="Name its encoding with --encoding, or save it as UTF-8", path=path
        ) from error


def _not_utf8(data: bytes, error: UnicodeDecodeError, path: str) -> ArticleError:
    if b"\x00" in data:
        return ArticleError(
            "this is a binary file, not a text", do="Leave it out, or extract its text first", path=path
        )
    return ArticleError(
        f"this is not UTF-8: byte {data[error.start]:#04x} at {error.start}",
        do="Name its encoding, as in --encoding cp1256 (Arabic) or cp1252 (Western European), or save it as UTF-8",
        path=path,
        line=data.count(b"\n", 0, error.start) + 1,
    )


def check_text(text: str, *, path: str = "", line: int | None = None) -> str:
    """Give the text back where it is one.

    Raises
    ------
    ArticleError
        Where it is empty or holds control characters, as binary files do.
    """
    if not text.strip():
        raise ArticleError("there is no text in it", do="Leave it out, or write the article", path=path, line=line)
    control = _CONTROL.search(text)
    if control:
        raise ArticleError(
            f"this is no plain text: it holds the control character U+{ord(control.group()):04X} at {control.start()}",
            do="Leave it out, extract its text first, or name its encoding with --encoding",
            path=path,
            line=line,
        )
    return text
