"""Counters that close: by whom, until when, where to turn, and what never changes."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from functools import partial

import pytest
from django.db import DatabaseError, transaction

from ansinh.casework import registration
from ansinh.catalogue.loader import content_digest
from ansinh.catalogue.models import ProcedureVersion
from ansinh.dossiers.assist import begin_for
from ansinh.dossiers.completeness import completeness
from ansinh.dossiers.models import Dossier, Draft
from ansinh.offices import counters
from ansinh.offices.models import CounterPause, Level, NearestOffice, Office
from ansinh.people.models import Person
from ansinh.people.officers import counters as actions
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.zone import VIETNAM
from tests.world import (
    LOCAL_OFFICE,
    OTHER_OFFICE,
    PROVINCE_OFFICE,
    World,
    a_draft,
    a_moment,
    a_paper,
    a_registration,
    a_submitted_dossier,
    a_world,
)
from tests.world_procedures import contents

TODAY = date(2026, 11, 9)
NOW = a_moment(TODAY)
FLOOD = counters.Pausing(
    LOCAL_OFFICE, "disaster", "Nước ngập trụ sở", "province_committee", "Công điện 12/CĐ-UBND ngày 08/11/2026",
    "Trụ sở ngập, quầy nghỉ.", "The premises are flooded.", TODAY, date(2026, 11, 13), ("241/QĐ-TTg",),
)  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    return a_world()


@pytest.mark.requirement("R-141", "R-145", "R-147")
def test_a_leader_closes_the_counter_with_ground_decision_and_days(world: World) -> None:
    made = actions.pause(FLOOD, actor=world["leader"], at=NOW)
    assert (made.ground, made.decided_by, made.legal_bases) == ("disaster", "province_committee", ["241/QĐ-TTg"])
    for day, closed in (
        (date(2026, 11, 8), False),
        (TODAY, True),
        (date(2026, 11, 13), True),
        (date(2026, 11, 14), False),
    ):
        assert (counters.pause_of(LOCAL_OFFICE, on=day) is not None) is closed
    assert counters.pause_of(OTHER_OFFICE, on=TODAY) is None


def test_who_does_not_speak_for_the_office_closes_nothing(world: World) -> None:
    for name in ("counter", "specialist", "head", "other_counter"):
        with pytest.raises(NotAllowed):
            actions.pause(FLOOD, actor=world[name], at=NOW)
    with pytest.raises(NotAllowed):
        actions.pause(replace(FLOOD, office_code=OTHER_OFFICE), actor=world["leader"], at=NOW)
    actions.pause(replace(FLOOD, office_code=OTHER_OFFICE), actor=world["director"], at=NOW)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ground": "holiday"}, "pause-needs-ground"), ({"reason": " "}, "pause-incomplete"),
        ({"document": ""}, "pause-incomplete"), ({"notice_vi": ""}, "pause-incomplete"),
        ({"valid_to": date(2026, 11, 8)}, "ends-before-it-begins"),
        ({"valid_from": date(2026, 11, 8)}, "begins-in-the-past"),
    ],
)  # fmt: skip
def test_a_pause_that_does_not_say_why_or_when_is_refused(world: World, change: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.pause(replace(FLOOD, **change), actor=world["leader"], at=NOW)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_two_pauses_of_a_counter_never_meet(world: World) -> None:
    actions.pause(FLOOD, actor=world["leader"], at=NOW)
    with pytest.raises(Conflict):
        actions.pause(replace(FLOOD, valid_from=date(2026, 11, 13), valid_to=None), actor=world["leader"], at=NOW)
    actions.pause(replace(FLOOD, valid_from=date(2026, 11, 14), valid_to=None), actor=world["leader"], at=NOW)


def test_it_ends_early_once_and_is_never_rewritten(world: World) -> None:
    made = actions.pause(FLOOD, actor=world["leader"], at=NOW)
    actions.reopen(made.pk, on=date(2026, 11, 11), document="13/CĐ-UBND", actor=world["leader"], at=NOW)
    assert counters.pause_of(LOCAL_OFFICE, on=date(2026, 11, 10))
    assert counters.pause_of(LOCAL_OFFICE, on=date(2026, 11, 11)) is None
    with pytest.raises(Conflict):
        actions.reopen(made.pk, on=date(2026, 11, 12), document="14/CĐ-UBND", actor=world["leader"], at=NOW)
    for change in ({"reason": "khác"}, {"valid_to": TODAY}, {"reopens_on": TODAY}):
        with pytest.raises(DatabaseError), transaction.atomic():
            CounterPause.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        CounterPause.objects.filter(pk=made.pk).delete()
    actions.pause(replace(FLOOD, valid_from=date(2026, 11, 11)), actor=world["leader"], at=NOW)


@pytest.mark.requirement("R-142")
def test_electronic_work_goes_on_and_no_deadline_changes(world: World) -> None:
    before = a_submitted_dossier(world)
    rows = Dossier.objects.filter(pk=before.pk).values_list("state", "due_on", "results_due")
    kept = list(rows)
    actions.pause(FLOOD, actor=world["leader"], at=NOW)
    assert list(rows) == kept
    assert a_submitted_dossier(world, at=NOW).office_code == LOCAL_OFFICE


@pytest.mark.requirement("R-142", "R-146")
def test_nothing_begins_at_a_closed_counter(world: World) -> None:
    person = Person.objects.get(pk=world.citizen.person_id)
    actions.pause(FLOOD, actor=world["leader"], at=NOW)
    draft = a_draft(world)
    with pytest.raises(Conflict) as refused:
        begin_for(
            person, draft.version.slug, actor=world["counter"], office_code=LOCAL_OFFICE, identity_matches=True, at=NOW
        )
    assert refused.value.code == "counter-paused"


@pytest.mark.requirement("R-142", "R-143", "R-144")
def test_no_registration_is_completed_at_a_closed_counter_and_the_nearest_open_one_is_named(world: World) -> None:
    actions.pause(FLOOD, actor=world["leader"], at=NOW)
    actions.list_nearest(LOCAL_OFFICE, [PROVINCE_OFFICE, OTHER_OFFICE], valid_from=TODAY, actor=world["leader"], at=NOW)
    actions.pause(replace(FLOOD, office_code=PROVINCE_OFFICE), actor=world["director"], at=NOW)
    dossier = a_registration(world)
    compared = partial(
        registration.verify, dossier.pk, identity_matches=True, declaration_signed=True, app_guided=True, at=NOW
    )
    assert dossier.account_id is not None
    paper = a_paper(replace(world.citizen, account_id=dossier.account_id), kind="portrait")
    with pytest.raises(Conflict, match="BHXH cơ sở Cửa Lò, 12 đường Bờ Sông"):
        compared(actor=world["counter"], office_code=LOCAL_OFFICE)
    with pytest.raises(Conflict, match="BHXH cơ sở Cửa Lò"):
        registration.add_paper(dossier.pk, actor=world["counter"], requirement="portrait", paper=paper, at=NOW)
    assert registration.check_of(dossier) is None and not dossier.papers.exists()
    blockers = registration.approval_blockers(dossier, actor=world["counter"], on=TODAY)
    assert "identity-not-compared" in {code for code, _ in blockers}
    registration.add_paper(dossier.pk, actor=world["other_counter"], requirement="portrait", paper=paper, at=NOW)
    compared(actor=world["other_counter"], office_code=OTHER_OFFICE)
    assert dossier.papers.count() == 1 and registration.check_of(dossier) is not None


def test_where_every_counter_is_closed_the_sentence_says_so(world: World) -> None:
    for code in (LOCAL_OFFICE, OTHER_OFFICE, PROVINCE_OFFICE):
        actions.pause(replace(FLOOD, office_code=code), actor=world["director"], at=NOW)
    with pytest.raises(Conflict, match="chưa có cơ quan nào gần đó đang mở"):
        counters.refuse_paused(LOCAL_OFFICE, on=TODAY)


def test_without_a_list_the_family_of_the_office_is_shown(world: World) -> None:
    assert [one.code for one in counters.nearest_open(LOCAL_OFFICE, on=TODAY)] == [OTHER_OFFICE, PROVINCE_OFFICE]


def test_the_list_is_dated_and_skips_what_is_closed_too(world: World) -> None:
    ordered = [PROVINCE_OFFICE, OTHER_OFFICE]
    actions.list_nearest(LOCAL_OFFICE, ordered, valid_from=TODAY, actor=world["leader"], at=NOW)
    assert [one.code for one in counters.nearest_open(LOCAL_OFFICE, on=TODAY)] == ordered
    actions.pause(replace(FLOOD, office_code=PROVINCE_OFFICE), actor=world["director"], at=NOW)
    assert [one.code for one in counters.nearest_open(LOCAL_OFFICE, on=TODAY)] == [OTHER_OFFICE]
    later = date(2026, 12, 1)
    actions.list_nearest(LOCAL_OFFICE, [OTHER_OFFICE], valid_from=later, actor=world["leader"], at=NOW)
    assert [one.code for one in counters.nearest_of(LOCAL_OFFICE, on=date(2026, 11, 30))] == ordered
    assert [one.code for one in counters.nearest_of(LOCAL_OFFICE, on=later)] == [OTHER_OFFICE]
    with pytest.raises(Invalid):
        actions.list_nearest(LOCAL_OFFICE, [LOCAL_OFFICE], valid_from=TODAY, actor=world["leader"], at=NOW)


@pytest.mark.requirement("R-143", "R-144")
def test_cam_lam_in_july_2021(db: None) -> None:
    """The example of the Khánh Hòa letter, on the district offices of that year, which have ended since."""
    offices = _khanh_hoa_2021()
    july = date(2021, 7, 14)
    for place, code in enumerate(("05605", "05606", "05600"), start=1):
        NearestOffice.objects.create(
            office=offices["05604"], nearest=offices[code], place=place, valid_from=date(2021, 7, 12),
            valid_to=date(2025, 6, 30),
        )  # fmt: skip
    counters.announce(
        counters.Pausing(
            "05604", "lockdown", "Giãn cách xã hội", "district_committee", "Công văn minh họa ngày 14/07/2021",
            "Quầy tạm dừng; nộp trực tuyến hoặc qua bưu điện.", "", july, date(2021, 7, 31),
        ),
        by="officer:x", at=datetime(2021, 7, 14, 8, tzinfo=VIETNAM),
    )  # fmt: skip
    assert counters.pause_of("05604", on=july)
    named = [one.name_vi for one in counters.nearest_open("05604", on=july)]
    assert named == ["BHXH thành phố Cam Ranh", "BHXH huyện Diên Khánh", "BHXH tỉnh Khánh Hòa (cũ)"]
    assert counters.nearest_open("05604", on=date(2025, 7, 1)) == []


def _khanh_hoa_2021() -> dict[str, Office]:
    rows = (
        ("05600", "BHXH tỉnh Khánh Hòa (cũ)", Level.PROVINCE), ("05604", "BHXH huyện Cam Lâm", Level.DISTRICT),
        ("05605", "BHXH thành phố Cam Ranh", Level.DISTRICT), ("05606", "BHXH huyện Diên Khánh", Level.DISTRICT),
    )  # fmt: skip
    made: dict[str, Office] = {}
    for code, name, level in rows:
        made[code] = Office.objects.create(
            code=code, name_vi=name, name_en=name, level=level, parent=made.get("05600"), province_code="56",
            address="Số 1 đường Minh Họa", phone="0900 000 056", valid_from=date(2008, 8, 1),
            valid_to=date(2025, 6, 30),
        )  # fmt: skip
    return made


@pytest.mark.requirement("R-146")
def test_a_form_that_wants_the_closed_counter_is_not_complete(world: World) -> None:
    draft = _draft_with(world, "in_person")
    assert not [one for part in completeness(draft, today=TODAY).parts for one in part.problems]
    actions.pause(FLOOD, actor=world["leader"], at=NOW)
    found = [one for part in completeness(draft, today=TODAY).parts for one in part.problems]
    assert [(one.path, one.code) for one in found] == [("result_channel", "counter-closed")]
    assert "bưu điện" in found[0].message
    by_post = completeness(_draft_with(world, "post"), today=TODAY)
    assert not [one for part in by_post.parts for one in part.problems]


def _draft_with(world: World, channel: str) -> Draft:
    """A draft of a procedure that asks how to receive the result."""
    content = deepcopy(contents()[0]) | {"slug": "tro-cap-quay"}
    content["form"]["sections"].append(
        {
            "key": "delivery", "title_vi": "Nhận kết quả", "title_en": "Result",
            "fields": [
                {
                    "key": "result_channel", "type": "choice", "label_vi": "Cách nhận", "label_en": "How",
                    "choices": [
                        {"value": "post", "label_vi": "Bưu điện", "label_en": "Post"},
                        {"value": "in_person", "label_vi": "Tại quầy", "label_en": "At the counter"},
                    ],
                },
            ],
        }
    )  # fmt: skip
    ProcedureVersion.objects.get_or_create(
        slug=content["slug"], in_force_from=date(2020, 1, 1),
        defaults={"digest": content_digest(content), "content": content, "frozen_at": NOW},
    )  # fmt: skip
    return a_draft(world, "tro-cap-quay", result_channel=channel)
