"""In far areas that are hard to reach the law gives more time; a complaint on paper that came to the office above."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.casework.complaints.file import Filing, file_complaint
from ansinh.casework.complaints.longer import longer_due
from ansinh.casework.complaints.paper import file_on_paper_above
from ansinh.casework.complaints.place import comes_from_afar
from ansinh.casework.limits import limit_of
from ansinh.casework.models import Complaint
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier
from ansinh.offices.models import RemoteArea
from ansinh.offices.remote import is_remote
from ansinh.people.officers.remote_areas import end, enter
from ansinh.people.views_of import view_of_officer
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotAllowed
from tests.casework.moves import MONDAY, a_dossier_to_sign
from tests.walls_of import application_role, seen_as
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_moment, a_paper

THURSDAY = a_moment(date(2026, 11, 12))
SINCE = date(2026, 1, 1)
DOCUMENT = "Quyết định 12/QĐ-UBND ngày 05/01/2026"
ABOUT = "Thiếu năm 2015 trong quá trình đóng để tính trợ cấp."
WANTS = "Tính lại trợ cấp theo đủ quá trình đóng."


def decided(world: World) -> Dossier:
    """A dossier with its result."""
    dossier = a_dossier_to_sign(world)
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    return Dossier.objects.get(pk=dossier.pk)


def an_area(world: World, *, commune: str = "", office: str = LOCAL_OFFICE, since: date = SINCE) -> RemoteArea:
    """Entered by the provincial director."""
    return enter(office, commune_code=commune, document=DOCUMENT, valid_from=since, actor=world["director"], at=MONDAY)


def test_a_complaint_from_afar_has_the_longer_limits_of_the_law(world: World) -> None:
    dossier = decided(world)
    an_area(world)
    assert comes_from_afar(dossier, on=THURSDAY.date())
    complaint = file_complaint(dossier.pk, actor=world.citizen, about=ABOUT, wants=WANTS, at=THURSDAY)
    assert complaint.remote and complaint.due_on == date(2026, 12, 28)  # 45 days end on Sunday 27
    assert "vùng sâu, vùng xa" in complaint.basis_vi
    assert longer_due(complaint) == date(2027, 1, 11)  # 60 days
    end(RemoteArea.objects.get().pk, last_day=None, actor=world["director"], at=THURSDAY)
    assert longer_due(complaint) == date(2027, 1, 11)  # what was filed keeps its limits
    with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_complaint SET remote = false")


@pytest.mark.parametrize(
    ("rule", "near", "afar"),
    [
        ("complaint_answer", 30, 45), ("complaint_answer_long", 45, 60), ("complaint_second_answer", 45, 60),
        ("complaint_second_answer_long", 60, 70),
    ],
)  # fmt: skip
def test_the_limits_near_and_afar(rule: str, near: int, afar: int) -> None:
    on = date(2026, 11, 12)
    assert (limit_of(rule, on=on).value, limit_of(f"{rule}_remote", on=on).value) == (near, afar)


def test_an_area_holds_from_its_day_to_its_day_by_office_or_commune(world: World) -> None:
    def far(on: date, *, office: str = OTHER_OFFICE, communes: tuple[str, ...] = ()) -> bool:
        return is_remote(office_code=office, communes=communes, on=on)

    commune = an_area(world, commune="90101")
    assert not far(date(2025, 12, 31), communes=("90101",)) and far(SINCE, communes=("", "90101"))
    assert not far(SINCE, office=LOCAL_OFFICE)  # the commune, not all of its office
    end(commune.pk, last_day=date(2026, 6, 30), actor=world["director"], at=MONDAY)
    assert far(date(2026, 6, 30), communes=("90101",)) and not far(date(2026, 7, 1), communes=("90101",))
    office = an_area(world, office=OTHER_OFFICE)
    assert far(SINCE) and not far(SINCE, office=LOCAL_OFFICE)
    end(office.pk, last_day=None, actor=world["director"], at=MONDAY)
    assert not far(SINCE)


def test_only_who_keeps_the_facts_of_the_office_enters_and_each_area_once(world: World) -> None:
    an_area(world)
    with pytest.raises(Conflict):
        an_area(world)
    for fault in ({"document": " "}, {"commune_code": "00001"}):
        facts: dict[str, Any] = {"commune_code": "", "document": DOCUMENT, "valid_from": SINCE, **fault}
        with pytest.raises(Invalid):
            enter(OTHER_OFFICE, **facts, actor=world["director"], at=MONDAY)
    with pytest.raises(NotAllowed):
        enter(OTHER_OFFICE, commune_code="", document=DOCUMENT, valid_from=SINCE, actor=world["specialist"], at=MONDAY)
    with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
        cursor.execute("UPDATE offices_remotearea SET commune_code = '90101'")


def on_paper(world: World) -> Filing:
    """As it came by post."""
    scan = a_paper(world.citizen, kind="other", at=THURSDAY).file
    return Filing(
        ABOUT, WANTS, channel="post", complainant="Trần Thị Mai Lan", received_on=date(2026, 11, 10),
        typed_by_id=world["director"].officer_id, scan=scan, scan_name="don.pdf",
    )  # fmt: skip


def test_the_office_above_types_a_complaint_it_answers_without_seeing_the_dossier(world: World) -> None:
    dossier, filing = decided(world), on_paper(world)
    director = world["director"]
    with seen_as(view_of_officer(director)):
        made = file_on_paper_above(dossier.number, "tran thi mai lan", actor=director, filing=filing, at=THURSDAY)
        assert not Dossier.objects.exists()
    complaint = Complaint.objects.get()
    assert (complaint.pk, complaint.channel, complaint.typed_by_id) == (made.pk, "post", director.officer_id)
    assert complaint.office_code == director.posts[0].office_code and complaint.due_on == date(2026, 12, 10)


@pytest.mark.parametrize(
    ("who", "name", "code"),
    [
        ("director", "Kẻ Khác", "complaint-dossier"),
        ("leader", "Trần Thị Mai Lan", "complaint-dossier"),
        ("specialist", "Trần Thị Mai Lan", "complaint-paper-not-yours-above"),
    ],
)
def test_a_complaint_typed_above_names_its_dossier_and_reaches_who_answers(
    world: World, who: str, name: str, code: str
) -> None:
    dossier = decided(world)
    with pytest.raises(DomainError) as refused:
        file_on_paper_above(dossier.number, name, actor=world[who], filing=on_paper(world), at=THURSDAY)
    assert refused.value.code == code
    assert not Complaint.objects.exists()
