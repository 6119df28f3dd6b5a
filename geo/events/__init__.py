"""Events: what an article says of a place at a time."""

from geo.events.actors import ActorBook, KnownActor, read_actors
from geo.events.extract import find_events
from geo.events.taxonomy import EventType, event_types

__all__ = ["ActorBook", "EventType", "KnownActor", "event_types", "find_events", "read_actors"]
