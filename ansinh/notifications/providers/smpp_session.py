"""A lasting SMPP 3.4 transceiver session: what is submitted gets its answer, receipts go to whoever records them."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

from aiosmpplib import (
    ESME,
    AbstractHook,
    DeliverSm,
    SmppCommand,
    SmppCommandStatus,
    SmppMessage,
    SubmitSm,
    SubmitSmResp,
)
from aiosmpplib.broker import AbstractBroker
from aiosmpplib.protocol import MESSAGE_TYPE_MAP
from aiosmpplib.state import SmppSessionState

from ansinh.notifications.options import Options
from ansinh.notifications.providers.base import Report

Answer = tuple[SmppCommandStatus, str]
RecordReport = Callable[[Report, datetime], bool]
"""Records a report; False when the message is not known yet and the report should be brought again."""

_RECEIPT = re.compile(r"\bid:(?P<id>\S+).*?\bstat:(?P<stat>[A-Z]+)", re.DOTALL)
_UNBIND_SECONDS = 2.0
_BRING_AGAIN = (0.2, 0.5, 1, 2, 5, 10, 30)

log = logging.getLogger(__name__)


class Receipt(DeliverSm):  # type: ignore[misc]
    """A receipt of any centre. The library takes `err:` for a number and would drop the session over `err:04B`."""

    def parse_receipt(self) -> dict[str, str | int | datetime]:
        """The identifier and the state that the centre reports; nothing when the text has none."""
        found = _RECEIPT.search(self.short_message) if self.is_receipt() else None
        return {"id": found["id"], "stat": found["stat"]} if found else {}


MESSAGE_TYPE_MAP[SmppCommand.DELIVER_SM] = Receipt


class _Waiting(AbstractBroker):  # type: ignore[misc]
    """What is to be submitted. What nobody waits for any more is not sent: its job has been queued again."""

    def __init__(self, answers: dict[str, asyncio.Future[Answer]]) -> None:
        self._queue: asyncio.Queue[SubmitSm] = asyncio.Queue()
        self._answers = answers

    async def enqueue(self, message: SubmitSm) -> None:
        await self._queue.put(message)

    async def dequeue(self) -> SubmitSm:
        while True:
            message = await self._queue.get()
            if message.log_id in self._answers:
                return message


class _Ears(AbstractHook):  # type: ignore[misc]
    """Hands answers to those who wait for them and receipts to the recorder."""

    def __init__(self, answers: dict[str, asyncio.Future[Answer]], record: RecordReport) -> None:
        self._answers, self._record = answers, record
        self._under_way: set[asyncio.Task[None]] = set()

    async def sending(self, smpp_message: SmppMessage, pdu: bytes, client_id: str) -> None:
        """Nothing: what goes out may be a secret and is not logged."""

    async def received(self, smpp_message: SmppMessage | None, pdu: bytes, client_id: str) -> None:
        if isinstance(smpp_message, SubmitSmResp):
            waiting = self._answers.get(smpp_message.log_id)
            if waiting is not None and not waiting.done():
                waiting.set_result((smpp_message.command_status, smpp_message.message_id))
        elif isinstance(smpp_message, Receipt) and (facts := smpp_message.parse_receipt()):
            report = Report(provider="sms_smpp", reference=str(facts["id"]), status=str(facts["stat"]))
            task = asyncio.create_task(self._bring(report))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def send_error(self, smpp_message: SmppMessage, error: Exception, client_id: str) -> None:
        waiting = self._answers.get(getattr(smpp_message, "log_id", ""))
        if waiting is not None and not waiting.done():
            waiting.set_exception(error)

    async def _bring(self, report: Report) -> None:
        """A receipt can be here before the transaction that notes its reference is over: bring it again for a while."""
        # The network speaks when it likes, so this edge of the house reads the clock itself.
        at = datetime.now(UTC)
        for pause in _BRING_AGAIN:
            try:
                if await asyncio.to_thread(self._record, report, at):
                    return
            except Exception:
                log.exception("delivery receipt %s not recorded yet", report.reference)
            await asyncio.sleep(pause)
        log.warning("delivery receipt %s belongs to no message", report.reference)


class _Client(ESME):  # type: ignore[misc]
    """The library's client, which leaves its sockets open when a session ends."""

    async def connect(self) -> None:
        """Bind, after closing what the session before left."""
        self._close(self._writer)
        await super().connect()

    async def _disconnect(self) -> None:
        writer = self._writer
        await super()._disconnect()
        self._close(writer)

    async def leave(self) -> None:
        """Let go of the socket."""
        self._close(self._writer)
        await asyncio.sleep(0)

    def _close(self, writer: asyncio.StreamWriter | None) -> None:
        if writer is not None:
            writer.close()


class Session:
    """One bound session; it binds again by itself after a break."""

    def __init__(self, options: Options, record: RecordReport) -> None:
        self._answers: dict[str, asyncio.Future[Answer]] = {}
        self._waiting = _Waiting(self._answers)
        self._esme = _Client(
            smsc_host=options.smpp_host,
            smsc_port=options.smpp_port,
            system_id=options.smpp_system_id,
            password=options.smpp_password,
            enquire_link_interval=options.smpp_keep_alive,
            socket_timeout=options.timeout_seconds,
            # Receipts come in bytes of the centre's own liking; the texts we send are encoded before.
            default_encoding="latin_1",
            broker=self._waiting,
            hook=_Ears(self._answers, record),
            # Its log would hold texts with codes.
            log_level=logging.CRITICAL,
            log_handler=logging.NullHandler(),
        )
        self._running = asyncio.get_running_loop().create_task(self._esme.start())

    async def submit(self, message: SubmitSm, *, timeout: float) -> Answer:
        """The centre's status and identifier for one part. Raises OSError or TimeoutError when there is no answer."""
        await self._bound(timeout)
        message.log_id = str(uuid4())
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._answers[message.log_id] = answer
        try:
            await self._waiting.enqueue(message)
            return await asyncio.wait_for(answer, timeout)
        finally:
            del self._answers[message.log_id]

    async def close(self) -> None:
        """Unbind and end."""
        with suppress(TimeoutError):  # a centre that does not answer to unbind is left all the same
            await asyncio.wait_for(self._esme.stop(), _UNBIND_SECONDS)
        self._running.cancel()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        if rest:
            await asyncio.wait(rest, timeout=_UNBIND_SECONDS)
        await self._esme.leave()

    async def _bound(self, timeout: float) -> None:
        for _ in range(int(timeout / 0.05)):
            if self._esme.session_state == SmppSessionState.BOUND_TRX:
                return
            if self._running.done():
                break
            await asyncio.sleep(0.05)
        raise ConnectionError("not bound to the message centre")
