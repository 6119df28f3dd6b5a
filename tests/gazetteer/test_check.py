from gazetteer_files import collection, feature

from geo.gazetteer.check import check


def told(atlas) -> tuple[int, list[tuple[bool, str]]]:
    entries, problems = check(atlas)
    return entries, [(problem.warning, problem.message.partition("seeds/gazetteer/")[2]) for problem in problems]


def test_nothing_to_say(write_atlas) -> None:
    assert told(write_atlas("azaz,Azaz,town,37.05,36.59,,,,SY,SY-HL,s")) == (1, [])


def test_warnings_and_errors_come_in_the_order_of_the_file(write_atlas) -> None:
    atlas = write_atlas(
        "damascus,Damascus,city,36.29,33.51,,,,SY,,s",
        "syria,Syria,country,38,33,,,,SY,,s",
        "one,al-Nairab,village,37.22,36.17,,Neirab,,SY,,s",
        "bad,Bad,vilage,37.22,36.17,,,,SY,,s",
        "two,an-Nayrab,neighbourhood,37.2,36.17,,Nairab,,SY,,s",
        "base,Nairab,airbase,37.22,36.18,,,,SY,,s",
        "far,Nairab,village,36.9,36.5,,,,SY,,s",
    )
    assert told(atlas) == (
        6,
        [
            (
                True,
                "places.csv:2: Damascus at lon 36.29, lat 33.51 lies outside the theatre's window. "
                "Check the coordinates, or widen theatre.bbox in atlas.toml.",
            ),
            (False, "places.csv:5: kind 'vilage' is unknown. Perhaps 'village' is meant."),
            (
                True,
                "places.csv:6: 'Nairab' is also a name of one (places.csv:4), 1.8 km away. "
                "If both are one place, join them; else leave the name to one of them.",
            ),
        ],
    )


def test_routes_are_checked_too(write_atlas) -> None:
    line = [[37.1, 36.2], [37.2, 36.3]]
    atlas = write_atlas(
        routes=collection(
            feature("LineString", line, id="a", name="Azaz road"),
            feature("LineString", line, id="b", name="the Azaz road", aliases=["Azaz Road"]),
        )
    )
    entries, problems = told(atlas)
    assert entries == 2
    assert [(warning, message.split(": ")[1]) for warning, message in problems] == [
        (
            True,
            "'Azaz Road' is also a name of a (routes.geojson:5), 0.0 km away. If both are one place, join them; else leave the name to one of them.",
        )
    ]
