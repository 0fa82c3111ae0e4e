"""The roster of a household, once for every form: who lives there, who joins now, who pays as which, and why not.

Decree 188/2025/NĐ-CP: all who live at the same lawful place join together, but those insured in another group and those
declared absent. What the n-th of them pays is a dated figure of the law (`health.household_factors`), none of the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from ansinh.eforms.definition import Field
from ansinh.eforms.problems import Problem, problem_at

HEAD: Final = "head"
COLUMNS: Final[Sequence[Mapping[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("household.yaml").read_text(encoding="utf-8")
)
"""The questions about one member, as a form would write them."""


def household_faults(field: Field, path: str, rows: Sequence[Any]) -> Iterator[tuple[int, Field, Problem]]:
    """What is wrong between the rows: no head or two, a person twice, two who pay as the same one."""
    columns = {column.key: column for column in field.columns}
    members = [row if isinstance(row, Mapping) else {} for row in rows]
    heads = [place for place, row in enumerate(members) if row.get("relation") == HEAD]
    if members and not heads and all(row.get("relation") for row in members):
        yield 0, columns["relation"], problem_at(
            f"{path}[0].relation", columns["relation"], "household-without-head",
            "Hộ chưa có ai là chủ hộ. Xin chọn “Chủ hộ” cho một người.",
        )  # fmt: skip
    for place in heads[1:]:
        yield place, columns["relation"], problem_at(
            f"{path}[{place}].relation", columns["relation"], "household-two-heads",
            "Thành viên {other} đã là chủ hộ. Xin chọn quan hệ khác cho người này.", other=heads[0] + 1,
        )  # fmt: skip
    for key, code, sentence in (
        ("member_si_number", "household-member-twice", "Mã số này đã ghi cho thành viên {other}. Xin xem lại."),
        ("member_id_number", "household-member-twice", "Số này đã ghi cho thành viên {other}. Xin xem lại."),
        (
            "order_in_household", "household-order-twice",
            "Thành viên {other} đã đóng theo thứ tự này. Xin ghi mỗi người một thứ tự.",
        ),
    ):  # fmt: skip
        for place, other in _repeated(members, key):
            yield (
                place,
                columns[key],
                problem_at(f"{path}[{place}].{key}", columns[key], code, sentence, other=other + 1),
            )


def _repeated(members: Sequence[Mapping[str, Any]], key: str) -> Iterator[tuple[int, int]]:
    """Rows whose answer an earlier row has, with the place of that one; only of those who are asked."""
    seen: dict[str, int] = {}
    for place, row in enumerate(members):
        answer = row.get(key)
        if answer in (None, "") or (key != "member_id_number" and row.get("joins") != "yes"):
            continue
        if str(answer) in seen:
            yield place, seen[str(answer)]
        seen.setdefault(str(answer), place)
