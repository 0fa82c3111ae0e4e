"""The states of linked identities and recoveries are audited."""

from django.db import migrations

from ansinh.platform.audit import watch


class Migration(migrations.Migration):
    dependencies = [("people", "0015_entrance"), ("platform", "0003_signed_actor")]

    operations = [watch("people_linkedidentity"), watch("people_recovery")]
