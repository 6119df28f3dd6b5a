"""The world, and a small atlas of an invented war on the coast between Libya and Egypt."""

import json
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer, open_gazetteer
from geo.settings import read_atlas

ATLAS = """
title = "A war that never was"

[theatre]
countries = ["LY", "EG"]
bbox = [23.0, 30.5, 26.0, 32.8]
"""
PLACES = """id,name,kind,lon,lat,precision_m,aliases,name_ar,country,admin1,source
tellun,Marsa Tellun,city,24.2,31.9,6000,Tellun|Port Tellun,,LY,LY-BU,invented
tellun_gov,Tellun Governorate,admin1,24.0,31.4,80000,Tellun Province|Tellun,,LY,,invented
qasr,Qasr Dhib,village,24.5,31.8,1000,Dhib,,LY,LY-BU,invented
bab_dhib,Bab al-Dhib,neighbourhood,24.21,31.89,700,Bab Dhib,,LY,LY-BU,invented
ghurab,Ghuraybah,town,24.8,31.7,1500,Ghuraiba,,LY,LY-BU,invented
signals,Naval Signals College,military_base,24.18,31.91,900,Signals Academy,,LY,LY-BU,invented
armour,Armoured Corps Depot,military_base,24.16,31.87,900,,,LY,LY-BU,invented
north_base,Qasr Dhib air base,airbase,24.52,31.82,2000,,,LY,LY-BU,invented
sheikh,Sheikh Tufan,neighbourhood,24.22,31.88,600,,,LY,LY-BU,invented
gate,Umsaad crossing,crossing,25.04,31.58,800,Musaid crossing,,LY,LY-BU,invented
"""
ROUTES = [
    ("tellun_gate_road", "Coastal Supply Road", "road", ["Coast Road"], [[24.2, 31.9], [24.8, 31.7], [25.04, 31.58]]),
    ("dhib_corridor", "Dhib corridor", "corridor", ["Qasr Dhib corridor"], [[24.3, 31.87], [24.5, 31.8]]),
]
HARBOUR = [[24.19, 31.9], [24.22, 31.9], [24.22, 31.93], [24.19, 31.93], [24.19, 31.9]]


@pytest.fixture(scope="session")
def world() -> Gazetteer:
    return open_gazetteer(None)


@pytest.fixture(scope="session")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    root = tmp_path_factory.mktemp("atlas")
    folder = root / "seeds" / "gazetteer"
    folder.mkdir(parents=True)
    (root / "seeds" / "atlas.toml").write_text(ATLAS, encoding="utf-8")
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    _write(
        folder / "routes.geojson",
        [
            _feature(id_, name, kind, aliases, {"type": "LineString", "coordinates": course})
            for id_, name, kind, aliases, course in ROUTES
        ],
    )
    harbour = {"type": "Polygon", "coordinates": [HARBOUR]}
    names = ["harbour districts of Tellun", "harbour districts of Marsa Tellun"]
    _write(folder / "areas.geojson", [_feature("harbour", "Harbour of Tellun", "district", names, harbour)])
    return open_gazetteer(read_atlas(root))


def _feature(id_: str, name: str, kind: str, aliases: list[str], geometry: dict[str, object]) -> dict[str, object]:
    properties = {
        "id": id_,
        "name": name,
        "kind": kind,
        "aliases": aliases,
        "name_ar": "",
        "precision_m": 500,
        "country": "LY",
        "admin1": "LY-BU",
        "source": "invented",
    }
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _write(path: Path, features: list[dict[str, object]]) -> None:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
