"""A claim is cancelled by two officers, or by a new result of its dossier, and by nothing else."""

from typing import Final

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import fixed_but, watch

GUARD: Final = """
CREATE FUNCTION casework_cancellation_allowed() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
DECLARE
    office text;
    closed timestamptz;
BEGIN
    SELECT office_code, closed_at INTO office, closed FROM dossiers_dossier WHERE id = NEW.dossier_id;
    IF closed IS NULL AND NEW.state <> 'declined' THEN
        RAISE EXCEPTION 'the new result of an open dossier says what becomes of its claims'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'proposed' OR NOT EXISTS (
            SELECT FROM registry_recoveryclaim WHERE id = NEW.claim_id AND dossier_id = NEW.dossier_id
        ) THEN
            RAISE EXCEPTION 'a claim of this dossier is proposed to be cancelled' USING ERRCODE = 'check_violation';
        END IF;
        IF NOT casework_is_the_viewer(NEW.proposed_by_id)
            OR NOT casework_works_at(NEW.proposed_by_id, office, NEW.proposed_at) THEN
            RAISE EXCEPTION 'it is proposed by an officer of the office that has the dossier'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'proposed' THEN
        RAISE EXCEPTION 'a proposal is answered once' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT casework_is_the_viewer(NEW.decided_by_id)
        OR NOT casework_works_at(NEW.decided_by_id, office, NEW.decided_at) THEN
        RAISE EXCEPTION 'it is answered by an officer of the office that has the dossier'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_cancellation_allowed BEFORE INSERT OR UPDATE ON casework_cancellationproposal
    FOR EACH ROW EXECUTE FUNCTION casework_cancellation_allowed();
"""
UNGUARD: Final = """
DROP TRIGGER casework_cancellation_allowed ON casework_cancellationproposal;
DROP FUNCTION casework_cancellation_allowed();
"""
# An agreed proposal did what it says: the claim is cancelled, or its money was here and the whole of it is ordered back.
DONE: Final = """
CREATE FUNCTION casework_cancellation_done() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM registry_recoverycancellation WHERE claim_id = NEW.claim_id) AND NOT EXISTS (
        SELECT FROM registry_recoveryclaim claim
        JOIN payments_order asked ON asked.id = NEW.order_id AND asked.state = 'paid'
        JOIN payments_order back ON back.id = NEW.back_id AND back.key = asked.key || ':given'
        WHERE claim.id = NEW.claim_id AND back.direction = 'out' AND back.dossier_id = NEW.dossier_id
            AND back.amount = claim.amount AND asked.amount = claim.amount
    ) THEN
        RAISE EXCEPTION 'claim % is neither cancelled nor given back', NEW.claim_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER casework_cancellation_done AFTER UPDATE ON casework_cancellationproposal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'agreed')
    EXECUTE FUNCTION casework_cancellation_done();
CREATE FUNCTION casework_claim_cancelled_by() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM casework_cancellationproposal WHERE claim_id = NEW.claim_id AND state = 'agreed'
    ) AND NOT EXISTS (
        SELECT FROM casework_reopening WHERE dossier_id = NEW.dossier_id AND at <= NEW.made_at
    ) THEN
        RAISE EXCEPTION 'claim % is cancelled by a new result, or by two officers', NEW.claim_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER casework_claim_cancelled_by AFTER INSERT ON registry_recoverycancellation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_claim_cancelled_by();
"""
UNDONE: Final = """
DROP TRIGGER casework_claim_cancelled_by ON registry_recoverycancellation;
DROP FUNCTION casework_claim_cancelled_by();
DROP TRIGGER casework_cancellation_done ON casework_cancellationproposal;
DROP FUNCTION casework_cancellation_done();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0053_money_not_by_hand"),
        ("dossiers", "0124_only_what_was_asked"),
        ("payments", "0010_cancelled_claims"),
        ("people", "0054_pages_of_payment"),
        ("platform", "0002_guards"),
        ("registry", "0060_cancelled_claims"),
    ]

    operations = [
        migrations.CreateModel(
            name="CancellationProposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Chờ lãnh đạo"),
                            ("agreed", "Lãnh đạo đồng ý, đã hủy"),
                            ("declined", "Lãnh đạo không đồng ý"),
                        ],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("ground", models.CharField(help_text="code of the dated grounds", max_length=40)),
                ("ground_vi", models.CharField(max_length=200)),
                ("ground_en", models.CharField(max_length=200)),
                ("basis_vi", models.CharField(help_text="clause, as it was on that day", max_length=300)),
                ("quality", models.CharField(help_text="how sure the clause is", max_length=20)),
                ("why", models.CharField(help_text="as the applicant reads it", max_length=1000)),
                ("document_number", models.CharField(blank=True, max_length=60)),
                ("document_day", models.DateField(blank=True, null=True)),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "order_id",
                    models.UUIDField(
                        blank=True, help_text="the order that asks for the claim, where there is one", null=True
                    ),
                ),
                (
                    "back_id",
                    models.UUIDField(blank=True, help_text="the order that gives back what had been paid", null=True),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="registry.recoveryclaim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cancellation_proposals",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
            options={
                "ordering": ["proposed_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "proposed")),
                        fields=["proposed_at"],
                        name="cancellations_to_decide",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "declined"), _negated=True),
                        fields=("claim",),
                        name="one_cancellation_of_a_claim",
                        violation_error_message="Khoản thu hồi này đã có đề nghị hủy.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", ""), _negated=True),
                            models.Q(("ground_vi", ""), _negated=True),
                            models.Q(("basis_vi", ""), _negated=True),
                            models.Q(("why", ""), _negated=True),
                        ),
                        name="cancellation_proposal_says_why",
                        violation_error_message="Đề nghị hủy khoản thu hồi phải có lý do, căn cứ và giải thích.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "proposed")),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True),
                                ("decided_by__isnull", False),
                                ("decided_at__isnull", False),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="cancellation_decided_by_another",
                        violation_error_message="Người đề nghị hủy khoản thu hồi không tự đồng ý được.",
                    ),
                ],
            },
        ),
        watch("casework_cancellationproposal"),
        fixed_but("casework_cancellationproposal", "state", "note", "decided_by_id", "decided_at", "back_id"),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(DONE, UNDONE),
    ]
