"""Asking a service: what is sent, what is kept, and that a failure is never "not found"."""

import sqlite3
import subprocess
import sys
import textwrap
import time
from datetime import date, timedelta
from email.utils import formatdate
from itertools import pairwise

import pytest
from geocoder_server import (
    HTML,
    Reply,
    geonames,
    geonames_result,
    nominatim,
    photon,
    photon_collection,
)

from geo.errors import InputError
from geo.gazetteer.online import Geocoder
from geo.settings import OnlineSettings, Theatre

SYRIA = Theatre(countries=("SY", "TR"), bbox=(36.0, 35.0, 38.0, 37.0))
FULL = {
    "nominatim": Reply([nominatim("Umm Sardin", 37.5, 36.25)]),
    "photon": Reply(photon_collection([photon("Umm Sardin", 37.5, 36.25)])),
    "geonames": Reply(geonames_result([geonames("Umm Sardin", 37.5, 36.25)])),
}
EMPTY = {"nominatim": Reply([]), "photon": Reply(photon_collection([])), "geonames": Reply(geonames_result([]))}
IDS = {"nominatim": "osm:node/1", "photon": "osm:node/1", "geonames": "geonames:1"}
SERVICES = pytest.mark.parametrize("service", sorted(FULL))


@SERVICES
def test_an_answer_is_asked_for_once(server, client, service):
    server.sends(FULL[service])
    for _ in range(2):
        found = client(service).look_up("Umm  Sardin ")
        (answer,) = found.answers
        assert (answer.place.id, answer.place.name, answer.place.kind) == (IDS[service], "Umm Sardin", "village")
        assert (answer.place.lon, answer.place.lat, answer.place.precision_m) == (37.5, 36.25, 1000)
        assert (answer.place.country, found.failure) == ("SY", "")
    assert server.names == ["Umm Sardin"]


@SERVICES
def test_no_answer_is_kept_with_its_date_and_asked_for_again_after_a_month(server, client, service):
    server.sends(EMPTY[service], FULL[service])
    day = date(2024, 5, 1)
    found = client(service, today=day).look_up("Umm Sardin")
    assert (found.answers, found.asked, found.failure) == ((), day, "")
    later = client(service, today=day + timedelta(29)).look_up("Umm Sardin")
    assert (later.answers, later.asked) == ((), day)
    assert len(server.asked) == 1
    month = day + timedelta(30)
    assert client(service, today=month, offline=True).look_up("Umm Sardin").asked == day
    again = client(service, today=month).look_up("Umm Sardin")
    assert (len(again.answers), again.asked, len(server.asked)) == (1, month, 2)
    assert client(service, today=day + timedelta(9999)).look_up("Umm Sardin").asked == month


SENT = {
    "nominatim": ("/search", {"q": "Umm Sardin", "format": "json", "limit": "10", "addressdetails": "1", "namedetails": "1",
        "accept-language": "en", "countrycodes": "sy,tr", "viewbox": "36.0,35.0,38.0,37.0"}),
    "photon": ("/api", {"q": "Umm Sardin", "limit": "10", "lang": "en", "lon": "37.0", "lat": "36.0"}),
    "geonames": ("/searchJSON", {"q": "Umm Sardin", "username": "me", "country": "SY,TR"}),
}  # fmt: skip


@SERVICES
def test_what_is_sent(server, client, service):
    server.sends(EMPTY[service])
    client(service, theatre=SYRIA, email="me@example.org").look_up("Umm Sardin")
    (asked,) = server.asked
    path, query = SENT[service]
    assert asked.path == path
    assert asked.query == query
    assert asked.headers["user-agent"].startswith("sitmap/")
    assert asked.headers["user-agent"].endswith(" (me@example.org)")


def test_a_user_agent_of_ones_own_and_a_path(server, client):
    client(url=f"{server.url}/geo/", user_agent="our-atlas/2").look_up("Umm Sardin")
    assert (server.asked[0].path, server.asked[0].headers["user-agent"]) == ("/geo/search", "our-atlas/2")


