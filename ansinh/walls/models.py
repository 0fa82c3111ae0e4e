"""What the migrations built, and where the database was found to differ from it."""

from django.db import models


class Blueprint(models.Model):
    """The database's guards as they were after a migration: the newest one is what must be there. Only grows."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    parts = models.JSONField(help_text="name of each table, policy, trigger and role → SHA-256 of what it is, hex")

    def __str__(self) -> str:
        return f"{len(self.parts)} parts, {self.at:%Y-%m-%d %H:%M:%S}"


class Drift(models.Model):
    """A difference that was found: somebody changed a guard past the migrations. Only grows."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    parts = models.JSONField(help_text="names of the parts that are missing, new or changed")

    def __str__(self) -> str:
        return f"{', '.join(self.parts)}, {self.at:%Y-%m-%d %H:%M:%S}"
