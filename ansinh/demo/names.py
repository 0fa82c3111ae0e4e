"""Invented names, put together by chance from common parts."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ansinh.law.names import search_key

_FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Lý", "Đinh", "Mai", "Trịnh", "Lương", "Cao", "Tạ", "Châu", "Thái", "Đoàn", "Hà",
)  # fmt: skip
_MIDDLE = {
    "male": ("Văn", "Hữu", "Đức", "Minh", "Quang", "Công", "Thanh", "Xuân", "Gia", "Đình", "Ngọc", "Bá"),
    "female": ("Thị", "Thị Thu", "Thị Ngọc", "Thị Mai", "Thị Hồng", "Thị Kim", "Bích", "Diệu", "Thanh", "Thị Bích"),
}
_GIVEN = {
    "male": (
        "An", "Bình", "Cường", "Dũng", "Đạt", "Giang", "Hải", "Hiếu", "Hòa", "Huy", "Khánh", "Khôi", "Lâm", "Long",
        "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Sơn", "Tài", "Thắng", "Thịnh", "Toàn", "Trung", "Tuấn", "Vinh",
        "Việt",
    ),
    "female": (
        "Anh", "Bảo", "Châu", "Chi", "Dung", "Duyên", "Hà", "Hạnh", "Hiền", "Hoa", "Hương", "Lan", "Liên", "Linh",
        "Loan", "Mai", "My", "Nga", "Ngân", "Nhung", "Oanh", "Phương", "Quỳnh", "Thảo", "Thủy",
        "Trang", "Tuyết", "Yến",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Name:
    """A name with its search key."""

    full: str
    key: str


class Names:
    """Draws names; the keys of the parts are folded once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._keys = {part: search_key(part) for parts in self._all_parts() for part in parts}

    def draw(self, sex: str) -> Name:
        """A name for `male` or `female`."""
        choice = self._random.choice
        parts = (choice(_FAMILY), choice(_MIDDLE[sex]), choice(_GIVEN[sex]))
        return Name(" ".join(parts), " ".join(self._keys[part] for part in parts))

    @staticmethod
    def _all_parts() -> list[tuple[str, ...]]:
        return [_FAMILY, *_MIDDLE.values(), *_GIVEN.values()]
