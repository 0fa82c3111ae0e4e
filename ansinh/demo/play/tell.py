"""A played example in words, Vietnamese then English."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from ansinh.catalogue.folder import Example, ProcedureFolder
from ansinh.demo.play.play import Played
from ansinh.platform.vietnamese import date_vi

MOST_LETTERS: Final = 80


def lines(folder: ProcedureFolder, example: Example, played: Played, faults: list[str]) -> Iterator[str]:
    """The story, and whether it is the expected one."""
    yield f"  {'✗' if faults else '✓'} {example.key}: {example.name_vi} / {example.name_en or example.name_vi}"
    if played.gaps:
        yield f"      chưa nộp được / not filed: {'; '.join(played.gaps)}"
    else:
        yield from _filed(folder, played)
    for fault in faults:
        yield f"      KHÁC / DIFFERS: {fault}"


def _filed(folder: ProcedureFolder, played: Played) -> Iterator[str]:
    yield f"      số hồ sơ / number: {played.number} ({played.applicant})"
    if played.papers:
        yield f"      giấy tờ / papers: {', '.join(played.papers)}"
    if played.waited_for_originals:
        yield "      chờ bản chính qua bưu điện / waited for originals by post"
    if played.due:
        days = (f"{key} {date_vi(date.fromisoformat(day)) if day else '–'}" for key, day in played.due.items())
        yield f"      hẹn trả / due: {', '.join(days)}"
    if played.amounts:
        yield f"      máy tính / computed: {', '.join(f'{key} {_money(one)}' for key, one in played.amounts.items())}"
    for name, (wanted, held) in played.differs.items():
        yield f"      sổ BHXH / register: {name} {_short(held)}, ví dụ / example: {_short(wanted)}"
    decided = f", {_money(played.amount)}" if played.amount is not None else ""
    yield f"      kết quả / result: {played.state}{decided}"
    yield f"      diễn biến / history: {', '.join(played.events)}"
    yield f"      văn bản / papers given: {', '.join(title for _, title in played.documents)}"
    if played.effects:
        yield from (f"      tác động / effect: {one}" for one in played.effects.values())


def _money(value: Any) -> str:
    if isinstance(value, list):
        return " + ".join(_money(one) for one in value)
    return f"{value:,.0f}".replace(",", ".") + " đ"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…"
