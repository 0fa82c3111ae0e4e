"""Row security on every table with rows of persons."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [
        ("walls", "0001_application_role"),
        ("casework", "0005_approvals_wait"),
        ("dossiers", "0090_indexes_for_the_wall"),
        ("files", "0001_initial"),
        ("notifications", "0002_guards"),
        ("people", "0005_capacities"),
        ("registry", "0002_contribution_support"),
        ("signing", "0004_offers_only_grow"),
    ]

    operations = [
        build(
            "people.Person", "people.Account", "people.AccessToken", "people.SignInAttempt", "people.OneTimeCode",
            "dossiers.Draft", "dossiers.DraftPaper", "dossiers.Dossier", "dossiers.DossierPaper",
            "dossiers.DossierEvent", "dossiers.SupplementRequest", "dossiers.SupplementItem",
            "dossiers.IdempotencyKey", "dossiers.IssuedDocument",
            "casework.Decision", "casework.RegistrationCheck",
            "files.Paper", "signing.SigningOffer", "signing.EvidenceRecord",
            "notifications.Message", "notifications.MessageEvent", "notifications.Notice", "notifications.SendCounter",
            "registry.InsuredPerson", "registry.ContributionPeriod", "registry.ContributionSupport",
            "registry.Entitlement",
        ),
    ]  # fmt: skip
