"""What comes in: entered with its day, scanned, matched to a waiting dossier; the clock counts from the stamp."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from ansinh.casework import from_post
from ansinh.casework.accept import accept, originals_received
from ansinh.casework.from_post import Match, candidates, number_in
from ansinh.casework.pins import Pin
from ansinh.casework.propose import RefusalReason, refuse_unanswered
from ansinh.dossiers import assist
from ansinh.dossiers.models import Dossier, State
from ansinh.files.receive import receive_scan
from ansinh.law.deadlines import Limit, Unit, due
from ansinh.notifications.models import Message
from ansinh.offices.counters import Pausing, announce
from ansinh.offices.queries import work_calendar
from ansinh.people.at_counter import PaperIdentity
from ansinh.people.models import Person
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.zone import local_day
from ansinh.post import incoming
from ansinh.post.models import IncomingItem, IncomingScan, IncomingState
from ansinh.signing.models import EvidenceRecord, Kind
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, asked
from tests.files import samples
from tests.world import (
    LOCAL_OFFICE,
    OTHER_OFFICE,
    SI_NUMBER,
    World,
    a_draft,
    a_moment,
    a_submitted_dossier,
    a_world,
)
from tests.world_procedures import ALLOWANCE

pytestmark = pytest.mark.django_db
TODAY = local_day(MONDAY)
LATER = MONDAY + timedelta(days=4)


@pytest.fixture
def world(db: None) -> World:
    return a_world()


@pytest.fixture
def dossier(world: World) -> Dossier:
    """Filed on Friday; it waits for its originals."""
    found = a_submitted_dossier(world)
    Dossier.objects.filter(pk=found.pk).update(state=State.WAITING_FOR_ORIGINALS)
    found.refresh_from_db()
    return found


def entered(world: World, *, office: str = LOCAL_OFFICE, by: str = "counter", **more: object) -> IncomingItem:
    given = {"number": "EE 123 456 789 VN", "sender": "Trần Thị Mai Lan", "sender_address": "", "what": "Sổ BHXH"}
    envelope = incoming.Envelope(**{**given, "received_on": TODAY, **more})  # type: ignore[arg-type]
    return incoming.register(envelope, office_code=office, actor=world[by], at=LATER)


def scanned(world: World, item: IncomingItem, *, by: str = "counter") -> IncomingScan:
    scan = receive_scan(io.BytesIO(samples.pdf(pages=2)), name="so-bhxh.pdf", at=LATER)
    return incoming.add_scan(item.pk, scan=scan, actor=world[by], at=LATER)


@pytest.mark.requirement("R-090", "R-091")
def test_originals_are_matched_by_the_code_of_the_receipt_and_limits_count_from_the_stamp(
    world: World, dossier: Dossier
) -> None:
    item = entered(world)
    scan = scanned(world, item)
    assert (item.number, scan.page_count, len(scan.file_id)) == ("EE123456789VN", 2, 64)
    code = f"https://cong.example.vn/tra-cuu?so={dossier.number.replace('/', '%2F')}"
    assert [one.pk for one in candidates(code, viewer=world["counter"])] == [dossier.pk]
    said = Match(dossier.number, "birth_certificate", originals_complete=True)
    from_post.match(item.pk, said, actor=world["counter"], at=LATER)
    dossier.refresh_from_db()
    item.refresh_from_db()
    assert (item.state, item.dossier_id) == (IncomingState.MATCHED, dossier.pk)
    assert (dossier.state, dossier.counted_from) == (State.SUBMITTED, TODAY)
    paper = dossier.papers.get(requirement="birth_certificate", name="so-bhxh.pdf")
    assert (paper.sha256, paper.added_by_officer_id) == (scan.file_id, world["counter"].officer_id)
    assert dossier.events.get(kind="post_received").facts["received_on"] == TODAY.isoformat()
    assert dossier.events.filter(kind="originals_received").count() == 1
    assert Message.objects.filter(dossier_id=dossier.pk, body__contains="ban chinh").exists()
    accepted = accept(dossier.pk, actor=world["counter"], at=LATER)
    [limit] = {(row["value"], row["unit"]) for row in accepted.results_due}
    counted = due(
        started_on=TODAY, limit=Limit(limit[0], Unit(limit[1])), pauses=[], extensions=[], effect="resume",
        new_limit=None, calendar=work_calendar(),
    )  # fmt: skip
    assert (accepted.accepted_at, accepted.due_on) == (LATER, counted.on)


@pytest.mark.requirement("R-143")
def test_it_may_come_to_any_office(world: World, dossier: Dossier) -> None:
    item = entered(world, office=OTHER_OFFICE, by="other_counter")
    scanned(world, item, by="other_counter")
    assert candidates("Trần Thị Mai Lan", viewer=world["other_counter"]) == []  # by name only at the own office
    [found] = candidates(dossier.number, viewer=world["other_counter"])
    said = Match(found.number, "", originals_complete=True)
    from_post.match(item.pk, said, actor=world["other_counter"], at=LATER)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.office_code) == (State.SUBMITTED, LOCAL_OFFICE)
    assert dossier.events.get(kind="post_received").facts["office"] == "BHXH cơ sở Cửa Lò"


def test_what_is_not_complete_waits_on(world: World, dossier: Dossier) -> None:
    item = entered(world)
    scanned(world, item)
    from_post.match(item.pk, Match(dossier.number, "birth_certificate"), actor=world["counter"], at=LATER)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.counted_from) == (State.WAITING_FOR_ORIGINALS, None)


def test_matching_needs_a_scan_a_known_paper_and_an_open_dossier(world: World, dossier: Dossier) -> None:
    item = entered(world)
    with pytest.raises(Invalid, match="Chưa quét"):
        from_post.match(item.pk, Match(dossier.number), actor=world["counter"], at=LATER)
    scanned(world, item)
    with pytest.raises(Invalid):
        from_post.match(item.pk, Match(dossier.number, "khong-co"), actor=world["counter"], at=LATER)
    with pytest.raises(NotFound):
        from_post.match(item.pk, Match("00099/2026/90001"), actor=world["counter"], at=LATER)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.SUBMITTED)
    with pytest.raises(Conflict, match="không chờ bản chính"):
        from_post.match(item.pk, Match(dossier.number, "", True), actor=world["counter"], at=LATER)
    with pytest.raises(NotFound):
        from_post.match(item.pk, Match(dossier.number), actor=world["other_counter"], at=LATER)
    from_post.match(item.pk, Match(dossier.number), actor=world["counter"], at=LATER)
    with pytest.raises(Conflict, match="đã xong"):
        from_post.match(item.pk, Match(dossier.number), actor=world["counter"], at=LATER)


def test_who_answered_by_post_is_not_refused_as_silent_unread(world: World) -> None:
    """Papers by post do not end a request by themselves: the officer says what is missing in them."""
    found = a_dossier_in_appraisal(world)
    asked(world, found, at=LATER)
    item = entered(world, received_on=local_day(LATER))
    scanned(world, item)
    from_post.match(item.pk, Match(found.number, "birth_certificate"), actor=world["counter"], at=LATER)
    why = RefusalReason("supplement-not-given", "Giấy gửi đến vẫn mờ.", Pin("field", "bank_account"))
    late = a_moment(date(2026, 12, 31))
    with pytest.raises(Invalid, match="bưu điện đã chuyển"):
        refuse_unanswered(found.pk, actor=world["specialist"], reasons=[why], note=" ", at=late)
    note = "Giấy khai sinh gửi ngày 13/11 vẫn mờ trang hai."
    decision = refuse_unanswered(found.pk, actor=world["specialist"], reasons=[why], note=note, at=late)
    assert (decision.kind, decision.note) == ("refuse", note)


def test_what_matches_nothing_stands_in_the_list_with_its_days(world: World) -> None:
    older, newer = entered(world, received_on=date(2026, 11, 2)), entered(world, number="")
    rows = incoming.waiting_days(world["counter"], on=local_day(LATER), calendar=work_calendar())
    assert [(one.pk, days) for one, days in rows.items()] == [(older.pk, 9), (newer.pk, 4)]
    with pytest.raises(Invalid):
        incoming.set_aside(older.pk, why=" ", actor=world["counter"], at=LATER)
    done = incoming.set_aside(older.pk, why="Gửi nhầm, đã chuyển Thuế", actor=world["counter"], at=LATER)
    assert (done.state, done.why) == (IncomingState.SET_ASIDE, "Gửi nhầm, đã chuyển Thuế")
    rows = incoming.waiting_days(world["counter"], on=local_day(LATER), calendar=work_calendar())
    assert [one.pk for one in rows] == [newer.pk]


def test_an_envelope_is_entered_once_by_the_counter_and_not_for_tomorrow(world: World) -> None:
    entered(world)
    with pytest.raises(Conflict):
        entered(world)
    for wrong in (
        {"sender": ""},
        {"what": " "},
        {"number": "#"},
        {"received_on": local_day(LATER) + timedelta(1)},
        {"received_on": date(26, 11, 9)},
    ):
        with pytest.raises(Invalid):
            entered(world, **wrong)
    with pytest.raises(NotAllowed):
        entered(world, by="specialist")
    with pytest.raises(NotAllowed):
        entered(world, office=OTHER_OFFICE)


def test_candidates_are_found_by_number_and_name_at_the_own_office(world: World, dossier: Dossier) -> None:
    for text in (SI_NUMBER, "tran thi mai lan", dossier.number):
        assert [one.pk for one in candidates(text, viewer=world["counter"])] == [dossier.pk]
    with pytest.raises(Invalid):
        candidates("a", viewer=world["counter"])
    assert number_in("khong co so") == ""


def test_the_database_keeps_what_came_and_the_day_that_counts(world: World, dossier: Dossier) -> None:
    item = entered(world)
    scanned(world, item)
    from_post.match(item.pk, Match(dossier.number, "", originals_complete=True), actor=world["counter"], at=LATER)
    for change in ({"received_on": date(2026, 11, 1)}, {"state": "waiting"}, {"dossier_id": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            IncomingItem.objects.filter(pk=item.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        IncomingScan.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(counted_from=local_day(LATER) + timedelta(days=1))
    accept(dossier.pk, actor=world["counter"], at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(counted_from=None)


@pytest.mark.requirement("R-091")
def test_a_signed_paper_form_becomes_a_dossier_whose_limits_count_from_the_stamp(world: World) -> None:
    item = entered(world)
    person = Person.objects.get(pk=world.citizen.person_id)
    with pytest.raises(Invalid, match="Chưa quét"):
        from_post.begin_form(item.pk, person, ALLOWANCE, actor=world["counter"], at=LATER)
    scan = scanned(world, item)
    draft = from_post.begin_form(item.pk, person, ALLOWANCE, actor=world["counter"], at=LATER)
    assert assist.typed_from(draft.pk, actor=world["counter"], at=LATER) == item.pk
    whole = a_draft(world)
    draft.answers = whole.answers
    draft.save()
    whole.papers.update(draft=draft)
    filed = from_post.file_form(
        draft.pk, item.pk, actor=world["counter"], owner=world.citizen, originals_complete=False, at=LATER
    )
    dossier = Dossier.objects.get(pk=filed.dossier_id)
    item.refresh_from_db()
    assert (item.state, item.dossier_id, dossier.channel) == (IncomingState.MATCHED, dossier.pk, "post")
    assert (dossier.owner_id, dossier.counted_from) == (world.citizen.person_id, TODAY)
    assert dossier.evidence_id is not None
    evidence = EvidenceRecord.objects.get(pk=dossier.evidence_id)
    assert (evidence.kind, evidence.document_sha256) == (Kind.HAND, scan.file_id)
    typed = dossier.events.get(kind="typed_at_counter")
    assert (typed.actor_name, typed.facts["confirmed"]) == ("Nguyễn Thị Hoa", "form")
    with pytest.raises(Conflict):
        from_post.begin_form(item.pk, person, ALLOWANCE, actor=world["counter"], at=LATER)


@pytest.mark.requirement("R-091")
def test_originals_brought_later_count_from_acceptance_and_not_from_the_stamp_of_the_form(
    world: World, dossier: Dossier
) -> None:
    came = {"counted_from": TODAY, "last_event_at": MONDAY}  # its form came by post without the originals
    Dossier.objects.filter(pk=dossier.pk).update(**came)
    originals_received(dossier.pk, actor=world["counter"], note="Nộp tại quầy", at=LATER)
    accepted = accept(dossier.pk, actor=world["counter"], at=LATER)
    assert (accepted.counted_from, accepted.due_on) == (None, date(2026, 11, 25))


@pytest.mark.requirement("R-142")
def test_a_closed_counter_types_the_forms_that_come_by_post_all_the_same(world: World) -> None:
    announce(
        Pausing(LOCAL_OFFICE, "disaster", "Nước ngập", "province_committee", "12/CĐ-UBND", "Nghỉ.", "", TODAY, None),
        by="officer:x", at=MONDAY,
    )  # fmt: skip
    item = entered(world)
    scanned(world, item)
    person = PaperIdentity("090199000031", "Lê Thị Sen", "1999-03-04", "female")
    draft = from_post.begin_form(item.pk, person, ALLOWANCE, actor=world["counter"], at=LATER)
    again = from_post.begin_form(item.pk, person, ALLOWANCE, actor=world["counter"], at=LATER)
    assert assist.typed_from(draft.pk, actor=world["counter"], at=LATER) is None  # the newer one is typed from it
    assert assist.typed_from(again.pk, actor=world["counter"], at=LATER) == item.pk
