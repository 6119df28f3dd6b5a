"""Files of GeoNames' download server: fetched on request only, gone on with after a broken connection, and checked."""

from __future__ import annotations

import email.message
import http.client
import json
import os
import time
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO

from geo.errors import GazetteerError
from geo.gazetteer.countries import country_codes
from geo.gazetteer.files import forget_unused, writable
from geo.gazetteer.importing.tell import Tell

BASE_URL = "https://download.geonames.org/export/dump"
"""The folder of the dumps, as of 2024."""

ENVIRONMENT = "SITMAP_GEONAMES_URL"
"""Environment variable that names another server."""

ALL = "all"
_TAG = ".tag"
_CHUNK = 1 << 16
_TIMEOUT_S = 30.0
_WAITS_S = (1.0, 2.0, 4.0, 8.0)
_GONE = (404, 410)
_AGAIN = (408, 425, 429, 500, 502, 503, 504)
_BROKEN = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Server:
    """Where to fetch from.

    Attributes
    ----------
    url
        The folder of the dumps; empty for that of the environment, or GeoNames' own.
    waits_s
        How long to wait after each failure in a row; after the last the download fails. What came counts as success.
    timeout_s
        How long the server may be silent.
    """

    url: str = ""
    waits_s: tuple[float, ...] = _WAITS_S
    timeout_s: float = _TIMEOUT_S

    @property
    def base(self) -> str:
        """The folder, without a slash at its end."""
        return (self.url or os.environ.get(ENVIRONMENT) or BASE_URL).rstrip("/")


_USUAL = Server()


def country_list(words: Sequence[str]) -> tuple[str, ...]:
    """Read the countries to fetch: ``("SY,TR", "iq")`` is SY, TR, IQ; ``all`` stands for every country.

    Raises
    ------
    GazetteerError
        If one is no country's code.
    """
    codes = [code.strip() for word in words for code in word.split(",") if code.strip()]
    if [code.lower() for code in codes] == [ALL]:
        return (ALL,)
    found = []
    for code in codes:
        if code.upper() not in country_codes():
            do = 'Write ISO 3166-1 alpha-2 codes, for example SY,TR; or "all"'
            raise GazetteerError(f"no country has the code {code!r}", do=do)
        found.append(code.upper())
    if not found:
        raise GazetteerError("no country is named", do='Write ISO 3166-1 alpha-2 codes, for example SY,TR; or "all"')
    return tuple(dict.fromkeys(found))


def fetch_geonames(
    codes: Sequence[str],
    *,
    server: Server = _USUAL,
    alternate_names: bool = True,
    cache: Path | None = None,
    tell: Tell,
) -> tuple[Path, ...]:
    """Fetch dumps of GeoNames, and the alternate names that belong to them.

    Parameters
    ----------
    codes
        What `country_list` gave.
    server
        Where from.
    alternate_names
        Whether to fetch the files with languages and flags too; a country without one is done without.
    cache
        Folder of the user's cache; None for the usual one. What was fetched stays there, and is fetched again only if
        the server has another.
    tell
        Told how far it is.

    Returns
    -------
    tuple of Path
        The files of features; the others lie where `geo.gazetteer.importing.formats.find_given` looks for them.

    Raises
    ------
    GazetteerError
        If the server cannot be reached, has no such file, or what came is not whole.
    """
    folder = writable(cache) / "geonames"
    (folder / "alternatenames").mkdir(parents=True, exist_ok=True)
    forget_unused(folder)
    forget_unused(folder / "alternatenames")
    found = []
    for code in codes:
        name = "allCountries.zip" if code == ALL else f"{code}.zip"
        found.append(fetch(f"{server.base}/{name}", folder / name, server=server, tell=tell))
        more = "alternateNamesV2.zip" if code == ALL else f"alternatenames/{code}.zip"
        if alternate_names:
            with suppress(FileNotFoundError):
                fetch(f"{server.base}/{more}", folder / more, server=server, tell=tell, missing=FileNotFoundError)
        else:
            (folder / more).unlink(missing_ok=True)
    return tuple(found)


