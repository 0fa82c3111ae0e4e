"""A protection names its request and ends with a reason."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0028_data_rights_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="protection",
            name="basis_id",
            field=models.UUIDField(blank=True, help_text="the data request that was granted", null=True),
        ),
        migrations.AddField(
            model_name="protection",
            name="end_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="protection",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="protection",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.officer",
            ),
        ),
        migrations.AddConstraint(
            model_name="protection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    models.Q(("ended_by__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="protection_ends_with_a_reason",
                violation_error_message="Kết thúc bảo vệ riêng phải ghi ai và vì sao.",
            ),
        ),
    ]
