"""A later result of the same dossier writes its own changes of a benefit, and lifts the closing of a book."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0058_benefit_granted_at"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="entitlementchange", name="benefit_changes_once_a_decision"),
        migrations.AddConstraint(
            model_name="entitlementchange",
            constraint=models.UniqueConstraint(
                fields=("entitlement", "kind", "valid_from", "dossier_id", "made_at"),
                name="benefit_changes_once_a_decision",
            ),
        ),
        migrations.AlterField(
            model_name="bookentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("issued", "Cấp sổ"),
                    ("corrected", "Điều chỉnh"),
                    ("closed", "Chốt sổ"),
                    ("reopened", "Mở lại sổ đã chốt"),
                    ("unemployment", "Xác nhận thời gian đóng BHTN"),
                ],
                max_length=12,
            ),
        ),
    ]
