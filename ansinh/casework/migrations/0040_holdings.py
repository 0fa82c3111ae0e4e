"""The ledger of holders: an owner for every minute of a dossier, written by the database when it changes hands.

Dossiers filed before are filled in from their history by two statements; who writes dossiers waits meanwhile.
"""

from typing import Final

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

from ansinh.platform.audit import fixed_but

HOLDER: Final = """
CREATE FUNCTION casework_holder(state text, accepted_at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT CASE
    WHEN state = 'waiting_for_originals' THEN 'post'
    WHEN state = 'waiting_for_payment' THEN 'payment'
    WHEN state = 'waiting_for_applicant' THEN 'applicant'
    WHEN state IN ('granted', 'refused', 'withdrawn') THEN NULL
    WHEN accepted_at IS NULL THEN 'checking'
    ELSE 'office'
END
$$;
"""
"""Who holds a dossier in this state; NULL: it is closed."""

# `last_event_at` is the moment of whatever changes a dossier; `closed_at` that of its end. A change of hands that names
# no moment would be dated to an earlier event: it is refused. Whoever was given the dossier in this office and role
# stays in charge of it while the applicant has it, and when it comes back. A dossier loaded where it stands gets
# the rows up to there.
HOLD: Final = """
CREATE FUNCTION casework_hold() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
DECLARE
    held casework_holding;
    next_holder text := casework_holder(NEW.state, NEW.accepted_at);
    moment timestamptz := coalesce(NEW.closed_at, NEW.last_event_at);
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.accepted_at > NEW.submitted_at THEN
            INSERT INTO casework_holding (dossier_id, holder, office_code, stage, role, agency, begun_at, ended_at)
            VALUES (NEW.id, 'checking', NEW.office_code, '', '', '', NEW.submitted_at, NEW.accepted_at);
        END IF;
        moment := greatest(NEW.submitted_at, NEW.accepted_at);
        IF next_holder = 'applicant' AND NEW.last_event_at > moment THEN
            INSERT INTO casework_holding (dossier_id, holder, office_code, stage, role, agency, begun_at, ended_at)
            VALUES (NEW.id, casework_holder('in_progress', NEW.accepted_at), NEW.office_code, NEW.stage,
                NEW.stage_role, '', moment, NEW.last_event_at);
            moment := NEW.last_event_at;
        END IF;
        INSERT INTO casework_holding (dossier_id, holder, office_code, stage, role, agency, begun_at, ended_at)
        VALUES (NEW.id, coalesce(next_holder, casework_holder('in_progress', NEW.accepted_at)), NEW.office_code,
            NEW.stage, NEW.stage_role, '', moment, NEW.closed_at);
        RETURN NULL;
    END IF;
    SELECT * INTO held FROM casework_holding WHERE dossier_id = NEW.id ORDER BY id DESC LIMIT 1;
    IF held.ended_at IS NULL AND (held.holder, held.office_code, held.stage, held.role)
        = (next_holder, NEW.office_code, NEW.stage, NEW.stage_role) THEN
        RETURN NULL;
    END IF;
    IF NEW.closed_at IS NOT DISTINCT FROM OLD.closed_at AND NEW.last_event_at = OLD.last_event_at
        AND held.begun_at < NEW.last_event_at THEN
        RAISE EXCEPTION 'dossier % changes hands at no moment: set last_event_at too', NEW.number
            USING ERRCODE = 'check_violation';
    END IF;
    moment := greatest(moment, held.begun_at, held.ended_at);
    IF held.ended_at IS NULL THEN
        UPDATE casework_holding SET ended_at = moment WHERE id = held.id;
    ELSIF next_holder IS NOT NULL THEN
        INSERT INTO casework_holding (dossier_id, holder, office_code, stage, role, agency, begun_at, ended_at)
        VALUES (NEW.id, 'ended', held.office_code, held.stage, '', '', held.ended_at, moment);
    END IF;
    IF next_holder IS NOT NULL THEN
        INSERT INTO casework_holding
            (dossier_id, holder, office_code, stage, role, officer_id, agency, begun_at)
        VALUES (NEW.id, next_holder, NEW.office_code, NEW.stage, NEW.stage_role,
            (SELECT officer_id FROM casework_holding
                WHERE dossier_id = NEW.id AND office_code = NEW.office_code AND role = NEW.stage_role AND role <> ''
                ORDER BY id DESC LIMIT 1),
            '', moment);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER casework_hold_filed AFTER INSERT ON dossiers_dossier FOR EACH ROW EXECUTE FUNCTION casework_hold();
CREATE TRIGGER casework_hold_moved AFTER UPDATE OF state, stage, stage_role, office_code, accepted_at, closed_at
    ON dossiers_dossier FOR EACH ROW
    WHEN ((OLD.state, OLD.stage, OLD.stage_role, OLD.office_code, OLD.accepted_at, OLD.closed_at)
        IS DISTINCT FROM (NEW.state, NEW.stage, NEW.stage_role, NEW.office_code, NEW.accepted_at, NEW.closed_at))
    EXECUTE FUNCTION casework_hold();
"""
UNHOLD: Final = """
DROP TRIGGER casework_hold_moved ON dossiers_dossier;
DROP TRIGGER casework_hold_filed ON dossiers_dossier;
DROP FUNCTION casework_hold();
"""

