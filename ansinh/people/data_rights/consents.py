"""The ledger of consent: a purpose, the very text that was read, given or taken back. No consent by default (R25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from ansinh.people.actors import Citizen
from ansinh.people.data_rights.requests import ask
from ansinh.people.dated_rules import in_force, rows_of
from ansinh.people.models import ConsentEvent
from ansinh.people.models_rights import RequestKind
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.zone import local_day

FILE = Path(__file__).with_name("purposes.yaml")


@dataclass(frozen=True)
class Purpose:
    """Something one may agree to; `version` is the day its text came into use."""

    code: str
    version: str
    name_vi: str
    name_en: str
    text_vi: str
    text_en: str

    def sha256(self, language: str) -> str:
        """Of the text in the language it was read in."""
        return sha256((self.text_en if language == "en" else self.text_vi).encode()).hexdigest()


@dataclass(frozen=True)
class Standing:
    """A purpose and the newest line about its present text; None: nothing was ever said."""

    purpose: Purpose
    last: ConsentEvent | None

    @property
    def given(self) -> bool:
        """Whether it is agreed to now."""
        return self.last is not None and self.last.given


def purposes(*, on: date) -> list[Purpose]:
    """What may be agreed to on a day, each with its newest text."""
    newest: dict[str, dict[str, Any]] = {}
    for row in sorted(in_force(rows_of(FILE)["purposes"], on=on), key=lambda row: str(row["from"])):
        newest[row["code"]] = dict(row)
    return [
        Purpose(code, row["from"], row["name_vi"], row["name_en"], row["text_vi"], row["text_en"])
        for code, row in newest.items()
    ]


def standings(subject_id: UUID, *, on: date) -> list[Standing]:
    """How each purpose stands with a person: consent to an older text is none to the present one."""
    lines: dict[tuple[str, str], ConsentEvent] = {}
    for line in ConsentEvent.objects.filter(subject_id=subject_id).order_by("id"):
        lines[(line.purpose, line.version)] = line
    return [Standing(one, lines.get((one.code, one.version))) for one in purposes(on=on)]


def has_consent(subject_id: UUID, purpose: str, *, on: date) -> bool:
    """Whether the person agreed to the present text of a purpose and did not take it back."""
    return any(one.given for one in standings(subject_id, on=on) if one.purpose.code == purpose)


def say(
    actor: Citizen,
    *,
    purpose: str,
    version: str,
    given: bool,
    channel: str,
    language: str,
    device: str,
    office_code: str,
    at: datetime,
) -> ConsentEvent:
    """Write one line: agreed, refused, or taken back; taking back also asks the office to stop, with its clock.

    Raises Invalid for an unknown purpose, Conflict when the text changed since it was read.
    """
    standing = next((one for one in standings(actor.owner_id, on=local_day(at)) if one.purpose.code == purpose), None)
    if standing is None:
        raise Invalid("consent-unknown", "Không có mục đích này. Xin tải lại trang.")
    if standing.purpose.version != version:
        raise Conflict("consent-text-changed", "Nội dung đã thay đổi từ lúc ông/bà đọc. Xin đọc lại rồi chọn.")
    with transaction.atomic(), acting_as(actor.label):
        line = ConsentEvent.objects.create(
            subject_id=actor.owner_id,
            account_id=actor.account_id,
            purpose=purpose,
            version=version,
            text_sha256=standing.purpose.sha256(language),
            channel=channel,
            given=given,
            at=at,
            language=language,
            device=device,
        )
        if standing.given and not given:
            words = f"Tôi rút lại đồng ý: {standing.purpose.name_vi}."
            ask(actor, kind=RequestKind.WITHDRAW, words=words, office_code=office_code, purpose=purpose, at=at)
    return line
