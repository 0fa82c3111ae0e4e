"""The walls around postal items."""

from django.db import migrations

from ansinh.walls.build import build


class Migration(migrations.Migration):
    dependencies = [("walls", "0042_due_changes"), ("post", "0002_guards")]

    operations = [build("post.OutgoingItem", "post.IncomingItem", "post.IncomingScan")]
