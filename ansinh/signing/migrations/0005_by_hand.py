"""Evidence of a page that was printed, signed by hand before an officer, and scanned."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("signing", "0004_offers_only_grow"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="evidencerecord",
            name="evidence_kind_known",
        ),
        migrations.AlterField(
            model_name="evidencerecord",
            name="kind",
            field=models.CharField(
                choices=[
                    ("transaction_code", "Mã giao dịch"),
                    ("signed_document", "Văn bản ký số"),
                    ("signed_by_hand", "Bản in ký tay, đã quét"),
                ],
                default="transaction_code",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["transaction_code", "signed_document", "signed_by_hand"])),
                name="evidence_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "signed_by_hand"), _negated=True),
                    models.Q(
                        ("certificate_sha256", ""),
                        ("channel", ""),
                        ("code_issued_at__isnull", True),
                        ("document_sha256__regex", "^[0-9a-f]{64}$"),
                        ("document_size__gt", 0),
                        ("offer__isnull", False),
                        ("report__has_key", "witness"),
                        ("way", ""),
                    ),
                    _connector="OR",
                ),
                name="evidence_of_a_hand_is_whole",
            ),
        ),
    ]
