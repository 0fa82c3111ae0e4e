"""Every step of a decision is audited."""

from django.db import migrations

from ansinh.platform.audit import watch


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_initial"), ("platform", "0002_guards")]

    operations = [watch("casework_decision")]
