"""Why a file is not taken: what is wrong, why it matters, what to do next."""

from typing import Final

from ansinh.files.limits import MAX_BYTES, MAX_PAGES, MAX_PAPERS, MAX_PIXELS, MIN_SIDE
from ansinh.platform.errors import Invalid

SENTENCES: Final = {
    "file-empty": (
        "Tệp “{name}” không có gì bên trong. Có thể lần sao chép trước bị ngắt. Xin chọn lại tệp hoặc chụp lại giấy tờ."
    ),
    "file-too-large": (
        "Tệp “{name}” lớn hơn {megabytes} MB nên không gửi được. Xin chụp lại ở cỡ nhỏ hơn hoặc tách thành nhiều tệp."
    ),
    "file-type-unknown": (
        "Tệp “{name}” không phải PDF, JPEG, PNG hay HEIC nên cơ quan không mở được. Xin chụp ảnh giấy tờ"
        " hoặc lưu thành PDF rồi gửi lại."
    ),
    "file-damaged": (
        "Tệp “{name}” bị hỏng hoặc bị cắt mất một phần nên không đọc được. Xin mở thử trên máy, rồi lưu "
        "lại hoặc chụp lại."
    ),
    "file-of-two-kinds": (
        "Tệp “{name}” chứa thêm một tệp loại khác ẩn bên trong nên không an toàn. Xin chụp lại giấy tờ "
        "hoặc in ra PDF mới."
    ),
    "file-too-heavy": (
        "Tệp “{name}” quá phức tạp nên máy không đọc xong. Xin chụp ảnh từng trang hoặc quét lại ở độ "
        "phân giải thấp hơn."
    ),
    "pdf-encrypted": (
        "Tệp PDF “{name}” có mật khẩu hoặc bị khóa nên cơ quan không đọc được. Xin lưu một bản không khóa rồi gửi lại."
    ),
    "pdf-active": (
        "Tệp PDF “{name}” chứa lệnh tự chạy nên không an toàn cho người mở. Xin in tệp ra PDF mới rồi gửi lại."
    ),
    "pdf-attachment": (
        "Tệp PDF “{name}” mang tệp khác đính kèm bên trong. Xin gửi riêng từng tệp, hoặc in ra PDF mới "
        "không có đính kèm."
    ),
    "pdf-dynamic-form": (
        "Tệp PDF “{name}” là biểu mẫu động nên không hiện giống nhau trên mọi máy. Xin in ra PDF mới rồi gửi lại."
    ),
    "pdf-too-many-pages": ("Tệp PDF “{name}” có hơn {pages} trang. Xin tách thành nhiều tệp."),
    "image-too-many-pixels": (
        "Ảnh “{name}” có hơn {megapixels} triệu điểm ảnh nên quá lớn để mở. Xin chụp lại ở cỡ nhỏ hơn."
    ),
    "image-too-small": (
        "Ảnh “{name}” có cạnh ngắn dưới {side} điểm ảnh nên không đọc được chữ. Xin chụp lại gần hơn hoặc ở cỡ lớn hơn."
    ),
    "too-many-papers": ("Kho giấy tờ đã có {papers} tệp nên không thêm được “{name}”. Xin bỏ bớt tệp không còn dùng."),
}


def refusal(code: str, *, name: str) -> Invalid:
    """The error for `code`, its sentence filled with the file's name and the limits."""
    return Invalid(
        code,
        SENTENCES[code],
        name=name,
        megabytes=MAX_BYTES // (1024 * 1024),
        pages=MAX_PAGES,
        megapixels=MAX_PIXELS // 1_000_000,
        side=MIN_SIDE,
        papers=MAX_PAPERS,
    )
