"""Invented applicants with finished drafts, sent codes and tokens: everything but the last request.

Import it after `installation.running` has set Django up.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from itertools import cycle
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image

from ansinh.catalogue.queries import folder_in_force, frozen, version_in_force
from ansinh.dossiers.lists import check_lists
from ansinh.dossiers.models import Draft
from ansinh.eforms.canonical import canonical, digest
from ansinh.eforms.validate import check
from ansinh.eforms.visibility import asked_answers
from ansinh.files.models import StoredFile
from ansinh.offices.models import Level, Office
from ansinh.offices.queries import open_offices
from ansinh.people.models import Account, Person
from ansinh.people.one_time_codes.secrets import code_hash, digest_of
from ansinh.platform.identifiers import uuid7
from ansinh.platform.sealed_fields.copied import sealer
from ansinh.platform.storage import put
from ansinh.platform.zone import local_day
from ansinh.web.actors import BROWSER
from ansinh.web.citizen.code import SLOT
from ansinh.web.sessions import SIGNED_IN

LIFE = timedelta(hours=2)
CODE = "314159"
SLUG = "thay-doi-hinh-thuc-linh"
EXAMPLE = "tien-mat-sang-tai-khoan"
PAPER = "card_fee_receipt"


@dataclass(frozen=True, slots=True)
class Applicant:
    """One person about to file."""

    account_id: UUID
    draft_id: UUID
    code_id: UUID
    token: str
    session: str
    office: str


def offices(count: int) -> list[str]:
    """Codes of so many open offices, the demonstration's and invented ones."""

    today = local_day(_now())
    known = open_offices(on=today)
    parent = next(office for office in known if office.level == Level.PROVINCE)
    for index in range(count - len(known)):
        Office.objects.get_or_create(
            code=f"{parent.code[:3]}{50 + index:02d}",
            defaults={
                "name_vi": f"BHXH cơ sở số {index + 1} (để đo)",
                "name_en": f"Office {index + 1} (for measuring)",
                "level": Level.LOCAL,
                "parent": parent,
                "province_code": parent.province_code,
                "valid_from": today - timedelta(days=100),
            },
        )
    return [office.code for office in open_offices(on=today)][:count]


def prepare(
    count: int, *, at_offices: Sequence[str], tag: str, form: bool = False, to_upload: Sequence[str] = ()
) -> list[Applicant]:
    """Write so many applicants by COPY; `tag` keeps series apart, `form` gives each a signed-in browser session.

    `to_upload` are the digests of the files that they will still send themselves, one each.
    """

    applicants = [
        Applicant(uuid7(), uuid7(), uuid7(), f"{tag}-{index}-token", secrets.token_hex(16), office)
        for index, office in zip(range(count), cycle(at_offices), strict=False)
    ]
    writer = _Writer(applicants, by_form=form)
    writer.to_upload = {one.code_id: sha256 for one, sha256 in zip(applicants, to_upload, strict=False)}
    writer.write()
    return applicants


_KINDS = {"account": 1, "draft": 2, "code": 3, "dossier": 4, "proof": 5}


@dataclass(frozen=True)
class Numbered:
    """What pgbench needs to file the numbered applicants: the same for all of them."""

    offices: Sequence[str]
    dossier: dict[str, str]
    version_id: UUID
    session: str
    digest: str
    code_hash: str
    year: int
    file: str
    file_size: int
    levels: tuple[str, ...] = (Level.PROVINCE.value, Level.LOCAL.value)


def numbered(kind: str, n: str) -> str:
    """SQL for the identifier of this kind with number `n`."""
    return f"concat('0190000{_KINDS[kind]}-0000-7000-8000-', lpad(to_hex({n}), 12, '0'))::uuid"


def numbered_person(n: str) -> str:
    """SQL for the identifier of the person whose account has number `n`: another in one bit, as it is written below."""
    return numbered("account", n).replace("-0000-7000-", "-0400-7000-")


def numbered_paper(n: str) -> str:
    """SQL for the identifier of the paper of the account with number `n`, as it is written below."""
    return numbered("account", n).replace("-0000-7000-", "-0800-7000-")


