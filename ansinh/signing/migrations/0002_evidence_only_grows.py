"""An evidence record is never changed or removed: the database refuses."""

from django.db import migrations

from ansinh.platform.audit import append_only


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial"), ("platform", "0002_guards")]

    operations = [append_only("signing_evidencerecord")]
