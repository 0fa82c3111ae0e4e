"""Registering: the code proves the very telephone that the account gets, and no account registers somebody else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import pytest

from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.register import owner_of_papers, register, request_code
from ansinh.dossiers.submit import Confirmation
from ansinh.files.receive import receive
from ansinh.people.one_time_codes import CodeRefused
from ansinh.platform.errors import Conflict
from ansinh.platform.row_security.viewer import Kind, Viewer, viewing
from tests.api.conftest import Program
from tests.files import samples
from tests.web.citizen.codes import last_code
from tests.world import LOCAL_OFFICE, World, a_moment
from tests.world import _answers as example_answers
from tests.world_procedures import REGISTRATION

AT = a_moment(date(2026, 11, 9))
BROWSER = "mot-trinh-duyet"
HERE = Holder(account_id=None, session_key=BROWSER)


@pytest.fixture
def before_the_browser() -> Iterator[None]:
    """The test looks as the pages do for whoever sits before it, with the walls or without."""
    with viewing(Viewer(Kind.HOUSE, browser=BROWSER)):
        yield


@pytest.mark.usefixtures("before_the_browser")
@pytest.mark.django_db
def test_a_code_sent_to_one_telephone_does_not_register_another(world: World) -> None:
    draft = drafts.begin(REGISTRATION, holder=HERE, at=AT)
    answers = {**example_answers(REGISTRATION), "receiving_office": LOCAL_OFFICE}
    drafts.save(draft.pk, holder=HERE, answers=answers, at=AT)
    owner = owner_of_papers(draft.pk, holder=HERE, at=AT)
    for kind in ("id_photo", "portrait"):
        picture = io.BytesIO(samples.image_bytes("JPEG", samples.picture()))
        paper = receive(picture, owner_id=owner, name="a.jpg", kind=kind, at=AT)
        drafts.attach(draft.pk, holder=HERE, requirement=kind, paper_id=paper.pk, at=AT)
    sent = request_code(draft.pk, holder=HERE, channel="sms", network="", at=AT)
    code = last_code()
    drafts.save(draft.pk, holder=HERE, answers={"phone": "84912345278"}, at=AT)
    confirmation = Confirmation(sent.pk, code, HERE.session_key, "")
    with pytest.raises(CodeRefused) as refused:
        register(draft_id=draft.pk, holder=HERE, confirmation=confirmation, password="rừng tre xanh 88", at=AT)
    assert refused.value.code == "code-other-content"
    assert not Dossier.objects.exists()


@pytest.mark.django_db
def test_an_account_does_not_register_somebody_else(program: Program, world: World) -> None:
    answer = program.send("POST", "drafts", {"procedure": REGISTRATION, "answers": {}})
    assert (answer.status, answer.code) == (409, "account-exists")
    with pytest.raises(Conflict):
        drafts.begin(REGISTRATION, holder=Holder.of(world.citizen), at=AT)
