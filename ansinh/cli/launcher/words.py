"""Sentences of the launcher: Vietnamese, then English."""

from typing import Any

from ansinh.platform.errors import DomainError


class CannotStart(DomainError):
    """A reason why An Sinh does not start, in one sentence of each language."""

    def __init__(self, code: str, vietnamese: str, english: str, **facts: Any) -> None:
        super().__init__(code, f"{vietnamese}\n{english}", **facts)


def disk_full(free_megabytes: int, needed_megabytes: int) -> CannotStart:
    """The disk has too little room."""
    return CannotStart(
        "disk-full",
        "Ổ đĩa gần đầy: còn {free} MB, cần {needed} MB. Hãy giải phóng dung lượng rồi chạy lại.",
        "The disk is nearly full: {free} MB left, {needed} MB needed. Free some space and start again.",
        free=free_megabytes,
        needed=needed_megabytes,
    )


def procedure_fault(fault: Exception) -> CannotStart:
    """A procedure folder is wrong; the fault names file and line."""
    return CannotStart(
        "procedure-folder", "Thư mục thủ tục có lỗi: {fault}", "A procedure folder is wrong: {fault}", fault=fault
    )


def foreign_keys(fault: str) -> CannotStart:
    """The database came without its keys."""
    return CannotStart(
        "sealing-keys-foreign",
        "Cơ sở dữ liệu được niêm phong bằng khóa khác ({fault}). Hãy đặt lại các tệp identifiers-* của nó vào thư mục "
        "bí mật (var/secrets).",
        "The database is sealed with other keys. Put its files identifiers-* back into the folder of secrets "
        "(var/secrets).",
        fault=fault,
    )
