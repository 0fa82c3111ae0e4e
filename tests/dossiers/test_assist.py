"""An officer types for a person at the counter; the record says who typed, and that the person confirmed."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import pytest

from ansinh.casework.tell import told_about
from ansinh.dossiers import assist, drafts
from ansinh.dossiers.access import Holder, dossiers_of
from ansinh.dossiers.models import Dossier, Draft
from ansinh.dossiers.sign import offer_document
from ansinh.dossiers.submit import HandSigned, Submitted, submit
from ansinh.files.receive import receive_scan
from ansinh.law.names import search_key
from ansinh.people.actors import Citizen
from ansinh.people.at_counter import PaperIdentity
from ansinh.people.models import Account, Assignment, Person
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.zone import local_day
from ansinh.registry.models import InsuredPerson
from ansinh.signing.evidence import in_words, verify
from ansinh.signing.models import EvidenceRecord, Format, Kind
from tests.files import samples
from tests.world import FILED_AT, LOCAL_OFFICE, OTHER_OFFICE, World, a_draft, a_paper, a_world, an_account
from tests.world_procedures import ALLOWANCE

AT = FILED_AT

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R-193")]


@pytest.fixture
def world() -> World:
    return a_world()


def begun(world: World, *, person: Person | PaperIdentity | None = None, **more: object) -> Draft:
    person = person or Person.objects.get(pk=world.citizen.person_id)
    given = {"actor": world["counter"], "office_code": LOCAL_OFFICE, "identity_matches": True, "at": AT, **more}
    return assist.begin_for(person, ALLOWANCE, **given)  # type: ignore[arg-type]


def test_the_draft_is_the_persons_own_and_the_officer_reaches_it_today(world: World) -> None:
    draft = begun(world)
    assert draft.owner_id == world.citizen.person_id
    assert [one.pk for one in drafts.open_drafts(Holder.of(world.citizen))] == [draft.pk]
    found, owner = assist.assisted(draft.pk, actor=world["counter"], at=AT + timedelta(hours=1))
    assert (found.pk, owner.person_id) == (draft.pk, world.citizen.person_id)
    assert [one.draft_id for one in assist.assisted_today(actor=world["counter"], at=AT)] == [draft.pk]


def test_tomorrow_and_for_anybody_else_it_is_as_if_it_did_not_exist(world: World) -> None:
    draft = begun(world)
    with pytest.raises(NotFound):
        assist.assisted(draft.pk, actor=world["counter"], at=AT + timedelta(days=1))
    for stranger in ("other_counter", "specialist", "leader"):
        with pytest.raises(NotFound):
            assist.assisted(draft.pk, actor=world[stranger], at=AT)
    assert assist.assisted_today(actor=world["counter"], at=AT + timedelta(days=1)) == []


def test_who_left_the_counter_does_not_go_on(world: World) -> None:
    draft = begun(world)
    counter = world["counter"]
    Assignment.objects.filter(officer_id=counter.officer_id).update(valid_to=local_day(AT) - timedelta(days=1))
    gone = type(counter)(counter.officer_id, counter.account_id, counter.name, counter.title_vi, posts=())
    with pytest.raises(NotFound):
        assist.assisted(draft.pk, actor=gone, at=AT)


@pytest.mark.parametrize(
    ("change", "error"),
    [({"identity_matches": False}, Invalid), ({"office_code": OTHER_OFFICE}, NotAllowed)],
)
def test_it_begins_only_with_the_person_compared_at_the_own_counter(
    world: World, change: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        begun(world, **change)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        begun(world, actor=world["specialist"])
    assert not Draft.objects.exists()


def newcomer(**more: str) -> PaperIdentity:
    return PaperIdentity(**{"number": "090199000031", "full_name": "Lê Thị Sen", "born": "1999-03-04",
                            "sex": "female", **more})  # fmt: skip


def signed(world: World, draft: Draft, *, at: datetime = AT) -> Submitted:
    """The page was printed, the person signed it by hand, the officer scanned it."""
    actor, owner = world["counter"], assist.assisted(draft.pk, actor=world["counter"], at=at)[1]
    offer = offer_document(draft.pk, actor=owner, document_format=Format.PDF, at=at, by_hand=True)
    scan = receive_scan(io.BytesIO(samples.jpeg()), name="to-khai.jpg", at=at)
    return submit(
        draft_id=draft.pk, actor=owner, idempotency_key=f"draft-{draft.pk}", channel=assist.CHANNEL, at=at,
        confirmation=HandSigned(offer.pk, scan.file.sha256, scan.file.size, actor, LOCAL_OFFICE), typed_by=actor,
    )  # fmt: skip


def answered(world: World, draft: Draft, **more: object) -> Draft:
    """Every question answered and the one paper given."""
    draft.answers = {**a_draft(world).answers, **more}
    draft.save()
    assert draft.account_id is not None and draft.owner_id is not None
    paper = a_paper(Citizen(draft.account_id, draft.owner_id, ""), kind="birth_certificate")
    draft.papers.create(requirement="birth_certificate", row="children[0]", paper=paper)
    return draft


@pytest.mark.requirement("R-112")
def test_whoever_has_no_account_signs_by_hand_and_finds_the_dossier_after_registering(world: World) -> None:
    draft = answered(world, begun(world, person=newcomer()), full_name="Lê Thị Sen", si_number="9000000034")
    filed = Dossier.objects.get(pk=signed(world, draft).dossier_id)
    person = Person.objects.get(personal_id_number="090199000031")
    assert (filed.owner_id, filed.channel, person.full_name) == (person.pk, "counter", "Lê Thị Sen")
    assert filed.evidence_id is not None and filed.account_id is not None
    evidence = EvidenceRecord.objects.get(pk=filed.evidence_id)
    assert evidence.kind == Kind.HAND and verify(evidence)
    assert evidence.report is not None and evidence.report["witness"]["officer"] == world["counter"].label
    assert "Nguyễn Thị Hoa đối chiếu người ký" in in_words(evidence)
    typed = filed.events.get(kind="typed_at_counter")
    assert (typed.actor_name, typed.facts) == ("Nguyễn Thị Hoa", {"confirmed": "hand", "person": "Lê Thị Sen"})
    holding = Account.objects.get(pk=filed.account_id)
    assert (holding.person_id, holding.state, holding.has_usable_password()) == (None, "pending", False)
    assert told_about(filed, at=AT) == [None]  # by the telephone of the dossier
    account = an_account("090199000031", "Lê Thị Sen", person=person)
    assert [one.pk for one in dossiers_of(Citizen(account.pk, person.pk, "Lê Thị Sen"))] == [filed.pk]


def test_a_known_personal_number_keeps_its_person_and_an_agreeing_record_its_si_number(world: World) -> None:
    InsuredPerson.objects.create(
        si_number="9000000055", full_name="Lê Thị Sen", search_key=search_key("Lê Thị Sen"),
        date_of_birth="1999-03-04", sex="female", personal_id_number="090199000031", managing_office=LOCAL_OFFICE,
        updated_on=date(2026, 1, 1),
    )  # fmt: skip
    begun(world, person=newcomer())
    begun(world, person=newcomer(full_name="Lê Sen"))
    person = Person.objects.get(personal_id_number="090199000031")
    assert (person.si_number, person.full_name) == ("9000000055", "Lê Thị Sen")


@pytest.mark.parametrize("wrong", [{"number": "12"}, {"full_name": " "}, {"born": "4/3/1999"}, {"sex": ""}])
def test_the_paper_says_who_it_is(world: World, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        begun(world, person=newcomer(**wrong))
    assert refused.value.code == "paper-incomplete"
    assert not Draft.objects.exists()


def test_a_signature_on_what_was_changed_after_printing_is_refused(world: World) -> None:
    draft = answered(world, begun(world))
    actor, owner = world["counter"], world.citizen
    offer = offer_document(draft.pk, actor=owner, document_format=Format.PDF, at=AT, by_hand=True)
    Draft.objects.filter(pk=draft.pk).update(answers={**draft.answers, "born_on": "2026-05-05"})
    with pytest.raises(Invalid) as refused:
        submit(
            draft_id=draft.pk, actor=owner, idempotency_key="x", channel=assist.CHANNEL, at=AT, typed_by=actor,
            confirmation=HandSigned(offer.pk, "ab" * 32, 10, actor, LOCAL_OFFICE),
        )  # fmt: skip
    assert refused.value.code == "draft-changed" and not Dossier.objects.exists()


def test_any_office_may_receive_it_and_the_counter_that_typed_gives_the_receipt(world: World) -> None:
    draft = answered(world, begun(world), receiving_office=OTHER_OFFICE)
    assert assist.filed_today(draft.pk, actor=world["counter"], at=AT) is None
    filed = signed(world, draft)
    found = assist.filed_today(draft.pk, actor=world["counter"], at=AT)
    assert found is not None and (found.pk, found.office_code) == (filed.dossier_id, OTHER_OFFICE)
    for stranger, at in (("other_counter", AT), ("counter", AT + timedelta(days=1))):
        with pytest.raises(NotFound):
            assist.filed_today(draft.pk, actor=world[stranger], at=at)


def test_nobody_files_for_who_has_died(world: World) -> None:
    Person.objects.filter(pk=world.citizen.person_id).update(died_on=date(2026, 1, 1))
    with pytest.raises(Conflict):
        begun(world)
