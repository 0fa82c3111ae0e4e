"""Effect → what undoes it; of the others the next step that people take, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ansinh.casework.effects.given import Function
from ansinh.casework.effects.undoing import benefits, money, records, set_off, started
from ansinh.casework.effects.undoing.earlier import Earlier, Undo, Undone, by_hand

UNDO: Final[Mapping[str, Undo]] = {
    "payment_order_out": money.undo_payment,
    "payment_order_in": money.undo_payment,
    "benefit_started": started.undo_started,
    "benefit_changed": benefits.undo_changes,
    "benefit_stopped": benefits.undo_changes,
    "benefit_resumed": benefits.undo_changes,
    "payment_place_moved": benefits.undo_changes,
    "payment_form_changed": benefits.undo_changes,
    "card_issued": records.undo_card,
    "card_extended": records.undo_card,
    "card_ended": records.undo_card,
    "book_issued": records.undo_book,
    "book_corrected": records.undo_book,
    "book_closed": records.undo_book,
    "unemployment_time_confirmed": records.undo_book,
    "participation_started": records.undo_participation,
    "participation_changed": records.undo_participation,
    "participation_ended": records.undo_participation,
    "personal_data_changed": records.undo_personal_data,
    "certificate_issued": records.undo_certificate,
    "recovery_claim": records.undo_claim,
}
NEXT_STEP: Final[Mapping[str, str]] = {
    "arrears_settled": "Khoản chưa nhận đã tất toán: xin bộ phận chi trả lập văn bản khôi phục khoản đó.",
    "contract_in_force": "Hợp đồng đã có hai bên ký: xin lập phụ lục hoặc biên bản thanh lý với cơ sở.",
    "contract_ended": "Hợp đồng đã chấm dứt: xin ký hợp đồng mới với cơ sở.",
    "contribution_recorded": "Các tháng đóng đã vào quá trình: xin bộ phận thu lập văn bản điều chỉnh từng tháng.",
    "leave_recorded": "Ngày nghỉ đã hưởng đã ghi vào sổ: xin bộ phận sổ thẻ lập văn bản điều chỉnh ngày nghỉ.",
    "number_issued": "Mã số BHXH đã cấp không thu lại được: xin bộ phận sổ thẻ gộp hoặc khóa mã số.",
    "mandate_registered": "Ủy quyền nhận tiền đã ghi: xin người ủy quyền rút ở mục Làm thay, hoặc tại quầy.",
}
"""What no entry of ours can undo, and what people do about it."""
ANEW: Final[Mapping[str, Function]] = {
    "payment_order_out": set_off.pay_out_again,
    "payment_order_in": set_off.collect_again,
    "benefit_started": started.start_again,
    **dict.fromkeys(benefits.AGAIN, benefits.changed_again),
}
"""What a result of a later round does in the place of the plain function: what all rounds before it moved and asked
back is netted, also of a round that undid everything.
"""
NEVER_KEPT: Final = frozenset({"certificate_issued"})
"""Given anew under the number of each decision, however alike the inputs."""
BY_ORDERS: Final = frozenset({"payment_order_out", "payment_order_in"})
"""Money is set off by the machine alone: said to be undone by hand, an order would be paid beside the new one."""


def undo(earlier: Earlier) -> Undone:
    """Undo one effect. Raises Conflict (`effect-by-hand`) with the next step where no machine can."""
    function = UNDO.get(earlier.applied.does)
    if function is None:
        raise by_hand(earlier, next_vi=NEXT_STEP[earlier.applied.does])
    return function(earlier)
