"""What is wrong with the gazetteer of an atlas: everything is collected, then told at once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from geo.errors import GazetteerError


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or a warning.

    Attributes
    ----------
    path, line
        Where; the line counts from 1, None where the whole file is meant.
    what, do
        What is wrong, and what to do about it.
    warning
        True where the gazetteer can be used all the same.
    """

    path: Path
    line: int | None
    what: str
    do: str = ""
    warning: bool = False

    @property
    def message(self) -> str:
        """The whole message, ``file:line: what is wrong. What to do.``."""
        return GazetteerError(self.what, do=self.do, path=self.path, line=self.line).message


@dataclass(slots=True)
class Report:
    """The problems found so far in one file."""

    path: Path
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int | None, what: str, do: str = "", *, warning: bool = False) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.path, line, what, do, warning))


def raise_errors(problems: Collection[Problem]) -> None:
    """Raise one error that tells all problems which are no warnings, if there are any.

    Raises
    ------
    GazetteerError
        With the messages of all problems, one a line.
    """
    errors = [problem for problem in problems if not problem.warning]
    if len(errors) == 1:
        (one,) = errors
        raise GazetteerError(one.what, do=one.do, path=one.path, line=one.line)
    if errors:
        told = "\n".join(problem.message for problem in errors)
        raise GazetteerError(f"the gazetteer of the atlas has {len(errors)} errors:\n{told}")
