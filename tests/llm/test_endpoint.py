"""An endpoint that misbehaves: what is tried again, what is not, and that a failure never looks like an answer."""

import json
from email.utils import formatdate

import pytest
from llm_server import Reply, item, says, serving

from geo.errors import InputError
from geo.gazetteer.online.pace import ATTEMPTS, FAILURES
from geo.llm.client import MOST_BYTES, SEED, is_here

KEY = "sk-very-secret-0123456789"
TEXT = "Rebels captured Kellvik on Sunday."
CAPTURE = item(quote=TEXT, place="Kellvik")
GOOD = says(CAPTURE)


def test_what_is_sent(server, read):
    server.sends(GOOD)
    assert len(read(TEXT, key=KEY).events) == 1
    (asked,) = server.asked
    body = asked.body
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert (body["model"], body["temperature"], body["seed"], body["stream"]) == ("tiny", 0, SEED, False)
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["strict"] is True
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert asked.article == TEXT
    assert KEY not in json.dumps(body)


def test_no_key_is_sent_where_none_is_given(server, read, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password hunter2\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    server.sends(GOOD)
    read(TEXT)
    assert "authorization" not in server.asked[0].headers


def test_the_whole_address_is_taken_too(server, read):
    server.sends(GOOD)
    read(TEXT, url=f"{server.url}/chat/completions/")
    assert server.asked[0].path == "/v1/chat/completions"


def test_this_machine_is_asked_without_a_proxy(server, read, monkeypatch):
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.sends(GOOD)
    assert len(read(TEXT).events) == 1


def test_an_article_is_asked_for_once(server, read, model):
    server.sends(GOOD)
    first = read(TEXT).events
    server.sends(Reply(status=500))
    assert read(TEXT).events == first
    assert read(TEXT, offline=True, url="").events == first
    assert len(server.asked) == 1
    assert read(TEXT, model="other").events == ()
    assert len(server.asked) == 1 + ATTEMPTS


# Answers that may be other ones the next time ------------------------------------------------------

WHOLE = GOOD.body
PASSING = {
    "words": (Reply("Sorry, I cannot do that."), "its answer is no JSON object with a list of events"),
    "an answer that is cut off": (Reply(GOOD.content[:-9]), "its answer is no JSON object with a list of events"),
    "nothing": (Reply(""), "tiny at HOST said nothing"),
    "no content": (Reply(None), "tiny at HOST said nothing"),
    "HTML": (Reply(raw=b"<!DOCTYPE html><p>Welcome"), "tiny at HOST sent no chat completion: '<!DOCTYPE html>"),
    "half a completion": (Reply(raw=WHOLE[:-9]), "tiny at HOST sent no chat completion"),
    "no body": (Reply(raw=b""), "tiny at HOST sent no chat completion: ''"),
    "not UTF-8": (Reply(raw=WHOLE.replace(b"Kellvik", b"K\xe9llvik")), "tiny at HOST sent no chat completion"),
    "UTF-16": (Reply(raw=WHOLE.decode().encode("utf-16")), "tiny at HOST sent no chat completion"),
    "no choices": (Reply(raw=b'{"choices": []}'), "tiny at HOST sent no chat completion"),
    "an error told as success": (Reply(raw=b'{"error": {"message": "overloaded"}}'), "tiny at HOST sent no chat completion"),
    "a list": (Reply(raw=b"[1, 2]"), "tiny at HOST sent no chat completion"),
    "depth": (Reply(raw=b"[" * 100_000), "tiny at HOST sent no chat completion"),
    "a fault": (Reply(raw=b"oops", status=500), "tiny at HOST has a fault of its own (HTTP 500)"),
    "a broken gateway": (Reply(raw=b"", status=502), "tiny at HOST has a fault of its own (HTTP 502)"),
    "too often": (Reply(raw=b"", status=429, headers={"Retry-After": "0"}), "tiny at HOST says that it was asked too often (HTTP 429)"),
    "a reset in the middle": (Reply(GOOD.content, reset_after=60), "tiny at HOST cannot be asked"),
    "a reset before the first byte": (Reply(GOOD.content, reset_after=0), "tiny at HOST cannot be asked"),
    "a late answer": (Reply(GOOD.content, delay_s=5), "tiny at HOST did not answer within 0.3 s"),
    "an answer in drops": (Reply(GOOD.content, drip_s=0.05), "tiny at HOST did not answer within 0.3 s"),
}  # fmt: skip


@pytest.mark.parametrize(("reply", "why"), PASSING.values(), ids=PASSING)
def test_what_may_pass_is_tried_again(server, read, reply, why):
    timeout_s = 1.0 if reply.delay_s or reply.drip_s else 5.0
    server.sends(reply, GOOD)
    assert len(read(TEXT, timeout_s=timeout_s).events) == 1
    assert len(server.asked) == 2


@pytest.mark.parametrize(("reply", "why"), PASSING.values(), ids=PASSING)
def test_what_does_not_pass_fails_the_article(server, read, tmp_path, reply, why):
    timeout_s = 0.3 if reply.delay_s or reply.drip_s else 5.0
    server.sends(reply)
    found = read(TEXT, timeout_s=timeout_s)
    host = server.url.split("/")[2]
    (failure,) = found.failures
    assert failure.startswith(why.replace("HOST", host))
    assert len(failure) < 300
    assert (found.events, found.left_out, len(server.asked)) == ((), [], ATTEMPTS)
    assert not (tmp_path / "kept").exists(), "a failure is never kept"


def test_the_next_attempt_reminds_of_the_form(server, read):
    server.sends(Reply("Sorry."), GOOD)
    read(TEXT)
    first, second = (asked.body["messages"] for asked in server.asked)
    assert second[:-1] == first
    assert second[-1]["content"].startswith("Your last answer was not the JSON object")


# Failures that stay --------------------------------------------------------------------------------

LASTING = {
    "a wrong key": (Reply(raw=f"wrong key {KEY}".encode(), status=401), "tiny at HOST refuses (HTTP 401). Name the environment variable that holds its key with --llm-key-env."),
    "no right": (Reply(status=403), "tiny at HOST refuses (HTTP 403). Name the environment variable that holds its key with --llm-key-env."),
    "no such model": (Reply(raw=b"model not found", status=404), "tiny at HOST does not take the request (HTTP 404): 'model not found'. Check the address and the name of the model."),
    "elsewhere": (Reply(status=307, headers={"Location": "http://198.51.100.7/v1"}), "tiny at HOST redirects to 'http://198.51.100.7/v1'. If you trust that address, give it; the article was not sent there."),
    "nowhere": (Reply(status=302), "tiny at HOST redirects to ''. If you trust that address, give it; the article was not sent there."),
    "an answer without end": (Reply("x" * (MOST_BYTES + 1)), "tiny at HOST sent more than 2,000,000 bytes. Check the address."),
    "a cut-off model": (Reply(GOOD.content, finish="length"), "tiny at HOST was cut off before the end of its answer. Take a model that answers shorter, or with more room for its answer."),
    "a refusal": (Reply(raw=b'{"choices": [{"message": {"content": null, "refusal": "I will not."}}]}'), "tiny at HOST said nothing: 'I will not.'. Try another model."),
    "leave me alone": (Reply(status=429, headers={"Retry-After": "3600"}), "tiny at HOST says that it was asked too often (HTTP 429). Try again later."),
    "leave me alone until": (Reply(status=503, headers={"Retry-After": formatdate(4e9, usegmt=True)}), "tiny at HOST has a fault of its own (HTTP 503). Try again later."),
}  # fmt: skip


@pytest.mark.parametrize(("reply", "why"), LASTING.values(), ids=LASTING)
def test_what_stays_is_not_tried_again(server, read, reply, why):
    server.sends(reply)
    found = read(TEXT, key=KEY)
    assert found.failures == [why.replace("HOST", server.url.split("/")[2])]
    assert (found.events, len(server.asked)) == ((), 1)


def test_a_redirect_gets_neither_article_nor_key(server, read):
    with serving() as other:
        server.sends(Reply(status=308, headers={"Location": f"{other.url}/chat/completions"}))
        read(TEXT, key=KEY)
        assert other.asked == []


def test_where_nobody_listens(read):
    (failure,) = read(TEXT, url="http://127.0.0.1:9/v1").failures
    assert failure.startswith("tiny at 127.0.0.1:9 cannot be asked: ")


def test_retry_after_is_kept(server, read):
    server.sends(Reply(status=429, headers={"Retry-After": "1"}), GOOD)
    found = read(TEXT)
    first, second = server.asked
    assert second.at - first.at >= 0.99
    assert len(found.events) == 1


def test_after_some_failures_in_a_row_nothing_more_is_asked(server, read, model):
    server.sends(Reply(status=404))
    reader = model()
    for n in range(FAILURES + 2):
        read(f"{TEXT} {n}", reader=reader)
    assert len(server.asked) == FAILURES
    assert reader.failures[-1][1].message.startswith("it was not asked for any more, since tiny at ")


def test_a_refused_key_ends_it_at_once(server, read, model):
    server.sends(Reply(status=401))
    reader = model()
    for n in range(2):
        read(f"{TEXT} {n}", reader=reader)
    assert (len(server.asked), len(reader.failures)) == (1, 2)


def test_the_rules_stand_in_unless_they_must_not(server, read):
    server.sends(Reply(status=404))
    rules = ("an event of the rules",)
    assert read(TEXT, rules=rules).events == rules
    assert read(TEXT, rules=rules, only=True).events == ()


# What an endpoint does not know ---------------------------------------------------------------------


def picky(**unknown):
    """Make a server that refuses what it does not know, in the words of several servers."""

    def reply(asked, _before):
        for name, (status, words, fits) in unknown.items():
            if name in asked.body and not fits(asked.body[name]):
                return Reply(raw=json.dumps({"error": {"message": words}}).encode(), status=status)
        return GOOD

    return reply


def never(_value):
    return False


def none_of(*types):
    return lambda value: value["type"] not in types


DIALECTS = {
    "json_object alone": ({"response_format": (400, "'response_format.type' must be 'json_object'", none_of("json_schema"))}, {"response_format": {"type": "json_object"}}),
    "a fault of its own": ({"response_format": (500, "response_format type must be one of text", never)}, {"response_format": None}),
    "no form": ({"response_format": (422, "Extra inputs are not permitted", never)}, {"response_format": None}),
    "text or schema": ({"response_format": (400, "must be 'json_schema' or 'text'; the schema is too hard", none_of("json_schema", "json_object"))}, {"response_format": None}),
    "max_completion_tokens": ({"max_tokens": (400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", never)}, {"max_tokens": None, "max_completion_tokens": 4096}),
    "a small context": ({"max_tokens": (400, "max_tokens is too large: 4096", never)}, {"max_tokens": None}),
    "its own temperature": ({"temperature": (400, "Unsupported value: 'temperature' does not support 0", never)}, {"temperature": None}),
    "no seed": ({"seed": (400, "Unrecognized request argument supplied: seed", never)}, {"seed": None}),
    "nothing": ({"temperature": (400, "temperature", never), "seed": (400, "seed", never), "max_tokens": (400, "max_tokens", never), "response_format": (400, "response_format", never)}, {"temperature": None, "seed": None, "max_tokens": None, "response_format": None}),
}  # fmt: skip


@pytest.mark.parametrize(("unknown", "sent"), DIALECTS.values(), ids=DIALECTS)
def test_what_an_endpoint_does_not_know_is_left_out(server, read, model, unknown, sent):
    server.reply = picky(**unknown)
    reader = model()
    found = read(TEXT, reader=reader)
    assert (len(found.events), found.failures) == (1, [])
    assert {name: server.asked[-1].body.get(name) for name in sent} == sent
    before = len(server.asked)
    read(f"{TEXT} Again.", reader=reader)
    assert len(server.asked) == before + 1, "it is known from then on"


def test_an_endpoint_that_takes_nothing_is_left(server, read):
    server.sends(Reply(raw=b"no", status=400))
    found = read(TEXT)
    assert found.failures[0].startswith("tiny at ")
    assert len(server.asked) == 3, "with a schema, as JSON, as text"


@pytest.mark.parametrize("how", ["chunked", "zipped"])
def test_however_it_is_sent(server, read, how):
    server.sends(Reply(GOOD.content, **{how: True}))
    found = read(TEXT)
    assert (len(found.events), found.failures) == (1, [])


def test_a_small_answer_that_unpacks_to_a_huge_one(server, read):
    server.sends(Reply(" " * 50_000_000, zipped=True))
    found = read(TEXT)
    assert "sent more than 2,000,000 bytes" in found.failures[0]
    assert len(server.asked) == 1


def test_content_in_parts_is_joined(server, read):
    half = len(GOOD.content) // 2
    parts = [{"type": "text", "text": GOOD.content[:half]}, {"type": "text", "text": GOOD.content[half:]}]
    server.sends(Reply(parts))
    assert len(read(TEXT).events) == 1


# Settings, privacy and kept answers -----------------------------------------------------------------

WRONG = [
    ({"url": "localhost:11434"}, "'localhost:11434' is no web address. Write where the endpoint runs, for example http://localhost:11434/v1."),
    ({"url": "file:///etc/passwd"}, "'file:///etc/passwd' is no web address. Write where the endpoint runs, for example http://localhost:11434/v1."),
    ({"url": "http://me:hunter2@host/v1"}, "the address of a language model holds a user or password. Put the key into an environment variable and name that with --llm-key-env."),
    ({"model": ""}, "no language model is named. Name it with --llm-model, as SITMAP_LLM_MODEL, or as model under [llm] in seeds/atlas.toml."),
    ({"key": f"{KEY}\n"}, "the key of the language model holds what no header can carry. Look at the environment variable: a line break at the end is not seen."),
    ({"key": "schlüssel"}, "the key of the language model holds what no header can carry. Look at the environment variable: a line break at the end is not seen."),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "text"), WRONG, ids=[next(iter(settings)) for settings, _ in WRONG])
def test_settings_that_cannot_be_used(model, settings, text):
    with pytest.raises(InputError) as error:
        model(**settings)
    assert str(error.value) == text


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://localhost:1/v1", True), ("http://127.0.0.1/v1", True), ("http://127.9.9.9/v1", True), ("http://[::1]:8/v1", True),
        ("http://model.localhost/v1", True), ("http://192.168.0.2/v1", False), ("https://example.org/v1", False),
        ("http://localhost.example.org/v1", False), ("http://0x7f000001.example/v1", False),
    ],
)  # fmt: skip
def test_what_is_this_machine(url, here):
    assert is_here(url) is here


def test_texts_that_leave_the_machine_are_announced_once(server, read, model):
    told = []
    here = model(notify=told.append)
    server.sends(GOOD)
    read(TEXT, reader=here)
    assert told == []
    away = model(notify=told.append, url="http://model.invalid:8080/v1", timeout_s=1.0)
    for n in range(2):
        read(f"{TEXT} {n}", reader=away)
    assert told == ["The texts of the articles are sent to model.invalid:8080, which is not this machine."]


def test_the_key_is_kept_and_shown_nowhere(server, read, tmp_path, caplog):
    caplog.set_level("DEBUG")
    echo = says(CAPTURE, item(quote=f"Your key is {KEY}.", place=KEY, time=KEY))
    server.sends(
        Reply(echo.content, more={"model": KEY}),
        Reply(raw=f'{{"error": "bad key {KEY}"}}'.encode(), status=404),
        Reply(raw=KEY.encode()),
        Reply(status=302, headers={"Location": f"http://a.b/{KEY}"}),
    )
    found = [read(f"{TEXT} {n}", key=KEY) for n in range(3)]
    shown = "".join(str((one.failures, one.left_out, one.events, one.model.settings)) for one in found)
    files = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert len(server.asked) == 4
    assert "[key]" in shown + files
    assert KEY not in shown + files + caplog.text


def test_a_kept_answer_is_checked_each_time(server, read, tmp_path):
    server.sends(GOOD)
    read(TEXT)
    (path,) = (tmp_path / "kept").glob("*.json")
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert sorted(kept) == ["answer", "answered_by", "article", "model"]
    assert (kept["answered_by"], kept["article"]) == ("tiny-2024", "report")
    path.write_text(
        json.dumps(kept | {"answer": GOOD.content.replace(TEXT, "Rebels razed Kellvik on Sunday.")}), encoding="utf-8"
    )
    found = read(TEXT, offline=True)
    assert (found.events, len(found.left_out)) == ((), 1)
    path.write_text(json.dumps(kept | {"answer": "no"}), encoding="utf-8")
    assert read(TEXT, offline=True).failures[0].startswith("its answer is no JSON object")
    for broken in (b"{", b"[]", b'{"answer": 1}', b"\xff"):
        path.write_bytes(broken)
        with pytest.raises(InputError, match="this is no kept answer of a language model") as error:
            read(TEXT, offline=True)
        assert error.value.path == path


def test_offline_asks_nobody(server, read):
    found = read(TEXT, offline=True)
    assert found.failures == ["no answer of tiny is kept for it. Ask for it with --llm."]
    assert server.asked == []
