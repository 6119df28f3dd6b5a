"""Settings of an atlas: read once from ``seeds/atlas.toml`` and passed on, never global."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from geo.data import read_csv
from geo.errors import SeedError

_TABLES = {
    "": ("title", "description", "theatre", "maps", "control", "online", "llm"),
    "theatre": ("countries", "bbox"),
    "maps": ("dates",),
    "control": ("reach_m",),
    "online": ("service", "url", "user", "email", "user_agent"),
    "llm": ("url", "model", "only"),
}
"""The keys of ``atlas.toml``, by table."""

REACH_M = 5000.0
"""How far from a control point the ground counts as its holder's, unless the atlas says otherwise: half the way between
villages that lie an hour's walk or two apart."""
MOST_REACH_M = 500_000.0
ONLINE_SERVICES = ("nominatim", "photon", "geonames")
"""The online geocoders that can be asked."""


@dataclass(frozen=True, slots=True)
class Theatre:
    """Where a war is fought: the countries and the window that an atlas looks at.

    Attributes
    ----------
    countries
        ISO 3166-1 alpha-2 codes, the main one first.
    bbox
        West, south, east, north in degrees, or None where the atlas names no window.
    """

    countries: tuple[str, ...] = ()
    bbox: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class OnlineSettings:
    """Which online geocoder is asked, once somebody asks for one, and as whom.

    Attributes
    ----------
    service
        ``"nominatim"``, ``"photon"`` or ``"geonames"``; empty where none is named.
    url
        Where it runs; empty for its public server.
    user
        User name, which GeoNames needs.
    email
        Told to the service, so that it can reach whoever sends too much.
    user_agent
        What the requests call themselves; empty for sitmap with its version.
    timeout_s
        Seconds that an answer may take.
    pause_s
        Seconds between two requests of all processes of this user to one server.
    most
        Requests in one run at most: the public servers are no place for bulk work.
    """

    service: str = ""
    url: str = ""
    user: str = ""
    email: str = ""
    user_agent: str = ""
    timeout_s: float = 10.0
    pause_s: float = 1.0
    most: int = 200


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """Which language model reads articles, where somebody asks for one.

    Attributes
    ----------
    url
        The endpoint that speaks OpenAI's chat completions, up to and with its version: ``http://localhost:11434/v1``.
    model
        Its name; empty where no model reads.
    only
        Whether an article that the model cannot read fails; else the rules of sitmap read it.
    key
        Sent as bearer token; never kept, logged or shown.
    timeout_s
        Seconds that an answer may take.
    first_wait_s
        Seconds before a failed request is sent again, unless the server says how many; twice as many the next time.
    """

    url: str = ""
    model: str = ""
    only: bool = False
    key: str = field(default="", repr=False)
    timeout_s: float = 120.0
    first_wait_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Atlas:
    """A folder with ``seeds/``, ``layers/`` and ``maps/``, and what its ``atlas.toml`` says.

    Attributes
    ----------
    root
        The atlas folder.
    title, description
        For pages and captions.
    theatre
        Where the war is fought.
    dates
        The days that get a page of their own; empty for "each day on which something changes".
    reach_m
        How far from a control point the ground counts as its holder's; beyond it is unknown.
    online
        The online geocoder to ask where a command is told to; a build never asks one.
    llm
        The language model whose kept answers a build reads; asked only where a command is told to.
    """

    root: Path
    title: str
    description: str = ""
    theatre: Theatre = Theatre()
    dates: tuple[date, ...] = ()
    reach_m: float = REACH_M
    online: OnlineSettings = OnlineSettings()
    llm: LlmSettings = LlmSettings()

    @property
    def seeds(self) -> Path:
        """What people write."""
        return self.root / "seeds"

    @property
    def layers(self) -> Path:
        """The built layers."""
        return self.root / "layers"

    @property
    def maps(self) -> Path:
        """The built maps."""
        return self.root / "maps"


def find_atlas(folder: Path) -> Atlas | None:
    """Read the atlas in a folder, or None where the folder has no ``seeds/``."""
    return read_atlas(folder) if (folder / "seeds").is_dir() else None


