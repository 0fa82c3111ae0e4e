"""Rules of assignment, skills, and the assignments of dossiers; the dossier names who has its present step."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import ansinh.offices.models
import ansinh.platform.identifiers
from ansinh.platform.audit import fixed_but

_HANDLER = """
CREATE FUNCTION casework_handler_of(dossier uuid, office text, role_there text) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT officer_id FROM casework_caseassignment
    WHERE dossier_id = dossier AND office_code = office AND role = role_there AND ended_at IS NULL
$$;
CREATE FUNCTION casework_keep_handler() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.handler_id := CASE WHEN NEW.stage_role <> '' AND NEW.closed_at IS NULL
        THEN casework_handler_of(NEW.id, NEW.office_code, NEW.stage_role) END;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_handler BEFORE UPDATE ON dossiers_dossier FOR EACH ROW
    WHEN ((OLD.office_code, OLD.stage_role, OLD.closed_at, OLD.handler_id)
        IS DISTINCT FROM (NEW.office_code, NEW.stage_role, NEW.closed_at, NEW.handler_id))
    EXECUTE FUNCTION casework_keep_handler();
CREATE FUNCTION casework_tell_handler() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE dossiers_dossier
    SET handler_id = casework_handler_of(NEW.dossier_id, NEW.office_code, NEW.role)
    WHERE id = NEW.dossier_id AND office_code = NEW.office_code AND stage_role = NEW.role AND closed_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER casework_handler AFTER INSERT OR UPDATE ON casework_caseassignment
    FOR EACH ROW EXECUTE FUNCTION casework_tell_handler();
"""
_WITHOUT = """
DROP TRIGGER casework_handler ON casework_caseassignment;
DROP FUNCTION casework_tell_handler();
DROP TRIGGER casework_handler ON dossiers_dossier;
DROP FUNCTION casework_keep_handler();
DROP FUNCTION casework_handler_of(uuid, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0013_issuing"),
        ("dossiers", "0094_handler"),
        ("people", "0054_pages_of_payment"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseAssignment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office_code", models.CharField(max_length=5)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("intake_officer", "Cán bộ tiếp nhận một cửa"),
                            ("unit_officer", "Cán bộ chuyên quản"),
                            ("benefit_officer", "Chuyên viên chế độ BHXH"),
                            ("collection_officer", "Chuyên quản thu"),
                            ("card_officer", "Cán bộ sổ, thẻ"),
                            ("health_assessor", "Giám định viên BHYT"),
                            ("finance_officer", "Kế toán chi trả"),
                            ("department_head", "Trưởng phòng, tổ trưởng"),
                            ("leader", "Giám đốc, Phó Giám đốc"),
                            ("approving_officer", "Người được giao phê duyệt đăng ký"),
                            ("provincial_director", "Giám đốc BHXH tỉnh"),
                            ("system_admin", "Quản trị hệ thống"),
                            ("central_officer", "Cán bộ BHXH Việt Nam"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "by",
                    models.CharField(
                        choices=[
                            ("hand", "Người quản lý giao"),
                            ("unit", "Người phụ trách đơn vị"),
                            ("rule", "Theo quy tắc của cơ quan"),
                            ("fair", "Chia đều theo lượng việc"),
                        ],
                        max_length=4,
                    ),
                ),
                (
                    "why",
                    models.JSONField(
                        default=dict, help_text="facts of the choice: loads compared, who was left out and why"
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="of an assignment by hand, in the manager's words")),
                ("assigned_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assigned_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="dossiers.dossier"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="people.officer"
                    ),
                ),
            ],
            options={
                "ordering": ["assigned_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["officer", "office_code"],
                        name="running_cases",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("dossier", "office_code", "role"),
                        name="one_present_assignment",
                        violation_error_message="Hồ sơ đã được giao cho một người khác ở bước này.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", "hand"), _negated=True),
                            models.Q(("assigned_by__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="assignment_by_hand_says_why",
                        violation_error_message="Giao hồ sơ bằng tay thì phải ghi ai giao và vì sao.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, help_text="taken back at this moment, before its last day", null=True
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office_code", models.CharField(max_length=5)),
                ("procedure", models.CharField(help_text="slug", max_length=80)),
                ("given_at", models.DateTimeField()),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="skills", to="people.officer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        expressions=[
                            (models.F("office_code"), "="),
                            (models.F("officer"), "="),
                            (models.F("procedure"), "="),
                            (
                                ansinh.offices.models.DateRange(
                                    "valid_from",
                                    "valid_to",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_skill_at_a_time",
                        violation_error_message="Người này đã được ghi làm thủ tục đó trong thời gian đó.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkRule",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, help_text="taken back at this moment, before its last day", null=True
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office_code", models.CharField(max_length=5)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("intake_officer", "Cán bộ tiếp nhận một cửa"),
                            ("unit_officer", "Cán bộ chuyên quản"),
                            ("benefit_officer", "Chuyên viên chế độ BHXH"),
                            ("collection_officer", "Chuyên quản thu"),
                            ("card_officer", "Cán bộ sổ, thẻ"),
                            ("health_assessor", "Giám định viên BHYT"),
                            ("finance_officer", "Kế toán chi trả"),
                            ("department_head", "Trưởng phòng, tổ trưởng"),
                            ("leader", "Giám đốc, Phó Giám đốc"),
                            ("approving_officer", "Người được giao phê duyệt đăng ký"),
                            ("provincial_director", "Giám đốc BHXH tỉnh"),
                            ("system_admin", "Quản trị hệ thống"),
                            ("central_officer", "Cán bộ BHXH Việt Nam"),
                        ],
                        help_text="whose step of the dossier",
                        max_length=20,
                    ),
                ),
                ("procedure", models.CharField(blank=True, help_text="slug; empty: all", max_length=80)),
                ("group", models.CharField(blank=True, help_text="group of procedures; empty: all", max_length=60)),
                (
                    "commune_code",
                    models.CharField(blank=True, help_text="of the applicant's address; empty: all", max_length=5),
                ),
                (
                    "function",
                    models.CharField(
                        blank=True,
                        help_text="shared out among officers of this function only; empty: all of the role",
                        max_length=20,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        help_text="who gets them; empty: shared out fairly",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["office_code", "role"], name="work_rule_office")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        expressions=[
                            (models.F("office_code"), "="),
                            (models.F("role"), "="),
                            (models.F("procedure"), "="),
                            (models.F("group"), "="),
                            (models.F("commune_code"), "="),
                            (
                                ansinh.offices.models.DateRange(
                                    "valid_from",
                                    "valid_to",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_work_rule_at_a_time",
                        violation_error_message="Đã có quy tắc cho đúng việc đó trong thời gian đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("officer__isnull", True), ("function", ""), _connector="OR"),
                        name="work_rule_names_one_target",
                        violation_error_message="Quy tắc giao cho một người, hoặc chia trong một mảng việc.",
                    ),
                ],
            },
        ),
        fixed_but("casework_workrule", "valid_to", "ended_at"),
        fixed_but("casework_skill", "valid_to", "ended_at"),
        fixed_but("casework_caseassignment", "ended_at"),
        migrations.RunSQL(_HANDLER, _WITHOUT),
    ]
