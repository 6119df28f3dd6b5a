"""One request at a time and one a second to a server, over all processes of a user.

The usage policy of Nominatim allows one request a second and no parallel ones. Who may ask holds a lock file; when the
next may ask stands in a file beside it, so that a pause which a server asks for holds for every process.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from geo.errors import OnlineError

LONGEST_WAIT_S = 60.0
"""A server that wants to be left alone for longer is not waited for."""

_LONGEST_PAUSE_S = 3600.0
_LOCK_S = 300.0

Delay = Callable[[float], None]
"""Told how many seconds the next request must wait from now."""


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
