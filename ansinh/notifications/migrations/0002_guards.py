"""The delivery log only grows; the queue-like tables are cleaned often."""

from django.db import migrations

from ansinh.platform.audit import append_only


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("platform", "0002_guards")]

    operations = [append_only("notifications_messageevent")]
