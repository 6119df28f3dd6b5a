"""One question to an OpenAI-compatible endpoint; what goes wrong becomes an `OnlineError` that says what.

`requests` sends it: without redirects, retries or cookies of its own, and so that an answer can be left in the middle.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geo.errors import InputError, OnlineError
from geo.gazetteer.online.ask import retry_after_s, short
from geo.gazetteer.online.services import check_url
from geo.llm.prompt import SCHEMA_NAME, answer_schema
from geo.settings import LlmSettings

if TYPE_CHECKING:
    import requests

MOST_BYTES = 2_000_000
MOST_TOKENS = 4_096
SEED = 0

_PATH = "/chat/completions"
_CHUNK = 1 << 14
_TRIES = 8
_REFUSED = (401, 403, 407)
_NOT_TAKEN = (400, 422, 501)
_SECRET = 8  # letters; a shorter key is no secret ("none"), and is not blotted out


@dataclass(frozen=True, slots=True)
class Said:
    """What an endpoint sent.

    Attributes
    ----------
    content
        The text of the model.
    model
        What the endpoint calls it.
    """

    content: str
    model: str


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an endpoint takes, as far as it is known.

    Attributes
    ----------
    form
        ``"json_schema"``, ``"json_object"`` or ``"text"``: how it is told the form of the answer.
    limit
        What it calls the most tokens of an answer; empty where it takes no limit.
    temperature, seed
        Whether it can be told to choose the likeliest words, and the same each time.
    """

    form: str = "json_schema"
    limit: str = "max_tokens"
    temperature: bool = True
    seed: bool = True


def check_settings(settings: LlmSettings) -> LlmSettings:
    """Check settings, and give them with the URL that questions go to.

    Raises
    ------
    InputError
        Where a URL, model or key cannot be used. A key is never shown.
    """
    url = settings.url.rstrip("/")
    check_url(url, do="Write where the endpoint runs, for example http://localhost:11434/v1")
    if "@" in urlsplit(url).netloc:
        do = "Put the key into an environment variable and name that with --llm-key-env"
        raise InputError("the address of a language model holds a user or password", do=do)
    if not settings.model:
        do = "Name it with --llm-model, as SITMAP_LLM_MODEL, or as model under [llm] in seeds/atlas.toml"
        raise InputError("no language model is named", do=do)
    if not (settings.key.isascii() and settings.key.isprintable()) or " " in settings.key:
        do = "Look at the environment variable: a line break at the end is not seen"
        raise InputError("the key of the language model holds what no header can carry", do=do)
    return replace(settings, url=url if url.endswith(_PATH) else url + _PATH)


def is_here(url: str) -> bool:
    """Tell whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def host_of(url: str) -> str:
    """Give host and port of an address."""
    return urlsplit(url).netloc.rpartition("@")[2]


def ask(messages: Sequence[Mapping[str, str]], settings: LlmSettings, dialect: Dialect) -> tuple[Said, Dialect]:
    """Ask once, and again only as far as the endpoint does not know what the question is sent with.

    Parameters
    ----------
    messages
        The question.
    settings
        As `check_settings` gave them.
    dialect
        What the endpoint takes, as far as earlier questions told.

    Returns
    -------
    tuple
        The answer, and what the endpoint takes.

    Raises
    ------
    OnlineError
        Where there is no answer.
    """
    for _ in range(_TRIES):
        status, body, headers = _post(_body(messages, settings, dialect), settings)
        told = _blotted(body.decode("utf-8", "replace"), settings)
        simpler = _simpler(dialect, status, told)
        if simpler is not None:
            dialect = simpler
            continue
        if status != 200:
            raise _failure(status, told, headers, settings)
        return _said(body, settings), dialect
    raise OnlineError(f"{_who(settings)} does not take the request in any form", do="Check the address", over=True)


def _body(messages: Sequence[Mapping[str, str]], settings: LlmSettings, dialect: Dialect) -> dict[str, Any]:
    body: dict[str, Any] = {"model": settings.model, "messages": list(messages), "stream": False}
    if dialect.temperature:
        body["temperature"] = 0
    if dialect.seed:
        body["seed"] = SEED
    if dialect.limit:
        body[dialect.limit] = MOST_TOKENS
    if dialect.form == "json_schema":
        schema = {"name": SCHEMA_NAME, "strict": True, "schema": answer_schema()}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif dialect.form == "json_object":
        body["response_format"] = {"type": "json_object"}
    return body


def _simpler(dialect: Dialect, status: int, told: str) -> Dialect | None:
    """Give what to leave out of a question that was not taken; None where it was, or nothing is left to leave out."""
    form = {"json_schema": "json_object", "json_object": "text"}.get(dialect.form)
    formless = "response_format" in told or "json_schema" in told
    if status == 500 and formless and form:  # some servers take what they do not know for a fault of their own
        return replace(dialect, form=form)
    if status not in _NOT_TAKEN:
        return None
    if "max_completion_tokens" in told and dialect.limit == "max_tokens":
        return replace(dialect, limit="max_completion_tokens")
    if dialect.limit and ("max_tokens" in told or "max_completion_tokens" in told):
        return replace(dialect, limit="")
    if dialect.temperature and "temperature" in told:
        return replace(dialect, temperature=False)
    if dialect.seed and "seed" in told:
        return replace(dialect, seed=False)
    return replace(dialect, form=form) if form else None


def _post(body: Mapping[str, Any], settings: LlmSettings) -> tuple[int, bytes, Mapping[str, str]]:
    """Send a question, and read the answer up to its end, the most bytes or the deadline."""
    import requests
    import urllib3

    deadline = time.monotonic() + settings.timeout_s
    with requests.Session() as session:
        session.trust_env = not is_here(settings.url)  # proxies of the environment, but none for this machine
        try:
            response = session.post(
                settings.url,
                json=body,
                headers={"Accept": "application/json", "Accept-Encoding": "identity"},
                auth=_Bearer(settings.key),
                timeout=settings.timeout_s,
                allow_redirects=False,
                stream=True,
            )
            with response:
                if 300 <= response.status_code < 400:
                    raise _elsewhere(response.headers.get("location", ""), settings)
                return response.status_code, _read(response, deadline, settings), response.headers
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise _late(settings) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise _cut_off(error, settings) from error


class _Bearer:
    """Sets the key as bearer token. Without an object that does, `requests` would send a password from ``.netrc``."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._key:
            request.headers["Authorization"] = f"Bearer {self._key}"
        return request


