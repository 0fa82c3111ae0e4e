"""Every state around an organisation is audited; its history only grows."""

from django.db import migrations

from ansinh.platform.audit import append_only, watch


class Migration(migrations.Migration):
    dependencies = [("people", "0036_organisation_contracts"), ("platform", "0003_signed_actor")]

    operations = [
        watch("people_organisation"),
        watch("people_staffmember"),
        watch("people_staffinvitation"),
        watch("people_transmissionmandate"),
        append_only("people_organisationevent"),
    ]
