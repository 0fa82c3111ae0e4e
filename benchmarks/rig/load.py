"""A load generator that costs little: keep-alive connections on plain sockets, one request in flight on each."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.rig.figures import milliseconds


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its status, headers as sent, and body."""

    status: int
    head: bytes
    body: bytes


@dataclass
class Outcome:
    """What a run gave."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    replies: list[Reply] = field(default_factory=list)
    cpu: float = 0.0
    """Processor seconds of one request, when measured."""

    @property
    def words(self) -> str:
        """Times and processor time for a line of print."""
        return f"{milliseconds(self.times)}  {self.cpu * 1000:5.2f} ms CPU each"

    @property
    def rate(self) -> float:
        """Good answers a second."""
        good = sum(count for status, count in self.statuses.items() if 200 <= status < 400)
        return good / self.seconds if self.seconds else 0.0

    @property
    def errors(self) -> int:
        """Answers that were not good, and connections that broke (status 0)."""
        return sum(count for status, count in self.statuses.items() if not 200 <= status < 400)


class Client:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def send(self, request: bytes) -> Reply:
        """The answer to one request. Raises OSError or EOFError when the connection breaks."""
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = _length(head)
        body = await self._reader.readexactly(length) if length else b""
        return Reply(int(head[9:12]), head, body)

    def drop(self) -> None:
        """Forget the connection; the next request opens another."""
        if self._writer is not None:
            self._writer.transport.abort()
        self._reader = self._writer = None


def request_bytes(method: str, path: str, *, headers: Iterable[str] = (), body: bytes = b"") -> bytes:
    """One HTTP request to localhost."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
    if body or method not in {"GET", "HEAD"}:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def run(port: int, requests: Iterable[bytes], *, clients: int, keep: Callable[[Reply], bool] | None = None) -> Outcome:
    """Send every request over so many connections; replies for which `keep` is true are in the outcome."""
    return asyncio.run(_run(port, iter(requests), clients, keep))


async def _run(port: int, requests: Iterator[bytes], clients: int, keep: Callable[[Reply], bool] | None) -> Outcome:
    outcome = Outcome()

    async def work() -> None:
        client = Client(port)
        for request in requests:
            began = time.perf_counter()
            try:
                reply = await client.send(request)
            except (OSError, EOFError, asyncio.LimitOverrunError):
                outcome.statuses[0] += 1
                client.drop()
                continue
            outcome.times.append(time.perf_counter() - began)
            outcome.statuses[reply.status] += 1
            if keep is not None and keep(reply):
                outcome.replies.append(reply)
        client.drop()

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(clients)))
    outcome.seconds = time.perf_counter() - began
    return outcome


def _length(head: bytes) -> int:
    folded = head.lower()
    at = folded.find(b"content-length:")
    return int(folded[at + 15 : folded.index(b"\r\n", at)]) if at >= 0 else 0
