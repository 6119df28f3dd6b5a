"""The online geocoders that can be asked: where they run, whose data they give, and what may be asked of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.metadata import version
from types import MappingProxyType
from urllib.parse import urlsplit

from geo.errors import InputError
from geo.settings import OnlineSettings

_OSM = "© OpenStreetMap contributors"
_ODBL = "ODbL 1.0"
_OSM_COPYRIGHT = "https://www.openstreetmap.org/copyright"


@dataclass(frozen=True, slots=True)
class Service:
    """An online geocoder.

    Attributes
    ----------
    name, label
        As an option says it, and as people do.
    url
        Its public server.
    attribution, licence
        Whom to name where its answers are published, and under what licence they are.
    licence_url
        Where the licence stands.
    """

    name: str
    label: str
    url: str
    attribution: str
    licence: str
    licence_url: str

    @property
    def credit(self) -> str:
        """Attribution and licence in one phrase."""
        return f"{self.attribution}, {self.licence}"


SERVICES = MappingProxyType(
    {
        service.name: service
        for service in (
            Service(
                "nominatim",
                "Nominatim",
                "https://nominatim.openstreetmap.org",
                _OSM,
                _ODBL,
                _OSM_COPYRIGHT,
            ),
            Service("photon", "Photon", "https://photon.komoot.io", _OSM, _ODBL, _OSM_COPYRIGHT),
            Service(
                "geonames",
                "GeoNames",
                "https://secure.geonames.org",
                "GeoNames",
                "CC BY 4.0",
                "https://creativecommons.org/licenses/by/4.0/",
            ),
        )
    }
)
"""By name."""


def service_of(settings: OnlineSettings) -> tuple[Service, OnlineSettings]:
    """Check settings, and fill in what they leave open.

    Parameters
    ----------
    settings
        As options, environment and atlas gave them.

    Returns
    -------
    tuple
        The service, and the settings with its URL, without a slash at the end, and a user agent.

    Raises
    ------
    InputError
        Where they name no service that there is, a URL is none, or a user name is missing.
    """
    service = SERVICES.get(settings.service)
    if service is None:
        do = f"Name one of {', '.join(SERVICES)}"
        raise InputError(f"there is no online geocoder {settings.service!r}", do=do)
    if service.name == "geonames" and not settings.user:
        raise InputError(
            "GeoNames wants a user name",
            do="Make one at https://www.geonames.org/login, enable its web services there, and give it with "
            "--online-user NAME, as SITMAP_ONLINE_USER, or as user under [online] in seeds/atlas.toml",
        )
    url = (settings.url or service.url).rstrip("/")
    check_url(url, do="Write where the geocoder runs, for example https://nominatim.example.org")
    for what, text in (("user agent", settings.user_agent), ("e-mail address", settings.email)):
        if not (text.isascii() and text.isprintable()):
            raise InputError(f"the {what} {text!r} cannot be sent", do="Write it in plain ASCII")
    return service, replace(settings, url=url, user_agent=settings.user_agent or _user_agent(settings.email))


def check_url(url: str, *, do: str) -> None:
    """Refuse what is no web address of a server.

    Parameters
    ----------
    url
        With its scheme, without query and fragment.
    do
        What the error tells the user to do.

    Raises
    ------
    InputError
        Where it is none.
    """
    try:
        parts = urlsplit(url)
        fit = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
        _ = parts.port
    except ValueError:
        fit = False
    if not fit or not url.isascii() or " " in url:
        raise InputError(f"{url!r} is no web address", do=do)


def _user_agent(email: str) -> str:
    return f"sitmap/{version('sitmap')}" + (f" ({email})" if email else "")
