"""A change of the paid account is a row with a state that the audit trail follows."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import watch


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0003_signed_actor"),
        ("people", "0040_former_contacts"),
        ("registry", "0002_contribution_support"),
    ]

    operations = [
        migrations.CreateModel(
            name="BankAccountChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bank", models.CharField(help_text="number of the bank in the list of banks", max_length=6)),
                ("number", models.CharField(max_length=19)),
                ("holder", models.CharField(help_text="as the bank writes it", max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Đang chờ hết thời gian giữ"),
                            ("review", "Chờ cơ quan BHXH xem xét"),
                            ("approved", "Cơ quan BHXH đã duyệt"),
                            ("frozen", "Đã bị chặn"),
                            ("withdrawn", "Người hưởng đã rút"),
                            ("refused", "Không được duyệt"),
                        ],
                        max_length=9,
                    ),
                ),
                ("way", models.CharField(help_text="passkey, totp, vneid or counter", max_length=10)),
                ("reasons", models.JSONField(default=list, help_text="codes: why officers look at it")),
                ("asked_by", models.CharField(help_text="account:<id> or officer:<id>", max_length=60)),
                ("asked_at", models.DateTimeField()),
                ("effective_at", models.DateTimeField(blank=True, null=True)),
                (
                    "freeze_hash",
                    models.CharField(help_text="of the code sent to the earlier contacts", max_length=64, unique=True),
                ),
                ("office_code", models.CharField(blank=True, help_text="where officers dealt with it", max_length=5)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("closed_at", models.DateTimeField(blank=True, help_text="stopped, withdrawn or refused", null=True)),
                (
                    "compared_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="who compared the person with the identity paper",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_account_changes",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-effective_at"], name="bank_account_in_force"),
                    models.Index(fields=["bank", "number"], name="people_of_a_bank_account"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("effective_at__isnull", False), ("state__in", ("held", "approved"))),
                            models.Q(
                                models.Q(("state__in", ("held", "approved")), _negated=True),
                                ("effective_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="bank_account_takes_effect_once_settled",
                        violation_error_message="Chỉ thay đổi đã giữ đủ giờ hoặc đã duyệt mới có thời điểm hiệu lực.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(
                                ("compared_by__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("compared_by", models.F("decided_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bank_account_approved_by_two",
                        violation_error_message="Người đối chiếu và người duyệt đổi tài khoản phải là hai cán bộ.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("review", "frozen"))),
                        fields=("person",),
                        name="one_bank_account_change_at_officers",
                        violation_error_message="Người này đang có một thay đổi tài khoản chờ cơ quan BHXH.",
                    ),
                ],
            },
        ),
        watch("registry_bankaccountchange"),
    ]
