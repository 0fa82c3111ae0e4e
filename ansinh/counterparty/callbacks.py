"""Telling the sender what became of an SMS, by a signed POST, again and again until it is heard."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import urllib.request
from datetime import UTC, datetime

from ansinh.counterparty.behaviour import Behaviour
from ansinh.counterparty.store import Arrived, Store

_PAUSES = (0.5, 1, 2, 5, 10, 30, 60)
_STATES = {"deliver": "delivered", "undelivered": "undelivered"}

log = logging.getLogger(__name__)
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Callbacks:
    """Reports by HTTP to one address; without an address nothing is reported."""

    def __init__(self, url: str, secret: str, store: Store, behaviour: Behaviour) -> None:
        self._url, self._secret, self._store, self._behaviour = url, secret, store, behaviour
        self._loop = asyncio.get_running_loop()

    def report_later(self, arrived: Arrived) -> None:
        """Report the message after the usual delay. May be called from any thread."""
        status = _STATES.get(self._behaviour.mood(arrived.recipient))
        if status:
            asyncio.run_coroutine_threadsafe(self._report(arrived, status), self._loop)

    async def _report(self, arrived: Arrived, status: str) -> None:
        await asyncio.sleep(self._behaviour.delay)
        self._store.mark(arrived.id, status)
        if not self._url:
            return
        for pause in _PAUSES:
            if await asyncio.to_thread(self._told, arrived, status):
                return
            await asyncio.sleep(pause)
        log.warning("nobody heard the report on %s", arrived.id)

    def _told(self, arrived: Arrived, status: str) -> bool:
        at = datetime.now(UTC).isoformat()
        body = json.dumps(
            {"requestId": arrived.request_id, "messageId": arrived.id, "status": status, "at": at}
        ).encode()
        signed = hmac.new(self._secret.encode(), body, hashlib.sha256).hexdigest()
        request = urllib.request.Request(  # noqa: S310
            self._url, data=body, headers={"Content-Type": "application/json", "X-Signature": signed}
        )
        try:
            with _direct.open(request, timeout=10):
                return True
        except OSError:
            return False
