"""The log only grows, in the database too."""

from django.db import migrations

from ansinh.platform.audit import append_only


class Migration(migrations.Migration):
    dependencies = [("proof", "0001_initial"), ("platform", "0003_signed_actor")]

    operations = [
        append_only("proof_leaf"),
        append_only("proof_node"),
        append_only("proof_checkpoint"),
        append_only("proof_checkpointstamp"),
        append_only("proof_alarm"),
    ]
