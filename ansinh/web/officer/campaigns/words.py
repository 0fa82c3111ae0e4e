"""Units of a campaign and its figures in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ansinh.directives.campaigns.figures import Line
from ansinh.directives.models import Campaign, CampaignUnit
from ansinh.platform.language import translate
from ansinh.web.officer.figures.tables import Table

GROUPINGS = {"office": "Theo cơ quan", "officer": "Theo cán bộ phụ trách", "commune": "Theo xã, phường"}
STATES = {
    "untold": "Chưa báo được tin", "unread": "Chưa đọc, chưa gọi", "waiting": "Chưa bắt đầu", "doing": "Đang làm",
    "undone": "Chưa xong", "done": "Đã xong",
}  # fmt: skip


def state_of(unit: CampaignUnit) -> str:
    """How far a unit is: the furthest step it took."""
    if unit.done_at:
        return translate("Đã xong")
    if unit.doing_at:
        return translate("Đang làm")
    if unit.phoned_at:
        return translate("Đã gọi điện")
    if unit.read_at:
        return translate("Đã đọc")
    return translate("Đã báo tin") if unit.told_at else translate("Chưa báo được tin")


def life_of(campaign: Campaign, *, on: date) -> str:
    """Where a campaign is in its days."""
    if campaign.ended_at:
        return translate("Đã kết thúc")
    if on < campaign.starts_on:
        return translate("Chưa bắt đầu")
    return translate("Đang chạy") if on <= campaign.ends_on else translate("Quá ngày, chưa kết thúc")


def name_of(line: Line) -> str:
    """Of an office, officer or commune; what is not known has words too."""
    return line.name or translate("Chưa rõ")


def table_of(lines: Sequence[Line], key: str, counted: str) -> Table:
    """The figures as a table: on the page, as .xlsx and .csv."""
    columns = (
        "Tên", "Đơn vị", "Báo tin", "Đã đọc", "Đã gọi", "Đã bắt đầu", "Đã xong", "Tỷ lệ xong",
    )  # fmt: skip
    return Table(
        key,
        translate(GROUPINGS[key]),
        (*(translate(one) for one in columns), translate("Số {counted}", counted=counted), translate("Trên tổng số")),
        [
            (
                name_of(one), one.units, one.told, one.read, one.phoned, one.doing, one.done, one.percent, one.reached,
                one.out_of,
            )
            for one in lines
        ],
    )  # fmt: skip


def units_table(units: Sequence[CampaignUnit], communes: dict[str, str], counted: str) -> Table:
    """Every unit as a line of a table."""
    columns = ("Đơn vị", "Mã đơn vị", "Cơ quan", "Cán bộ phụ trách", "Xã, phường", "Tình trạng")
    return Table(
        "units",
        translate("Đơn vị"),
        (*(translate(one) for one in columns), translate("Số {counted}", counted=counted), translate("Trên tổng số")),
        [
            (
                one.unit_name, one.unit_code, one.office.name_vi, one.officer.full_name if one.officer else "",
                communes.get(one.commune_code, ""), state_of(one), one.reached, one.out_of,
            )
            for one in units
        ],
    )  # fmt: skip
