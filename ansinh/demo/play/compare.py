"""What was played beside what the example expects."""

from __future__ import annotations

from collections.abc import Iterator

from ansinh.catalogue.folder import Example, ProcedureFolder
from ansinh.demo.play.play import Played


def differences(folder: ProcedureFolder, example: Example, played: Played) -> list[str]:
    """Each place where the played course is not the expected one, as a line to read; empty when it is."""
    if example.expected.get("problems"):
        return list(_not_refused(example, played))
    if played.gaps:
        return [f"stays a draft: {', '.join(played.gaps)}"]
    return [*_course(example, played), *_days(example, played), *_amounts(example, played), *_effects(example, played)]


def _not_refused(example: Example, played: Played) -> Iterator[str]:
    for one in example.expected["problems"]:
        if f"{one['path']}: {one['code']}" not in played.gaps:
            yield f"no problem {one['code']} at {one['path']}: {', '.join(played.gaps) or 'filed'}"
    if not played.number and played.refused_to_confirm not in ("", "draft-incomplete", "organisation-signs"):
        yield f"the confirmation is refused for {played.refused_to_confirm}"


def _course(example: Example, played: Played) -> Iterator[str]:
    wanted = "refused" if example.course.refused else "granted"
    if played.state != wanted:
        yield f"ends as {played.state}, expected {wanted}"
    if example.course.supplement and "supplement_received" not in played.events:
        yield "the supplement was not sent"
    kinds = {kind for kind, _ in played.documents}
    if "receipt" not in kinds:
        yield "no receipt was made"
    if "proposed" in played.events and not kinds & {"decision", "refusal"}:
        yield "no letter was made"
    expected = example.expected.get("waits_for_originals")
    if expected is not None and not example.confirmed_electronically and bool(expected) != played.waited_for_originals:
        yield f"originals awaited: {played.waited_for_originals}, expected {', '.join(expected) or 'none'}"


def _days(example: Example, played: Played) -> Iterator[str]:
    for key, day in example.expected.get("due", {}).items():
        if played.due and played.due.get(key) != day:
            yield f"{key} is due on {played.due.get(key)}, expected {day}"


def _effects(example: Example, played: Played) -> Iterator[str]:
    wanted = example.expected.get("effects")
    if wanted is None or example.course.refused:
        return
    if set(played.effects) != set(wanted):
        yield f"did {', '.join(played.effects) or 'nothing'}, expected {', '.join(wanted)}"
    for key, words in wanted.items():
        if words not in played.effects.get(key, words):
            yield f"{key} says “{played.effects[key]}”, expected “{words}”"


def _amounts(example: Example, played: Played) -> Iterator[str]:
    entered = None if example.course.refused else example.course.entered
    if entered is not None and played.amount != entered.amount:
        yield f"decided {played.amount}, expected what the officer entered: {entered.amount}"
    wanted = example.expected.get("amounts", {})
    if "proposed" not in played.events or example.course.refused or played.amounts == wanted:
        return
    yield f"amounts {played.amounts}, expected {wanted}; register: {dict(played.differs) or 'as told'}"
