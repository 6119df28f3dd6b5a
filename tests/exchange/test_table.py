"""Tables of one's own: with a mapping, and by guessing."""

import pytest
from exchange_files import INCIDENTS, MAPPING

from geo.errors import InputError
from geo.exchange.mapping import read_mapping

GUESSED = """\
date,location,latitude,longitude,event_type,actor1,killed,description,weather
2016-08-27,Khirbat Nowhere,36.6,37.9,shelling,Red Front,3,Three rounds fell.,fog
2016-08-28,Tall Nowhere,36.7,37.8,Peaceful protest,Millers,,They sat down.,
2016-08-29,Tall Nowhere,36.7,37.8,picnic,Millers,,They ate.,
"""


@pytest.fixture
def mapping(tmp_path):
    def read(text=MAPPING):
        path = tmp_path / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        return read_mapping(path)

    return read


def test_a_mapping_says_what_the_columns_tell(take, mapping):
    result, lines = take(INCIDENTS, name="incidents", mapping=mapping())
    assert {key: result.head[key] for key in ("format", "title", "licence", "attribution")} == {
        "format": "csv", "title": "Incidents of the Valley", "licence": "CC BY 4.0", "attribution": "Valley Monitor",
    }  # fmt: skip
    assert result.guessed == ()
    first, second = lines
    assert first == {
        "id": first["id"],
        "type": "shelling",
        "start": "2016-08-27",
        "end": "2016-08-27",
        "edtf": "2016-08-27",
        "place": "Khirbat Nowhere",
        "lon": 37.9,
        "lat": 36.6,
        "precision_m": 1000.0,
        "rule": "the point of the table",
        "actors": [
            {"role": "initiator", "name": "Red Front", "side": ""},
            {"role": "initiator", "name": "Blue Front", "side": ""},
            {"role": "target", "name": "Mill guards", "side": ""},
        ],
        "modality": "happened",
        "figures": {"killed": 3},
        "quote": "Three rounds; one hit the mill.",
        "source": "Valley Monitor",
        "article": "incidents:1",
        "confidence": 1.0,
        "row": {"country": "Syria", "Shift": "night"},
    }
    assert (second["type"], second["article"]) == ("route_closed", "incidents:2")


def test_obvious_headers_are_guessed_and_told(take, tmp_path):
    result, lines = take(GUESSED)
    assert [line["type"] for line in lines] == ["shelling", "protest"]
    assert result.guessed == ("date", "place", "lat", "lon", "type", "initiator", "killed", "quote")
    assert result.columns["quote"] == "description"
    assert lines[0]["row"] == {"weather": "fog"}
    assert result.counts.told[0].startswith(
        f"{tmp_path / 'data.csv'}:4: column 'event_type': 'picnic' is no type of event. Map it under [types] in a mapping to one of"
    )


@pytest.mark.parametrize(
    ("header", "row", "told"),
    [
        ("edtf,place,lat,lon", "2016-08,Mill,36,37", {"edtf": "2016-08", "start": "2016-08-01", "end": "2016-08-31"}),
        ("start,end,place,lat,lon", "2016-08-01,2016-08-03,Mill,36,37", {"edtf": "2016-08-01/2016-08-03"}),
        ("date,place,point", '2016-08-01,Mill,"36.5, 37.5"', {"lat": 36.5, "lon": 37.5}),
        ("date,place,lat,lon,radius_m", "2016-08-01,Mill,36,37,250", {"precision_m": 250.0}),
        ("date,place,lat,lon,low,killed,high", "2016-08-01,Mill,36,37,1,2,3", {"figures": {"killed": 2, "killed_min": 1, "killed_max": 3}}),
        ("date,place,lat,lon,modality,according_to", "2016-08-01,Mill,36,37,claimed,Miller", {"modality": "claimed", "attribution": "Miller"}),
        ("date,place,lat,lon", "2016-08-01,Mill,36,37", {"type": "other"}),
        ("date,place", ",Mill", {"type": "other", "place": "Mill"}),
    ],
)  # fmt: skip
def test_what_columns_tell(take, header, row, told):
    line = take(f"{header}\n{row}\n")[1][0]
    assert {key: line.get(key) for key in told} == told


def test_rows_without_an_id_have_one_of_their_own(take):
    _, lines = take("date,place,lat,lon\n2016-08-01,Mill,36,37\n2016-08-02,Mill,36,37\n")
    assert len({line["id"] for line in lines}) == 2


WRONG_MAPPINGS = [
    ("columns = 7\n", "columns = 7 is not a table. Write [columns] on a line of its own."),
    (
        '[colums]\nid = "No"\n',
        "no table is called 'colums'. Use one of dataset, columns, fixed, types, precision, options.",
    ),
    ('[columns]\nwhere = "No"\n', "no field is called 'where'. Use one of id, date, start, end"),
    ('[types]\nMortar = "mortars"\n', "types.'Mortar' = 'mortars' is no type of event. Use one of airstrike"),
    (
        '[precision]\nexact = "near"\n',
        "precision.'exact' = 'near' is no distance. Write a radius in metres, for example 1000.",
    ),
    ('[options]\nday_first = "yes"\n', "options.day_first = 'yes' is neither true nor false. Write true or false."),
    ("[options]\nkeep_all = true\n", "no option is called 'keep_all'. Use one of day_first, actors, keep."),
    ('[options]\nkeep = "Shift"\n', 'options.keep = \'Shift\' is no list of columns. Write ["…", "…"].'),
    ("[columns\n", "this is not TOML:"),
]


@pytest.mark.parametrize(("text", "message"), WRONG_MAPPINGS)
def test_a_mapping_that_is_wrong(mapping, tmp_path, text, message):
    with pytest.raises(InputError) as told:
        mapping(text)
    assert told.value.message.startswith(f"{tmp_path / 'mapping.toml'}: {message}")


WRONG_TABLES = [
    (
        "a,b\n1,2\n",
        "no column tells where an event was. Name it in [columns] of a mapping (--mapping FILE.toml); the columns are a, b.",
    ),
    ("place,lat,lon\nMill,36,37\n", "no column tells when an event was."),
    ("just one column\n1\n", "this is no table. Give a CSV file whose first line names its columns."),
    ("date,place,lat,lon\n", "there is no event to import: 0 rows were read."),
    ("date,place,lat,lon\nsoon,Mill,36,37\n", "there is no event to import: 1 rows were read; 1 are bad, the first: "),
]


@pytest.mark.parametrize(("text", "message"), WRONG_TABLES)
def test_a_table_that_is_none_of_events(take, tmp_path, text, message):
    with pytest.raises(InputError) as told:
        take(text)
    assert told.value.message.startswith(f"{tmp_path / 'data.csv'}: {message}")


def test_a_column_of_the_mapping_that_is_not_there(take, mapping):
    with pytest.raises(InputError, match=r"there is no column 'Nr'\. The columns are No, Day, Village"):
        take(INCIDENTS, mapping=mapping(MAPPING.replace('"No"', '"Nr"')))


def test_words_for_how_exact_a_point_is(take, mapping):
    told = mapping('[precision]\n"near the place" = 5000\n')
    lines = take("date,place,lat,lon,accuracy\n2016-08-01,Mill,36,37,Near the place\n", mapping=told)[1]
    assert lines[0]["precision_m"] == 5000.0
    with pytest.raises(InputError, match="'exact' is not mapped"):
        take("date,place,lat,lon,accuracy\n2016-08-01,Mill,36,37,exact\n", mapping=told)
