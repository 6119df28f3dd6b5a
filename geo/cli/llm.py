"""The options of commands that may ask a language model, and what they tell of it in the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.group import FAILURE, PARTIAL
from geo.cli.output import note, show_error
from geo.settings import Atlas, LlmSettings

if TYPE_CHECKING:
    from geo.llm import LanguageModel

_META = "geo.cli.llm"
_UNNAMED = "as set"
_ENVIRONMENT = "SITMAP_LLM_"
_KEY = f"{_ENVIRONMENT}KEY"


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    ctx.meta.setdefault(_META, {})[param.name] = value


def _url(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None and value != _UNNAMED and not value.lower().startswith(("http://", "https://")):
        raise click.BadParameter(
            f"{value!r} is no web address. Write --llm=URL, or --llm after all else for the address that is set."
        )
    _keep(ctx, param, value)


def _option(*names: str, help: str, **more: Any) -> Callable[[Any], Any]:
    more.setdefault("callback", _keep)
    return click.option(*names, expose_value=False, help=help, **more)


_MODEL = _option("--llm-model", metavar="NAME", help="Its name.  [default: the one of atlas.toml]")
_CACHE = _option(
    "--llm-cache",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of kept answers: an article is asked for once.  [default: in the user's cache folder]",
)
_ONLY = _option("--llm-only", is_flag=True, help="Leave out articles that it cannot read. Else the rules read them.")
_COMMON = (
    _option(
        "--llm",
        metavar="[URL]",
        is_flag=False,
        flag_value=_UNNAMED,
        callback=_url,
        help="Let a language model read the articles: an OpenAI-compatible endpoint, as in http://localhost:11434/v1. "
        "It gets their texts. Without a URL: the one of SITMAP_LLM_URL or atlas.toml.",
    ),
    _option(
        "--llm-key-env",
        metavar="VAR",
        help=f"Environment variable that holds the key.  [default: {_KEY}, unless atlas.toml names the address]",
    ),
    _option(
        "--llm-timeout",
        metavar="S",
        type=click.FloatRange(min=0, min_open=True, max=3600),
        help=f"Seconds that an answer may take.  [default: {LlmSettings().timeout_s:g}]",
    ),
)


def llm_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of language models; `language_model` reads them."""
    for option in reversed((*_COMMON, _MODEL, _CACHE, _ONLY)):
        command = option(command)
    return command


def llm_build_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of the language model that ``atlas.toml`` names."""
    for option in reversed(_COMMON):
        command = option(command)
    return command


def _given() -> Mapping[str, Any]:
    given: Mapping[str, Any] = click.get_current_context().meta.get(_META, {})
    if given.get("llm") is None:
        for name, value in sorted(given.items()):
            if value:
                raise click.UsageError(f"--{name.replace('_', '-')} does nothing without --llm.")
    return given


@contextmanager
def language_model(atlas: Atlas | None) -> Iterator[LanguageModel | None]:
    """Open the language model that the options of the command ask for, and tell in the end what came of it.

    Where it could not read an article the command ends with exit code 3, and with 1 where none was read and the rules
    were not to stand in.

    Yields
    ------
    LanguageModel or None
        None where ``--llm`` is not given.
    """
    given = _given()
    if given.get("llm") is None:
        yield None
        return
    from geo.llm import LanguageModel

    settings = choose_llm(given, os.environ, atlas.llm if atlas else LlmSettings())
    model = LanguageModel(settings, folder=given.get("llm_cache"), notify=note)
    try:
        yield model
    finally:
        tell(model)
    if model.failures:
        click.get_current_context().exit(code_of(model))


def atlas_model(atlas: Atlas) -> LanguageModel | None:
    """Open the language model of an atlas for asking, where ``--llm`` is given; its answers are kept in ``seeds/``."""
    given = _given()
    if given.get("llm") is None:
        return None
    if not atlas.llm.model:
        raise click.UsageError(
            '--llm: atlas.toml names no model. Write [llm] and model = "…" there; a build hangs on it.'
        )
    from geo.llm import RECORDS, LanguageModel

    settings = choose_llm(given, {**os.environ, f"{_ENVIRONMENT}MODEL": ""}, atlas.llm)
    return LanguageModel(settings, folder=atlas.seeds / RECORDS, notify=note)


def choose_llm(given: Mapping[str, Any], environment: Mapping[str, str], atlas: LlmSettings) -> LlmSettings:
    """Merge what options, environment and atlas say, in this order.

    An address that only the atlas names gets no key unless ``--llm-key-env`` is given: an atlas of others must not
    decide where a secret goes, nor which.

    Parameters
    ----------
    given
        The options by their names.
    environment
        ``SITMAP_LLM_URL``, ``_MODEL`` and ``_KEY``.
    atlas
        ``[llm]`` of ``atlas.toml``.
    """
    named = "" if given["llm"] == _UNNAMED else given["llm"]
    own_url = named or environment.get(f"{_ENVIRONMENT}URL", "")
    url = own_url or atlas.url
    if not url:
        raise click.UsageError(
            "--llm has no address, and neither SITMAP_LLM_URL nor [llm] in atlas.toml names one. Write --llm=URL."
        )
    variable = given.get("llm_key_env") or ""
    if variable and variable not in environment:
        raise click.UsageError(f"--llm-key-env: there is no environment variable {variable!r}.")
    return replace(
        atlas,
        url=url,
        model=given.get("llm_model") or environment.get(f"{_ENVIRONMENT}MODEL", "") or atlas.model,
        only=bool(given.get("llm_only")) or atlas.only,
        key=environment[variable] if variable else environment.get(_KEY, "") if own_url else "",
        timeout_s=given.get("llm_timeout") or atlas.timeout_s,
    )


def code_of(model: LanguageModel) -> int:
    """Give the exit code for a model that could not read every article."""
    return FAILURE if model.settings.only and not model.tally["articles"] else PARTIAL


def tell(model: LanguageModel, *, quiet: bool = False) -> None:
    """Say on standard error what a model left to say: what is left out, what failed, and how much it read."""
    from geo.errors import OnlineError

    for refusal in model.refusals:
        note(refusal.message, quiet=quiet)
    for remark in model.remarks:
        note(remark)
    instead = "the article is left out" if model.settings.only else "the rules of sitmap read it instead"
    for article, error in model.failures:
        show_error(OnlineError(f"{article}: {error.what}; {instead}", do=error.do))
    tally = model.tally
    articles, events = (_count(tally[key], noun) for key, noun in (("articles", "article"), ("taken", "event")))
    note(
        f"{model.settings.model}: {events} of {articles} taken, {tally['refused']} left out, "
        f"{_count(tally['failed'], 'article')} failed.",
        quiet=quiet,
    )


def told(model: LanguageModel) -> dict[str, Any]:
    """Give what came of a model as JSON."""
    return {
        "model": model.settings.model,
        "articles": model.tally["articles"],
        "events": model.tally["taken"],
        "left_out": [{name: getattr(refusal, name) for name in refusal.__slots__} for refusal in model.refusals],
        "remarks": model.remarks,
        "failed": [{"article": article, "why": error.message} for article, error in model.failures],
    }


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
