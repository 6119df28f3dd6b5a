"""One export of layers: selected, made fit for its profile, written whole or not at all, counted."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from geo.errors import InputError
from geo.export.care import DELAY_DAYS, PROFILES, Care, public
from geo.export.flat import flatten
from geo.export.formats import FORMATS, check_target
from geo.export.geopackage import About
from geo.export.parts import Parts, Source
from geo.export.select import Selection, select
from geo.export.staging import staged


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes
    ----------
    files
        The files, in the order in which they were written.
    counts
        Features by layer.
    care
        What the profile did.
    """

    files: tuple[Path, ...]
    counts: Mapping[str, int]
    care: Care


def export(
    source: Source,
    to: str,
    out: Path,
    *,
    wanted: Selection | None = None,
    profile: str = "public",
    today: date | None = None,
    delay_days: int = DELAY_DAYS,
) -> Exported:
    """Export layers.

    Parameters
    ----------
    source
        The layers.
    to
        One of `FORMATS`.
    out
        The file, or the folder of a format that has a file a layer.
    wanted
        Which features; all by default.
    profile
        ``public`` or ``internal``, see `geo.export.care`.
    today, delay_days
        As of `geo.export.care.public`; by default the day of ``SOURCE_DATE_EPOCH``, else today.

    Returns
    -------
    Exported

    Raises
    ------
    InputError
        Where format or profile are unknown, or ``out`` is a folder and the format a file, or the reverse.
    LayerError
        Where a file does not hold what was written.
    SitmapError
        Where the system refuses to write. Whatever is raised, what lay there is unchanged.
    """
    if to not in FORMATS:
        raise InputError(f"{to!r} is no format", do=f"Use one of {', '.join(FORMATS)}")
    form = FORMATS[to]
    check_target(form, out)
    parts, care = prepared(
        source, wanted or Selection(), profile=profile, today=today, delay_days=delay_days, name=out.stem
    )
    folder = out if form.folder and out.suffix not in form.endings else out.parent
    with staged(folder) as fresh:
        names = form.write(parts, fresh, out)
    if form.folder and folder == out:
        _drop_stale(folder, form.stale(parts))
    return Exported(tuple(folder / name for name in names), {n: len(f) for n, f in parts.flats.items()}, care)


def _drop_stale(folder: Path, names: tuple[str, ...]) -> None:
    """Take away what an earlier export wrote of layers that have no feature now: it would be taken for part of this."""
    for name in names:
        (folder / name).unlink(missing_ok=True)


def prepared(
    source: Source,
    wanted: Selection,
    *,
    profile: str,
    today: date | None = None,
    delay_days: int = DELAY_DAYS,
    name: str = "",
) -> tuple[Parts, Care]:
    """Select what is wanted, and make it fit for a profile, as `export` does."""
    if profile not in PROFILES:
        raise InputError(f"{profile!r} is no profile", do=f"Use one of {', '.join(PROFILES)}")
    layers, care = dict(source.layers), Care(profile)
    if profile == "public":
        layers, care = public(layers, today=today or this_day(), delay_days=delay_days)
    chosen = select(layers, wanted)
    # The sides of areas and flows come from events, also from those that are not wanted.
    flats = flatten(chosen, events=layers.get("events"))
    atlas = source.atlas
    about = About(
        title=atlas.title if atlas else "Map",
        description=atlas.description if atlas else "",
        profile=profile,
        notice=care.words,
        selection=wanted.to_dict(),
        manifest=_manifest(source.folder),
    )
    return Parts(chosen, flats, about, source, wanted, name or "layers"), care


def this_day() -> date:
    """Give the day of ``SOURCE_DATE_EPOCH`` (reproducible-builds.org), else today, in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)).date()


def _manifest(folder: Path | None) -> str:
    path = folder / "manifest.json" if folder else None
    return hashlib.sha256(path.read_bytes()).hexdigest() if path and path.is_file() else ""
