"""The desk says when the log is late to be sealed, before and after decisions stop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from tests.world import World

Browser = Callable[[str], Client]


@pytest.mark.parametrize(
    ("minutes", "words"), [(1, None), (150, "Nhật ký đang chậm niêm phong."), (300, "Tạm dừng mọi quyết định.")]
)
def test_the_start_page_says_when_the_log_is_late_to_be_sealed(
    minutes: int, words: str | None, world: World, browser: Browser
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO platform_auditevent ("at", "table", row_id, to_state, actor, proof, transaction)
            VALUES (now() - %s::interval, 'letters', gen_random_uuid(), 'x', '', '', 1)""",
            [f"{minutes} minutes"],
        )
    page = browser("specialist").get("/can-bo").content.decode()
    assert "<h1" in page
    notices = [one for one in ("Nhật ký đang chậm niêm phong.", "Tạm dừng mọi quyết định.") if one in page]
    assert notices == ([words] if words else [])
