"""Accounts that orders pay into and that notices name are sealed for their rows (decision 0016)."""

from django.db import migrations, models

from ansinh.payments.models import OrderState
from ansinh.platform.audit import fixed_but
from ansinh.platform.sealed_fields.convert import seal_column, written_anew
from ansinh.platform.sealed_fields.fields import SealedText

_CHANGES = ("state", "order_id", "office_code", "resolution", "note", "resolved_by_id", "resolved_at")
_OPEN = fixed_but("payments_banknotice", *_CHANGES)
_LEAVE_ALONE = "ALTER TABLE payments_order DISABLE TRIGGER payments_order_fixed"
_GUARD = "ALTER TABLE payments_order ENABLE TRIGGER payments_order_fixed"
_SEALED = fixed_but("payments_banknotice", *_CHANGES, sealed=["payer_account"])


def _says_where() -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(direction="out") | (models.Q(due_on__isnull=False) & ~models.Q(number="")),
        name="order_in_says_where_and_until_when",
        violation_error_message="Lệnh thu phải ghi tài khoản nhận và hạn nộp.",
    )


def _is_in_a_batch() -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=~models.Q(state__in=[OrderState.BATCHED, OrderState.SENT])
        | (models.Q(batch__isnull=False, method="bank") & ~models.Q(number="")),
        name="order_at_the_bank_is_in_a_batch",
        violation_error_message="Lệnh gửi ngân hàng phải ở trong một danh sách chi và có số tài khoản.",
    )


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_guards"), ("platform", "0003_signed_actor")]

    operations = [
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RunSQL(_OPEN.reverse_sql, _OPEN.sql),
        migrations.RunSQL(_LEAVE_ALONE, _GUARD),
        migrations.RemoveConstraint("order", "order_in_says_where_and_until_when"),
        migrations.RemoveConstraint("order", "order_at_the_bank_is_in_a_batch"),
        migrations.RenameField("order", "number", "open_number"),
        migrations.RenameField("banknotice", "payer_account", "open_account"),
        migrations.AddField("order", "number", SealedText(kind="bank-account", beside=("bank",))),
        migrations.AddField("banknotice", "payer_account", SealedText(kind="bank-account", beside=("payer_bank",))),
        seal_column("payments", "Order", "number", plain="open_number"),
        seal_column("payments", "BankNotice", "payer_account", plain="open_account"),
        # Undone, the columns come back with these defaults before the numbers are opened into them.
        migrations.AlterField("order", "open_number", models.CharField(max_length=19, blank=True, default="")),
        migrations.AlterField("banknotice", "open_account", models.CharField(max_length=19, blank=True, default="")),
        migrations.RemoveField("order", "open_number"),
        migrations.RemoveField("banknotice", "open_account"),
        migrations.AddConstraint("order", _says_where()),
        migrations.AddConstraint("order", _is_in_a_batch()),
        migrations.RunSQL(_GUARD, _LEAVE_ALONE),
        migrations.RunSQL(_SEALED.sql, _SEALED.reverse_sql),
        written_anew("payments_order"),
        written_anew("payments_banknotice"),
    ]
