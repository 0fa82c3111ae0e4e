"""PDF or XML: what is signed, in every way that has a certificate."""

from __future__ import annotations

from ansinh.platform.language import translate
from ansinh.signing.models import Format
from ansinh.web.page import Option

FIELD = "dang"


def options() -> list[Option]:
    """Both, the one people can read first."""
    return [
        Option(Format.PDF, translate("PDF"), hint=translate("Đọc được như giấy; hợp với hầu hết mọi người.")),
        Option(Format.XML, translate("XML"), hint=translate("Dữ liệu như tệp I-VAN, để phần mềm đọc lại.")),
    ]


def chosen(value: object) -> Format:
    """The format that was chosen; a PDF for anything else."""
    return Format.XML if value == Format.XML else Format.PDF
