"""Events: what an article says of a place at a time."""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from geo.events.actors import ActorBook, KnownActor, read_actors
from geo.events.extract import find_events
from geo.events.taxonomy import EventType, event_types

__all__ = ["ActorBook", "EventType", "KnownActor", "event_types", "find_events", "read_actors"]


class _CallablePackage(ModuleType):
    """A package that can be called: the public function ``geo.events`` has its name."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Find the events of a text: `geo.texts.events`."""
        return import_module("geo.texts").events(*args, **options)


sys.modules[__name__].__class__ = _CallablePackage