def test_another_bias_is_another_question(server, client):
    for theatre in (SYRIA, Theatre(), SYRIA):
        client(theatre=theatre).look_up("Umm Sardin")
    assert ["countrycodes" in asked.query for asked in server.asked] == [True, False]


SAYS = "Nominatim at {host} "
FAILURES = [
    ("429", Reply(status=429), 3, SAYS + "says that it was asked too often (HTTP 429)"),
    ("429, a date", Reply(status=429, headers={"Retry-After": formatdate(0)}), 3, SAYS + "says that it was asked too often (HTTP 429)"),
    ("429, no number", Reply(status=429, headers={"Retry-After": "soon"}), 3, SAYS + "says that it was asked too often (HTTP 429)"),
    ("500", Reply(HTML, status=500), 3, SAYS + "has a fault of its own (HTTP 500)"),
    ("502", Reply(HTML, status=502), 3, SAYS + "has a fault of its own (HTTP 502)"),
    ("503", Reply(HTML, status=503), 3, SAYS + "has a fault of its own (HTTP 503)"),
    ("403", Reply(HTML, status=403), 1, SAYS + "refuses (HTTP 403)"),
    ("401", Reply(HTML, status=401), 1, SAYS + "refuses (HTTP 401)"),
    ("400", Reply({"error": {"code": 400}}, status=400), 1, SAYS + "does not take the request (HTTP 400)"),
    ("404", Reply(HTML, status=404), 1, SAYS + "does not take the request (HTTP 404)"),
    ("a page", Reply(HTML), 3, SAYS + "sent no answer of Nominatim: '<!DOCTYPE html><html><body>Bandwidth limit exceeded</body></…'"),
    ("half an answer", Reply('[{"lat": "36.2'), 3, SAYS + "sent no answer of Nominatim: '[{\"lat\": \"36.2'"),
    ("nothing at all", Reply(""), 3, SAYS + "sent no answer of Nominatim: ''"),
    ("an object", Reply({}), 3, SAYS + "sent no answer of Nominatim: '{}'"),
    ("null", Reply("null"), 3, SAYS + "sent no answer of Nominatim: 'None'"),
    ("a list of words", Reply(["Aleppo"]), 3, SAYS + "sent no answer of Nominatim: \"AttributeError: 'str' object has no attribute 'get'\""),
    ("no numbers", Reply([nominatim("A", 1, 2) | {"lat": "north"}]), 3, SAYS + "sent no answer of Nominatim: \"ValueError: could not convert string to float: 'north'\""),
    ("too late", Reply([], delay_s=0.6), 3, SAYS + "did not answer within 0.2 s"),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "attempts", "failure"), [f[1:] for f in FAILURES], ids=[f[0] for f in FAILURES])
def test_a_failure_is_told_and_never_kept(server, client, tmp_path, reply, attempts, failure):
    server.sends(reply)
    found = client(timeout_s=0.2).look_up("Umm Sardin")
    assert (found.answers, found.asked) == ((), None)
    assert found.failure == failure.replace("{host}", server.url.removeprefix("http://"))
    assert len(server.asked) == attempts
    assert not (tmp_path / "online.sqlite").exists() or rows(tmp_path) == []
    for path in tmp_path.glob("*.next"):
        path.unlink()
    server.sends(FULL["nominatim"])
    assert len(client().look_up("Umm Sardin").answers) == 1


def rows(folder):
    with sqlite3.connect(folder / "online.sqlite") as db:
        found = db.execute("SELECT query FROM answers UNION ALL SELECT query FROM unknown ORDER BY 1").fetchall()
    db.close()
    return [query for (query,) in found]


