"""Look a dossier up without an account, by number and telephone: its state and nothing personal (R-130)."""

from __future__ import annotations

import hmac

from ansinh.dossiers.models import Dossier
from ansinh.platform.errors import NotFound
from ansinh.platform.row_security.viewer import at_the_door


@at_the_door()
def look_up(number: str, *, phone: str) -> Dossier:
    """The dossier of this number filed with this telephone (84…); the same refusal whatever was wrong."""
    found = Dossier.objects.filter(number=number.strip()).first()
    if found is None or not found.phone or not hmac.compare_digest(found.phone, phone):
        raise NotFound(
            "look-up-failed",
            "Không có hồ sơ nào khớp cả số hồ sơ và số điện thoại này. "
            "Xin xem lại số hồ sơ trong tin nhắn hoặc giấy tiếp nhận.",
        )
    return found
