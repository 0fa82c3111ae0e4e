"""No refusal without reasons pinned to the dossier, also for SQL; and the second round that a superior lets be."""

from typing import Final

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import fixed_but, watch

# Of new decisions; one proposed before keeps the reasons it was given.
PINNED: Final = """
CREATE FUNCTION casework_pinned_reasons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF jsonb_typeof(NEW.reasons) <> 'array' OR jsonb_array_length(NEW.reasons) = 0 OR EXISTS (
        SELECT FROM jsonb_array_elements(NEW.reasons) reason
        WHERE coalesce(trim(reason ->> 'code'), '') = '' OR coalesce(trim(reason ->> 'clause_vi'), '') = ''
            OR coalesce(trim(reason ->> 'explanation'), '') = '' OR coalesce(trim(reason ->> 'target'), '') = ''
            OR coalesce(reason ->> 'target_kind', '') NOT IN ('field', 'row', 'paper')
    ) THEN
        RAISE EXCEPTION 'a refusal needs reasons, each with code, clause, explanation and a pinned place'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_reasons_proposed BEFORE INSERT ON casework_decision
    FOR EACH ROW WHEN (NEW.kind = 'refuse') EXECUTE FUNCTION casework_pinned_reasons();
CREATE TRIGGER casework_reasons_changed BEFORE UPDATE OF kind, reasons ON casework_decision
    FOR EACH ROW WHEN (NEW.kind = 'refuse' AND (OLD.kind, OLD.reasons) IS DISTINCT FROM (NEW.kind, NEW.reasons))
    EXECUTE FUNCTION casework_pinned_reasons();
"""
UNPINNED: Final = """
DROP TRIGGER casework_reasons_changed ON casework_decision;
DROP TRIGGER casework_reasons_proposed ON casework_decision;
DROP FUNCTION casework_pinned_reasons();
"""

REFUSED: Final = """
CREATE FUNCTION casework_no_reason_no_refusal() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM dossiers_dossier WHERE id = NEW.id AND state = 'refused') THEN
        RETURN NULL;
    END IF;
    IF NEW.procedure IN ('dang-ky-gdt-ca-nhan', 'dang-ky-gdt-duoi-18') OR NOT EXISTS (
        SELECT FROM casework_decision WHERE dossier_id = NEW.id AND kind = 'refuse' AND state = 'signed'
    ) THEN
        RAISE EXCEPTION 'dossier % is refused without a signed decision and its reasons', NEW.number
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER casework_no_reason_no_refusal AFTER UPDATE OF state ON dossiers_dossier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'refused' AND OLD.state <> NEW.state)
    EXECUTE FUNCTION casework_no_reason_no_refusal();
"""
NOT_REFUSED: Final = """
DROP TRIGGER casework_no_reason_no_refusal ON dossiers_dossier;
DROP FUNCTION casework_no_reason_no_refusal();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0040_holdings"),
        ("dossiers", "0120_pinned_reasons"),
        ("people", "0054_pages_of_payment"),
        ("platform", "0003_signed_actor"),
    ]

    operations = [
        migrations.RunSQL(PINNED, UNPINNED),
        migrations.RunSQL(REFUSED, NOT_REFUSED),
        migrations.CreateModel(
            name="RoundProposal",
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
                            ("proposed", "Chờ lãnh đạo phòng, tổ"),
                            ("approved", "Đã đồng ý"),
                            ("declined", "Không đồng ý"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                ("asks", models.JSONField(help_text="places with reason, what is wrong and what is right")),
                ("why", models.TextField(help_text="why it could not be asked the first time")),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
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
                        related_name="round_proposals",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("dossier",),
                        name="one_open_round_proposal",
                        violation_error_message="Hồ sơ đang có một đề nghị bổ sung lần nữa chờ lãnh đạo.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("why", ""), _negated=True), models.Q(("asks", []), _negated=True)),
                        name="round_proposal_has_reasons",
                        violation_error_message="Đề nghị bổ sung lần nữa phải ghi vì sao và ghim chỗ nào.",
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
                        name="round_decided_by_another",
                        violation_error_message="Người đề nghị không tự đồng ý được.",
                    ),
                ],
            },
        ),
        watch("casework_roundproposal"),
        fixed_but("casework_roundproposal", "state", "decided_by_id", "decided_at", "note"),
    ]
