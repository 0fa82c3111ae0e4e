"""What `ansinh law` prints: a verdict a line, an explanation, the benefits and what each asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ansinh.law.cases import Verdict
from ansinh.law.checked import InputsRefused
from ansinh.law.declared import Declaration, Input, declarations
from ansinh.law.errors import LawError
from ansinh.law.outcome import Outcome, plain
from ansinh.law.results import results

_MET = {True: "đạt / met", False: "không đạt / not met", None: "xem giấy tờ / on paper"}


def verdict_line(verdict: Verdict) -> str:
    """One case in words: its id, what was expected, what came of it, and why it failed."""
    if verdict.case.fault:
        return f"FAIL {verdict.case.id} {verdict.case.benefit}: {verdict.case.fault}"
    expected = json.dumps(plain(verdict.case.expected), ensure_ascii=False)
    if not verdict.got:
        return f"FAIL {verdict.case.id} {verdict.case.benefit}: expected {expected}; {' '.join(verdict.problems)}"
    got = json.dumps(plain(verdict.got), ensure_ascii=False)
    word = "ok  " if verdict.passed else "FAIL"
    line = f"{word} {verdict.case.id} {verdict.case.benefit}: expected {expected}, got {got}"
    return "; ".join((line, *verdict.problems))


def verdict_json(verdict: Verdict) -> str:
    """One case as a JSON object."""
    return json.dumps(
        {
            "id": verdict.case.id,
            "benefit": verdict.case.benefit,
            "passed": verdict.passed,
            "expected": plain(verdict.case.expected),
            "got": plain(verdict.got),
            "problems": list(verdict.problems),
        },
        ensure_ascii=False,
    )


def explanation(declared: Declaration, outcome: Outcome) -> str:
    """An outcome for people: each step with its article, each condition, the other values, the amount, the doubts."""
    lines = [f"{declared.name_vi} / {declared.name_en}"]
    for number, step in enumerate(outcome.steps, start=1):
        lines += [f"{number}. {step.what_vi}", f"   {step.what_en}", f"   {step.arithmetic}  [{step.article}]"]
    for ground in outcome.grounds:
        lines += [f"{_MET[ground.met]}: {ground.what_vi}", f"   {ground.what_en}  [{ground.article}]"]
    for name, value in outcome.values.items():
        lines.append(f"{name}: {json.dumps(plain(value), ensure_ascii=False)}")
    if outcome.amount is not None:
        lines.append(f"= {dong(outcome.amount)}")
    lines += [f"Chưa xác nhận / unconfirmed: {what}" for what in outcome.unconfirmed]
    lines += [
        f"Số liệu / figure: {used.label_vi} / {used.label_en}, {used.valid_from}  [{used.reference}; {used.quality}]"
        for used in outcome.figures
    ]
    lines.append(f"Phiên bản quy tắc / rules: {outcome.rule_version}")
    return "\n".join(lines)


def dong(amount: int) -> str:
    """Whole đồng with dots."""
    return f"{amount:,} đ".replace(",", ".")


def refusal_lines(refusal: LawError) -> list[str]:
    """The refusal in both languages; each wrong input with its place and its own sentence."""
    lines = list(dict.fromkeys((refusal.message_vi, refusal.message_en)))
    if isinstance(refusal, InputsRefused):
        lines += [f"- {path}: {fault.message_vi} / {fault.message_en}" for path, fault in refusal.faults]
    return lines


def benefit_lines() -> Iterator[str]:
    """Every benefit: its key, then its name in both languages."""
    width = max(map(len, declarations()))
    for key, one in declarations().items():
        yield f"{key:<{width}}  {one.name_vi} / {one.name_en}"


def input_lines(declared: Declaration) -> Iterator[str]:
    """What a benefit asks for: the name of each input, its kind, what it means; columns of a table below it."""
    yield f"{declared.name_vi} / {declared.name_en}"
    yield "event_date  (day, cần / needed)  Ngày quyết định luật áp dụng / the day that decides the law"
    for one in declared.inputs:
        yield from _input_lines(one, "")
    yield "Kết quả / results:"
    for given in results(declared.benefit):
        yield f"  {given.name}  ({given.kind})  {given.label_vi} / {given.label_en}"


def _input_lines(one: Input, indent: str) -> Iterator[str]:
    kind = " | ".join(map(str, one.choices)) or one.kind
    needed = ", cần / needed" if one.required else ""
    yield f"{indent}{one.name}  ({kind}{needed})  {one.label_vi} / {one.label_en}"
    for column in one.columns:
        yield from _input_lines(column, indent + "  ")