def _read(response: requests.Response, deadline: float, settings: LlmSettings) -> bytes:
    found = bytearray()
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        found += chunk
        if len(found) > MOST_BYTES:
            raise OnlineError(f"{_who(settings)} sent more than {MOST_BYTES:,} bytes", do="Check the address")
        if time.monotonic() > deadline:
            raise _late(settings)
    return bytes(found)


def _said(body: bytes, settings: LlmSettings) -> Said:
    """Take the text out of an answer; a model that was cut off has not answered."""
    import orjson

    who = _who(settings)
    try:
        value = orjson.loads(body)
        choice = value["choices"][0]
        content, refusal = choice["message"].get("content"), choice["message"].get("refusal")
        model = value.get("model")
    except (orjson.JSONDecodeError, AttributeError, IndexError, KeyError, TypeError) as error:
        start = short(_blotted(body[:_CHUNK].decode("utf-8", "replace"), settings))
        do = "Check the address: it ends in /v1 at most servers"
        raise OnlineError(f"{who} sent no chat completion: {start}", do=do, again=True) from error
    if isinstance(content, list):  # some endpoints send the text in parts
        content = "".join(str(part.get("text", "")) for part in content if isinstance(part, Mapping))
    if choice.get("finish_reason") == "length":
        do = "Take a model that answers shorter, or with more room for its answer"
        raise OnlineError(f"{who} was cut off before the end of its answer", do=do)
    if not isinstance(content, str) or not content.strip():
        why = f": {short(_blotted(str(refusal), settings))}" if refusal else ""
        raise OnlineError(f"{who} said nothing{why}", do="Try another model", again=not refusal)
    return Said(_blotted(content, settings), _blotted(model if isinstance(model, str) else "", settings)[:200])


def _blotted(text: str, settings: LlmSettings) -> str:
    """Blot the key out of what an endpoint sent: some repeat it in their errors."""
    return text.replace(settings.key, "[key]") if len(settings.key) >= _SECRET else text


def _who(settings: LlmSettings) -> str:
    return f"{settings.model} at {host_of(settings.url)}"


def _late(settings: LlmSettings) -> OnlineError:
    do = "Give it more time with --llm-timeout, or try again later"
    return OnlineError(f"{_who(settings)} did not answer within {settings.timeout_s:g} s", do=do, again=True)


def _cut_off(error: Exception, settings: LlmSettings) -> OnlineError:
    inner: BaseException = error
    while inner.__cause__ is not None or inner.__context__ is not None:
        inner = inner.__cause__ or inner.__context__ or inner  # libraries wrap what the system says
    what = getattr(inner, "strerror", None) or str(inner) or type(inner).__name__
    do = "Check the address and the network"
    return OnlineError(f"{_who(settings)} cannot be asked: {short(_blotted(what, settings))}", do=do, again=True)


def _elsewhere(location: str, settings: LlmSettings) -> OnlineError:
    to = short(_blotted(location, settings))
    do = "If you trust that address, give it; the article was not sent there"
    return OnlineError(f"{_who(settings)} redirects to {to}", do=do, over=True)


def _failure(status: int, told: str, headers: Mapping[str, str], settings: LlmSettings) -> OnlineError:
    """Say what a status means; of what is told with it nothing is shown where the key may be what is wrong."""
    who, wait_s = _who(settings), retry_after_s(headers)
    if status in _REFUSED:
        do = "Name the environment variable that holds its key with --llm-key-env"
        return OnlineError(f"{who} refuses (HTTP {status})", do=do, over=True)
    if status == 429:
        do = "Try again later"
        return OnlineError(f"{who} says that it was asked too often (HTTP 429)", do=do, again=True, wait_s=wait_s)
    if status >= 500 or status == 408:
        do = "Try again later"
        return OnlineError(f"{who} has a fault of its own (HTTP {status})", do=do, again=True, wait_s=wait_s)
    do = "Check the address and the name of the model"
    return OnlineError(f"{who} does not take the request (HTTP {status}): {short(told)}", do=do)