def read_atlas(root: Path) -> Atlas:
    """Read the atlas of a folder.

    Parameters
    ----------
    root
        The folder that holds ``seeds/``.

    Returns
    -------
    Atlas

    Raises
    ------
    SeedError
        Where there is no ``seeds/atlas.toml``, or it is not right.
    """
    path = root / "seeds" / "atlas.toml"
    if not path.is_file():
        raise SeedError(
            "there is no atlas here", do="Make one with 'sitmap init', or name its folder with --atlas", path=path
        )
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # editors of Windows put a mark in front
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SeedError(f"this is not TOML: {error}", do="Mend the file", path=path) from error
    _check_keys(table, path)
    theatre = table.get("theatre", {})
    return Atlas(
        root=root,
        title=_text(table, "title", path) or root.resolve().name,
        description=_text(table, "description", path),
        theatre=Theatre(countries=_countries(theatre, path), bbox=_bbox(theatre.get("bbox"), path)),
        dates=_dates(table.get("maps", {}).get("dates", []), path),
        reach_m=_reach(table.get("control", {}).get("reach_m", REACH_M), path),
        online=_online(table.get("online", {}), path),
        llm=_llm(table.get("llm", {}), path),
    )


def _check_keys(table: dict[str, Any], path: Path) -> None:
    for name, known in _TABLES.items():
        inner = table.get(name, {}) if name else table
        if not isinstance(inner, dict):
            raise SeedError(f"{name} = {inner!r} is not a table", do=f"Write [{name}] on a line of its own", path=path)
        for key in inner:
            if key not in known:
                where = f"{name}.{key}" if name else key
                raise SeedError(f"{where} is not known here", do=f"Use one of {', '.join(known)}", path=path)


def _text(table: dict[str, Any], key: str, path: Path) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise SeedError(f"{key} = {value!r} is not a text", do=f'Write {key} = "…"', path=path)
    return " ".join(value.split())


def _online(table: dict[str, Any], path: Path) -> OnlineSettings:
    service, url = _text(table, "service", path), _text(table, "url", path)
    if service and service not in ONLINE_SERVICES:
        do = f"Use one of {', '.join(ONLINE_SERVICES)}"
        raise SeedError(f"online.service = {service!r} is not known here", do=do, path=path)
    user, email, user_agent = (_text(table, key, path) for key in ("user", "email", "user_agent"))
    return OnlineSettings(service=service, url=url, user=user, email=email, user_agent=user_agent)


def _llm(table: dict[str, Any], path: Path) -> LlmSettings:
    url, model, only = _text(table, "url", path), _text(table, "model", path), table.get("only", False)
    if not isinstance(only, bool):
        raise SeedError(f"llm.only = {only!r} is neither true nor false", do="Write only = true", path=path)
    if table and not model:
        do = 'Write model = "…" under [llm], or take the table out'
        raise SeedError("llm.model is missing", do=do, path=path)
    return LlmSettings(url=url, model=model, only=only)


def _countries(theatre: dict[str, Any], path: Path) -> tuple[str, ...]:
    codes = theatre.get("countries", [])
    if not isinstance(codes, list) or not all(isinstance(c, str) and len(c) == 2 and c.isupper() for c in codes):
        raise SeedError(
            f"theatre.countries = {codes!r} is not a list of two-letter codes",
            do='Write ISO 3166-1 alpha-2 codes, for example ["SY", "TR"]',
            path=path,
        )
    known = {row["alpha2"] for row in read_csv("countries.csv")} if codes else set()
    for code in codes:
        if code not in known:
            raise SeedError(f"theatre.countries: no country has the code {code!r}", do="See ISO 3166-1", path=path)
    return tuple(codes)


def _bbox(value: Any, path: Path) -> tuple[float, float, float, float] | None:
    if value is None:
        return None
    do = "Write west, south, east, north in degrees, for example [36.4, 35.7, 38.1, 36.9]"
    if not isinstance(value, Sequence) or len(value) != 4 or not all(type(v) in (int, float) for v in value):
        raise SeedError(f"theatre.bbox = {value!r} is not four numbers", do=do, path=path)
    west, south, east, north = map(float, value)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise SeedError(f"theatre.bbox = {value!r} is not a window on the Earth", do=do, path=path)
    return west, south, east, north


def _reach(value: Any, path: Path) -> float:
    if type(value) not in (int, float) or not 0 < value <= MOST_REACH_M:
        do = f"Write metres between 1 and {MOST_REACH_M:,.0f}, for example reach_m = 5000"
        raise SeedError(f"control.reach_m = {value!r} is no distance", do=do, path=path)
    return float(value)


def _dates(values: Any, path: Path) -> tuple[date, ...]:
    if not isinstance(values, list) or not all(type(v) is date for v in values):
        raise SeedError(
            f"maps.dates = {values!r} is not a list of dates",
            do="Write them bare, for example dates = [2016-08-10, 2016-09-04]",
            path=path,
        )
    return tuple(sorted(set(values)))
