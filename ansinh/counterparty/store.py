"""What arrived: appended to one JSON-lines file a channel, and held in memory for the page."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

_KEPT_IN_MEMORY = 5000


@dataclass(frozen=True)
class Arrived:
    """One SMS or e-mail that reached the outside world."""

    id: str
    at: str
    channel: str
    sender: str
    recipient: str
    subject: str
    text: str
    way: str
    request_id: str = ""
    state: str = "arrived"


class Store:
    """All that arrived, oldest first, for several threads. A later line of an id replaces the earlier one."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = threading.Lock()
        self._messages: dict[str, Arrived] = {}
        for arrived in sorted(self._read(), key=lambda one: one.at):
            self._remember(arrived)

    def add(self, **facts: Any) -> Arrived:
        """Keep a new message; `channel` is "sms" or "email"."""
        arrived = Arrived(id=uuid4().hex, at=datetime.now(UTC).isoformat(), **facts)
        self._write(arrived)
        return arrived

    def mark(self, message_id: str, state: str) -> None:
        """Note what the network reported of it."""
        self._write(replace(self._messages[message_id], state=state))

    def of_request(self, request_id: str) -> Arrived | None:
        """The message that came with this request identifier."""
        with self._lock:
            return next((one for one in self._messages.values() if request_id and one.request_id == request_id), None)

    def newest(self, *, containing: str = "", most: int = 200) -> list[Arrived]:
        """The newest first; `containing` filters by part of the number or address."""
        wanted = containing.strip().lower()
        with self._lock:
            found = [one for one in self._messages.values() if wanted in one.recipient.lower()]
        return found[: -most - 1 : -1]

    def _write(self, arrived: Arrived) -> None:
        with self._lock:
            with (self._folder / f"{arrived.channel}.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(arrived), ensure_ascii=False) + "\n")
            self._remember(arrived)

    def _remember(self, arrived: Arrived) -> None:
        self._messages[arrived.id] = arrived
        if len(self._messages) > _KEPT_IN_MEMORY:
            del self._messages[next(iter(self._messages))]

    def _read(self) -> Iterator[Arrived]:
        for path in sorted(self._folder.glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                try:
                    yield Arrived(**json.loads(line))
                except (ValueError, TypeError):
                    continue  # a line cut short when the machine stopped
