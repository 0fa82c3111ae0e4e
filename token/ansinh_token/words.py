"""The words of the program's own pages and terminal, Vietnamese and English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "program": ("Chương trình ký bằng token", "Token signing program"),
    "skip": ("Tới nội dung", "Skip to content"),
    "other-language": ("English", "Tiếng Việt"),
    "home-title": ("Chương trình ký đang chạy trên máy này", "The signing program is running on this computer"),
    "home-lead": (
        "Để trang này mở, rồi ký từ trang của cổng. Muốn dừng, đóng cửa sổ dòng lệnh của chương trình.",
        "Leave this page open and sign from the portal's page. To stop, close the program's terminal window.",
    ),
    "reload": ("Xem lại trạng thái", "Show the present state"),
    "offers": ("Số ghép", "Pairing number"),
    "offer-for": (
        "Chỉ nhập số này trên trang {origin}, nếu chính bạn vừa bấm ghép ở đó. Không đọc số này cho ai.",
        "Type this number only on {origin}, if you have just asked to pair there. Tell it to nobody.",
    ),
    "no-offer": ("Chưa có trang nào xin ghép.", "No page is asking to pair."),
    "orders": ("Đang chờ bạn ký", "Waiting for you to sign"),
    "pairings": ("Trang đang ghép", "Paired pages"),
    "no-pairing": ("Chưa có trang nào được ghép.", "No page is paired."),
    "pairing-left": ("còn {hours} giờ", "{hours} hours left"),
    "revoke": ("Bỏ ghép", "Unpair"),
    "revoke-of": ("Bỏ ghép {origin}", "Unpair {origin}"),
    "certificates": ("Chứng thư trên token", "Certificates on your token"),
    "allowed": ("Cổng được phép", "Allowed portals"),
    "sign-title": ("Ký tài liệu này?", "Sign this document?"),
    "sign-lead": (
        "Chữ ký số có giá trị như chữ ký tay. Hãy xem tài liệu; chỉ ký khi chính bạn vừa bấm ký trên cổng này.",
        "A digital signature counts like one by hand. Look at the document, and sign only if you have just asked to.",
    ),
    "document": ("Tài liệu", "Document"),
    "number": ("Số hồ sơ", "Dossier number"),
    "asked-by": ("Nơi yêu cầu", "Asked by"),
    "signer": ("Người ký", "Signer"),
    "issuer": ("Nơi cấp chứng thư", "Certificate issued by"),
    "term": ("Thời hạn chứng thư", "Certificate's term"),
    "digest": ("Mã băm SHA-256", "SHA-256 digest"),
    "see": ("Xem tài liệu ({kind}, {size})", "See the document ({kind}, {size})"),
    "new-tab": ("mở thẻ mới", "opens a new tab"),
    "pin": ("Mã PIN của token", "The token's PIN"),
    "pin-hint": (
        "Mã PIN chỉ dùng trên máy này, không gửi cho cổng và không được lưu.",
        "The PIN is used on this computer only; it is not sent to the portal and not kept.",
    ),
    "sign": ("Ký", "Sign"),
    "cancel": ("Hủy, không ký", "Cancel, do not sign"),
    "minutes": ("Yêu cầu này chờ bạn thêm {minutes} phút.", "This request waits {minutes} more minutes for you."),
    "signing": ("Đang ký", "Signing"),
    "signing-lead": ("Token đang làm việc. Hãy giữ token cắm trên máy.", "The token is working. Leave it plugged in."),
    "signed": ("Đã ký", "Signed"),
    "signed-lead": (
        "Chữ ký đã chuyển cho {origin}. Hãy đóng trang này và trở lại trang của cổng.",
        "The signature went to {origin}. Close this page and return to the portal's page.",
    ),
    "refused": ("Chưa ký gì", "Nothing was signed"),
    "problem": ("Chưa được", "Not yet"),
    "close": ("Có thể đóng trang này.", "You can close this page."),
    "home": ("Về trang đầu của chương trình", "To the program's first page"),
    "started": (
        "Chương trình ký đang chạy. Trang của chương trình trên máy này:",
        "The signing program runs. Its page on this computer:",
    ),
    "number-line": ("Số ghép cho {origin}: {number}", "Pairing number for {origin}: {number}"),
    "order-line": ("{origin} xin ký “{title}”. Mở trang:", "{origin} asks to sign “{title}”. Open:"),
    "stopped": ("Chương trình ký đã dừng.", "The signing program has stopped."),
    "port-taken": (
        "Cổng mạng {port} đang được dùng: có lẽ chương trình ký đã chạy rồi.",
        "Port {port} is taken: the signing program may be running already.",
    ),
    "no-portal": (
        "Hãy cho biết cổng được phép ký: --portal https://…",
        "Name the portal that may ask: --portal https://…",
    ),
}


def say(language: str, key: str, **facts: str | int) -> str:
    """The words under `key` in "vi" or "en"."""
    return WORDS[key][language == "en"].format(**facts)


def both(key: str, **facts: str | int) -> str:
    """Both languages, for the terminal."""
    return f"{say('vi', key, **facts)}\n{say('en', key, **facts)}"
