"""Every fault a signature can have: a stable code, what happened, and what the person can do.

The codes are for programs and never change their meaning; docs/signature-faults.md explains each.
"""

from dataclasses import dataclass
from typing import Final

from ansinh.platform.language import translate


@dataclass(frozen=True)
class Fault:
    """Two Vietnamese sentences (msgids)."""

    happened: str
    advice: str


@dataclass(frozen=True)
class Finding:
    """One fault of one file."""

    code: str

    @property
    def sentence(self) -> str:
        """What is wrong, in the language of the page."""
        return translate(FAULTS[self.code].happened)

    @property
    def what_to_do(self) -> str:
        """What the person can do, in the language of the page."""
        return translate(FAULTS[self.code].advice)

    def __str__(self) -> str:
        return f"{self.sentence} {self.what_to_do}"


FAULTS: Final[dict[str, Fault]] = {
    # The file
    "too-large": Fault("Tệp lớn hơn 20 MB nên không kiểm tra ở đây được.", "Xin tải lại bản gốc hoặc chia nhỏ tệp."),
    "unreadable": Fault(
        "Tệp không phải PDF hay XML đọc được nên không có chữ ký số để kiểm tra.",
        "Xin chọn tệp PDF hoặc XML gốc, không phải ảnh chụp hay tệp nén.",
    ),
    "truncated": Fault(
        "Tệp bị cắt mất phần cuối, có thể do tải chưa xong.", "Xin tải lại bản gốc rồi kiểm tra."
    ),
    "damaged": Fault("Tệp bị hỏng nên không kiểm tra được.", "Xin tải lại bản gốc rồi kiểm tra."),
    "wrong-encoding": Fault(
        "Tệp XML không ghi bằng UTF-8 hoặc có dấu thứ tự byte ở đầu.",
        "Xin xuất lại bằng mã UTF-8 rồi ký lại.",
    ),
    "forbidden-xml": Fault(
        "Tệp XML có phần không được nhận: DOCTYPE, thực thể, chú thích, chỉ thị xử lý hoặc lồng quá sâu.",
        "Xin xuất lại tệp bằng phần mềm kê khai rồi ký lại.",
    ),
    "check-failed": Fault(
        "Tệp quá phức tạp nên máy không kiểm tra xong.", "Xin tải lại bản gốc từ cổng rồi kiểm tra."
    ),
    "unsigned": Fault(
        "Tệp này không có chữ ký số.",
        "Bản in rồi quét lại cũng mất chữ ký số; xin dùng bản gốc, hoặc ký số rồi gửi lại.",
    ),
    # What the signature covers
    "digest-broken": Fault(
        "Nội dung tệp đã bị sửa sau khi ký.", "Không nên tin tệp này; xin tải lại bản gốc hoặc ký lại."
    ),
    "changed-after-signing": Fault(
        "Tệp bị ghi thêm nội dung sau chữ ký cuối cùng.",
        "Không nên tin phần thêm; xin tải lại bản gốc hoặc ký lại sau khi sửa xong.",
    ),
    "signature-broken": Fault(
        "Chữ ký số bị hỏng hoặc không do người ghi trên tệp tạo ra.",
        "Không nên tin tệp này; xin tải lại bản gốc hoặc ký lại.",
    ),
    "not-whole-document": Fault(
        "Chữ ký số không bao trùm toàn bộ tệp, nên có phần không ai ký.",
        "Không nên tin tệp này; xin ký lại toàn bộ tệp bằng phần mềm đúng chuẩn.",
    ),
    "several-signatures": Fault(
        "Tệp có nhiều chữ ký số hơn mức cho phép hoặc cần xem kỹ.",
        "Nếu gửi hồ sơ, xin ký lại một lần trên bản gốc; nếu kiểm tra, xin đối chiếu từng người ký.",
    ),
    "wrong-place": Fault(
        "Chữ ký số không nằm ở chỗ dành cho nó trong tệp.", "Xin ký lại bằng phần mềm kê khai của cơ quan BHXH."
    ),
    "duplicate-id": Fault(
        "Tệp có hai phần tử mang cùng một mã (Id), nên không rõ phần nào được ký.",
        "Xin xuất lại tệp bằng phần mềm kê khai rồi ký lại.",
    ),
    "forbidden-transform": Fault(
        "Chữ ký số dùng phép biến đổi không được chấp nhận.",
        "Xin ký lại kiểu “enveloped” với chuẩn hóa C14N, không dùng XPath, XSLT hay base64.",
    ),
    "malformed-signature": Fault(
        "Phần chữ ký số thiếu hoặc thừa thành phần nên không đọc được.", "Xin ký lại bằng phần mềm đúng chuẩn."
    ),
    "weak-algorithm": Fault(
        "Chữ ký số hoặc chứng thư số dùng thuật toán quá yếu hoặc không được chấp nhận.",
        "Xin ký lại bằng chứng thư RSA từ 2048 bit (hoặc ECDSA P-256) với SHA-256.",
    ),
    # The signer's certificate
    "unknown-authority": Fault(
        "Chứng thư số do một nơi không nằm trong danh sách tin cậy cấp.",
        "Không coi đây là văn bản của người ghi tên; xin hỏi nơi gửi tệp, hoặc ký bằng chứng thư được công nhận.",
    ),
    "expired": Fault(
        "Chứng thư số đã hết hạn và không có bằng chứng rằng tệp được ký trước đó.",
        "Xin gia hạn chứng thư rồi ký lại, hoặc hỏi cơ quan đã ký.",
    ),
    "not-yet-valid": Fault(
        "Chứng thư số chưa có hiệu lực lúc ký.",
        "Xin kiểm tra ngày giờ của máy, đợi chứng thư có hiệu lực rồi ký lại.",
    ),
    "revoked": Fault(
        "Chứng thư số đã bị thu hồi trước lúc ký.", "Không nên tin chữ ký này; xin ký lại bằng chứng thư khác."
    ),
    "revocation-unknown": Fault(
        "Không biết chứng thư số có bị thu hồi hay không: chưa có câu trả lời đáng tin của nơi cấp.",
        "Xin kiểm tra lại sau ít phút; nếu vẫn vậy, xin hỏi nơi cấp chứng thư.",
    ),
    "revoked-later": Fault(
        "Chứng thư số bị thu hồi sau lúc ký; chữ ký này được làm khi chứng thư còn hiệu lực.",
        "Không cần làm gì với tệp này; chữ ký mới phải dùng chứng thư khác.",
    ),
    "wrong-use": Fault(
        "Chứng thư số không được cấp để ký văn bản.", "Xin ký lại bằng chứng thư dùng cho chữ ký số."
    ),
    "other-subject": Fault(
        "Chứng thư số đứng tên đơn vị hoặc người khác với người nộp hồ sơ.",
        "Xin ký bằng chứng thư có đúng mã số thuế hoặc số định danh của người nộp.",
    ),
    # The moment
    "no-signing-time": Fault(
        "Chữ ký số không ghi thời điểm ký.", "Xin ký lại bằng phần mềm có ghi thời điểm, hoặc hỏi cơ quan đã ký."
    ),
    "signed-in-future": Fault(
        "Thời điểm ký ghi trên tệp nằm trong tương lai.", "Xin chỉnh lại ngày giờ của máy rồi ký lại."
    ),
    "no-time-stamp": Fault(
        "Chữ ký không có dấu thời gian tin cậy, nên giờ ký là do người ký tự ghi.",
        "Xin xem ngày cơ quan nhận tệp; khi ký văn bản mới, xin gắn dấu thời gian.",
    ),
    "time-stamp-broken": Fault(
        "Dấu thời gian gắn với chữ ký bị hỏng hoặc thuộc về chữ ký khác.",
        "Không dựa vào giờ đó; xin ký lại với dấu thời gian mới.",
    ),
    "time-stamp-not-trusted": Fault(
        "Dấu thời gian do một nơi không nằm trong danh sách tin cậy cấp.",
        "Không dựa vào giờ đó; xin dùng dịch vụ dấu thời gian được công nhận.",
    ),
    "signing-time-broken": Fault(
        "Nội dung tệp còn nguyên, nhưng giờ ký ghi kèm không khớp với chữ ký.",
        "Tệp vẫn dùng được; không dựa vào giờ ký đó, xin xem ngày cơ quan nhận tệp.",
    ),
}  # fmt: skip
