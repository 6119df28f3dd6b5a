"""The part of a compiled gazetteer that finds names by how they sound: its tables, and how they are read."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from geo.gazetteer.sounds import has_unwritten_vowels, skeletons, sound

if TYPE_CHECKING:
    from geo.gazetteer.store import Store

SCHEMA = """
CREATE TABLE sounds (s INTEGER PRIMARY KEY, sound TEXT NOT NULL, unwritten INTEGER NOT NULL);
CREATE TABLE heard (s INTEGER NOT NULL, t INTEGER NOT NULL, PRIMARY KEY (s, t)) WITHOUT ROWID;
CREATE TABLE consonants (
  key TEXT NOT NULL, country TEXT NOT NULL, s INTEGER NOT NULL, PRIMARY KEY (key, country, s)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE trigrams USING fts5 (sound, content='', columnsize=0, detail='none', tokenize='trigram');
CREATE TABLE grams (gram TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
"""
_SAID = """
INSERT INTO heard SELECT sounds.s, said.t FROM said JOIN sounds USING (sound, unwritten)
WHERE EXISTS (SELECT 1 FROM names WHERE names.t = said.t AND NOT names.flags & ?) ORDER BY 1, 2
"""
_KEYED = """
INSERT INTO consonants SELECT DISTINCT keyed.key, places.country, keyed.s FROM keyed
JOIN heard USING (s) JOIN names USING (t) JOIN places USING (n) ORDER BY 1, 2, 3
"""
_CHUNK = 50_000
_FIRST_UNSPELT = "\u0780"
"""Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic and Syriac come before; the scripts that follow are not compared."""


def write_phonetic(db: sqlite3.Connection, *, acronym: int) -> None:
    """Write the tables of a file that has its places, terms and names.

    Parameters
    ----------
    db
        The file.
    acronym
        The flag of names that are found in capitals only: how they sound says nothing.
    """
    for statement in SCHEMA.split(";"):
        db.execute(statement)
    db.execute("CREATE TEMP TABLE said (t INTEGER PRIMARY KEY, sound TEXT, unwritten INTEGER)")
    _insert(
        db, "said", ((t, sound(key), has_unwritten_vowels(key)) for t, key in db.execute("SELECT t, key FROM terms"))
    )
    db.execute("INSERT INTO sounds (sound, unwritten) SELECT DISTINCT sound, unwritten FROM said ORDER BY 1, 2")
    db.execute(_SAID, (acronym,))
    db.execute("DROP TABLE said")
    db.execute("CREATE TEMP TABLE keyed (s INTEGER, key TEXT)")
    _insert(db, "keyed", ((s, key) for s, said in db.execute("SELECT s, sound FROM sounds") for key in skeletons(said)))
    db.execute(_KEYED)
    db.execute("DROP TABLE keyed")
    db.execute("INSERT INTO trigrams (rowid, sound) SELECT s, sound FROM sounds")
    db.execute("INSERT INTO trigrams (trigrams) VALUES ('optimize')")
    db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab (main, trigrams, row)")
    db.execute("INSERT INTO grams SELECT term, doc FROM temp.vocabulary")


def _insert(db: sqlite3.Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    while chunk := list(islice(rows, _CHUNK)):
        db.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(chunk[0]))})", chunk)  # noqa: S608


@dataclass(frozen=True, slots=True)
class Heard:
    """A sound that a file holds.

    Attributes
    ----------
    s
        Its number.
    sound
        As `geo.gazetteer.sounds.sound` writes it.
    unwritten
        Whether the names that sound so are in Arabic script.
    """

    s: int
    sound: str
    unwritten: bool


_BY_KEY = """
SELECT DISTINCT consonants.s, sounds.sound, sounds.unwritten
FROM json_each(?) AS q JOIN consonants ON consonants.key = q.value JOIN sounds USING (s)
"""
_AS_LONG = " WHERE length(sounds.sound) BETWEEN ? AND ?"
_IN_COUNTRIES = " WHERE consonants.country IN (SELECT value FROM json_each(?))"
_BY_NUMBER = "SELECT s, sound, unwritten FROM sounds WHERE s IN (SELECT value FROM json_each(?))"
_NAMED = (
    "SELECT heard.s, names.n, names.flags FROM json_each(?) AS q JOIN heard ON heard.s = q.value JOIN names USING (t)"
)
_LONGER = 3  # letters; what is longer or shorter than a sound by more is not alike enough
_MOST_POSTINGS, _MOST_SOUNDS = 4_000, 120


def same_consonants(store: Store, keys: Iterable[str], *, countries: Collection[str] | None = None) -> list[Heard]:
    """Give the sounds that have one of the keys, of names of places in these countries, or of all."""
    asked = json.dumps(sorted(keys))
    if countries is None:
        return [Heard(*row) for row in store.rows(_BY_KEY, asked)]
    return [Heard(*row) for row in store.rows(_BY_KEY + _IN_COUNTRIES, asked, json.dumps(sorted(countries)))]


def nearly_as_long(store: Store, keys: Iterable[str], sounded: str) -> list[Heard]:
    """Give the sounds that have one of the keys and are about as long as one."""
    asked = json.dumps(sorted(keys))
    least, most = len(sounded) - _LONGER, len(sounded) + _LONGER
    return [Heard(*row) for row in store.rows(_BY_KEY + _AS_LONG, asked, least, most)]


def sharing_trigrams(store: Store, sounded: str) -> list[Heard]:
    """Give the sounds that share most of the rarer trigrams of one, at most `_MOST_SOUNDS`."""
    said = sounded.lower()  # as the index has it
    grams = sorted({said[i : i + 3] for i in range(len(said) - 2)})
    sql = "SELECT gram, count FROM grams WHERE gram IN (SELECT value FROM json_each(?))"
    counts = dict(store.rows(sql, json.dumps(grams)))
    shared: Counter[int] = Counter()
    postings = 0
    for gram in sorted(counts, key=lambda gram: (counts[gram], gram)):
        postings += counts[gram]
        if shared and postings > _MOST_POSTINGS:
            break
        shared.update(s for (s,) in store.rows("SELECT rowid FROM trigrams WHERE trigrams MATCH ?", f'"{gram}"'))
    best = sorted(shared, key=lambda s: (-shared[s], s))[:_MOST_SOUNDS]
    return [Heard(*row) for row in store.rows(_BY_NUMBER, json.dumps(best))]


def named(store: Store, sounds: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """Give number and flags of the places of each sound, by the number of the sound."""
    found: dict[int, list[tuple[int, int]]] = {}
    for s, n, flags in store.rows(_NAMED, json.dumps(sorted(set(sounds)))):
        found.setdefault(s, []).append((n, flags))
    return found
