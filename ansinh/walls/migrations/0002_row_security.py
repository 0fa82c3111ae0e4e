"""Row security on every table with rows of persons."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [
        ("walls", "0001_application_role"),
        ("casework", "0008_longer_title"),
        ("dossiers", "0090_indexes_for_the_wall"),
        ("files", "0001_initial"),
        ("notifications", "0030_owner"),
        ("people", "0040_former_contacts"),
        ("registry", "0003_bank_account_changes"),
        ("signing", "0004_offers_only_grow"),
    ]

    operations = [
        build(
            "people.Person", "people.Account", "people.AccessToken", "people.SignInAttempt", "people.OneTimeCode",
            "people.SignedInSession", "people.Passkey", "people.AuthenticatorApp", "people.RecoveryCode",
            "people.DoorGuard", "people.FormerContact", "people.LinkedIdentity", "people.Recovery",
            "people.RecoveryPaper", "people.Guardianship", "people.Mandate", "people.ActingEvent",
            "people.Organisation", "people.StaffMember", "people.StaffInvitation", "people.OrganisationEvent",
            "people.Opening", "people.OpeningReview", "people.Reading", "people.DataRequest", "people.ConsentEvent",
            "people.DataExport",
            "dossiers.Draft", "dossiers.AssistedDraft", "dossiers.DraftPaper", "dossiers.Dossier", "dossiers.DossierPaper",
            "dossiers.DossierEvent", "dossiers.SupplementRequest", "dossiers.SupplementItem",
            "dossiers.IdempotencyKey", "dossiers.IssuedDocument",
            "casework.Decision", "casework.RegistrationCheck", "casework.DestructionList", "casework.ToDestroy",
            "files.Paper", "signing.SigningOffer", "signing.EvidenceRecord",
            "notifications.Message", "notifications.MessageEvent", "notifications.Notice", "notifications.SendCounter",
            "registry.InsuredPerson", "registry.ContributionPeriod", "registry.ContributionSupport",
            "registry.Entitlement", "registry.BankAccountChange",
        ),
    ]  # fmt: skip
