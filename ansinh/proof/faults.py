"""How the log can disagree with itself or with its copies."""

from ansinh.platform.errors import Conflict


class Disagreement(Conflict):
    """Sealing must stand still until people have found out what happened."""


def log_broken(size: int) -> Disagreement:
    """The leaves kept do not give the root of the last checkpoint."""
    return Disagreement(
        "log-broken",
        "Nhật ký trong cơ sở dữ liệu không khớp mốc niêm phong {size} của chính nó. Xin dừng lại và chạy "
        "“ansinh proof check”.",
        size=size,
    )


def older_database(folder: str, *, size: int, witnessed: int) -> Disagreement:
    """The place has seen more than the database has: an older backup was restored."""
    return Disagreement(
        "older-database",
        "Cơ sở dữ liệu chỉ có {size} sự kiện, bản lưu tại {folder} đã có {witnessed}: có thể vừa khôi phục một bản "
        "sao lưu cũ. Xin khôi phục bản mới hơn; chưa niêm phong tiếp.",
        folder=folder,
        size=size,
        witnessed=witnessed,
    )


def forked(folder: str, *, size: int) -> Disagreement:
    """Database and place hold different histories."""
    return Disagreement(
        "log-forked",
        "Tại mốc {size}, cơ sở dữ liệu và bản lưu tại {folder} ghi hai lịch sử khác nhau. Xin giữ nguyên cả hai và "
        "chạy “ansinh proof check”.",
        folder=folder,
        size=size,
    )


def place_shrank(folder: str, *, size: int, confirmed: int) -> Disagreement:
    """The place has less than it once confirmed."""
    return Disagreement(
        "place-shrank",
        "Bản lưu tại {folder} chỉ còn {size} trong {confirmed} sự kiện đã xác nhận. Xin kiểm tra ổ đĩa đó; nếu đã "
        "thay ổ, xin đặt một thư mục mới trong ANSINH_PROOF_PLACES.",
        folder=folder,
        size=size,
        confirmed=confirmed,
    )
