"""Contracts of health facilities stand in the registry of treatment contracts now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_treatment_contracts"),
        ("people", "0041_readings_of_people"),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM people_servicecontract WHERE kind = 'care'", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="servicecontract",
            name="kind",
            field=models.CharField(
                choices=[("collection", "Hợp đồng dịch vụ thu"), ("transmission", "Thỏa thuận cung cấp dịch vụ I-VAN")],
                max_length=12,
            ),
        ),
    ]
