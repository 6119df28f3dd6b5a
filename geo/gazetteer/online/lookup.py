"""Ask an online geocoder for names: the cache first, then the service, at its pace, until it has failed too often."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from geo.errors import OnlineError
from geo.gazetteer.files import writable
from geo.gazetteer.online.answers import Answer, read_answers
from geo.gazetteer.online.cache import Cache, Kept, Key
from geo.gazetteer.online.pace import FAILURES, ask_in_turn
from geo.gazetteer.online.services import Service, service_of
from geo.settings import OnlineSettings, Theatre

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of asking for a name.

    Attributes
    ----------
    answers
        What the service knows under the name; empty where it knows nothing, and where it failed.
    asked
        The day on which the service answered; None where it did not.
    failure
        Why there is no answer; empty where there is one.
    """

    answers: tuple[Answer, ...]
    asked: date | None
    failure: str = ""


class Geocoder:
    """An online geocoder with its cache, for one run.

    Parameters
    ----------
    settings
        Which one, where, and as whom.
    theatre
        Sent along, so that places of one name elsewhere are not what comes first.
    cache
        The folder of the cache; by default that of the user, or a temporary one where it cannot be written.
    offline
        Answer from the cache alone.
    today
        The day that answers are kept under.

    Attributes
    ----------
    service, theatre
        As given.
    tally
        Counts what came of names, for those who ask.
    failure
        The first one of the run; empty if there was none.

    Raises
    ------
    InputError
        Where the settings name no service that can be asked.
    """

    def __init__(
        self,
        settings: OnlineSettings,
        *,
        theatre: Theatre,
        cache: Path | None = None,
        offline: bool = False,
        today: date | None = None,
    ) -> None:
        self.service: Service
        self.service, self._settings = service_of(settings)
        self.theatre = theatre
        self.tally: Counter[str] = Counter()
        self.failure = ""
        self._folder = writable(cache)
        self._cache = Cache(self._folder)
        self._offline = offline
        self._today = today or datetime.now(UTC).date()
        self._found: dict[str, Finding] = {}
        self._requests = self._failures = 0
        self._over = ""

    def look_up(self, name: str) -> Finding:
        """Ask for a name, once a run.

        Parameters
        ----------
        name
            As a report writes it; spaces do not count.

        Returns
        -------
        Finding
            A service that fails is told in it, and never raised.
        """
        query = " ".join(name.split())[:_LONGEST_NAME]
        if query not in self._found:
            try:
                self._found[query] = self._answered(query)
            except OnlineError as error:
                self.failure = self.failure or error.message
                self._found[query] = Finding((), None, error.what)
        return self._found[query]

    def _answered(self, query: str) -> Finding:
        key = Key(self.service.name, self._settings.url, query, _bias(self.theatre))
        kept = self._cache.get(key, today=None if self._offline else self._today)
        if kept is None:
            self._may_ask()
            try:
                kept = self._asked(query, key)
            except OnlineError as error:
                self._failures += 1
                if error.over or self._failures >= FAILURES:
                    self._over = error.what
                raise
            self._failures = 0
        return Finding(read_answers(self.service.name, kept.answers), kept.asked)

    def _may_ask(self) -> None:
        if self._offline:
            raise OnlineError("it is not among the kept answers, and --offline asks for no others")
        if self._over:
            raise OnlineError(f"it was not asked any more, since {self._over}")
        if self._requests >= self._settings.most:
            raise OnlineError(f"it was not asked, since this run has asked {self._requests} times")

    def _asked(self, query: str, key: Key) -> Kept:
        from geo.gazetteer.online.ask import ask

        def once(_attempt: int) -> Kept:
            self._requests += 1
            raw = ask(query, service=self.service, settings=self._settings, theatre=self.theatre)
            kept = Kept(self._today, raw)
            self._cache.put(key, kept)
            return kept

        return ask_in_turn(
            once,
            folder=self._folder,
            url=self._settings.url,
            pause_s=self._settings.pause_s,
            first_wait_s=2 * self._settings.pause_s,
            known=lambda: self._cache.get(key, today=self._today),
        )


def _bias(theatre: Theatre) -> str:
    window = None if theatre.bbox is None else list(theatre.bbox)
    return json.dumps({"countries": list(theatre.countries), "bbox": window}, sort_keys=True)
