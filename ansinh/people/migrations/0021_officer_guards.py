"""What was given may end and is never rewritten; the history only grows."""

from django.db import migrations

from ansinh.platform.audit import append_only, fixed_but


class Migration(migrations.Migration):
    dependencies = [("people", "0020_officers"), ("platform", "0002_guards")]

    operations = [
        fixed_but("people_assignment", "valid_to", "ended_at"),
        fixed_but("people_delegation", "valid_to", "ended_at"),
        fixed_but("people_absence", "ended_at"),
        fixed_but("people_deputy", "ended_at"),
        fixed_but("people_unitcharge", "valid_to", "ended_at", "contact_name", "contact_phone"),
        append_only("people_staffevent"),
    ]
