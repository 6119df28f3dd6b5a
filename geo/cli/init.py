"""``sitmap init``."""

from pathlib import Path
from string import Template

import click

from geo.cli.output import note
from geo.data import resource
from geo.errors import InputError

EPILOG = """\b
Examples:
  sitmap init my-atlas
  cd my-atlas && sitmap build

\b
Makes seeds/atlas.toml (title, theatre), seeds/articles/ with an invented report, seeds/gazetteer/places.csv with
one place and seeds/actors.toml. Put your reports there and take the example out.
"""

FILES = {
    "seeds/atlas.toml": "seeds/atlas.toml",
    "seeds/actors.toml": "seeds/actors.toml",
    "seeds/articles/example.md": "seeds/articles/example.md",
    "seeds/gazetteer/places.csv": "seeds/gazetteer/places.csv",
    ".gitignore": "gitignore",
}
"""Path in the new atlas and in ``geo/data/new_atlas/``."""


@click.command(epilog=EPILOG)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--title", help="Title of the atlas.  [default: the folder's name]")
def init(folder: Path, title: str | None) -> None:
    """Start an atlas in a folder, with an example that builds."""
    if (folder / "seeds").exists():
        raise InputError("there is an atlas already", do="Choose another folder; nothing was changed", path=folder)
    name = (title or folder.resolve().name).replace("\\", "\\\\").replace('"', '\\"')
    for target, source in FILES.items():
        text = resource(f"new_atlas/{source}").read_text(encoding="utf-8")
        path = folder / target
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(text).safe_substitute(title=name), encoding="utf-8")
        note(str(path))
    note("Next: sitmap build" if folder == Path() else f"Next: cd {folder} && sitmap build")
