"""Personal numbers and bank accounts of people are sealed for their rows and found by blind indexes (decision 0016)."""

from django.db import migrations, models

from ansinh.platform.sealed_fields.convert import seal_column
from ansinh.platform.sealed_fields.fields import BlindIndex, SealedJSON, SealedText

_NO_POLICY_ON_THE_OPEN_NUMBER = "SET CONSTRAINTS ALL IMMEDIATE; DROP POLICY IF EXISTS wall ON people_staffinvitation;"
"""Without its policy a walled table shows nothing; `walls.0006` gives the new one."""
_POLICY_OF_BEFORE = """
CREATE POLICY wall ON people_staffinvitation FOR ALL USING (
    (SELECT current_setting('ansinh.viewer', true) IN ('house', 'door', 'counter'))
    OR organisation_id = (SELECT nullif(current_setting('ansinh.owner', true), '')::uuid)
    OR EXISTS (SELECT FROM people_account account JOIN people_person person ON person.id = account.person_id
        WHERE account.id = (SELECT nullif(current_setting('ansinh.account', true), '')::uuid)
            AND person.personal_id_number = people_staffinvitation.personal_id_number)
)
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0042_care_contracts_moved")]

    operations = [
        migrations.RunSQL(_NO_POLICY_ON_THE_OPEN_NUMBER, _POLICY_OF_BEFORE),
        migrations.RemoveConstraint("person", "one_person_per_personal_id"),
        migrations.RemoveConstraint("person", "something_identifies_a_person"),
        migrations.RemoveConstraint("staffinvitation", "one_open_invitation"),
        migrations.RemoveIndex("staffinvitation", "invitations_of_person"),
        migrations.RenameField("person", "personal_id_number", "open_personal_id"),
        migrations.RenameField("person", "bank_account", "open_bank_account"),
        migrations.RenameField("staffinvitation", "personal_id_number", "open_personal_id"),
        migrations.AddField(
            "person",
            "personal_id_number",
            SealedText(kind="personal-id", help_text="empty: a child without one"),
        ),
        migrations.AddField("person", "bank_account", SealedJSON(kind="bank-account", indexed=("bank", "number"))),
        migrations.AddField("staffinvitation", "personal_id_number", SealedText(kind="personal-id")),
        seal_column("people", "Person", "personal_id_number", plain="open_personal_id"),
        seal_column("people", "Person", "bank_account", plain="open_bank_account"),
        seal_column("people", "StaffInvitation", "personal_id_number", plain="open_personal_id"),
        # Undone, the columns come back with these defaults before the numbers are opened into them.
        migrations.AlterField("person", "open_personal_id", models.CharField(max_length=12, blank=True, default="")),
        migrations.AlterField("staffinvitation", "open_personal_id", models.CharField(max_length=12, default="")),
        migrations.RemoveField("person", "open_personal_id"),
        migrations.RemoveField("person", "open_bank_account"),
        migrations.RemoveField("staffinvitation", "open_personal_id"),
        migrations.AlterField("staffinvitation", "personal_id_number", SealedText(kind="personal-id", null=False)),
        migrations.AddField("person", "personal_id_key", BlindIndex("personal_id_number")),
        migrations.AddField("person", "bank_account_key", BlindIndex("bank_account")),
        migrations.AddField("staffinvitation", "personal_id_key", BlindIndex("personal_id_number")),
        migrations.AddConstraint(
            "person", models.UniqueConstraint(fields=["personal_id_key"], name="one_person_per_personal_id")
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=~models.Q(personal_id_number="") | ~models.Q(si_number="") | ~models.Q(birth_certificate=""),
                name="something_identifies_a_person",
                violation_error_message="Cần số định danh, mã số BHXH hoặc số giấy khai sinh để biết đó là ai.",
            ),
        ),
        migrations.AddIndex("person", models.Index(fields=["bank_account_key"], name="persons_of_a_bank_account")),
        migrations.AddConstraint(
            "staffinvitation",
            models.UniqueConstraint(
                fields=["organisation", "personal_id_key"],
                condition=models.Q(state="open"),
                name="one_open_invitation",
                violation_error_message="Người này đang có một lời mời chưa trả lời.",
            ),
        ),
        migrations.AddIndex(
            "staffinvitation", models.Index(fields=["personal_id_key", "state"], name="invitations_of_person")
        ),
    ]
