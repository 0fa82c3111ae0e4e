"""The database lets no money out unless the officers it takes have released it, whoever writes the row."""

from django.db import migrations

from ansinh.platform.audit import append_only, fixed_but, watch

GUARD = """
CREATE FUNCTION payments_release_limit(moment timestamptz) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT above FROM payments_releaselimit
                     WHERE valid_from <= (moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
                     ORDER BY valid_from DESC LIMIT 1), 0)
$$;
CREATE FUNCTION payments_released() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
DECLARE
    file payments_batch;
    handed payments_cashpayment;
BEGIN
    IF NEW.direction <> 'out' OR NEW.state NOT IN ('sent', 'paid') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state IN ('sent', 'paid') THEN
        RETURN NEW;
    END IF;
    IF NEW.method = 'cash' THEN
        SELECT * INTO handed FROM payments_cashpayment WHERE order_id = NEW.id AND state = 'paid';
        IF handed.id IS NULL OR handed.amount <> NEW.amount THEN
            RAISE EXCEPTION 'order % is not paid in cash by two', NEW.code USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.amount > payments_release_limit(handed.opened_at) AND handed.released_by_id IS NULL THEN
            RAISE EXCEPTION 'order % is above the limit and nobody released it', NEW.code
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO file FROM payments_batch WHERE id = NEW.batch_id;
    IF file.released_by_id IS NULL THEN
        RAISE EXCEPTION 'order % is in no released file', NEW.code USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.amount > payments_release_limit(file.prepared_at) AND file.approved_by_id IS NULL THEN
        RAISE EXCEPTION 'order % is above the limit and was released once only', NEW.code
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_order_released BEFORE INSERT OR UPDATE OF state ON payments_order
    FOR EACH ROW EXECUTE FUNCTION payments_released();
"""
UNGUARD = """
DROP TRIGGER payments_order_released ON payments_order;
DROP FUNCTION payments_released();
DROP FUNCTION payments_release_limit(timestamptz);
"""
_BEFORE = fixed_but("payments_batch", "state", "released_by_id", "released_at", "closed_at")
_AFTER = fixed_but(
    "payments_batch", "state", "approved_by_id", "approved_at", "released_by_id", "released_at", "closed_at"
)


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_release_and_cash"), ("platform", "0003_signed_actor")]

    operations = [
        migrations.RunSQL(_BEFORE.reverse_sql, _BEFORE.sql),
        migrations.RunSQL(_AFTER.sql, _AFTER.reverse_sql),
        migrations.RunSQL(GUARD, UNGUARD),
        append_only("payments_releaselimit"),
        append_only("payments_cashcount"),
        watch("payments_cashpayment"),
        fixed_but(
            "payments_cashpayment", "state", "released_by_id", "released_at", "receipt_id", "witness_id", "paid_at",
            "dropped_because", sealed=["receiver_paper"],
        ),
    ]  # fmt: skip
