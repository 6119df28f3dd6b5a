"""Frozen records, without pandas."""

from geo.model.article import Article
from geo.model.event import MODALITIES, UNREAL, Actor, Event, Figure
from geo.model.incident import CONTESTABLE, Incident, Report
from geo.model.mention import Mention
from geo.model.place import Location, Place
from geo.model.records import Records
from geo.model.route import NOT_SECURE, STATES, Route, RouteState
from geo.model.time import TimeExpression, When

__all__ = [
    "CONTESTABLE",
    "MODALITIES",
    "NOT_SECURE",
    "STATES",
    "UNREAL",
    "Actor",
    "Article",
    "Event",
    "Figure",
    "Incident",
    "Location",
    "Mention",
    "Place",
    "Records",
    "Report",
    "Route",
    "RouteState",
    "TimeExpression",
    "When",
]
