"""What is kept of the log: leaves, the nodes that make proofs quick, checkpoints, time-stamps, places, alarms."""

from django.db import models


class Leaf(models.Model):
    """One audit event at its place in the log. Only grows."""

    index = models.BigIntegerField(primary_key=True)
    event = models.BigIntegerField(unique=True, help_text="the id of the AuditEvent")
    hash = models.BinaryField(help_text="RFC 6962 leaf hash of the event's line (`lines.LINE`)")

    def __str__(self) -> str:
        return f"{self.index}: event {self.event}"


class Node(models.Model):
    """The root of a complete subtree of 256, 65,536 … leaves: a proof reads a few hundred rows at most. Only grows."""

    id = models.BigAutoField(primary_key=True)
    level = models.SmallIntegerField(help_text="log2 of the number of leaves: 8, 16, 24 …")
    place = models.BigIntegerField(help_text="which one of its level, from 0")
    root = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "place"], name="proof_node_once")]

    def __str__(self) -> str:
        return f"level {self.level}, place {self.place}"


class Checkpoint(models.Model):
    """A signed statement: the log has this size and this root. Only grows."""

    id = models.BigAutoField(primary_key=True)
    size = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    at = models.DateTimeField()
    note = models.TextField(help_text="the whole signed note (`notes.write`)")
    key_id = models.CharField(max_length=64, help_text="SHA-256 of the public key that signed, hex")
    # What the next run need not look at again (see seal_log.Marks).
    highest_event = models.BigIntegerField(help_text="the highest event id sealed so far")
    floor_event = models.BigIntegerField(help_text="every event up to this id is surely sealed")
    next_floor = models.BigIntegerField(help_text="what the floor becomes when nothing below settles_at runs any more")
    settles_at = models.BigIntegerField(help_text="a transaction number")
    lowest_running = models.BigIntegerField(help_text="the oldest transaction number then running")

    def __str__(self) -> str:
        return f"{self.size} events, {self.at:%Y-%m-%d %H:%M:%S}"


class CheckpointStamp(models.Model):
    """An RFC 3161 time-stamp over a checkpoint's note. Only grows."""

    id = models.BigAutoField(primary_key=True)
    checkpoint = models.OneToOneField(Checkpoint, on_delete=models.PROTECT, related_name="stamp")
    token = models.BinaryField(help_text="DER of the TimeStampToken")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"time-stamp of checkpoint {self.checkpoint_id}"


class Place(models.Model):
    """A copy of the log elsewhere: what it confirmed, and since when it fails."""

    folder = models.CharField(primary_key=True, max_length=500)
    confirmed_size = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    last_error = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return self.folder


class Alarm(models.Model):
    """The log disagreed with itself or with a place; sealing stands still until that is cleared up. Only grows."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    code = models.CharField(max_length=40)
    sentence = models.TextField()

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"
