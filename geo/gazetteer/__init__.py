"""Places: their names, kinds, points and precision, of the world and of an atlas."""

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.opening import open_gazetteer
from geo.gazetteer.search import Hit

__all__ = ["Gazetteer", "Hit", "open_gazetteer"]
