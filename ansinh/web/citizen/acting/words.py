"""The words of what happened to a right to act for somebody, and of its scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ansinh.catalogue.queries import newest
from ansinh.dossiers.models import DossierEvent
from ansinh.people.models_acting import ActingEvent, GuardianKind
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.citizen.thread import acted_by, sentence_of
from ansinh.web.page import Link

ENDED_MANDATE = "Đã hết hạn"
Facts = Mapping[str, Any]


def procedures_in_words(slugs: Iterable[str]) -> str:
    """The short names of the procedures a right is for; none means all."""
    chosen = sorted(slugs)
    if not chosen:
        return translate("mọi thủ tục")
    found = newest(chosen)
    return ", ".join(pick(found[slug].procedure, "short_name") if slug in found else slug for slug in chosen)


def thread_of(
    events: Sequence[ActingEvent], acts: Sequence[DossierEvent], *, own: str, href: Callable[[DossierEvent], str]
) -> list[dict[str, Any]]:
    """Rights and acts together, newest first; `own` is the label of the reader, `href` where an act's dossier is."""
    entries = [*(_of_right(event, own) for event in events), *(_of_act(act, own, href(act)) for act in acts)]
    return sorted(entries, key=lambda entry: _at(entry), reverse=True)


def _at(entry: Mapping[str, Any]) -> datetime:
    at: datetime = entry["at"]
    return at


def _of_right(event: ActingEvent, own: str) -> dict[str, Any]:
    who = ", ".join(part for part in (event.actor_name, event.actor_title) if part)
    return {"at": event.at, "who": who, "own": event.actor == own, "text": _SENTENCES[event.kind](event.facts)}


def _of_act(act: DossierEvent, own: str, href: str) -> dict[str, Any]:
    number = act.dossier.number
    return {
        "at": act.at,
        "who": acted_by(act),
        "own": act.actor == own,
        "text": sentence_of(act),
        "links": [Link(translate("Hồ sơ {number}", number=number), href)] if href else [],
    }


def _guardian(facts: Facts) -> str:
    return translate(
        "{guardian} là người đại diện ({kind}), căn cứ {basis}.",
        guardian=facts["guardian"], kind=translate(GuardianKind(facts["kind"]).label).lower(), basis=facts["basis"],
    )  # fmt: skip


def _frozen(facts: Facts) -> str:
    if facts.get("may_read"):
        return translate("Tạm dừng quyền của {guardian}, vẫn cho xem. Lý do: {reason}", **_named(facts, "reason"))
    return translate("Tạm dừng quyền của {guardian}, kể cả xem. Lý do: {reason}", **_named(facts, "reason"))


def _named(facts: Facts, *keys: str) -> dict[str, str]:
    return {key: str(facts[key]) for key in ("guardian", *keys)}


def _day(text: str) -> str:
    return date_vi(date.fromisoformat(text))


_SENTENCES: dict[str, Callable[[Facts], str]] = {
    "guardian_registered": _guardian,
    "guardian_joined": _guardian,
    "guardianship_ended": lambda facts: translate(
        "{guardian} thôi làm người đại diện: {reason} ({basis}).", **_named(facts, "reason", "basis")
    ),
    "guardianship_frozen": _frozen,
    "conflict_decided": lambda facts: translate(
        "{guardian} làm thay được như trước, căn cứ {basis}.", **_named(facts, "basis")
    ),
    "death_recorded": lambda facts: translate(
        "Ghi nhận qua đời ngày {day}, căn cứ {basis}.", day=_day(facts["died_on"]), basis=facts["basis"]
    ),
    "hand_over_told": lambda facts: translate(
        "Đã báo ngày đủ 18 tuổi, {day}, cho người đại diện và trẻ.", day=_day(facts["of_age_on"])
    ),
    "acting_begun": lambda _: translate("Đã mở để làm thay."),
    "mandate_offered": lambda facts: translate(
        "Ủy quyền cho {agent} đến hết ngày {day}.", agent=facts["agent"], day=_day(facts["until"])
    ),
    "mandate_registered": lambda facts: translate(
        "Cơ quan BHXH ghi nhận giấy ủy quyền cho {agent} đến hết ngày {day}.",
        agent=facts["agent"],
        day=_day(facts["until"]),
    ),
    "mandate_accepted": lambda facts: translate("{agent} đã nhận làm thay.", agent=facts["agent"]),
    "mandate_declined": lambda facts: translate("{agent} không nhận làm thay.", agent=facts["agent"]),
    "mandate_revoked": lambda facts: translate("Đã thu hồi ủy quyền của {agent}.", agent=facts["agent"]),
    "mandate_given_up": lambda facts: translate("{agent} thôi làm thay.", agent=facts["agent"]),
}
