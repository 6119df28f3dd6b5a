"""Online geocoders, for names that no gazetteer here has; asked only where a command is told to."""

from geo.gazetteer.online.answers import Answer
from geo.gazetteer.online.judge import Candidate, Verdict, judge
from geo.gazetteer.online.lookup import Finding, Geocoder
from geo.gazetteer.online.services import SERVICES, Service

__all__ = ["SERVICES", "Answer", "Candidate", "Finding", "Geocoder", "Service", "Verdict", "judge"]
