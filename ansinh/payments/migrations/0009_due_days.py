"""A payment of a benefit has a last day too: no column changes, only what it says."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0008_held_lines")]

    operations = [
        migrations.AlterField(
            model_name="order",
            name="due_on",
            field=models.DateField(blank=True, help_text="last day to pay it; out: of a benefit", null=True),
        ),
    ]
