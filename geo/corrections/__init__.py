"""Corrections: what people changed of what was read, under ``seeds/corrections``, with who, when and why."""

from geo.corrections.apply import Conflict, Corrected, Outcome, correct_incidents, correct_layers
from geo.corrections.records import ACTIONS, FOLDER, Correction, authors, dump_corrections, read_corrections

__all__ = [
    "ACTIONS",
    "FOLDER",
    "Conflict",
    "Corrected",
    "Correction",
    "Outcome",
    "authors",
    "correct_incidents",
    "correct_layers",
    "dump_corrections",
    "read_corrections",
]
