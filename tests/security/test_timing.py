"""A stopwatch does not tell whether an account exists."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from ansinh.web.public.account.forgotten import SECONDS
from tests.world import ID_NUMBER, World


@pytest.mark.django_db
@pytest.mark.parametrize("login", [ID_NUMBER, "090190000555"])
def test_asking_for_a_new_password_takes_the_same_time(stranger: Client, world: World, login: str) -> None:
    stranger.get("/quen-mat-khau")
    began = time.monotonic()
    answer = stranger.post("/quen-mat-khau", {"login": login, "channel": "sms"})
    assert answer.headers["Location"] == "/quen-mat-khau/ma"
    assert time.monotonic() - began >= SECONDS
