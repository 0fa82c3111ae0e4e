"""A cancelled claim stands beside the booking that takes it out of the books; one whose money came is not cancelled."""

from typing import Final

from django.db import migrations

CANCELLED: Final = """
CREATE FUNCTION payments_claim_cancelled() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM registry_recoveryclaim claim
        JOIN payments_ledgertransaction booked ON booked.key = 'claim:' || claim.id || ':cancelled'
        JOIN payments_ledgerentry side ON side.booking_id = booked.id
        WHERE claim.id = NEW.claim_id AND claim.insured_id = NEW.insured_id
            AND side.account = 'to_recover' AND side.amount = -claim.amount
    ) THEN
        RAISE EXCEPTION 'claim % is cancelled without the booking that takes it back', NEW.claim_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM payments_ledgertransaction WHERE key = 'claim:' || NEW.claim_id || ':collected') THEN
        RAISE EXCEPTION 'claim % was paid: it is not cancelled', NEW.claim_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payments_claim_cancelled AFTER INSERT ON registry_recoverycancellation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_claim_cancelled();
"""
FORGOTTEN: Final = """
DROP TRIGGER payments_claim_cancelled ON registry_recoverycancellation;
DROP FUNCTION payments_claim_cancelled();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0009_due_days"), ("registry", "0060_cancelled_claims")]

    operations = [migrations.RunSQL(CANCELLED, FORGOTTEN)]
