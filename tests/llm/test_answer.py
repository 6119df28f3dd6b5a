"""The list of events in what a model sends, however it wraps it; and items that break the schema."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_server import item

from geo.errors import OnlineError
from geo.llm.answer import MOST_ITEMS, read_answer, read_items, shown

LIST = [{"type": "capture"}]
OBJECT = json.dumps({"events": LIST})

WRAPPED = {
    "alone": OBJECT,
    "with white space": f"\n\n  {OBJECT}\n",
    "in a fence": f"```json\n{OBJECT}\n```",
    "in a fence without a language": f"Here you are:\n```\n{OBJECT}\n```\nAnything else?",
    "behind a fence that holds none": f"```python\nprint()\n```\n```json\n{OBJECT}\n```",
    "amid words": f"The events are {OBJECT}. I hope this helps.",
    "behind a thought": f'<think>Maybe {{"events": []}} would do.</think>{OBJECT}',
    "as a bare list": json.dumps(LIST),
    "with other members": json.dumps({"reasoning": "…", "events": LIST}),
}


@pytest.mark.parametrize("content", WRAPPED.values(), ids=WRAPPED)
def test_the_list_is_found(content):
    assert read_answer(content) == LIST


NONE = {
    "words": "I cannot help with that.",
    "cut off": OBJECT[:-3],
    "another object": '{"result": []}',
    "no list": '{"events": {"type": "capture"}}',
    "a number": "12",
    "NaN": '{"events": [NaN]}',
    "a lone surrogate": '{"events": ["\\ud800"]}',
    "without an end": "[" * 100_000,
    "a broken fence": f"```json\n{OBJECT[:-3]}\n```",
    "null": "null",
}


@pytest.mark.parametrize("content", NONE.values(), ids=NONE)
def test_no_list_is_an_error_that_may_pass(content):
    with pytest.raises(OnlineError, match="its answer is no JSON object with a list of events") as error:
        read_answer(content)
    assert error.value.again
    assert len(error.value.what) < 250


@given(st.text('{}[]"`:, evnts1\n'))
def test_no_text_breaks_the_reading(content):
    with suppress(OnlineError):
        assert isinstance(read_answer(content), list)


GOOD = item(quote="One two three.", place="Here")
BROKEN = {
    "a text": "capture",
    "a list": [],
    "null": None,
    "no type": {k: v for k, v in GOOD.items() if k != "type"},
    "no quote": {k: v for k, v in GOOD.items() if k != "quote"},
    "a null place": GOOD | {"place": None},
    "an unknown type": GOOD | {"type": "coup"},
    "a type in capitals": GOOD | {"type": "Capture"},
    "an unknown modality": GOOD | {"modality": "certain"},
    "a list of types": GOOD | {"type": ["capture"]},
    "a number for a name": GOOD | {"initiators": [7]},
    "names in one text": GOOD | {"initiators": "rebels and others"},
    "figures as a table": GOOD | {"figures": {"killed": 12}},
    "a figure as a number": GOOD | {"figures": [{"kind": "killed", "words": 12}]},
    "an unknown figure": GOOD | {"figures": [{"kind": "eaten", "words": "12"}]},
    "a member of its own": GOOD | {"lon": 37.1},
    "a date of its own": GOOD | {"when": "2016-09-04"},
}  # fmt: skip


@pytest.mark.parametrize("event", BROKEN.values(), ids=BROKEN)
def test_what_breaks_the_schema_is_left_out_and_the_rest_stays(event):
    items, refused = read_items([GOOD, event, GOOD], "report")
    assert [i.quote for i in items] == ["One two three."] * 2
    (refusal,) = refused
    assert (refusal.article, refusal.part) == ("report", "event")
    assert refusal.why.startswith("it breaks the schema")
    assert len(refusal.message) < 250


def test_what_may_be_missing_is_filled_in():
    bare = {name: GOOD[name] for name in ("type", "quote", "place", "modality")}
    (one,), refused = read_items([bare | {"initiators": None}], "report")
    assert (one.initiators, one.time, one.figures, refused) == ((), "", (), [])


def test_an_answer_without_end_is_cut():
    items, refused = read_items([GOOD] * (MOST_ITEMS + 7), "report")
    assert len(items) == MOST_ITEMS
    assert [r.message for r in refused] == [f"report: event left out: more than {MOST_ITEMS} in one answer: 7"]


def test_what_is_shown_can_harm_no_terminal():
    assert shown("a\x1b[31mb\r\nc\u202ed") == "'a\\x1b[31mb c\\u202ed'"
    assert len(shown("x" * 5000)) < 100
