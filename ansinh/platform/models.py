"""The platform's two tables: work that is waiting, and what changed by whom."""

from datetime import UTC, datetime

from django.db import models
from django.db.models.functions import Now

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""`run_at` of work that waits for nothing but a worker; such work runs in the order it was queued."""


class Job(models.Model):
    """One piece of deferred work, inserted in the transaction that causes it and deleted in the one that does it.

    Every column but `name` has a default in the database, so that one SQL statement can queue among its other work.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict, db_default={})
    priority = models.SmallIntegerField(default=0, db_default=0, help_text="smaller goes first")
    run_at = models.DateTimeField(default=AT_ONCE, db_default=AT_ONCE)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    last_error = models.TextField(default="", db_default="", blank=True)
    dead_at = models.DateTimeField(null=True, blank=True, help_text="given up; kept with its last error")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["priority", "run_at", "id"], name="waiting_jobs", condition=models.Q(dead_at=None)),
            models.Index(fields=["name", "id"], name="waiting_jobs_by_name", condition=models.Q(dead_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class AuditEvent(models.Model):
    """A change of state in a watched table. Written by triggers only (see `audit.watch`), never changed."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    table = models.CharField(max_length=63)
    row_id = models.UUIDField()
    from_state = models.CharField(max_length=60, null=True)
    to_state = models.CharField(max_length=60)
    actor = models.CharField(max_length=120, help_text="label given by acting_as; empty when nobody was named")
    proof = models.CharField(
        max_length=80, default="", db_default="", help_text="what acting_as signed (actor_context); empty when nothing"
    )
    transaction = models.BigIntegerField(help_text="PostgreSQL's transaction number: what changed together")

    class Meta:
        indexes = [models.Index(fields=["row_id", "id"], name="audit_of_a_row")]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}: {self.from_state} → {self.to_state}"