ENDED_ONCE: Final = """
CREATE FUNCTION casework_holding_ended_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
        RAISE EXCEPTION 'holding % has ended: its end is not set again', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_holding_ended_once BEFORE UPDATE OF ended_at ON casework_holding
    FOR EACH ROW EXECUTE FUNCTION casework_holding_ended_once();
"""
NOT_ONCE: Final = """
DROP TRIGGER casework_holding_ended_once ON casework_holding;
DROP FUNCTION casework_holding_ended_once();
"""

# Looked at when the transaction ends, of rows that anybody but the trigger above wrote: that one fits by itself.
FITS: Final = """
CREATE FUNCTION casework_holdings_fit() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
DECLARE
    dossier dossiers_dossier;
    newest casework_holding;
    next_holder text;
BEGIN
    SELECT * INTO dossier FROM dossiers_dossier WHERE id = NEW.dossier_id;
    SELECT * INTO newest FROM casework_holding WHERE dossier_id = NEW.dossier_id ORDER BY id DESC LIMIT 1;
    next_holder := casework_holder(dossier.state, dossier.accepted_at);
    IF EXISTS (
        SELECT FROM (
            SELECT begun_at, lag(ended_at, 1, dossier.submitted_at) OVER (ORDER BY id) AS before
            FROM casework_holding WHERE dossier_id = NEW.dossier_id) one
        WHERE before IS DISTINCT FROM begun_at
    ) THEN
        RAISE EXCEPTION 'holdings of dossier % have a gap', dossier.number USING ERRCODE = 'check_violation';
    END IF;
    IF (next_holder IS NULL) <> (newest.ended_at IS NOT NULL) OR next_holder IS NOT NULL AND (
        (newest.office_code, newest.stage, newest.role) <> (dossier.office_code, dossier.stage, dossier.stage_role)
        OR newest.holder <> next_holder AND NOT (newest.holder = 'agency' AND next_holder IN ('office', 'checking'))
    ) THEN
        RAISE EXCEPTION 'holdings of dossier % do not fit its state %', dossier.number, dossier.state
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER casework_holdings_fit AFTER INSERT OR UPDATE ON casework_holding
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION casework_holdings_fit();
"""
UNFIT: Final = """
DROP TRIGGER casework_holdings_fit ON casework_holding;
DROP FUNCTION casework_holdings_fit();
"""

