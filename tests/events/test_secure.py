"""What is open and not to be relied on."""

from datetime import date

import pytest

from geo.events import find_events
from geo.model import Article
from geo.toponyms import find_mentions


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Rebels opened the Ness corridor on Sunday. The corridor was not secure.", True),
        ("Rebels opened the Ness corridor on Sunday. It was never fully safe.", True),
        ("Rebels opened the Ness corridor on Sunday. While the corridor was insecure, aid came.", True),
        ("Rebels opened the Ness corridor on Sunday.", False),
        ("Rebels opened the Ness corridor on Sunday. The corridor was secure.", False),
        ("Rebels opened the Ness corridor on Sunday. The Torv Road was not secure.", False),
        ("Rebels opened the Ness corridor on Sunday. Nobody in Vellmark felt safe. It was not secure.", False),
    ],
)
def test_a_route_that_is_called_unsafe_is_flagged(text, flagged, land):
    gazetteer, book = land
    article = Article("a", text, date(2021, 5, 3))
    events = find_events(article, find_mentions(article, gazetteer), book)
    assert ["not secure" in e.flags for e in events if e.type == "route_opened"] == [flagged]
