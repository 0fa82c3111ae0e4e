"""A carrier's file of what became of items: read whole, one result a row; the same file twice changes nothing."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.db import transaction

from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import DomainError, Invalid, NotFound
from ansinh.platform.zone import VIETNAM
from ansinh.post.access import outgoing_of, the_outgoing
from ansinh.post.models import OutgoingItem, OutgoingState
from ansinh.post.outgoing import move, reason, tracking

LARGEST: Final = 2 * 1024 * 1024
MOST_ROWS: Final = 5000
MOMENTS: Final = ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d")
AHEAD: Final = timedelta(minutes=10)
"""By so much a carrier's clock may be fast."""


@dataclass(frozen=True)
class Row:
    """A line of the file as it was understood."""

    line: int
    tracking_number: str
    state: str
    at: datetime | None
    why: str


@dataclass(frozen=True)
class Outcome:
    """What a row did: applied, already, ignored, unknown, wrong; and the refusal of a row that did nothing."""

    line: int
    tracking_number: str
    result: str
    why: DomainError | None = None


def read(content: bytes) -> list[Row]:
    """The rows of a CSV (UTF-8, comma or semicolon) with its head. Raises Invalid with what is wrong and where."""
    if len(content) > LARGEST:
        raise Invalid("carrier-file-size", "Tệp lớn hơn 2 MB. Xin chia thành nhiều tệp.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("carrier-file-text", "Tệp không phải CSV mã UTF-8. Xin lưu lại ở dạng CSV UTF-8.") from None
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    lines = list(csv.reader(io.StringIO(text), delimiter=separator))
    if not lines:
        raise Invalid("carrier-file-empty", "Tệp không có dòng nào.")
    places = _places(lines[0])
    if len(lines) - 1 > MOST_ROWS:
        raise Invalid("carrier-file-rows", "Tệp có hơn {n} dòng. Xin chia thành nhiều tệp.", n=MOST_ROWS)
    return [_row(number, cells, places) for number, cells in enumerate(lines[1:], start=2) if any(cells)]


def apply(rows: Sequence[Row], *, actor: OfficerActor, at: datetime) -> list[Outcome]:
    """Each row in a transaction of its own, in the order of the file. Only items of the actor's offices are known."""
    return [_apply(row, actor=actor, at=at) for row in rows]


def _apply(row: Row, *, actor: OfficerActor, at: datetime) -> Outcome:
    if not row.state:
        return Outcome(row.line, row.tracking_number, "ignored")
    try:
        number = tracking(row.tracking_number)
        when = _moment(row, at=at)
        with transaction.atomic(), acting_as(actor.label):
            known = outgoing_of(actor).filter(tracking_number=number).first()
            item = the_outgoing(known.pk, viewer=actor, lock=True) if known else None
            if item is None:
                raise NotFound("carrier-unknown", "Không có bưu gửi số này ở cơ quan của ông/bà.")
            if item.state == row.state or (row.state == OutgoingState.RETURNED and item.returned_at is not None):
                return Outcome(row.line, number, "already")
            if item.posted_at is not None and when.date() < item.posted_at.astimezone(VIETNAM).date():
                raise Invalid("carrier-before-posted", "Thời điểm trước lúc giao bưu điện.")
            _move(item, row, when=when, actor=actor)
    except NotFound as unknown:
        return Outcome(row.line, row.tracking_number, "unknown", unknown)
    except DomainError as refused:
        return Outcome(row.line, row.tracking_number, "wrong", refused)
    return Outcome(row.line, number, "applied")


def _move(item: OutgoingItem, row: Row, *, when: datetime, actor: OfficerActor) -> None:
    if row.state == OutgoingState.DELIVERED:
        move(item, OutgoingState.DELIVERED, by=actor, at=when, delivered_at=when)
    else:
        move(item, OutgoingState.RETURNED, by=actor, at=when, returned_at=when, return_reason=reason(row.why))


def _moment(row: Row, *, at: datetime) -> datetime:
    if row.at is None:
        raise Invalid("carrier-moment", "Thời điểm chưa đọc được. Xin ghi như 09/11/2026 14:30.")
    if row.at > at + AHEAD:
        raise Invalid("carrier-ahead", "Thời điểm ở tương lai.")
    return min(row.at, at)


def _row(line: int, cells: Sequence[str], places: Mapping[str, int]) -> Row:
    def cell(name: str) -> str:
        place = places.get(name, -1)
        return cells[place].strip() if 0 <= place < len(cells) else ""

    word = _plain(cell("state"))
    words = _file()
    if word in words["ignored"]:
        state = ""
    else:
        state = next((key for key, known in words["states"].items() if word in known), "")
        if not state:
            raise Invalid(
                "carrier-state", "Dòng {line}: chưa hiểu trạng thái “{word}”.", line=line, word=cell("state")[:40]
            )
    return Row(line, cell("tracking"), state, _read_moment(cell("at")), cell("why"))


def _places(head: Sequence[str]) -> dict[str, int]:
    names = [_plain(one) for one in head]
    known = _file()["columns"]
    found = {column: place for column, words in known.items() for place, name in enumerate(names) if name in words}
    missing = [known[column][0] for column in ("tracking", "state", "at") if column not in found]
    if missing:
        raise Invalid("carrier-columns", "Tệp thiếu cột {names}. Xin xem mẫu.", names=", ".join(missing))
    return found


def _read_moment(text: str) -> datetime | None:
    for form in MOMENTS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
    return None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("carrier.yaml").read_text(encoding="utf-8"))
    return loaded
