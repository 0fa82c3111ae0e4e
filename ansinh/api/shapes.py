"""What the interface answers, as shapes for its document; a test holds real answers to them."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Kind = Literal[
    "money", "number", "count", "year", "flag", "choice", "day", "month", "birth", "word", "list", "periods", "table"
]  # fmt: skip


class Shape(msgspec.Struct, forbid_unknown_fields=True):
    """An object of an answer."""


class Problem(Shape):
    """A fault of one answer of a form."""

    path: str
    code: str
    message: str


class FieldError(Shape):
    """A fault of one input of a calculation; `field` is its path, such as `rows[2].months`."""

    field: str
    code: str
    message: str


class Refusal(Shape, omit_defaults=True):
    """Why nothing was done: a stable code for programs, a sentence for people in the language asked for."""

    code: str
    message: str
    facts: dict[str, str | int] = {}
    problems: list[Problem] = []
    errors: list[FieldError] = []


class CardAnswer(Shape, omit_defaults=True):
    """The code of the answer with its words, in the gateway's names; the card only where what was asked fits it."""

    maKetQua: str  # noqa: N815
    ghiChu: str  # noqa: N815
    maThe: str = ""  # noqa: N815
    maSoBHXH: str = ""  # noqa: N815
    hoTen: str = ""  # noqa: N815
    ngaySinh: str = ""  # noqa: N815
    gioiTinh: str = ""  # noqa: N815
    maDKBD: str = ""  # noqa: N815
    gtTheTu: str = ""  # noqa: N815
    gtTheDen: str = ""  # noqa: N815
    mucHuong: str = ""  # noqa: N815


class Token(Shape):
    """A bearer token and the moment it stops working."""

    token: str
    expires_at: str


class Procedure(Shape):
    """A procedure in force today; one that is `online` can be filed here."""

    slug: str
    name: str
    name_en: str
    in_force_on: str
    online: bool


class PaperAsked(Shape):
    """A paper a procedure may ask for."""

    requirement: str
    name: str
    required: str


class ProcedureSchema(Shape):
    """JSON Schema (2020-12) of the answers, null for a procedure without a form, and the papers."""

    answers: dict[str, Any] | None
    papers: list[PaperAsked]


class PaperMissing(Shape):
    """A paper still to be sent; `row` names the row of a table it belongs to, else it is empty."""

    requirement: str
    row: str


class Draft(Shape):
    """A draft with its answers and everything that is still wrong or missing."""

    draft_id: str
    revision: int
    answers: dict[str, Any]
    problems: list[Problem]
    papers_missing: list[PaperMissing]


class Paper(Shape):
    """A stored file."""

    paper_id: str
    sha256: str
    name: str


class CodeSent(Shape):
    """A transaction code on its way."""

    code_id: str
    expires_at: str


class Filed(Shape):
    """The dossier a draft became."""

    dossier_id: str
    number: str


class DossierLine(Shape):
    """A dossier in a list."""

    dossier_id: str
    number: str
    procedure: str
    state: str
    submitted_at: str
    due_on: str | None


class DossierPaper(Shape):
    """A paper of a dossier; each supplement is a new `round`."""

    requirement: str
    row: str
    name: str
    size: int
    sha256: str
    round: int


class Event(Shape):
    """What happened to a dossier."""

    at: str
    kind: str
    office_code: str
    facts: dict[str, Any]


class Document(Shape):
    """A document the office issued."""

    id: str
    kind: str
    title: str
    sha256: str
    size: int
    issued_at: str


class Dossier(DossierLine):
    """A dossier with its papers, history and documents."""

    digest: str
    answers: dict[str, Any]
    results_due: list[Any]
    papers: list[DossierPaper]
    history: list[Event]
    documents: list[Document]


Right = Literal["read", "file", "sign", "pay", "collect"]
StaffRole = Literal["read", "file", "sign", "pay", "administer"]


