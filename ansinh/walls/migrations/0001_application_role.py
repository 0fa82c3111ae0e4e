"""The role of the program, what it is granted on tables of today and of later, and what it is not."""

from django.db import migrations

from ansinh.platform.row_security import roles


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_approvals_wait"),
        ("dossiers", "0090_indexes_for_the_wall"),
        ("notifications", "0002_guards"),
        ("proof", "0002_guards"),
        ("signing", "0004_offers_only_grow"),
    ]

    operations = [
        migrations.RunSQL(roles.MAKE, migrations.RunSQL.noop),
        migrations.RunSQL(roles.GRANT, roles.TAKE_BACK),
        migrations.RunSQL(roles.ONLY_ADD, migrations.RunSQL.noop),
    ]
