"""Who left an organisation, what it closed or took back: nothing of it works one second later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.test import Client

from ansinh.people.models import (
    Account,
    AccountState,
    Organisation,
    ServiceContract,
    StaffInvitation,
    StaffMember,
    TransmissionMandate,
)
from ansinh.people.organisations.certificates import Used, refuse_withdrawn, remember, withdraw_certificate
from ansinh.people.organisations.change_staff import change_roles, end_membership
from ansinh.people.organisations.invite import invite, withdraw_invitation
from ansinh.people.organisations.register import close_organisation, move_branch
from ansinh.people.organisations.transmission import end_mandate, may_transmit
from ansinh.platform.errors import Invalid
from ansinh.platform.zone import local_day
from tests.people.life_cycles.case import Case, Use
from tests.people.life_cycles.scene import Scene
from tests.world import delegate
from tests.world_organisations import (
    BRANCH,
    OTHER,
    Firm,
    a_firm,
    a_mandate,
    a_person,
    a_provider,
    an_organisation,
    freeze,
    hired,
)

IVAN = "dang-ky-su-dung-ivan"
INVITED = "090185000104"


@dataclass(frozen=True)
class Staffed:
    """A firm, the member it is about, and that member's browser, which acts for the firm."""

    firm: Firm
    member: StaffMember
    browser: Client
    page: str
    other: Organisation


def _acting(scene: Scene, firm: Firm, organisation: Organisation, member: StaffMember, *, basis: UUID) -> Staffed:
    delegate(scene.world["counter"], by=scene.world["leader"])
    browser = scene.browser(member.account.login)
    browser.post(f"/tai-khoan/lam-thay/{basis}/chuyen")
    other = an_organisation(OTHER, "Công ty Dệt Cửa Lò")
    return Staffed(firm, member, browser, f"/to-chuc/{organisation.pk}", other)


def a_clerk(scene: Scene) -> Staffed:
    """The clerk acts for the company, whose I-VAN procedure can be filed."""
    freeze(IVAN)
    firm = a_firm()
    member = StaffMember.objects.select_related("account").get(account_id=firm.clerk.account_id)
    return _acting(scene, firm, firm.company, member, basis=member.pk)


def a_temporary_clerk(scene: Scene) -> Staffed:
    """Hired until today."""
    made = a_clerk(scene)
    StaffMember.objects.filter(pk=made.member.pk).update(valid_to=local_day(scene.now))
    return made


def a_watcher_of_a_branch(scene: Scene) -> Staffed:
    """One of the parent's staff who may see branches, looking at one."""
    firm = a_firm()
    branch = an_organisation(BRANCH, "Chi nhánh Cam Ranh", parent=firm.company)
    watcher = a_person("Đào Thị Sen", INVITED)
    member = hired(firm.company, watcher, "read", branches=True)
    return _acting(scene, firm, branch, member, basis=member.pk)


def dismissed(scene: Scene, made: Staffed) -> None:
    end_membership(made.member.pk, actor=made.firm.chief, at=scene.now)


def left(scene: Scene, made: Staffed) -> None:
    end_membership(made.member.pk, actor=made.firm.clerk, at=scene.now)


def narrowed(scene: Scene, made: Staffed) -> None:
    change_roles(made.member.pk, actor=made.firm.chief, roles=["read"], branches=False, at=scene.now)


def without_branches(scene: Scene, made: Staffed) -> None:
    change_roles(made.member.pk, actor=made.firm.chief, roles=["read"], branches=False, at=scene.now)


def account_closed(scene: Scene, made: Staffed) -> None:
    Account.objects.filter(pk=made.member.account_id).update(state=AccountState.CLOSED)


def a_day_passes(scene: Scene, made: Staffed) -> None:
    scene.pass_time(days=1)


def dissolved(scene: Scene, made: Staffed) -> None:
    close_organisation(made.firm.company.pk, actor=scene.world["counter"], reason="Giải thể", at=scene.now)


def merged(scene: Scene, made: Staffed) -> None:
    close_organisation(
        made.firm.company.pk, actor=scene.world["counter"], reason="Sáp nhập", successor_id=made.other.pk, at=scene.now
    )


def split(scene: Scene, made: Staffed) -> None:
    """The old unit is closed; two new ones stand in its place, with staff of their own."""
    an_organisation("9999000090", "Công ty May Đồng Xanh Bắc")
    an_organisation("9999000100", "Công ty May Đồng Xanh Nam")
    close_organisation(made.firm.company.pk, actor=scene.world["counter"], reason="Chia tách", at=scene.now)


def branch_moved(scene: Scene, made: Staffed) -> None:
    branch = Organisation.objects.get(tax_code=BRANCH)
    move_branch(branch.pk, actor=scene.world["counter"], parent_id=made.other.pk, at=scene.now)


PAGE = Use[Staffed]("the organisation's page", lambda _, made: made.browser.get(made.page).status_code == 200)
DOSSIERS = Use[Staffed](
    "the organisation's dossiers in the session that acts for it",
    lambda _, made: made.firm.company.name in made.browser.get("/ho-so").content.decode(),
)
BEGIN = Use[Staffed](
    "a new draft of the organisation",
    lambda _, made: made.browser.post(f"/ho-so/bat-dau/{IVAN}").headers.get("Location", "").startswith("/ho-so/nhap/"),
)


