"""Claim files with right rows, which a test makes wrong in one cell."""

from __future__ import annotations

import base64
from typing import Final

from tests.world import SI_NUMBER

CODE: Final = "90C01"
CARD: Final = f"DN490{SI_NUMBER}"
PATIENT: Final = "Trần Thị Mai Lan"
SUMMARY: Final = {
    "MA_BN": "BN01", "HO_TEN": PATIENT, "NGAY_SINH": "199005120000", "GIOI_TINH": "2", "DIA_CHI": "Khu phố 2",
    "CHAN_DOAN_RV": "Viêm phế quản", "MA_BENH_CHINH": "J20", "MA_DOITUONG_KCB": "1.1", "NGAY_VAO": "202609300800",
    "NGAY_RA": "202609301015", "SO_NGAY_DTRI": "0", "KET_QUA_DTRI": "2", "MA_LOAI_RV": "1", "T_THUOC": "0",
    "T_VTYT": "0", "T_NGUONKHAC": "0", "T_BNTT": "0", "NAM_QT": "2026", "THANG_QT": "09", "MA_LOAI_KCB": "01",
    "MA_KHOA": "K01", "MA_HSBA": "HS01",
}  # fmt: skip
SERVICE: Final = {
    "STT": "1", "MA_DICH_VU": "02.0085.1778", "MA_NHOM": "3", "DON_VI_TINH": "Lần", "PHAM_VI": "1", "SO_LUONG": "1",
    "TYLE_TT_DV": "100", "TYLE_TT_BH": "100", "T_NGUONKHAC": "0", "T_BNTT": "0", "MA_KHOA": "K01", "MA_BAC_SI": "N01",
    "NGUOI_THUC_HIEN": "N02", "NGAY_YL": "202609300830", "NGAY_TH_YL": "202609300900", "MA_PTTT": "1",
}  # fmt: skip


def record(
    key: str, *, cost: str = "1000000.50", fund: str = "800000.50", patient: str = "200000", facility: str = CODE,
    inline: bool = False, summary: dict[str, str] | None = None, row: dict[str, str] | None = None, card: str = CARD,
    rows: bool = True,
) -> str:  # fmt: skip
    """One HOSO with its summary and one service of that cost, in base64 or written out; cells may be given anew."""
    sums = {"T_TONGCHI_BV": cost, "T_TONGCHI_BH": cost, "T_BHTT": fund, "T_BNCCT": patient}
    told = {"MA_LK": key, **SUMMARY, "MA_THE_BHYT": card, "MA_CSKCB": facility, **sums, **(summary or {})}
    money = {"DON_GIA_BV": cost, "DON_GIA_BH": cost, "THANH_TIEN_BV": cost, "THANH_TIEN_BH": cost, "T_BHTT": fund}
    line = {"MA_LK": key, **SERVICE, **money, "MUC_HUONG": "80", "T_BNCCT": patient, **(row or {})}
    table = f"<CHITIEU><DSACH><CHI_TIET_DVKT>{_cells(line)}</CHI_TIET_DVKT></DSACH></CHITIEU>" if rows else ""
    return (
        f"<HOSO>{_file('XML1', f'<TONG_HOP>{_cells(told)}</TONG_HOP>', inline)}{_file('XML3', table, inline)}"
        "<FILEHOSO><LOAIHOSO>XML4</LOAIHOSO><NOIDUNGFILE></NOIDUNGFILE></FILEHOSO></HOSO>"
    )


def envelope(*records: str, facility: str = CODE, told: int | None = None) -> bytes:
    """A file of these records."""
    count = len(records) if told is None else told
    return (
        f"<GIAMDINHHS><THONGTINDONVI><MACSKCB>{facility}</MACSKCB></THONGTINDONVI><THONGTINHOSO><NGAYLAP>20261001</NGAYLAP>"
        f"<SOLUONGHOSO>{count}</SOLUONGHOSO><DANHSACHHOSO>{''.join(records)}</DANHSACHHOSO></THONGTINHOSO>"
        "<CHUKYDONVI/></GIAMDINHHS>"
    ).encode()


def two(card: str = CARD) -> bytes:
    """Two records in order: 1,500,001 đồng in all, of which the fund pays 1,200,001."""
    later = {"NGAY_VAO": "202609300815", "NGAY_RA": "202609301100"}
    small = record("B", cost="500000", fund="400000", patient="100000", inline=True, card=card, summary=later)
    return envelope(record("A", card=card), small)


def _file(kind: str, table: str, inline: bool) -> str:
    written = table if inline else base64.b64encode(table.encode()).decode()
    return f"<FILEHOSO><LOAIHOSO>{kind}</LOAIHOSO><NOIDUNGFILE>{written}</NOIDUNGFILE></FILEHOSO>"


def _cells(row: dict[str, str]) -> str:
    return "".join(f"<{name}>{value}</{name}>" for name, value in row.items())
