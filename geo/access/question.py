"""A question of access, with all that it is answered from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import InputError

if TYPE_CHECKING:
    from geo.events import ActorBook
    from geo.gazetteer import Gazetteer
    from geo.model import Records
    from geo.routes.ends import End
    from geo.routes.passing import Roads
    from geo.settings import Atlas


@dataclass(frozen=True, slots=True)
class Question:
    """A question of access, with all that it is answered from.

    Attributes
    ----------
    atlas, records, gazetteer
        What was read.
    roads
        Routes, their states, and who holds the places.
    origin, goal
        From where to where.
    side
        Id of the side that wants to pass.
    sides
        Names of the sides by id.
    """

    atlas: Atlas
    records: Records
    gazetteer: Gazetteer
    roads: Roads
    origin: End
    goal: End
    side: str
    sides: dict[str, str]


def ask(atlas: Atlas, origin: str, goal: str, *, on: date, side: str = "", records: Records | None = None) -> Question:
    """Put a question of access.

    Parameters
    ----------
    atlas
        Its articles and seeds are read.
    origin, goal
        Names of places, or ids of the gazetteer.
    on
        The day, which decides for whom it is asked where ``side`` is empty.
    side
        Id of a side of the atlas, its name, or a name of one of its actors; if empty, the side that holds the goal on
        the day, or else the origin.
    records
        What was read of the atlas; it is read now if None.

    Returns
    -------
    Question

    Raises
    ------
    InputError
        Where a place is not known or no road comes near it, the side is none of the atlas, or nobody is known to hold
        either place.
    SeedError
        Where a seed file is not right.
    """
    from geo.control.holders import holder_lookup
    from geo.events import read_actors
    from geo.gazetteer import open_gazetteer
    from geo.pipeline import read
    from geo.routes.ends import find_end
    from geo.routes.network import build_network
    from geo.routes.passing import make_roads
    from geo.routes.states import stretches_of

    book = read_actors(atlas.seeds / "actors.toml")
    sides = {id: known.name for id, known in book.sides.items()}
    side = _side(side, book) if side else ""
    gazetteer, records = open_gazetteer(atlas), records or read(atlas).records
    network = build_network(records.routes, gazetteer)
    if not network.edges:
        do = "Draw them in seeds/gazetteer/routes.geojson, each with links, the ids of the places that it joins"
        raise InputError("this atlas has no roads that join places", do=do)
    start, network = find_end(origin, network, gazetteer)
    end, network = find_end(goal, network, gazetteer)
    if start.nodes == end.nodes:
        raise InputError(f"{origin!r} and {goal!r} are the same place on the roads", do="Name two places")
    holder_of = holder_lookup(records.holds, network.places, gazetteer.geometry)
    roads = make_roads(network, stretches_of(records), records.routes, holder_of)
    whose = side or _holder(roads, end, on) or _holder(roads, start, on)
    if not whose:
        what = f"nobody is known to hold {end.place.name} or {start.place.name} on {on}"
        raise InputError(what, do=f"Say for whom it is asked: --for {' or --for '.join(sides)}")
    return Question(atlas, records, gazetteer, roads, start, end, whose, sides)


def _side(name: str, book: ActorBook) -> str:
    """Give the id of a side by what people call it."""
    for id, known in book.sides.items():
        if name.casefold().strip() in (id.casefold(), known.name.casefold()):
            return id
    actor = book.find(name.split())
    if actor is None or actor.side not in book.sides:
        raise InputError(f"no side is called {name!r}", do=f"Use one of {', '.join(book.sides)}")
    return actor.side


def _holder(roads: Roads, end: End, on: date) -> str:
    held = [holder for node in end.nodes if (holder := roads.holder_of(node, on))]
    return max(sorted(set(held)), key=held.count, default="")
