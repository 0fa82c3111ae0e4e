"""Sign with a key kept by a remote service: choose the service, the certificate, type the PIN or one-time code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ansinh.people.actors import Citizen
from ansinh.platform.errors import DomainError, Invalid
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi
from ansinh.signing.models import Format, Way
from ansinh.signing.offers.make import offered_bytes
from ansinh.signing.remote.client import Credential, Secrets, credentials, send_otp, sign
from ansinh.signing.remote.services import Service, services, the_service
from ansinh.web.actors import render
from ansinh.web.citizen.frame import DOSSIERS, frame
from ansinh.web.citizen.signing import formats
from ansinh.web.citizen.signing.filed import Fault, fault
from ansinh.web.citizen.signing.matter import Matter
from ansinh.web.citizen.signing.pages import of_a_draft, of_a_paper
from ansinh.web.clock import now, today
from ansinh.web.page import Option

MOST_SECRET = 64


def remote(request: HttpRequest, matter: Matter, citizen: Citizen) -> HttpResponse:
    """Three steps on one address; a refusal stays at its step and says what to do."""
    if not services(on=today()):
        return HttpResponseRedirect(matter.back[1])
    posted = request.POST
    if request.method != "POST":
        return _page(request, matter, citizen, step="service")
    try:
        service = the_service(posted.get("dich_vu", ""), on=today())
    except DomainError as refused:
        return _page(request, matter, citizen, step="service", wrong=fault(refused))
    try:
        found = [one for signer in matter.signers for one in credentials(service, holder=signer)]
        if not found:
            raise _no_credential(service)
    except DomainError as refused:
        return _page(request, matter, citizen, step="service", service=service, wrong=fault(refused))
    one = next((each for each in found if each.id == posted.get("chung_thu")), None)
    if one is None:
        return _page(request, matter, citizen, step="credential", service=service, found=found)
    return _with_credential(request, matter, citizen, service, one)


def _with_credential(
    request: HttpRequest, matter: Matter, citizen: Citizen, service: Service, one: Credential
) -> HttpResponse:
    try:
        if "_sign" not in request.POST:
            if one.sends_otp:
                send_otp(service, one.id)
            return _page(request, matter, citizen, step="secret", service=service, one=one)
        wanted = matter.format_of(request.POST.get(formats.FIELD))
        offer = matter.offer(wanted)
        signed = sign(
            service, one.id, offered_bytes(offer), document_format=wanted, secrets=_secrets(request), at=now()
        )
        return HttpResponseRedirect(matter.hand_in(offer, signed, Way.REMOTE))
    except DomainError as refused:
        return _page(request, matter, citizen, step="secret", service=service, one=one, wrong=fault(refused))


def _secrets(request: HttpRequest) -> Secrets:
    typed = {name: request.POST.get(name, "").strip()[:MOST_SECRET] for name in ("pin", "otp")}
    return Secrets(pin=typed["pin"], otp=typed["otp"].replace(" ", ""))


def _no_credential(service: Service) -> Invalid:
    return Invalid(
        "remote-no-credential",
        "Dịch vụ “{service}” không có chứng thư số nào của người hoặc tổ chức phải ký hồ sơ này. "
        "Xin chọn dịch vụ khác hoặc xác nhận bằng cách khác.",
        service=service.name,
    )


def _page(
    request: HttpRequest,
    matter: Matter,
    citizen: Citizen,
    *,
    step: str,
    service: Service | None = None,
    found: list[Credential] | None = None,
    one: Credential | None = None,
    wrong: Fault | None = None,
) -> HttpResponse:
    offered = [Option(each.key, each.name) for each in services(on=today())]
    return render(
        request,
        "citizen/signing/remote.html",
        status=422 if wrong else 200,
        page=frame(
            citizen,
            translate("Ký số từ xa"),
            current=DOSSIERS,
            back=matter.back,
            problems=int(bool(wrong)),
        ),
        layout=matter.layout,
        matter=matter,
        step=step,
        services=offered,
        service=service,
        found=[Option(each.id, each.signer.common_name, hint=_days(each)) for each in found or ()],
        one=one,
        formats=matter.formats,
        chosen_format=(wanted := matter.format_of(request.POST.get(formats.FIELD))),
        facts=_facts(service, one, wanted) if service and one else [],
        wrong=wrong,
        others=matter.others(Way.REMOTE),
    )


def _days(one: Credential) -> str:
    certificate = one.certificate
    return translate(
        "{issuer}, đến hết {day}", issuer=certificate.issuer, day=date_vi(certificate.valid_to)
    )  # fmt: skip


def _facts(service: Service, one: Credential, wanted: Format) -> list[dict[str, Any]]:
    return [
        {"label": translate("Dịch vụ"), "value": service.name},
        {"label": translate("Chứng thư số"), "value": one.signer.common_name, "note": _days(one)},
        {"label": translate("Dạng tờ khai để ký"), "value": wanted.label},
    ]


draft_view, paper_view = of_a_draft(remote), of_a_paper(remote)
