"""GeoNames' alternate names with their languages: the file ``alternateNamesV2.txt``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from geo.gazetteer.entries import clean, distinct, is_acronym, is_name, script
from geo.gazetteer.importing.inputs import Input, open_input
from geo.gazetteer.importing.problems import Sink
from geo.gazetteer.importing.stage import Stage
from geo.gazetteer.importing.tell import Tell
from geo.gazetteer.towns import arabic_name

PREFERRED, SHORT, HISTORIC = 1, 2, 8
NO_LANGUAGES = frozenset(
    {"link", "wkdt", "post", "iata", "icao", "faac", "unlc", "tcid", "nuts", "uicn", "rail", "phon", "abbr", "fr_1793"}
)
"""What stands in the column of languages and is none: web pages, ids and codes of others, old calendars' names."""

_ALPHABETS = ((0x41, 0x250), (0x1E00, 0x1F00), (0x370, 0x600), (0x600, 0x780), (0xFB1D, 0xFF00), (0x10A0, 0x1100))
"""Latin; Greek, Cyrillic, Armenian, Hebrew; Arabic; the presentation forms of these; Georgian."""

_COLUMNS, _LEAST = 10, 8
_BATCH = 100_000


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a feature, sorted.

    Attributes
    ----------
    shown
        The one to show.
    aliases
        Others in Latin script that are in use.
    name_ar
        In Arabic, or empty.
    found
        All under which it is found.
    """

    shown: str
    aliases: tuple[str, ...]
    name_ar: str
    found: tuple[str, ...]


def read_alternates(source: Input, stage: Stage, sink: Sink, *, ids: bytearray, key: str, tell: Tell) -> None:
    """Read the alternate names of the features that an import has, into its scratch file.

    Left out are the columns' pseudo-languages (`NO_LANGUAGES`), colloquial names ("Big Apple": too often something
    else), and what cannot stand in a report (see `geo.gazetteer.entries.is_name`). Historic names are kept: a report
    may still use one, but none is shown.

    Parameters
    ----------
    source
        ``alternateNamesV2.txt`` or a country's, with 10 columns; the old one with 8 will do.
    stage
        Where they are kept; a reading that was interrupted goes on.
    sink
        Takes bad rows.
    ids
        A bit for each GeoNames id that is wanted.
    key
        Under which the scratch file keeps how far the reading is.
    tell
        Told how far it is.
    """
    at = stage.get(key) or {"offset": 0, "line": 0}
    if at.get("done"):
        return
    offset, line = int(at["offset"]), int(at["line"])
    with open_input(source, offset=offset) as (file, told):
        while chunk := list(islice(file, _BATCH)):
            rows = []
            for number, raw in enumerate(chunk, line + 1):
                row = read_row(raw, number, sink, ids)
                if row:
                    rows.append(row)
            offset, line = offset + sum(map(len, chunk)), line + len(chunk)
            stage.add_names(rows, state={key: {"offset": offset, "line": line}})
            tell(f"Reading {source.name}", told(), source.size)
    stage.add_names((), state={key: {"offset": offset, "line": line, "done": True}})


def read_row(raw: bytes, line: int, sink: Sink, ids: bytearray) -> tuple[int, int, str, int, str] | None:
    """Read a row (GeoNames id, line, language, flags, name); None where it is bad or not wanted."""
    cells = raw.rstrip(b"\r\n").split(b"\t")
    if len(cells) < _LEAST or len(cells) > _COLUMNS or not cells[1].isdigit():
        what = f"the row is no alternate name of GeoNames: {len(cells)} columns"
        sink.bad(line, what, "Get alternateNamesV2.txt again, or name the format with --format")
        return None
    id_ = int(cells[1])
    if not has_bit(ids, id_) or cells[6] == b"1":
        return None
    try:
        language, name = cells[2].decode("ascii"), clean(cells[3].decode("utf-8"))
    except UnicodeDecodeError as error:
        sink.bad(line, f"this is not UTF-8: {error.reason}", "Get the file again")
        return None
    if language in NO_LANGUAGES or not is_name(name):
        return None
    flags = (cells[4] == b"1") * PREFERRED + (cells[5] == b"1") * SHORT + (cells[7] == b"1") * HISTORIC
    return id_, line, language, flags, name


def has_bit(bits: bytearray, n: int) -> bool:
    """Whether the bit of a number is set."""
    return n >> 3 < len(bits) and bool(bits[n >> 3] & 1 << (n & 7))


def set_bit(bits: bytearray, n: int) -> None:
    """Set the bit of a number, however large."""
    if n >> 3 >= len(bits):
        bits.extend(bytes((n >> 3) + (1 << 16) - len(bits)))
    bits[n >> 3] |= 1 << (n & 7)


def names_of(
    name: str, alternates: Sequence[tuple[str, int, str]], *, languages: Collection[str], arabic: bool
) -> Names:
    """Sort the names of a feature.

    Parameters
    ----------
    name
        GeoNames' own.
    alternates
        Language, flags and name of the others, in the order of the file.
    languages
        Of the country: names in another script than Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic and Georgian are
        kept only in one of these.
    arabic
        Whether the country names its places in Arabic.

    Notes
    -----
    Shown is the English name that is flagged as preferred, else as short, else the only English one where GeoNames' own
    has marks ("Ḩalab"); else GeoNames' own. Preferred names go before short ones, those before others.
    """
    kept = [a for a in alternates if _is_alphabetic(a[2]) or a[0] in languages]
    ordered = sorted(kept, key=lambda a: (not a[1] & PREFERRED, not a[1] & SHORT))
    used = [a for a in ordered if not a[1] & HISTORIC]
    english = [(flags, other) for language, flags, other in used if language == "en"]
    flagged = [other for flags, other in english if flags and not is_acronym(other)]
    shown = flagged[0] if flagged else english[0][1] if len(english) == 1 and not name.isascii() else name
    in_arabic = [n for language, _, n in used if language in ("ar", "") and script(n) == "arabic"]
    preferred_ar = [n for language, flags, n in used if language == "ar" and flags & PREFERRED and n in in_arabic]
    others = [n for n in _latin(a[2] for a in used) if n != shown]
    return Names(
        shown=shown,
        aliases=distinct((*((name,) if name != shown else ()), *others)),
        name_ar=(preferred_ar[0] if preferred_ar else arabic_name(name, in_arabic)) if arabic else "",
        found=distinct((shown, name, *(a[2] for a in ordered))),
    )


def _latin(names: Iterator[str]) -> list[str]:
    return [name for name in names if script(name) == "latin" and not is_acronym(name)]


def _is_alphabetic(name: str) -> bool:
    if name.isascii():
        return True
    code = next((ord(c) for c in name if c.isalpha()), 0)
    return any(first <= code < end for first, end in _ALPHABETS)
