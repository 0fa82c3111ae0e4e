"""Is this PDF a result signed by an authority we trust, and unchanged? For anyone, about any file."""

import base64
import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from ansinh.platform.language import translate
from ansinh.signing.authority import trusted_roots
from ansinh.signing.examine import Examined

MAX_BYTES: Final = 20 * 1024 * 1024
WALL_SECONDS: Final = 20.0
_PROJECT: Final = Path(__file__).resolve().parents[2]

SENTENCES: Final = {
    "too-large": (
        "Tệp lớn hơn 20 MB nên không kiểm tra ở đây được. Kết quả của cơ quan BHXH nhỏ hơn nhiều; xin tải lại bản gốc."
    ),
    "not-a-pdf": "Tệp này không phải PDF nên không có chữ ký số để kiểm tra. Xin chọn tệp PDF đã tải từ cổng.",
    "truncated": "Tệp PDF bị cắt mất phần cuối, có thể do tải chưa xong. Xin tải lại bản gốc rồi kiểm tra.",
    "damaged": "Tệp PDF bị hỏng nên không kiểm tra được. Xin tải lại bản gốc rồi kiểm tra.",
    "unsigned": (
        "Tệp PDF này không có chữ ký số. Bản in rồi quét lại cũng không còn chữ ký số; xin dùng bản gốc tải từ cổng."
    ),
    "altered": "Nội dung tệp đã bị sửa sau khi ký. Không nên tin tệp này; xin tải lại bản gốc từ cổng.",
    "changed-after-signing": (
        "Tệp bị ghi thêm nội dung sau chữ ký cuối cùng. Không nên tin phần thêm; xin tải lại bản gốc từ cổng."
    ),
    "signature-broken": (
        "Chữ ký số bị hỏng hoặc không do người ghi trên tệp tạo ra. Không nên tin tệp này; xin tải lại bản gốc từ cổng."
    ),
    "unknown-authority": (
        "Chữ ký số do một nơi không nằm trong danh sách tin cậy cấp. Không coi đây là kết quả của cơ "
        "quan BHXH; xin hỏi nơi gửi tệp."
    ),
    "certificate-expired": "Chứng thư số của người ký chưa hoặc không còn hiệu lực lúc ký. Xin hỏi cơ quan đã ký.",
    "weak-algorithm": "Chữ ký số dùng thuật toán quá yếu, không còn được chấp nhận. Xin hỏi cơ quan đã ký bản mới.",
    "no-signing-time": "Chữ ký số không ghi thời điểm ký nên không xác định được hiệu lực. Xin hỏi cơ quan đã ký.",
    "check-failed": "Tệp quá phức tạp nên máy không kiểm tra xong. Xin tải lại bản gốc từ cổng rồi kiểm tra.",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a stable code and the Vietnamese sentence (a msgid)."""

    code: str
    message_vi: str

    def __str__(self) -> str:
        return translate(self.message_vi)


@dataclass(frozen=True)
class SignatureReport:
    """What the check found. `valid` means: signed, trusted, and not one byte changed since."""

    valid: bool
    findings: tuple[Finding, ...]
    signer: str
    organisation: str
    signed_at: datetime | None
    covers_whole_document: bool
    digest: str


def check_pdf(pdf: bytes) -> SignatureReport:
    """Examine a PDF of unknown origin in a child process (10 s of processor, 512 MiB), with our trust list only.

    `digest` is the SHA-256 of the whole file. Every file gets a report; nothing is raised about its content.
    """
    examined = Examined(("too-large",)) if len(pdf) > MAX_BYTES else _examined_alone(pdf)
    return SignatureReport(
        valid=not examined.codes,
        findings=tuple(Finding(code, SENTENCES[code]) for code in examined.codes),
        signer=examined.signer,
        organisation=examined.organisation,
        signed_at=datetime.fromisoformat(examined.signed_at) if examined.signed_at else None,
        covers_whole_document=examined.covers_whole_document,
        digest=hashlib.sha256(pdf).hexdigest(),
    )


def _examined_alone(pdf: bytes) -> Examined:
    roots = json.dumps([base64.b64encode(root.dump()).decode("ascii") for root in trusted_roots()])
    command = [sys.executable, "-B", "-m", "ansinh.signing.examine"]
    try:
        done = subprocess.run(
            command, input=roots.encode() + b"\n" + pdf, capture_output=True, env={}, cwd=_PROJECT,
            timeout=WALL_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Examined(("check-failed",))
    if done.returncode != 0:
        return Examined(("check-failed",))
    answer = json.loads(done.stdout)
    return Examined(**(answer | {"codes": tuple(answer["codes"])}))
