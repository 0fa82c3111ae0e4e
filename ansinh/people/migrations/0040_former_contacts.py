"""Contacts that an account had before stay known, so that their holder is told."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ansinh.platform.audit import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0002_guards"),
        ("people", "0037_organisations_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone", models.CharField(blank=True, max_length=15)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("ended_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_contacts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account", "-ended_at"], name="people_form_account_fc6322_idx")],
            },
        ),
        append_only("people_formercontact"),
    ]
