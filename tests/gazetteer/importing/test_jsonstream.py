import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.importing import jsonstream
from geo.gazetteer.importing.jsonstream import JsonItems

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def read(text: str, *array: str) -> tuple[list[object], dict[str, object]]:
    items = JsonItems(io.BytesIO(text.encode()), array, path=Path("x.json"))
    return [value for _, value in items], items.head


@given(
    st.lists(VALUES, max_size=6),
    st.dictionaries(st.text(max_size=4).filter(lambda key: key not in ("a", "b")), VALUES, max_size=3),
    st.integers(1, 40),
    st.sampled_from([None, 1]),
    st.booleans(),
)
def test_items_however_the_file_is_cut(values, members, chunk: int, indent: int | None, first: bool) -> None:
    whole = {"a": {"b": values, "c": 1}, **members} if first else {**members, "a": {"b": values}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonstream, "_CHUNK", chunk)
        assert read(json.dumps(whole, indent=indent), "a", "b") == (values, members)
        assert read(json.dumps(values, indent=indent), "a")[0] == values
        objects = [{"v": value} for value in values] * 2
        if objects:
            assert read("\n".join(json.dumps(one) for one in objects), "a")[0] == objects


def test_lines() -> None:
    text = '{"a": [\n\n1, {"x":\n2},\n3]}'
    items = JsonItems(io.BytesIO(text.encode()), ("a",), path=Path("x.json"))
    assert list(items) == [(3, 1), (3, {"x": 2}), (5, 3)]
