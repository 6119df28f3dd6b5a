"""The one tree of errors: every message says which file, line and text, what is wrong and what to do."""

from pathlib import Path


class SitmapError(Exception):
    """Anything that sitmap refuses to do.

    Parameters
    ----------
    what
        What is wrong, with the text it was found in.
    do
        What the user can do about it.
    path
        The file it concerns.
    line
        The line in that file, counted from 1.
    """

    def __init__(self, what: str, *, do: str = "", path: Path | str | None = None, line: int | None = None) -> None:
        self.what, self.do, self.path, self.line = what, do, path, line
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The whole message, ``file:line: what is wrong. What to do.``."""
        where = f"{self.path}:{self.line}: " if self.path and self.line else f"{self.path}: " if self.path else ""
        return where + " ".join(part.rstrip(".") + "." for part in (self.what, self.do) if part)


class InputError(SitmapError, ValueError):
    """Something the user wrote cannot be used: an article, a seed file, an option."""


class ArticleError(InputError):
    """An article cannot be read."""


class GazetteerError(InputError):
    """A gazetteer source or entry is not right."""


class SeedError(InputError):
    """A file under ``seeds/`` is not right."""


class LayerError(SitmapError, ValueError):
    """A layer breaks its schema; nothing was written."""


class LockedError(SitmapError, RuntimeError):
    """Another process is writing the same atlas or cache."""


class OnlineError(SitmapError, RuntimeError):
    """A service on the network did not answer as it should; never the same as an answer that it knows nothing.

    Parameters
    ----------
    what, do, path, line
        As in `SitmapError`.
    again
        Whether the same request may succeed when it is sent once more.
    over
        Whether no other request can succeed either: the service refuses this user.
    wait_s
        How many seconds the service asks to be left alone, if it says.
    """

    def __init__(
        self,
        what: str,
        *,
        do: str = "",
        path: Path | str | None = None,
        line: int | None = None,
        again: bool = False,
        over: bool = False,
        wait_s: float | None = None,
    ) -> None:
        self.again, self.over, self.wait_s = again, over, wait_s
        super().__init__(what, do=do, path=path, line=line)
