"""What a PNG says of itself: title, description, sources and alternative text, for programs, libraries and readers."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from html import escape

from geo.errors import InputError
from geo.maps.caption import Caption

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_XMP = "XML:com.adobe.xmp"


def picture_metadata(caption: Caption) -> dict[str, str]:
    """Give the texts of a picture by keyword.

    The keywords are those of PNG (third edition, 11.3.3.2); the last one is XMP (ISO 16684-1) with the properties of
    Dublin Core and of the IPTC standard 2021.1 for alternative texts.
    """
    return {
        "Title": caption.title,
        "Description": caption.text,
        "Source": caption.sources,
        "Disclaimer": caption.caution,
        _XMP: _xmp(caption),
    }


def add_text(png: bytes, texts: Mapping[str, str]) -> bytes:
    """Put texts into a PNG in place of those it has under the same keywords; the picture stays as it is.

    Parameters
    ----------
    png
        The file.
    texts
        In UTF-8, by keyword of up to 79 Latin-1 characters; empty ones are left out.

    Raises
    ------
    InputError
        Where it is no PNG.
    """
    if not png.startswith(_SIGNATURE):
        raise InputError("this is no PNG", do="Give a picture that sitmap map --format png has made")
    out, rest = [_SIGNATURE], png[len(_SIGNATURE) :]
    while rest:
        (length,) = struct.unpack(">I", rest[:4])
        chunk, rest = rest[: length + 12], rest[length + 12 :]
        kind, content = chunk[4:8], chunk[8:-4]
        if kind in (b"tEXt", b"zTXt", b"iTXt") and content.partition(b"\0")[0].decode("latin-1") in texts:
            continue
        out.append(chunk)
        if kind == b"IHDR":
            out += [_chunk(keyword, text) for keyword, text in texts.items() if text]
    return b"".join(out)


def _chunk(keyword: str, text: str) -> bytes:
    # Keyword, not compressed, no language, no translated keyword.
    content = b"iTXt" + keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode("utf-8")
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))


def _xmp(caption: Caption) -> str:
    def lang(tag: str, text: str) -> str:
        return f'<{tag}><rdf:Alt><rdf:li xml:lang="x-default">{escape(_clean(text))}</rdf:li></rdf:Alt></{tag}>'

    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">'
        f"{lang('dc:title', caption.title)}{lang('dc:description', caption.text)}"
        f"{lang('Iptc4xmpCore:AltTextAccessibility', caption.alt)}"
        f"{lang('Iptc4xmpCore:ExtDescrAccessibility', caption.text)}"
        f"<dc:source>{escape(_clean(caption.sources))}</dc:source>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )


def _clean(text: str) -> str:
    """Leave out what XML has no way to write."""
    return "".join(c if c.isprintable() else " " for c in text)
