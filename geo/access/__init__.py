"""Questions of access to an atlas: who can get where on a day, by which way, and what blocks it."""

from geo.access.answer import answer, via
from geo.access.history import ribbons, table
from geo.access.question import Question, ask

__all__ = ["Question", "answer", "ask", "ribbons", "table", "via"]
