"""Rows of UCDP GED: what its codes become."""

import pytest
from exchange_files import UCDP, ucdp

TYPES = [("1", "clash"), ("2.0", "clash"), ("3", "attack_on_civilians")]
PRECISIONS = [
    ("1", "Kafr Hamra village", 1000, "at the place named"),
    ("1", "Somewhere town", 2000, "at the place named"),
    ("2.0", "Kafr Hamra village", 25000, "within 25 km of the place named"),
    ("3", "Jabal Saman district", 20000, "somewhere in the second-level division"),
    ("4", "Aleppo Governorate", 60000, "somewhere in the first-level division"),
    ("5", "Road between two mills", 60000, "along a line, or in an area without borders"),
    ("6", "Syria", 300000, "somewhere in the country"),
    ("7", "Inner Sea", 500000, "in waters or air of no country"),
    ("", "Kafr Hamra village", 1000, "as the data set has it, which does not say how exactly"),
]
TIMES = [
    ("1", "2016-08-27", "2016-08-27", "2016-08-27"),
    ("1", "2016-08-27 00:00:00.000", "2016-08-27 00:00:00.000", "2016-08-27"),
    ("2", "2016-08-27", "2016-08-30", "2016-08-27/2016-08-30"),
    ("4", "2016-08-01", "2016-08-31", "2016-08-01/2016-08-31"),
    ("5", "2016-01-01", "2016-12-31", "2016-01-01/2016-12-31"),
    ("3", "2016-08-27", "2016-08-27", "2016-08-27~"),
    ("", "2016-08-27", "", "2016-08-27"),
]
DEATHS = [
    (("4", "2", "9", "0"), {"killed": 4, "killed_min": 2, "killed_max": 9, "words": "best 4, low 2, high 9"}),
    (("4", "4", "4", "0"), {"killed": 4, "words": "best 4, low 4, high 4"}),
    (("0", "0", "3", "0"), {"killed": 0, "killed_max": 3, "words": "best 0, low 0, high 3"}),
    (("4.0", "4.0", "4.0", "3.0"), {"killed": 4, "civilians_killed": 3, "words": "best 4, low 4, high 4"}),
    (("", "2", "9", ""), {"killed": 2, "killed_max": 9, "words": "best 2, low 2, high 9"}),
    (("0", "0", "0", "0"), None),
    (("", "", "", ""), None),
]
KNOWN = [
    ("2016-08-28", "2016-08-28", None),
    ("2016-08-30;2016-08-29", "2016-08-29", None),
    ("1753-01-01;2016-08-29", "2016-08-29", None),
    ("2015-08-28", None, "the source is dated 2015-08-28, before the event"),
    ("", None, None),
    ("last week", None, None),
]


def test_a_row_whole(take):
    _, lines = take(ucdp())
    assert lines == [
        {
            "id": lines[0]["id"],
            "type": "clash",
            "start": "2016-08-27",
            "end": "2016-08-27",
            "edtf": "2016-08-27",
            "place": "Kafr Hamra village",
            "lon": 37.0791,
            "lat": 36.2526,
            "precision_m": 1000.0,
            "rule": "UCDP GED: at the place named",
            "actors": [
                {"role": "initiator", "name": "Government of Syria", "side": ""},
                {"role": "target", "name": "Red Front", "side": ""},
            ],
            "modality": "happened",
            "figures": {"killed": 4, "killed_min": 2, "killed_max": 9, "words": "best 4, low 2, high 9"},
            "quote": "Guns heard about Kafr Hamra",
            "known": "2016-08-28",
            "source": "Valley Wire",
            "article": "ucdp:101",
            "confidence": 1.0,
            "row": lines[0]["row"],
        }
    ]
    assert lines[0]["row"]["country"] == "Syria"
    assert lines[0]["row"]["deaths_b"] == "3"
    assert list(lines[0]["row"]) == [column for column in ucdp().split("\n")[0].split(",") if column in lines[0]["row"]]


@pytest.mark.parametrize(("code", "type_"), TYPES)
def test_type_of_violence(take, code, type_):
    assert take(ucdp({"type_of_violence": code}))[1][0]["type"] == type_


@pytest.mark.parametrize(("code", "place", "metres", "what"), PRECISIONS)
def test_where_prec_is_a_radius(take, code, place, metres, what):
    line = take(ucdp({"where_prec": code, "where_coordinates": place}))[1][0]
    assert (line["place"], line["precision_m"], line["rule"]) == (place, metres, f"UCDP GED: {what}")


@pytest.mark.parametrize(("code", "start", "end", "edtf"), TIMES)
def test_date_prec_is_an_interval(take, code, start, end, edtf):
    line = take(ucdp({"date_prec": code, "date_start": start, "date_end": end}))[1][0]
    assert (line["edtf"], line["start"], line["end"]) == (edtf, start[:10], (end or start)[:10])


