"""The closed vocabulary of conditions.

A condition is read from YAML and evaluated only here, never in the browser. Rules of reading:

* a condition on a field that was not asked, or has no answer, is false;
* for a field with several values ``equals`` means "is among those chosen" and ``in`` means
  "at least one of them is";
* inside a row of a table a condition reads the row first and the form second;
* ``workers.payment_method`` outside it means the answers of all rows in that column, read as several values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from ansinh.eforms.errors import FormError
from ansinh.eforms.marks import place

Comparison = Literal[
    "equals",
    "in",
    "before",
    "on_or_before",
    "after",
    "on_or_after",
    "at_least",
    "at_most",
    "less_than",
    "more_than",
    "given",
]
Joint = Literal["all", "any", "not"]

COMPARISONS: tuple[str, ...] = get_args(Comparison)
JOINTS: tuple[str, ...] = get_args(Joint)
_DATES = frozenset({"before", "on_or_before", "after", "on_or_after"})
_NUMBERS = frozenset({"at_least", "at_most", "less_than", "more_than"})


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of one field with a fixed value."""

    field: str
    comparison: Comparison
    value: Any

    __test__ = False  # not a pytest class


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions joined by ``all`` or ``any``, or one turned round by ``not``."""

    joint: Joint
    parts: tuple[Test | Group, ...]


Condition = Test | Group


def parse_condition(node: object, *, where: str) -> Condition:
    """The condition written in ``node``; raises :class:`FormError` with the place and the fault."""
    if not isinstance(node, Mapping):
        raise FormError(where, f"a condition is a mapping, not {node!r}")
    spot = place(where, node)
    joints = [joint for joint in JOINTS if joint in node]
    if joints:
        return _parse_group(node, joints[0], where=where, spot=spot)
    return _parse_test(node, spot=spot)


def _parse_group(node: Mapping[str, Any], joint: str, *, where: str, spot: str) -> Group:
    if len(node) != 1:
        raise FormError(spot, f"“{joint}” stands alone in its mapping, found {sorted(node)}")
    inner = node[joint]
    if joint == "not":
        return Group("not", (parse_condition(inner, where=where),))
    if isinstance(inner, str) or not isinstance(inner, Sequence) or not inner:
        raise FormError(spot, f"“{joint}” needs a list of conditions")
    return Group(
        "all" if joint == "all" else "any",
        tuple(parse_condition(part, where=where) for part in inner),
    )


def _parse_test(node: Mapping[str, Any], *, spot: str) -> Test:
    field = node.get("field")
    if not isinstance(field, str):
        raise FormError(spot, "a condition needs “field”, “all”, “any” or “not”")
    found = [key for key in node if key != "field"]
    if len(found) != 1 or found[0] not in COMPARISONS:
        raise FormError(spot, f"a condition on “{field}” needs exactly one of {', '.join(COMPARISONS)}")
    comparison, value = found[0], node[found[0]]
    _check_value(comparison, value, spot=spot)
    if comparison == "in":
        value = tuple(value)
    elif comparison in _DATES:
        value = str(value)
    return Test(field, comparison, value)  # type: ignore[arg-type]


def _check_value(comparison: str, value: object, *, spot: str) -> None:
    if comparison == "in" and (isinstance(value, str) or not isinstance(value, Sequence)):
        raise FormError(spot, "“in” needs a list of values")
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if comparison in _NUMBERS and not is_number:
        raise FormError(spot, f"“{comparison}” needs a number, found {value!r}")
    if comparison in _DATES and not (len(str(value)) in {4, 7, 10} and str(value)[:4].isdigit()):
        raise FormError(spot, f"“{comparison}” needs a date YYYY-MM-DD, found {value!r}")
    if comparison == "given" and value is not True:
        raise FormError(spot, "“given” is written “given: true”; for the opposite use “not”")


def evaluate(condition: Condition, answers: Mapping[str, Any], row: Mapping[str, Any] | None = None) -> bool:
    """Whether the condition holds for the answers of the fields that were asked."""
    if isinstance(condition, Test):
        return _holds(condition, _answer(condition.field, answers, row))
    results = (evaluate(part, answers, row) for part in condition.parts)
    if condition.joint == "all":
        return all(results)
    if condition.joint == "any":
        return any(results)
    return not next(results)


def fields_used(condition: Condition) -> frozenset[str]:
    """The keys of every field the condition reads."""
    return frozenset(test.field for test in tests_in(condition))


def tests_in(condition: Condition) -> Iterator[Test]:
    """Every single comparison inside a condition."""
    if isinstance(condition, Test):
        yield condition
        return
    for part in condition.parts:
        yield from tests_in(part)


def _answer(field: str, answers: Mapping[str, Any], row: Mapping[str, Any] | None) -> Any:
    for source in (row, answers):
        if source is None:
            continue
        if field in source:
            return source[field]
        head, _, rest = field.partition(".")
        inner = source.get(head)
        if rest and isinstance(inner, Mapping) and rest in inner:
            return inner[rest]
        if rest and isinstance(inner, list):
            return [line[rest] for line in inner if isinstance(line, Mapping) and rest in line]
    return None


def _holds(test: Test, answer: Any) -> bool:
    if answer is None or answer == "" or answer == [] or answer == {}:
        return False
    if test.comparison == "given":
        return True
    chosen = answer if isinstance(answer, list) else [answer]
    if test.comparison == "equals":
        return test.value in chosen
    if test.comparison == "in":
        return any(value in chosen for value in test.value)
    if test.comparison in _DATES:
        return isinstance(answer, str) and _compare_dates(test.comparison, answer, test.value)
    if isinstance(answer, bool) or not isinstance(answer, (int, float)):
        return False
    return _compare_numbers(test.comparison, answer, test.value)


def _compare_dates(comparison: str, answer: str, value: str) -> bool:
    # ISO text compares as dates do. A year or month alone compares as its first day.
    left, right = (text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text
                   for text in (answer, value))  # fmt: skip
    return {
        "before": left < right,
        "on_or_before": left <= right,
        "after": left > right,
        "on_or_after": left >= right,
    }[comparison]


def _compare_numbers(comparison: str, answer: float, value: float) -> bool:
    return {
        "at_least": answer >= value,
        "at_most": answer <= value,
        "less_than": answer < value,
        "more_than": answer > value,
    }[comparison]
