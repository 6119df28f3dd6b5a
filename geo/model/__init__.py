"""Frozen records, without pandas."""

from geo.model.article import Article
from geo.model.control import CERTAINTIES, CONTROL_STATES, Basis, HeldPlace, Hold, HoldReport
from geo.model.event import MODALITIES, UNREAL, Actor, Event, Figure
from geo.model.incident import CONTESTABLE, Incident, Report
from geo.model.mention import Mention
from geo.model.place import Location, Place
from geo.model.records import Records
from geo.model.route import NOT_SECURE, STANDINGS, STATES, Route, RouteReport, RouteState
from geo.model.time import TimeExpression, When

__all__ = [
    "CERTAINTIES",
    "CONTESTABLE",
    "CONTROL_STATES",
    "MODALITIES",
    "NOT_SECURE",
    "STANDINGS",
    "STATES",
    "UNREAL",
    "Actor",
    "Article",
    "Basis",
    "Event",
    "Figure",
    "HeldPlace",
    "Hold",
    "HoldReport",
    "Incident",
    "Location",
    "Mention",
    "Place",
    "Records",
    "Report",
    "Route",
    "RouteReport",
    "RouteState",
    "TimeExpression",
    "When",
]