@pytest.mark.parametrize(("told", "figures"), DEATHS)
def test_deaths_have_a_least_and_a_most(take, told, figures):
    line = take(ucdp(dict(zip(("best", "low", "high", "deaths_civilians"), told, strict=True))))[1][0]
    assert line.get("figures") == figures


def test_estimates_that_contradict_each_other_are_flagged(take):
    line = take(ucdp({"best": "142", "low": "177", "high": "177"}))[1][0]
    assert line["figures"] == {"killed": 142, "killed_max": 177, "words": "best 142, low 177, high 177"}
    assert line["flags"] == ["the estimates of deaths contradict each other: best 142, low 177, high 177"]


@pytest.mark.parametrize(("told", "known", "flag"), KNOWN)
def test_known_is_the_first_day_of_a_source_that_is_not_before_the_event(take, told, known, flag):
    line = take(ucdp({"source_date": told}))[1][0]
    assert (line.get("known"), line.get("flags")) == (known, [flag] if flag else None)


@pytest.mark.parametrize(
    ("side", "names"),
    [
        ("Red Front", ["Red Front"]),
        ("Red Front, Blue Front, Mill Guards", ["Red Front", "Blue Front", "Mill Guards"]),
        ("Faction (forces of A, B)", ["Faction (forces of A, B)"]),
        ("", []),
    ],
)
def test_a_side_of_several_parties(take, side, names):
    line = take(ucdp({"side_b": side}))[1][0]
    assert [actor["name"] for actor in line["actors"] if actor["role"] == "target"] == names


def test_a_source_is_named_once(take):
    assert take(ucdp({"source_office": "SOHR;Valley Wire;SOHR"}))[1][0]["source"] == "SOHR; Valley Wire"


@pytest.mark.parametrize(
    ("left_out", "quote"),
    [
        ((), "Guns heard about Kafr Hamra"),
        (("source_headline",), '"Valley Wire,2016-08-28,Guns"'),
        (("source_headline", "source_article"), "by the mill"),
        (("source_headline", "source_article", "where_description"), None),
    ],
)
def test_the_quote_is_what_the_row_has_of_words(take, left_out, quote):
    told = {"source_article": '"Valley Wire,2016-08-28,Guns"', "where_description": "by the mill"}
    line = take(ucdp({**told, **dict.fromkeys(left_out, "")}))[1][0]
    assert line.get("quote") == quote
    assert "quote_start" not in line


def test_low_clarity_is_flagged(take):
    assert take(ucdp({"event_clarity": "2.0"}))[1][0]["flags"] == [
        "coded with low clarity: it may sum up several incidents"
    ]


def test_columns_of_the_first_editions(take):
    header = ("id", "type_of_violence", "side_a", "side_b", "source_date", "where_prec", "where_coordinates", "latitude", "longitude",
              "country", "date_prec", "date_start", "date_end", "best_est", "low_est", "high_est")  # fmt: skip
    text = ucdp(header=tuple(header)).splitlines()
    row = [{"best_est": "4", "low_est": "2", "high_est": "9"}.get(column, UCDP.get(column, "")) for column in header]
    line = take("\n".join([text[0], ",".join(row)]))[1][0]
    assert line["figures"] == {"killed": 4, "killed_min": 2, "killed_max": 9, "words": "best 4, low 2, high 9"}


WRONG = [
    ({"type_of_violence": "4"}, "column 'type_of_violence': '4' is no type of violence. Write 1, 2 or 3."),
    ({"where_prec": "9"}, "column 'where_prec': '9' is no code of precision. Write one of 1, 2, 3, 4, 5, 6, 7."),
    ({"date_end": "2016-08-01"}, "column 'date_end': 2016-08-01 is before 2016-08-27. Mend one of the two days."),
    ({"date_start": ""}, "column 'date_start': the cell is empty. Write the day as YYYY-MM-DD."),
    ({"latitude": "97"}, "column 'latitude': 97 is not between -90 and 90. Mend the number."),
    ({"best": "some"}, "column 'best': 'some' is no number of people. Write digits alone, or leave the cell empty."),
    ({"id": ""}, "column 'id': the cell is empty. Give the row its UCDP id."),
]


@pytest.mark.parametrize(("change", "message"), WRONG)
def test_a_bad_row_is_told_and_left_out(take, tmp_path, change, message):
    result, lines = take(ucdp({}, change, {}))
    assert len(lines) == 2
    assert result.counts.told == [f"{tmp_path / 'data.csv'}:3: {message}"]
    assert (result.counts.rows, result.counts.bad) == (3, 1)


def test_all_rows_of_syria(take, ged, atlas):
    from geo.exchange.run import Options, import_events

    result = import_events([ged], atlas, options=Options())
    assert (result.events, result.counts.bad, result.head["format"]) == (16566, 0, "ucdp")
