"""All that was read out of the articles of an atlas."""

from dataclasses import dataclass

from geo.model.article import Article
from geo.model.control import Hold
from geo.model.event import Event
from geo.model.incident import Incident
from geo.model.mention import Mention
from geo.model.place import Place
from geo.model.route import Route, RouteReport, RouteState


@dataclass(frozen=True, slots=True)
class Records:
    """What the layers are built from.

    Attributes
    ----------
    articles
        In order of publication, then id.
    mentions
        In order of the articles, then of the text.
    places
        The gazetteer entries that the mentions and the routes name.
    events
        In order of the articles, then of the text.
    routes, states
        The routes of the atlas and their dated states.
    route_reports
        What rows of the seeds say of routes.
    holds
        Who holds which place from when to when.
    governments
        Ids of the sides that are the government of the country, or fight with it.
    incidents
        The events as all reports tell them, each of ``events`` in one; empty where none were joined: then each event
        stands for itself.
    reports
        What imported events rest on: articles of which a data set tells day and source and not the text, by id; and
        the files of rows of the seeds, whose text is that of the file.
    """

    articles: tuple[Article, ...] = ()
    mentions: tuple[Mention, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    routes: tuple[Route, ...] = ()
    states: tuple[RouteState, ...] = ()
    governments: tuple[str, ...] = ()
    reports: tuple[Article, ...] = ()
    incidents: tuple[Incident, ...] = ()
    holds: tuple[Hold, ...] = ()
    route_reports: tuple[RouteReport, ...] = ()