OTHERS = [
    ("photon", Reply({}), "Photon at {host} sent no answer of Photon: '{}'"),
    ("photon", Reply({"features": [{}]}), "Photon at {host} sent no answer of Photon: \"KeyError: 'properties'\""),
    ("geonames", Reply({}), "GeoNames at {host} sent no answer of GeoNames: '{}'"),
    ("geonames", Reply({"status": {"message": "user does not exist.", "value": 10}}), "GeoNames at {host} refuses the user: 'user does not exist.'"),
    ("geonames", Reply({"status": {"message": "user account not enabled to use the free webservice.", "value": 10}}),
        "GeoNames at {host} refuses the user: 'user account not enabled to use the free webservice.'"),
    ("geonames", Reply({"status": {"message": "the hourly limit of 1000 credits is exceeded.", "value": 19}}),
        "GeoNames at {host} gives no more for now: 'the hourly limit of 1000 credits is exceeded.'"),
    ("geonames", Reply({"status": {"message": "server overloaded", "value": 22}}), "GeoNames at {host} cannot be asked: 'server overloaded'"),
    ("geonames", Reply({"status": {}}), "GeoNames at {host} sent no answer of GeoNames: \"{'status': {}}\""),
]  # fmt: skip


@pytest.mark.parametrize(("service", "reply", "failure"), OTHERS, ids=[f"{s}: {f[-30:]}" for s, _, f in OTHERS])
def test_failures_of_the_others(server, client, service, reply, failure):
    server.sends(reply)
    found = client(service).look_up("Umm Sardin")
    assert (found.answers, found.asked) == ((), None)
    assert found.failure == failure.replace("{host}", server.url.removeprefix("http://"))


def test_nobody_there(client):
    found = client(url="http://127.0.0.1:9").look_up("Umm Sardin")
    assert found.failure.startswith("Nominatim at 127.0.0.1:9 cannot be asked: ")


@pytest.mark.parametrize("status", [429, 503])
def test_it_waits_as_long_as_it_is_asked_to(server, client, status):
    server.sends(Reply(HTML, status=status, headers={"Retry-After": "1"}), FULL["nominatim"])
    assert len(client().look_up("Umm Sardin").answers) == 1
    first, second = server.asked
    assert second.at - first.at >= 1


def test_a_service_that_wants_peace_is_left_alone_by_every_process(server, client):
    server.sends(Reply(status=429, headers={"Retry-After": "900"}))
    first = client()
    assert first.look_up("Umm Sardin").failure.endswith("says that it was asked too often (HTTP 429)")
    host = server.url.removeprefix("http://")
    failure = client().look_up("Kafr Hamra").failure
    assert failure.startswith(f"{host} asks to be left alone for another ")
    assert len(server.asked) == 1


def test_after_three_failures_in_a_row_nobody_is_asked(server, client):
    bad = Reply(status=400)
    server.reply = lambda name, _before: FULL["nominatim"] if name == "Good" else bad
    one = client()
    for name in ("A", "B", "Good", "C", "D", "E", "F", "Good"):
        one.look_up(name)
    assert server.names == ["A", "B", "Good", "C", "D", "E"]
    host = server.url.removeprefix("http://")
    assert one.look_up("F").failure == (
        f"it was not asked any more, since Nominatim at {host} does not take the request (HTTP 400)"
    )
    assert len(one.look_up("Good").answers) == 1


def test_a_refused_user_is_not_asked_for_twice(server, client):
    server.sends(Reply(status=403))
    one = client()
    assert one.look_up("A").failure
    assert one.look_up("B").failure.startswith("it was not asked any more, since ")
    assert len(server.asked) == 1


def test_a_run_asks_so_many_times_at_most(server, client):
    one = client(most=2)
    assert [one.look_up(name).failure for name in ("A", "B", "C", "A")] == [
        "", "", "it was not asked, since this run has asked 2 times", "",
    ]  # fmt: skip


def test_offline_answers_come_from_the_cache_alone(server, client):
    server.sends(FULL["nominatim"])
    client().look_up("Umm Sardin")
    offline = client(offline=True)
    assert len(offline.look_up("Umm Sardin").answers) == 1
    assert offline.look_up("Kafr Hamra").failure == "it is not among the kept answers, and --offline asks for no others"
    assert server.names == ["Umm Sardin"]


