"""Layers as tables of a PostGIS database: put in or brought up to date in one transaction (extra ``postgis``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import shapely

from geo.errors import InputError, SitmapError
from geo.export.care import DELAY_DAYS
from geo.export.flat import Field, Flat
from geo.export.run import prepared
from geo.export.select import Selection

if TYPE_CHECKING:
    from datetime import date

    from psycopg import Cursor
    from psycopg.sql import Composed

    from geo.export.parts import Source

SCHEMA = "sitmap"
"""Where the tables go, unless the address names another schema: ``…?options=-csearch_path%3Dmine``."""

GEOMETRY = "geom"
_TYPES = {"string": "text", "number": "double precision", "integer": "bigint", "date": "date", "json": "jsonb"}
_INDEXED = ("shown_from", "type", "state", "article", "place_id", "event")
_SECRET = re.compile(r"(://[^:/@]*):[^@]*@")
_HIDDEN = r"\1:…@"


def export_postgis(
    source: Source,
    url: str,
    *,
    wanted: Selection | None = None,
    profile: str = "public",
    today: date | None = None,
    delay_days: int = DELAY_DAYS,
) -> tuple[tuple[str, int], ...]:
    """Put layers into a PostGIS database.

    Parameters
    ----------
    source, wanted, profile, today, delay_days
        As of `geo.export.run.export`.
    url
        As libpq reads it (PostgreSQL documentation, 34.1.1.2), for example ``postgresql://me@localhost/wars``.

    Returns
    -------
    tuple
        Each table with its features. A table has a feature a row, by its id: those that are there are brought up to
        date, new ones added. Where all features are wanted, those that the layers no longer hold are removed; where
        only some are, the others stay. Everything happens, or nothing.

    Raises
    ------
    InputError
        Where the extra ``postgis`` is not installed.
    SitmapError
        Where the server cannot be reached, has no PostGIS, or refuses; nothing was changed.
    """
    try:
        import psycopg
    except ImportError as error:
        raise InputError("this needs psycopg", do="Install it: pip install 'sitmap[postgis]'") from error
    wanted = wanted or Selection()
    parts, _ = prepared(source, wanted, profile=profile, today=today, delay_days=delay_days)
    whole = not (wanted.as_of or wanted.since or wanted.until or wanted.bbox or wanted.types)
    done = []
    try:
        with psycopg.connect(url) as connection, connection.cursor() as cursor:
            schema = _schema(cursor)
            for name, flat in parts.flats.items():
                _make_table(cursor, schema, name, flat, notice=parts.about.notice)
                _upsert(cursor, schema, name, flat, whole=whole)
                done.append((f"{schema}.{name}", len(flat)))
    except psycopg.Error as error:
        what = " ".join(str(error).split()) or type(error).__name__
        raise SitmapError(
            f"the database refuses it: {_SECRET.sub(_HIDDEN, what)}",
            do="Nothing was changed; see that the address is right and you may write there",
        ) from error
    return tuple(done)


def _schema(cursor: Cursor[Any]) -> str:
    from psycopg import sql

    cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    cursor.execute("SELECT current_setting('search_path')")
    path = str((cursor.fetchone() or ("",))[0])
    named = path.partition(",")[0].strip().strip('"')
    schema = SCHEMA if named in {"$user", "public", ""} else named
    cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
    return schema


def _make_table(cursor: Cursor[Any], schema: str, name: str, flat: Flat, *, notice: str) -> None:
    from psycopg import sql

    table = sql.Identifier(schema, name)
    kind = sql.SQL(f"geometry({flat.schema.geometry}, 4326)")
    cursor.execute(
        sql.SQL("CREATE TABLE IF NOT EXISTS {} (id text PRIMARY KEY, {} {})").format(
            table, sql.Identifier(GEOMETRY), kind
        )
    )
    for field in flat.fields:
        if field.name != "id":
            column = sql.SQL("ALTER TABLE {} ADD COLUMN IF NOT EXISTS {} {}")
            cursor.execute(column.format(table, sql.Identifier(field.name), sql.SQL(_TYPES[field.type])))
        comment = sql.SQL("COMMENT ON COLUMN {} IS {}")
        cursor.execute(comment.format(sql.Identifier(schema, name, field.name), sql.Literal(field.description)))
    about = f"{flat.schema.title}. {flat.schema.description} {notice}".strip()
    cursor.execute(sql.SQL("COMMENT ON TABLE {} IS {}").format(table, sql.Literal(about)))
    index = sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} USING {} ({})")
    for on, method in ((GEOMETRY, "gist"), *((f.name, "btree") for f in flat.fields if f.name in _INDEXED)):
        ident = sql.Identifier(f"{name}_{on}_idx")
        cursor.execute(index.format(ident, table, sql.SQL(method), sql.Identifier(on)))


def _upsert(cursor: Cursor[Any], schema: str, name: str, flat: Flat, *, whole: bool) -> None:
    from psycopg import sql

    table, fresh = sql.Identifier(schema, name), sql.Identifier(f"new_{name}")
    names = [*(f.name for f in flat.fields), GEOMETRY]
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    cursor.execute(sql.SQL("CREATE TEMP TABLE {} (LIKE {}) ON COMMIT DROP").format(fresh, table))
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(fresh, columns)) as copy:
        for row in _rows(flat):
            copy.write_row(row)
    statement = sql.SQL("INSERT INTO {} AS old ({}) SELECT {} FROM {} ON CONFLICT (id) DO UPDATE SET {}")
    cursor.execute(statement.format(table, columns, columns, fresh, _settings(names)))
    if whole:
        gone = sql.SQL("DELETE FROM {} AS old WHERE NOT EXISTS (SELECT FROM {} AS new WHERE new.id = old.id)")
        cursor.execute(gone.format(table, fresh))
    cursor.execute(sql.SQL("SELECT count(*) FROM {} JOIN {} USING (id)").format(table, fresh))
    found = (cursor.fetchone() or (0,))[0]
    if found != len(flat):
        raise SitmapError(f"{name} holds {found:,} of {len(flat):,} features", do="Nothing was changed; report this")


def _settings(names: list[str]) -> Composed:
    from psycopg import sql

    parts = (sql.SQL("{} = EXCLUDED.{}").format(sql.Identifier(n), sql.Identifier(n)) for n in names if n != "id")
    return sql.SQL(", ").join(parts)


def _rows(flat: Flat) -> Iterator[list[Any]]:
    shapes = shapely.to_wkb(shapely.set_srid(flat.geometry, 4326), hex=True, include_srid=True)
    columns = [[_plain(f, value) for value in flat.columns[f.name]] for f in flat.fields]
    for values, shape in zip(zip(*columns, strict=True), shapes, strict=True):
        yield [*values, shape]


def _plain(field: Field, value: Any) -> Any:
    # PostgreSQL's texts hold no NUL; nothing that a report says needs one.
    return value.replace("\x00", "") if isinstance(value, str) and field.type in {"string", "json"} else value
