"""What is written to provinces below a target, with the annex that lists them (R-134, R-139), in Vietnamese.

It becomes a draft of the official letters, where it is read, changed and issued by whoever signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ansinh.documents.render import render
from ansinh.platform.errors import Conflict
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day
from ansinh.statistics import tenths
from ansinh.statistics.fields import fields_of_work
from ansinh.statistics.models import ElectronicTarget
from ansinh.statistics.rates import Standing

DEFINITION = (
    "Tỷ lệ giao dịch điện tử là số hồ sơ nộp bằng phương thức điện tử (cổng, cổng dịch vụ công quốc gia, I-VAN, "
    "ứng dụng) chia cho tổng số hồ sơ nộp trong kỳ, theo lĩnh vực và theo tỉnh của cơ quan ghi trong số hồ sơ."
)
_WHOSE = {"": "cá nhân và tổ chức", "individual": "cá nhân", "organisation": "tổ chức"}


def below(rows: Sequence[Standing]) -> list[Standing]:
    """Those that miss their goal, the lowest rate first."""
    return [row for row in rows if row.is_below]


@dataclass(frozen=True)
class Urging:
    """What the letter says: its V/v, its paragraphs (one a line), whom it is to, and the annex as PDF."""

    summary: str
    body: str
    addressees: tuple[str, ...]
    annex: bytes


def urge(rows: Sequence[Standing], *, target: ElectronicTarget, period: str, at: datetime) -> Urging:
    """The letter to those below the target in a period. Raises Conflict when nobody is."""
    late = below(rows)
    if not late:
        raise Conflict("nobody-below", "Không có tỉnh nào dưới mục tiêu trong kỳ này nên không có thư để soạn.")
    field = fields_of_work()[target.field].name_vi
    by = date_vi(target.by_day)
    is_past = target.by_day < local_day(at)
    body = [
        f"{target.document} giao mục tiêu {_goal_words(target)} đến ngày {by}."
        + (f" Mục tiêu đã hết hạn từ ngày {by}." if is_past else ""),
        f"Theo số liệu {period}, {len(late)} trên {len(rows)} tỉnh, thành phố chưa đạt, như chi tiết tại phụ lục.",
        "Bảo hiểm xã hội Việt Nam yêu cầu Bảo hiểm xã hội các tỉnh, thành phố có tên trên thực hiện khẩn trương:",
        (
            "1. Hướng dẫn cá nhân, tổ chức nộp hồ sơ bằng phương thức điện tử; người chưa có chứng thư số dùng mã xác "
            "thực giao dịch điện tử."
        ),
        "2. Rà soát các thủ tục còn nhận nhiều hồ sơ giấy, nêu nguyên nhân và việc sẽ làm.",
        (
            f"3. Báo cáo kết quả và ngày dự kiến đạt mục tiêu{'' if is_past else f' trước ngày {by}'}; có vướng mắc "
            "thì báo cáo kịp thời để được hướng dẫn."
        ),
    ]
    return Urging(
        f"đôn đốc giao dịch điện tử trong lĩnh vực {field}",
        "\n".join(body),
        tuple(f"Bảo hiểm xã hội {row.area.name_vi}" for row in late),
        render("urging_annex", data=annex(late, target=target, period=period), at=at),
    )


def annex(late: Sequence[Standing], *, target: ElectronicTarget, period: str) -> dict[str, Any]:
    """The table that goes with the letter, the lowest rate first."""
    field = fields_of_work()[target.field].name_vi
    return {
        "agency": "Bảo hiểm xã hội Việt Nam",
        "title": f"Các tỉnh, thành phố có tỷ lệ giao dịch điện tử thấp, lĩnh vực {field}",
        "about": f"Số liệu {period}, {_WHOSE[target.kind]}, thấp nhất trước",
        "rows": [_row(row) for row in late],
        "definition": DEFINITION,
    }


def _row(row: Standing) -> dict[str, Any]:
    assert row.rate.percent is not None and row.goal is not None
    return {
        "name": row.area.name_vi,
        "filed": row.rate.filed,
        "rate": tenths.told(tenths.below_goal(row.rate.percent, row.goal)),
        "goal": tenths.told(tenths.nearest(row.goal)),
        "missing": tenths.told(tenths.missing(row.rate.percent, row.goal)),
    }


def _goal_words(target: ElectronicTarget) -> str:
    whose = _WHOSE[target.kind]
    if target.permille is not None:
        return f"tỷ lệ giao dịch điện tử của {whose} đạt {tenths.told(target.permille)} %"
    other = fields_of_work()[target.as_field].name_vi
    return f"tỷ lệ giao dịch điện tử của {whose} tương đương với tỷ lệ trong lĩnh vực {other}"
