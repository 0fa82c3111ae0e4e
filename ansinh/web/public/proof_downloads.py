"""What anybody needs to check papers without this site: verifier, public keys, certificates, the latest checkpoint."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.http import HttpRequest, HttpResponse

from ansinh.casework.evidence.tools import VERIFIER, verifier_source
from ansinh.platform.errors import NotFound
from ansinh.platform.language import translate
from ansinh.proof.published import latest_checkpoint
from ansinh.signing.seal import seal_key_id, seal_public_keys
from ansinh.signing.trust.export import trusted_pem
from ansinh.web.actors import public_page
from ansinh.web.clock import now
from ansinh.web.formats import groups4
from ansinh.web.public.frame import frame, show


@dataclass(frozen=True)
class Published:
    """The verifier's digest (groups of four) and size in octets, and the present public key (hexadecimal)."""

    verifier_digest: str
    verifier_size: int
    key: str


def published() -> Published:
    """What the check page tells of the verifier."""
    source = verifier_source()
    return Published(groups4(sha256(source).hexdigest()), len(source), seal_public_keys()[seal_key_id()].hex())


@public_page
def keys(request: HttpRequest) -> HttpResponse:
    """Public keys of the seal, the present one and those it replaced."""
    present = seal_key_id()
    rows = [
        {
            "label": translate("Khóa đang dùng") if key_id == present else translate("Khóa đã thay"),
            "value": groups4(key.hex()),
            "note": translate("Mã khóa {digest}", digest=key_id[:16]),
        }
        for key_id, key in seal_public_keys().items()
    ]
    return show(
        request, "public/proof_keys.html", frame(request, translate("Khóa công khai của con dấu số")), rows=rows
    )


@public_page
def verifier(request: HttpRequest) -> HttpResponse:
    """The verifier, one file."""
    return _file(verifier_source(), VERIFIER, "text/x-python; charset=utf-8")


@public_page
def certificates(request: HttpRequest) -> HttpResponse:
    """The authorities we believe, for the verifier's --trust."""
    return _file(trusted_pem(at=now()), "trust.pem", "application/x-pem-file")


@public_page
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint: who keeps it can prove later that the log was not cut back."""
    note = latest_checkpoint()
    if note is None:
        raise NotFound("no-checkpoint-yet", "Nhật ký chưa có mốc niêm phong nào. Xin thử lại sau vài giây.")
    return _file(note.encode(), "moc-niem-phong.txt", "text/plain; charset=utf-8")


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return HttpResponse(content, content_type=content_type, headers=headers)
