"""A waiting change of a paid account stands at the office that pays; those of before are given theirs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0054_records"), ("people", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="bankaccountchange",
            name="office_code",
            field=models.CharField(blank=True, help_text="whose officers deal with it", max_length=5),
        ),
        migrations.AddIndex(
            model_name="bankaccountchange",
            index=models.Index(
                fields=["office_code", "asked_at"],
                condition=models.Q(("state__in", ("review", "frozen"))),
                name="bank_account_changes_at_office",
            ),
        ),
        migrations.RunSQL(
            """
            UPDATE registry_bankaccountchange change
               SET office_code = insured.managing_office
              FROM people_person person
              JOIN registry_insuredperson insured ON insured.si_number = person.si_number
             WHERE person.id = change.person_id AND change.office_code = '' AND change.state IN ('review', 'frozen')
            """,
            migrations.RunSQL.noop,
        ),
    ]
