"""The name of an account, which is a citizen's personal number, is sealed for its row (decision 0016)."""

from django.db import migrations, models

from ansinh.platform.sealed_fields.convert import seal_column
from ansinh.platform.sealed_fields.fields import BlindIndex, SealedText

# Kept only as digests that anybody could compute: who fails to sign in just now starts counting anew.
_FORGET_DIGESTS_WITHOUT_KEY = "TRUNCATE people_signinattempt"


class Migration(migrations.Migration):
    dependencies = [("people", "0050_sealed_numbers")]

    operations = [
        migrations.RunSQL(_FORGET_DIGESTS_WITHOUT_KEY, migrations.RunSQL.noop),
        migrations.RenameField("account", "login", "open_login"),
        # Undone, the column comes back empty before the names are opened into it.
        migrations.AlterField("account", "open_login", models.CharField(max_length=40, null=True, unique=True)),
        migrations.AddField("account", "login", SealedText(kind="login")),
        seal_column("people", "Account", "login", plain="open_login"),
        migrations.RemoveField("account", "open_login"),
        migrations.AlterField("account", "login", SealedText(kind="login", null=False)),
        migrations.AddField("account", "login_key", BlindIndex("login")),
        migrations.AddConstraint(
            "account",
            models.UniqueConstraint(
                fields=["login_key"],
                name="one_account_per_login",
                violation_error_message="Tên đăng nhập này đã có tài khoản.",
            ),
        ),
    ]
