"""The register of personal data knows every table; what it says is copied can be copied and read."""

from __future__ import annotations

from django.apps import apps

from ansinh.casework.own_data.page import labels
from ansinh.casework.own_data.rows import OWN, WITHHELD, columns_of
from ansinh.people.data_rights.register import categories, without_people

SECRETS = ("password", "secret", "sealed", "code_hash", "session_key", "idempotency")


def registered() -> set[str]:
    """Tables with something about a person."""
    return {table for category in categories() for table in category.tables}


def test_every_table_is_in_the_register_or_is_about_nobody() -> None:
    tables = {model._meta.label for model in apps.get_models()}
    new = tables - registered() - set(without_people())
    assert not new, f"say in people/data_rights/register.yaml what these hold, why and how long: {sorted(new)}"
    assert registered() | set(without_people()) <= tables, "the register names a table that is gone"
    assert not registered() & set(without_people())


def test_what_is_copied_is_found_by_its_owner_and_has_names() -> None:
    copied = {table for category in categories() if category.copied for table in category.tables}
    assert copied == set(OWN)
    columns = {column for table in copied for column in columns_of(table)}
    assert not (copied | columns) - set(labels())


def test_no_secret_is_copied() -> None:
    leaking = {f"{table}.{column}" for table in OWN for column in columns_of(table) if column.startswith(SECRETS)}
    assert leaking == set()
    gone = {
        f"{table}.{column}"
        for table, columns in WITHHELD.items()
        for column in columns - {field.name for field in apps.get_model(table)._meta.concrete_fields}
    }
    assert gone == set(), "withheld columns that are gone"


def test_every_category_says_what_why_how_long_and_who_in_both_languages() -> None:
    for category in categories():
        for part in ("name", "what", "why", "ground", "kept", "seen"):
            assert getattr(category, f"{part}_vi").strip() and getattr(category, f"{part}_en").strip(), category.key
        assert category.copied or (category.not_copied_vi and category.not_copied_en), category.key