def fetch(url: str, path: Path, *, server: Server, tell: Tell, missing: type[Exception] = GazetteerError) -> Path:
    """Fetch a zip archive.

    A broken connection is taken up where it broke (RFC 9110, section 14), in the next run too, unless the file on the
    server has changed meanwhile.

    Parameters
    ----------
    url
        Where it is.
    path
        Where it goes; nothing lies there before it is whole.
    server
        For its patience.
    tell
        Told how far it is.
    missing
        Raised if the server has no such file.
    """
    if not url.startswith(("http://", "https://")):
        raise GazetteerError(f"{url!r} is no address of a server", do="Write http://… or https://…")
    part = path.with_name(f"{path.name}.part")
    failures, most = 0, part.stat().st_size if part.exists() else 0
    while True:
        try:
            if _receive(url, path, part, server, tell):
                return path
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in _GONE:
                if missing is not GazetteerError:
                    raise missing(url) from None
                do = "See that the code is right, and the server, with --base-url"
                raise GazetteerError(f"the server has no {url}", do=do) from None
            if error.code == 416:  # what is there is no part of the file any more
                part.unlink(missing_ok=True)
            elif error.code not in _AGAIN:
                raise GazetteerError(
                    f"{url}: the server refuses it: {error.code} {error.reason}", do="Try later"
                ) from None
            why = f"{error.code} {error.reason}"
        except _BROKEN as error:
            why = str(getattr(error, "reason", "") or error or type(error).__name__)
        else:
            why = "the connection ended early"
        now = part.stat().st_size if part.exists() else 0
        failures, most = (0, now) if now > most else (failures + 1, most)
        if failures > len(server.waits_s):
            do = "See that you are online; what came is kept, and the next try goes on there"
            raise GazetteerError(f"{url} cannot be fetched: {why}", do=do)
        time.sleep(server.waits_s[max(failures - 1, 0)] if server.waits_s else 0)


def _receive(url: str, path: Path, part: Path, server: Server, tell: Tell) -> bool:
    """Receive what is missing; True once the file is whole and in its place."""
    had = part.stat().st_size if part.exists() else 0
    headers = _headers(part if had else path)
    request = urllib.request.Request(url, headers=headers)  # noqa: S310  # its scheme is checked
    try:
        with urllib.request.urlopen(request, timeout=server.timeout_s) as response:  # noqa: S310
            goes_on = response.status == 206 and _starts_at(response.headers, had)
            if response.status == 206 and not goes_on:
                part.unlink(missing_ok=True)
                return False
            total = _total(response.headers, had if goes_on else 0)
            _write_tag(part, response.headers)
            with part.open("ab" if goes_on else "wb") as file:
                got = _copy(response, file, path.name, had if goes_on else 0, total, tell)
    except urllib.error.HTTPError as error:
        if error.code != 304:
            raise
        error.close()
        os.utime(path)
        return True
    if total is not None and got < total:
        return False
    _check(part, url, got, total)
    _tag(part).replace(_tag(path))
    part.replace(path)
    return True


def _headers(there: Path) -> dict[str, str]:
    """Ask for what is missing of a part, or for a file only if it is another than the whole one that is there."""
    headers = {"User-Agent": f"sitmap/{version('sitmap')}"}
    known = _read_tag(there)
    validator = known.get("etag") or known.get("modified")
    if not validator or not there.exists():
        return headers
    if there.suffix == ".part":
        return {**headers, "Range": f"bytes={there.stat().st_size}-", "If-Range": validator}
    return {**headers, "If-None-Match" if known.get("etag") else "If-Modified-Since": validator}


def _copy(response: IO[bytes], file: IO[bytes], name: str, had: int, total: int | None, tell: Tell) -> int:
    got = had
    while chunk := response.read(_CHUNK):
        file.write(chunk)
        got += len(chunk)
        tell(f"Fetching {name}", got, total or got)
    return got


def _starts_at(headers: email.message.Message, had: int) -> bool:
    return str(headers.get("Content-Range", "")).startswith(f"bytes {had}-")


def _total(headers: email.message.Message, had: int) -> int | None:
    length = headers.get("Content-Length")
    return had + int(length) if length and length.isdigit() else None


def _check(part: Path, url: str, got: int, total: int | None) -> None:
    """See that an archive is as long as it should be, and whole.

    Raises
    ------
    GazetteerError
        If not; then it is deleted.
    """
    what = f"{got:,} bytes came of {total:,}" if total is not None and got != total else ""
    try:
        with zipfile.ZipFile(part) as archive:
            bad = archive.testzip()
            what = what or (f"{bad} in it is damaged" if bad else "")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:  # RuntimeError: encrypted
        what = what or str(error)
    if what:
        part.unlink(missing_ok=True)
        do = "Try again; if it stays so, see that the server is right, with --base-url"
        raise GazetteerError(f"{url} is not a whole zip archive: {what}", do=do)


def _tag(path: Path) -> Path:
    return path.with_name(path.name + _TAG)


def _read_tag(path: Path) -> Mapping[str, str]:
    """Give what the server said of a file or a part of it, by which it knows that one again."""
    with suppress(OSError, ValueError):
        return dict(json.loads(_tag(path).read_text(encoding="utf-8")))
    return {}


def _write_tag(path: Path, headers: email.message.Message) -> None:
    etag = str(headers.get("ETag", ""))
    strong = "" if etag.startswith("W/") else etag  # a weak one does not promise the same bytes
    values = {"etag": strong, "modified": str(headers.get("Last-Modified", ""))}
    _tag(path).write_text(json.dumps(values), encoding="utf-8")
