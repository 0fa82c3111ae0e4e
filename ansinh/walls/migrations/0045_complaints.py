"""The wall around complaints: the applicant, the office of the dossier, the office that answers."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0044_opinions"), ("casework", "0045_complaints")]

    operations = [build("casework.Complaint")]
