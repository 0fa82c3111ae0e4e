"""The audit trigger records the proof of the actor beside the label."""

from django.db import migrations

from ansinh.platform.audit import write_again


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0006_kept"), ("platform", "0003_signed_actor")]
    cannot_be_undone_because = "the audit trail only grows: its proofs are not thrown away"

    operations = [migrations.RunSQL(write_again("dossiers_dossier"))]