@dataclass(frozen=True)
class Mandated:
    """A company that lets a provider transmit."""

    firm: Firm
    provider: Organisation
    mandate: TransmissionMandate


def a_mandated_provider(scene: Scene) -> Mandated:
    delegate(scene.world["counter"], by=scene.world["leader"])
    firm, provider = a_firm(), a_provider()
    return Mandated(firm, provider, a_mandate(firm.company, provider))


def a_mandate_until_today(scene: Scene) -> Mandated:
    made = a_mandated_provider(scene)
    TransmissionMandate.objects.update(valid_to=local_day(scene.now))
    return made


def taken_back(scene: Scene, made: Mandated) -> None:
    end_mandate(made.mandate.pk, actor=made.firm.chief, at=scene.now)


def the_next_day(scene: Scene, made: Mandated) -> None:
    scene.pass_time(days=1)


def agreement_ended(scene: Scene, made: Mandated) -> None:
    ServiceContract.objects.update(valid_to=local_day(scene.now) - timedelta(days=1))


def employer_closed(scene: Scene, made: Mandated) -> None:
    close_organisation(made.firm.company.pk, actor=scene.world["counter"], reason="Giải thể", at=scene.now)


TRANSMIT = Use[Mandated](
    "transmission for the employer",
    lambda scene, made: may_transmit(
        made.provider.pk, made.firm.company.pk, procedure="bhxh-tu-nguyen", on=local_day(scene.now)
    ),
)


@dataclass(frozen=True)
class Asked:
    """Somebody invited, in a browser."""

    firm: Firm
    invitation: StaffInvitation
    browser: Client


def an_invitation(scene: Scene) -> Asked:
    delegate(scene.world["counter"], by=scene.world["leader"])
    firm = a_firm()
    a_person("Đào Thị Sen", INVITED)
    made = invite(
        firm.company.pk, actor=firm.chief, personal_id_number=INVITED, roles=["file"], branches=False, at=scene.now
    )
    return Asked(firm, made, scene.browser(INVITED))


def invitation_withdrawn(scene: Scene, made: Asked) -> None:
    withdraw_invitation(made.invitation.pk, actor=made.firm.chief, at=scene.now)


def two_weeks_pass(scene: Scene, made: Asked) -> None:
    scene.pass_time(days=15)
    made.browser.cookies = scene.browser(INVITED).cookies


def inviting_firm_closed(scene: Scene, made: Asked) -> None:
    close_organisation(made.firm.company.pk, actor=scene.world["counter"], reason="Giải thể", at=scene.now)


ANSWER = Use[Asked](
    "the invitation's buttons",
    lambda _, made: f"/to-chuc/loi-moi/{made.invitation.pk}" in made.browser.get("/to-chuc").content.decode(),
)


@dataclass(frozen=True)
class Signing:
    """A certificate that signs for a company."""

    firm: Firm
    sha256: str


def a_known_certificate(scene: Scene) -> Signing:
    firm, sha256 = a_firm(), "ab" * 32
    used = Used(sha256, "4711", "CA thử", scene.now - timedelta(days=9), scene.now + timedelta(days=300))
    remember(firm.company.pk, used, actor=firm.chief, at=scene.now)
    return Signing(firm, sha256)


def certificate_withdrawn(scene: Scene, made: Signing) -> None:
    known = made.firm.company.certificates.get()
    withdraw_certificate(known.pk, actor=made.firm.chief, at=scene.now)


def _still_signs(scene: Scene, made: Signing) -> bool:
    try:
        refuse_withdrawn(made.firm.company.pk, made.sha256)
    except Invalid:
        return False
    return True


SIGN = Use[Signing]("a signature with the certificate", _still_signs)

_ENDINGS: tuple[tuple[str, Callable[[Scene], Staffed], Callable[[Scene, Staffed], None]], ...] = (
    ("staff dismissed", a_clerk, dismissed),
    ("staff left", a_clerk, left),
    ("staff's account closed", a_clerk, account_closed),
    ("organisation dissolved", a_clerk, dissolved),
    ("organisation merged", a_clerk, merged),
    ("organisation split", a_clerk, split),
    ("membership out of its days", a_temporary_clerk, a_day_passes),
)
CASES = (
    *(Case(name, build, act, use) for name, build, act in _ENDINGS for use in (PAGE, DOSSIERS, BEGIN)),
    Case("role narrowed to reading", a_clerk, narrowed, BEGIN),
    Case("branch moved to another organisation", a_watcher_of_a_branch, branch_moved, PAGE),
    Case("branches taken from a role", a_watcher_of_a_branch, without_branches, PAGE),
    Case("I-VAN mandate taken back", a_mandated_provider, taken_back, TRANSMIT),
    Case("I-VAN mandate expired", a_mandate_until_today, the_next_day, TRANSMIT),
    Case("I-VAN provider's agreement ended", a_mandated_provider, agreement_ended, TRANSMIT),
    Case("employer of an I-VAN mandate closed", a_mandated_provider, employer_closed, TRANSMIT),
    Case("invitation withdrawn", an_invitation, invitation_withdrawn, ANSWER),
    Case("invitation expired", an_invitation, two_weeks_pass, ANSWER),
    Case("inviting organisation closed", an_invitation, inviting_firm_closed, ANSWER),
    Case("organisation's certificate withdrawn", a_known_certificate, certificate_withdrawn, SIGN),
)
