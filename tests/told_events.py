"""Events told by invented reports of an invented war, for the tests of merging and of what is built from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from geo.ids import content_id
from geo.model import Actor, Article, Event, Figure, Location, When

DAY = date(2031, 3, 4)
VARROW = Location("Varrow", "village", 20.0, 48.0, 800.0, "atlas:varrow")
LOWER_VARROW = Location("Lower Varrow", "village", 20.04, 48.0, 800.0, "atlas:lower_varrow")  # 3 km to the east
TALMIN = Location("Talmin", "village", 20.4, 48.0, 800.0, "atlas:talmin")  # 30 km to the east
ESTVA = Location("Estva", "city", 20.1, 48.2, 5800.0, "atlas:estva")
ESTVARIA = Location("Estvaria", "country", 20.5, 48.5, 300_000.0, "country:XX")
JETS = Actor("initiator", "Estvarian jets", "estvaria")
REBELS = Actor("initiator", "rebels", "league")
QUOTE = "Jets bombed a dairy market in Varrow at noon, killing 12 shoppers and cattle traders."


def day(text: str, last: str = "") -> When:
    first = date.fromisoformat(text)
    return When(f"{text}/{last}" if last else text, first, date.fromisoformat(last) if last else first)


def killed(low: int, high: int | None = -1, words: str = "") -> tuple[Figure, ...]:
    return (Figure("killed", low, low if high == -1 else high, words or f"{low} dead"),)


def tell(article: str, **more: Any) -> Event:
    """An airstrike on the market of Varrow as an article tells it, unless something else is said."""
    told = {
        "article": article, "type": "airstrike", "when": day("2031-03-04"), "location": VARROW, "origin": None,
        "actors": (JETS,), "modality": "happened", "attribution": "", "figures": killed(12), "quote": QUOTE,
        "quote_start": 0, "trigger": "bombed", "confidence": 0.8, **more,
    }  # fmt: skip
    told.setdefault("quote_end", told["quote_start"] + len(told["quote"]) if told["quote_start"] >= 0 else -1)
    told.setdefault("id", content_id(article, *(str(told[key]) for key in sorted(told))))
    return Event(**told)


def article_of(event: Event, published: date | None = date(2031, 3, 5), source: str = "", text: str = "") -> Article:
    return Article(event.article, text or event.quote, published, source=source)


def three_reports() -> tuple[tuple[Article, ...], tuple[Event, ...]]:
    """A strike as three outlets tell it: one gives 15 dead, one at least 23 and the next village, a spokesman denies it."""
    articles = (
        Article("ledger", f"{QUOTE} Fifteen died.", date(2031, 3, 4), source="The Ledger", title="Market hit"),
        Article(
            "ox",
            "At least 23 shoppers died when Estvarian jets hit Lower Varrow, residents said.",
            date(2031, 3, 5),
            source="Daily Ox",
        ),
        Article(
            "league",
            "Estvaria denied that its jets struck the dairy market of Varrow on Tuesday.",
            date(2031, 3, 6),
            source="<b>League</b>",
        ),
    )
    ox, league = (a.text for a in articles[1:])
    events = (
        tell("ledger", figures=killed(15, words="Fifteen")),
        tell(
            "ox",
            figures=killed(23, None, "At least 23"),
            location=LOWER_VARROW,
            quote=ox,
            modality="claimed",
            attribution="residents",
        ),
        tell("league", modality="denied", attribution="Estvaria", figures=(), quote=league),
    )
    return articles, events
