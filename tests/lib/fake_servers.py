"""Servers that stand in for others, in a thread of the test: a bucket that speaks S3, and clamd."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Bucket(BaseHTTPRequestHandler):
    """PUT, HEAD and GET of objects, by path; a request without a signature of version 4 is refused."""

    server: Any
    protocol_version = "HTTP/1.1"

    def _answer(self, status: int, body: bytes = b"", length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.send_header("ETag", '"0"')
        self.send_header("Last-Modified", "Tue, 02 Jun 2026 08:00:00 GMT")
        self.end_headers()
        self.wfile.write(body)

    def _signed(self) -> bool:
        return self.headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256 Credential=khoa/")

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(("PUT", self.path))
        if not self._signed():
            self._answer(403)
            return
        self.server.objects[self.path] = body
        self._answer(200)

    def do_HEAD(self) -> None:
        self.server.asked.append(("HEAD", self.path))
        found = self.server.objects.get(self.path)
        self._answer(404) if found is None else self._answer(200, length=len(found))

    def do_GET(self) -> None:
        self.server.asked.append(("GET", self.path))
        found = self.server.objects.get(self.path)
        self._answer(404) if found is None else self._answer(200, found)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def serving(server: Any) -> Iterator[Any]:
    """Runs a server until the block ends."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def bucket() -> Iterator[Any]:
    """A bucket with `.objects` and what it was `.asked`."""
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Bucket)) as server:
        server.objects, server.asked = {}, []
        yield server


class Clamd(socketserver.StreamRequestHandler):
    """Answers PING and INSTREAM as clamd does; finds what holds `VIRUS`."""

    server: Any

    def handle(self) -> None:
        command = self.rfile.readline().strip()
        if command == b"nPING":
            self.wfile.write(b"PONG\n")
            return
        assert command == b"nINSTREAM", command
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.scanned.append(content)
        self.wfile.write(self.server.answer or self._verdict(content))

    def _verdict(self, content: bytes) -> bytes:
        return b"stream: Eicar-Test-Signature FOUND\n" if VIRUS in content else b"stream: OK\n"


VIRUS = b"VI-RUT-THU"


@contextmanager
def clamd(answer: bytes = b"") -> Iterator[Any]:
    """A scanner with what it `.scanned`; `answer` makes it say one thing always."""
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd)) as server:
        server.scanned, server.answer = [], answer
        yield server
