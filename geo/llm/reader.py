"""Read articles with a language model: kept answers first, then the endpoint, until it has failed too often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import OnlineError
from geo.events import ActorBook
from geo.gazetteer.files import writable
from geo.gazetteer.online.pace import FAILURES, ask_in_turn
from geo.llm import records
from geo.llm.answer import Refusal, read_answer, read_items, require_extra, shown
from geo.llm.check import check
from geo.llm.parts import parts_of
from geo.llm.prompt import messages, reminder, request_key
from geo.llm.scene import Scene
from geo.llm.spans import Span
from geo.model import Article, Event, Mention
from geo.settings import LlmSettings

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.llm.client import Dialect

CACHE = "llm"
"""Folder of kept answers in the user's cache folder."""

RECORDS = "llm"
"""Folder of kept answers in ``seeds/`` of an atlas."""


class LanguageModel:
    """A language model with its kept answers, for one run.

    Parameters
    ----------
    settings
        Which one, and where; without a URL only kept answers count.
    folder
        The folder of kept answers; that of the user's cache folder if None.
    cache
        The folder in which processes take turns; by default the user's cache folder.
    offline
        Take kept answers alone.
    notify
        Told once, before the first text is sent to another machine.

    Attributes
    ----------
    settings
        As given, checked.
    tally
        Counts ``articles`` read, ``taken`` and ``refused`` items, and ``failed`` articles.
    failures
        Id of each article that could not be read, and why.
    refusals
        What was left out.
    remarks
        On articles in which the model found nothing and the rules did: it may have been told not to look.

    Raises
    ------
    InputError
        Where the settings cannot be used.
    """

    def __init__(
        self,
        settings: LlmSettings,
        *,
        folder: Path | None = None,
        cache: Path | None = None,
        offline: bool = False,
        notify: Callable[[str], None] = lambda _: None,
    ) -> None:
        require_extra()
        self.settings = settings
        self._dialect: Dialect | None = None
        if not offline:
            from geo.llm.client import Dialect, check_settings

            self.settings, self._dialect = check_settings(settings), Dialect()
        self.tally: Counter[str] = Counter()
        self.failures: list[tuple[str, OnlineError]] = []
        self.refusals: list[Refusal] = []
        self.remarks: list[str] = []
        self._cache = cache
        self._folder = folder or writable(cache) / CACHE
        self._notify, self._told = notify, False
        self._run = 0
        self._over = ""

    def read(
        self,
        article: Article,
        mentions: Sequence[Mention],
        rules: tuple[Event, ...],
        book: ActorBook,
        gazetteer: Gazetteer,
    ) -> tuple[Event, ...]:
        """Give the events that the model reads in an article, as far as the article bears them out.

        Parameters
        ----------
        article, mentions
            The article and its place mentions of every role.
        rules
            The events that the rules find in it: what they think of the model's, and what counts where it fails.
        book
            The actors of the atlas.
        gazetteer
            Asked for places that the geoparser took for none.

        Returns
        -------
        tuple of Event
            In text order, each flagged with the name of the model; ``rules``, or with ``only`` nothing, where it fails.
        """
        try:
            answers = [(part, read_answer(self._answer(article, part))) for part in parts_of(article.text)]
        except OnlineError as error:
            self.tally["failed"] += 1
            self.failures.append((article.id, error))
            return () if self.settings.only else rules
        scene = Scene.of(article, mentions, gazetteer, book, rules=rules, model=self.settings.model)
        found = [event for part, answer in answers for event in self._checked(answer, scene, part)]
        events = self._once(found)
        self.tally["articles"] += 1
        self.tally["taken"] += len(events)
        if scene.orders:
            self.remarks.append(
                f"{article.id}: the article speaks to a language model (“{scene.orders}”): read it yourself"
            )
        if rules and not events:
            many = f"{len(rules)} event{'' if len(rules) == 1 else 's'}"
            self.remarks.append(f"{article.id}: nothing is taken from the model where the rules of sitmap find {many}")
        return events

    def _checked(self, answer: list[Any], scene: Scene, part: Span) -> list[Event]:
        events: list[Event] = []
        items, refused = read_items(answer, scene.article.id)
        for item in items:
            event, left_out = check(item, scene, part)
            refused += left_out
            events += [event] if event else []
        for refusal in refused:
            self._refuse(refusal)
        return events

    def _once(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Leave out what is told twice: one type, place, known time and modality, or one passage; the fullest stays."""
        kept: dict[tuple[Any, ...], Event] = {}
        for event in sorted(events, key=lambda e: (len(e.flags), -e.confidence, e.quote_start)):
            place = (event.location.place_id, event.location.name) if event.location else ()
            told = event.when.edtf if event.when else (event.quote_start, event.quote_end)
            first = kept.setdefault((event.type, place, told, event.modality), event)
            if first is not event:
                self._refuse(Refusal(event.article, "event", "it is told twice", shown(event.quote)))
        return tuple(sorted(kept.values(), key=lambda e: (e.quote_start, e.quote_end, e.type, e.id)))

    def _refuse(self, refusal: Refusal) -> None:
        self.tally["refused"] += 1
        self.refusals.append(refusal)

    def _answer(self, article: Article, part: Span) -> str:
        """Give the kept answer for a part of an article, or ask for it."""
        text = article.text[slice(*part)]
        key = request_key(self.settings.model, text)
        kept = records.get(self._folder, key)
        if kept is None:
            if self._dialect is None:
                raise OnlineError(f"no answer of {self.settings.model} is kept for it", do="Ask for it with --llm")
            if self._over:
                raise OnlineError(f"it was not asked for any more, since {self._over}")
            try:
                kept = self._asked(article, text, key)
            except OnlineError as error:
                self._run += 1
                if error.over or self._run >= FAILURES:
                    self._over = error.what
                raise
            self._run = 0
        return kept.answer

    def _asked(self, article: Article, text: str, key: str) -> records.Kept:
        from geo.llm.client import ask, host_of, is_here

        url = self.settings.url
        if not self._told and not is_here(url):
            self._notify(f"The texts of the articles are sent to {host_of(url)}, which is not this machine.")
        self._told = True

        def once(attempt: int) -> records.Kept:
            assert self._dialect is not None  # noqa: S101  # nothing is asked without one
            question = [*messages(text), *([reminder()] if attempt > 1 else [])]
            said, self._dialect = ask(question, self.settings, self._dialect)
            read_answer(said.content)
            kept = records.Kept(article.id, self.settings.model, said.model, said.content)
            records.put(self._folder, key, kept)
            return kept

        return ask_in_turn(
            once,
            folder=writable(self._cache),
            url=url,
            pause_s=0.0,
            first_wait_s=self.settings.first_wait_s,
            known=lambda: records.get(self._folder, key),
        )
