"""Small files of events in the columns of UCDP GED and ACLED, old and new, and a table of one's own; every row is invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from geo.exchange.acled import columns
from geo.settings import Atlas

UCDP_COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id", "conflict_name",
    "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec",
    "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country",
    "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip

UCDP = {
    "id": "101", "type_of_violence": "1", "conflict_name": "Valley: Government", "dyad_name": "Government of Syria - Red Front",
    "side_a": "Government of Syria", "side_b": "Red Front", "number_of_sources": "1", "source_office": "Valley Wire",
    "source_date": "2016-08-28", "source_headline": "Guns heard about Kafr Hamra", "where_prec": "1",
    "where_coordinates": "Kafr Hamra village", "adm_1": "Aleppo Governorate", "adm_2": "Jabal Saman district",
    "latitude": "36.2526", "longitude": "37.0791", "country": "Syria", "event_clarity": "1", "date_prec": "1",
    "date_start": "2016-08-27", "date_end": "2016-08-27", "deaths_a": "1", "deaths_b": "3", "deaths_civilians": "0",
    "deaths_unknown": "0", "best": "4", "high": "9", "low": "2",
}  # fmt: skip
"""One row, by column."""

ACLED = {
    "event_id_cnty": "SYR9001", "event_date": "2016-08-27", "year": "2016", "time_precision": "1", "disorder_type": "Political violence",
    "event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike", "actor1": "Military Forces of Syria (2000-2024)",
    "assoc_actor_1": "Military Forces of Russia", "inter1": "State forces", "actor2": "Civilians (Syria)", "assoc_actor_2": "Valley Relief; Mill Choir",
    "inter2": "Civilians", "interaction": "State forces-Civilians", "civilian_targeting": "Civilian targeting", "iso": "760",
    "region": "Middle East", "country": "Syria", "admin1": "Aleppo", "admin2": "Jebel Saman", "admin3": "Haritan", "location": "Kafr Hamra",
    "latitude": "36.2526", "longitude": "37.0791", "geo_precision": "1", "source": "Valley Wire; Mill Post", "source_scale": "National",
    "notes": "On 27 August, a jet struck the bakery of Kafr Hamra. 3 people died.", "fatalities": "3", "tags": "women targeted: girls",
    "timestamp": "1472428800",
}  # fmt: skip

OLD_ACLED = """\
data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,\
assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,\
fatalities,timestamp,iso3
7001,760,SYR77,77,9-May-20,2020,2,Battles,Non-state actor overtakes territory,Red Front,,2,Military Forces of Syria (2000-),,1,12,\
Middle East,Syria,Idleb,Ariha,Ariha,Khirbat Nowhere,35.7,36.5,2,Valley Wire,National,Red Front took the hill.,0,1589328000,SYR
7002,760,SYR78,78,10-May-20,2020,3,Battle-No change of territory,,Red Front,,2,Blue Army,,2,22,\
Middle East,Syria,Idleb,Ariha,Ariha,Khirbat Nowhere,35.7,36.5,3,Valley Wire,National,They fought on.,12,1589328000,SYR
"""

INCIDENTS = """\
No;Day;Village;Y;X;What;By;Against;Dead;Remarks;Shift
1;27.08.2016;Khirbat Nowhere;36,6;37,9;Mortar fire;Red Front / Blue Front;Mill guards;3;"Three rounds; one hit the mill.";night
2;28.08.2016;Tall Nowhere;36,7;37,8;Roadblock;Red Front;;;The bridge road was shut.;day
"""

MAPPING = """\
[dataset]
title = "Incidents of the Valley"
licence = "CC BY 4.0"
attribution = "Valley Monitor"

[columns]
id = "No"
date = "Day"
place = "Village"
lat = "Y"
lon = "X"
type = "What"
initiator = "By"
target = "Against"
killed = "Dead"
quote = "Remarks"

[fixed]
country = "Syria"
source = "Valley Monitor"

[types]
"Mortar fire" = "shelling"
"Roadblock" = "route_closed"

[options]
actors = "/"
"""


def table(rows: Sequence[Mapping[str, str]], header: Sequence[str], *, delimiter: str = ",") -> str:
    """Write rows, by column, as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, header, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def ucdp(*changes: Mapping[str, str], header: Sequence[str] = UCDP_COLUMNS) -> str:
    """Write a UCDP file with a row for each set of changes to `UCDP`, numbered from its id on."""
    rows = [{**UCDP, "id": str(int(UCDP["id"]) + n), **change} for n, change in enumerate(changes or [{}])]
    return table([{key: value for key, value in row.items() if key in header} for row in rows], header)


def acled(*changes: Mapping[str, str]) -> str:
    """Write an ACLED file with a row for each set of changes to `ACLED`, numbered from its id on."""
    rows = [{**ACLED, "event_id_cnty": f"SYR{9001 + n}", **change} for n, change in enumerate(changes or [{}])]
    return table(rows, columns())


def empty_atlas(root: Path) -> Atlas:
    """An atlas with nothing in it."""
    (root / "seeds").mkdir(parents=True, exist_ok=True)
    (root / "seeds" / "atlas.toml").write_text('title = "A test"\n', encoding="utf-8")
    return Atlas(root=root, title="A test")
