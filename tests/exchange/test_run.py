"""Imports as a whole: files of all kinds, what is wanted, what is twice, and what lies there in the end."""

import gzip
import io
import json
import zipfile
from datetime import date

import pytest
from exchange_files import OLD_ACLED, acled, empty_atlas, ucdp

from geo.errors import InputError, LockedError
from geo.exchange.acled_write import Writer
from geo.exchange.divisions import Divisions
from geo.exchange.export import export_acled
from geo.exchange.filters import Filter
from geo.exchange.run import Options, import_events
from geo.exchange.store import list_datasets, read_lines, remove_dataset
from geo.gazetteer import open_gazetteer
from geo.layers.files import locked

THREE = ucdp(
    {"date_start": "2016-08-27", "date_end": "2016-08-27"},
    {"date_start": "2015-12-20", "date_end": "2016-01-03", "date_prec": "4", "adm_1": "Idlib Governorate", "latitude": "35.9", "longitude": "36.6"},
    {"date_start": "2017-03-01", "date_end": "2017-03-01", "type_of_violence": "3", "country": "Iraq", "adm_1": "Nineveh province"},
)  # fmt: skip
FILTERS = [
    (Filter(since=date(2016, 1, 1)), ["101", "102", "103"]),
    (Filter(since=date(2016, 1, 4)), ["101", "103"]),
    (Filter(until=date(2015, 12, 20)), ["102"]),
    (Filter(since=date(2016, 1, 1), until=date(2016, 12, 31)), ["101", "102"]),
    (Filter(bbox=(37.0, 36.0, 38.0, 37.0)), ["101", "103"]),
    (Filter(bbox=(36.6, 35.9, 36.7, 36.0)), ["102"]),
    (Filter(countries=("IQ",)), ["103"]),
    (Filter(countries=("SY", "IQ")), ["101", "102", "103"]),
    (Filter(admin1=("Aleppo",)), ["101"]),
    (Filter(admin1=("aleppo governorate", "Idlib")), ["101", "102"]),
    (Filter(types=("attack_on_civilians",)), ["103"]),
]