class Behalf(Shape):
    """Somebody for whom the holder may act today: send `basis_id` as the header Acting-For. No procedures: all."""

    basis_id: str
    kind: Literal["ward", "mandate", "organisation"]
    owner_id: str
    name: str
    rights: list[Right]
    procedures: list[str]
    until: str | None


class Child(Shape):
    """A child with its guardian, the holder; without rights while frozen or once it has ended."""

    guardianship_id: str
    child: str
    born: str
    guardian_is: str
    state: str
    rights: list[Right]
    valid_from: str
    until: str


class Mandate(Shape):
    """A mandate between people; `given` by the holder, or else to the holder."""

    mandate_id: str
    given: bool
    principal: str
    agent: str
    rights: list[Right]
    procedures: list[str]
    valid_from: str
    valid_to: str
    state: str


class OrganisationLine(Shape):
    """An organisation the holder works for, with the holder's roles there."""

    organisation_id: str
    name: str
    kind: str
    tax_code: str
    unit_code: str
    roles: list[StaffRole]


class Branch(Shape):
    """A branch of an organisation; without a tax code of its own it uses the parent's."""

    organisation_id: str
    name: str
    tax_code: str
    unit_code: str


class Member(Shape):
    """One of the staff."""

    member_id: str
    name: str
    roles: list[StaffRole]
    branches: bool
    valid_from: str


class Certificate(Shape):
    """A certificate that has signed for the organisation."""

    serial: str
    issuer: str
    valid_from: str
    valid_to: str
    withdrawn_at: str | None


class Contract(Shape):
    """A contract with the agency: collection, care or transmission."""

    kind: str
    number: str
    office_code: str
    valid_from: str
    valid_to: str | None


class Point(Shape):
    """Where a collection agent takes contributions."""

    code: str
    name: str
    commune_code: str
    address: str
    valid_from: str
    valid_to: str | None


class Transmission(Shape):
    """A mandate to transmit, with the other side. No procedures: all."""

    mandate_id: str
    other: str
    other_tax_code: str
    procedures: list[str]
    contract_number: str
    state: str
    valid_from: str
    valid_to: str | None


class Organisation(OrganisationLine):
    """One organisation with everything its staff may know."""

    managing_office: str
    contact_name: str
    branches: list[Branch]
    staff: list[Member]
    certificates: list[Certificate]
    contracts: list[Contract]
    points: list[Point]
    mandates_given: list[Transmission]
    mandates_held: list[Transmission]


class Invitation(Shape):
    """Somebody invited: the end of the number, and the last day to answer."""

    invitation_id: str
    number: str
    answer_by: str


class LawInput(Shape):
    """An input of a calculation; `columns` are those of a table."""

    name: str
    kind: Kind
    required: bool
    label: str
    label_en: str
    choices: list[str | int]
    columns: list[LawInput]


class LawResult(Shape):
    """One result: its name in `values` (`amount` stands beside them), what kind of value, what it means."""

    name: str
    kind: str
    label: str
    label_en: str


class Benefit(Shape):
    """A benefit or contribution the law can work out."""

    benefit: str
    name: str
    name_en: str
    inputs: list[LawInput]
    results: list[LawResult]


class Step(Shape):
    """One step: what, the arithmetic, the article, the đồng it leads to."""

    what_vi: str
    what_en: str
    arithmetic: str
    article: str
    amount: int | None


class Ground(Shape):
    """A condition: met, not met, or null for an officer to check on a paper."""

    what_vi: str
    what_en: str
    article: str
    met: bool | None


class FigureUsed(Shape):
    """A figure of law the result rests on: its value then, its first day, the text it stands in, how sure that is."""

    name: str
    label_vi: str
    label_en: str
    value: Any
    unit: str
    valid_from: str
    reference: str
    quality: str


class Outcome(Shape):
    """An amount in whole đồng (null where the answer is no money) with everything that explains it."""

    benefit: str
    event_date: str
    amount: int | None
    values: dict[str, Any]
    steps: list[Step]
    unconfirmed: list[str]
    unconfirmed_en: list[str]
    rule_version: str
    grounds: list[Ground]
    figures: list[FigureUsed]
