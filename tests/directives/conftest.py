"""The invented world, on the ninth of November, with letters at hand."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from ansinh.directives import draft
from ansinh.directives.issue import issue
from ansinh.directives.models import Letter
from tests.files import samples
from tests.web.officer.conftest import NOW
from tests.web.officer.conftest import browser as browser
from tests.web.officer.conftest import place as place
from tests.world import PROVINCE_OFFICE, World, a_world

RECIPIENTS = (
    ("Các đơn vị sử dụng lao động trên địa bàn tỉnh", "act"),
    ("Bảo hiểm xã hội cơ sở", "act"),
    ("UBND tỉnh", "report"),
    ("Bưu điện tỉnh", "know"),
    ("trang Web của BHXH tỉnh", "publish"),
    ("VT, CNTT", "archive"),
)


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def wanted(world: World, signer: str = "province_leader", **more: Any) -> draft.Wanted:
    """A letter of the province about electronic transactions."""
    given = {
        "symbol": "BHXH-CNTT", "summary": "tăng cường giao dịch điện tử", "signer_id": world[signer].officer_id,
        "body": "Thực hiện chỉ đạo của UBND tỉnh.\nYêu cầu các đơn vị thực hiện.", "recipients": RECIPIENTS, **more,
    }  # fmt: skip
    return draft.Wanted(**given)


def a_letter(world: World, **more: Any) -> Letter:
    """A draft of the provincial office."""
    return draft.begin(wanted(world, **more), office_code=PROVINCE_OFFICE, actor=world["director"], at=NOW)


def a_file(seed: int = 0) -> io.BytesIO:
    """A picture to attach."""
    return io.BytesIO(samples.image_bytes("JPEG", samples.picture(width=400 + seed)))


def an_issued_letter(world: World, *, files: int = 0, **more: Any) -> Letter:
    """Drafted by the director, signed by the deputy."""
    letter = a_letter(world, **more)
    for seed in range(files):
        draft.attach(letter.pk, a_file(seed), name=f"mau-2-cbh-{seed}.jpg", actor=world["director"], at=NOW)
    return issue(letter.pk, actor=world["province_leader"], at=NOW)


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> None:
    """A demonstration authority of this test's own."""
    from ansinh.signing.authority import ensure_authority

    ensure_authority(at=NOW)
