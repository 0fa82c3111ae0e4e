"""The log: leaves, nodes, checkpoints, time-stamps, places, alarms."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("code", models.CharField(max_length=40)),
                ("sentence", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField(unique=True)),
                ("root", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("note", models.TextField(help_text="the whole signed note (`notes.write`)")),
                ("key_id", models.CharField(help_text="SHA-256 of the public key that signed, hex", max_length=64)),
                ("highest_event", models.BigIntegerField(help_text="the highest event id sealed so far")),
                ("floor_event", models.BigIntegerField(help_text="every event up to this id is surely sealed")),
                (
                    "next_floor",
                    models.BigIntegerField(
                        help_text="what the floor becomes when nothing below settles_at runs any more"
                    ),
                ),
                ("settles_at", models.BigIntegerField(help_text="a transaction number")),
                ("lowest_running", models.BigIntegerField(help_text="the oldest transaction number then running")),
            ],
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event", models.BigIntegerField(help_text="the id of the AuditEvent", unique=True)),
                ("hash", models.BinaryField(help_text="RFC 6962 leaf hash of the event's line (`lines.LINE`)")),
            ],
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("folder", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("confirmed_size", models.BigIntegerField(default=0)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("failing_since", models.DateTimeField(null=True)),
                ("last_error", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.CreateModel(
            name="CheckpointStamp",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("token", models.BinaryField(help_text="DER of the TimeStampToken")),
                ("at", models.DateTimeField()),
                (
                    "checkpoint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stamp", to="proof.checkpoint"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("level", models.SmallIntegerField(help_text="log2 of the number of leaves: 8, 16, 24 …")),
                ("place", models.BigIntegerField(help_text="which one of its level, from 0")),
                ("root", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("level", "place"), name="proof_node_once")],
            },
        ),
    ]
