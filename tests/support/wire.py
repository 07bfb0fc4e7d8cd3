"""The line between a phone and the site: good, cut, or losing the answer to what was taken already."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .postgres import free_port

OF_ONE_LINE = {"connection", "keep-alive", "transfer-encoding", "content-length"}
Verdict = Callable[[str, str], int | None]


class Wire:
    """A proxy on this machine. `loses(method, path)` may name a status to give instead of the real answer,
    after the site has worked on it: the 504 of a proxy that did not wait long enough."""

    def __init__(self, port: int) -> None:
        self.site_port = port
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.loses: Verdict = lambda method, path: None
        self.server: Line | None = None

    def up(self) -> Wire:
        self.server = Line(("127.0.0.1", self.port), self)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def cut(self) -> None:
        """Nobody listens any more: to a phone it is as if there were no network."""
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


class Line(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], wire: Wire) -> None:
        super().__init__(address, Carrier)
        self.wire = wire


class Carrier(BaseHTTPRequestHandler):
    server: Line
    protocol_version = "HTTP/1.0"  # one request, one connection: cut means cut

    def carry(self) -> None:
        wire = self.server.wire
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        connection = HTTPConnection("127.0.0.1", wire.site_port, timeout=30)
        try:
            connection.request(self.command, self.path, body, {**dict(self.headers), "Connection": "close"})
            answer = connection.getresponse()
            status, headers, content = answer.status, answer.headers.items(), answer.read()
        except (OSError, HTTPException):
            status, headers, content = 502, [("Content-Type", "text/html")], b"<h1>Bad gateway</h1>"
        finally:
            connection.close()
        if lost := wire.loses(self.command, self.path):
            status, headers, content = lost, [("Content-Type", "text/html")], b"<h1>Gateway time-out</h1>"
        try:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in OF_ONE_LINE:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)
        except OSError:
            self.close_connection = True  # the phone did not wait

    do_GET = do_POST = do_HEAD = carry

    def log_message(self, *_: object) -> None:
        pass