def packed(text, name="ged.csv"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("README.txt", "about")
        archive.writestr(name, text)
    return buffer.getvalue()


FILES = [
    ("ged.csv", ucdp().encode()),
    ("ged.csv", b"\xef\xbb\xbf" + ucdp().encode()),
    ("ged.csv", ucdp().replace("\n", "\r\n").encode()),
    ("ged.csv.gz", gzip.compress(ucdp().encode())),
    ("ged.zip", packed(ucdp())),
    ("ged.tsv", ucdp().replace(",", "\t").encode()),
    ("ged.csv", ucdp().replace(",", ";").encode()),
]


@pytest.mark.parametrize(("wanted", "ids"), FILTERS)
def test_what_is_wanted(take, wanted, ids):
    result, lines = take(THREE, wanted=wanted)
    assert sorted(line["article"].removeprefix("ucdp:") for line in lines) == ids
    assert sum(result.counts.skipped.values()) == 3 - len(ids)
    assert result.head["wanted"] == json.loads(json.dumps(wanted.to_dict()))


def test_nothing_that_is_wanted(take, tmp_path):
    with pytest.raises(InputError) as told:
        take(THREE, wanted=Filter(countries=("UA",)))
    assert told.value.message == (
        f"{tmp_path / 'data.csv'}: there is no event to import: 3 rows were read; 3 are of other countries. "
        "See that it is the right file, and what was asked for."
    )


@pytest.mark.parametrize(("name", "content"), FILES, ids=[f"{i}-{name}" for i, (name, _) in enumerate(FILES)])
def test_files_of_all_kinds(tmp_path, atlas, name, content):
    (tmp_path / name).write_bytes(content)
    result = import_events([tmp_path / name], atlas)
    assert (result.name, result.events, result.head["format"]) == ("ged", 1, "ucdp")


def test_other_encodings_are_named_or_refused(tmp_path, atlas):
    path = tmp_path / "arabic.csv"
    path.write_bytes(ucdp({"where_coordinates": "كفر حمرة"}).encode("cp1256"))
    with pytest.raises(InputError, match=r"arabic\.csv:2: this is not UTF-8: byte 0x.*Name its encoding"):
        import_events([path], atlas)
    import_events([path], atlas, options=Options(encoding="cp1256"))
    assert [line["place"] for _, line in read_lines(list_datasets(atlas)[0])] == ["كفر حمرة"]


def test_several_files_are_one_data_set(tmp_path, atlas):
    (tmp_path / "a.csv").write_text(ucdp({}, {}), encoding="utf-8")
    (tmp_path / "b.csv").write_text(ucdp({}, {}, {}), encoding="utf-8")
    result = import_events([tmp_path / "a.csv", tmp_path / "b.csv"], atlas)
    assert (result.name, result.events, result.counts.skipped) == ("a", 3, {"twice in the files": 2})


def test_one_id_for_two_events_is_told(take, tmp_path):
    result, lines = take(ucdp({}, {"id": "101", "best": "5"}))
    assert len(lines) == 1
    assert result.counts.told == [
        f"{tmp_path / 'data.csv'}:3: the id of 'ucdp:101' stands already, at line 2, with another event. Give it an id of its own."
    ]


def test_a_row_of_another_width(take, tmp_path):
    result, lines = take(ucdp({}, {}) + "1,2,3\n")
    assert (len(lines), result.counts.bad) == (2, 1)
    assert result.counts.told[0].startswith(f"{tmp_path / 'data.csv'}:4: the row has 3 cells, the header 49.")


def test_all_bad_rows_are_told_up_to_a_limit(take):
    result, _ = take(ucdp({}, *({"best": "x"} for _ in range(60))))
    assert (result.counts.bad, len(result.counts.told)) == (60, 50)


def test_the_file_says_what_it_is_and_is_in_order(take, atlas):
    take(ucdp({"date_start": "2016-09-01", "date_end": "2016-09-01"}, {}), name="Ged-2016")
    [one] = list_datasets(atlas)
    assert one.path == atlas.seeds / "events" / "ged_2016.jsonl"
    raw = one.path.read_text(encoding="utf-8").splitlines()
    assert json.loads(raw[0]) == {
        "dataset": "ged_2016", "format": "ucdp", "title": "UCDP Georeferenced Event Dataset", "licence": "CC BY 4.0",
        "attribution": "Uppsala Conflict Data Program, UCDP Georeferenced Event Dataset", "files": ["Ged-2016.csv"], "wanted": {},
        "rows": 2, "bad": 0, "left_out": {}, "events": 2,
    }  # fmt: skip
    assert [json.loads(line)["start"] for line in raw[1:]] == ["2016-08-27", "2016-09-01"]


def test_the_order_of_rows_is_no_matter(take, atlas):
    rows = THREE.splitlines()
    path = atlas.seeds / "events" / "data.jsonl"
    take(THREE)
    first = path.read_bytes()
    take("\n".join([rows[0], *reversed(rows[1:])]))
    assert path.read_bytes() == first


def test_a_second_import_replaces_the_first_and_a_failed_one_does_not(take, atlas):
    take(ucdp({}, {}))
    take(ucdp())
    [one] = list_datasets(atlas)
    assert len(list(read_lines(one))) == 1
    before = one.path.read_bytes()
    with pytest.raises(InputError):
        take(ucdp({"best": "x"}))
    assert one.path.read_bytes() == before
    assert [path.name for path in one.path.parent.iterdir() if path.name != ".lock"] == ["data.jsonl"]


def test_a_dry_run_writes_nothing(take, atlas):
    result, lines = take(ucdp(), dry_run=True)
    assert (result.events, lines) == (1, [])
    assert not list((atlas.seeds / "events").glob("*.jsonl"))


@pytest.mark.parametrize("name", ["Über", "a b", "../a", "-a"])
def test_names_of_data_sets(tmp_path, atlas, name):
    (tmp_path / "ged.csv").write_text(ucdp(), encoding="utf-8")
    with pytest.raises(InputError, match="cannot be the name of a data set"):
        import_events([tmp_path / "ged.csv"], atlas, options=Options(name=name))


def test_one_import_at_a_time(take, atlas):
    with locked(atlas.seeds / "events"), pytest.raises(LockedError):
        take(ucdp())


def test_remove(take, atlas):
    take(ucdp())
    assert remove_dataset("data", atlas).name == "data.jsonl"
    assert list_datasets(atlas) == ()
    with pytest.raises(InputError, match="no imported data set is called 'data'"):
        remove_dataset("data", atlas)


def test_formats_are_told_by_their_columns(take):
    assert [take(text)[0].head["format"] for text in (ucdp(), acled(), OLD_ACLED)] == ["ucdp", "acled", "acled"]


def test_a_format_that_it_is_not(take):
    with pytest.raises(
        InputError, match=r"there is no column id\. See that it is a file of UCDP; the columns are event_id_cnty"
    ):
        take(acled(), format="ucdp")


def test_places_that_the_gazetteer_has_get_its_id_and_are_no_smaller(take):
    lines = take(
        ucdp({"where_coordinates": "Aleppo town", "latitude": "36.2012", "longitude": "37.1612"}, {"where_coordinates": "Khirbat Nowhere village"}),
        gazetteer=open_gazetteer(None),
    )[1]  # fmt: skip
    by_place = {line["place"]: line for line in lines}
    assert (by_place["Aleppo town"]["place_id"], by_place["Aleppo town"]["precision_m"]) == ("geonames:170063", 5800.0)
    assert by_place["Aleppo town"]["lon"] == 37.1612
    assert "place_id" not in by_place["Khirbat Nowhere village"]
    assert by_place["Khirbat Nowhere village"]["precision_m"] == 1000.0


def test_a_swapped_point_is_told(take, tmp_path):
    result, lines = take(
        ucdp({}, {"latitude": "37.0791", "longitude": "36.2526"}, {"latitude": "41.7", "longitude": "17.0"}),
        gazetteer=open_gazetteer(None),
    )
    assert len(lines) == 3  # the point of one is in the next country, that of the other nowhere near
    result, lines = take(
        ucdp({}, {"country": "Yemen", "latitude": "47.5", "longitude": "15.5"}), gazetteer=open_gazetteer(None)
    )
    assert result.counts.told == [
        f"{tmp_path / 'data.csv'}:3: longitude 15.5, latitude 47.5 lies in Yemen only when swapped. Write longitude 47.5, latitude 15.5."
    ]


def test_an_export_of_ours_says_where_its_rows_are_from(take, tmp_path):
    content = export_acled(take(ucdp())[1], Writer(Divisions())).content
    (tmp_path / "x.csv").write_bytes(content)
    head = import_events([tmp_path / "x.csv"], empty_atlas(tmp_path / "other")).head
    assert (head["format"], head["licence"]) == ("acled", "CC BY 4.0")
