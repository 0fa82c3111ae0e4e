"""A list of a month is ended, never rewritten; of its lines only the order they led to is written later."""

from django.db import migrations

from ansinh.platform.audit import fixed_but, watch


class Migration(migrations.Migration):
    dependencies = [("payments", "0006_payroll"), ("platform", "0003_signed_actor")]

    operations = [
        watch("payments_payroll"),
        fixed_but(
            "payments_payroll", "state", "controlled_by_id", "controlled_at", "released_by_id", "released_at", "closed_at"
        ),
        fixed_but("payments_payrollline", "living", "order_id"),
    ]  # fmt: skip
