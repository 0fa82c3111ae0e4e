"""Every state of a request is audited; the ledger of consent only grows."""

from django.db import migrations

from ansinh.platform.audit import append_only, watch


class Migration(migrations.Migration):
    dependencies = [("people", "0027_data_rights"), ("platform", "0003_signed_actor")]

    operations = [
        watch("people_datarequest"),
        append_only("people_consentevent"),
    ]
