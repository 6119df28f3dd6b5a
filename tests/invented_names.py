"""Invented entries and names of an article, for the tests of ranking and of its training."""

from __future__ import annotations

from hypothesis import strategies as st

from geo.model import Place
from geo.toponyms.candidates import Name

KINDS = ("country", "admin1", "admin2", "city", "town", "village", "region", "airbase", "river", "continent")


def entry(id_: str, kind: str = "town", lon: float = 0.0, lat: float = 0.0, **more: object) -> Place:
    name = str(more.pop("name", id_.split(":")[-1].capitalize()))
    return Place(id_, name, kind, lon, lat, 1000.0, **more)


def called(key: str, *places: Place, **more: object) -> Name:
    """A name that stands once, as the first word, unless something else is said."""
    return Name(key, places=places, **({"kinds": (), "positions": (0,)} | more))


POINTS = st.tuples(
    st.sampled_from([-180.0, 180.0, 0.0, 36.5]) | st.floats(-180, 180),
    st.sampled_from([-90.0, 90.0, 0.0, 36.5]) | st.floats(-90, 90),
)


@st.composite
def name_lists(draw: st.DrawFn) -> list[Name]:
    """One to five names, each with one to four entries, some at one point, at a pole, without country or people."""
    names = []
    for i in range(draw(st.integers(1, 5))):
        places = []
        for j in range(draw(st.integers(1, 4))):
            lon, lat = draw(POINTS)
            country = draw(st.sampled_from(["", "SY", "US", "KE"]))
            places.append(
                entry(
                    f"{draw(st.sampled_from(['atlas', 'geonames']))}:{i}-{j}",
                    draw(st.sampled_from(KINDS)),
                    lon,
                    lat,
                    name=draw(st.sampled_from([f"Name {i}", "Other", f"Name {i} Province"])),
                    country=country,
                    admin1=draw(st.sampled_from(["", f"{country}-1", f"{country}-2"])) if country else "",
                    population=draw(st.sampled_from([0, 1, 50_000, 20_000_000])),
                )
            )
        outer = tuple(places[:1]) if draw(st.booleans()) else ()
        kinds = draw(st.sampled_from([(), ("town", "city"), ("admin1",)]))
        positions = tuple(draw(st.lists(st.integers(0, 5000), max_size=3)))
        names.append(Name(f"name {i}", kinds, tuple(places), outer, positions))
    return names
