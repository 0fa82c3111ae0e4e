"""Which calculator belongs to which service: the one line a service page adds."""

from __future__ import annotations

from ansinh.platform.language import translate
from ansinh.web.page import Link
from ansinh.web.public.frame import address

CALCULATOR_OF = {
    "bhxh-tu-nguyen": "bhxh-tu-nguyen",
    "uoc-tinh-muc-dong-muc-huong": "bhxh-tu-nguyen",
    "dong-tiep-bhxh-tu-nguyen": "bhxh-tu-nguyen",
    "luong-huu-tu-nguyen-bao-luu": "luong-huu",
    "luong-huu-can-bo-xa": "luong-huu",
    "luong-huu-cho-du-tuoi-nd09": "luong-huu",
    "huong-bhxh-mot-lan": "bhxh-mot-lan",
    "che-do-thai-san": "thai-san",
    "che-do-om-dau": "om-dau",
    "gia-han-the-bhyt": "bhyt-ho-gia-dinh",
    "dang-ky-dong-cap-the-bhyt": "bhyt-ho-gia-dinh",
    "che-do-tu-tuat": "tu-tuat",
}
"""Slug of a service → slug of its calculator (`ansinh.web.public.calculators`)."""


def calculator_link(service: str) -> Link | None:
    """The link from a service page to its calculator, or None."""
    slug = CALCULATOR_OF.get(service)
    if slug is None:
        return None
    return Link(
        translate("Tính thử được bao nhiêu"),
        address("public:calculator", slug=slug),
        note=translate("Biết trước số tiền và vì sao, không cần đăng nhập"),
    )
