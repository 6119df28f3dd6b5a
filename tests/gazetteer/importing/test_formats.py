import gzip
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
from importing_files import ACLED, AIRWARS, ALTERNATES, DUMP, KML, ROWS, UCDP

from geo.errors import GazetteerError
from geo.gazetteer.importing.formats import FORMATS, find_given, tell_format
from geo.gazetteer.importing.inputs import find_input, open_input
from geo.gazetteer.importing.run import default_name

TELLING = {
    "SY.txt": (DUMP, "geonames"),
    "cut.txt": (DUMP[:-200], "geonames"),
    "places.csv": ("name,lat,lon\nA,1,2\n", "csv"),
    "places.txt": ("name\tlat\tlon\nA\t1\t2\n", "csv"),
    "ged.csv": (UCDP, "ucdp"),
    "acled.csv": (ACLED, "acled"),
    "airwars.csv": (AIRWARS, "airwars"),
    "a.geojson": ('{"type": "FeatureCollection", "features": []}', "geojson"),
    "b.json": ('{"type":"Feature","properties":{}}\n{"type":"Feature"}', "geojson"),
    "c.json": ('{"head":{"vars":[]},"results":{"bindings":[]}}', "wikidata"),
    "d.json": ('[{"type":"item","claims":{}}]', "wikidata"),
    "e.json": ('[{"item":"http://www.wikidata.org/entity/Q1"}]', "wikidata"),
    "doc.xml": (KML, "kml"),
}


@pytest.mark.parametrize(("name", "text", "format_"), [(name, *row) for name, row in TELLING.items()], ids=TELLING)
def test_formats_are_told(data, name: str, text: str, format_: str) -> None:
    for path, content in ((name, text.encode()), (f"{name}.gz", gzip.compress(text.encode()))):
        Path(path).write_bytes(content)
        assert tell_format(find_input(Path(path))) == format_
    assert format_ in FORMATS


def test_a_geopackage_is_told_whatever_it_is_called(data) -> None:
    with sqlite3.connect("layer") as db:
        db.execute("CREATE TABLE x (y)")
    db.close()
    assert tell_format(find_input(Path("layer"))) == "geopackage"


@pytest.mark.parametrize("text", ["a poem\nof two lines\n", '{"a": 1}', "%PDF-1.7", "\0\1\2,\0"])
def test_what_is_none(data, text: str) -> None:
    Path("x.txt").write_text(text)
    with pytest.raises(GazetteerError) as caught:
        find_given([Path("x.txt")])
    message = str(caught.value)
    assert message.startswith("x.txt: the format cannot be told from the file. Name it with --format. Known are ")
    assert all(name in message for name in FORMATS)


def test_alternate_names_are_found_beside(data) -> None:
    Path("SY.txt").write_text(DUMP)
    assert find_given([Path("SY.txt")]).alternates == ()
    Path("alternateNamesV2.txt").write_text(ALTERNATES)
    assert [one.path.name for one in find_given([Path("SY.txt")]).alternates] == ["alternateNamesV2.txt"]
    Path("alternatenames").mkdir()
    with zipfile.ZipFile("alternatenames/SY.zip", "w") as archive:
        archive.writestr("SY.txt", ALTERNATES)
        archive.writestr("iso-languagecodes.txt", "")
    assert [one.path.as_posix() for one in find_given([Path("SY.txt")]).alternates] == ["alternatenames/SY.zip"]
    # Named ones go before those that lie there.
    shutil.copy("alternateNamesV2.txt", "other.txt")
    given = find_given([Path("SY.txt"), Path("other.txt")])
    assert ([one.path.name for one in given.inputs], [one.path.name for one in given.alternates]) == (
        ["SY.txt"],
        ["other.txt"],
    )
    with pytest.raises(GazetteerError, match="these are alternate names without their features"):
        find_given([Path("other.txt")])


def test_files_of_several_formats(data) -> None:
    Path("SY.txt").write_text(DUMP)
    Path("ged.csv").write_text(UCDP)
    with pytest.raises(GazetteerError, match="the files are of several formats: geonames, ucdp"):
        find_given([Path("SY.txt"), Path("ged.csv")])


@pytest.mark.parametrize(
    ("names", "name"),
    [(["SY.txt"], "geonames-sy"), (["TR.txt", "SY.txt"], "geonames-sy-tr"), (["allCountries.txt"], "geonames"), (["My places.v2.csv"], "my_places")],
)  # fmt: skip
def test_names(data, names: list[str], name: str) -> None:
    for path in names:
        Path(path).write_text(DUMP if path.endswith("txt") else "name,lat,lon\nA,1,2\n")
    assert default_name(find_given([Path(path) for path in names])) == name


def test_a_name_that_cannot_be_one(run, dump) -> None:
    with pytest.raises(GazetteerError, match=r"'\.\./up' cannot be the name of a gazetteer"):
        run(dump, name="../up")


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lambda raw: b"PK\3\4 no archive", r"SY\.zip: this is not a whole zip archive"),
        (lambda raw: raw[: len(raw) // 2], r"SY\.zip: this is not a whole zip archive"),
        (lambda raw: raw.replace(raw[60:90], b"x" * 30), r"SY\.zip: the file is damaged"),
    ],
    ids=["none", "cut short", "changed"],
)
def test_damaged_archives(run, data, harm, message: str) -> None:
    with zipfile.ZipFile("SY.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", "".join(ROWS) * 50)
    Path("SY.zip").write_bytes(harm(Path("SY.zip").read_bytes()))
    with pytest.raises(GazetteerError, match=message):
        run("SY.zip")
    assert list(data.rglob("*.sqlite*")) == []


def test_a_damaged_gzip_file(run, data) -> None:
    Path("SY.txt.gz").write_bytes(gzip.compress(DUMP.encode() * 50)[:-600])
    with pytest.raises(GazetteerError, match=r"SY\.txt\.gz: the file is damaged"):
        run("SY.txt.gz")


def test_an_archive_of_several_files(data) -> None:
    with zipfile.ZipFile("both.zip", "w") as archive:
        archive.writestr("SY.txt", DUMP)
        archive.writestr("TR.txt", DUMP)
    with pytest.raises(
        GazetteerError, match=r"the archive holds 2 files that could be meant \(SY\.txt, TR\.txt\)\. Unpack it"
    ):
        find_given([Path("both.zip")])


@pytest.mark.parametrize("ending", ["txt", "txt.gz", "zip"])
def test_a_file_is_opened_where_the_reading_was(data, ending: str) -> None:
    path = Path(f"SY.{ending}")
    raw = DUMP.encode()
    if ending == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("SY.txt", raw)
    else:
        path.write_bytes(gzip.compress(raw) if ending == "txt.gz" else raw)
    source = find_input(path)
    for offset in (0, 100, len(raw)):
        with open_input(source, offset=offset) as (file, told):
            assert file.read() == raw[offset:]
            assert 0 < told() <= source.size


def test_a_file_that_is_not_there(data) -> None:
    with pytest.raises(GazetteerError, match=r"nowhere\.csv: there is no such file"):
        find_given([Path("nowhere.csv")])
