"""Coordinates as RFC 7946 wants them."""

import numpy as np
import shapely
from shapely.geometry.polygon import orient

DECIMALS = 6
"""Decimals of a coordinate in degrees: a tenth of a metre, finer than any report."""


def tidy(shape: shapely.Geometry) -> shapely.Geometry:
    """Round a geometry to `DECIMALS` and wind its polygons by the right-hand rule (RFC 7946 section 3.1.6)."""
    rounded = shapely.transform(shape, lambda xy: np.round(xy, DECIMALS) + 0.0)
    if isinstance(rounded, shapely.Polygon):
        return orient(rounded)
    if isinstance(rounded, shapely.MultiPolygon):
        return shapely.MultiPolygon([orient(part) for part in rounded.geoms])
    return rounded
