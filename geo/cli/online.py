"""The options of commands that may ask an online geocoder, and what they tell of it in the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from geo.cli.group import PARTIAL
from geo.cli.output import note, show_error
from geo.settings import ONLINE_SERVICES, Atlas, OnlineSettings, Theatre

if TYPE_CHECKING:
    from geo.gazetteer.online import Geocoder

_META = "geo.cli.online"
_UNNAMED = "as set"
_FIELDS = ("url", "user", "email", "user_agent")
_ENVIRONMENT = "SITMAP_ONLINE_"


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    ctx.meta.setdefault(_META, {})[param.name] = value


def _service(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None and value not in (*ONLINE_SERVICES, _UNNAMED):
        services = ", ".join(ONLINE_SERVICES)
        raise click.BadParameter(
            f"{value!r} is none of {services}. Write --online=SERVICE, or --online after all else for the one of "
            "atlas.toml."
        )
    _keep(ctx, param, value)


def _option(*names: str, help: str, **more: Any) -> Callable[[Any], Any]:
    more.setdefault("callback", _keep)
    return click.option(*names, expose_value=False, help=help, **more)


_OPTIONS = (
    _option(
        "--online",
        metavar="[SERVICE]",
        is_flag=False,
        flag_value=_UNNAMED,
        callback=_service,
        help=f"Ask an online geocoder for names that no gazetteer here has: {', '.join(ONLINE_SERVICES)}. Without it "
        "sitmap never uses the network. Without a SERVICE: the one of atlas.toml.",
    ),
    _option("--online-url", metavar="URL", help="Where it runs.  [default: its public server]"),
    _option("--online-user", metavar="NAME", help="User name, which GeoNames needs."),
    _option("--online-email", metavar="ADDRESS", help="Sent along, so that the service can reach you."),
    _option("--online-user-agent", metavar="TEXT", help="What requests call themselves.  [default: sitmap/VERSION]"),
    _option("--offline", is_flag=True, help="With --online: take kept answers alone, ask for none."),
)


def online_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of online geocoders; `online_geocoder` reads them."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@contextmanager
def online_geocoder(atlas: Atlas | None, theatre: Theatre, *, required: bool = False) -> Iterator[Geocoder | None]:
    """Open the geocoder that the options of the command ask for, and tell in the end what came of it.

    Where names could not be asked for, the command ends with exit code 3.

    Parameters
    ----------
    atlas
        Its settings count where neither an option nor the environment says another thing.
    theatre
        Sent along with each name.
    required
        Whether the command can do nothing without one.

    Yields
    ------
    Geocoder or None
        None where ``--online`` is not given.
    """
    ctx = click.get_current_context()
    given: Mapping[str, Any] = ctx.meta.get(_META, {})
    if given.get("online") is None:
        _refuse_idle(given)
        if required:
            raise click.UsageError(f"No service. Say whom to ask: --online {', '.join(ONLINE_SERVICES)}.")
        yield None
        return
    from geo.gazetteer.online import Geocoder

    settings = choose_settings(given, os.environ, atlas.online if atlas else OnlineSettings())
    if not settings.service:
        raise click.UsageError(
            "--online names no service, and no [online] in atlas.toml does. Write "
            f"--online={'|'.join(ONLINE_SERVICES)}."
        )
    geocoder = Geocoder(settings, theatre=theatre, offline=bool(given.get("offline")))
    try:
        yield geocoder
    finally:
        _tell(geocoder)
    if geocoder.tally["failed"]:
        ctx.exit(PARTIAL)


def _refuse_idle(given: Mapping[str, Any]) -> None:
    for name in ("offline", *(f"online_{field}" for field in _FIELDS)):
        if given.get(name):
            option = "--" + name.replace("_", "-")
            raise click.UsageError(f"{option} does nothing without --online.")


def choose_settings(given: Mapping[str, Any], environment: Mapping[str, str], atlas: OnlineSettings) -> OnlineSettings:
    """Merge what options, environment and atlas say, in this order.

    Environment and atlas count as a whole: where one names a service and another is asked, its address and user are not
    that one's.

    Parameters
    ----------
    given
        The options by their names.
    environment
        ``SITMAP_ONLINE_SERVICE``, ``_URL``, ``_USER``, ``_EMAIL`` and ``_USER_AGENT``.
    atlas
        ``[online]`` of ``atlas.toml``.
    """
    around = {name: environment.get(_ENVIRONMENT + name.upper(), "") for name in ("service", *_FIELDS)}
    named = "" if given["online"] == _UNNAMED else given["online"]
    service = named or around["service"] or atlas.service
    inside = {name: getattr(atlas, name) for name in ("service", *_FIELDS)}

    def choose(field: str) -> str:
        layers = [layer[field] for layer in (around, inside) if layer["service"] in ("", service)]
        return str(given.get(f"online_{field}") or next(filter(None, layers), ""))

    url, user, email, user_agent = map(choose, _FIELDS)
    return OnlineSettings(service=service, url=url, user=user, email=email, user_agent=user_agent)


def _tell(geocoder: Geocoder) -> None:
    from geo.errors import OnlineError

    tally, service = geocoder.tally, geocoder.service
    asked = sum(tally.values())
    if not asked:
        note(f"{service.label}: no name had to be asked for.")
        return
    names = "name" if asked == 1 else "names"
    found, unfit, unknown, failed = (tally[word] for word in ("found", "unfit", "unknown", "failed"))
    note(f"{service.label}: {found} of {asked} {names} found, {unfit} unfit, {unknown} unknown, {failed} failed.")
    if found:
        note(f"Where you publish it, name {service.credit} ({service.licence_url}).")
    if failed:
        count = f"{failed} {'name' if failed == 1 else 'names'}"
        what = f"{count} could not be asked for: {geocoder.failure}"
        show_error(OnlineError(what, do="Run it again; what was answered is kept"))
