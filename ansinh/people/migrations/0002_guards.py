"""Every state of an account is audited."""

from django.db import migrations

from ansinh.platform.audit import watch


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("platform", "0002_guards")]

    operations = [watch("people_account")]
