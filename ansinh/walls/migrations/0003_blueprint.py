"""What the migrations built, and where the database was found to differ; both only grow."""

from django.db import migrations, models

from ansinh.platform.audit import append_only

_NOT_OURS = "REVOKE INSERT ON walls_blueprint FROM ansinh_application"


class Migration(migrations.Migration):
    dependencies = [("walls", "0002_row_security"), ("platform", "0002_guards")]

    operations = [
        migrations.CreateModel(
            "Blueprint",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "parts",
                    models.JSONField(
                        help_text="name of each table, policy, trigger and role → SHA-256 of what it is, hex"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            "Drift",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("parts", models.JSONField(help_text="names of the parts that are missing, new or changed")),
            ],
        ),
        append_only("walls_blueprint"),
        append_only("walls_drift"),
        # Only a migration, run by the owner, says what must stand.
        migrations.RunSQL(_NOT_OURS, "GRANT INSERT ON walls_blueprint TO ansinh_application"),
    ]
