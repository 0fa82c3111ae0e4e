"""For whom a procedure is: for persons, for organisations of a kind, or for both."""

from __future__ import annotations

from typing import Final

from ansinh.catalogue.folder import Procedure
from ansinh.people.models_organisations import Organisation, OrganisationKind
from ansinh.platform.errors import Conflict

OPENS_AN_ORGANISATION: Final = "organisation_activated"
"""Effect of the one procedure for organisations that a person files: there is no organisation yet."""
LINKS_A_PROVIDER: Final = "provider_linked"


def is_for_organisations(procedure: Procedure) -> bool:
    """Whether only an organisation can file it."""
    return set(procedure.applicants) <= set(OrganisationKind.values) and not opens_an_organisation(procedure)


def opens_an_organisation(procedure: Procedure) -> bool:
    """Whether it registers an organisation."""
    return procedure.does(OPENS_AN_ORGANISATION)


def refuse_wrong_applicant(procedure: Procedure, *, organisation: Organisation | None) -> None:
    """Raise Conflict when a person files for no organisation what is theirs, or the other way round."""
    if organisation is None:
        if is_for_organisations(procedure):
            raise Conflict(
                "for-organisations",
                "Dịch vụ này dành cho tổ chức. Xin mở trang Tổ chức, chọn tổ chức rồi bấm “Làm việc thay tổ chức này”.",
            )
    elif not set(procedure.applicants) & set(OrganisationKind.values) or opens_an_organisation(procedure):
        raise Conflict(
            "for-persons",
            "Dịch vụ này dành cho cá nhân. Xin trở về việc của chính mình rồi nộp lại.",
        )
    elif organisation.kind not in procedure.applicants:
        raise Conflict("for-other-organisations", "Dịch vụ này không dành cho loại tổ chức của đơn vị.")
