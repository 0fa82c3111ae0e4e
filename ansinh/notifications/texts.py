"""The words of every event, from texts.yaml: for the notice, the e-mail and the SMS, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from ansinh.notifications.gsm import without_diacritics
from ansinh.platform.errors import Invalid, NotFound
from ansinh.platform.vietnamese import NO_BREAK_SPACE, date_vi, datetime_vi, money
from ansinh.platform.yaml_files import load_own

TEXTS_FILE = Path(__file__).with_name("texts.yaml")
LANGUAGES = ("vi", "en")
MASK = "••••••"


@dataclass(frozen=True)
class Event:
    """What one event says. `channels` are its ways out; a `secret` text is never stored readable; `urgent` ones go
    at night too."""

    code: str
    facts: tuple[str, ...]
    title: Mapping[str, str]
    body: Mapping[str, str]
    sms: str = ""
    channels: tuple[str, ...] = ("sms", "email")
    notice: bool = True
    secret: bool = False
    urgent: bool = False


@dataclass(frozen=True)
class Mail:
    """An e-mail as text."""

    subject: str
    body: str


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = load_own(TEXTS_FILE)
    return loaded


@cache
def events() -> Mapping[str, Event]:
    """Every event by its code."""
    return {
        code: Event(code=code, **{**entry, "facts": tuple(entry["facts"]), **_channels(entry)})
        for code, entry in _file()["events"].items()
    }


def has_event(code: str) -> bool:
    """Whether anything is said about this event."""
    return code in events()


def event(code: str) -> Event:
    """The event with this code; an unknown code is refused."""
    found = events().get(code)
    if found is None:
        raise NotFound("unknown-notice", "Không có loại thông báo “{notice}”.", notice=code)
    return found


def kept_facts(wanted: Event, given: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that the event names, as JSON values. One that is neither given nor allowed to be absent is refused."""
    kept: dict[str, Any] = {}
    for name in wanted.facts:
        value = given.get(name)
        if value is None or value == "":
            if "absent" not in _file()["facts"][name]:
                raise Invalid(
                    "notice-lacks-fact", "Thông báo “{notice}” thiếu dữ kiện “{fact}”.", notice=wanted.code, fact=name
                )
            continue
        kept[name] = value.isoformat() if isinstance(value, date) else value
    return kept


def title(wanted: Event, facts: Mapping[str, Any], *, language: str) -> str:
    """The heading in one language: of the notice and of the e-mail."""
    return _fill(wanted.title[language], wanted, facts, language)


def body(wanted: Event, facts: Mapping[str, Any], *, language: str) -> str:
    """The sentences in one language."""
    return _fill(wanted.body[language], wanted, facts, language)


def sms(wanted: Event, facts: Mapping[str, Any]) -> str:
    """The text message: Vietnamese without diacritics, so that 160 characters fit one part."""
    return without_diacritics(_fill(wanted.sms, wanted, facts, "sms"))


def mail(wanted: Event, facts: Mapping[str, Any], *, number: str, at: datetime, language: str) -> Mail:
    """The e-mail in both languages; with agency, number and time (Decree 224/2026/NĐ-CP, art. 15)."""
    order = (language, *(other for other in LANGUAGES if other != language))
    return Mail(
        subject=title(wanted, facts, language=language),
        body="\n\n— — —\n\n".join(_letter(wanted, facts, number, at, one) for one in order) + "\n",
    )


def worst_case(wanted: Event) -> dict[str, Any]:
    """The longest facts this event can have; the tests measure the SMS with them."""
    return {name: _file()["facts"][name]["longest"] for name in wanted.facts}


def purposes() -> Mapping[str, Mapping[str, str]]:
    """What a one-time code is for, in words."""
    known: Mapping[str, Mapping[str, str]] = _file()["purposes"]
    return known


def _channels(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"channels": tuple(entry["channels"])} if "channels" in entry else {}


def _letter(wanted: Event, facts: Mapping[str, Any], number: str, at: datetime, language: str) -> str:
    frame = _file()["mail"]
    lines = [frame["number"][language].format(dossier_number=number)] if number else []
    if facts.get("office"):
        lines.append(frame["office"][language].format(office=facts["office"]))
    lines.append(frame["time"][language].format(time=datetime_vi(at)))
    parts = [
        frame["greeting"][language],
        body(wanted, facts, language=language),
        "\n".join(lines),
        frame["footer"][language],
    ]
    return "\n\n".join(parts)


def _fill(text: str, wanted: Event, facts: Mapping[str, Any], form: str) -> str:
    filled = text.format(**{name: _words(name, facts.get(name), form) for name in wanted.facts})
    return re.sub(r"\n{2,}", "\n", re.sub(" {2,}", " ", filled)).strip()


def _words(name: str, value: Any, form: str) -> str:
    declared = _file()["facts"][name]
    if value is None or value == "":
        return str(declared["absent"][form])
    if name == "purpose":
        return str(purposes()[value][form])
    if declared["kind"] == "date":
        return date_vi(date.fromisoformat(str(value)))
    if declared["kind"] == "moment":
        return datetime_vi(datetime.fromisoformat(str(value)))
    if declared["kind"] == "money":
        return money(int(value)).replace(NO_BREAK_SPACE, " " if form == "sms" else NO_BREAK_SPACE)
    return str(value)
