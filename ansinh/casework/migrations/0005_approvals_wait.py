"""A leader's approval may wait for its time-stamp; who signed in which capacity is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_signed_actor"),
        ("dossiers", "0008_approved"),
        ("people", "0005_capacities"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="one_open_decision",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="signed_decision_has_signer",
        ),
        migrations.AddField(
            model_name="decision",
            name="signed_capacity",
            field=models.CharField(blank=True, help_text="KT., TL., TUQ. held on that day (R-181)", max_length=60),
        ),
        migrations.AddField(
            model_name="decision",
            name="signed_title",
            field=models.CharField(blank=True, help_text="the leader's title on that day", max_length=80),
        ),
        migrations.AlterField(
            model_name="decision",
            name="signed_at",
            field=models.DateTimeField(blank=True, help_text="when the leader approved", null=True),
        ),
        migrations.AlterField(
            model_name="decision",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "Đã đề xuất"),
                    ("controlled", "Đã kiểm soát"),
                    ("sent_back", "Trả lại chuyên viên"),
                    ("approved", "Đã duyệt, chờ dấu thời gian"),
                    ("signed", "Đã ký"),
                ],
                default="proposed",
                max_length=12,
            ),
        ),
        migrations.RunSQL(
            "UPDATE casework_decision SET signed_title = officer.title_vi FROM people_officer officer"
            " WHERE officer.id = casework_decision.signed_by_id AND casework_decision.state = 'signed'",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "controlled", "approved"])),
                fields=("dossier",),
                name="one_open_decision",
                violation_error_message="Hồ sơ đang có một dự thảo quyết định khác.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "signed"]), _negated=True),
                    models.Q(
                        ("signed_at__isnull", False),
                        ("signed_by__isnull", False),
                        models.Q(("number", ""), _negated=True),
                        models.Q(("signed_title", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="signed_decision_has_signer",
                violation_error_message="Quyết định đã duyệt, đã ký phải có số, người ký, chức vụ và thời điểm ký.",
            ),
        ),
    ]