def prepare_numbered(count: int, *, at_offices: Sequence[str], tag: str) -> tuple[int, Numbered]:
    """Applicants whose identifiers SQL can compute; answers the first number and what they share."""
    first = Draft.objects.count() + 1

    def made(kind: str, n: int) -> UUID:
        return UUID(f"0190000{_KINDS[kind]}-0000-7000-8000-{n:012x}")

    applicants = [
        Applicant(
            made("account", n), made("draft", n), made("code", n), f"{tag}-{n}", "", at_offices[n % len(at_offices)]
        )
        for n in range(first, first + count)
    ]
    writer = _Writer(applicants, by_form=False)
    writer.same_code = ("a" * 64, "b" * 64, "c" * 64)
    writer.write()
    folder = writer.folder
    intake = next(stage for stage in folder.stages if stage.kind == "intake")
    assert folder.form is not None
    shared = {
        "procedure": folder.slug, "applicant_name": "Trần Thị Mai Lan", "applicant_key": "tran thi mai lan",
        "applicant_born": "1990-05-04", "si_number": "0000000000", "phone": "84900000000", "email": "",
        "answers": json.dumps(canonical(folder.form, writer._answers(applicants[0], 0)), ensure_ascii=False),
        "actor_name": "Trần Thị Mai Lan", "channel": "portal", "state": "submitted", "stage": intake.key,
        "stage_role": intake.role,
    }  # fmt: skip
    session, digest_, hash_ = writer.same_code
    year, size = local_day(writer.at).year, StoredFile.objects.get(sha256=writer.file).size
    return first, Numbered(
        at_offices, shared, writer.version_id, session, digest_, hash_, year, file=writer.file, file_size=size
    )


