"""A colleague at another office of the agency can be asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0048_complaints_on_paper")]

    operations = [
        migrations.AddField(
            model_name="opinion",
            name="to_office",
            field=models.CharField(
                blank=True,
                default="",
                help_text="where a colleague of another office works; empty: of the dossier's office",
                max_length=5,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_office", ""),
                    models.Q(
                        ("to_officer__isnull", False),
                        models.Q(("to_office", models.F("office_code")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="opinion_elsewhere_of_an_officer",
                violation_error_message="Hỏi cơ quan khác của ngành thì phải ghi hỏi cán bộ nào ở đó.",
            ),
        ),
    ]
