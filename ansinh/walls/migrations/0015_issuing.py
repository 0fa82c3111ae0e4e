"""The wall around cards and books on paper."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0014_first_numbers"), ("casework", "0013_issuing")]

    operations = [build("casework.IssueItem", "casework.Blank")]