class _Writer:
    """Rows as the program itself would have written them."""

    def __init__(self, applicants: list[Applicant], *, by_form: bool) -> None:

        self.applicants = applicants
        self.first = Person.objects.filter(si_number__startswith="97").count()
        self.by_form = by_form
        self.to_upload: dict[UUID, str] = {}
        self.same_code: tuple[str, str, str] | None = None
        """Session, digest and hash that every code has, when pgbench files."""
        self.at = _now()
        self.version_id = version_in_force(SLUG, on=local_day(self.at)).pk
        self.folder = frozen(self.version_id)
        self.file = _stored_picture(self.at)
        examples = folder_in_force(SLUG, on=local_day(self.at)).examples
        example = next(one for one in examples if one.key == EXAMPLE)
        self.answers = {
            **example.answers,
            "effective_month": f"{self.at.year + 1}-06",
            "contact_address": {"province": "44", "commune": "19333", "detail": "Số 12 đường Lê Lợi"},
        }
        self._refuse_gaps()

    def write(self) -> None:
        """Everything in one transaction."""
        people = [UUID(int=one.account_id.int ^ (1 << 90)) for one in self.applicants]
        papers = [UUID(int=one.account_id.int ^ (1 << 91)) for one in self.applicants]
        at, until = self.at.isoformat(), (self.at + LIFE).isoformat()
        everyone = list(zip(self.applicants, people, papers, range(len(people)), strict=True))
        attached = [] if self.to_upload else everyone
        number, login = sealer(Person, "personal_id_number"), sealer(Account, "login")
        with transaction.atomic():
            copy(
                "people_person (id, full_name, search_key, date_of_birth, sex, nationality, personal_id_number,"
                " id_issue_place, si_number, phone, email, contact_address, updated_at)",
                ((person, "Trần Thị Mai Lan", "tran thi mai lan", "1990-05-04", "female", "VN",
                  number(person, self._id(n)), "", self._si(n), "84900000000", "", "{}", at)
                 for _, person, _, n in everyone),
            )  # fmt: skip
            copy(
                "people_account (id, password, login, person_id, state, phone, email, display_name, language,"
                " created_at, activated_at)",
                ((one.account_id, "!measured", login(one.account_id, self._id(n)), person, "active", "84900000000",
                  "", "Trần Thị Mai Lan", "vi", at, at) for one, person, _, n in everyone),
            )  # fmt: skip
            copy(
                "people_accesstoken (digest, account_id, created_at, expires_at)",
                ((sha256(one.token.encode()).hexdigest(), one.account_id, at, until) for one in self.applicants),
            )
            copy(
                "files_paper (id, owner_id, file_id, kind, name, page_count, uploaded_at)",
                ((paper, one.account_id, self.file, PAPER, f"{PAPER}.jpg", 1, at) for one, _, paper, _ in attached),
            )
            drafted = {n: self._answers(one, n) for one, _, _, n in everyone}
            copy(
                "dossiers_draft (id, version_id, account_id, owner_id, session_key, answers, sources, revision,"
                " created_at, updated_at)",
                ((one.draft_id, self.version_id, one.account_id, person, "",
                  json.dumps(drafted[n], ensure_ascii=False), "{}", 1, at, at) for one, person, _, n in everyone),
            )  # fmt: skip
            copy(
                "dossiers_draftpaper (draft_id, requirement, row, paper_id)",
                ((one.draft_id, PAPER, "", paper) for one, _, paper, _ in attached),
            )
            copy(
                "people_onetimecode (id, purpose, account_id, channel, recipient, session_key, bound_digest, code_hash,"
                " about, issued_at, expires_at, tries_left, resends, last_sent_at, delivery_state, delivery_error,"
                " decoy, extended)",
                (self._code(one, drafted[n], until) for one, _, _, n in everyone),
            )
            if self.by_form:
                copy(
                    "people_signedinsession (id, account_id, method, device, device_digest, network, begun_at, seen_at,"
                    " ends_at, proved_at, factor, ended_why)",
                    (self._signed_in(one, until) for one in self.applicants),
                )
                copy(
                    "django_session (session_key, session_data, expire_date)",
                    ((one.session, self._session(one), until) for one in self.applicants),
                )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE people_account, people_accesstoken, dossiers_draft, people_onetimecode")

    def _refuse_gaps(self) -> None:
        assert self.folder.form is not None
        answers, today = self._answers(self.applicants[0], 0), local_day(self.at)
        asked = asked_answers(self.folder.form, answers)
        faults = [*check(self.folder.form, answers, today=today), *check_lists(self.folder.form, asked, on=today)]
        if faults:
            raise SystemExit(f"the example of {SLUG} cannot be filed: {[fault.path for fault in faults]}")

    def _id(self, n: int) -> str:
        return f"097{self.first + n:09d}"

    def _si(self, n: int) -> str:
        return f"97{self.first + n:08d}"

    def _answers(self, one: Applicant, n: int) -> dict[str, Any]:
        return {**self.answers, "receiving_office": one.office, "si_number": self._si(n), "id_number": self._id(n)}

    def _code(self, one: Applicant, answers: dict[str, Any], until: str) -> tuple[Any, ...]:

        assert self.folder.form is not None
        paper = {"requirement": PAPER, "row": "", "sha256": self.to_upload.get(one.code_id, self.file)}
        bound = digest(
            canonical(self.folder.form, answers),
            [paper],
        )
        if self.same_code is not None:
            session_digest, bound, hashed = self.same_code
            return self._code_row(one, until, session_digest, bound, hashed)
        session = self._browser(one) if self.by_form else sha256(f"Bearer {one.token}".encode()).hexdigest()
        return self._code_row(one, until, digest_of(session), bound, code_hash(CODE, row=one.code_id))

    def _code_row(self, one: Applicant, until: str, session: str, bound: str, hashed: str) -> tuple[Any, ...]:
        at = self.at.isoformat()
        return (
            one.code_id, "transaction", one.account_id, "sms", "84900000000", session, bound, hashed, "", at, until, 5,
            0, at, "delivered", "", "f", "f",
        )  # fmt: skip

    @staticmethod
    def _browser(one: Applicant) -> str:
        return sha256(one.session.encode()).hexdigest()[:48]

    def _signed_in(self, one: Applicant, until: str) -> tuple[Any, ...]:
        """The row of the one session of this applicant; it has the account's own identifier."""
        at = self.at.isoformat()
        return (one.account_id, one.account_id, "password", "", "", "", at, at, until, at, "", "")

    def _session(self, one: Applicant) -> str:
        return SessionStore().encode(
            {
                SIGNED_IN: str(one.account_id),
                BROWSER: self._browser(one),
                SLOT: {str(one.draft_id): str(one.code_id)},
            }
        )


def copy(target: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY rows into `table (columns)`."""
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {target} FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)


def _stored_picture(at: datetime) -> str:

    picture = BytesIO()
    Image.new("RGB", (400, 300), "white").save(picture, "JPEG")
    picture.seek(0)
    stored = put(picture, limit=1 << 20)
    StoredFile.objects.get_or_create(
        sha256=stored.sha256, defaults={"size": stored.size, "media_type": "image/jpeg", "created_at": at}
    )
    return stored.sha256


def _now() -> datetime:

    return timezone.now()  # noqa: TID251 - a measurement is a mouth
