"""The seed articles with other towns, dates and actors put in, and what must be found in them.

Places keep their coordinates and change their names, so that the gold keeps its points; a swapped atlas knows the new names.
"""

import csv
import io
import re
from bisect import bisect_right
from calendar import month_name
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOWNS = ("Aleppo", "Bab al-Nairab", "Ramouseh", "Castello", "Bab al-Salam")
TOWN_SETS = (
    ("Qasrun", "Tell Sawda", "Ghurab", "Mazrin", "Bab al-Warda"),
    ("Dar Zayyan", "Hayy al-Rawda", "Sahnoun", "Belvedere", "Ras al-Naqb"),
    ("Vorkhiv", "Lisna", "Zabirya", "Kordon", "Stara Brama"),
    ("Marengo", "Porta Vigna", "Lanza", "Miramar", "Monte Croce"),
    ("Tamassa", "Kofi Junction", "Bandiala", "Sunset", "Gambela Gate"),
    ("Hallmere", "Saint Osric", "Wickenby", "Beacon", "Stone Bridge"),
)
ACTORS = ("Russia", "Hezbollah", "Assad")
ACTOR_SETS = (
    (("Serbia", "Serbian", "Serbians"), "Grey Guard", "Kasim"),
    (("Georgia", "Georgian", "Georgians"), "Al-Fajr", "Okoro"),
    (("Vietnam", "Vietnamese", "Vietnamese"), "Lion Brigade", "Petrenko"),
)
MONTHS = tuple(month_name)[1:]
# Mondays from the 4th to the 7th, as the first article's 5 September 2016; any day for the second
DATES = (
    (date(2017, 3, 6), date(2018, 5, 17)),
    (date(2019, 11, 4), date(2020, 2, 29)),
    (date(2021, 6, 7), date(2022, 10, 2)),
    (date(2022, 12, 5), date(2015, 1, 20)),
    (date(2014, 4, 7), date(2023, 8, 8)),
)


def names(towns, actors):
    """Old name to new name, whole words."""
    country, guard, ruler = actors
    pairs = dict(zip(TOWNS, towns, strict=True))
    return pairs | {
        "Russia": country[0],
        "Russian": country[1],
        "Russians": country[2],
        "Hezbollah": guard,
        "Assad": ruler,
    }


def words_of_dates(published):
    """What the first article says of days, and the same seen from another Monday."""
    last, before = month_before(published), month_before(month_before(published))
    sunday = published - timedelta(days=1)
    return {
        "August 27, 2016": f"{MONTHS[last.month - 1]} 27, {last.year}",
        "Sept 4": f"{MONTHS[sunday.month - 1][:3]} {sunday.day}",
        "04-09-16": sunday.strftime("%d-%m-%y"),
        "early August": f"early {MONTHS[last.month - 1]}",
        "early July": f"early {MONTHS[before.month - 1]}",
    }


def month_before(day):
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def swap(text, pairs):
    """The new text, and a function from old offsets to new ones."""
    pattern = re.compile("|".join(rf"\b{re.escape(old)}\b" for old in sorted(pairs, key=len, reverse=True)))
    parts, old_at, new_at, done, length = [], [0], [0], 0, 0
    for match in pattern.finditer(text):
        new = pairs[match.group()]
        parts += [text[done : match.start()], new]
        length += match.start() - done + len(new)
        done = match.end()
        old_at.append(done)
        new_at.append(length)
    parts.append(text[done:])

    def moved(offset):
        i = bisect_right(old_at, offset) - 1
        return new_at[i] + offset - old_at[i]

    return "".join(parts), moved


def swap_day(day, old, new):
    """A gold day of an article of one date, seen from another: same weekday, or same day of the month before."""
    if day is None:
        return None
    then = date.fromisoformat(day)
    if (then.year, then.month) == (old.year, old.month):
        return (new - (old - then)).isoformat()
    last, before = month_before(new), month_before(month_before(new))
    month = last if then.month == month_before(old).month else before
    end = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return (end if then.day == 31 else month.replace(day=then.day)).isoformat()


def swap_atlas(root, target, pairs):
    """Write an atlas with the new names into a folder."""
    for name in (
        "atlas.toml",
        "actors.toml",
        "gazetteer/places.csv",
        "gazetteer/routes.geojson",
        "gazetteer/areas.geojson",
    ):
        text, _ = swap((root / "seeds" / name).read_text(encoding="utf-8"), pairs)
        path = Path(target) / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # the links name Aleppo by its GeoNames id, which the new city has not
        path.write_text(text.replace('"geonames:170063"', '"atlas:swapped_city"'), encoding="utf-8")
    places = Path(target) / "seeds" / "gazetteer" / "places.csv"
    fields = next(csv.reader(io.StringIO(places.read_text(encoding="utf-8"))))
    row = dict.fromkeys(fields, "") | {
        "id": "swapped_city", "name": pairs["Aleppo"], "kind": "city", "lon": "37.16117", "lat": "36.20124",
        "precision_m": "6000", "country": "SY", "admin1": "SY-HL", "source": "swapped for a test",
    }  # fmt: skip
    with places.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, fields, lineterminator="\n").writerow(row)
    return target
