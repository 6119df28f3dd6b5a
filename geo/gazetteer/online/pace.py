"""One request at a time to a server and each in its turn, over all processes of a user; some more where one fails.

The usage policy of Nominatim allows one request a second and no parallel ones. Who may ask holds a lock file; when the
next may ask stands in a file beside it, so that a pause which a server asks for holds for every process.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from geo.errors import OnlineError

ATTEMPTS = 3
FAILURES = 3
"""Failures in a row after which a service is left alone for the rest of a run."""

LONGEST_WAIT_S = 60.0
"""A server that wants to be left alone for longer is not waited for."""

_LONGEST_PAUSE_S = 3600.0
_LOCK_S = 300.0

Delay = Callable[[float], None]
"""Told how many seconds the next request must wait from now."""


_T = TypeVar("_T")


def ask_in_turn(
    ask: Callable[[int], _T],
    *,
    folder: Path,
    url: str,
    pause_s: float,
    first_wait_s: float,
    known: Callable[[], _T | None],
) -> _T:
    """Ask a server until there is an answer or no hope: three times at most, later each time.

    Parameters
    ----------
    ask
        Sends one request; takes the number of the attempt, from 1.
    folder, url
        As in `turn`.
    pause_s
        Seconds between two requests of all processes.
    first_wait_s
        Seconds to wait before the second attempt, twice as many before the third, unless the server says how many.
    known
        Gives the answer that another process may have got while this one waited for its turn.

    Raises
    ------
    OnlineError
        Of the last attempt.
    """
    for attempt in range(1, ATTEMPTS + 1):
        with turn(folder, url) as delay:
            kept = known()
            if kept is not None:
                return kept
            delay(pause_s)
            try:
                answer = ask(attempt)
            except OnlineError as error:
                wait_s = first_wait_s * 2 ** (attempt - 1) if error.wait_s is None else error.wait_s
                delay(max(wait_s, pause_s))
                if not error.again or attempt == ATTEMPTS or wait_s > LONGEST_WAIT_S:
                    raise
            else:
                delay(pause_s)
                return answer
    raise AssertionError("the last attempt returns or raises")


@contextmanager
def turn(folder: Path, url: str) -> Iterator[Delay]:
    """Wait until a server may be asked, and let nobody else ask it meanwhile.

    Parameters
    ----------
    folder
        Where the lock and the time lie: the cache folder of the user.
    url
        The server; what counts is its host and port.

    Yields
    ------
    Callable
        Takes the seconds that the next request must wait from now; at most an hour counts.

    Raises
    ------
    OnlineError
        Where the server wants to be left alone for more than a minute, or other processes leave no turn.
    """
    host = urlsplit(url).netloc.rpartition("@")[2].lower()
    path = folder / f"online-{hashlib.sha256(host.encode()).hexdigest()[:16]}.next"
    try:
        with FileLock(path.with_suffix(".lock"), timeout=_LOCK_S):
            left = _left(path)
            if left > LONGEST_WAIT_S:
                raise OnlineError(
                    f"{host} asks to be left alone for another {left:.0f} s", do="Try again then", over=True
                )
            time.sleep(left)
            yield lambda seconds: _write(path, seconds)
    except Timeout:
        raise OnlineError(
            f"other processes have been asking {host} for {_LOCK_S:.0f} s", do="Try again when they are done"
        ) from None


def _left(path: Path) -> float:
    """Seconds until the next request; a clock that was set back makes nobody wait for days."""
    try:
        return min(max(0.0, float(path.read_text(encoding="ascii")) - time.time()), _LONGEST_PAUSE_S)
    except (OSError, ValueError):
        return 0.0


def _write(path: Path, seconds: float) -> None:
    path.write_text(f"{time.time() + min(max(0.0, seconds), _LONGEST_PAUSE_S):.3f}", encoding="ascii")
