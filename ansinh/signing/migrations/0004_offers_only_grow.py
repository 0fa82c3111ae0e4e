"""An offer is never changed; evidence of a signed document is of the offer's own account and content."""

from django.db import migrations

from ansinh.platform.audit import append_only


class Migration(migrations.Migration):
    dependencies = [("signing", "0003_signed_documents"), ("platform", "0002_guards")]

    operations = [
        append_only("signing_signingoffer"),
        migrations.RunSQL(
            """
            ALTER TABLE signing_signingoffer
                ADD CONSTRAINT offer_account_and_digest UNIQUE (id, account_id, digest);
            ALTER TABLE signing_evidencerecord
                ADD CONSTRAINT evidence_is_of_its_offer FOREIGN KEY (offer_id, account_id, digest)
                REFERENCES signing_signingoffer (id, account_id, digest) DEFERRABLE INITIALLY IMMEDIATE;
            """,
            """
            ALTER TABLE signing_evidencerecord DROP CONSTRAINT evidence_is_of_its_offer;
            ALTER TABLE signing_signingoffer DROP CONSTRAINT offer_account_and_digest;
            """,
        ),
    ]
