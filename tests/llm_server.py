"""A language model on this machine that speaks OpenAI's chat completions, and misbehaves as it is told to."""

import gzip
import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_REPORT = re.compile(r"\n(=====REPORT [0-9a-f]+=====)\n(.*)\n\1$", re.DOTALL)


@dataclass(frozen=True)
class Reply:
    """What the server sends: bytes as they are, else a chat completion with this content."""

    content: Any = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    finish: str = "stop"
    delay_s: float = 0.0
    drip_s: float = 0.0
    reset_after: int = -1
    chunked: bool = False
    zipped: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        if self.raw is not None:
            return self.raw
        message = {"role": "assistant", "content": self.content}
        choice = {"index": 0, "message": message, "finish_reason": self.finish}
        completion = {"id": "1", "object": "chat.completion", "model": "tiny-2024", "choices": [choice], **self.more}
        return json.dumps(completion).encode("utf-8")


@dataclass(frozen=True)
class Asked:
    """A question as the server saw it."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float

    @property
    def article(self) -> str:
        """The text between the markers, as a model that keeps to its task sees it."""
        return _REPORT.search(self.body["messages"][1]["content"])[2]


class Server:
    """The server; ``reply`` is called with the question and how many came before."""

    def __init__(self) -> None:
        self.reply: Callable[[Asked, int], Reply] = lambda _asked, _before: says()
        self.asked: list[Asked] = []
        self.url = ""
        self._lock = threading.Lock()

    def sends(self, *replies: Reply) -> None:
        """One after the other, the last one for ever."""
        self.reply = lambda _asked, before: replies[min(before, len(replies) - 1)]

    def take(self, handler: BaseHTTPRequestHandler) -> Reply:
        data = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        headers = {key.lower(): value for key, value in handler.headers.items()}
        with self._lock:
            before = len(self.asked)
            self.asked.append(Asked(handler.path, headers, json.loads(data) if data else {}, time.monotonic()))
            return self.reply(self.asked[-1], before)


def item(**more: Any) -> dict[str, Any]:
    """Make an event as a model tells it."""
    return {
        "type": "capture",
        "quote": "",
        "place": "",
        "origin": None,
        "time": None,
        "initiators": [],
        "targets": [],
        "modality": "happened",
        "attribution": None,
        "figures": [],
        **more,
    }


def says(*items: Any) -> Reply:
    """Make a well-formed answer of items."""
    return Reply(json.dumps({"events": list(items)}, ensure_ascii=False))


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server on a port of its own."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            reply = server.take(self)
            time.sleep(reply.delay_s)
            with suppress(OSError):  # who asked has not waited
                self._send(reply)

        def do_GET(self) -> None:
            self.do_POST()

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            if reply.chunked:
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                for at in range(0, len(reply.body), 100):
                    piece = reply.body[at : at + 100]
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                self.wfile.write(b"0\r\n\r\n")
                return
            body = gzip.compress(reply.body) if reply.zipped else reply.body
            if reply.zipped:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if reply.reset_after >= 0:
                self.wfile.write(reply.body[: reply.reset_after])
                self.wfile.flush()
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.connection.shutdown(socket.SHUT_RDWR)
            elif reply.drip_s:
                for at in range(len(reply.body)):
                    self.wfile.write(reply.body[at : at + 1])
                    time.sleep(reply.drip_s)
            else:
                self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.url = f"http://127.0.0.1:{http.server_port}/v1"
        http.daemon_threads = True
        http.block_on_close = False
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
