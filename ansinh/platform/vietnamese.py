"""Vietnamese forms of amounts, dates and sizes (Decree 30/2020/NĐ-CP for dates of documents)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_SIZE_UNITS = ("byte", "KB", "MB", "GB", "TB")


def number(value: int) -> str:
    """A whole number with dots between thousands: 56.280.000."""
    return f"{value:,}".replace(",", ".")


def money(dong: int) -> str:
    """An amount of whole đồng: `56.280.000 đ`, with a no-break space."""
    return f"{number(dong)}{NO_BREAK_SPACE}đ"


def date_vi(day: date) -> str:
    """dd/mm/yyyy. A moment is first taken to Vietnam's zone."""
    return _local(day).strftime("%d/%m/") + f"{_local(day).year:04d}"


def datetime_vi(moment: datetime) -> str:
    """`08:05 23/11/2026` in Vietnam's zone."""
    return f"{_local(moment):%H:%M} {date_vi(moment)}"


def weekday_vi(day: date) -> str:
    """`thứ Hai` … `Chủ nhật`."""
    return _WEEKDAYS[_local(day).weekday()]


def document_date_vi(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`: days below 10 and months 1 and 2 take a zero (Decree 30/2020, annex I)."""
    day = _local(day)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def size_vi(size: int) -> str:
    """Bytes as people read them, powers of 1024 with a decimal comma: `1,5 MB`."""
    amount, unit = float(size), 0
    while amount >= 1024 and unit < len(_SIZE_UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    text = f"{amount:.1f}".removesuffix(".0").replace(".", ",")
    return f"{text}{NO_BREAK_SPACE}{_SIZE_UNITS[unit]}"


def _local(day: date) -> date:
    return day.astimezone(ZONE) if isinstance(day, datetime) else day
