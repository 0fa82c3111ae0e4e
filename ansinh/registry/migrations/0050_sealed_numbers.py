"""Personal numbers and bank accounts of the registry are sealed for their rows, found by blind indexes (decision 0016)."""

from django.db import migrations, models

from ansinh.platform.sealed_fields.convert import seal_column
from ansinh.platform.sealed_fields.fields import BlindIndex, SealedJSON, SealedText

_BANK = ("bank", "number")


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_treatment_contracts")]

    operations = [
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveIndex("bankaccountchange", "people_of_a_bank_account"),
        migrations.RenameField("insuredperson", "personal_id_number", "open_personal_id"),
        migrations.RenameField("entitlement", "bank_account", "open_bank_account"),
        migrations.RenameField("bankaccountchange", "number", "open_number"),
        migrations.AddField("insuredperson", "personal_id_number", SealedText(kind="personal-id")),
        migrations.AddField("entitlement", "bank_account", SealedJSON(kind="bank-account", indexed=_BANK)),
        migrations.AddField("bankaccountchange", "number", SealedText(kind="bank-account", beside=("bank",))),
        seal_column("registry", "InsuredPerson", "personal_id_number", plain="open_personal_id"),
        seal_column("registry", "Entitlement", "bank_account", plain="open_bank_account"),
        seal_column("registry", "BankAccountChange", "number", plain="open_number"),
        # Undone, the columns come back with these defaults before the numbers are opened into them.
        migrations.AlterField(
            "insuredperson", "open_personal_id", models.CharField(max_length=12, blank=True, default="")
        ),
        migrations.AlterField("bankaccountchange", "open_number", models.CharField(max_length=19, default="")),
        migrations.RemoveField("insuredperson", "open_personal_id"),
        migrations.RemoveField("entitlement", "open_bank_account"),
        migrations.RemoveField("bankaccountchange", "open_number"),
        migrations.AlterField(
            "bankaccountchange", "number", SealedText(kind="bank-account", beside=("bank",), null=False)
        ),
        migrations.AddField("insuredperson", "personal_id_key", BlindIndex("personal_id_number")),
        migrations.AddField("entitlement", "bank_account_key", BlindIndex("bank_account")),
        migrations.AddField("bankaccountchange", "account_key", BlindIndex("number")),
        migrations.AddIndex("insuredperson", models.Index(fields=["personal_id_key"], name="insured_of_a_personal_id")),
        migrations.AddIndex(
            "entitlement", models.Index(fields=["bank_account_key"], name="benefits_of_a_bank_account")
        ),
        migrations.AddIndex("bankaccountchange", models.Index(fields=["account_key"], name="people_of_a_bank_account")),
    ]
