"""A land of our own, so that no rule can lean on the names of one war."""

import pytest

from geo.events import read_actors
from geo.gazetteer import open_gazetteer
from geo.settings import read_atlas

ATLAS = """
title = "Vellmark"
[theatre]
countries = ["SE"]
bbox = [14.0, 62.0, 17.0, 64.0]
"""
PLACES = """id,name,kind,lon,lat,precision_m,aliases,name_ar,country,admin1,source
vellmark,Vellmark,city,15.50,63.00,5000,,,SE,,invented
ostrava_quay,Ostmere,town,15.80,63.10,1500,,,SE,,invented
harn,Harnfors,town,15.20,63.20,1500,,,SE,,invented
kell,Kellvik,village,15.30,62.90,800,,,SE,,invented
brunn,Brunnholt,village,15.60,62.80,800,,,SE,,invented
skarn,Skarn crossing,crossing,15.10,63.40,800,,,SE,,invented
fort,Naval College,military_base,15.44,62.96,2000,,,SE,,invented
"""
ROUTES = """{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"id": "torv_road", "name": "Torv Road", "kind": "road", "aliases": [], "name_ar": "",
 "precision_m": 300, "country": "SE", "source": "invented", "links": ["vellmark", "harn"]},
 "geometry": {"type": "LineString", "coordinates": [[15.5, 63.0], [15.35, 63.1], [15.2, 63.2]]}},
{"type": "Feature", "properties": {"id": "ness_corridor", "name": "Ness corridor", "kind": "corridor", "aliases": [],
 "name_ar": "", "precision_m": 800, "country": "SE", "source": "invented", "links": ["vellmark", "kell"]},
 "geometry": {"type": "LineString", "coordinates": [[15.5, 63.0], [15.4, 62.95], [15.3, 62.9]]}}]}
"""
ACTORS = """
[[side]]
id = "north"
name = "Crown army"
[[side]]
id = "league"
name = "The League"
[[actor]]
name = "Crown army"
side = "north"
kind = "state"
aliases = ["crown forces", "the army", "Estvar"]
[[actor]]
name = "Grey Guard"
side = "north"
kind = "armed_group"
[[actor]]
name = "League fighters"
side = "league"
kind = "armed_group"
aliases = ["the League", "insurgents", "rebels"]
"""


@pytest.fixture(scope="session")
def land(tmp_path_factory):
    """The gazetteer and the actors of the land."""
    root = tmp_path_factory.mktemp("vellmark")
    folder = root / "seeds" / "gazetteer"
    folder.mkdir(parents=True)
    (root / "seeds" / "atlas.toml").write_text(ATLAS, encoding="utf-8")
    (root / "seeds" / "actors.toml").write_text(ACTORS, encoding="utf-8")
    (folder / "places.csv").write_text(PLACES.lstrip(), encoding="utf-8")
    (folder / "routes.geojson").write_text(ROUTES, encoding="utf-8")
    return open_gazetteer(read_atlas(root)), read_actors(root / "seeds" / "actors.toml")
