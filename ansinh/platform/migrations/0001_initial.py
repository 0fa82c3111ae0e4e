"""The waiting work and the audit trail."""

import datetime

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("table", models.CharField(max_length=63)),
                ("row_id", models.UUIDField()),
                ("from_state", models.CharField(max_length=60, null=True)),
                ("to_state", models.CharField(max_length=60)),
                (
                    "actor",
                    models.CharField(help_text="label given by acting_as; empty when nobody was named", max_length=120),
                ),
                (
                    "transaction",
                    models.BigIntegerField(help_text="PostgreSQL's transaction number: what changed together"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["row_id", "id"], name="audit_of_a_row")],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("arguments", models.JSONField(db_default={}, default=dict)),
                ("priority", models.SmallIntegerField(db_default=0, default=0, help_text="smaller goes first")),
                (
                    "run_at",
                    models.DateTimeField(
                        db_default=datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.UTC),
                        default=datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.UTC),
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("last_error", models.TextField(blank=True, db_default="", default="")),
                (
                    "dead_at",
                    models.DateTimeField(blank=True, help_text="given up; kept with its last error", null=True),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("dead_at", None)), fields=["priority", "run_at", "id"], name="waiting_jobs"
                    ),
                    models.Index(
                        condition=models.Q(("dead_at", None)), fields=["name", "id"], name="waiting_jobs_by_name"
                    ),
                ],
            },
        ),
    ]
