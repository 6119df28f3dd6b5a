"""Layers in a real PostGIS database, which the test starts for itself on a port of its own."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest
from export_layers import export_layers

from geo.errors import SitmapError
from geo.export.parts import Source
from geo.export.postgis import export_postgis
from geo.export.select import Selection

LAYERS = export_layers()


@pytest.fixture(scope="module")
def server():
    """Address of an empty server with PostGIS."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    control = list(Path("/usr/share/postgresql").glob("*/extension/postgis.control"))
    if not (programs and control):
        why = "there is no PostgreSQL with PostGIS (Debian: apt-get install postgresql postgis)"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    folder = Path(
        tempfile.mkdtemp(prefix="sitmap-postgis-")
    )  # not below pytest's folder, which only its user may enter
    user = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        entry = pwd.getpwnam("postgres")
        user = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": ()}
        shutil.chown(folder, entry.pw_uid, entry.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home, data = programs[-1].parent, folder / "data"

    def call(*args):
        subprocess.run(
            args,
            check=True,
            capture_output=True,
            cwd=folder,
            env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
            **user,
        )

    call(home / "initdb", "-D", data, "-A", "trust", "-U", "tester")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    call(home / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    yield f"postgresql://tester@127.0.0.1:{port}/postgres"
    call(home / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(folder)


def ask(server, text):
    with psycopg.connect(server) as connection:
        return connection.execute(text).fetchall()


def put(server, layers=LAYERS, **options):
    return dict(export_postgis(Source(layers), server, profile="internal", **options))


def test_layers_become_tables(server):
    assert put(server) == {f"sitmap.{name}": len(frame) for name, frame in LAYERS.items()}
    for name, frame in LAYERS.items():
        rows = ask(server, f"SELECT id, ST_AsText(geom), ST_SRID(geom) FROM sitmap.{name}")
        assert {(id, srid) for id, _, srid in rows} == {(id, 4326) for id in frame["id"]}
    (shown,) = ask(
        server, "SELECT count(*) FROM sitmap.routes WHERE '2031-03-06' >= shown_from AND '2031-03-06' < shown_until"
    )
    assert shown == (2,)
    assert ask(server, "SELECT actors->0->>'side' FROM sitmap.events WHERE id = 'events-day'") == [("north",)]
    assert ask(server, "SELECT \"end\" FROM sitmap.routes WHERE id = 'routes-since'") == [(None,)]


def test_indexes_and_comments(server):
    put(server)
    indexed = {name for (name,) in ask(server, "SELECT indexname FROM pg_indexes WHERE schemaname = 'sitmap'")}
    assert {f"{name}_geom_idx" for name in LAYERS} | {"events_shown_from_idx", "events_type_idx"} <= indexed
    told = "SELECT obj_description('sitmap.routes'::regclass), col_description('sitmap.routes'::regclass, 3)"
    ((table, column),) = ask(server, told)
    assert table.startswith("Routes. Roads and corridors")
    assert column.startswith("First day, inclusive")


def test_a_second_export_brings_up_to_date(server):
    put(server)
    routes = LAYERS["routes"].copy()
    routes.loc[routes["id"] == "routes-day", "state"] = "open"
    fewer = {**LAYERS, "routes": routes[routes["id"] != "routes-closed"].reset_index(drop=True)}
    assert put(server, fewer)["sitmap.routes"] == 4
    rows = dict(ask(server, "SELECT id, state FROM sitmap.routes"))
    assert (len(rows), rows["routes-day"], "routes-closed" in rows) == (4, "open", False)
    put(server, wanted=Selection(layers=("routes",), types=("clash",)))  # of some features only: the others stay
    assert len(ask(server, "SELECT id FROM sitmap.routes")) == 5
    assert len(ask(server, "SELECT id FROM sitmap.events")) == len(LAYERS["events"])


def test_everything_or_nothing(server):
    put(server)
    broken = {**LAYERS, "flows": LAYERS["flows"].assign(start="no day"), "routes": LAYERS["routes"].iloc[:1]}
    with pytest.raises((SitmapError, ValueError)):
        put(server, broken)
    assert len(ask(server, "SELECT id FROM sitmap.routes")) == 5


def test_a_schema_of_its_own(server):
    assert "mine.events" in put(f"{server}?options=-csearch_path%3Dmine%2Cpublic")
    assert len(ask(server, "SELECT id FROM mine.events")) == len(LAYERS["events"])


def test_a_server_that_is_not_there():
    with pytest.raises(SitmapError) as error:
        export_postgis(Source(LAYERS), "postgresql://me:secret@127.0.0.1:1/none?connect_timeout=2", profile="internal")
    assert "Nothing was changed" in str(error.value)
    assert "secret" not in str(error.value)
