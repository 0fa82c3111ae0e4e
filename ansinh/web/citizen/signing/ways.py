"""The ways to confirm a draft that this installation really has, each with whom it suits."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from ansinh.dossiers.sign import expected
from ansinh.platform.language import translate
from ansinh.signing.evidence import last_way
from ansinh.signing.models import Way
from ansinh.signing.remote.services import services
from ansinh.signing.trust.folder import trust_list
from ansinh.signing.trust.listed import Purpose
from ansinh.web.citizen.filing import Filing
from ansinh.web.clock import now, today
from ansinh.web.page import Link, Option

CODE = "code"
CHOSEN = "cach"
PAGES = {CODE: "finish", Way.UPLOAD: "sign-upload", Way.REMOTE: "sign-remote", Way.TOKEN: "sign-token"}


@dataclass(frozen=True)
class Offered:
    """One way with its words."""

    key: str
    label: str
    hint: str


def available(filing: Filing) -> list[Offered]:
    """Every way that works for this draft today; the code first, where it is taken."""
    found: list[Offered] = []
    if filing.citizen is None or expected(filing.draft.pk, actor=filing.citizen, on=today()).code:
        found.append(
            Offered(
                CODE,
                translate("Mã gửi về điện thoại hoặc thư điện tử"),
                translate("Nhanh nhất, hợp với hầu hết mọi người; không cần chữ ký số."),
            )
        )
    return [*found, *with_certificate()]


def with_certificate() -> list[Offered]:
    """The ways of whoever has a certificate; none while no authority is believed."""
    found: list[Offered] = []
    if not trust_list().believed(at=now(), purpose=Purpose.DOCUMENTS):
        return found
    if services(on=today()):
        found.append(
            Offered(
                Way.REMOTE,
                translate("Ký số từ xa"),
                translate("Hợp với người có chữ ký số trên điện thoại (ký bằng mã PIN hoặc OTP)."),
            )
        )
    if settings.TOKEN_PORT:
        found.append(
            Offered(
                Way.TOKEN,
                translate("Ký bằng USB token trên máy này"),
                translate("Hợp với người có USB token và đã cài chương trình ký của An Sinh."),
            )
        )
    found.append(
        Offered(
            Way.UPLOAD,
            translate("Tải về, ký ở máy khác rồi gửi lên"),
            translate("Hợp với người đã có phần mềm ký số riêng; ký tệp PDF hoặc XML ở đâu cũng được."),
        )
    )
    return found


def options(filing: Filing) -> list[Option]:
    """The ways as answers to choose from."""
    return [Option(one.key, one.label, hint=one.hint) for one in available(filing)]


def chosen(filing: Filing) -> str:
    """The way this person used last, if it is still there; the code otherwise."""
    known = [one.key for one in available(filing)]
    last = last_way(filing.citizen.account_id) if filing.citizen else ""
    return last if last in known else (known or [CODE])[0]


def href(filing: Filing, key: str) -> str:
    """The page of a way."""
    return filing.href(PAGES[key])


def others(filing: Filing, current: str) -> list[Link]:
    """The other ways, as links."""
    return [Link(one.label, href(filing, one.key), note=one.hint) for one in available(filing) if one.key != current]
