"""The download of GeoNames' files, against a server of the test's own that breaks off, changes its mind and lies."""

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from importing_files import ALTERNATES, DUMP

from geo.errors import GazetteerError
from geo.gazetteer.importing.download import Server, country_list, fetch, fetch_geonames
from geo.gazetteer.importing.formats import find_given


def archive(name: str, text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, text)
        file.writestr("readme.txt", "of no use " * 2000)
    return packed.getvalue()


@dataclass
class Shelf:
    """What the server has, and how it behaves.

    Attributes
    ----------
    files
        Content by path.
    breaks
        After how many bytes of the body each of the next answers breaks off.
    answers
        Status of each of the next answers, before any file is given.
    ranges, etags
        Whether it knows ranges, and tells versions.
    asked
        The requests: path and the headers of interest.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    ranges: bool = True
    etags: bool = True
    lies: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    shelf: Shelf

    def do_GET(self) -> None:
        shelf = self.shelf
        headers = [f"{name}: {self.headers[name]}" for name in ("Range", "If-None-Match") if self.headers[name]]
        shelf.asked.append((self.path, "; ".join(headers)))
        body = shelf.files.get(self.path)
        if shelf.answers:
            self.send_error(shelf.answers.pop(0))
            return
        if body is None:
            self.send_error(404)
            return
        tag = f'"{hashlib.sha256(body).hexdigest()[:8]}"'
        if shelf.etags and self.headers["If-None-Match"] == tag:
            self.send_response(304)
            self.end_headers()
            return
        start, asked = 0, self.headers["Range"]
        if shelf.ranges and asked and self.headers["If-Range"] == tag:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            if start >= len(body):
                self.send_error(416)
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        else:
            self.send_response(200)
        if shelf.etags:
            self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body) - start + shelf.lies))
        self.end_headers()
        rest = body[start:]
        self.wfile.write(rest[: shelf.breaks.pop(0)] if shelf.breaks else rest)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    shelf = Shelf({"/SY.zip": archive("SY.txt", DUMP * 40), "/TR.zip": archive("TR.txt", DUMP)})
    shelf.files["/alternatenames/SY.zip"] = archive("SY.txt", ALTERNATES)
    shelf.files["/allCountries.zip"] = archive("allCountries.txt", DUMP)
    shelf.files["/alternateNamesV2.zip"] = archive("alternateNamesV2.txt", ALTERNATES)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"shelf": shelf}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    shelf.url = f"http://127.0.0.1:{server.server_port}"  # type: ignore[attr-defined]
    yield shelf
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _straight(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "SITMAP_GEONAMES_URL"):
        monkeypatch.delenv(name, raising=False)


def get(shelf: Shelf, path: Path, *, waits: tuple[float, ...] = (0, 0)) -> Path:
    return fetch(f"{shelf.url}/{path.name}", path, server=Server(waits_s=waits, timeout_s=5), tell=lambda *_: None)


def whole(shelf: Shelf, path: Path) -> bool:
    return path.read_bytes() == shelf.files[f"/{path.name}"] and not path.with_name(f"{path.name}.part").exists()


def test_a_file_is_fetched_once(shelf, tmp_path) -> None:
    path = tmp_path / "SY.zip"
    assert get(shelf, path) == path
    assert whole(shelf, path)
    get(shelf, path)
    assert [headers[:13] for _, headers in shelf.asked] == ["", "If-None-Match"]
    shelf.files["/SY.zip"] = archive("SY.txt", DUMP)
    get(shelf, path)
    assert whole(shelf, path)


def test_a_broken_connection_is_taken_up(shelf, tmp_path) -> None:
    shelf.breaks = [100, 150, 0, 200]
    path = tmp_path / "SY.zip"
    get(shelf, path)
    assert whole(shelf, path)
    assert [headers for _, headers in shelf.asked] == ["", *(f"Range: bytes={n}-" for n in (100, 250, 250, 450))]


def test_the_next_run_goes_on(shelf, tmp_path) -> None:
    shelf.breaks = [300, 0, 0, 0]
    path = tmp_path / "SY.zip"
    with pytest.raises(GazetteerError) as caught:
        get(shelf, path)
    assert str(caught.value) == (
        f"{shelf.url}/SY.zip cannot be fetched: the connection ended early. See that you are online; what came is kept, "
        "and the next try goes on there."
    )
    assert not path.exists()
    shelf.breaks = []
    get(shelf, path)
    assert whole(shelf, path)
    assert shelf.asked[-1][1] == "Range: bytes=300-"


@pytest.mark.parametrize(("ranges", "etags"), [(False, True), (True, False), (False, False)])
def test_a_server_that_knows_no_ranges(shelf, tmp_path, ranges: bool, etags: bool) -> None:
    shelf.ranges, shelf.etags, shelf.breaks = ranges, etags, [100, 200]
    path = tmp_path / "SY.zip"
    get(shelf, path)
    assert whole(shelf, path)


def test_a_file_that_changes_meanwhile(shelf, tmp_path) -> None:
    shelf.breaks = [300, 0, 0, 0]
    path = tmp_path / "SY.zip"
    with pytest.raises(GazetteerError):
        get(shelf, path)
    shelf.breaks, shelf.files["/SY.zip"] = [], archive("SY.txt", DUMP * 2)
    get(shelf, path)
    assert whole(shelf, path)


def test_a_newer_file_that_breaks_off_leaves_the_one_that_is_there(shelf, tmp_path) -> None:
    path = tmp_path / "SY.zip"
    get(shelf, path)
    before = path.read_bytes()
    shelf.files["/SY.zip"] = archive("SY.txt", DUMP * 3)
    for breaks in ([0] * 9, [50, 0, 0, 0, 0]):
        shelf.breaks = breaks
        with pytest.raises(GazetteerError):
            get(shelf, path)
        assert path.read_bytes() == before
    shelf.breaks = []
    get(shelf, path)
    assert whole(shelf, path)


def test_a_part_longer_than_the_file(shelf, tmp_path) -> None:
    shelf.breaks = [300, 0, 0, 0]
    path = tmp_path / "SY.zip"
    with pytest.raises(GazetteerError):
        get(shelf, path)
    path.with_name("SY.zip.part").write_bytes(bytes(len(shelf.files["/SY.zip"]) + 5))
    shelf.breaks = []
    get(shelf, path)
    assert whole(shelf, path)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_is_busy_is_asked_again(shelf, tmp_path, status: int) -> None:
    shelf.answers = [status, status]
    assert whole(shelf, get(shelf, tmp_path / "SY.zip"))
    shelf.answers = [status] * 9
    with pytest.raises(GazetteerError, match=rf"cannot be fetched: {status} "):
        get(shelf, tmp_path / "TR.zip")


@pytest.mark.parametrize(
    ("answers", "name", "message"),
    [
        ([404], "SY.zip", "the server has no http"),
        ([], "XX.zip", "the server has no http"),
        ([403], "SY.zip", "the server refuses it: 403 Forbidden"),
    ],
)
def test_what_a_server_does_not_give(shelf, tmp_path, answers, name: str, message: str) -> None:
    shelf.answers = answers
    with pytest.raises(GazetteerError, match=message):
        get(shelf, tmp_path / name)
    assert len(shelf.asked) == 1


@pytest.mark.parametrize(
    "harm",
    [lambda body: body[:-40], lambda body: b"<html>not found</html>", lambda body: body.replace(body[60:90], b"x" * 30), lambda body: b""],
    ids=["cut short on the server", "a page", "changed", "nothing"],
)  # fmt: skip
def test_what_is_no_whole_archive_is_refused(shelf, tmp_path, harm) -> None:
    shelf.files["/SY.zip"] = harm(shelf.files["/SY.zip"])
    path = tmp_path / "SY.zip"
    with pytest.raises(GazetteerError, match=r"SY\.zip is not a whole zip archive"):
        get(shelf, path)
    assert not path.exists()
    assert not path.with_name("SY.zip.part").exists()


def test_a_length_that_is_never_reached(shelf, tmp_path) -> None:
    shelf.lies = 10
    with pytest.raises(GazetteerError, match="cannot be fetched"):
        get(shelf, tmp_path / "SY.zip")


def test_a_server_that_is_not_there(tmp_path) -> None:
    server = Server(waits_s=(0,), timeout_s=5)
    with pytest.raises(GazetteerError, match=r"cannot be fetched: .*refused"):
        fetch("http://127.0.0.1:9/SY.zip", tmp_path / "SY.zip", server=server, tell=lambda *_: None)
    with pytest.raises(GazetteerError, match=r"'file:///etc/SY\.zip' is no address of a server"):
        fetch("file:///etc/SY.zip", tmp_path / "SY.zip", server=server, tell=lambda *_: None)


def test_countries_with_their_alternate_names(shelf, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SITMAP_GEONAMES_URL", f"{shelf.url}/")
    said = []
    paths = fetch_geonames(
        ("SY", "TR"), cache=tmp_path, tell=lambda what, done, total: said.append((what, done == total))
    )
    assert [path.name for path in paths] == ["SY.zip", "TR.zip"]
    assert [path for path, _ in shelf.asked] == [
        "/SY.zip",
        "/alternatenames/SY.zip",
        "/TR.zip",
        "/alternatenames/TR.zip",
    ]
    assert said[-1] == ("Fetching TR.zip", True)
    given = find_given(paths)
    assert ([one.name for one in given.inputs], [one.path.parent.name for one in given.alternates]) == (
        ["SY.txt", "TR.txt"], ["alternatenames"],
    )  # fmt: skip
    assert (
        find_given(fetch_geonames(("SY",), cache=tmp_path, alternate_names=False, tell=lambda *_: None)).alternates
        == ()
    )


def test_all_countries(shelf, tmp_path) -> None:
    (path,) = fetch_geonames(country_list(["all"]), server=Server(shelf.url), cache=tmp_path, tell=lambda *_: None)
    given = find_given([path])
    assert [one.name for one in (*given.inputs, *given.alternates)] == ["allCountries.txt", "alternateNamesV2.txt"]


@pytest.mark.parametrize(
    ("words", "codes"), [(["SY,TR"], ("SY", "TR")), (["sy", "tr,SY"], ("SY", "TR")), (["all"], ("all",))]
)
def test_lists_of_countries(words, codes) -> None:
    assert country_list(words) == codes


@pytest.mark.parametrize(("words", "message"), [(["SY,XX"], "no country has the code 'XX'"), ([], "no country is named"), (["all,SY"], "no country has the code 'all'")])  # fmt: skip
def test_lists_that_are_none(words, message: str) -> None:
    with pytest.raises(GazetteerError, match=message):
        country_list(words)
