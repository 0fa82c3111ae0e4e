"""The way to a dossier through the interface, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from tests.api.conftest import Answer, Program
from tests.files import samples
from tests.web.citizen.codes import last_code
from tests.world import LOCAL_OFFICE
from tests.world import _answers as example_answers
from tests.world_procedures import ALLOWANCE


@dataclass(frozen=True)
class Ready:
    """A draft with its code: one request before the dossier."""

    draft_id: str
    code_id: str
    code: str

    @property
    def body(self) -> dict[str, str]:
        """What the last request says."""
        return {"code_id": self.code_id, "code": self.code}


def a_draft(program: Program) -> str:
    """A draft with all answers and its paper; its id."""
    answers = {**example_answers(ALLOWANCE), "receiving_office": LOCAL_OFFICE}
    begun = program.send("POST", "drafts", {"procedure": ALLOWANCE, "answers": answers})
    assert begun.status == 201, begun.body
    draft_id = begun.body["draft_id"]
    assert begun.body["papers_missing"] == [{"requirement": "birth_certificate", "row": "children[0]"}]
    picture = samples.image_bytes("JPEG", samples.picture())
    where = f"drafts/{draft_id}/papers?requirement=birth_certificate&row=children[0]&name=khai-sinh.jpg"
    sent = program.send("POST", where, picture)
    assert sent.status == 201, sent.body
    return str(draft_id)


def ready(program: Program) -> Ready:
    """A complete draft whose code was sent and read from its message."""
    draft_id = a_draft(program)
    asked = program.send("POST", f"drafts/{draft_id}/code", {"channel": "sms"})
    assert asked.status == 201, asked.body
    return Ready(draft_id, asked.body["code_id"], last_code())


def file(program: Program, one: Ready, key: str = "key-0000-1", code: str = "") -> Answer:
    """The last request."""
    body = {**one.body, "code": code or one.code}
    return program.send("POST", f"drafts/{one.draft_id}/submission", body, Idempotency_Key=key)
