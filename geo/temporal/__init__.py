"""Temporal expressions to EDTF and inclusive days, seen from the day of publication."""

from geo.temporal.anchor import apply_offset
from geo.temporal.edtf import edtf_of, parse_edtf
from geo.temporal.expressions import find_times

__all__ = ["apply_offset", "edtf_of", "find_times", "parse_edtf"]
