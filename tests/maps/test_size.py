"""Sizes of pictures."""

import pytest

from geo.errors import InputError
from geo.maps.size import Size, read_size


@pytest.mark.parametrize(
    ("text", "dpi", "size"),
    [
        (None, None, Size(1600, 1100, 144)),
        (None, 96, Size(1600, 1100, 96)),
        ("1000x700", None, Size(1000, 700, 144)),
        ("1000 x 700 px", 72, Size(1000, 700, 72)),
        ("160x110mm", None, Size(1890, 1299, 300)),
        ("16×11cm", 150, Size(945, 650, 150)),
        ("6x4in", 100, Size(600, 400, 100)),
        ("A4", 100, Size(827, 1169, 100)),
        ("a4-landscape", 100, Size(1169, 827, 100)),
        ("letter-portrait", 100, Size(850, 1100, 100)),
    ],
)
def test_a_size_is_read(text, dpi, size):
    assert read_size(text, dpi) == size


@pytest.mark.parametrize(
    "text", ["", "large", "100", "100x", "x100", "-5x5", "1e3x5", "a4-sideways", "100x100pt", "a9"]
)
def test_what_is_none_is_refused(text):
    with pytest.raises(InputError, match=r"is no size\. Write it as 1600x1100"):
        read_size(text)


def test_there_is_a_dot_to_the_inch():
    with pytest.raises(InputError, match="0 dpi are none"):
        read_size("a4", 0)
