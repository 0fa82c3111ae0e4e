"""Every table and its wall: whose rows they are and who may touch them, or why no person is in them.

A house test holds this page to the models and to what the migrations built. A row that a viewer may not see cannot be
read, changed or deleted by that viewer, whatever a query asks; `written_by` is what a new or changed row must fulfil
where that differs. Rows of a dossier are seen with it: PostgreSQL applies the dossier's own wall inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ansinh.walls.rules import (
    ACCOUNT,
    ANY_OFFICE,
    BROWSER,
    BROWSER_DIGEST,
    DOOR,
    HOUSE,
    LABEL,
    OFFICES,
    OWNER,
    any_of,
    seen,
    seen_inside,
)

REGISTRATION: Final = "dang-ky-gdt-ca-nhan"
"""Completed at any office in the country (R-064)."""


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


def _of_insured(table: str) -> Wall:
    return Wall(any_of(HOUSE, seen("registry_insuredperson person", f"person.si_number = {table}.insured_id")))


REGISTER: Final[dict[str, Wall | Open]] = {
    # --- people ---
    "people.Person": Wall(
        any_of(
            DOOR,
            f"id = {OWNER}",
            seen("people_account account", "account.person_id = people_person.id"),
            seen("dossiers_dossier dossier", "dossier.owner_id = people_person.id"),
        )
    ),
    "people.Account": Wall(
        any_of(
            DOOR,
            f"id = {ACCOUNT}",
            seen("dossiers_dossier dossier", "dossier.account_id = people_account.id"),
            seen("dossiers_draft draft", "draft.account_id = people_account.id"),
        )
    ),
    "people.AccessToken": Wall(any_of(DOOR, f"account_id = {ACCOUNT}")),
    "people.SignInAttempt": Wall(DOOR),
    "people.OneTimeCode": Wall(any_of(DOOR, f"account_id = {ACCOUNT}", f"session_key = {BROWSER_DIGEST}")),
    "people.OneTimeCounter": Open("digests and how often"),
    "people.Officer": Open("staff in office: name and title stand on every decision"),
    "people.Assignment": Open("who works where is public in every office"),
    "people.Delegation": Open("documents of a director about staff in office"),
    # --- dossiers ---
    "dossiers.Draft": Wall(any_of(HOUSE, f"account_id = {ACCOUNT}", f"owner_id = {OWNER}", f"session_key = {BROWSER}")),
    "dossiers.DraftPaper": Wall(any_of(HOUSE, seen("dossiers_draft draft", "draft.id = dossiers_draftpaper.draft_id"))),
    "dossiers.Dossier": Wall(
        any_of(
            DOOR,
            f"owner_id = {OWNER}",
            f"office_code = ANY ({OFFICES})",
            f"(procedure = '{REGISTRATION}' AND {ANY_OFFICE})",
        )
    ),
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
    "casework.RegistrationCheck": _of_dossier("casework_registrationcheck"),
    # --- papers and signatures ---
    "files.StoredFile": Open("a digest, a size and a type; whose file it is stands in Paper"),
    "files.Paper": Wall(
        any_of(
            HOUSE,
            f"owner_id = {ACCOUNT}",
            seen_inside("dossiers_dossierpaper given", "given.paper_id = files_paper.id"),
            seen("dossiers_draftpaper given", "given.paper_id = files_paper.id"),
            seen("dossiers_draft draft", "draft.account_id = files_paper.owner_id"),
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
            HOUSE,
            f"managing_office = ANY ({OFFICES})",
            seen_inside("people_person person", "person.si_number = registry_insuredperson.si_number"),
            seen_inside("dossiers_dossier dossier", "dossier.si_number = registry_insuredperson.si_number"),
        )
    ),
    "registry.ContributionPeriod": _of_insured("registry_contributionperiod"),
    "registry.ContributionSupport": _of_insured("registry_contributionsupport"),
    "registry.Entitlement": _of_insured("registry_entitlement"),
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
    "offices.Province": Open("the map of the administration"),
    "offices.Commune": Open("the map of the administration"),
    "offices.Office": Open("the map of the administration"),
    "offices.Jurisdiction": Open("the map of the administration"),
    "offices.DecidingLevel": Open("the map of the administration"),
    "offices.SupportLine": Open("telephones of the agency"),
    "offices.CalendarDay": Open("holidays"),
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
