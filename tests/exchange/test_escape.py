"""Cells that a table program would run."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.exchange.escape import harmless, restored

CELLS = [
    ("=1+1", "'=1+1"),
    ("+963 rang", "'+963 rang"),
    ("-12", "'-12"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    (" =1", "' =1"),
    ("＝1", "'＝1"),
    ("'=1", "''=1"),
    ("'tis the mill", "'tis the mill"),
    ("Mill = mill", "Mill = mill"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "written"), CELLS)
def test_cells(text, written):
    assert harmless(text) == written
    assert restored(written) == text


@given(st.text(alphabet="'=+-@＝ \t\ra") | st.text())
def test_any_text_is_harmless_and_comes_back(text):
    written = harmless(text)
    assert restored(written) == text
    assert not re.match(r"[=+\-@\t\r]|\s+[=+\-@]", written)
