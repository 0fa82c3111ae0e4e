"""The database is the last guard: every state is audited, history only grows."""

from django.db import migrations

from ansinh.platform.audit import append_only, watch


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial"), ("platform", "0002_guards")]

    operations = [watch("dossiers_dossier"), append_only("dossiers_dossierevent")]
