"""What writes each format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.errors import InputError
from geo.export.flat import Flat
from geo.export.parts import Parts

Fresh = Callable[[str], Path]


@dataclass(frozen=True, slots=True)
class Form:
    """A format.

    Attributes
    ----------
    write
        Writes it: the parts, what gives paths to write to, the target; gives the names of the files.
    endings
        Of the file; of a format that is a folder those that name its main file.
    folder
        Whether it is a folder with a file a layer.
    kept
        How the files of a layer in such a folder are named.
    """

    write: Callable[[Parts, Fresh, Path], tuple[str, ...]]
    endings: tuple[str, ...] = ()
    folder: bool = False
    kept: tuple[str, ...] = ()

    def stale(self, parts: Parts) -> tuple[str, ...]:
        """Name the files of layers that were asked for and have no feature."""
        empty = [name for name, flat in parts.flats.items() if not len(flat)]
        return tuple(pattern.format(name) for name in empty for pattern in self.kept)


def check_target(form: Form, out: Path) -> None:
    """Refuse a folder for a file and the reverse.

    Raises
    ------
    InputError
        Saying which of them the format is.
    """
    if str(out) == "-":
        raise InputError("this format is no stream", do="Name a file or a folder with --out", path=out)
    if form.folder and out.is_file() and out.suffix not in form.endings:
        raise InputError("this is a file, and the format a folder with a file a layer", do="Name a folder", path=out)
    others = {ending: name for name, other in FORMATS.items() for ending in other.endings if other is not form}
    if out.suffix not in form.endings and (not form.folder or out.suffix in others):
        do = f"End its name in {' or '.join(form.endings)}"
        if out.suffix in others:
            do += f", or say --to {others[out.suffix]}"
        if not out.is_dir():
            raise InputError(f"the name of a file of this format does not end in {out.suffix!r}", do=do, path=out)
    if not form.folder and out.is_dir():
        raise InputError(
            "this is a folder, and the format a file", do=f"Name a file, as in map{form.endings[0]}", path=out
        )


def _each(ending: str, write: Callable[[Flat, Path], object]) -> Callable[[Parts, Fresh, Path], tuple[str, ...]]:
    def run(parts: Parts, fresh: Fresh, out: Path) -> tuple[str, ...]:
        there = {name: flat for name, flat in parts.flats.items() if len(flat)}
        if out.suffix == ending and len(parts.flats) == 1:
            write(next(iter(parts.flats.values())), fresh(out.name))
            return (out.name,)
        if out.suffix == ending:
            raise InputError(
                f"one {ending} file holds one layer, and there are {len(parts.flats)}",
                do="Name a folder, or one layer with --layers",
                path=out,
            )
        for name, flat in there.items():
            write(flat, fresh(f"{name}{ending}"))
        return tuple(f"{name}{ending}" for name in there)

    return run


def _geojson(parts: Parts, fresh: Fresh, out: Path) -> tuple[str, ...]:
    from geo.export.geojson import write_geojson

    about = parts.about.to_dict()
    return _each(".geojson", lambda flat, path: write_geojson(flat, path, about=about))(parts, fresh, out)


def _flatgeobuf(parts: Parts, fresh: Fresh, out: Path) -> tuple[str, ...]:
    from geo.export.tables import write_flatgeobuf

    return _each(".fgb", write_flatgeobuf)(parts, fresh, out)


def _geoparquet(parts: Parts, fresh: Fresh, out: Path) -> tuple[str, ...]:
    from geo.export.tables import write_geoparquet

    return _each(".parquet", write_geoparquet)(parts, fresh, out)


def _csv(parts: Parts, fresh: Fresh, out: Path) -> tuple[str, ...]:
    from geo.export.tables import csv_bytes

    return _each(".csv", lambda flat, path: path.write_bytes(csv_bytes(flat)))(parts, fresh, out)


def _gpkg(parts: Parts, fresh: Fresh, out: Path) -> tuple[str, ...]:
    from geo.export.geopackage import write_geopackage

    write_geopackage(parts.flats, fresh(out.name), style=parts.style, about=parts.about)
    return (out.name,)


def _shapefile(parts: Parts, fresh: Fresh, out: Path) -> tuple[str, ...]:
    from geo.export.tables import shapefile_zip

    fresh(out.name).write_bytes(shapefile_zip(parts.flats))
    return (out.name,)


def _kml(parts: Parts, fresh: Fresh, out: Path) -> tuple[str, ...]:
    from geo.export.kml import kml_bytes

    fresh(out.name).write_bytes(kml_bytes(parts.flats, style=parts.style, about=parts.about))
    return (out.name,)


def _kmz(parts: Parts, fresh: Fresh, out: Path) -> tuple[str, ...]:
    from geo.export.kml import kmz_bytes

    fresh(out.name).write_bytes(kmz_bytes(parts.flats, style=parts.style, about=parts.about))
    return (out.name,)


def _svg(parts: Parts, fresh: Fresh, out: Path) -> tuple[str, ...]:
    from geo.maps.files import map_file

    if parts.wanted.as_of is None:
        raise InputError("a picture shows one day", do="Say which with --as-of YYYY-MM-DD")
    fresh(out.name).write_bytes(map_file(parts.sheet(), "svg", parts.wanted.as_of))
    return (out.name,)


def _qgis(parts: Parts, fresh: Fresh, out: Path) -> tuple[str, ...]:
    from geo.export.qgis.package import write_package
    from geo.layers import key_dates

    sheet = parts.sheet()
    days = (parts.wanted.as_of,) if parts.wanted.as_of else sheet.dates or key_dates(sheet.layers)
    return write_package(
        parts.flats,
        fresh,
        parts.name,
        style=parts.style,
        about=parts.about,
        bbox=parts.wanted.bbox or sheet.bbox,
        dates=tuple(days),
        gazetteer=sheet.gazetteer,
    )


FORMATS: Mapping[str, Form] = {
    "geojson": Form(_geojson, (".geojson",), folder=True, kept=("{}.geojson",)),
    "gpkg": Form(_gpkg, (".gpkg",)),
    "qgis": Form(_qgis, (".qgz",), folder=True, kept=("geojson/{}.geojson", "geojson/{}.qml")),
    "kml": Form(_kml, (".kml",)),
    "kmz": Form(_kmz, (".kmz",)),
    "geoparquet": Form(_geoparquet, (".parquet",), folder=True, kept=("{}.parquet",)),
    "flatgeobuf": Form(_flatgeobuf, (".fgb",), folder=True, kept=("{}.fgb",)),
    "csv": Form(_csv, (".csv",), folder=True, kept=("{}.csv",)),
    "shp-zip": Form(_shapefile, (".zip",)),
    "svg": Form(_svg, (".svg",)),
}
"""What writes each format."""
