"""Every table and its wall: whose rows they are and who may touch them, or why no person is in them.

A house test holds this page to the models and to what the migrations built. A row that a viewer may not see cannot be
read, changed or deleted by that viewer, whatever a query asks; `written_by` is what a new or changed row must fulfil
where that differs. Rows of a dossier are seen with it: PostgreSQL applies the dossier's own wall inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ansinh.walls.problems import PROBLEM
from ansinh.walls.rules import (
    ACCOUNT,
    ANY_OFFICE,
    BROWSER,
    BROWSER_DIGEST,
    DOOR,
    HOUSE,
    LABEL,
    OFFICES,
    OPENED,
    OWNER,
    SERVED,
    any_of,
    seen,
    seen_inside,
)

REGISTRATIONS: Final = "('dang-ky-gdt-ca-nhan', 'dang-ky-gdt-duoi-18')"
"""Completed at any office in the country (R-064), as dossiers.words names them."""


@dataclass(frozen=True)
class Wall:
    """Around rows of persons."""

    seen_by: str
    written_by: str = ""


@dataclass(frozen=True)
class Open:
    """No person is in these rows."""

    because: str


def _of_dossier(table: str) -> Wall:
    return Wall(any_of(HOUSE, seen_inside("dossiers_dossier dossier", f"dossier.id = {table}.dossier_id")))


def _of_account(table: str) -> Wall:
    return Wall(any_of(DOOR, f"{table}.account_id = {ACCOUNT}"))


def _own_person(*columns: str) -> str:
    return seen("people_account account", f"account.id = {ACCOUNT} AND account.person_id IN ({', '.join(columns)})")


def _of_office_dossier(table: str) -> Wall:
    """Seen with the dossier, but by officers alone."""
    dossier = seen_inside("dossiers_dossier dossier", f"dossier.id = {table}.dossier_id")
    return Wall(any_of(HOUSE, f"({ANY_OFFICE} AND {dossier})"))


def _own_officer(table: str) -> str:
    return seen("people_officer officer", f"officer.id = {table}.officer_id AND officer.account_id = {ACCOUNT}")


def _of_organisation(table: str) -> Wall:
    return Wall(any_of(SERVED, seen("people_organisation organisation", f"organisation.id = {table}.organisation_id")))


def _of_insured(table: str) -> Wall:
    return Wall(any_of(HOUSE, seen("registry_insuredperson person", f"person.si_number = {table}.insured_id")))


REGISTER: Final[dict[str, Wall | Open]] = {
    # --- people ---
    "people.Person": Wall(
        any_of(
            SERVED,
            f"id = {OWNER}",
            seen("people_account account", "account.person_id = people_person.id"),
            seen("dossiers_dossier dossier", "dossier.owner_id = people_person.id"),
            seen("people_guardianship held", "people_person.id IN (held.child_id, held.guardian_id)"),
            seen("people_mandate held", "people_person.id IN (held.principal_id, held.agent_id)"),
            seen("people_datarequest asked", "asked.subject_id = people_person.id"),
        )
    ),
    "people.Account": Wall(
        any_of(
            SERVED,
            f"id = {ACCOUNT}",
            seen("dossiers_dossier dossier", "dossier.account_id = people_account.id"),
            seen("dossiers_draft draft", "draft.account_id = people_account.id"),
            seen("people_staffmember member", "member.account_id = people_account.id"),
            seen("people_datarequest asked", "asked.account_id = people_account.id"),
            # Who works where is public in every office.
            f"({ANY_OFFICE} AND {seen('people_officer officer', 'officer.account_id = people_account.id')})",
        )
    ),
    "people.AccessToken": Wall(any_of(DOOR, f"account_id = {ACCOUNT}")),
    "people.SignInAttempt": Wall(DOOR),
    "people.OneTimeCode": Wall(any_of(DOOR, f"account_id = {ACCOUNT}", f"session_key = {BROWSER_DIGEST}")),
    "people.OneTimeCounter": Open("digests and how often"),
    "people.Officer": Open("staff in office: name and title stand on every decision"),
    "people.Assignment": Open("who works where is public in every office"),
    "people.Delegation": Open("documents of a director about staff in office"),
    "people.Absence": Open("days on which staff in office are away"),
    "people.Deputy": Open("who stands in for whom is public in every office"),
    "people.UnitCharge": Open("which officer looks after which employer, and whom to call there at work"),
    "people.Enrolment": Wall(any_of(HOUSE, ANY_OFFICE)),
    "people.StaffEvent": Open("what became of posts and delegations of staff in office"),
    # --- people: doors ---
    "people.SignedInSession": _of_account("people_signedinsession"),
    "people.Passkey": _of_account("people_passkey"),
    "people.AuthenticatorApp": _of_account("people_authenticatorapp"),
    "people.RecoveryCode": _of_account("people_recoverycode"),
    "people.DoorGuard": Wall(any_of(SERVED, f"account_id = {ACCOUNT}")),
    "people.FormerContact": _of_account("people_formercontact"),
    "people.LinkedIdentity": _of_account("people_linkedidentity"),
    "people.Recovery": Wall(any_of(SERVED, f"account_id = {ACCOUNT}")),
    "people.RecoveryPaper": Wall(
        any_of(SERVED, seen("people_recovery recovery", "recovery.id = people_recoverypaper.recovery_id"))
    ),
    # --- people: acting for others ---
    "people.Guardianship": Wall(
        any_of(SERVED, f"child_id = {OWNER}", f"guardian_id = {OWNER}", _own_person("child_id", "guardian_id"))
    ),
    "people.Mandate": Wall(
        any_of(SERVED, f"principal_id = {OWNER}", f"agent_id = {OWNER}", _own_person("principal_id", "agent_id"))
    ),
    "people.ActingEvent": Wall(
        any_of(
            SERVED,
            f"owner_id = {OWNER}",
            seen("people_guardianship held", "held.id = people_actingevent.basis_id"),
            seen("people_mandate held", "held.id = people_actingevent.basis_id"),
        )
    ),
    # --- people: organisations ---
    "people.Organisation": Wall(
        any_of(
            SERVED,
            f"id = {OWNER}",
            f"parent_id = {OWNER}",
            f"managing_office = ANY ({OFFICES})",
            seen(
                "people_staffmember member",
                f"member.account_id = {ACCOUNT}"
                " AND member.organisation_id IN (people_organisation.id, people_organisation.parent_id)",
            ),
            "kind IN ('ivan_provider', 'collection_agent', 'health_facility')",  # whom everybody may choose
            seen(
                "people_transmissionmandate given",
                f"{OWNER} IN (given.employer_id, given.provider_id)"
                " AND people_organisation.id IN (given.employer_id, given.provider_id)",
            ),
            seen(
                "people_staffinvitation invitation",
                "invitation.organisation_id = people_organisation.id",
            ),
        )
    ),
    "people.StaffMember": Wall(any_of(SERVED, f"account_id = {ACCOUNT}", f"organisation_id = {OWNER}")),
    "people.StaffInvitation": Wall(
        any_of(
            SERVED,
            f"organisation_id = {OWNER}",
            seen(
                "people_account account JOIN people_person person ON person.id = account.person_id",
                f"account.id = {ACCOUNT} AND person.personal_id_key = people_staffinvitation.personal_id_key",
            ),
        )
    ),
    "people.OrganisationEvent": _of_organisation("people_organisationevent"),
    "people.OrganisationCertificate": Open("certificates, public by their purpose"),
    "people.ServiceContract": Open("contracts of the agency with organisations"),
    "people.CollectionPoint": Open("addresses of collection points, public"),
    "people.TransmissionMandate": Open("contracts between organisations"),
    # --- people: who looked, and rights over one's data ---
    "people.Opening": Wall(
        any_of(
            HOUSE,
            f"office_code = ANY ({OFFICES})",
            f"subject_id = {OWNER}",
            seen(
                "people_officer officer",
                f"officer.id = people_opening.officer_id AND officer.account_id = {ACCOUNT}",
            ),
        )
    ),
    "people.OpeningReview": Wall(
        any_of(HOUSE, seen("people_opening opened", "opened.id = people_openingreview.opening_id"))
    ),
    "people.Reading": Wall(
        any_of(
            HOUSE,
            f"office_code = ANY ({OFFICES})",
            f"subject_id IN ({OWNER}, {ACCOUNT})",  # of the account, before its registration was approved
            seen_inside("dossiers_dossier dossier", "dossier.id = people_reading.dossier_id"),
        )
    ),
    "people.Protection": Open("identifiers of persons to be guarded; every page asks whether one of them is shown"),
    "people.DataRequest": Wall(
        any_of(HOUSE, f"account_id = {ACCOUNT}", f"subject_id = {OWNER}", f"office_code = ANY ({OFFICES})")
    ),
    "people.ConsentEvent": Wall(any_of(HOUSE, f"account_id = {ACCOUNT}", f"subject_id = {OWNER}")),
    "people.DataExport": Wall(any_of(HOUSE, f"account_id = {ACCOUNT}", f"subject_id = {OWNER}")),
    # --- dossiers ---
    "dossiers.Draft": Wall(
        any_of(
            HOUSE,
            f"account_id = {ACCOUNT}",
            f"owner_id = {OWNER}",
            f"session_key = {BROWSER}",
            seen("dossiers_assisteddraft assisted", "assisted.draft_id = dossiers_draft.id"),
        )
    ),
    "dossiers.AssistedDraft": Wall(any_of(HOUSE, f"office_code = ANY ({OFFICES})")),
    "dossiers.DraftPaper": Wall(any_of(HOUSE, seen("dossiers_draft draft", "draft.id = dossiers_draftpaper.draft_id"))),
    "dossiers.Dossier": Wall(
        any_of(
            DOOR,
            f"owner_id = {OWNER}",
            f"office_code = ANY ({OFFICES})",
            f"(procedure IN {REGISTRATIONS} AND {ANY_OFFICE})",
            f"id = {OPENED}",
        )
    ),
    "dossiers.ClaimFile": Wall(
        any_of(
            HOUSE,
            f"facility_id = {OWNER}",
            seen("dossiers_dossier dossier", "dossier.owner_id = dossiers_claimfile.facility_id"),
        )
    ),
    "dossiers.FiledName": Wall(any_of(HOUSE, f"office_code = ANY ({OFFICES})")),
    "dossiers.NumberCounter": Open("how many dossiers an office had in a year"),
    "dossiers.DossierPaper": _of_dossier("dossiers_dossierpaper"),
    "dossiers.DossierEvent": _of_dossier("dossiers_dossierevent"),
    "dossiers.SupplementRequest": _of_dossier("dossiers_supplementrequest"),
    "dossiers.SupplementItem": Wall(
        any_of(HOUSE, seen("dossiers_supplementrequest asked", "asked.id = dossiers_supplementitem.request_id"))
    ),
    "dossiers.IdempotencyKey": Wall(any_of(HOUSE, f"actor = {LABEL}")),
    "dossiers.RealTime": Open("how long procedures take, counted over many dossiers"),
    "dossiers.IssuedDocument": Wall(
        any_of(DOOR, seen("dossiers_dossier dossier", "dossier.id = dossiers_issueddocument.dossier_id"))
    ),
    # --- casework ---
    "casework.Decision": _of_dossier("casework_decision"),
    "casework.Holding": _of_dossier("casework_holding"),
    "casework.DueChange": _of_dossier("casework_duechange"),
    "casework.Apology": _of_dossier("casework_apology"),
    "casework.RoundProposal": _of_dossier("casework_roundproposal"),
    "casework.JointPaper": _of_dossier("casework_jointpaper"),
    "casework.RegistrationCheck": _of_dossier("casework_registrationcheck"),
    "casework.AppliedEffect": _of_dossier("casework_appliedeffect"),
    "casework.IssueItem": _of_dossier("casework_issueitem"),
    "casework.Blank": Wall(any_of(HOUSE, f"office_code = ANY ({OFFICES})")),
    "casework.WorkRule": Open("rules of an office about its officers' work"),
    "casework.Skill": Open("which procedures an officer may be given"),
    "casework.CaseAssignment": _of_dossier("casework_caseassignment"),
    "casework.BatchPress": Wall(any_of(HOUSE, _own_officer("casework_batchpress"))),
    "casework.BatchRow": _of_dossier("casework_batchrow"),
    "casework.SavedList": Open("filters of an officer's lists"),
    "casework.InternalNote": _of_office_dossier("casework_internalnote"),
    "casework.Complaint": Wall(
        any_of(
            HOUSE,
            f"office_code = ANY ({OFFICES})",
            seen_inside("dossiers_dossier dossier", "dossier.id = casework_complaint.dossier_id"),
        )
    ),
    "casework.ComplaintExtension": Wall(
        any_of(HOUSE, seen("casework_complaint filed", "filed.id = casework_complaintextension.complaint_id"))
    ),
    "casework.Reopening": _of_dossier("casework_reopening"),
    "casework.Confirmation": _of_dossier("casework_confirmation"),
    "casework.CancellationProposal": _of_dossier("casework_cancellationproposal"),
    "casework.EffectReversal": _of_dossier("casework_effectreversal"),
    "casework.Opinion": _of_office_dossier("casework_opinion"),
    "casework.DossierLink": _of_office_dossier("casework_dossierlink"),
    "casework.DuplicateVerdict": _of_office_dossier("casework_duplicateverdict"),
    "casework.DestructionList": Wall(any_of(HOUSE, f"office_code = ANY ({OFFICES})")),
    "casework.ToDestroy": Wall(
        any_of(HOUSE, seen("casework_destructionlist listed", "listed.id = casework_todestroy.listed_id"))
    ),
    # --- post ---
    "post.OutgoingItem": Wall(
        any_of(
            HOUSE,
            f"office_code = ANY ({OFFICES})",
            seen_inside("dossiers_dossier dossier", "dossier.id = post_outgoingitem.dossier_id"),
        )
    ),
    "post.IncomingItem": Wall(
        any_of(
            HOUSE,
            f"office_code = ANY ({OFFICES})",
            seen_inside("dossiers_dossier dossier", "dossier.id = post_incomingitem.dossier_id"),
        )
    ),
    "post.IncomingScan": Wall(any_of(HOUSE, seen("post_incomingitem item", "item.id = post_incomingscan.item_id"))),
    # --- papers and signatures ---
    "files.StoredFile": Open("a digest, a size and a type; whose file it is stands in Paper"),
    "files.Paper": Wall(
        any_of(
            HOUSE,
            f"owner_id = {ACCOUNT}",
            seen_inside("dossiers_dossierpaper given", "given.paper_id = files_paper.id"),
            seen("dossiers_draftpaper given", "given.paper_id = files_paper.id"),
            seen("dossiers_draft draft", "draft.account_id = files_paper.owner_id"),
            seen_inside("people_recoverypaper kept", "kept.paper_id = files_paper.id"),
        ),
        # Nobody gives a paper of a dossier to somebody else's store.
        written_by=any_of(
            HOUSE,
            f"owner_id = {ACCOUNT}",
            seen("dossiers_draft draft", "draft.account_id = files_paper.owner_id"),
        ),
    ),
    "signing.SigningOffer": Wall(
        any_of(
            HOUSE,
            f"account_id = {ACCOUNT}",
            seen_inside("signing_evidencerecord evidence", "evidence.offer_id = signing_signingoffer.id"),
        )
    ),
    "signing.EvidenceRecord": Wall(
        any_of(
            DOOR,
            f"account_id = {ACCOUNT}",
            seen(
                "dossiers_dossier dossier",
                "dossier.account_id = signing_evidencerecord.account_id"
                " AND dossier.evidence_id = signing_evidencerecord.id",
            ),
        )
    ),
    # --- messages ---
    "notifications.Message": Wall(
        any_of(
            HOUSE,
            f"account_id = {ACCOUNT}",
            seen_inside("dossiers_dossier dossier", "dossier.id = notifications_message.dossier_id"),
        )
    ),
    "notifications.MessageEvent": Wall(
        any_of(HOUSE, seen("notifications_message told", "told.id = notifications_messageevent.message_id"))
    ),
    "notifications.Notice": Wall(any_of(HOUSE, f"account_id = {ACCOUNT}")),
    "notifications.SendCounter": Wall(HOUSE),
    # --- the registry ---
    "registry.InsuredPerson": Wall(
        any_of(
            SERVED,
            f"managing_office = ANY ({OFFICES})",
            seen_inside("people_person person", "person.si_number = registry_insuredperson.si_number"),
            seen_inside("dossiers_dossier dossier", "dossier.si_number = registry_insuredperson.si_number"),
        )
    ),
    "registry.ContributionPeriod": _of_insured("registry_contributionperiod"),
    "registry.ContributionSupport": _of_insured("registry_contributionsupport"),
    "registry.Entitlement": _of_insured("registry_entitlement"),
    "registry.UnpaidBenefit": _of_insured("registry_unpaidbenefit"),
    "registry.BookEntry": _of_insured("registry_bookentry"),
    "registry.IssuedNumber": _of_insured("registry_issuednumber"),
    "registry.NumberRange": Open("ranges of numbers that nobody has yet"),
    "registry.NumberRangeEvent": Open("which officer entered or closed a range"),
    "registry.CardChange": _of_insured("registry_cardchange"),
    "registry.Certificate": _of_insured("registry_certificate"),
    "registry.ContributionPayment": _of_insured("registry_contributionpayment"),
    "registry.LeaveSpell": _of_insured("registry_leavespell"),
    "registry.ParticipationChange": _of_insured("registry_participationchange"),
    "registry.PersonalDataChange": _of_insured("registry_personaldatachange"),
    "registry.RecoveryClaim": _of_insured("registry_recoveryclaim"),
    "registry.RecoveryCancellation": _of_insured("registry_recoverycancellation"),
    "registry.EntitlementChange": Wall(
        any_of(HOUSE, seen("registry_entitlement paid", "paid.id = registry_entitlementchange.entitlement_id"))
    ),
    "registry.BankAccountChange": Wall(any_of(SERVED, f"person_id = {OWNER}", f"office_code = ANY ({OFFICES})")),
    "registry.TreatmentContract": Open("contracts of the agency with health facilities"),
    "registry.ContractAnnex": Open("annexes to contracts with health facilities"),
    # --- money ---
    "payments.LedgerTransaction": Wall(any_of(HOUSE, f"office_code = ANY ({OFFICES})")),
    "payments.LedgerEntry": Wall(
        any_of(HOUSE, seen("payments_ledgertransaction booked", "booked.id = payments_ledgerentry.booking_id"))
    ),
    "payments.Batch": Wall(any_of(HOUSE, f"office_code = ANY ({OFFICES})")),
    "payments.ReleaseLimit": Open("sums above which money is released twice"),
    "payments.CashPayment": Wall(
        any_of(
            HOUSE,
            f"office_code = ANY ({OFFICES})",
            seen("payments_order paid", f"paid.id = payments_cashpayment.order_id AND paid.owner_id = {OWNER}"),
        ),
        written_by=any_of(HOUSE, f"office_code = ANY ({OFFICES})"),
    ),
    "payments.CashCount": Wall(any_of(HOUSE, f"office_code = ANY ({OFFICES})")),
    "payments.Payroll": Wall(any_of(HOUSE, f"office_code = ANY ({OFFICES})")),
    "payments.PayrollLine": Wall(
        any_of(
            HOUSE,
            f"owner_id = {OWNER}",
            seen("payments_payroll list", "list.id = payments_payrollline.payroll_id"),
        ),
        written_by=any_of(HOUSE, seen("payments_payroll list", "list.id = payments_payrollline.payroll_id")),
    ),
    "payments.Order": Wall(
        any_of(
            HOUSE,
            f"owner_id = {OWNER}",
            f"office_code = ANY ({OFFICES})",
            seen_inside("dossiers_dossier dossier", "dossier.id = payments_order.dossier_id"),
        )
    ),
    "payments.OrderEvent": Wall(
        any_of(HOUSE, seen("payments_order ordered", "ordered.id = payments_orderevent.order_id"))
    ),
    # Money that nobody can be named for is looked for at every office.
    "payments.BankNotice": Wall(
        any_of(HOUSE, f"office_code = ANY ({OFFICES})", f"(office_code = '00000' AND {ANY_OFFICE})")
    ),
    "registry.CardCheck": Wall(
        any_of(
            HOUSE,
            f"account_id = {ACCOUNT}",
            f"facility_id = {OWNER}",
            seen("people_person person", f"person.id = {OWNER} AND person.si_number = registry_cardcheck.si_number"),
        )
    ),
    # --- no persons ---
    "platform.Job": Open("names of work and identifiers of rows"),
    "platform.AuditEvent": Open("identifiers and states; its readers are the sealer and the auditor"),
    "proof.Leaf": Open("digests"),
    "proof.Node": Open("digests"),
    "proof.Checkpoint": Open("digests, signed"),
    "proof.CheckpointStamp": Open("time-stamps of digests"),
    "proof.Place": Open("folders of copies"),
    "proof.Alarm": Open("sentences about the log"),
    "catalogue.ProcedureVersion": Open("the procedures, public"),
    "catalogue.Correction": Open("facts of procedures put right: public matters, by officers in their office"),
    "offices.Province": Open("the map of the administration"),
    "offices.Commune": Open("the map of the administration"),
    "offices.FormerCommune": Open("the map of the administration"),
    "offices.Office": Open("the map of the administration"),
    "offices.Jurisdiction": Open("the map of the administration"),
    "offices.Department": Open("the map of the administration"),
    "offices.DepartmentFunction": Open("the map of the administration"),
    "offices.DecidingLevel": Open("the map of the administration"),
    "offices.SupportLine": Open("telephones of the agency"),
    "offices.CalendarDay": Open("holidays"),
    "offices.CounterPause": Open("counters that close: public notices, by officers in their office"),
    "offices.Announcement": Open("public announcements"),
    "offices.FaceEntry": Open("links, contact points and telephones of offices: functions, no persons"),
    "offices.NearestOffice": Open("the map of the administration"),
    "offices.RemoteArea": Open("the map of the administration"),
    "directives.Letter": Open("official letters of offices, by officers in their office"),
    "directives.NumberBook": Open("how many letters an office gave in a year"),
    "directives.Recipient": Open("offices and bodies a letter goes to"),
    "directives.Attachment": Open("files of official letters"),
    "directives.RecipientGroup": Open("bodies that get letters"),
    "directives.GroupMember": Open("bodies that get letters, and their office contact"),
    "directives.Delivery": Open("which office or unit got which letter, and when it was read"),
    "directives.DeliveryEvent": Open("steps of a letter; functions spoken to, never names"),
    "directives.Campaign": Open("what offices ask of units"),
    "directives.CampaignUnit": Open("how far a unit is, and how many of its people: numbers, no names"),
    "directives.CampaignStep": Open("steps of a campaign at a unit; functions spoken to, never names"),
    "directives.PageFeedback": Open("whether a page helped; nobody is named, and people are told to name nobody"),
    "directives.ProblemReport": Wall(PROBLEM),
    "directives.ProblemStep": Open("steps of a reported problem"),
    "statistics.RegistrationPlan": Open("numbers that offices are to reach"),
    "statistics.ElectronicTarget": Open("rates that provinces are to reach"),
    "statistics.Fact": Open("counts not added up yet"),
    "statistics.DayCount": Open("counts of a day"),
    "statistics.MonthCount": Open("counts of a month"),
    "statistics.PublishedMonth": Open("open data, for everybody"),
    "walls.Blueprint": Open("what the migrations built"),
    "walls.Drift": Open("which guards of the database were found changed"),
    "sessions.Session": Open("found by a secret key only; names an account by its identifier"),
    "auth.Permission": Open("unused, of the framework"),
    "auth.Group": Open("unused, of the framework"),
    "contenttypes.ContentType": Open("names of models"),
}
"""Label of each model → its wall, or why it needs none."""


def walls() -> dict[str, Wall]:
    """The models with a wall."""
    return {label: wall for label, wall in REGISTER.items() if isinstance(wall, Wall)}
