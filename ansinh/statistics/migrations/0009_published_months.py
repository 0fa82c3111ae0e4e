"""Open data of a month stay as they were published: tables of one month are never subtracted from each other."""

from django.db import migrations, models

from ansinh.platform.audit import append_only


class Migration(migrations.Migration):
    dependencies = [("statistics", "0008_kind_of_applicant"), ("platform", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="PublishedMonth",
            fields=[
                ("month", models.DateField(help_text="its first day", primary_key=True, serialize=False)),
                ("rows", models.JSONField(help_text="a list for each open_data.Line")),
                ("published_on", models.DateField()),
            ],
        ),
        append_only("statistics_publishedmonth"),
    ]
