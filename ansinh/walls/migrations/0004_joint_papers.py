"""The wall around papers that both sides sign."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0003_blueprint"), ("casework", "0009_joint_papers")]

    operations = [build("casework.JointPaper")]
