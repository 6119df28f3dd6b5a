"""Coordinate reference: everything is WGS 84, longitude before latitude; distances are metres on the sphere.

Regions a few kilometres wide are drawn in an azimuthal equidistant plane about their own centre, where the distance and
the bearing from the centre are true (Snyder 1987, *Map Projections: A Working Manual*, USGS Professional Paper 1395,
p. 191).
"""

import math

EARTH_RADIUS_M = 6_371_008.8  # IUGG mean radius R1
WGS84 = "EPSG:4326"


def distance_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Great-circle distance in metres between two points in degrees (haversine)."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))


def destination(lon: float, lat: float, bearing_deg: float, metres: float) -> tuple[float, float]:
    """Longitude and latitude reached from a point by a great circle, bearing in degrees clockwise from north."""
    d, t, p = metres / EARTH_RADIUS_M, math.radians(bearing_deg), math.radians(lat)
    q = math.asin(math.sin(p) * math.cos(d) + math.cos(p) * math.sin(d) * math.cos(t))
    x = math.radians(lon) + math.atan2(math.sin(t) * math.sin(d) * math.cos(p), math.cos(d) - math.sin(p) * math.sin(q))
    return (math.degrees(x) + 540) % 360 - 180, math.degrees(q)


def bearing_deg(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Give the initial bearing from the first point to the second, degrees clockwise from north in [0, 360)."""
    a, b, dx = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    x = math.atan2(math.sin(dx) * math.cos(b), math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(dx))
    return math.degrees(x) % 360
