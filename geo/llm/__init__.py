"""A language model as extractor, behind the contract of `geo.events`; asked only where a command is told to.

It is never trusted: of what it says only what stands in the article and resolves in the gazetteer counts.
"""

from geo.llm.answer import Refusal
from geo.llm.reader import RECORDS, LanguageModel

__all__ = ["RECORDS", "LanguageModel", "Refusal"]
