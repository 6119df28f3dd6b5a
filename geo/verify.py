"""Check that what lies in an atlas is what a build makes, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geo.errors import ArticleError
from geo.layers.manifest import LIBRARIES, MANIFEST, library_versions, read_manifest
from geo.pipeline import build
from geo.settings import Atlas

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Verification:
    """What was compared.

    Attributes
    ----------
    same
        POSIX paths of the files that are as a build makes them.
    skipped
        Those that were not compared, with the reason.
    different
        Those that are not as a build makes them, with what is wrong.
    errors
        Of the articles that could not be read.
    """

    same: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    different: tuple[tuple[str, str], ...]
    errors: tuple[ArticleError, ...]


def verify(atlas: Atlas, *, progress: Progress) -> Verification:
    """Build an atlas in a temporary folder and compare.

    Layers are compared everywhere. Pages and pictures are compared where the libraries that shape them have the
    versions of the manifest; pages may be absent, since they are not committed.

    Parameters
    ----------
    atlas
        What to check; nothing in it is changed.
    progress
        As in `geo.pipeline.build`.

    Returns
    -------
    Verification
    """
    manifest = read_manifest(atlas.root)
    with TemporaryDirectory(prefix="sitmap-verify-") as folder:
        made = Path(folder)
        built = build(atlas, out=made, progress=progress, fresh=True)
        results = {name: _compare(name, atlas.root, made, manifest) for name in built.files}
    results |= dict.fromkeys(_strays(atlas.root, results), ("different", "a build does not make it"))
    pick = {kind: [(n, why) for n, (k, why) in sorted(results.items()) if k == kind] for kind in _KINDS}
    return Verification(
        same=tuple(name for name, _ in pick["same"]),
        skipped=tuple(pick["skipped"]),
        different=tuple(pick["different"]),
        errors=built.errors,
    )


_KINDS = ("same", "skipped", "different")


def _compare(name: str, root: Path, made: Path, manifest: Mapping[str, Any]) -> tuple[str, str]:
    path = root / name
    if not path.is_file():
        if name.endswith(".html"):
            return "skipped", "it is not there; sitmap build makes it"
        return "different", "it is missing"
    if name == MANIFEST:
        return _compare_manifests(manifest, read_manifest(made))
    if path.read_bytes() == (made / name).read_bytes():
        return "same", ""
    other = _other_versions(name, manifest)
    return ("skipped", f"made with other versions: {other}") if other else ("different", "the bytes differ")


def _compare_manifests(there: Mapping[str, Any], made: Mapping[str, Any]) -> tuple[str, str]:
    other = _changed(there["libraries"], made["libraries"])
    wrong = [
        f"{key}: {_changed(there[key], made[key]) if isinstance(made[key], dict) else made[key]}"
        for key in (("inputs",) if other else ("inputs", "outputs", "gazetteer", "sitmap"))
        if there.get(key) != made[key]
    ]
    if wrong:
        return "different", f"a build notes other {'; other '.join(wrong)}"
    layers = {name: there["outputs"].get(name) for name in made["outputs"] if name.startswith("layers/")}
    if layers != {name: made["outputs"][name] for name in layers}:
        return "different", "it names other layers than a build makes"
    return ("skipped", f"made with other versions: {other}") if other else ("same", "")


def _other_versions(name: str, manifest: Mapping[str, Any]) -> str:
    """Name the libraries that excuse a difference; nothing does for a layer."""
    kind = "pages" if name.endswith(".html") else "pictures" if name.endswith((".png", ".svg")) else ""
    if not kind or not manifest:
        return ""
    shaping = {*LIBRARIES["layers"], *LIBRARIES[kind]}
    here = library_versions()
    return _changed(
        {n: v for n, v in manifest["libraries"].items() if n in shaping}, {n: here[n] for n in here if n in shaping}
    )


def _changed(there: Mapping[str, str], here: Mapping[str, str]) -> str:
    return ", ".join(name for name in sorted({*there, *here}) if there.get(name) != here.get(name))


def _strays(root: Path, made: Mapping[str, Any]) -> list[str]:
    found = (path.relative_to(root).as_posix() for path in sorted((root / "layers").glob("*.geojson")))
    return [name for name in found if name not in made]
