"""What somebody with the program's own role could try past the pages."""

from __future__ import annotations

from django.db import DatabaseError, connection, transaction

from tests.walls_of import application_role

REQUEST = (
    "INSERT INTO dossiers_supplementrequest"
    " (id, dossier_id, round, asked_at, asked_by_id, answer_by, letter_sha256{more})"
    " SELECT gen_random_uuid(), dossier.id, {round}, now(), officer.id, current_date + 30, ''{values}"
    " FROM dossiers_dossier dossier, (SELECT id FROM people_officer LIMIT 1) officer"
)
RETURN = "UPDATE dossiers_dossier SET state = 'waiting_for_applicant', due_on = NULL, last_event_at = now()"


def refused(*statements: str) -> bool:
    """Whether the database refuses these statements of the program's role, at the latest when they would be
    kept. Nothing of them stays."""
    try:
        with transaction.atomic(), application_role(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except DatabaseError:
        return True
    return False
