"""Every state of a correction is audited; what was proposed is never rewritten."""

from django.db import migrations

from ansinh.platform.audit import fixed_but, watch


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_corrections"), ("platform", "0003_signed_actor")]

    operations = [
        watch("catalogue_correction"),
        fixed_but("catalogue_correction", "state", "decided_by_id", "decided_at", "refused_why", "version_id"),
    ]
