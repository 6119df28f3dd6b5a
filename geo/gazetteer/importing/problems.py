"""What an import leaves out, and why: bad rows are told, the first ones with file and line, and counted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geo.errors import GazetteerError

TOLD, _REASONS = 10, 6
"""As many bad rows are told, and reasons; the others are counted."""


@dataclass(slots=True)
class Counts:
    """What became of the rows that were read.

    Attributes
    ----------
    rows
        How many were read.
    bad
        How many could not be used.
    told
        Messages of the first of these.
    skipped
        Rows that are right and left out, by reason.
    guessed
        Places whose kind no column tells, by the kind that was taken.
    """

    rows: int = 0
    bad: int = 0
    told: list[str] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    guessed: dict[str, int] = field(default_factory=dict)

    def guess(self, kind: str) -> None:
        """Count a place whose kind is guessed."""
        self.guessed[kind] = self.guessed.get(kind, 0) + 1

    def skip(self, why: str) -> None:
        """Count a row that is right and left out."""
        self.skipped[why] = self.skipped.get(why, 0) + 1

    def to_text(self) -> str:
        """Write as JSON."""
        return json.dumps({name: getattr(self, name) for name in ("rows", "bad", "told", "skipped", "guessed")})

    @classmethod
    def from_text(cls, text: str) -> Counts:
        """Read what `to_text` wrote."""
        return cls(**json.loads(text))


@dataclass(slots=True)
class Sink:
    """Takes what is wrong with the rows of one file.

    Attributes
    ----------
    path
        The file, as it is told.
    counts
        Of the whole import.
    strict
        Whether the first bad row ends the import.
    most
        How many bad rows are told.
    """

    path: Path
    counts: Counts
    strict: bool = False
    most: int = TOLD

    def bad(self, line: int | None, what: str, do: str) -> None:
        """Note a row that cannot be used.

        Raises
        ------
        GazetteerError
            With ``strict``.
        """
        error = GazetteerError(what, do=do, path=self.path, line=line)
        if self.strict:
            raise error
        self.counts.bad += 1
        if len(self.counts.told) < self.most:
            self.counts.told.append(error.message)

    def skip(self, why: str) -> None:
        """Count a row that is right and left out."""
        self.counts.skip(why)


def told_counts(skipped: Mapping[str, int]) -> str:
    """Write counts by reason, the largest first, the smallest together."""
    ordered = sorted(skipped.items(), key=lambda item: (-item[1], item[0]))
    told = [f"{count:,} {why}" for why, count in ordered[:_REASONS]]
    rest = sum(count for _, count in ordered[_REASONS:])
    return ", ".join([*told, f"{rest:,} others"] if rest else told)
