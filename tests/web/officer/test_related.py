"""The page of notes, links and possible duplicates beside a dossier."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansinh.casework.models import DuplicateVerdict, InternalNote
from tests.browsers import Client
from tests.web.officer.test_desk import at, words
from tests.world import World, a_submitted_dossier

Browser = Callable[[str], Client]
pytestmark = [pytest.mark.requirement("R-110")]


def test_a_note_is_read_by_colleagues_and_never_by_the_applicant(world: World, browser: Browser) -> None:
    dossier, counter = a_submitted_dossier(world), browser("counter")
    assert counter.post(at(dossier, "lien-quan"), {"_act": "note", "text": "Hẹn lại thứ Năm"}).status_code == 302
    assert "Hẹn lại thứ Năm" in words(counter.get(at(dossier)))
    assert "Hẹn lại thứ Năm" not in words(browser("citizen").get(f"/ho-so/{dossier.pk}"))


def test_an_empty_note_is_said_beside_its_field(world: World, browser: Browser) -> None:
    answer = browser("counter").post(at(a_submitted_dossier(world), "lien-quan"), {"_act": "note", "text": " "})
    assert answer.status_code == 422
    assert "Ghi chú chưa có nội dung" in words(answer)
    assert not InternalNote.objects.exists()


def test_linked_dossiers_lead_to_each_other(world: World, browser: Browser) -> None:
    first, second, counter = a_submitted_dossier(world), a_submitted_dossier(world), browser("counter")
    counter.post(at(second, "lien-quan"), {"_act": "link", "kind": "follows", "number": first.number})
    assert f"Tiếp theo hồ sơ {first.number}" in words(counter.get(at(second)))
    assert f"Được tiếp nối bởi hồ sơ {second.number}" in words(counter.get(at(first)))
    row = counter.get(at(second, "lien-quan")).content.decode().split('name="row" value="')[1][:36]
    counter.post(at(second, "lien-quan"), {"_act": "unlink", "row": row})
    assert "Chưa nối với hồ sơ nào" in words(counter.get(at(second, "lien-quan")))


def test_a_number_nobody_has_is_said_and_stays_typed(world: World, browser: Browser) -> None:
    typed = {"_act": "link", "kind": "follows", "number": "00009/2026/90001"}
    answer = browser("counter").post(at(a_submitted_dossier(world), "lien-quan"), typed)
    assert answer.status_code == 422
    assert 'value="00009/2026/90001"' in answer.content.decode()


def test_a_possible_duplicate_is_shown_with_what_is_the_same_and_judged_once(world: World, browser: Browser) -> None:
    first, second, counter = a_submitted_dossier(world), a_submitted_dossier(world), browser("counter")
    assert "1 hồ sơ giống hồ sơ này" in words(counter.get(at(second)))
    page = words(counter.get(at(second, "lien-quan")))
    assert first.number in page
    assert "cùng người" in page
    judged = {"_act": "judge", "row": str(first.pk), "verdict": "different"}
    assert counter.post(at(second, "lien-quan"), judged).status_code == 422
    counter.post(at(second, "lien-quan"), {**judged, "reason": "Hai người con"})
    assert DuplicateVerdict.objects.get().reason == "Hai người con"
    assert "giống hồ sơ này" not in words(counter.get(at(second)))