def test_a_damaged_cache_is_told(client, tmp_path, server):
    (tmp_path / "online.sqlite").write_bytes(b"this is no database at all" * 100)
    failure = client().look_up("Umm Sardin").failure
    assert failure == "the kept answers of online geocoders cannot be used: file is not a database"
    assert server.asked == []


PROCESS = """
import sys
from pathlib import Path
from geo.gazetteer.online import Geocoder
from geo.settings import OnlineSettings, Theatre
url, folder, pause_s, *names = sys.argv[1:]
one = Geocoder(OnlineSettings("nominatim", url, pause_s=float(pause_s)), theatre=Theatre(), cache=Path(folder))
print(*(one.look_up(name).failure or len(one.look_up(name).answers) for name in names))
"""


def test_processes_take_turns_at_a_pace_and_share_what_they_learn(server, tmp_path):
    server.reply = lambda name, _before: Reply([] if name == "None" else [nominatim(name, 1, 2)], delay_s=0.05)
    given = [server.url, str(tmp_path), "0.3"]
    names = [("A", "B", "None"), ("B", "A", "None"), ("C", "None", "A")]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(PROCESS), *given, *n],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in names
    ]
    told = [process.communicate(timeout=120) for process in running]
    assert [err for _, err in told] == ["", "", ""]
    assert [out.split() for out, _ in told] == [["1", "1", "0"], ["1", "1", "0"], ["1", "0", "1"]]
    assert sorted(server.names) == ["A", "B", "C", "None"]
    assert {asked.beside for asked in server.asked} == {1}
    times = [asked.at for asked in server.asked]
    assert all(later - earlier >= 0.3 for earlier, later in pairwise(times))


def test_a_clock_that_was_set_back_makes_nobody_wait_for_days(server, client, tmp_path):
    client().look_up("A")
    (path,) = tmp_path.glob("*.next")
    path.write_text(f"{time.time() + 1e7}")
    assert client().look_up("B").failure.endswith("asks to be left alone for another 3600 s")
    path.write_text("not a time")
    assert client().look_up("B").failure == ""


WRONG = [
    ({"service": ""}, "there is no online geocoder ''. Name one of nominatim, photon, geonames."),
    ({"service": "google"}, "there is no online geocoder 'google'. Name one of nominatim, photon, geonames."),
    ({"service": "geonames"}, "GeoNames wants a user name. Make one at https://www.geonames.org/login, enable its web services there, and give it with --online-user NAME, as SITMAP_ONLINE_USER, or as user under [online] in seeds/atlas.toml."),
    ({"url": "localhost:8080"}, "'localhost:8080' is no web address. Write where the geocoder runs, for example https://nominatim.example.org."),
    ({"url": "ftp://a.b"}, "'ftp://a.b' is no web address. Write where the geocoder runs, for example https://nominatim.example.org."),
    ({"url": "http://"}, "'http:' is no web address. Write where the geocoder runs, for example https://nominatim.example.org."),
    ({"url": "http://a:b"}, "'http://a:b' is no web address. Write where the geocoder runs, for example https://nominatim.example.org."),
    ({"url": "http://a/?q=1"}, "'http://a/?q=1' is no web address. Write where the geocoder runs, for example https://nominatim.example.org."),
    ({"user_agent": "x\r\nHost: y"}, "the user agent 'x\\r\\nHost: y' cannot be sent. Write it in plain ASCII."),
    ({"email": "m\u00fcller@example.org"}, "the e-mail address 'm\u00fcller@example.org' cannot be sent. Write it in plain ASCII."),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "text"), WRONG, ids=[str(settings) for settings, _ in WRONG])
def test_settings_that_cannot_be_used(tmp_path, settings, text):
    with pytest.raises(InputError) as error:
        Geocoder(OnlineSettings(**{"service": "nominatim"} | settings), theatre=Theatre(), cache=tmp_path)
    assert str(error.value) == text
