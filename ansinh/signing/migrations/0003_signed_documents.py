"""Documents offered for signing, and evidence records of signed documents."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ansinh.platform.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("signing", "0002_evidence_only_grows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SigningOffer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField(help_text="the draft it was made of")),
                ("digest", models.CharField(help_text="SHA-256 of the canonical dossier it shows", max_length=64)),
                ("format", models.CharField(choices=[("pdf", "PDF"), ("xml", "XML")], max_length=3)),
                ("sha256", models.CharField(help_text="of the offered bytes, which lie in the storage", max_length=64)),
                ("size", models.PositiveIntegerField(help_text="bytes")),
                ("made_at", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="evidencerecord",
            name="evidence_kind_known",
        ),
        migrations.AddField(
            model_name="evidencerecord",
            name="certificate_sha256",
            field=models.CharField(blank=True, db_default="", help_text="of its DER", max_length=64),
        ),
        migrations.AddField(
            model_name="evidencerecord",
            name="document_sha256",
            field=models.CharField(blank=True, db_default="", help_text="of the signed document", max_length=64),
        ),
        migrations.AddField(
            model_name="evidencerecord",
            name="document_size",
            field=models.PositiveIntegerField(blank=True, help_text="bytes", null=True),
        ),
        migrations.AddField(
            model_name="evidencerecord",
            name="report",
            field=models.JSONField(
                blank=True, help_text="what the check of the signature found at that moment", null=True
            ),
        ),
        migrations.AddField(
            model_name="evidencerecord",
            name="way",
            field=models.CharField(
                blank=True,
                choices=[
                    ("upload", "Tải về, ký rồi gửi lên"),
                    ("remote", "Ký số từ xa"),
                    ("token", "Ký bằng USB token"),
                ],
                db_default="",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="evidencerecord",
            name="channel",
            field=models.CharField(blank=True, choices=[("sms", "SMS"), ("email", "E-mail")], max_length=5),
        ),
        migrations.AlterField(
            model_name="evidencerecord",
            name="code_issued_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="evidencerecord",
            name="kind",
            field=models.CharField(
                choices=[("transaction_code", "Mã giao dịch"), ("signed_document", "Văn bản ký số")],
                default="transaction_code",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="evidencerecord",
            name="recipient_masked",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name="evidencerecord",
            name="text_shown",
            field=models.TextField(help_text="the sentence the person read when confirming"),
        ),
        migrations.AddField(
            model_name="signingoffer",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="signing_offers", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="evidencerecord",
            name="offer",
            field=models.OneToOneField(
                blank=True,
                help_text="an offer is used once",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="signing.signingoffer",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["transaction_code", "signed_document"])), name="evidence_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "transaction_code"), _negated=True),
                    models.Q(
                        ("certificate_sha256", ""),
                        ("code_issued_at__isnull", False),
                        ("document_sha256", ""),
                        ("document_size__isnull", True),
                        ("offer__isnull", True),
                        ("report__isnull", True),
                        ("way", ""),
                    ),
                    _connector="OR",
                ),
                name="evidence_of_a_code_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "signed_document"), _negated=True),
                    models.Q(
                        ("certificate_sha256__regex", "^[0-9a-f]{64}$"),
                        ("channel", ""),
                        ("code_issued_at__isnull", True),
                        ("document_sha256__regex", "^[0-9a-f]{64}$"),
                        ("document_size__gt", 0),
                        ("offer__isnull", False),
                        ("report__isnull", False),
                        ("way__in", ["upload", "remote", "token"]),
                    ),
                    _connector="OR",
                ),
                name="evidence_of_a_document_is_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="signingoffer",
            index=models.Index(fields=["subject", "-made_at"], name="offers_of_a_subject"),
        ),
        migrations.AddConstraint(
            model_name="signingoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$"), ("sha256__regex", "^[0-9a-f]{64}$")),
                name="offer_digests_are_sha256",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_until__gt", models.F("made_at"))), name="offer_is_valid_for_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="signingoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("format__in", ["pdf", "xml"])), name="offer_format_known"
            ),
        ),
    ]
