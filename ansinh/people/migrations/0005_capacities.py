"""A capacity of the signatory is KT., TL. or TUQ."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_signed_actor"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity", ""), ("capacity__regex", "^(KT|TM|TL|TUQ)\\. \\S"), _connector="OR"),
                name="capacity_is_kt_tl_tuq",
                violation_error_message="Tư cách ký bắt đầu bằng KT., TM., TL. hoặc TUQ.",
            ),
        ),
    ]
