"""When a benefit was granted: months before it, no monthly list could pay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0057_number_range_events"),
    ]

    operations = [
        migrations.AddField(
            model_name="entitlement",
            name="granted_at",
            field=models.DateTimeField(blank=True, help_text="when it was; no list before could know of it", null=True),
        ),
    ]
