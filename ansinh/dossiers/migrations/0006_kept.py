"""An applicant who stands by what was given says so, and the request remembers it."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_office_work")]

    operations = [
        migrations.AddField(
            model_name="supplementitem",
            name="kept",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="answered without a change: the applicant stands by what was given",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementitem",
            constraint=models.CheckConstraint(
                condition=~Q(kept=True) | Q(answered=True),
                name="kept_is_answered",
                violation_error_message="Chỗ giữ nguyên cũng là chỗ đã trả lời.",
            ),
        ),
    ]