# Of each dossier: the moments at which its history says that somebody else took it, with the office of that event.
# The stage of earlier times is not in the history; the newest row has the present one.
FILL: Final = """
INSERT INTO casework_holding (dossier_id, holder, office_code, stage, role, agency, begun_at, ended_at)
SELECT dossier.id,
    CASE WHEN mark.is_newest THEN coalesce(casework_holder(dossier.state, dossier.accepted_at), mark.holder)
        ELSE mark.holder END,
    CASE WHEN mark.is_newest THEN dossier.office_code ELSE mark.office_code END,
    CASE WHEN mark.is_newest THEN dossier.stage ELSE '' END,
    CASE WHEN mark.is_newest THEN dossier.stage_role ELSE '' END,
    '',
    CASE WHEN mark.is_oldest THEN dossier.submitted_at ELSE mark.at END,
    CASE WHEN mark.is_newest THEN dossier.closed_at ELSE mark.until END
FROM (
    SELECT dossier_id, id, holder, office_code, at, lead(at) OVER story AS until,
        row_number() OVER story = 1 AS is_oldest, lead(at) OVER story IS NULL AS is_newest
    FROM (
        SELECT dossier_id, holder, office_code, id,
            max(at) OVER (PARTITION BY dossier_id ORDER BY id) AS at,
            lag(holder || ' ' || office_code) OVER (PARTITION BY dossier_id ORDER BY id)
                IS DISTINCT FROM holder || ' ' || office_code AS changes
        FROM (
            SELECT event.dossier_id, event.id, event.office_code,
                least(greatest(event.at, held.submitted_at), held.closed_at) AS at,
                CASE event.kind
                    WHEN 'submitted' THEN casework_holder(coalesce(event.facts ->> 'state', held.state), NULL)
                    WHEN 'payment_asked' THEN 'payment'
                    WHEN 'supplement_requested' THEN 'applicant'
                    ELSE casework_holder('in_progress',
                        CASE WHEN held.accepted_at <= event.at THEN held.accepted_at END)
                END AS holder
            FROM dossiers_dossierevent event JOIN dossiers_dossier held ON held.id = event.dossier_id
            WHERE event.kind IN ('submitted', 'originals_received', 'payment_asked', 'payment_received', 'accepted',
                'routed', 'handed_over', 'registration_approved', 'organisation_approved', 'supplement_requested',
                'supplement_received')
        ) told
    ) followed
    WHERE changes
    WINDOW story AS (PARTITION BY dossier_id ORDER BY id)
) mark
JOIN dossiers_dossier dossier ON dossier.id = mark.dossier_id
ORDER BY mark.dossier_id, mark.id;
"""
"""Rows of dossiers from before. A dossier without any history gets none here: `FILL_UNTOLD` does."""

FILL_UNTOLD: Final = """
INSERT INTO casework_holding (dossier_id, holder, office_code, stage, role, agency, begun_at, ended_at)
SELECT id, coalesce(casework_holder(state, accepted_at), 'office'), office_code, stage, stage_role, '',
    submitted_at, closed_at
FROM dossiers_dossier dossier
WHERE NOT EXISTS (SELECT FROM casework_holding WHERE dossier_id = dossier.id);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0016_related"),
        ("dossiers", "0092_waiting_for_payment"),
        ("offices", "0001_initial"),  # btree_gist
        ("people", "0054_pages_of_payment"),
        ("platform", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "holder",
                    models.CharField(
                        choices=[
                            ("checking", "Cơ quan kiểm tra trước khi tiếp nhận"),
                            ("office", "Cơ quan BHXH giải quyết"),
                            ("applicant", "Người nộp bổ sung"),
                            ("agency", "Cơ quan khác cho ý kiến"),
                            ("post", "Bưu điện chuyển bản chính"),
                            ("payment", "Người nộp nộp tiền"),
                            ("ended", "Hồ sơ đã kết thúc"),
                        ],
                        max_length=9,
                    ),
                ),
                ("office_code", models.CharField(help_text="where the dossier is meanwhile", max_length=5)),
                (
                    "stage",
                    models.CharField(blank=True, help_text="empty: from before the rows were kept", max_length=40),
                ),
                ("role", models.CharField(blank=True, max_length=20)),
                ("agency", models.CharField(blank=True, help_text="the other agency, in words", max_length=200)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="who is in charge of it at the office meanwhile; empty: whoever has the role",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gte", models.F("begun_at")), _connector="OR"
                        ),
                        name="holding_ends_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holder", "agency"), ("agency", ""), _connector="XOR"),
                        name="agency_has_a_name",
                        violation_error_message="Chưa ghi cơ quan nào đang giữ hồ sơ.",
                    ),
                ],
            },
        ),
        migrations.RunSQL("SET LOCAL ansinh.viewer = 'house'", migrations.RunSQL.noop),
        migrations.RunSQL(HOLDER, "DROP FUNCTION casework_holder(text, timestamptz)"),
        migrations.RunSQL(HOLD, UNHOLD),  # from here on nobody writes a dossier until this is done
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(FILL_UNTOLD, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="holding",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("dossier"), "="),
                    (models.Func(models.F("begun_at"), models.F("ended_at"), function="tstzrange"), "&&"),
                ],
                name="one_holder_at_a_time",
                violation_error_message="Mỗi lúc chỉ một bên giữ hồ sơ.",
            ),
        ),
        migrations.AddIndex(
            model_name="holding", index=models.Index(fields=["dossier", "id"], name="holdings_of_dossier")
        ),
        fixed_but("casework_holding", "ended_at"),
        migrations.RunSQL(ENDED_ONCE, NOT_ONCE),
        migrations.RunSQL(FITS, UNFIT),
    ]
