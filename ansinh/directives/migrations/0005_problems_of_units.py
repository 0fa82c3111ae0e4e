"""Units report problems too, by somebody of their people."""

import django.db.models.deletion
from django.db import migrations, models

_REFERENCE = {"null": True, "blank": True, "on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0004_problems"),
        ("people", "0054_pages_of_payment"),
    ]

    operations = [
        migrations.AlterField(
            model_name="problemreport",
            name="from_office",
            field=models.ForeignKey(help_text="empty: a unit's", to="offices.office", **_REFERENCE),
        ),
        migrations.AlterField(
            model_name="problemreport",
            name="reported_by",
            field=models.ForeignKey(to="people.officer", **_REFERENCE),
        ),
        migrations.AddField(
            model_name="problemreport",
            name="organisation",
            field=models.ForeignKey(to="people.organisation", **_REFERENCE),
        ),
        migrations.AddField(
            model_name="problemreport",
            name="unit_name",
            field=models.CharField(
                blank=True, default="", help_text="of the organisation, as it was called then", max_length=200
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="problemreport",
            name="unit_code",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="problemreport",
            name="told_by",
            field=models.ForeignKey(help_text="who of the unit's people wrote it", to="people.account", **_REFERENCE),
        ),
        migrations.AlterField(
            model_name="problemstep",
            name="office",
            field=models.ForeignKey(help_text="who did it; empty: the unit", to="offices.office", **_REFERENCE),
        ),
        migrations.AddIndex(
            model_name="problemreport",
            index=models.Index(fields=["organisation", "-reported_at"], name="problems_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="problemreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("from_office__isnull", False),
                        ("organisation__isnull", True),
                        ("reported_by__isnull", False),
                        ("told_by__isnull", True),
                        ("unit_name", ""),
                    ),
                    models.Q(
                        ("from_office__isnull", True),
                        ("organisation__isnull", False),
                        ("reported_by__isnull", True),
                        ("told_by__isnull", False),
                        models.Q(("unit_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_problem_is_an_office_s_or_a_unit_s",
                violation_error_message="Vướng mắc là của một cơ quan, hoặc của một đơn vị và người viết.",
            ),
        ),
    ]
