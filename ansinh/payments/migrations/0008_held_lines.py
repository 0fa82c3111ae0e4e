"""Lines held back are few among all the months: the office looks for those that no list asks for any more. A line says
which months its arrears are for.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0007_payroll_guards")]

    operations = [
        migrations.AlterField(
            model_name="payrollline",
            name="parts",
            field=models.JSONField(
                default=list, help_text="[number of the benefit, its month's amount, its arrears, these by month]"
            ),
        ),
        migrations.AddIndex(
            model_name="payrollline",
            index=models.Index(
                condition=models.Q(("living", True), ("order__isnull", True), models.Q(("blocked", ""), _negated=True)),
                fields=["month"],
                name="held_payroll_lines",
            ),
        ),
    ]
