"""The role of the program, what it is granted on tables of today and of later, and what it is not."""

from django.db import migrations

from ansinh.platform.row_security import roles


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0008_longer_title"),
        ("dossiers", "0090_indexes_for_the_wall"),
        ("notifications", "0030_owner"),
        ("people", "0040_former_contacts"),
        ("proof", "0002_guards"),
        ("registry", "0003_bank_account_changes"),
        ("signing", "0004_offers_only_grow"),
    ]

    operations = [
        migrations.RunSQL(roles.MAKE, migrations.RunSQL.noop),
        migrations.RunSQL(roles.GRANT, roles.TAKE_BACK),
        migrations.RunSQL(roles.ONLY_ADD, migrations.RunSQL.noop),
    ]
