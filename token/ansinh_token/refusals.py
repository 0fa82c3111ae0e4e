"""Every way this program says no: a stable code, an HTTP status, a sentence in both languages saying what to do."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Refusal:
    """One kind of refusal. `vi` and `en` may name facts in braces."""

    status: int
    vi: str
    en: str


REFUSALS: Final[dict[str, Refusal]] = {
    # Who asks, and how.
    "wrong-host": Refusal(
        403,
        "Chương trình ký chỉ trả lời địa chỉ 127.0.0.1 của máy này.",
        "The signing program answers only at this computer's address 127.0.0.1.",
    ),
    "wrong-origin": Refusal(
        403,
        "Trang này không có trong danh sách cổng được phép ký. Hãy mở chương trình với --portal và địa chỉ của cổng.",
        "This page is not among the portals allowed to ask. Start the program with --portal and the portal's address.",
    ),
    "no-route": Refusal(
        404,
        "Chương trình ký không có địa chỉ này. Hãy mở lại trang từ chương trình.",
        "The signing program has no such address. Open the page again from the program.",
    ),
    "wrong-method": Refusal(
        405,
        "Địa chỉ này không nhận cách gọi đó. Hãy tải lại trang của cổng.",
        "This address does not take that method. Reload the portal's page.",
    ),
    "bad-request": Refusal(
        400,
        "Yêu cầu của trang không đọc được. Hãy tải lại trang của cổng rồi làm lại.",
        "The page's request could not be read. Reload the portal's page and try again.",
    ),
    "too-large": Refusal(
        413,
        "Nội dung gửi tới lớn quá {limit} MB. Hãy chia nhỏ giấy tờ rồi ký lại.",
        "What was sent is larger than {limit} MB. Divide the paper and sign again.",
    ),
    "too-many": Refusal(
        429,
        "Có quá nhiều yêu cầu trong một lúc. Hãy đợi một phút rồi làm lại.",
        "Too many requests at once. Wait a minute and try again.",
    ),
    # Pairing.
    "not-paired": Refusal(
        401,
        "Trang chưa được ghép với chương trình ký, hoặc lần ghép đã hết hạn. Hãy ghép lại.",
        "The page is not paired with the signing program, or the pairing has ended. Pair again.",
    ),
    "wrong-number": Refusal(
        403,
        "Số ghép không đúng, còn {left} lần nhập. Hãy nhìn số sáu chữ số trên trang của chương trình ký.",
        "The pairing number is wrong, {left} tries are left. Look at the six digits on the signing program's page.",
    ),
    "pairing-ended": Refusal(
        403,
        "Lần ghép này đã kết thúc. Hãy bấm ghép lại để có số mới.",
        "This pairing has ended. Ask to pair again for a new number.",
    ),
    # The token.
    "no-module": Refusal(
        409,
        "Không thấy phần mềm của USB token trên máy. Hãy cài phần mềm của nhà cung cấp chữ ký số, "
        "hoặc chỉ đường dẫn bằng --module.",
        "No software of a signing token was found. Install your provider's software or name its file with --module.",
    ),
    "no-token": Refusal(
        409,
        "Không thấy USB token. Hãy cắm token rồi thử lại.",
        "No token is plugged in. Plug in your token and try again.",
    ),
    "token-removed": Refusal(
        409,
        "USB token có chứng thư đã chọn không còn cắm. Hãy cắm lại token đó rồi ký lại.",
        "The token with the chosen certificate is gone. Plug it in again and sign again.",
    ),
    "no-certificate": Refusal(
        409,
        "Token không có chứng thư số dùng để ký. Hãy cắm đúng token, hoặc hỏi nhà cung cấp chữ ký số.",
        "The token has no certificate for signing. Plug in the right token or ask your provider.",
    ),
    "certificate-expired": Refusal(
        409,
        "Chứng thư số không còn trong thời hạn ({not_before}–{not_after}). Hãy gia hạn với nhà cung cấp.",
        "The certificate is outside its term ({not_before}–{not_after}). Renew it with your provider.",
    ),
    "pin-missing": Refusal(
        400,
        "Chưa có mã PIN. Hãy nhập mã PIN của token rồi bấm Ký.",
        "The PIN is missing. Type the token's PIN and press Sign.",
    ),
    "wrong-pin": Refusal(
        403,
        "Mã PIN không đúng. Hãy nhập lại; token tự khóa khi sai nhiều lần.",
        "The PIN is wrong. Type it again; the token locks itself after several wrong tries.",
    ),
    "last-pin-try": Refusal(
        403,
        "Mã PIN không đúng và token chỉ còn cho nhập một lần. Nếu không nhớ chắc, hãy hủy và hỏi nhà cung cấp.",
        "The PIN is wrong and the token allows one more try. Unless you are sure, cancel and ask your provider.",
    ),
    "wrong-pin-too-often": Refusal(
        403,
        "Mã PIN sai ba lần nên yêu cầu ký này đã dừng để token không bị khóa. Hãy tìm lại mã PIN rồi ký lại từ cổng.",
        "The PIN was wrong three times, so this request ended to keep the token from locking. "
        "Find the PIN, then sign again from the portal.",
    ),
    "pin-locked": Refusal(
        403,
        "Token đã khóa vì sai mã PIN nhiều lần. Hãy liên hệ nhà cung cấp chữ ký số để mở khóa.",
        "The token is locked after wrong PINs. Ask your provider to unlock it.",
    ),
    "no-key": Refusal(
        409,
        "Token không có khóa của chứng thư đã chọn. Hãy chọn chứng thư khác hoặc hỏi nhà cung cấp.",
        "The token lacks the key of the chosen certificate. Choose another or ask your provider.",
    ),
    "token-failed": Refusal(
        502,
        "Token hoặc phần mềm của token báo lỗi ({what}). Hãy rút token, cắm lại và ký lại.",
        "The token or its software failed ({what}). Unplug the token, plug it in and sign again.",
    ),
    # What is to be signed.
    "not-a-signable-pdf": Refusal(
        422,
        "Tệp không phải PDF đã chừa một chỗ duy nhất cho chữ ký ở cuối. Hãy tải lại trang của cổng.",
        "The file is no PDF with exactly one place kept for the signature at its end. Reload the portal's page.",
    ),
    "not-a-signable-xml": Refusal(
        422,
        "Phần SignedInfo không theo mẫu được phép hoặc không phải của tài liệu này. Hãy tải lại trang của cổng.",
        "The SignedInfo is not of the allowed profile or not of this document. Reload the portal's page.",
    ),
    "busy": Refusal(
        409,
        "Còn một yêu cầu ký đang chờ. Hãy ký hoặc hủy yêu cầu đó trước.",
        "Another request is waiting. Sign or cancel it first.",
    ),
    "request-unknown": Refusal(
        404,
        "Không có yêu cầu ký này, hoặc nó đã quá hạn. Hãy ký lại từ trang của cổng.",
        "There is no such request, or it has expired. Sign again from the portal's page.",
    ),
    "cancelled": Refusal(
        409,
        "Bạn đã hủy; chưa ký gì. Khi sẵn sàng, hãy ký lại từ trang của cổng.",
        "You cancelled; nothing was signed. When ready, sign again from the portal's page.",
    ),
    "timed-out": Refusal(
        408,
        "Đã quá thời gian chờ và chưa ký gì. Hãy ký lại từ trang của cổng.",
        "The time ran out and nothing was signed. Sign again from the portal's page.",
    ),
    "already-done": Refusal(
        409,
        "Yêu cầu này đã xong, không ký lần thứ hai. Hãy xem kết quả trên trang của cổng.",
        "This request is finished and is not signed twice. See the result on the portal's page.",
    ),
    "stale-page": Refusal(
        403,
        "Trang này đã cũ nên nút bấm không còn hiệu lực. Hãy mở lại trang từ chương trình ký.",
        "This page is old, so its button no longer works. Open the page again from the signing program.",
    ),
}


class Refused(Exception):
    """A refusal on its way to whoever asked; `facts` fill the braces of its sentences."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code, self.facts, self.kind = code, facts, REFUSALS[code]

    def sentence(self, language: str) -> str:
        """What a person reads, in "vi" or "en"."""
        return (self.kind.en if language == "en" else self.kind.vi).format(**self.facts)

    def told(self) -> dict[str, str]:
        """What a page is told."""
        return {"code": self.code, "message_vi": self.sentence("vi"), "message_en": self.sentence("en")}
