"""Which names stand on the dossiers of an office."""

from __future__ import annotations

from django.db import models


class FiledName(models.Model):
    """A name on at least one dossier that an office holds or held; the database keeps it (migration 0126).

    An office has far fewer names than dossiers: what few dossiers match is searched here, behind no index of patterns,
    which PostgreSQL does not trust behind a wall.
    """

    office_code = models.CharField(max_length=5)
    name = models.CharField(max_length=100, help_text="ansinh.law.names.search_key, as on the dossiers")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office_code", "name"],
                name="one_filed_name_an_office",
                violation_error_message="Cơ quan đã có tên này.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
