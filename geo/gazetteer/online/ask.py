"""One request to an online geocoder, through geopy; what goes wrong becomes an `OnlineError` that says what."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from geopy import exc
from geopy.adapters import AdapterHTTPError, URLLibAdapter, get_retry_after
from geopy.geocoders import GeoNames, Nominatim, Photon

from geo.errors import OnlineError
from geo.gazetteer.online.services import Service
from geo.settings import OnlineSettings, Theatre

MOST_ANSWERS = 10
"""More are of no use: what is asked for is the place of that name in the theatre."""

_SHOWN = 60

logging.getLogger("geopy").addHandler(logging.NullHandler())  # else Python prints its warnings to standard error


def ask(query: str, *, service: Service, settings: OnlineSettings, theatre: Theatre) -> tuple[dict[str, Any], ...]:
    """Send one request.

    Parameters
    ----------
    query
        A name.
    service, settings
        As `service_of` gave them.
    theatre
        Its countries limit what Nominatim and GeoNames give; its window is a preference for Nominatim (an unbounded
        ``viewbox``), and its middle one for Photon.

    Returns
    -------
    tuple of dict
        The answers as the service sent them, best first; empty where it says that it knows none.

    Raises
    ------
    OnlineError
        Where it does not answer, refuses, or sends something else than its format.
    """
    try:
        found = _SENDERS[service.name](query, settings, theatre)
    except exc.GeopyError as error:
        raise _failure(error, service, settings) from error
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        # geopy reads an answer without looking whether it is one.
        raise _unreadable(service, settings, f"{type(error).__name__}: {error}") from error
    answers = tuple(dict(one.raw) for one in found or () if one is not None and isinstance(one.raw, Mapping))
    return answers[:MOST_ANSWERS]


def _nominatim(query: str, settings: OnlineSettings, theatre: Theatre) -> Any:
    window = theatre.bbox and ((theatre.bbox[1], theatre.bbox[0]), (theatre.bbox[3], theatre.bbox[2]))
    scheme, domain = _parts(settings)
    client = Nominatim(
        scheme=scheme, domain=domain, user_agent=settings.user_agent, adapter_factory=partial(_Adapter, _is_nominatim)
    )
    return client.geocode(
        query,
        exactly_one=False,
        timeout=settings.timeout_s,
        limit=MOST_ANSWERS,
        addressdetails=True,
        namedetails=True,
        language="en",
        country_codes=[code.lower() for code in theatre.countries],
        viewbox=window,
        bounded=False,
    )


def _photon(query: str, settings: OnlineSettings, theatre: Theatre) -> Any:
    middle = theatre.bbox and ((theatre.bbox[1] + theatre.bbox[3]) / 2, (theatre.bbox[0] + theatre.bbox[2]) / 2)
    scheme, domain = _parts(settings)
    client = Photon(
        scheme=scheme, domain=domain, user_agent=settings.user_agent, adapter_factory=partial(_Adapter, _is_photon)
    )
    return client.geocode(
        query,
        exactly_one=False,
        timeout=settings.timeout_s,
        limit=MOST_ANSWERS,
        language="en",
        location_bias=middle,
    )


def _geonames(query: str, settings: OnlineSettings, theatre: Theatre) -> Any:
    scheme, domain = _parts(settings)
    client = GeoNames(
        settings.user,
        scheme=scheme,
        domain=domain,
        user_agent=settings.user_agent,
        adapter_factory=partial(_Adapter, _is_geonames),
    )
    return client.geocode(query, exactly_one=False, timeout=settings.timeout_s, country=list(theatre.countries))


_SENDERS: Mapping[str, Callable[[str, OnlineSettings, Theatre], Any]] = {
    "nominatim": _nominatim,
    "photon": _photon,
    "geonames": _geonames,
}


class _Adapter(URLLibAdapter):  # type: ignore[misc]  # geopy has no types
    """Sends each request once, and takes no answer in another shape than the service's.

    geopy prefers ``requests`` where that is installed, which sends a failed request up to three times at once; and it
    reads ``{}`` as "nothing found", whoever sent it.
    """

    def __init__(self, fits: Callable[[Any], bool], **options: Any) -> None:
        super().__init__(**options)
        self._fits = fits

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        value = super().get_json(url, timeout=timeout, headers=headers)
        if not self._fits(value):
            raise exc.GeocoderParseError(f"not its format:\n{value}")
        return value


def _is_nominatim(value: Any) -> bool:
    return isinstance(value, list) or (isinstance(value, dict) and "error" in value)


def _is_photon(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("features"), list)


def _is_geonames(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    status = value.get("status")
    told = isinstance(status, dict) and {"message", "value"} <= set(status)
    return told or isinstance(value.get("geonames"), list)


def _parts(settings: OnlineSettings) -> tuple[str, str]:
    scheme, _, domain = settings.url.partition("://")
    return scheme.lower(), domain


def _failure(error: exc.GeopyError, service: Service, settings: OnlineSettings) -> OnlineError:
    """Say what an exception of geopy means; it maps 503 to a time-out and loses its Retry-After."""
    who = f"{service.label} at {urlsplit(settings.url).netloc.rpartition('@')[2]}"
    http = error.__cause__ if isinstance(error.__cause__, AdapterHTTPError) else None
    if http is not None:
        return _status(http, who)
    if isinstance(error, exc.GeocoderTimedOut):
        return OnlineError(f"{who} did not answer within {settings.timeout_s:g} s", do="Try again later", again=True)
    if isinstance(error, exc.GeocoderParseError):
        head, several, rest = str(error).partition("\n")  # the answer itself stands below what geopy says of it
        return _unreadable(service, settings, rest if several else head)
    if isinstance(error, exc.GeocoderAuthenticationFailure | exc.GeocoderInsufficientPrivileges):
        return OnlineError(f"{who} refuses the user: {short(error)}", do="Check --online-user", over=True)
    if isinstance(error, exc.GeocoderQuotaExceeded):
        return OnlineError(f"{who} gives no more for now: {short(error)}", do="Try again later", over=True)
    return OnlineError(f"{who} cannot be asked: {short(error)}", do="Check the address and the network", again=True)


def _status(http: AdapterHTTPError, who: str) -> OnlineError:
    code = http.status_code
    wait_s = retry_after_s(http.headers)
    if code == 429:
        return OnlineError(f"{who} says that it was asked too often (HTTP 429)", do="Later", again=True, wait_s=wait_s)
    if code >= 500:
        do = "Try again later"
        return OnlineError(f"{who} has a fault of its own (HTTP {code})", do=do, again=True, wait_s=wait_s)
    if code in (401, 403, 407):
        do = "See its terms of use; say who you are with --online-email or --online-user"
        return OnlineError(f"{who} refuses (HTTP {code})", do=do, over=True)
    return OnlineError(f"{who} does not take the request (HTTP {code})", do="Check the address")


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Give how many seconds a server asks to wait in ``retry-after``; None where it says nothing that can be read."""
    with suppress(KeyError, TypeError, ValueError, OverflowError):
        return float(get_retry_after(headers))
    return None


def _unreadable(service: Service, settings: OnlineSettings, text: str) -> OnlineError:
    who = f"{service.label} at {urlsplit(settings.url).netloc.rpartition('@')[2]}"
    return OnlineError(f"{who} sent no answer of {service.label}: {short(text)}", do="Check the address", again=True)


def short(text: object) -> str:
    """Give the beginning of what a server sent on one line, quoted, with escapes for what a terminal must not get."""
    line = " ".join(str(text).split())
    return repr(line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…")
