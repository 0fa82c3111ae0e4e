"""Stop using a certificate, take a mandate back: a page says what that means, then the button does it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ansinh.people.actors import Citizen
from ansinh.people.organisations.access import organisation_not_found, the_organisation
from ansinh.people.organisations.certificates import withdraw_certificate
from ansinh.people.organisations.queries import page_of
from ansinh.people.organisations.transmission import end_mandate
from ansinh.platform.language import translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.citizen.organisations.page import back_to, href_of, tell
from ansinh.web.clock import now, today


@citizen_page
def certificate(request: HttpRequest, citizen: Citizen, organisation_id: UUID, certificate_id: int) -> HttpResponse:
    """A lost token, a certificate of somebody who left."""
    found = the_organisation(organisation_id, actor=citizen, on=today())
    known = next((one for one in page_of(found, on=today()).certificates if one.pk == certificate_id), None)
    if known is None:
        raise organisation_not_found()
    if request.method == "POST":
        withdraw_certificate(certificate_id, actor=citizen, at=now())
        tell(request, translate("Đã ngừng dùng chứng thư số {serial}.", serial=known.serial))
        return HttpResponseRedirect(href_of(organisation_id))
    return render(
        request,
        "citizen/organisations/end.html",
        page=frame(citizen, translate("Ngừng dùng chứng thư số này?"), current=ACCOUNT, back=back_to(found)),
        what=f"{known.issuer}, {known.serial}",
        means=[
            translate("Từ bây giờ chữ ký bằng chứng thư số này không nộp được hồ sơ nào của tổ chức."),
            translate("Hồ sơ đã nộp giữ nguyên giá trị."),
            translate("Mất thiết bị thì xin báo cả nơi cấp chứng thư số để thu hồi."),
        ],
        button_label=translate("Ngừng dùng"),
        here=href_of(organisation_id),
    )


@citizen_page
def mandate(request: HttpRequest, citizen: Citizen, organisation_id: UUID, mandate_id: UUID) -> HttpResponse:
    """The provider transmits for the organisation no more."""
    found = the_organisation(organisation_id, actor=citizen, on=today())
    given = next((one for one in page_of(found, on=today()).given if one.pk == mandate_id), None)
    if given is None:
        raise organisation_not_found()
    if request.method == "POST":
        end_mandate(mandate_id, actor=citizen, at=now())
        tell(request, translate("Đã thu hồi ủy quyền của {name}.", name=given.provider.name))
        return HttpResponseRedirect(href_of(organisation_id))
    return render(
        request,
        "citizen/organisations/end.html",
        page=frame(citizen, translate("Thu hồi ủy quyền của tổ chức I-VAN này?"), current=ACCOUNT, back=back_to(found)),
        what=given.provider.name,
        means=[
            translate("Từ bây giờ tổ chức này không truyền được hồ sơ nào thay đơn vị."),
            translate("Hồ sơ đã truyền vẫn được giải quyết."),
            translate("Muốn dùng lại hoặc dùng tổ chức khác, đơn vị nộp đăng ký mới có chữ ký số."),
        ],
        button_label=translate("Thu hồi ủy quyền"),
        here=href_of(organisation_id),
    )
