"""What GDAL writes: a layer into a data set, with the settings that make the bytes the same each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geo.crs import WGS84
from geo.errors import LayerError
from geo.export.arrow import GEOMETRY

if TYPE_CHECKING:
    import pyarrow as pa

EPOCH = "1970-01-01T00:00:00.000Z"
"""The time that stands in files whose format wants one: none, so that the same layers give the same bytes."""

_DATE = "OGR_CURRENT_DATE"


def write_layer(
    table: pa.Table | pa.RecordBatchReader,
    path: Path,
    *,
    features: int,
    driver: str,
    layer: str,
    geometry_type: str,
    options: Mapping[str, str] | None = None,
    dataset: Mapping[str, str] | None = None,
) -> None:
    """Write a table as a layer.

    Parameters
    ----------
    table
        As `geo.export.arrow.arrow_stream` makes it.
    features
        How many it holds.
    path
        The file; a layer is added where the format holds several.
    driver
        GDAL's name of the format.
    layer
        The layer's name.
    geometry_type
        The one type of its features.
    options, dataset
        Creation options of the layer and of a new data set.

    Raises
    ------
    LayerError
        Where GDAL refuses, or the file then holds another number of features.
    """
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    try:
        with _without_clock():
            pyogrio.write_arrow(
                table,
                path,
                layer=layer,
                driver=driver,
                geometry_name=GEOMETRY,
                geometry_type=geometry_type,
                crs=WGS84,
                layer_options=dict(options or {}),
                dataset_options=dict(dataset or {}),
            )
        found = pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"]
    except (DataSourceError, DataLayerError, FeatureError) as error:
        raise LayerError(f"{driver} cannot be written: {error}", do="See that the disk has room", path=path) from error
    if found != features:
        raise LayerError(
            f"the layer {layer} holds {found:,} of {features:,} features",
            do="Try again; the disk may be failing",
            path=path,
        )


@contextmanager
def _without_clock() -> Iterator[None]:
    import pyogrio

    earlier = pyogrio.get_gdal_config_option(_DATE)
    pyogrio.set_gdal_config_options({_DATE: EPOCH})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({_DATE: earlier})
