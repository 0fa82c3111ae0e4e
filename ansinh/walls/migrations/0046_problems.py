"""The wall around problems, since units report theirs too."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0045_complaints"), ("directives", "0005_problems_of_units")]

    operations = [build("directives.ProblemReport")]
