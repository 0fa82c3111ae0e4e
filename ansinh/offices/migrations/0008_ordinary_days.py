"""A day that was computed or entered as special can be said to be an ordinary one again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offices", "0007_remote_areas")]

    operations = [
        migrations.AlterField(
            model_name="calendarday",
            name="kind",
            field=models.CharField(
                choices=[
                    ("public_holiday", "Ngày lễ, tết"),
                    ("compensatory_off", "Nghỉ bù"),
                    ("swapped_off", "Nghỉ hoán đổi"),
                    ("make_up_working", "Làm bù"),
                    ("ordinary", "Ngày thường"),
                ],
                max_length=20,
            ),
        ),
    ]
