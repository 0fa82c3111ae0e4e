"""The database refuses a booking that does not balance, an entry that comes late, and any change of what was booked."""

from django.db import migrations

from ansinh.platform.audit import append_only, fixed_but, watch

# The sum is looked at when the transaction ends, of all entries whoever may see them.
BALANCE = """
CREATE FUNCTION payments_balances() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
DECLARE
    booked uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
    total numeric;
    sides int;
BEGIN
    SELECT coalesce(sum(amount), 0), count(*) INTO total, sides FROM payments_ledgerentry WHERE booking_id = booked;
    IF total <> 0 OR sides < 2 THEN
        RAISE EXCEPTION 'booking % does not balance: % entries, sum %', booked, sides, total
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payments_booking_balances AFTER INSERT ON payments_ledgertransaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_balances('id');
CREATE CONSTRAINT TRIGGER payments_entry_balances AFTER INSERT ON payments_ledgerentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_balances('booking_id');
"""
UNBALANCE = """
DROP TRIGGER payments_entry_balances ON payments_ledgerentry;
DROP TRIGGER payments_booking_balances ON payments_ledgertransaction;
DROP FUNCTION payments_balances();
"""

# A balanced pair added to a booking of yesterday would change what it says.
TOGETHER = """
CREATE FUNCTION payments_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.transaction_number := txid_current();
    RETURN NEW;
END $$;
CREATE TRIGGER payments_booking_numbered BEFORE INSERT ON payments_ledgertransaction
    FOR EACH ROW EXECUTE FUNCTION payments_numbered();
CREATE FUNCTION payments_together() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM payments_ledgertransaction WHERE id = NEW.booking_id AND transaction_number = txid_current()
    ) THEN
        RAISE EXCEPTION 'booking % is closed: no entry is added later', NEW.booking_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_entry_together BEFORE INSERT ON payments_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION payments_together();
"""
APART = """
DROP TRIGGER payments_entry_together ON payments_ledgerentry;
DROP FUNCTION payments_together();
DROP TRIGGER payments_booking_numbered ON payments_ledgertransaction;
DROP FUNCTION payments_numbered();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("platform", "0003_signed_actor")]

    operations = [
        append_only("payments_ledgertransaction"),
        append_only("payments_ledgerentry"),
        append_only("payments_orderevent"),
        migrations.RunSQL(BALANCE, UNBALANCE),
        migrations.RunSQL(TOGETHER, APART),
        watch("payments_order"),
        watch("payments_batch"),
        watch("payments_banknotice"),
        fixed_but(
            "payments_order", "state", "bank", "number", "holder", "batch_id", "rounds", "bank_reference",
            "returned_because", "paid_at", "closed_at",
        ),
        fixed_but("payments_batch", "state", "released_by_id", "released_at", "closed_at"),
        fixed_but(
            "payments_banknotice", "state", "order_id", "office_code", "resolution", "note", "resolved_by_id",
            "resolved_at",
        ),
    ]  # fmt: skip
