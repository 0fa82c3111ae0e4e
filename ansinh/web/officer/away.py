"""What a kept approval waits for, in a sentence."""

from __future__ import annotations

from ansinh.platform.language import translate


def finished_when_back(why: str) -> str:
    """When the letter of a kept approval is signed; empty when none waits. `why` is of `what_is_away`."""
    match why:
        case "token-down":
            return translate(
                "Thiết bị giữ khóa ký đang không trả lời: thư được ký và gửi ngay khi thiết bị hoạt động lại."
            )
        case "timestamps-down":
            return translate("Nơi cấp dấu thời gian đang không trả lời: thư được ký và gửi ngay khi có dấu.")
    return ""


def what(why: str) -> str:
    """What a kept approval waited for, within a sentence."""
    return translate("thiết bị giữ khóa ký") if why == "token-down" else translate("nơi cấp dấu thời gian")
