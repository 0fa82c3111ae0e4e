"""Numbers of labels, the moves an outgoing item can make, and what of an item is never rewritten."""

from django.db import migrations

from ansinh.platform.audit import append_only, fixed_but, watch

_NUMBERS = "CREATE SEQUENCE post_label_number MAXVALUE 99999999"
_MOVES = """
CREATE FUNCTION post_outgoing_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.state, NEW.state) NOT IN (
        ('prepared', 'posted'), ('prepared', 'dropped'), ('posted', 'delivered'), ('posted', 'returned'),
        ('returned', 'sent_again'), ('returned', 'kept'), ('kept', 'collected'), ('kept', 'sent_again')
    ) THEN
        RAISE EXCEPTION 'a postal item does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER post_outgoing_moves BEFORE UPDATE OF state ON post_outgoingitem FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION post_outgoing_moves();
CREATE FUNCTION post_incoming_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an incoming item that was dealt with is never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER post_incoming_ends BEFORE UPDATE ON post_incomingitem FOR EACH ROW
    WHEN (OLD.state <> 'waiting') EXECUTE FUNCTION post_incoming_ends();
"""
_NO_MOVES = """
DROP TRIGGER post_incoming_ends ON post_incomingitem;
DROP FUNCTION post_incoming_ends();
DROP TRIGGER post_outgoing_moves ON post_outgoingitem;
DROP FUNCTION post_outgoing_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("post", "0001_items"), ("platform", "0003_signed_actor")]

    operations = [
        migrations.RunSQL(_NUMBERS, "DROP SEQUENCE post_label_number"),
        migrations.RunSQL(_MOVES, _NO_MOVES),
        watch("post_outgoingitem"),
        watch("post_incomingitem"),
        fixed_but(
            "post_outgoingitem", "state", "tracking_number", "posted_at", "delivered_at", "returned_at",
            "return_reason", "answer", "new_address", "answered_at", "answered_by", "ended_at", "collected_by",
        ),
        fixed_but("post_incomingitem", "state", "dossier_id", "ended_at", "ended_by_id", "why"),
        append_only("post_incomingscan"),
    ]  # fmt: skip
