"""What readers say of pages."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0002_guards"),
        ("offices", "0004_face"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageFeedback",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("page", models.CharField(help_text="letter:<uuid> or guide:<slug>", max_length=120)),
                ("title", models.CharField(help_text="of the page as it was", max_length=300)),
                ("helped", models.BooleanField()),
                ("comment", models.CharField(blank=True, max_length=1000)),
                ("at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("done", models.CharField(blank=True, help_text="what the owner did about it", max_length=500)),
                (
                    "office",
                    models.ForeignKey(
                        help_text="its owner",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.office",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["office", "answered_at", "-at"], name="feedback_of_owner")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("done", "")),
                            models.Q(("answered_at__isnull", False), models.Q(("done", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="answered_feedback_says_what_was_done",
                    )
                ],
            },
        ),
    ]
