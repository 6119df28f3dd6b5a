"""A geocoder on this machine that speaks Nominatim's, Photon's and GeoNames' JSON, and fails as it is told to."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

LICENCE = "Data © OpenStreetMap contributors, ODbL 1.0. https://osm.org/copyright"
HTML = "<!DOCTYPE html><html><body>Bandwidth limit exceeded</body></html>"


@dataclass(frozen=True)
class Reply:
    """What the server sends: a value becomes JSON, a text is sent as it is."""

    body: Any = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0


@dataclass(frozen=True)
class Asked:
    """A request as the server saw it."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    at: float
    beside: int


class Server:
    """The server; ``reply`` is called with the name asked for and how many requests came before."""

    def __init__(self) -> None:
        self.reply: Callable[[str, int], Reply] = lambda _name, _before: Reply([])
        self.asked: list[Asked] = []
        self.url = ""
        self._running = 0
        self._lock = threading.Lock()

    @property
    def names(self) -> list[str]:
        return [one.query["q"] for one in self.asked]

    def knows(
        self, places: dict[str, list[dict[str, Any]]], *, wrap: Callable[[list[dict[str, Any]]], Any] = list
    ) -> None:
        self.reply = lambda name, _before: Reply(wrap(places.get(name, [])))

    def sends(self, *replies: Reply) -> None:
        """One after the other, the last one for ever."""
        self.reply = lambda _name, before: replies[min(before, len(replies) - 1)]

    def take(self, handler: BaseHTTPRequestHandler) -> Reply:
        url = urlsplit(handler.path)
        query = {key: ",".join(values) for key, values in parse_qs(url.query, keep_blank_values=True).items()}
        with self._lock:
            self._running += 1
            before = len(self.asked)
            headers = {key.lower(): value for key, value in handler.headers.items()}
            self.asked.append(Asked(url.path, query, headers, time.monotonic(), self._running))
            reply = self.reply(query["q"], before)
        time.sleep(reply.delay_s)
        with self._lock:
            self._running -= 1
        return reply


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server on a port of its own."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = server.take(self)
            body = reply.body if isinstance(reply.body, str) else json.dumps(reply.body, ensure_ascii=False)
            data = body.encode("utf-8")
            try:
                self.send_response(reply.status)
                for name, value in {"Content-Type": "application/json; charset=utf-8", **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                pass  # who asked has not waited

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.url = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


def nominatim(
    name: str,
    lon: float,
    lat: float,
    *,
    feature: str = "place=village",
    country: str = "sy",
    osm: str = "node/1",
    box: tuple[float, float, float, float] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Make an answer of Nominatim; ``box`` is south, north, west, east."""
    key, _, value = feature.partition("=")
    osm_type, _, osm_id = osm.partition("/")
    south, north, west, east = box or (lat - 0.02, lat + 0.02, lon - 0.02, lon + 0.02)
    return {
        "place_id": 7,
        "licence": LICENCE,
        "osm_type": osm_type,
        "osm_id": int(osm_id),
        "lat": str(lat),
        "lon": str(lon),
        "class": key,
        "type": value,
        "place_rank": 19,
        "importance": 0.2,
        "addresstype": value,
        "name": name,
        "display_name": f"{name}, Somewhere",
        "address": {"country_code": country, "country": "Somewhere"} if country else {},
        "boundingbox": [str(south), str(north), str(west), str(east)],
        "namedetails": {"name": name},
        **more,
    }


def photon(
    name: str,
    lon: float,
    lat: float,
    *,
    feature: str = "place=village",
    country: str = "SY",
    osm: str = "N1",
    **more: Any,
) -> dict[str, Any]:
    """Make a feature of Photon."""
    key, _, value = feature.partition("=")
    properties = {
        "osm_type": osm[0],
        "osm_id": int(osm[1:]),
        "osm_key": key,
        "osm_value": value,
        "type": "city",
        "name": name,
        "country": "Somewhere",
        "countrycode": country,
        **more,
    }
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
    }


def photon_collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def geonames(
    name: str, lon: float, lat: float, *, feature: str = "P.PPL", country: str = "SY", id: int = 1, **more: Any
) -> dict[str, Any]:
    """Make a record of GeoNames."""
    return {
        "geonameId": id,
        "name": name,
        "toponymName": name,
        "fcl": feature[0],
        "fcode": feature[2:],
        "lat": str(lat),
        "lng": str(lon),
        "countryCode": country,
        "countryName": "Somewhere",
        "population": 0,
        **more,
    }


def geonames_result(records: list[dict[str, Any]]) -> dict[str, Any]:
    return {"totalResultsCount": len(records), "geonames": records}
